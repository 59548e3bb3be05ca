package import CRMModel

extension MessageKey {
    package static let jobHookGone = MessageKey(
        "job.hook_gone",
        zhCN: "插件 {plugin} 现有的版本已没有钩子 {hook}；请装回原来的版本再重试该任务，或将其清除",
        zhTW: "外掛 {plugin} 現有的版本已沒有鉤子 {hook}；請裝回原來的版本再重試該工作，或將其清除",
        en:
            "the plugin {plugin} has no hook {hook} any more in its present version; install the former version and retry "
            + "the job, or purge it"
    )
    package static let jobNotThere = MessageKey(
        "job.not_there",
        zhCN: "没有编号为 {id} 的任务",
        zhTW: "沒有編號為 {id} 的工作",
        en: "there is no job {id}"
    )
    package static let jobTaken = MessageKey(
        "job.taken",
        zhCN: "任务 {id} 正在执行，不能清除",
        zhTW: "工作 {id} 正在執行，不能清除",
        en: "job {id} is being worked on and cannot be purged"
    )
    package static let jobDoneAlready = MessageKey(
        "job.done_already",
        zhCN: "任务 {id} 已经完成，不能重试",
        zhTW: "工作 {id} 已經完成，不能重試",
        en: "job {id} is done already and cannot be retried"
    )
    package static let jobLimit = MessageKey(
        "job.limit",
        zhCN: "条数上限至少是 1",
        zhTW: "筆數上限至少是 1",
        en: "the limit must be at least 1"
    )
    package static let jobDays = MessageKey(
        "job.days",
        zhCN: "天数必须在 0 到 36500 之间",
        zhTW: "天數必須在 0 到 36500 之間",
        en: "the number of days must be from 0 to 36,500"
    )
}
