import CRMPlatform

/// Takes lines, whether typed or from a script, and does what they say: dot commands, or Lua.
final class Interpreter {
    /// What has become of a line.
    enum Outcome {
        /// It was done.
        case done
        /// It is the beginning of a piece of Lua that goes on.
        case incomplete
        /// The shell is to end.
        case quit
    }

    /// The session on which the lines work.
    let session: ShellSession
    /// Whether a person sits at the keyboard.
    let isInteractive: Bool

    /// What people type who do not know yet that commands begin with a dot.
    private static let plainWords = [
        "quit": ".quit", "exit": ".quit", "quit()": ".quit", "exit()": ".quit", "bye": ".quit", "help": ".help",
        "help()": ".help", "?": ".help",
    ]

    private let scriptConsole: ScriptConsole
    private var pending: [String] = []
    /// The exit status for what after_commit hooks could not do; nil when all went well.
    ///
    /// What they followed is saved.
    private(set) var failedAfterCommit: Int32?

    /// Makes an interpreter with a Lua console of its own.
    init(session: ShellSession, isInteractive: Bool) {
        self.session = session
        self.isInteractive = isInteractive
        scriptConsole = session.platform.makeConsole(in: session.unit)
    }

    /// The lines of an unfinished piece of Lua.
    var unfinished: [String] { pending }

    /// Forgets an unfinished piece of Lua.
    func discard() { pending = [] }

    /// Does what a line says.
    func feed(_ line: String) throws -> Outcome {
        defer { session.warnOfLinks() }
        do {
            let outcome = try Interruption.shared.guarding {
                let outcome = try run(line)
                // Ctrl-C while a person is shown a long answer ends the answer.
                if isInteractive { session.console.flush() }
                if session.console.takeCut() { throw PlatformError(.cancelled, Message(.shellInterrupted)) }
                return outcome
            }
            try noteAfterCommitErrors()
            return outcome
        } catch {
            try noteAfterCommitErrors()
            throw error
        }
    }

    private func noteAfterCommitErrors() throws {
        let status = try session.tellAfterCommitErrors()
        failedAfterCommit = failedAfterCommit ?? status
    }

    private func run(_ line: String) throws -> Outcome {
        let text = TextNormalisation.trimmed(line)
        if pending.isEmpty {
            if text.isEmpty { return .done }
            if text.hasPrefix(".") { return try runDotCommand(text) }
            if let command = Self.plainWords[text.lowercased()] { return try runDotCommand(command) }
            // No piece of Lua begins with a word of another script.
            if let first = text.first, !first.isASCII, first.isLetter {
                let word = String(text.prefix { $0.isLetter || $0.isNumber }.prefix(30))
                throw PlatformError(.invalidInput, Message(.shellNoCommandWord, ["word": .text(word)]))
            }
        }
        pending.append(line)
        let chunk = pending.joined(separator: "\n")
        do {
            switch try scriptConsole.evaluate(chunk, in: session.unit) {
            case .incomplete:
                return .incomplete
            case .done(let output, let values):
                pending = []
                // `jobs` alone is a variable that nobody has set.
                if values == ["nil"], output.isEmpty, DotCommand.named("." + text) != nil {
                    throw Self.withoutDot(text, of: text)
                }
                if !output.isEmpty || !values.isEmpty || session.isJSON {
                    session.show(output: output, values: values)
                }
                return .done
            }
        } catch {
            let isFirst = pending.count == 1
            pending = []
            let word = String(text.prefix { $0.isLetter })
            // What is no Lua and begins like a command was meant as one.
            if isFirst, DotCommand.named("." + word) != nil, text.dropFirst(word.count).first == " ",
                (error as? PlatformError)?.message.key?.id == "script.syntax"
            {
                throw Self.withoutDot(word, of: text)
            }
            throw error
        }
    }

    private static func withoutDot(_ word: String, of line: String) -> PlatformError {
        PlatformError(
            .invalidInput,
            Message(
                .shellDotMissing,
                ["word": .text(word), "line": .text("." + TextLimits.shown(line, characters: 60))]
            )
        )
    }

    private func runDotCommand(_ text: String) throws -> Outcome {
        let words = LineWords(text)
        if let quote = words.openQuote {
            throw PlatformError(.invalidInput, Message(.shellOpenQuote, ["quote": .text(String(quote))]))
        }
        var name = words.words.first?.text ?? text
        var taken = 1
        // `plugin list` of the command line is `.plugins` here; both are taken.
        if name == ".plugin", words.words.count > 1, let other = DotCommand.ofPlugins[words.words[1].text] {
            name = other
            taken = 2
        }
        guard let command = DotCommand.named(name) else {
            throw DotCommand.unknown(name)
        }
        let arguments = try DotArguments(
            words.rest(from: taken),
            of: command.name,
            valued: command.valued,
            flags: command.flags
        )
        return try command.run(self, arguments)
    }

    /// Runs Lua as a rehearsal, writes what it would change, and takes it back.
    func explain(lua chunk: String) throws {
        let platform = session.platform
        guard !platform.isRehearsing else {
            throw PlatformError(.invalidInput, Message(.shellExplainRehearsal))
        }
        try platform.beginRehearsal()
        do {
            if case .done(let output, let values) = try scriptConsole.evaluate(chunk, in: session.unit) {
                session.show(output: output, values: values)
            } else {
                throw PlatformError(.invalidInput, Message(.shellUnfinished))
            }
            try session.show(try platform.rehearsalDiff())
        } catch {
            try platform.rollbackRehearsal()
            throw error
        }
        try platform.rollbackRehearsal()
        if !session.isJSON { session.report(.shellExplained) }
    }
}

extension MessageKey {
    static let shellDotMissing = MessageKey(
        "shell.dot_missing",
        zhCN: "命令以点开头：{line}",
        zhTW: "命令以點開頭：{line}",
        en: "Commands begin with a dot: {line}"
    )
    static let shellNoCommandWord = MessageKey(
        "shell.no_command_word",
        zhCN: "「{word}」既不是命令也不是 Lua。命令以点开头，如 .find 客户、.search {word}；.help 列出全部命令",
        zhTW: "「{word}」既不是命令也不是 Lua。命令以點開頭，如 .find 客戶、.search {word}；.help 列出全部命令",
        en:
            "\"{word}\" is neither a command nor Lua. Commands begin with a dot, as .find customer; .help lists them"
    )
}
