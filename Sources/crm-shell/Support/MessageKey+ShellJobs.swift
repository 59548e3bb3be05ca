import CRMPlatform

extension MessageKey {
    static let helpJobs = MessageKey(
        "shell.help_jobs",
        zhCN: "查看、运行、重试或清除保存之后的任务（after_commit 钩子）",
        zhTW: "檢視、執行、重試或清除儲存之後的工作（after_commit 鉤子）",
        en: "Show, run, retry or purge what follows from saves (after_commit hooks)"
    )
    static let helpJobsAction = MessageKey(
        "shell.help_jobs_action",
        zhCN: "做什么；默认为 list",
        zhTW: "做什麼；預設為 list",
        en: "What to do; list unless given"
    )
    static let helpJobsNumbers = MessageKey(
        "shell.help_jobs_numbers",
        zhCN: "要重试的任务编号",
        zhTW: "要重試的工作編號",
        en: "The numbers of the jobs to retry"
    )
    static let helpJobsAll = MessageKey(
        "shell.help_jobs_all",
        zhCN: "list：包括已完成的；retry：所有已放弃的",
        zhTW: "list：包括已完成的；retry：所有已放棄的",
        en: "With list those that are done, too; with retry all that were given up"
    )
    static let helpJobsDays = MessageKey(
        "shell.help_jobs_days",
        zhCN: "purge：清除多少天以前完成或放弃的任务，默认 7",
        zhTW: "purge：清除多少天以前完成或放棄的工作，預設 7",
        en: "With purge: how many days ago they were done or given up, 7 unless given"
    )
    static let helpLog = MessageKey(
        "shell.help_log",
        zhCN: "查看插件打印和记录的日志",
        zhTW: "檢視外掛列印和記錄的日誌",
        en: "Show what plugins have printed and logged"
    )
    static let helpLogLevel = MessageKey(
        "shell.help_log_level",
        zhCN: "最低级别",
        zhTW: "最低級別",
        en: "The least level"
    )
    static let helpLogPlugin = MessageKey(
        "shell.help_log_plugin",
        zhCN: "只看一个插件",
        zhTW: "只看一個外掛",
        en: "Of one plugin"
    )
    static let helpLogSince = MessageKey(
        "shell.help_log_since",
        zhCN: "从哪一天或哪一刻起，如 2026-11-21 或 2026-11-21 08:00（本公司时区）",
        zhTW: "從哪一天或哪一刻起，如 2026-11-21 或 2026-11-21 08:00（本公司時區）",
        en: "From a day or a moment on, such as 2026-11-21 or 2026-11-21 08:00 by the company's clocks"
    )
    static let helpLogLimit = MessageKey(
        "shell.help_log_limit",
        zhCN: "最多多少行",
        zhTW: "最多多少行",
        en: "At most so many lines"
    )
    static let shellJobWaiting = MessageKey(
        "shell.job_waiting",
        zhCN: "等待",
        zhTW: "等待",
        en: "waiting"
    )
    static let shellJobRunning = MessageKey(
        "shell.job_running",
        zhCN: "运行中",
        zhTW: "執行中",
        en: "running"
    )
    static let shellJobDone = MessageKey(
        "shell.job_done",
        zhCN: "完成",
        zhTW: "完成",
        en: "done"
    )
    static let shellJobDead = MessageKey(
        "shell.job_dead",
        zhCN: "已放弃",
        zhTW: "已放棄",
        en: "given up"
    )
    static let shellJobCounts = MessageKey(
        "shell.job_counts",
        zhCN: "等待 {waiting}，完成 {done}，已放弃 {dead}",
        zhTW: "等待 {waiting}，完成 {done}，已放棄 {dead}",
        en: "{waiting} waiting, {done} done, {dead} given up"
    )
    static let shellJobsRun = MessageKey(
        "shell.jobs_run",
        zhCN: "完成 {done} 个，失败待重试 {failed} 个，放弃 {dead} 个",
        zhTW: "完成 {done} 個，失敗待重試 {failed} 個，放棄 {dead} 個",
        en: "{done} done, {failed} failed and to be tried again, {dead} given up"
    )
    static let shellJobsElsewhere = MessageKey(
        "shell.jobs_elsewhere",
        zhCN: "另有 {count} 个正由别的进程处理",
        zhTW: "另有 {count} 個正由別的處理程序處理",
        en: "{count} more {count|is|are} being worked on by another process"
    )
    static let shellJobsHeld = MessageKey(
        "shell.jobs_held",
        zhCN: "{count} 个任务等待插件 {plugin}：它没有安装或没有启用",
        zhTW: "{count} 個工作等待外掛 {plugin}：它沒有安裝或沒有啟用",
        en: "{count} {count|job waits|jobs wait} for the plugin {plugin}, which is not installed or not enabled"
    )
    static let shellJobsNoNumbers = MessageKey(
        "shell.jobs_no_numbers",
        zhCN: "「{text}」：只有 retry 才带任务编号",
        zhTW: "「{text}」：只有 retry 才帶工作編號",
        en: "\"{text}\": only retry takes numbers of jobs"
    )
    static let shellJobsWhich = MessageKey(
        "shell.jobs_which",
        zhCN: "请给出要重试的任务编号，或用 --all 重试所有已放弃的",
        zhTW: "請給出要重試的工作編號，或用 --all 重試所有已放棄的",
        en: "Say which jobs to retry by their numbers, or --all for all that were given up"
    )
    static let shellJobsAction = MessageKey(
        "shell.jobs_action",
        zhCN: "不认识「{text}」；可用 list、run、retry、purge",
        zhTW: "不認識「{text}」；可用 list、run、retry、purge",
        en: "\"{text}\" is not known; use list, run, retry or purge"
    )
    static let shellJobsWouldPurge = MessageKey(
        "shell.jobs_would_purge",
        zhCN: "将清除 {done} 个已完成、{dead} 个已放弃的任务",
        zhTW: "將清除 {done} 個已完成、{dead} 個已放棄的工作",
        en: "Would purge {done} done and {dead} given up"
    )
    static let shellJobsPurgeQuestion = MessageKey(
        "shell.jobs_purge_question",
        zhCN: "清除？[y/N]",
        zhTW: "清除？[y/N]",
        en: "Purge them? [y/N]"
    )
    static let shellJobsPurged = MessageKey(
        "shell.jobs_purged",
        zhCN: "已清除 {done} 个已完成、{dead} 个已放弃的任务",
        zhTW: "已清除 {done} 個已完成、{dead} 個已放棄的工作",
        en: "Purged {done} done and {dead} given up"
    )
    static let shellLogLevel = MessageKey(
        "shell.log_level",
        zhCN: "没有级别「{text}」；可用 debug、info、warn、error",
        zhTW: "沒有級別「{text}」；可用 debug、info、warn、error",
        en: "There is no level \"{text}\"; use debug, info, warn or error"
    )
    static let shellLogSince = MessageKey(
        "shell.log_since",
        zhCN: "「{text}」不是日期；请写 2026-11-21 或 2026-11-21T08:00:00Z",
        zhTW: "「{text}」不是日期；請寫 2026-11-21 或 2026-11-21T08:00:00Z",
        en: "\"{text}\" is no day; write 2026-11-21 or 2026-11-21T08:00:00Z"
    )
    static let shellLogEmpty = MessageKey(
        "shell.log_empty",
        zhCN: "日志里没有这样的行",
        zhTW: "日誌裡沒有這樣的行",
        en: "The log has no such lines"
    )
}
