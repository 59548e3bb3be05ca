import ArgumentParser
import CRMPlatform

/// The command `plugin …`.
struct PluginGroup: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plugin",
            abstract: MessageKey.helpPlugin.help,
            subcommands: [
                PluginInstall.self, PluginUninstall.self, PluginDisable.self, PluginEnable.self, PluginList.self,
                PluginLink.self, PluginUnlink.self,
                PluginSettings.self, PluginNew.self, PluginCheck.self, PluginTest.self,
            ]
        )
    }
}

/// The command `plugin install FILE PLUGIN …`.
struct PluginInstall: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "install",
            abstract: MessageKey.helpPluginInstall.help,
            discussion: HelpExamples.install
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpPluginSource.help)) var plugin: [String]
    @Flag(help: ArgumentHelp(MessageKey.helpDemo.help)) var demo = false
    @Flag(help: ArgumentHelp(MessageKey.helpPlan.help)) var dryRun = false
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.install(plugin, demo: demo, isDryRun: dryRun) }
    }
}

/// The command `plugin uninstall FILE PLUGIN`.
struct PluginUninstall: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "uninstall",
            abstract: MessageKey.helpPluginUninstall.help,
            discussion: HelpExamples.uninstall
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpPluginID.help)) var plugin: String
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.uninstall(plugin, isDryRun: consent.dryRun, isAgreed: consent.yes) }
    }
}

/// The command `plugin disable FILE PLUGIN …`.
struct PluginDisable: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "disable",
            abstract: MessageKey.helpPluginDisable.help,
            discussion: HelpExamples.disable
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpPluginID.help)) var plugin: [String]
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.withSession(file) { try $0.disable(plugin) } }
}

/// The command `plugin enable FILE PLUGIN …`.
struct PluginEnable: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "enable",
            abstract: MessageKey.helpPluginEnable.help,
            discussion: HelpExamples.enable
        )
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpPluginID.help)) var plugin: [String]
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.withSession(file) { try $0.enable(plugin) } }
}

/// The command `plugin list FILE`.
struct PluginList: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: MessageKey.helpPluginList.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.withSession(file) { try $0.listPlugins() } }
}

/// The command `plugin link FILE FOLDER`.
struct PluginLink: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "link", abstract: MessageKey.helpPluginLink.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpFolder.help)) var folder: String
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.withSession(file) { try $0.link(folder) } }
}

/// The command `plugin unlink FILE PLUGIN`.
struct PluginUnlink: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "unlink", abstract: MessageKey.helpPluginUnlink.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpPluginID.help)) var plugin: String
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.withSession(file) { try $0.unlink(plugin) } }
}

/// The command `plugin new ID [-o FOLDER]`.
struct PluginNew: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "new", abstract: MessageKey.helpPluginNew.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpPluginID.help)) var plugin: String
    @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp(MessageKey.helpPluginNewFolder.help))
    var output = "plugins"
    @Option(help: ArgumentHelp(MessageKey.helpPluginTitle.help)) var title: String?
    @Option(help: ArgumentHelp(MessageKey.helpPluginObject.help, valueName: "name")) var object: String?
    @Option(help: ArgumentHelp(MessageKey.helpPluginDepends.help, valueName: "plugin")) var depends: [String] = []
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.newPlugin(
            NewPluginRequest(plugin: plugin, folder: output, title: title, object: object, depends: depends)
        )
    }
}

/// The command `plugin check FOLDER`.
struct PluginCheck: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: MessageKey.helpPluginCheck.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFolder.help)) var folder: String
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.checkPlugin(folder) }
}

/// The command `plugin test FOLDER [--filter TEXT]`.
struct PluginTest: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "test", abstract: MessageKey.helpPluginTest.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFolder.help)) var folder: String
    @Option(help: ArgumentHelp(MessageKey.helpFilter.help, valueName: "text")) var filter: String?
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws { try process.testPlugin(folder, filter: filter) }
}
