import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMRecords
@testable import CRMStorage

/// The texts of statements are those of before, sign for sign: a file's engine plans by them.
///
/// `Tests/Corpus/statements` holds them. Who means to change a text runs the suite with `CRM_WRITE_STATEMENTS=1`, and looks at
/// every difference before it is kept.
@Suite struct StatementTextTests {
    private static func compare(_ lines: [StatementSample.Line], with name: String) throws {
        let path = Repository.path("Tests/Corpus/statements/\(name).txt")
        let text = lines.map(\.text).joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["CRM_WRITE_STATEMENTS"] != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let made = text.split(separator: "\n")
        #expect(made.count == kept.count)
        for (line, (new, old)) in zip(made, kept).enumerated() where new != old {
            Issue.record("line \(line + 1) of \(name) was\n\(old)\nand is now\n\(new)")
            return
        }
    }

    @Test("the texts for a file are as they were")
    func file() throws {
        try Self.compare(try StatementSample(QueryFixture()).lines, with: "sqlite")
    }

    @Test("so are those for PostgreSQL")
    func postgres() throws {
        try Self.compare(try StatementSample(QueryFixture(), in: PostgresDialect()).lines, with: "postgres")
    }

    @Test("so are those of random expressions")
    func random() throws {
        let lines = try StatementSample(random: QueryFixture()).lines
        let digest = SHA256.hexDigest(Array(lines.map(\.text).joined(separator: "\n").utf8))
        let path = Repository.path("Tests/Corpus/statements/random.sha256")
        if ProcessInfo.processInfo.environment["CRM_WRITE_STATEMENTS"] != nil {
            try digest.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == digest)
    }
}
