extension MessageKey {
    package static let fileSettingsWrong = MessageKey(
        "settings.wrong",
        zhCN: "文件的设置有误，没有任何改动：",
        zhTW: "檔案的設定有誤，沒有任何變更：",
        en: "The settings of the file are wrong; nothing was changed:"
    )
    static let settingsName = MessageKey("settings.name", zhCN: "公司名称", zhTW: "公司名稱", en: "Name of the company")
    static let settingsLanguage = MessageKey("settings.language", zhCN: "语言", zhTW: "語言", en: "Language")
    static let settingsTimeZone = MessageKey("settings.time_zone", zhCN: "时区", zhTW: "時區", en: "Time zone")
    static let settingsCurrency = MessageKey("settings.currency", zhCN: "本位币", zhTW: "本位幣", en: "Currency")
    static let settingsWeekStart = MessageKey(
        "settings.week_start",
        zhCN: "每周的第一天",
        zhTW: "每週的第一天",
        en: "First day of the week"
    )
    static let settingsFiscalYear = MessageKey(
        "settings.fiscal_year_start",
        zhCN: "财年开始的月份",
        zhTW: "會計年度開始的月份",
        en: "Month in which the fiscal year begins"
    )
    static let settingsNameWrong = MessageKey(
        "settings.name_wrong",
        zhCN: "公司名称须写在一行内，最多 200 个字，不能有控制字符",
        zhTW: "公司名稱須寫在一行內，最多 200 個字，不能有控制字元",
        en: "the name of the company must stand on one line, with at most 200 characters and no control characters"
    )
    static let settingsLanguageWrong = MessageKey(
        "settings.language_wrong",
        zhCN: "没有语言「{value}」。可用：{known}",
        zhTW: "沒有語言「{value}」。可用：{known}",
        en: "there is no language \"{value}\". Languages: {known}"
    )
    static let settingsZoneWrong = MessageKey(
        "settings.zone_wrong",
        zhCN: "没有时区「{value}」；请写 IANA 时区名，如 {hint}",
        zhTW: "沒有時區「{value}」；請寫 IANA 時區名，如 {hint}",
        en: "there is no time zone \"{value}\"; write the IANA name of one, such as {hint}"
    )
    static let settingsZoneUnreadable = MessageKey(
        "settings.zone_unreadable",
        zhCN: "文件的时区「{value}」在这台机器上无法识别，日期会不对；请更新系统的时区数据，或用 settings 文件 time_zone=… 改成认识的时区",
        zhTW: "檔案的時區「{value}」在這台機器上無法識別，日期會不對；請更新系統的時區資料，或用 settings 檔案 time_zone=… 改成認識的時區",
        en: "the time zone \"{value}\" of the file is not known on this machine, and days would be wrong; "
            + "bring the system's time zones up to date, or set one that is known: settings FILE time_zone=…"
    )
    static let settingsCurrencyWrong = MessageKey(
        "settings.currency_wrong",
        zhCN: "没有货币「{value}」；请写 ISO 4217 代码，如 CNY、TWD、HKD、USD、EUR",
        zhTW: "沒有貨幣「{value}」；請寫 ISO 4217 代碼，如 CNY、TWD、HKD、USD、EUR",
        en: "there is no currency \"{value}\"; write the ISO 4217 code of one, such as CNY, TWD, HKD, USD, EUR"
    )
    static let settingsWeekWrong = MessageKey(
        "settings.week_wrong",
        zhCN: "每周的第一天不能是「{value}」。可用：{known}",
        zhTW: "每週的第一天不能是「{value}」。可用：{known}",
        en: "weeks cannot begin with \"{value}\". Days: {known}"
    )
    static let settingsFiscalWrong = MessageKey(
        "settings.fiscal_wrong",
        zhCN: "财年开始的月份不能是「{value}」，请写 1 到 12",
        zhTW: "會計年度開始的月份不能是「{value}」，請寫 1 到 12",
        en: "a fiscal year cannot begin in \"{value}\"; write a month, 1 to 12"
    )
}
