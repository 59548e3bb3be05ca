import CLineEditor
import CRMConcurrency
import CRMPlatform
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// Standard output and standard error of the shell.
///
/// Safe to use from the threads on which scripts run. A reader that goes away (`crm-shell find … | head`) is no error: from
/// then on output is thrown away, and the work that was still to give output is stopped.
final class Console: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var isClosed = false
        var isCut = false
        var failure: Int32 = 0
    }

    /// Whether standard output is a terminal.
    let isTerminal: Bool
    /// Whether standard error is a terminal.
    let isErrorTerminal: Bool

    private let state = Guarded(State())
    private static let bufferSize = 32_768

    /// Looks at what standard output and standard error are.
    init() {
        isTerminal = isatty(STDOUT_FILENO) == 1
        isErrorTerminal = isatty(STDERR_FILENO) == 1
        let environment = ProcessInfo.processInfo.environment
        let kind = environment["TERM"] ?? "dumb"
        hasColours = isTerminal && kind != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// The columns of the terminal, nil when the output goes elsewhere.
    var width: Int? {
        guard isTerminal else { return nil }
        let columns = Int(crmedit_columns(STDOUT_FILENO))
        return columns > 20 ? columns : 80
    }

    /// Whether colours may be used: a terminal that knows them, and nobody said no (`NO_COLOR`).
    let hasColours: Bool

    /// Whether the output goes nowhere any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Why output was lost, as a number of the system; 0 when nothing was lost, or only because the reader went away.
    var failure: Int32 { state.withLock { $0.failure == EPIPE ? 0 : $0.failure } }

    /// Writes a text and a line feed to standard output.
    func line(_ text: String = "") { write(text + "\n") }

    /// Writes a text to standard output.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in write(bytes) }
    }

    /// Writes bytes to standard output.
    func write(_ bytes: some Collection<UInt8>) {
        let isLeft = state.withLock { state in
            guard !state.isClosed else { return false }
            state.pending.append(contentsOf: bytes)
            if state.pending.count >= Self.bufferSize { drain(&state) }
            return state.isClosed && state.failure == EPIPE
        }
        if isLeft { Interruption.shared.readerLeft() }
    }

    /// Writes one JSON document and a line feed to standard output.
    func json(_ value: JSONValue) { write(Self.terminalSafe(value) + [0x0A]) }

    /// Whether Ctrl-C has cut output off since this was asked last.
    func takeCut() -> Bool {
        state.withLock { state in
            defer { state.isCut = false }
            return state.isCut
        }
    }

    /// Hands everything written so far to the system.
    func flush() {
        let isLeft = state.withLock { state in
            let wasClosed = state.isClosed
            drain(&state)
            return !wasClosed && state.failure == EPIPE
        }
        if isLeft { Interruption.shared.readerLeft() }
    }

    /// Writes a text and a line feed to standard error, after what standard output still holds.
    func complain(_ text: String) {
        complainPart(text + "\n")
    }

    /// Writes a text without a line feed to standard error, after what standard output still holds.
    func complainPart(_ text: String) {
        flush()
        var text = text
        text.withUTF8 { bytes in _ = Self.put(bytes, to: STDERR_FILENO) }
    }

    /// Writes one JSON document and a line feed to standard error.
    func complain(json value: JSONValue) { complain(String(decoding: Self.terminalSafe(value), as: UTF8.self)) }

    /// JSON bytes in which everything that could steer a terminal or hide is escaped: control characters beyond ASCII, the
    /// signs that turn the direction of writing, and the invisible ones.
    static func terminalSafe(_ value: JSONValue) -> [UInt8] { terminalSafe(value.serialisedBytes()) }

    /// JSON bytes made safe in the same way; the values that they mean stay the same.
    static func terminalSafe(_ bytes: [UInt8]) -> [UInt8] {
        // All of these signs begin with one of a few bytes; most documents in Latin or Chinese have none of them.
        let suspects: Set<UInt8> = [0x7F, 0xC2, 0xD8, 0xE2, 0xEF, 0xF3]
        guard bytes.contains(where: { suspects.contains($0) }) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 64)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            guard scalar.value > 0x7E, DisplayWidth.isControl(scalar) else {
                result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            }
        }
        return result
    }

    /// Writes JSON that is there as bytes, and a line feed, to standard output.
    func json(bytes: [UInt8]) { write(Self.terminalSafe(bytes) + [0x0A]) }

    private func drain(_ state: inout State) {
        guard !state.pending.isEmpty else { return }
        // A person who presses Ctrl-C wants no more of it; a file or pipe gets all.
        if isTerminal, Interruption.shared.isStruck {
            state.pending.removeAll()
            state.isCut = true
            return
        }
        let failure = state.pending.withUnsafeBufferPointer { Self.put($0, to: STDOUT_FILENO) }
        state.pending.removeAll(keepingCapacity: true)
        guard failure != 0 else { return }
        state.isClosed = true
        state.failure = failure
    }

    private static func put(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
        guard let start = bytes.baseAddress else { return 0 }
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(descriptor, start + offset, bytes.count - offset)
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return errno
            }
            offset += count
        }
        return 0
    }
}
