import CRMPlatform

/// A command of the interactive shell, such as `.find`.
struct DotCommand: Sendable {
    /// What an argument names, for completion.
    enum ArgumentKind: Sendable {
        /// An object.
        case object
        /// A record, `customer/42`.
        case record
        /// A condition on the object named before; takes all words that follow.
        case expression
        /// `field=value` pairs for the object named before; takes all words that follow.
        case assignments
        /// Fields of the object named before.
        case fields
        /// A report, template, command of a plugin, language or dot command.
        case report, template, pluginCommand, language, dotCommand
        /// A plugin of the file.
        case plugin
        /// A plugin of the file, or a setting of the file with its value.
        case setting
        /// One of some words.
        case word([String])
        /// `on` or `off`.
        case onOff
        /// A file.
        case file
        /// Lua, or `create` or `update` with their arguments.
        case explained
        /// Free text.
        case text
    }

    /// The name with its dot.
    let name: String
    /// The arguments as help shows them.
    let usage: String
    /// What it does.
    let help: MessageKey
    /// What the arguments are; the last one counts for all that follow.
    let arguments: [ArgumentKind]
    /// The options that have a value.
    let valued: Set<String>
    /// The options that have none.
    let flags: Set<String>
    /// Does it.
    let run: @Sendable (Interpreter, DotArguments) throws -> Interpreter.Outcome

    /// Makes a command that does not end the shell.
    init(
        _ name: String,
        _ usage: String,
        _ help: MessageKey,
        _ arguments: [ArgumentKind] = [],
        valued: Set<String> = [],
        flags: Set<String> = [],
        run: @escaping @Sendable (Interpreter, DotArguments) throws -> Void
    ) {
        self.init(name, usage, help, arguments, valued: valued, flags: flags, ending: .done, run: run)
    }

    /// Makes a command with what comes after it.
    init(
        _ name: String,
        _ usage: String,
        _ help: MessageKey,
        _ arguments: [ArgumentKind] = [],
        valued: Set<String> = [],
        flags: Set<String> = [],
        ending outcome: Interpreter.Outcome,
        run: @escaping @Sendable (Interpreter, DotArguments) throws -> Void
    ) {
        self.name = name
        self.usage = usage
        self.help = help
        self.arguments = arguments
        self.valued = valued
        self.flags = flags
        self.run = { interpreter, arguments in
            try run(interpreter, arguments)
            return outcome
        }
    }

    /// All commands in the order of help.
    static let all: [DotCommand] = recordCommands + outputCommands + shellCommands

    /// The command of that name.
    static func named(_ name: String) -> DotCommand? {
        switch name {
        case ".exit", ".q": named(".quit")
        case ".?", ".h": named(".help")
        default: all.first { $0.name == name }
        }
    }

    /// The kind of the argument at a position, 0 for the first.
    func kind(at position: Int) -> ArgumentKind? {
        position < arguments.count ? arguments[position] : arguments.last
    }
}
