import ArgumentParser
import CRMPlatform
import Foundation

/// One run of the executable: its output, its language and whether it speaks JSON.
struct ShellProcess {
    /// Where output goes.
    let console: Console
    /// The language of messages.
    let language: Language
    /// Whether output and errors are JSON.
    let isJSON: Bool
    /// Whether errors are told with their code and where scripts stood.
    let isVerbose: Bool
    /// Whether files are opened without the code of their plugins.
    let isSafe: Bool

    /// Runs the executable with arguments, the first being the first after its name.
    ///
    /// - Returns: The exit status.
    static func run(_ arguments: [String]) -> Int32 {
        let options = arguments.prefix { $0 != "--" }
        let process = ShellProcess(
            console: Console(),
            language: ShellLanguage.atStart,
            isJSON: options.contains("--json"),
            isVerbose: options.contains("--verbose"),
            isSafe: options.contains("--safe")
        )
        let ended = process.run(arguments)
        let platform = Interruption.shared.release()
        let hasSaved = platform?.hasSaved ?? false
        let status = process.told(ended, hasSaved)
        Interruption.shared.willEnd(with: status)
        // Everything is saved by now; a file that does not close in time is brought to rest by whoever opens it next.
        try? platform?.close()
        return process.told(status, hasSaved)
    }

    /// Hands over all output; the status, or the one of output that was lost.
    ///
    /// What was saved is saved, and nobody should save it again because nothing could be read of it.
    private func told(_ status: Int32, _ hasSaved: Bool) -> Int32 {
        console.flush()
        guard status == 0, console.failure != 0 else { return status }
        let error = OutputFile.unwritable(Message(.shellOutputLost).text(in: language), console.failure)
        guard hasSaved else {
            complain(error)
            return ErrorRendering.exitStatus(of: error.code)
        }
        complain(
            PlatformError(.storage, Message(.shellSavedUntold, ["problem": .message(error.message)]), cause: error)
        )
        return ErrorRendering.effectStatus
    }

    private func run(_ arguments: [String]) -> Int32 {
        // Not left to ArgumentParser, which would take `update … --version 3` for its own.
        if arguments.first == "--version" {
            console.line(Platform.version)
            return 0
        }
        var words = arguments
        var first = arguments.first
        if !CommandWords.areInOrder(arguments) {
            let sorted = CommandWords(arguments, root: .root)
            if let word = sorted.unknown, let error = unknownWord(word, below: sorted.page) { return fail(error) }
            if sorted.asksForHelp {
                console.write(HelpText(language: language, width: console.width ?? 80).text(sorted.page))
                return 0
            }
            words = sorted.words
            first = words.first
        }
        if let error = first.flatMap(unknownFirstWord) { return fail(error) }
        words = CommandWords.takingMinuses(words) { CommandWords(words, root: .root).page.valuedOptions }
        do {
            var command = try CRMShell.parseAsRoot(words)
            if let shellCommand = command as? any ShellCommand {
                try shellCommand.global.check()
                try shellCommand.execute(in: self)
            } else {
                try command.run()
            }
            return 0
        } catch let error as ShellExit {
            return error.status
        } catch let error as PlatformError {
            return fail(error)
        } catch {
            return finish(error, words)
        }
    }

    private func fail(_ error: PlatformError) -> Int32 {
        complain(error)
        return ErrorRendering.exitStatus(of: error.code)
    }

    private func unknownWord(_ word: String, below page: CommandPage) -> PlatformError? {
        if page.subcommands.isEmpty { return unknownFirstWord(word) }
        let names = page.subcommands.compactMap(\.path.last)
        let hint = Suggestion.nearest(to: word, among: names).map { Message(.shellMeant, ["name": .text($0)]) }
        return PlatformError(
            .invalidInput,
            Message(
                .commandUnknownSubcommand,
                [
                    "command": .text((["crm-shell"] + page.path).joined(separator: " ")), "name": .text(word),
                    "hint": hint.map { .message($0) } ?? "", "known": .text(names.joined(separator: ", ")),
                ]
            )
        )
    }

    /// A first word that is neither an option nor a sub-command nor a file; a slip of the pen most likely.
    private func unknownFirstWord(_ first: String) -> PlatformError? {
        let names = CRMShell.subcommandNames
        if first.hasPrefix("-") || names.contains(first) || FileManager.default.fileExists(atPath: first) { return nil }
        if first.contains(".") || first.contains("/") {
            return PlatformError(.notFound, Message(.shellNoCompany, ["file": .text(first)]))
        }
        let hint = Suggestion.nearest(to: first, among: names).map { Message(.shellMeant, ["name": .text($0)]) }
        return PlatformError(
            .notFound,
            Message(
                .shellNoSuchCommand,
                ["name": .text(first), "hint": hint.map { .message($0) } ?? .text("")]
            )
        )
    }

    /// Ends with what ArgumentParser has to say: a completion script, or what is wrong with the arguments.
    private func finish(_ error: any Error, _ words: [String]) -> Int32 {
        let code = CRMShell.exitCode(for: error)
        guard !code.isSuccess else {
            console.line(CRMShell.fullMessage(for: error, columns: nil))
            return 0
        }
        guard code == .validationFailure else { return fail(ErrorRendering.platformError(error)) }
        let page = CommandWords(words, root: .root).page
        // A check of our own has said it in the right language.
        let wrong =
            error is ValidationError
            ? Message(.shellPlain, ["text": .text(CRMShell.message(for: error))])
            : CommandLineError(page: page).message(for: CRMShell.message(for: error))
        complain(PlatformError(.invalidInput, Message(.shellUsageWrong, ["text": .message(wrong)])))
        if !isJSON {
            let help = (["crm-shell"] + page.path + ["--help"]).joined(separator: " ")
            console.complain(
                Message(.commandUsage, ["usage": .text(page.usage), "help": .text(help)]).safeText(in: language)
            )
        }
        return ErrorRendering.exitStatus(of: .invalidInput)
    }

    /// Writes an error to standard error.
    func complain(_ error: PlatformError) {
        let catalog = error.context.object == nil ? nil : Interruption.shared.catalog
        var rendering = ErrorRendering(language: language, catalog: catalog)
        rendering.isVerbose = isVerbose
        if isJSON {
            console.complain(json: rendering.json(error))
        } else {
            console.complain(rendering.text(error))
        }
    }

    /// Opens a company file and does work that Ctrl-C may stop.
    func withSession(_ path: String, _ work: (ShellSession) throws -> Void) throws {
        let session = try open(path, interactive: false)
        defer { session.warnOfLinks() }
        do {
            try Interruption.shared.guarding { try work(session) }
        } catch {
            // What was kept before the error may have had hooks that failed, too.
            _ = try session.tellAfterCommitErrors()
            throw error
        }
        if let status = try session.tellAfterCommitErrors() { throw ShellExit(status: status) }
    }

    /// Opens a company file.
    ///
    /// - Throws: `PlatformError` `notFound` that says how a file is made.
    func open(_ path: String, interactive: Bool) throws -> ShellSession {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PlatformError(.notFound, Message(.shellNoCompany, ["file": .text(path)]))
        }
        var options = options
        // Between two lines there is time for what a search would have to do first.
        if interactive { options.idleDelay = .seconds(1) }
        return session(try Platform.open(at: path, options: options), interactive: interactive)
    }

    /// A session on an open platform, whose work Ctrl-C stops from now on.
    func session(_ platform: Platform, interactive: Bool) -> ShellSession {
        Interruption.shared.watch(platform, interactive: interactive)
        let session = ShellSession(platform: platform, console: console, language: language, isJSON: isJSON)
        session.isVerbose = isVerbose
        session.isSafe = isSafe
        return session
    }

    /// With what a platform is opened.
    var options: PlatformOptions {
        var options = PlatformOptions()
        options.language = language
        options.isSafe = isSafe
        options.log = { [console, isJSON] entry in LogRendering(console: console, isJSON: isJSON).show(entry) }
        return options
    }
}

/// Ends the process with a status; everything there was to say has been said.
struct ShellExit: Error {
    /// The exit status.
    let status: Int32
}
