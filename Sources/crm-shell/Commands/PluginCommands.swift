import ArgumentParser
import CRMPlatform

/// The command `plugin …`.
struct PluginGroup: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plugin",
            abstract: MessageKey.helpPlugin.help,
            subcommands: [
                PluginInstall.self, PluginUninstall.self, PluginList.self, PluginLink.self, PluginUnlink.self,
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
        CommandConfiguration(commandName: "uninstall", abstract: MessageKey.helpPluginUninstall.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFile.help)) var file: String
    @Argument(help: ArgumentHelp(MessageKey.helpPluginID.help)) var plugin: String
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        try process.withSession(file) { try $0.uninstall(plugin, isDryRun: consent.dryRun, isAgreed: consent.yes) }
    }
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
        guard let id = PluginID(rawValue: plugin) else {
            throw PlatformError(.invalidInput, Message(.shellPluginForm, ["text": .text(plugin)]))
        }
        let files = try Platform.newPlugin(
            id: id,
            in: output,
            title: title,
            language: process.language,
            object: object,
            depends: depends,
            template: PluginSearch.template()
        )
        if process.isJSON {
            process.console.json(["plugin": .string(plugin), "files": .array(files.map { .string($0) })])
        } else {
            let message = Message(
                .shellNewPlugin,
                ["plugin": .text(plugin), "files": .text("\n  " + files.joined(separator: "\n  "))]
            )
            process.console.line(DisplayWidth.escapingControls(message.text(in: process.language), keepingLines: true))
        }
    }
}

/// The command `plugin check FOLDER`.
struct PluginCheck: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: MessageKey.helpPluginCheck.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFolder.help)) var folder: String
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let (problems, warnings) = Platform.reviewPlugin(
            folder: PluginSearch.folder(folder),
            searchPath: PluginSearch.folders
        )
        let rendering = ErrorRendering(language: process.language)
        if process.isJSON {
            process.console.json([
                "clean": .boolean(problems.isEmpty),
                "problems": .list(problems) { rendering.member($0) },
                "warnings": .list(warnings) { rendering.member($0) },
            ])
        } else {
            for problem in problems { process.console.line(rendering.text(problem)) }
            for warning in warnings {
                let file = warning.context.file.map { file in
                    file + (warning.context.line.map { ":\($0)" } ?? "") + " "
                }
                let text = Message(
                    .shellWarning,
                    ["text": .text((file ?? "") + warning.text(in: process.language))]
                ).text(in: process.language)
                process.console.line(DisplayWidth.escapingControls(text))
            }
        }
        guard problems.isEmpty else {
            throw PlatformError(
                .invalidPlugin,
                Message(.shellPluginProblems, ["folder": .text(folder), "count": .text(String(problems.count))])
            )
        }
        if !process.isJSON {
            let message = Message(
                warnings.isEmpty ? .shellPluginClean : .shellPluginWarnings,
                ["folder": .text(folder), "count": .text(String(warnings.count))]
            )
            process.console.line(DisplayWidth.escapingControls(message.text(in: process.language)))
        }
    }
}

/// The command `plugin test FOLDER [--filter TEXT]`.
struct PluginTest: ShellCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "test", abstract: MessageKey.helpPluginTest.help)
    }

    @Argument(help: ArgumentHelp(MessageKey.helpFolder.help)) var folder: String
    @Option(help: ArgumentHelp(MessageKey.helpFilter.help, valueName: "text")) var filter: String?
    @OptionGroup var global: GlobalOptions

    func execute(in process: ShellProcess) throws {
        let result = try Platform.testPlugin(
            folder: PluginSearch.folder(folder),
            filter: filter,
            searchPath: PluginSearch.folders,
            language: process.language
        )
        if process.isJSON {
            let tests = result.tests.map { test -> JSONValue in
                [
                    "name": .string(test.name), "file": .string(test.file), "line": .count(test.line),
                    "ok": .boolean(test.ok), "message": .string(test.message),
                    "ms": .number(DecimalText.tenths(test.milliseconds)),
                ]
            }
            process.console.json([
                "passed": .count(result.passed), "failed": .count(result.failed),
                "tests": .array(tests),
            ])
        } else {
            for test in result.tests {
                let head = "\(test.ok ? "✓" : "✗") \(test.name)  (\(DecimalText.tenths(test.milliseconds)) ms)"
                let message = test.message.split(separator: "\n").joined(separator: "\n    ")
                let tail = test.ok ? "" : "\n    \(test.file):\(test.line): \(message)"
                process.console.line(DisplayWidth.escapingControls(head + tail, keepingLines: true))
            }
            let message = Message(
                .shellTestsDone,
                ["passed": .text(String(result.passed)), "failed": .text(String(result.failed))]
            )
            process.console.line(message.text(in: process.language))
        }
        if result.failed > 0 {
            throw PlatformError(
                .validationFailed,
                Message(.shellTestsFailed, ["failed": .text(String(result.failed))])
            )
        }
    }
}
