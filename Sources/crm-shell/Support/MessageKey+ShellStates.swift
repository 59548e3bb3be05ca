import CRMPlatform

// What the shell says about rehearsals, plugins and itself.
extension MessageKey {
    static let shellRehearsing = MessageKey(
        "shell.rehearsing",
        zhCN: "演练开始：之后的改动都可以用 .rollback 撤回，用 .commit 保留。在那之前其他人可以查看，但不能保存",
        zhTW: "演練開始：之後的改動都可以用 .rollback 撤回，用 .commit 保留。在那之前其他人可以檢視，但不能儲存",
        en:
            "Rehearsal begun: .rollback takes back what follows, .commit keeps it. Until then others can read but not save"
    )
    static let shellRehearsalKept = MessageKey(
        "shell.rehearsal_kept",
        zhCN: "演练中的改动已保留",
        zhTW: "演練中的改動已保留",
        en: "The changes of the rehearsal are kept"
    )
    static let shellRehearsalTakenBack = MessageKey(
        "shell.rehearsal_taken_back",
        zhCN: "演练中的改动已撤回",
        zhTW: "演練中的改動已撤回",
        en: "The changes of the rehearsal are taken back"
    )
    static let shellRehearsalLost = MessageKey(
        "shell.rehearsal_lost",
        zhCN: "演练中的改动没有保留",
        zhTW: "演練中的改動沒有保留",
        en: "The changes of the rehearsal are not kept"
    )
    static let shellRehearsalMark = MessageKey(
        "shell.rehearsal_mark",
        zhCN: "演练",
        zhTW: "演練",
        en: "rehearsal"
    )
    static let shellDryRun = MessageKey(
        "shell.dry_run",
        zhCN: "以上只是计划，没有执行",
        zhTW: "以上只是計畫，沒有執行",
        en: "This is only the plan; nothing has been done"
    )
    static let shellInstalled = MessageKey(
        "shell.installed",
        zhCN: "已安装 {title}（{plugin} {version}）",
        zhTW: "已安裝 {title}（{plugin} {version}）",
        en: "Installed {title} ({plugin} {version})"
    )
    static let shellUpgraded = MessageKey(
        "shell.upgraded",
        zhCN: "已升级 {title}（{plugin} {former} → {version}）",
        zhTW: "已升級 {title}（{plugin} {former} → {version}）",
        en: "Upgraded {title} ({plugin} {former} → {version})"
    )
    static let shellReinstalled = MessageKey(
        "shell.reinstalled",
        zhCN: "已重新安装 {title}（{plugin} {version}）",
        zhTW: "已重新安裝 {title}（{plugin} {version}）",
        en: "Installed {title} ({plugin} {version}) again"
    )
    static let shellDowngraded = MessageKey(
        "shell.downgraded",
        zhCN: "已降级 {title}（{plugin} {former} → {version}）",
        zhTW: "已降級 {title}（{plugin} {former} → {version}）",
        en: "Downgraded {title} ({plugin} {former} → {version})"
    )
    static let shellNoPluginFolder = MessageKey(
        "shell.no_plugin_folder",
        zhCN: "找不到插件「{plugin}」：以下文件夹中没有任何插件：{folders}。请在环境变量 CRM_PLUGINS 中写出插件所在的文件夹，或直接写出路径，如 ./{plugin}",
        zhTW: "找不到外掛「{plugin}」：以下資料夾中沒有任何外掛：{folders}。請在環境變數 CRM_PLUGINS 中寫出外掛所在的資料夾，或直接寫出路徑，如 ./{plugin}",
        en:
            "There is no plugin \"{plugin}\": these folders have no plugins at all: {folders}. Name the folder of plugins in the environment variable CRM_PLUGINS, or give a path such as ./{plugin}"
    )
    static let shellUninstalled = MessageKey(
        "shell.uninstalled",
        zhCN: "已卸载 {plugin}",
        zhTW: "已解除安裝 {plugin}",
        en: "Uninstalled {plugin}"
    )
    static let shellEnabled = MessageKey(
        "shell.enabled",
        zhCN: "启用",
        zhTW: "啟用",
        en: "enabled"
    )
    static let shellDisabled = MessageKey(
        "shell.disabled",
        zhCN: "停用",
        zhTW: "停用",
        en: "disabled"
    )
    static let shellSafeMode = MessageKey(
        "shell.safe_mode",
        zhCN: "安全模式：插件的代码不会运行，记录只能查看",
        zhTW: "安全模式：外掛的程式碼不會執行，記錄只能檢視",
        en: "Safe mode: no code of plugins runs, and records can only be read"
    )
    static let shellPluginOff = MessageKey(
        "shell.plugin_off",
        zhCN: "插件「{plugin}」已停用，启用之后这些设置才起作用",
        zhTW: "外掛「{plugin}」已停用，啟用之後這些設定才起作用",
        en: "The plugin \"{plugin}\" is switched off; its settings count once it is switched on"
    )
    static let shellNotLoaded = MessageKey(
        "shell.not_loaded",
        zhCN: "未能加载",
        zhTW: "未能載入",
        en: "not loaded"
    )
    static let shellLinkBroken = MessageKey(
        "shell.link_broken",
        zhCN: "链接的插件「{plugin}」的新文件没有装上，继续使用原来的版本：{reason}",
        zhTW: "連結的外掛「{plugin}」的新檔案沒有裝上，繼續使用原來的版本：{reason}",
        en:
            "the newest files of the linked plugin \"{plugin}\" could not be loaded, the version before goes on: {reason}"
    )
    static let shellFinding = MessageKey("shell.finding", zhCN: "错误：{text}", zhTW: "錯誤：{text}", en: "Error: {text}")
    static let shellLinked = MessageKey(
        "shell.linked",
        zhCN: "已链接 {folder}；改动的文件在下一次调用时生效",
        zhTW: "已連結 {folder}；改動的檔案在下一次呼叫時生效",
        en: "Linked {folder}; changed files are live at the next call"
    )
    static let shellUnlinked = MessageKey(
        "shell.unlinked",
        zhCN: "已取消链接 {plugin}",
        zhTW: "已取消連結 {plugin}",
        en: "Unlinked {plugin}"
    )
    static let shellNotLinked = MessageKey(
        "shell.not_linked",
        zhCN: "插件「{plugin}」没有链接到文件夹，不用取消",
        zhTW: "外掛「{plugin}」沒有連結到資料夾，不用取消",
        en: "The plugin \"{plugin}\" is not linked to a folder, so there is no link to end"
    )
    static let shellReloaded = MessageKey(
        "shell.reloaded",
        zhCN: "已重新加载 {count} 个插件",
        zhTW: "已重新載入 {count} 個外掛",
        en: "Loaded {count} {count|plugin|plugins} anew"
    )
    static let shellNoTemplate = MessageKey(
        "shell.no_template",
        zhCN: "找不到新插件的模板文件夹 plugins/_template；请在 CRM_PLUGINS 中写出插件所在的文件夹",
        zhTW: "找不到新外掛的範本資料夾 plugins/_template；請在 CRM_PLUGINS 中寫出外掛所在的資料夾",
        en:
            "The template of new plugins, plugins/_template, is not to be found; name the folder of plugins in CRM_PLUGINS"
    )
    static let shellPluginForm = MessageKey(
        "shell.plugin_form",
        zhCN: "「{text}」不是插件名；请用小写英文字母、数字和下划线，以字母开头",
        zhTW: "「{text}」不是外掛名；請用小寫英文字母、數字和底線，以字母開頭",
        en: "\"{text}\" is not the name of a plugin; use small letters, digits and _, beginning with a letter"
    )
    static let shellNewFile = MessageKey(
        "shell.new_file",
        zhCN: "已建立 {file}",
        zhTW: "已建立 {file}",
        en: "Made {file}"
    )
    static let shellNotMade = MessageKey(
        "shell.not_made",
        zhCN: "没有建立 {file}：{problem}",
        zhTW: "沒有建立 {file}：{problem}",
        en: "{file} was not made: {problem}"
    )
    static let shellNothingToDemo = MessageKey(
        "shell.nothing_to_demo",
        zhCN: "没有插件就没有演示数据，没有建立 {file}。请写出插件，如 new {file} --with sales --demo；或去掉 --demo",
        zhTW: "沒有外掛就沒有示範資料，沒有建立 {file}。請寫出外掛，如 new {file} --with sales --demo；或去掉 --demo",
        en:
            "Without plugins there is no demonstration data, so {file} was not made. Name plugins, as in new {file} --with sales --demo, or leave --demo away"
    )
    static let shellNewPlugin = MessageKey(
        "shell.new_plugin",
        zhCN: "已建立插件 {plugin}，文件：{files}",
        zhTW: "已建立外掛 {plugin}，檔案：{files}",
        en: "Made the plugin {plugin} with {files}"
    )
    static let shellPluginClean = MessageKey(
        "shell.plugin_clean",
        zhCN: "插件 {folder} 没有问题",
        zhTW: "外掛 {folder} 沒有問題",
        en: "The plugin {folder} is in order"
    )
    static let shellPluginWarnings = MessageKey(
        "shell.plugin_warnings",
        zhCN: "插件 {folder} 没有错误，有 {count} 处提醒",
        zhTW: "外掛 {folder} 沒有錯誤，有 {count} 處提醒",
        en: "The plugin {folder} has no mistakes and {count} warning(s)"
    )
    static let helpPluginObject = MessageKey(
        "help.plugin_object",
        zhCN: "样例对象的名称，默认 sample",
        zhTW: "範例物件的名稱，預設 sample",
        en: "The name of the example object; sample when not given"
    )
    static let helpPluginDepends = MessageKey(
        "help.plugin_depends",
        zhCN: "新插件依赖的插件，可重复",
        zhTW: "新外掛相依的外掛，可重複",
        en: "A plugin that the new one needs; may be repeated"
    )
    static let shellPluginProblems = MessageKey(
        "shell.plugin_problems",
        zhCN: "插件 {folder} 有 {count} 个问题",
        zhTW: "外掛 {folder} 有 {count} 個問題",
        en: "The plugin {folder} has {count} {count|problem|problems}"
    )
    static let shellTestsDone = MessageKey(
        "shell.tests_done",
        zhCN: "{passed} 个测试通过，{failed} 个失败",
        zhTW: "{passed} 個測試通過，{failed} 個失敗",
        en: "{passed} {passed|test|tests} passed, {failed} failed"
    )
    static let shellTestsFailed = MessageKey(
        "shell.tests_failed",
        zhCN: "有 {failed} 个测试失败",
        zhTW: "有 {failed} 個測試失敗",
        en: "{failed} {failed|test|tests} failed"
    )
    static let shellNoSuchCommand = MessageKey(
        "shell.no_such_command",
        zhCN: "没有子命令或文件「{name}」{hint}。输入 crm-shell --help 看全部命令",
        zhTW: "沒有子命令或檔案「{name}」{hint}。輸入 crm-shell --help 看全部命令",
        en: "There is no sub-command and no file \"{name}\"{hint}. crm-shell --help lists the commands"
    )
    static let shellUsageWrong = MessageKey(
        "shell.usage_wrong",
        zhCN: "命令行有误：{text}",
        zhTW: "命令列有誤：{text}",
        en: "The command line is wrong: {text}"
    )
    static let shellLanguageUnknown = MessageKey(
        "shell.language_unknown",
        zhCN: "没有语言「{text}」；可用：zh-CN、zh-TW、en",
        zhTW: "沒有語言「{text}」；可用：zh-CN、zh-TW、en",
        en: "There is no language \"{text}\"; there are zh-CN, zh-TW and en"
    )
    static let shellLineFailed = MessageKey(
        "shell.line_failed",
        zhCN: "第 {line} 行出错，已停止",
        zhTW: "第 {line} 行出錯，已停止",
        en: "Stopped at line {line}"
    )
    static let shellUnfinished = MessageKey(
        "shell.unfinished",
        zhCN: "脚本在语句中间结束",
        zhTW: "腳本在陳述式中間結束",
        en: "The script ends in the middle of a statement"
    )
    static let shellNoDotCommand = MessageKey(
        "shell.no_dot_command",
        zhCN: "没有命令 {name}{hint}。输入 .help 看全部命令",
        zhTW: "沒有命令 {name}{hint}。輸入 .help 看全部命令",
        en: "There is no command {name}{hint}. Type .help for all of them"
    )
    static let shellOnOff = MessageKey(
        "shell.on_off",
        zhCN: "请写 on 或 off",
        zhTW: "請寫 on 或 off",
        en: "Write on or off"
    )
    static let shellWelcome = MessageKey(
        "shell.welcome",
        zhCN: "{file}：{objects} 个对象，{plugins} 个插件。输入 .help 看命令，.quit 退出",
        zhTW: "{file}：{objects} 個物件，{plugins} 個外掛。輸入 .help 看命令，.quit 離開",
        en:
            "{file}: {objects} {objects|object|objects}, {plugins} {plugins|plugin|plugins}. Type .help for the commands, .quit to leave"
    )
    static let shellLanguageNow = MessageKey(
        "shell.language_now",
        zhCN: "语言：{language}",
        zhTW: "語言：{language}",
        en: "Language: {language}"
    )
    static let shellHelpIntro = MessageKey(
        "shell.help_intro",
        zhCN: "Lua 语句直接输入，例如 crm.count(\"customer\")。命令：",
        zhTW: "Lua 陳述式直接輸入，例如 crm.count(\"customer\")。命令：",
        en: "Type Lua as it is, such as crm.count(\"customer\"). The commands:"
    )
    static let shellHelpKeys = MessageKey(
        "shell.help_keys",
        zhCN: "Tab 补全，↑↓ 历史，Ctrl-R 在历史中找已输入的文字，Ctrl-C 停止脚本或清除本行，Ctrl-D 退出",
        zhTW: "Tab 補全，↑↓ 歷史，Ctrl-R 在歷史中找已輸入的文字，Ctrl-C 停止腳本或清除本行，Ctrl-D 離開",
        en:
            "Tab completes, ↑↓ go through the history, Ctrl-R finds in it what is typed, Ctrl-C stops a script or clears the line, Ctrl-D leaves"
    )
    static let shellUsage = MessageKey(
        "shell.usage",
        zhCN: "用法：{usage}",
        zhTW: "用法：{usage}",
        en: "Usage: {usage}"
    )
    static let shellNoEditor = MessageKey(
        "shell.no_editor",
        zhCN: "终端不能编辑行，改为逐行读取",
        zhTW: "終端不能編輯行，改為逐行讀取",
        en: "The terminal cannot edit lines; reading them plainly"
    )
    static let shellNoHistory = MessageKey(
        "shell.no_history",
        zhCN: "历史文件 {file} 写不了",
        zhTW: "歷史檔案 {file} 寫不了",
        en: "The history file {file} cannot be written"
    )
    static let shellLuaOld = MessageKey(
        "shell.lua_old",
        zhCN: "Lua {version} 有已知的崩溃缺陷，平台已采取防护；有条件请换用 5.4.6 以上",
        zhTW: "Lua {version} 有已知的當機缺陷，平台已採取防護；有條件請換用 5.4.6 以上",
        en: "Lua {version} has known crashes, against which the platform guards; use 5.4.6 or newer where you can"
    )
    static let shellSQLiteOld = MessageKey(
        "shell.s_q_lite_old",
        zhCN: "SQLite {version} 有多进程写入时损坏 WAL 的缺陷（3.51.3 修复）；平台只让一个进程写，请勿用其他程序写同一文件",
        zhTW: "SQLite {version} 有多程序寫入時損壞 WAL 的缺陷（3.51.3 修復）；平台只讓一個程序寫，請勿用其他程式寫同一檔案",
        en:
            "SQLite {version} can damage the WAL when two connections write at once (mended in 3.51.3); the platform lets one write at a time, so let no other program write the file"
    )
}
