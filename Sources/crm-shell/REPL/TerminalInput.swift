import CLineEditor
import CRMPlatform
import Foundation

/// Reads lines from a person at a terminal, with editing, history and completion.
final class TerminalInput {
    private let interpreter: Interpreter
    private let history = HistoryFile()
    private var session: ShellSession { interpreter.session }
    private lazy var functions = LuaFunctions(
        annotations: (try? session.platform.stubs())?.first { $0.path == "crm.lua" }?.text ?? ""
    )

    /// Makes a reader.
    init(_ interpreter: Interpreter) { self.interpreter = interpreter }

    /// Reads and runs lines until Ctrl-D or `.quit`.
    func run() throws {
        let context = Unmanaged.passUnretained(self).toOpaque()
        guard let editor = crmedit_open("crm-shell", Int32(HistoryFile.size), completeInTerminal, context) else {
            session.console.complain(session.say(.shellNoEditor))
            return try ScriptInput(interpreter).runStandardInput()
        }
        defer { crmedit_close(editor) }
        history.load(into: editor)
        session.report(
            .shellWelcome,
            [
                "file": .text(fileName), "objects": .text(String(session.catalog.objects.count)),
                "plugins": .text(String(try session.platform.plugins.count)),
            ]
        )
        if session.isSafe { session.report(.shellSafeMode) }
        session.warnOfLinks()
        session.tellOpenJobs()
        reading: while true {
            session.console.flush()
            var text: UnsafeMutablePointer<CChar>?
            switch crmedit_read(editor, prompt, &text) {
            case CRMEDIT_LINE:
                guard let text else { break reading }
                let line = String(cString: text)
                free(text)
                if try take(line, editor) == .quit { break reading }
            case CRMEDIT_CANCELLED:
                interpreter.discard()
                session.console.line("^C")
            default:
                session.console.line()
                break reading
            }
        }
        endRehearsal()
        if !history.save(from: editor) {
            session.console.complain(session.say(.shellNoHistory, ["file": .text(history.path)]))
        }
    }

    private func take(_ line: String, _ editor: OpaquePointer) throws -> Interpreter.Outcome {
        let entry = (interpreter.unfinished + [line]).joined(separator: "\n")
        var outcome = Interpreter.Outcome.done
        do {
            outcome = try interpreter.feed(line)
        } catch let exit as ShellExit {
            endRehearsal()
            throw exit
        } catch {
            let failure = ErrorRendering.platformError(error)
            if session.isJSON {
                session.console.complain(json: session.errors.json(failure))
            } else {
                session.console.complain(session.errors.text(failure))
            }
        }
        if outcome != .incomplete, let kept = HistoryFile.entry(for: entry) { crmedit_add_history(editor, kept) }
        return outcome
    }

    private var fileName: String { URL(fileURLWithPath: session.platform.path).lastPathComponent }

    /// The file, a mark while rehearsing, and dots while a piece of Lua goes on.
    private var prompt: String {
        let name = DisplayWidth.escapingControls(fileName)
        let mark = session.platform.isRehearsing ? " [\(session.say(.shellRehearsalMark))]" : ""
        guard interpreter.unfinished.isEmpty else {
            let width = DisplayWidth.columns(of: name + mark)
            return String(repeating: " ", count: max(0, width - 3)) + "...> "
        }
        return "\(name)\(mark)> "
    }

    private func endRehearsal() {
        guard session.platform.isRehearsing else { return }
        do {
            try session.platform.rollbackRehearsal()
        } catch {
            session.console.complain(session.errors.text(ErrorRendering.platformError(error)))
        }
        session.console.complain(session.say(.shellRehearsalLost))
    }

    /// Completes a line for the editor.
    fileprivate func complete(_ line: String, cursor: Int, into result: inout crmedit_completion) {
        let before = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
        let completer = Completer(
            source: CompletionSource(session, functions: functions),
            unfinished: interpreter.unfinished
        )
        let completion = completer.completion(for: before)
        result.delete_scalars = completion.deletedScalars
        if !completion.insertion.isEmpty { result.insert = strdup(completion.insertion) }
        if !completion.listing.isEmpty {
            result.listing = strdup(CompletionListing.text(completion.listing, width: session.width ?? 80))
        }
    }
}

/// The function that libedit calls; the context is the reader, which lives as long as the editor.
private func completeInTerminal(
    context: UnsafeMutableRawPointer?,
    line: UnsafePointer<CChar>?,
    cursor: Int,
    result: UnsafeMutablePointer<crmedit_completion>?
) {
    guard let context, let line, let result else { return }
    let input = Unmanaged<TerminalInput>.fromOpaque(context).takeUnretainedValue()
    input.complete(String(cString: line), cursor: cursor, into: &result.pointee)
}
