import ArgumentParser
import CRMPlatform

/// The command `plugin settings FILE PLUGIN [name=value …]`.
struct PluginSettings: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "settings", abstract: MessageKey.helpPluginSettings.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpPluginID.help)) var plugin: String
    @Argument(help: ArgumentHelp(MessageKey.helpSettingValues.help, valueName: "k=v")) var words: [String] = []
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.settings(plugin, words) }
    }
}

extension ShellSession {
    /// Changes settings of a plugin when values are given, and writes all of them.
    func settings(_ plugin: String, _ words: [String]) throws {
        let id = try pluginID(plugin)
        if !words.isEmpty { try platform.setSettings(ParameterInput(words: words), of: id) }
        let settings = try platform.settings(of: id)
        let isEnabled = try platform.plugins.first { $0.id == id }?.isEnabled ?? true
        if isJSON {
            console.json([
                "plugin": .string(plugin), "enabled": .boolean(isEnabled),
                "settings": .array(
                    settings.map { setting in
                        [
                            "name": .string(setting.name.rawValue), "type": .string(setting.kind.rawValue),
                            "value": setting.value, "default": setting.standard,
                            "description": .string(setting.description.text(in: language)),
                        ]
                    }
                ),
            ])
            return
        }
        defer { if !isEnabled { report(.shellPluginOff, ["plugin": .text(plugin)]) } }
        guard !settings.isEmpty else { return report(.shellNoSettings, ["plugin": .text(plugin)]) }
        console.write(
            table(
                fitting: [
                    (.shellColumnName, .kept), (.shellColumnValue, .wrap), (.shellColumnNotes, .wrap),
                    (.shellColumnType, .whole), (.shellColumnDefault, .wrap),
                ],
                settings.map { setting in
                    [
                        setting.name.rawValue, text(setting.value), setting.description.text(in: language),
                        setting.kind.rawValue, text(setting.standard),
                    ]
                }
            )
        )
    }

    private func text(_ value: JSONValue) -> String {
        value.isNull ? "" : value.stringValue ?? value.serialised()
    }
}

extension MessageKey {
    static let helpPluginSettings = MessageKey(
        "shell.help_plugin_settings",
        zhCN: "查看或修改插件的设置；名称= 恢复默认值",
        zhTW: "檢視或修改外掛的設定；名稱= 恢復預設值",
        en: "Show or change the settings of a plugin; name= gives the default back"
    )
    static let helpSettingValues = MessageKey(
        "shell.help_setting_values",
        zhCN: "新的值，如 width=20",
        zhTW: "新的值，如 width=20",
        en: "New values, such as width=20"
    )
    static let shellNoSettings = MessageKey(
        "shell.no_settings",
        zhCN: "插件「{plugin}」没有设置",
        zhTW: "外掛「{plugin}」沒有設定",
        en: "The plugin \"{plugin}\" has no settings"
    )
    static let shellColumnValue = MessageKey("shell.column_value", zhCN: "值", zhTW: "值", en: "Value")
    static let shellColumnDefault = MessageKey("shell.column_default", zhCN: "默认值", zhTW: "預設值", en: "Default")
}
