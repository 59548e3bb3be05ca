import ArgumentParser
import CRMPlatform

/// The command `settings FILE [name=value …] [--history]`.
struct SettingsCommand: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "settings",
            abstract: MessageKey.helpFileSettings.help,
            discussion: HelpExamples.settings
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpFileSettingValues.help, valueName: "k=v")) var words: [String] = []
    @Flag(help: ArgumentHelp(MessageKey.helpSettingsHistory.help)) var history = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { session in
            if history, words.isEmpty { return try session.fileSettingsHistory() }
            try session.fileSettings(words)
        }
    }
}

extension ShellSession {
    /// Changes settings of the file when values are given, and writes all of them.
    func fileSettings(_ words: [String]) throws {
        let former = try platform.settings
        if !words.isEmpty {
            try platform.setSettings(ParameterInput(words: words), in: unit)
        }
        let settings = try platform.settings
        if isJSON {
            let values = FileSettings.Name.allCases.map { name -> JSONValue in
                [
                    "name": .string(name.rawValue), "label": .string(name.label.text(in: language)),
                    "value": .string(settings[name]), "set": .boolean(settings.given[name] != nil),
                ]
            }
            return console.json(["settings": .array(values)])
        }
        console.write(
            table(
                [(.shellColumnName, .left), (.shellColumnValue, .left), (.shellColumnNotes, .left)],
                FileSettings.Name.allCases.map { name in
                    [name.rawValue, text(settings.given[name], of: name, settings), name.label.text(in: language)]
                }
            )
        )
        if former.timeZone != settings.timeZone { paragraph(.shellZoneChanged) }
    }

    /// Writes who changed which setting of the file, and when.
    func fileSettingsHistory() throws {
        let changes = try platform.settingsHistory()
        if isJSON {
            let values = changes.map { change -> JSONValue in
                [
                    "at": .string(change.at.description), "user": .integer(change.userID),
                    "origin": .string(change.origin), "name": .string(change.name.rawValue),
                    "old": change.old.map { .string($0) } ?? .null, "new": change.new.map { .string($0) } ?? .null,
                ]
            }
            return console.json(["changes": .array(values)])
        }
        guard !changes.isEmpty else { return report(.shellSettingsUnchanged) }
        let settings = try platform.settings
        console.write(
            table(
                fitting: [
                    (.shellColumnTime, .kept), (.shellColumnUser, .wrap), (.shellColumnOrigin, .wrap),
                    (.shellColumnName, .kept), (.shellColumnOld, .wrap), (.shellColumnNew, .wrap),
                ],
                changes.map { change in
                    [
                        change.at.text(in: settings.timeZone), FieldText.user(change.userID, in: language),
                        origin(change.origin),
                        change.name.rawValue, text(change.old, of: change.name, settings),
                        text(change.new, of: change.name, settings),
                    ]
                }
            )
        )
    }

    private func text(_ value: String?, of name: FileSettings.Name, _ settings: FileSettings) -> String {
        if let value { return value }
        let usual = settings.usual[name] ?? ""
        return usual.isEmpty ? say(.shellSettingNone) : say(.shellSettingUsual, ["value": .text(usual)])
    }
}

extension MessageKey {
    static let helpFileSettings = MessageKey(
        "shell.help_file_settings",
        zhCN: "查看或修改文件的设置：公司名称、语言、时区、货币、每周第一天、财年；「设置名=」恢复通常的值",
        zhTW: "檢視或修改檔案的設定：公司名稱、語言、時區、貨幣、每週第一天、會計年度；「設定名=」恢復通常的值",
        en: "Show or change the settings of a file: name, language, time zone, currency, week, fiscal year; "
            + "name= gives the usual value back"
    )
    static let helpFileSettingValues = MessageKey(
        "shell.help_file_setting_values",
        zhCN: "新的值，如 time_zone=Asia/Taipei",
        zhTW: "新的值，如 time_zone=Asia/Taipei",
        en: "New values, such as time_zone=Asia/Taipei"
    )
    static let helpSettingsHistory = MessageKey(
        "shell.help_settings_history",
        zhCN: "显示设置的修改历史",
        zhTW: "顯示設定的修改歷史",
        en: "Show who changed the settings, and when"
    )
    static let helpDotSettings = MessageKey(
        "shell.help_dot_settings",
        zhCN: "查看或修改文件的设置；给出插件时是插件的设置；「设置名=」恢复通常的值",
        zhTW: "檢視或修改檔案的設定；給出外掛時是外掛的設定；「設定名=」恢復通常的值",
        en: "Show or change the settings of the file, or of a plugin when one is named; "
            + "name= gives the usual value back"
    )
    static let shellZoneChanged = MessageKey(
        "shell.zone_changed",
        zhCN: "时区已改：今天是哪一天、编号、报表和显示的时刻从现在起按新时区；已保存的时刻本身不变，已保存的日期不变",
        zhTW: "時區已改：今天是哪一天、編號、報表和顯示的時刻從現在起按新時區；已儲存的時刻本身不變，已儲存的日期不變",
        en: "The time zone has changed: from now on it decides what day it is, codes, reports and the hours that are "
            + "shown; moments and days that are kept stay what they are"
    )
    static let shellSettingUsual = MessageKey(
        "shell.setting_usual",
        zhCN: "未设置，使用 {value}",
        zhTW: "未設定，使用 {value}",
        en: "not set, {value} is used"
    )
    static let shellSettingNone = MessageKey("shell.setting_none", zhCN: "未设置", zhTW: "未設定", en: "not set")
    static let shellSettingsUnchanged = MessageKey(
        "shell.settings_unchanged",
        zhCN: "设置没有被修改过",
        zhTW: "設定沒有被修改過",
        en: "The settings have never been changed"
    )
}
