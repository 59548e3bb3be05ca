import Foundation
import LuaBridge
import TestSupport
import Testing

/// One script of the corpus of attacks, with what its header says.
struct EscapeScript: Sendable, CustomTestStringConvertible {
    let name: String
    let source: String
    private let header: [String: String]

    init(_ name: String) throws {
        self.name = name
        source = String(decoding: try Repository.bytes("Tests/Corpus/lua-escapes/\(name)"), as: UTF8.self)
        var header: [String: String] = [:]
        for line in source.components(separatedBy: "\n") {
            let parts = line.components(separatedBy: ": ")
            guard line.hasPrefix("-- "), parts.count > 1 else { break }
            header[String(parts[0].dropFirst(3))] = parts.dropFirst().joined(separator: ": ")
        }
        self.header = header
    }

    /// The ways in which it may end.
    var allowed: [String] {
        (header["must"] ?? "").components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    /// The script that another plugin runs before it.
    var before: String? { header["after"]?.trimmingCharacters(in: .whitespaces) }
    var testDescription: String { name }

    static let names = Repository.names(in: "Tests/Corpus/lua-escapes").filter { $0.hasSuffix(".lua") }
}

@Suite("Attacks in Lua")
struct LuaEscapeTests {
    private static let words: [ScriptReport.Outcome: String] = [
        .returned: "harmless nil", .error: "error", .killedByBudget: "killed by instruction limit",
        .killedByMemory: "killed by memory limit",
    ]

    @Test("the corpus is whole") func whole() {
        #expect(EscapeScript.names.count == 115)
    }

    @Test("a script ends as its header says", arguments: EscapeScript.names)
    func ending(_ name: String) throws {
        let script = try EscapeScript(name)
        let before = try script.before.map { try EscapeScript($0).source }
        let report = try ScriptProbe.run(script: script.source, chunkName: "script", after: before, metering: .exact)
        #expect(script.allowed.contains(Self.words[report.outcome] ?? ""), "\(report.outcome): \(report.text)")
        let says = report.text.drop(while: \.isWhitespace)
        #expect(report.outcome != .returned || !(says.hasPrefix("ESCAPED") || says.hasPrefix("SURVIVED")), "\(says)")
        #expect(report.canary, "an ordinary script no longer works")
        #expect(report.cpuSeconds <= 2)
        #expect(report.peakKB <= 64 * 1024)
    }
}
