import CRMPlatform

extension DotCommand {
    /// The commands about rehearsals, plugins and the shell itself.
    static let shellCommands: [DotCommand] = [
        DotCommand(".begin", "", .helpDotBegin) { interpreter, _ in try interpreter.session.beginRehearsal() },
        DotCommand(".diff", "", .helpDotDiff) { interpreter, _ in try interpreter.session.rehearsalDiff() },
        DotCommand(".commit", "", .helpDotCommit) { interpreter, _ in try interpreter.session.commitRehearsal() },
        DotCommand(".rollback", "", .helpDotRollback) { interpreter, _ in try interpreter.session.rollbackRehearsal() },
        DotCommand(".plugins", "", .helpPluginList) { interpreter, _ in interpreter.session.listPlugins() },
        DotCommand(".reload", "", .helpDotReload) { interpreter, _ in try interpreter.session.reload() },
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

    private static func help(_ session: ShellSession, about name: String?) throws {
        let chosen: [DotCommand]
        if let name {
            guard let command = named(name.hasPrefix(".") ? name : "." + name) else {
                throw PlatformError(
                    .notFound,
                    Message(.shellNoDotCommand, ["name": .text(name), "hint": .text("")])
                )
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
        if name != nil, let command = chosen.first {
            session.console.line(session.say(command.help))
            return session.report(.shellUsage, ["usage": .text("\(command.name) \(command.usage)")])
        }
        session.report(.shellHelpIntro)
        for command in chosen {
            let head = "  \(command.name) \(command.usage)"
            // Long usages get a line of their own, so that the explanations stay in one column.
            if head.count > 30 {
                session.console.line(head)
                session.console.line(String(repeating: " ", count: 32) + session.say(command.help))
            } else {
                session.console.line(DisplayWidth.padded(head, to: 32) + session.say(command.help))
            }
        }
        session.report(.shellHelpKeys)
    }
}
