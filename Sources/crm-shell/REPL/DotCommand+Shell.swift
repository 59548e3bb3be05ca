import CRMPlatform

extension DotCommand {
    /// The commands about rehearsals, plugins and the shell itself.
    static let shellCommands: [DotCommand] = [
        DotCommand(".begin", "", .helpDotBegin) { interpreter, _ in try interpreter.session.beginRehearsal() },
        DotCommand(".diff", "", .helpDotDiff) { interpreter, _ in try interpreter.session.rehearsalDiff() },
        DotCommand(".commit", "", .helpDotCommit) { interpreter, _ in try interpreter.session.commitRehearsal() },
        DotCommand(".rollback", "", .helpDotRollback) { interpreter, _ in try interpreter.session.rollbackRehearsal() },
        DotCommand(".plugins", "", .helpPluginList) { interpreter, _ in try interpreter.session.listPlugins() },
        DotCommand(
            ".install",
            "PLUGIN … [--demo] [--dry-run]",
            .helpPluginInstall,
            [.file],
            flags: ["--demo", "--dry-run"]
        ) { interpreter, arguments in
            _ = try arguments.required(0, .shellThePlugin)
            try interpreter.session.install(
                arguments.positional,
                demo: arguments.has("--demo"),
                isDryRun: arguments.has("--dry-run")
            )
        },
        DotCommand(
            ".uninstall",
            "PLUGIN [--dry-run] [--yes]",
            .helpPluginUninstall,
            [.plugin],
            flags: ["--dry-run", "--yes"]
        ) { interpreter, arguments in
            try interpreter.session.uninstall(
                try arguments.required(0, .shellThePlugin),
                isDryRun: arguments.has("--dry-run"),
                isAgreed: arguments.has("--yes")
            )
        },
        DotCommand(".disable", "PLUGIN …", .helpPluginDisable, [.plugin]) { interpreter, arguments in
            _ = try arguments.required(0, .shellThePlugin)
            try interpreter.session.disable(arguments.positional)
        },
        DotCommand(".enable", "PLUGIN …", .helpPluginEnable, [.plugin]) { interpreter, arguments in
            _ = try arguments.required(0, .shellThePlugin)
            try interpreter.session.enable(arguments.positional)
        },
        DotCommand(".link", "FOLDER", .helpPluginLink, [.file]) { interpreter, arguments in
            try interpreter.session.link(try arguments.required(0, .shellTheFolder))
        },
        DotCommand(".unlink", "PLUGIN", .helpPluginUnlink, [.plugin]) { interpreter, arguments in
            try interpreter.session.unlink(try arguments.required(0, .shellThePlugin))
        },
        DotCommand(
            ".settings",
            "[PLUGIN] [NAME=VALUE …] [--history]",
            .helpDotSettings,
            [.setting, .setting],
            flags: ["--history"]
        ) { interpreter, arguments in
            let words = arguments.positional
            if let plugin = words.first, !plugin.contains("=") {
                return try interpreter.session.settings(plugin, Array(words.dropFirst()))
            }
            if arguments.has("--history"), words.isEmpty { return try interpreter.session.fileSettingsHistory() }
            try interpreter.session.fileSettings(words)
        },
        DotCommand(
            ".plugin",
            "check FOLDER | test FOLDER [--filter TEXT] | new PLUGIN [-o FOLDER] [--title T] [--object NAME] [--depends PLUGIN]",
            .helpDotPlugin,
            [.word(["check", "test", "new"] + ofPlugins.keys.sorted()), .file],
            valued: ["--filter", "-o", "--title", "--object", "--depends"],
            run: plugin
        ),
        DotCommand(
            ".stubs",
            "[-o FOLDER] [--reference FOLDER] [--force]",
            .helpStubs,
            valued: ["-o", "--reference"],
            flags: ["--force"]
        ) { interpreter, arguments in
            try interpreter.session.writeStubs(
                to: arguments.option("-o") ?? "lua/meta",
                reference: arguments.option("--reference"),
                force: arguments.has("--force")
            )
        },
        DotCommand(".doctor", "", .helpDoctor) { interpreter, _ in interpreter.session.process.doctor() },
        DotCommand(".reload", "", .helpDotReload) { interpreter, _ in try interpreter.session.reload() },
        DotCommand(
            ".backup",
            "COPY [--force]",
            .helpBackup,
            [.file],
            valued: ["-o"],
            flags: ["--force"]
        ) { interpreter, arguments in
            let path = try arguments.option("-o") ?? arguments.required(0, .shellTheFile)
            try interpreter.session.backup(to: OutputTarget(path, force: arguments.has("--force")))
        },
        DotCommand(
            ".jobs",
            "[list|run|retry|purge] [ID …] [--all] [--days N] [--dry-run] [--yes]",
            .helpJobs,
            [.word(["list", "run", "retry", "purge"]), .text],
            valued: ["--days"],
            flags: ["--all", "--dry-run", "--yes"]
        ) { interpreter, arguments in
            var request = JobsRequest(arguments.optional(0), Array(arguments.positional.dropFirst()))
            request.showsAll = arguments.has("--all")
            request.days = arguments.option("--days") == "0" ? 0 : try arguments.number("--days")
            request.isDryRun = arguments.has("--dry-run")
            request.isAgreed = arguments.has("--yes")
            try interpreter.session.jobs(request)
        },
        DotCommand(
            ".log",
            "[--level LEVEL] [--plugin PLUGIN] [--since DAY] [-n N]",
            .helpLog,
            valued: ["--level", "--plugin", "--since", "-n"]
        ) { interpreter, arguments in
            try interpreter.session.log(
                LogRequest(
                    level: arguments.option("--level"),
                    plugin: arguments.option("--plugin"),
                    since: arguments.option("--since"),
                    limit: try arguments.number("-n") ?? 50
                )
            )
        },
        DotCommand(".check", "", .helpCheck) { interpreter, _ in try interpreter.session.check() },
        DotCommand(".lang", "[zh-CN|zh-TW|en]", .helpDotLang, [.language]) { interpreter, arguments in
            let session = interpreter.session
            if let text = arguments.optional(0) {
                guard let language = Language(tag: text) else {
                    throw PlatformError(.invalidInput, Message(.shellLanguageUnknown, ["text": .text(text)]))
                }
                session.language = language
            }
            session.answer(.shellLanguageNow, ["language": .text(session.language.rawValue)])
        },
        DotCommand(".json", "on|off", .helpDotJSON, [.onOff]) { interpreter, arguments in
            switch arguments.optional(0) {
            case "on": interpreter.session.isJSON = true
            case "off": interpreter.session.isJSON = false
            default: throw PlatformError(.invalidInput, Message(.shellOnOff))
            }
        },
        DotCommand(".help", "[COMMAND]", .helpDotHelp, [.dotCommand]) { interpreter, arguments in
            try help(interpreter.session, about: arguments.optional(0))
        },
        DotCommand(".quit", "", .helpDotQuit, ending: .quit) { _, _ in },
    ]

    /// What the sub-commands of `plugin` are called here.
    static let ofPlugins = [
        "list": ".plugins", "install": ".install", "uninstall": ".uninstall", "disable": ".disable",
        "enable": ".enable",
        "link": ".link", "unlink": ".unlink", "settings": ".settings",
    ]

    private static func plugin(_ interpreter: Interpreter, _ arguments: DotArguments) throws {
        let process = interpreter.session.process
        let known = (["check", "test", "new"] + ofPlugins.keys.sorted()).joined(separator: ", ")
        guard let word = arguments.optional(0) else {
            throw PlatformError(.invalidInput, Message(.commandMissingSubcommand, ["known": .text(known)]))
        }
        switch word {
        case "check": try process.checkPlugin(try arguments.required(1, .shellTheFolder))
        case "test":
            try process.testPlugin(
                try arguments.required(1, .shellTheFolder),
                filter: arguments.option("--filter")
            )
        case "new":
            try process.newPlugin(
                NewPluginRequest(
                    plugin: try arguments.required(1, .shellThePlugin),
                    folder: arguments.option("-o") ?? "plugins",
                    title: arguments.option("--title"),
                    object: arguments.option("--object"),
                    depends: arguments.all("--depends")
                )
            )
        default:
            throw PlatformError(
                .invalidInput,
                Message(
                    .commandUnknownSubcommand,
                    ["command": ".plugin", "name": .text(word), "hint": "", "known": .text(known)]
                )
            )
        }
    }

    /// The error of a command that is not there, with the one that was probably meant.
    static func unknown(_ name: String) -> PlatformError {
        let nearest = Suggestion.nearest(to: name.hasPrefix(".") ? name : "." + name, among: all.map(\.name))
        let hint = nearest.map { Message.Argument.message(Message(.shellMeant, ["name": .text($0)])) }
        return PlatformError(
            .notFound,
            Message(.shellNoDotCommand, ["name": .text(name), "hint": hint ?? .text("")])
        )
    }

    private static func help(_ session: ShellSession, about name: String?) throws {
        let chosen: [DotCommand]
        if let name {
            guard let command = named(name.hasPrefix(".") ? name : "." + name) else {
                throw unknown(name)
            }
            chosen = [command]
        } else {
            chosen = all
        }
        if session.isJSON {
            let values = chosen.map { command -> JSONValue in
                [
                    "name": .string(command.name), "usage": .string(command.usage),
                    "help": .string(session.say(command.help)),
                ]
            }
            return session.console.json(["commands": .array(values)])
        }
        let text = HelpText(language: session.language, width: session.width ?? 80)
        if name != nil, let command = chosen.first {
            session.console.line(text.hanging(session.say(command.help), by: 0))
            let usage = session.say(.shellUsage, ["usage": .text("\(command.name) \(command.usage)")])
            return session.console.line(text.hanging(usage, by: 6))
        }
        session.console.line(text.hanging(session.say(.shellHelpIntro), by: 0))
        for command in chosen {
            session.console.write(
                text.line(head: "\(command.name) \(command.usage)", text: session.say(command.help), indent: 32)
            )
        }
        session.console.line(text.hanging(session.say(.shellHelpKeys), by: 0))
    }
}
