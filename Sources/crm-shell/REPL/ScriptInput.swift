import CRMPlatform
import Foundation

/// Runs lines that nobody types: standard input, or the arguments of `-e`.
///
/// The first error ends it.
struct ScriptInput {
    private let interpreter: Interpreter

    /// Makes a runner.
    init(_ interpreter: Interpreter) { self.interpreter = interpreter }

    /// Runs the lines of standard input.
    ///
    /// - Throws: ``ShellExit`` with the status of the error, after the error was shown with its line.
    func runStandardInput() throws {
        var reader = LineReader(descriptor: STDIN_FILENO)
        try run { try reader.next() }
    }

    /// Runs given lines.
    ///
    /// - Throws: ``ShellExit`` with the status of the error, after the error was shown with its line.
    func run(_ lines: [String]) throws {
        var rest = lines[...]
        try run { rest.popFirst() }
    }

    private func run(_ next: () throws -> String?) throws {
        let session = interpreter.session
        var number = 0
        var first = 1
        do {
            reading: while let line = try next() {
                number += 1
                if interpreter.unfinished.isEmpty { first = number }
                if number == 1, line.hasPrefix("#!") { continue }
                switch try interpreter.feed(line) {
                case .quit: break reading
                case .done, .incomplete: break
                }
                // Whoever drives the shell through pipes waits for the answer to each line.
                session.console.flush()
                if session.console.isClosed { break }
            }
            guard interpreter.unfinished.isEmpty else {
                throw PlatformError(.invalidInput, Message(.shellUnfinished))
            }
        } catch let exit as ShellExit {
            endRehearsal()
            throw exit
        } catch {
            let failure = ErrorRendering.platformError(error)
            if session.isJSON {
                session.console.complain(json: session.errors.json(failure, scriptLine: first))
            } else {
                session.console.complain(session.errors.text(failure))
                session.console.complain(session.say(.shellLineFailed, ["line": .text(String(first))]))
            }
            endRehearsal()
            throw ShellExit(status: ErrorRendering.exitStatus(of: failure.code))
        }
        endRehearsal()
        if let status = interpreter.failedAfterCommit { throw ShellExit(status: status) }
    }

    /// A rehearsal that nobody kept is taken back, and said so.
    private func endRehearsal() {
        let session = interpreter.session
        guard session.platform.isRehearsing else { return }
        do {
            try session.platform.rollbackRehearsal()
        } catch {
            session.console.complain(session.errors.text(ErrorRendering.platformError(error)))
        }
        session.console.complain(session.say(.shellRehearsalLost))
    }
}

/// Lines of UTF-8 text from a file descriptor, of any length up to a megabyte.
struct LineReader {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    private static let longest = 1 << 20

    /// Makes a reader.
    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its line feed, nil at the end.
    ///
    /// - Throws: `PlatformError` `invalidInput` when a line is no UTF-8 or longer than a megabyte.
    mutating func next() throws(PlatformError) -> String? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                let line = try text(buffer[start..<end])
                start = end + 1
                return line
            }
            searched = buffer.count
            guard !isAtEnd else {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return try text(buffer[start...])
            }
            guard searched - start <= Self.longest else {
                throw PlatformError(.invalidInput, Message(.shellLineLong))
            }
            searched -= start
            buffer.removeFirst(start)
            start = 0
            fill()
        }
    }

    private mutating func fill() {
        let chunk = 65_536
        let count = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: chunk))
        var received: Int
        repeat {
            received = buffer.withUnsafeMutableBytes { bytes in
                read(descriptor, bytes.baseAddress?.advanced(by: count), chunk)
            }
        } while received < 0 && errno == EINTR
        buffer.removeLast(chunk - max(received, 0))
        if received <= 0 { isAtEnd = true }
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(PlatformError) -> String {
        var bytes = bytes
        if bytes.last == 0x0D { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PlatformError(.invalidInput, Message(.shellNotText, ["file": .text("stdin")]))
        }
        return text
    }
}
