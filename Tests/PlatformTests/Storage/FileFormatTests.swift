import CRMModel
import Foundation
import Testing

@testable import CRMStorage

struct FileFormatTests {
    let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    private static let corpus = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Corpus/bad-input/db")

    private func refusal(_ name: String = "acme.crm") -> PlatformError? {
        #expect(throws: PlatformError.self) { try SQLiteStore.open(path: folder.path(name)) }
    }

    /// A file of the platform with one object and one record, closed.
    private func makeFile() throws {
        let store = try SQLiteStore.create(path: folder.path())
        try store.migrate(
            to: SchemaFixture.catalog(SchemaFixture.object("customer", [SchemaFixture.field("name", .text)]))
        )
        try store.close()
    }

    /// Changes a file of the platform behind its back.
    private func forge(_ statements: String...) throws {
        try makeFile()
        let store = try SQLiteStore.open(path: folder.path())
        try store.write { connection throws(PlatformError) in
            for statement in statements { connection.executeUnchecked(statement) }
        }
        try store.close()
    }

    @Test(
        "every bad file of the corpus is refused in plain words, and not a byte of it or beside it changes",
        arguments: [
            "00_good.db", "01_empty.db", "03_truncated.db", "04_magic.db", "06_one_byte_in_row.db",
            "06b_one_byte_in_indexed.db", "08_page_count_lie.db", "09_hostile_triggers.db", "11_future_schema.db",
            "12_generated_column_bomb.db",
        ]
    )
    func corpus(_ name: String) throws {
        let original = try Data(contentsOf: Self.corpus.appendingPathComponent(name))
        try original.write(to: folder.url.appendingPathComponent(name))
        let error = refusal(name)
        #expect(error?.code == .storage)
        #expect(
            error?.text(in: .en)
                == (original.isEmpty
                    ? "The file \"\(name)\" is empty; it is not a data file of this platform"
                    : "The file \"\(name)\" is not a data file of this platform; it was not touched")
        )
        #expect(try folder.bytes(name) == original)
        #expect(folder.contents == [name])
    }

    @Test("a log of another file is not replayed: the file is not opened, and neither changes")
    func strayLog() throws {
        let log = try Data(contentsOf: Self.corpus.appendingPathComponent("13_stray_wal.db-wal"))
        let good = try Data(contentsOf: Self.corpus.appendingPathComponent("00_good.db"))
        try makeFile()
        let own = try folder.bytes("acme.crm")
        for (file, bytes) in [("acme.crm", own), ("foreign.db", good)] {
            try bytes.write(to: folder.url.appendingPathComponent(file))
            try log.write(to: folder.url.appendingPathComponent(file + "-wal"))
            let error = refusal(file)
            #expect(error?.code == .storage)
            #expect(try folder.bytes(file) == bytes)
            #expect(try folder.bytes(file + "-wal") == log)
        }
        #expect(
            refusal()?.text(in: .en)
                == "\"acme.crm-wal\" does not belong to the file \"acme.crm\". Move it away and try again"
        )
        try FileManager.default.removeItem(atPath: folder.path("acme.crm-wal"))
        try SQLiteStore.open(path: folder.path()).close()
    }

    @Test("a rollback journal, which files of the platform never have, is not played back")
    func strayJournal() throws {
        try makeFile()
        try Data("x".utf8).write(to: folder.url.appendingPathComponent("acme.crm-journal"))
        #expect(refusal()?.text(in: .en).contains("\"acme.crm-journal\" does not belong") == true)
    }

    @Test("the log of a process that was killed is replayed")
    func ownLog() throws {
        try makeFile()
        let store = try SQLiteStore.open(path: folder.path())
        try store.put("t.a")
        for name in ["acme.crm", "acme.crm-wal"] {
            try folder.bytes(name).write(to: folder.url.appendingPathComponent("copy." + name))
        }
        try store.close()
        let copy = try SQLiteStore.open(path: folder.path("copy.acme.crm"))
        #expect(try copy.count("t.") == 1)
        try copy.close()
    }

    @Test("a file cut at any page, or within one, is refused with both sizes")
    func truncation() throws {
        try makeFile()
        let bytes = try folder.bytes("acme.crm")
        for size in [100, 4095, 4096, bytes.count / 2, bytes.count - 4096, bytes.count - 1] {
            try bytes.prefix(size).write(to: folder.url.appendingPathComponent("cut.crm"))
            #expect(
                refusal("cut.crm")?.text(in: .en)
                    == "The file \"cut.crm\" is incomplete: \(bytes.count) bytes expected, \(size) found. Restore a backup"
            )
        }
    }

    @Test("a newer format is refused with both versions, and the file stays as it is")
    func futureFormat() throws {
        try makeFile()
        var bytes = try folder.bytes("acme.crm")
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 7])
        try bytes.write(to: folder.url.appendingPathComponent("acme.crm"))
        #expect(
            refusal()?.text(in: .en)
                == "The file \"acme.crm\" has format version 7; this program knows versions up to 5. Use a newer program"
        )
        #expect(try folder.bytes("acme.crm") == bytes)
    }

    @Test(
        "what the platform does not make is refused before the file is opened for writing",
        arguments: [
            ("CREATE TRIGGER evil AFTER INSERT ON crmMeta BEGIN DELETE FROM crmAudit; END", "trigger evil"),
            ("CREATE VIEW crmSecret AS SELECT * FROM crmMeta", "view crmSecret"),
            ("CREATE TABLE other(a)", "table other"),
            ("CREATE TABLE obj_other(id INTEGER PRIMARY KEY)", "table obj_other"),
            ("CREATE VIRTUAL TABLE v USING fts5(a)", "table v"),
            ("ALTER TABLE obj_customer ADD COLUMN bomb TEXT AS (hex(zeroblob(100000000)))", "table obj_customer"),
            ("ALTER TABLE obj_customer ADD COLUMN x INTEGER CHECK(x > 0)", "table obj_customer"),
            ("ALTER TABLE obj_customer ADD COLUMN x TEXT", "table obj_customer"),
            ("CREATE INDEX ix_evil ON obj_customer(hex(zeroblob(100000000)))", "index ix_evil"),
            ("CREATE INDEX \"ix_part\" ON \"obj_customer\"(\"name\") WHERE name > 'a'", "index ix_part"),
            ("CREATE INDEX i ON crmAudit(at)", "index i"),
            ("ALTER TABLE crmMeta ADD COLUMN x TEXT", "table crmMeta"),
        ]
    )
    func hostileSchema(_ sql: String, _ element: String) throws {
        try forge(sql)
        let bytes = try folder.bytes("acme.crm")
        let error = refusal()
        #expect(
            error?.text(in: .en)
                == "The file \"acme.crm\" contains \"\(element)\", which this platform does not make; it is not opened"
        )
        #expect(try folder.bytes("acme.crm") == bytes)
        #expect(folder.contents == ["acme.crm", "acme.crm-lock"])
    }

    @Test("a file that lacks a table of the platform is refused as damaged")
    func missingTable() throws {
        try forge("DROP TABLE crmAudit")
        #expect(refusal()?.text(in: .en).contains("is damaged") == true)
    }

    @Test("a file, a folder, or a name that is not there: each is refused in its own words")
    func paths() throws {
        #expect(refusal()?.code == .notFound)
        #expect(refusal("none/acme.crm")?.code == .notFound)
        #expect(refusal("")?.text(in: .en).contains("is not a regular file") == true)
        #expect(folder.contents == [])
    }

    @Test("a new file takes no other's place and leaves nothing else behind")
    func creation() throws {
        try Data("mine".utf8).write(to: folder.url.appendingPathComponent("acme.crm"))
        let error = #expect(throws: PlatformError.self) { try SQLiteStore.create(path: folder.path()) }
        #expect(error?.code == .alreadyExists)
        #expect(try folder.bytes("acme.crm") == Data("mine".utf8))
        #expect(folder.contents == ["acme.crm"])
        let missing = #expect(throws: PlatformError.self) { try SQLiteStore.create(path: folder.path("none/a.crm")) }
        #expect(missing?.code == .notFound)
        let second = try SQLiteStore.create(path: folder.path("second.crm"))
        try second.close()
        #expect(folder.contents == ["acme.crm", "second.crm", "second.crm-lock"])
    }

    @Test("the rest of a creation that was killed is in nobody's way")
    func killedCreation() throws {
        try Data("half".utf8).write(to: folder.url.appendingPathComponent("acme.crm.crm-new"))
        try Data("half".utf8).write(to: folder.url.appendingPathComponent("acme.crm.crm-new-wal"))
        #expect(refusal()?.code == .notFound)
        let store = try SQLiteStore.create(path: folder.path())
        try store.close()
        #expect(folder.contents == ["acme.crm", "acme.crm-lock"])
    }

    @Test("a new file bears the platform's mark and keeps its log apart")
    func mark() throws {
        try makeFile()
        let bytes = [UInt8](try folder.bytes("acme.crm"))
        #expect(Array(bytes[68..<72]) == Array("CRM1".utf8))
        #expect(Array(bytes[60..<64]) == [0, 0, 0, 5])
        #expect(Array(bytes[18..<20]) == [2, 2])
    }

    @Test("a file with a flipped byte is opened and read, or refused, but never crashes")
    func flippedBytes() throws {
        try makeFile()
        let bytes = try folder.bytes("acme.crm")
        var generator = SplitMix(state: 42)
        for _ in 0..<60 {
            var copy = bytes
            let position = Int(generator.next() % UInt64(copy.count))
            copy[position] ^= UInt8(1 << (generator.next() % 8))
            try copy.write(to: folder.url.appendingPathComponent("flip.crm"))
            do throws(PlatformError) {
                let store = try SQLiteStore.open(path: folder.path("flip.crm"))
                do throws(PlatformError) {
                    try store.put("t.a")
                    _ = try store.read { connection throws(PlatformError) in try IntegrityCheck.findings(on: connection)
                    }
                } catch {
                    #expect(error.code != .internal || error.description.isEmpty == false)
                }
                try store.close()
            } catch {
                #expect(!error.text(in: .zhCN).isEmpty)
            }
        }
    }
}

/// Numbers that are the same in every run.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
