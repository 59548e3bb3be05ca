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

    /// Runs the executable with arguments, the first being the first after its name.
    ///
    /// - Returns: The exit status.
    static func run(_ arguments: [String]) -> Int32 {
        let process = ShellProcess(
            console: Console(),
            language: ShellLanguage.atStart,
            isJSON: arguments.prefix { $0 != "--" }.contains("--json")
        )
        let status = process.run(arguments)
        // Everything is saved by now; a file that does not close in time is brought to rest by whoever opens it next.
        try? Interruption.shared.release()?.close()
        process.console.flush()
        guard status == 0, process.console.failure != 0 else { return status }
        let error = FileOutput.unwritable(
            Message(.shellOutputLost).text(in: process.language),
            process.console.failure
        )
        process.complain(error)
        return ErrorRendering.exitStatus(of: error.code)
    }

    private func run(_ arguments: [String]) -> Int32 {
        do {
            // Not left to ArgumentParser, which would take `update … --version 3` for its own.
            if arguments.first == "--version" {
                console.line(Platform.version)
                return 0
            }
            let words = arguments.isEmpty ? ["--help"] : arguments
            if let error = unknownFirstWord(words) { throw error }
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
            complain(error)
            return ErrorRendering.exitStatus(of: error.code)
        } catch {
            return finish(error)
        }
    }

    /// A first word that is neither an option nor a sub-command nor a file; a slip of the pen most likely.
    private func unknownFirstWord(_ arguments: [String]) -> PlatformError? {
        guard let first = arguments.first, !first.hasPrefix("-"), first != "help" else { return nil }
        let names = CRMShell.subcommandNames
        if names.contains(first) || FileManager.default.fileExists(atPath: first) { return nil }
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

    /// Ends with what ArgumentParser has to say: help, a version, or what is wrong with the arguments.
    private func finish(_ error: any Error) -> Int32 {
        let code = CRMShell.exitCode(for: error).rawValue
        let text = CRMShell.fullMessage(for: error, columns: nil)
        guard code != 0 else {
            console.line(text)
            return 0
        }
        guard CRMShell.exitCode(for: error) == .validationFailure else {
            complain(ErrorRendering.platformError(error))
            return ErrorRendering.exitStatus(of: .internal)
        }
        if isJSON {
            complain(
                PlatformError(
                    .invalidInput,
                    Message(.shellUsageWrong, ["text": .text(CRMShell.message(for: error))])
                )
            )
        } else {
            let bare = text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text
            let shown = DisplayWidth.escapingControls(bare, keepingLines: true)
            console.complain(Message(.shellUsageWrong, ["text": .text(shown)]).text(in: language))
        }
        return ErrorRendering.exitStatus(of: .invalidInput)
    }

    /// Writes an error to standard error.
    func complain(_ error: PlatformError) {
        let catalog = error.context.object == nil ? nil : Interruption.shared.catalog
        let rendering = ErrorRendering(language: language, catalog: catalog)
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
        try Interruption.shared.guarding { try work(session) }
    }

    /// Opens a company file.
    ///
    /// - Throws: `PlatformError` `notFound` that says how a file is made.
    func open(_ path: String, interactive: Bool) throws -> ShellSession {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PlatformError(.notFound, Message(.shellNoCompany, ["file": .text(path)]))
        }
        return session(try Platform.open(at: path, options: options), interactive: interactive)
    }

    /// A session on an open platform, whose work Ctrl-C stops from now on.
    func session(_ platform: Platform, interactive: Bool) -> ShellSession {
        Interruption.shared.watch(platform, interactive: interactive)
        return ShellSession(platform: platform, console: console, language: language, isJSON: isJSON)
    }

    /// With what a platform is opened.
    var options: PlatformOptions {
        var options = PlatformOptions()
        options.language = language
        return options
    }
}

/// Ends the process with a status; everything there was to say has been said.
struct ShellExit: Error {
    /// The exit status.
    let status: Int32
}
