import CPlainLua
import Foundation
import LuaBridge
import TestSupport
import Testing

/// The libraries that scripts get give what those of Lua give, but for what the guide says under "What differs from Lua 5.4".
@Suite("The libraries of scripts beside Lua's own", .tags(.fuzz))
struct LibraryDifferentialTests {
    /// `CRM_LONG_TESTS=1` tries ten times as much.
    private static let cases = ProcessInfo.processInfo.environment["CRM_LONG_TESTS"] == "1" ? 200_000 : 20_000
    /// What is tried in one call of each state.
    private static let batch = 1_000

    @Test("give the same results and errors for inputs made by chance", arguments: LibraryArea.all)
    func same(area: LibraryArea) throws {
        let source = try area.source()
        let plain = try PlainLua(source)
        let thread = try LargeStackThread(name: "differential")
        try thread.run { () throws in
            let ours = try OwnLua(source)
            var allowed = 0
            for first in stride(from: 0, to: Self.cases, by: Self.batch) {
                let given = try ours.outcomes(first, Self.batch)
                let wanted = try plain.outcomes(first, Self.batch)
                for (offset, pair) in zip(given, wanted).enumerated() where pair.0 != pair.1 {
                    let number = first + offset
                    let one = Outcome(pair.0)
                    let other = Outcome(pair.1)
                    guard area.differences.contains(where: { $0.explains(one, other) }) else {
                        let call = try plain.outcomes(number, 1, verbose: true)[0]
                        Issue.record(
                            "case \(number) of \(area.name): \(Outcome(call)) by Lua; here it gives \(one)"
                        )
                        return
                    }
                    allowed += 1
                }
                try #require(given.count == Self.batch && wanted.count == Self.batch)
            }
            // What is allowed must stay the exception, or nothing is compared.
            #expect(allowed < Self.cases / 10, "\(area.name)")
        }
    }
}

/// Functions that are tried together, with the inputs that `Tests/Corpus/lua-differential` makes for them.
struct LibraryArea: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the inputs are made with, beside what all have.
    let parts: [String]
    let differences: [LibraryDifference]

    var testDescription: String { name }

    static let all = [
        LibraryArea(name: "find", parts: ["patterns"], differences: [.pattern]),
        LibraryArea(name: "match", parts: ["patterns"], differences: [.pattern]),
        LibraryArea(name: "gmatch", parts: ["patterns"], differences: [.pattern]),
        LibraryArea(name: "gsub", parts: ["patterns"], differences: [.pattern]),
        LibraryArea(name: "format", parts: [], differences: [.pointer, .address, .zeros]),
        LibraryArea(name: "pack", parts: ["packing"], differences: [.packing]),
        LibraryArea(name: "unpack", parts: ["packing"], differences: [.packing]),
        LibraryArea(name: "rep", parts: [], differences: []),
        LibraryArea(name: "texts", parts: [], differences: []),
        LibraryArea(name: "numbers", parts: [], differences: []),
        LibraryArea(name: "utf8", parts: [], differences: [.codes]),
        LibraryArea(name: "math", parts: [], differences: [.extremes, .older, .argument]),
        LibraryArea(name: "table", parts: [], differences: [.tables, .argument, .comparator]),
    ]

    func source() throws -> String {
        try (["prelude"] + parts + [name, "runner"])
            .map { String(decoding: try Repository.bytes("Tests/Corpus/lua-differential/\($0).lua"), as: UTF8.self) }
            .joined(separator: "\n")
    }
}

/// What came of a case.
struct Outcome: CustomStringConvertible {
    let description: String
    /// The message, when it was an error.
    let error: String?

    init(_ bytes: ArraySlice<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        description = text
        // As `shown` of the prelude writes it: (false;s12:the message.;)
        guard text.hasPrefix("(false;s"), text.hasSuffix(";)"), let colon = text.firstIndex(of: ":") else {
            error = nil
            return
        }
        error = String(text[text.index(after: colon)...].dropLast(2))
    }

    func fails(with text: String) -> Bool { error?.contains(text) == true }
}

/// A difference that is meant, as the guide tells it.
struct LibraryDifference: Sendable {
    let explains: @Sendable (_ ours: Outcome, _ plain: Outcome) -> Bool

    /// A pattern that is broken is refused whatever the text; Lua finds out when it gets there.
    static let pattern = LibraryDifference { ours, plain in
        let broken = [
            "malformed pattern", "unfinished capture", "invalid pattern capture", "invalid capture index",
            "missing '[' after '%f' in pattern",
        ]
        guard broken.contains(where: ours.fails(with:)) else { return false }
        // What is not asked for its captures is not refused for them.
        if ours.fails(with: "unfinished capture") { return true }
        let found = plain.description
        return plain.error != nil || found == "(true;nil;)" || found == "(true;{};)" || found.hasSuffix(";i0;)")
    }
    /// `%p` would show where something lies in memory.
    static let pointer = LibraryDifference { ours, _ in
        ours.fails(with: "invalid conversion '%") && ours.fails(with: "p' to 'format'")
    }
    /// So would the text of a table.
    static let address = LibraryDifference { ours, plain in
        ours.error == nil && ours.description.contains("table") && plain.description.contains("table:")
    }
    /// Texts with zero bytes are filled up and cut as others are.
    static let zeros = LibraryDifference { _, plain in plain.fails(with: "string contains zeros") }
    /// A format goes on behind a zero byte, which is no option.
    static let packing = LibraryDifference { ours, _ in
        ours.fails(with: "invalid format option '\0'") || ours.fails(with: "invalid format option ''")
    }
    /// `utf8.codes` refuses a continuation byte where a character has to begin.
    static let codes = LibraryDifference { ours, plain in
        ours.fails(with: "invalid UTF-8 code") && (plain.error == nil || plain.fails(with: "invalid UTF-8 code"))
    }
    /// `math.max` and `math.min` take numbers alone.
    static let extremes = LibraryDifference { ours, _ in
        ours.fails(with: "to 'math.m") && ours.fails(with: "(number expected, got")
    }
    /// Where Lua is built with the names of older versions, its messages may give them.
    static let older = LibraryDifference { ours, plain in
        ours.error != nil && ours.error == plain.error?.replacingOccurrences(of: "math.atan2", with: "math.atan")
    }
    /// The functions of `table` take tables alone.
    static let tables = LibraryDifference { ours, _ in ours.fails(with: "(table expected, got") }
    /// Which of two wrong arguments a message names; Lua's own says 1 of the position that `table.remove` refuses.
    static let argument = LibraryDifference { ours, plain in
        guard let one = ours.error, let other = plain.error else { return false }
        if one.contains("(number expected, got"), other.contains("(number expected, got") { return true }
        return one.replacing(/argument #\d/, with: "") == other.replacing(/argument #\d/, with: "")
    }
    /// `table.sort` looks at its second argument also when there is nothing to sort.
    static let comparator = LibraryDifference { ours, _ in
        ours.description.contains("bad argument #2 to 'table.sort' (function expected")
    }
}

// MARK: - The two states

/// Cuts what a runner gives into the outcomes of its cases, each behind its length.
private func outcomes(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var at = 0
    while at < bytes.count {
        var length = 0
        while bytes[at] != UInt8(ascii: ":") {
            length = length * 10 + Int(bytes[at] - UInt8(ascii: "0"))
            at += 1
        }
        at += 1
        found.append(bytes[at..<at + length])
        at += length
    }
    return found
}

/// What a state failed with as a whole.
private struct RunFailure: Error {
    let message: String
}

private let seed: Int64 = 20_261_201

/// A state of ours, as plugins have it but without limits.
private final class OwnLua {
    private let state: LuaState
    private let function: LuaFunction

    init(_ source: String) throws {
        var limits = LuaLimits()
        limits.steps = .max / 2
        limits.cpu = .seconds(600)
        limits.cpuCeiling = .seconds(600)
        limits.wall = .seconds(600)
        limits.memoryBytes = 256 << 20
        state = try LuaState(name: "differential", limits: limits, metering: .deadline)
        function = try state.load(source, chunkName: "t")
    }

    func outcomes(_ first: Int, _ count: Int) throws -> [ArraySlice<UInt8>] {
        let arguments: [LuaArgument] = [.integer(seed), .integer(Int64(first)), .integer(Int64(count)), false]
        switch try function.call(arguments: arguments).value(0) {
        case .string(let text): return ScriptTests.outcomes(Array(text.utf8))
        case .bytes(let bytes): return ScriptTests.outcomes(bytes)
        default: throw RunFailure(message: "no text")
        }
    }
}

/// A state with Lua's own libraries.
private final class PlainLua {
    private let state: OpaquePointer

    init(_ source: String) throws {
        guard let state = plainlua_open(source, source.utf8.count) else { throw RunFailure(message: "no memory") }
        self.state = state
    }

    deinit { plainlua_close(state) }

    func outcomes(_ first: Int, _ count: Int, verbose: Bool = false) throws -> [ArraySlice<UInt8>] {
        var text: UnsafePointer<CChar>?
        var length = 0
        let fine = plainlua_run(state, seed, Int64(first), Int64(count), verbose, &text, &length)
        let bytes = [UInt8](UnsafeRawBufferPointer(start: text, count: length))
        guard fine else { throw RunFailure(message: String(decoding: bytes, as: UTF8.self)) }
        return ScriptTests.outcomes(bytes)
    }
}
