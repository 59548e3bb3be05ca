import CRMConcurrency
import CRMPlatform
import Foundation
import TestSupport
import Testing

/// An import that is only tried keeps nobody waiting, however long it takes.
@Suite("Trial imports")
struct TrialImportTests {
    private let folder: ScratchFolder
    private let platform: Platform
    private let line: ObjectName

    init() throws {
        folder = try ScratchFolder()
        let plugin = try folder.plugin(
            "small",
            [
                "objects/line.json": """
                {"name": "line", "label": "明细", "title_field": "item", "fields": [
                  {"name": "item", "type": "text", "label": "品名", "unique": true},
                  {"name": "amount", "type": "currency", "currency": "CNY", "label": "金额"}]}
                """
            ]
        )
        platform = try Platform.create(at: folder.path + "/a.crm")
        try platform.installPlugin(.folder(plugin))
        line = try #require(ObjectName(rawValue: "line"))
    }

    private static func create(_ text: String, in platform: Platform) throws {
        let line = try #require(ObjectName(rawValue: "line"))
        let item = try #require(FieldName(rawValue: "item"))
        try platform.write(as: .administrator, origin: .shell) { session in
            var input = RecordInput()
            input[item] = .text(text)
            _ = try session.create(line, input)
        }
    }

    private func count() throws -> Int64 {
        let line = line
        return try platform.read(as: .administrator) { session in
            Int64(try session.count(line, where: nil))
        }
    }

    /// A file above the size from which on a trial is made apart; its last row is the first one again.
    private func file() throws -> String {
        let rows = (1...4000).map { "a name of some length for the row number \($0),\($0)" }
        try folder.write((["item,amount"] + rows + [rows[0]]).joined(separator: "\n"), to: "rows.csv")
        return folder.path + "/rows.csv"
    }

    @Test("others save while a large file is tried, and the trial sees what was there before")
    func others() throws {
        try Self.create("a name of some length for the row number 2", in: platform)
        let other = try Platform.open(at: folder.path + "/a.crm")
        let saved = Guarded(0)
        var options = FileImport()
        options.isDryRun = true
        // It is made in the same folder while the copy is open.
        options.errorFile = folder.path + "/refused.csv"
        let summary = try platform.importRecords(
            object: line,
            file: file(),
            options: options,
            as: .administrator,
            progress: { progress in
                // A trial that held the lock would keep this waiting until it is refused.
                guard saved.withLock({ $0 }) < 3, !progress.isFinished else { return }
                let number = saved.withLock { $0 }
                if (try? Self.create("other \(number)", in: other)) != nil { saved.withLock { $0 += 1 } }
            }
        )
        #expect((summary.rows, summary.created, summary.duplicates) == (4001, 3999, 2))
        let others = saved.withLock { $0 }
        #expect(others > 0)
        #expect(try count() == Int64(1 + others))
        let refused = try String(contentsOfFile: folder.path + "/refused.csv", encoding: .utf8)
        #expect(refused.split(separator: "\r\n").count == 3)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!left.contains { $0.contains(".part") || $0.contains("trial") }, "\(left)")
    }

    @Test("a trial that is stopped says how far it came, and leaves nothing")
    func stopped() throws {
        let platform = platform
        var options = FileImport()
        options.isDryRun = true
        let summary = try platform.importRecords(
            object: line,
            file: file(),
            options: options,
            as: .administrator,
            progress: { _ in platform.interrupt() }
        )
        #expect(summary.stoppedBeforeRow != nil)
        #expect(try count() == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!left.contains { $0.contains(".part") }, "\(left)")
    }

    @Test("within a rehearsal a trial is made on what the rehearsal has done")
    func rehearsal() throws {
        try platform.beginRehearsal()
        try Self.create("a name of some length for the row number 2", in: platform)
        var options = FileImport()
        options.isDryRun = true
        let summary = try platform.importRecords(object: line, file: file(), options: options, as: .administrator)
        #expect((summary.created, summary.duplicates) == (3999, 2))
        #expect(try count() == 1)
        try platform.rollbackRehearsal()
        #expect(try count() == 0)
    }
}
