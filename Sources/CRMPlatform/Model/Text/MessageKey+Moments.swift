extension MessageKey {
    package static let inputNotATime = MessageKey(
        "input.not_a_time",
        zhCN: "日期后面的不是一天里的时间；请写 00:00 到 23:59:59，如 2026-11-21 09:30（午夜写次日的 00:00；不用 AM、PM，晚上九点半写 21:30）",
        zhTW: "日期後面的不是一天裡的時間；請寫 00:00 到 23:59:59，如 2026-11-21 09:30（午夜寫次日的 00:00；不用 AM、PM，晚上九點半寫 21:30）",
        en: "what follows the day is no time of a day; write 00:00 to 23:59:59, such as 2026-11-21 09:30 "
            + "(midnight is 00:00 of the next day; without AM and PM, 9:30 PM is 21:30)"
    )
    package static let inputNotAMoment = MessageKey(
        "input.not_a_moment",
        zhCN: "不是日期和时间，可写 2026-11-21 09:30",
        zhTW: "不是日期和時間，可寫 2026-11-21 09:30",
        en: "not a day and a time; write 2026-11-21 09:30"
    )
    package static let inputSkippedTime = MessageKey(
        "input.skipped_time",
        zhCN: "时区 {zone} 的时钟没有这个时间：时钟拨快时跳过了它，或者这一天整天没有；请写有的时间，或写明时差，如 2026-11-21 09:30+08:00",
        zhTW: "時區 {zone} 的時鐘沒有這個時間：時鐘撥快時跳過了它，或者這一天整天沒有；請寫有的時間，或寫明時差，如 2026-11-21 09:30+08:00",
        en:
            "the clocks of the time zone {zone} never show this time: they were put forward over it, or the whole day was "
            + "left out; write a time that there is, or its offset as in 2026-11-21 09:30+08:00"
    )
    package static let inputMomentRange = MessageKey(
        "input.moment_range",
        zhCN: "太靠近历法的两端，有的时区里没有这一天；时间只能在 0001-01-02 到 9999-12-30 之间（按 UTC）",
        zhTW: "太靠近曆法的兩端，有的時區裡沒有這一天；時間只能在 0001-01-02 到 9999-12-30 之間（按 UTC）",
        en:
            "too near to the ends of the calendar, there are time zones without that day; moments lie between 0001-01-02 and "
            + "9999-12-30 (UTC)"
    )
}
