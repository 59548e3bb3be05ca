import CRMConcurrency
import CRMPlatform
import Foundation
import TestSupport
import Testing

@testable import CRMRuntime
@testable import CRMStorage

/// Files that programs of earlier formats have left.
///
/// `Tests/Corpus/format-1/company.db` was made by the program that wrote format version 1: two buyers, 上海光华
/// (Wang@Example.com, 139-0000-0001) and 武汉達川 (li@example.com, introduced by the first), with its plugin `shop`.
/// `Tests/Corpus/format-2/company.db` is that file as the program that wrote format 2 left it, with a third buyer, 南京天元
/// (Zhao@Example.COM, 13900000003). `Tests/Corpus/format-3/company.db` is that one as the program that wrote format 3 left
/// it, with a fourth buyer, 成都天府 (Sun@Example.com, 139-0000-0004). `Tests/Corpus/format-4/company.db` is that one as the
/// program that wrote format 4 left it, with a fifth buyer, 杭州钱江 (Zhou@Example.com, 139-0000-0005).
@Suite("A file of an earlier program")
struct ReleasedFileTests {
    private let folder: ScratchFolder
    private let path: String

    init() throws {
        folder = try ScratchFolder()
        path = folder.path + "/t.crm"
        try FileManager.default.copyItem(atPath: Repository.path("Tests/Corpus/format-1/company.db"), toPath: path)
    }

    private func format() throws -> UInt32 {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))).bigEndian(at: 60)
    }

    /// Does something to the file behind the platform's back.
    private func forge(_ statements: String...) throws {
        let store = try SQLiteStore.open(path: path)
        try store.write { connection throws(PlatformError) in
            for statement in statements { connection.executeUnchecked(statement) }
        }
        try store.close()
    }

    private func create(_ platform: Platform, _ input: RecordInput) throws(PlatformError) -> Record {
        try platform.write(as: .administrator, origin: .shell) { session in
            try session.create(object("buyer"), input).record
        }
    }

    @Test("is brought into the present format when it is opened, once, and keeps its records")
    func opening() throws {
        #expect(try format() == 1)
        let platform = try Platform.open(at: path)
        let names = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("buyer"))).records.map(\.title)
        }
        #expect(names == ["上海光华", "武汉達川"])
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
        try platform.close()
        #expect(try format() == 5)
        func identity() throws -> String? {
            let store = try SQLiteStore.open(path: path)
            defer { try? store.close() }
            return try store.read { connection throws(PlatformError) in try MetaTable.identity(on: connection) }
        }
        let made = try identity()
        #expect(made?.count == 8)
        #expect(try identity() == made)
    }

    @Test("compares its values as a new file does: unique values, duplicates, references and codes")
    func comparing() throws {
        let platform = try Platform.open(at: path)
        let mail = refusal { _ = try create(platform, ["name": "甲", "email": "ＷＡＮＧ@example.COM"]) }
        #expect(mail?.issues.map(\.code) == ["unique"])
        #expect(mail?.issues.first?.conflicting?.description == "buyer/1")
        let phone = refusal { _ = try create(platform, ["name": "乙", "phone": "139-0000-0001"]) }
        #expect(phone?.issues.map(\.code) == ["duplicate"])
        let third = try create(platform, ["name": "丙", "first": "武汉达川"])
        #expect(third["code"].displayText == "B-003")
        #expect(third["first"].displayText == "2")
        let found = try platform.search("武汉达川", as: .administrator)
        #expect(found.hits.map(\.record.recordID.description) == ["buyer/2"])
    }

    @Test("that another program has taken the log from is opened and upgraded at once")
    func writtenInPlace() throws {
        for corpus in ["format-2", "format-3"] {
            var bytes = [UInt8](
                try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/Corpus/\(corpus)/company.db")))
            )
            // What `PRAGMA journal_mode=delete` and `VACUUM INTO` leave in the head.
            (bytes[18], bytes[19]) = (1, 1)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let platform = try Platform.open(at: path)
            #expect(try create(platform, ["name": "甲"]).title == "甲")
            #expect(try platform.check().map { $0.message.text(in: .en) } == [])
            try platform.close()
            let head = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)).prefix(20))
            #expect(head[18...] == [2, 2])
        }
    }

    @Test("of format 2 keeps its records; e-mail addresses are kept in small letters from then on")
    func format2() throws {
        try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/Corpus/format-2/company.db")))
            .write(to: URL(fileURLWithPath: path))
        #expect(try format() == 2)
        let platform = try Platform.open(at: path)
        let records = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("buyer"))).records
        }
        #expect(records.map(\.title) == ["上海光华", "武汉達川", "南京天元"])
        #expect(records.map { $0["email"].displayText } == ["wang@example.com", "li@example.com", "zhao@example.com"])
        #expect(records.map(\.version) == [1, 1, 1])
        let mail = refusal { _ = try create(platform, ["name": "甲", "email": "ZHAO@example.com"]) }
        #expect(mail?.issues.first?.conflicting?.description == "buyer/3")
        let phone = refusal { _ = try create(platform, ["name": "乙", "phone": "13900000003"]) }
        #expect(phone?.issues.map(\.code) == ["duplicate"])
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
        try platform.close()
        #expect(try format() == 5)
    }

    @Test("of format 3 keeps its records, and gets its tables of jobs and of the log")
    func format3() throws {
        try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/Corpus/format-3/company.db")))
            .write(to: URL(fileURLWithPath: path))
        #expect(try format() == 3)
        let platform = try Platform.open(at: path)
        #expect(try platform.jobs(Set(Job.State.allCases)).isEmpty)
        #expect(try platform.runJobs() == JobRun())
        let records = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("buyer"))).records
        }
        #expect(records.map(\.title) == ["上海光华", "武汉達川", "南京天元", "成都天府"])
        let mail = refusal { _ = try create(platform, ["name": "甲", "email": "SUN@example.com"]) }
        #expect(mail?.issues.first?.conflicting?.description == "buyer/4")
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
        try platform.close()
        #expect(try format() == 5)
    }

    @Test("of format 4 keeps its history, and tells from then on why somebody acted for the system")
    func format4() throws {
        try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/Corpus/format-4/company.db")))
            .write(to: URL(fileURLWithPath: path))
        #expect(try format() == 4)
        let fifth = RecordID(object: object("buyer"), number: 5)
        do {
            let platform = try Platform.open(at: path)
            let name = try platform.read(as: .administrator) { session in
                try session.require(fifth).title
            }
            #expect(name == "杭州钱江")
            try platform.write(as: .system(reason: "Umbenennung"), origin: .library) { session in
                _ = try session.update(fifth, ["name": "杭州富春"])
            }
            let history = try platform.read(as: .administrator) { session in
                try session.history(of: fifth)
            }
            #expect(history.map(\.action) == ["create", "update"])
            #expect(history.map(\.reason) == ["", "Umbenennung"])
            #expect(try platform.check().map { $0.message.text(in: .en) } == [])
            try platform.close()
        }
        #expect(try format() == 5)
        // The table that was changed is, letter for letter, the one that a new file has.
        try Platform.open(at: path).close()
    }

    @Test("of format 4 shows its history where nothing can be written, and no reasons")
    func readOnlyFormat4() throws {
        try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/Corpus/format-4/company.db")))
            .write(to: URL(fileURLWithPath: path))
        let store = try SQLiteStore.openReadOnly(path: path)
        defer { try? store.close() }
        let rows = try store.read { connection throws(PlatformError) in
            try AuditTable.entries(objectID: 1, recordID: 5, withReasons: true, on: connection)
        }
        #expect(rows.map(\.action) == ["create"])
        #expect(rows.map(\.reason) == [""])
    }

    @Test("of format 3 has no jobs where nothing can be written, and is told so in no other words")
    func readOnlyFormat3() throws {
        try Data(contentsOf: URL(fileURLWithPath: Repository.path("Tests/Corpus/format-3/company.db")))
            .write(to: URL(fileURLWithPath: path))
        let store = try SQLiteStore.openReadOnly(path: path)
        defer { try? store.close() }
        let (hasJobs, hasMeta) = try store.read { connection throws(PlatformError) in
            (try connection.hasFormat(4), try connection.hasFormat(3))
        }
        #expect(!hasJobs && hasMeta)
    }

    @Test("is not searched where it cannot be brought up to date, since nothing would be found rightly; it says so")
    func readOnly() throws {
        let store = try SQLiteStore.openReadOnly(path: path)
        let error = refusal { _ = try OpenFile(store: store, options: PlatformOptions()) }
        #expect(error?.code == .conflict)
        #expect(error?.text(in: .en).contains("earlier program") == true)
        try store.close()
    }

    @Test("is seen whole by those who open it while others bring it up to date")
    func together() throws {
        for round in 0..<8 {
            let path = folder.path + "/\(round).crm"
            try FileManager.default.copyItem(atPath: Repository.path("Tests/Corpus/format-2/company.db"), toPath: path)
            let problems = Guarded<[String]>([])
            let group = DispatchGroup()
            for _ in 0..<4 {
                DispatchQueue.global().async(group: group) {
                    do {
                        let platform = try Platform.open(at: path)
                        try platform.close()
                    } catch {
                        problems.withLock { $0.append("\(error)") }
                    }
                }
            }
            group.wait()
            #expect(problems.withLock { $0 } == [])
        }
    }

    @Test("gets its comparable forms anew also when a program of format 1 has left them behind")
    func leftBehind() throws {
        try Platform.open(at: path).close()
        try forge(
            "DELETE FROM crmDuplicateKey",
            "CREATE INDEX crmDuplicateKeyByRecord ON crmDuplicateKey(objectID, recordID)",
            "DROP TABLE crmJob",
            "DROP TABLE crmLog",
            "ALTER TABLE crmAudit DROP COLUMN reason",
            "PRAGMA user_version=1"
        )
        let platform = try Platform.open(at: path)
        let mail = refusal { _ = try create(platform, ["name": "甲", "email": "wang@example.com"]) }
        #expect(mail?.issues.map(\.code) == ["unique"])
    }

    @Test("a program that has the file open does nothing more when a newer one has changed its format")
    func changedMeanwhile() throws {
        let platform = try Platform.open(at: path)
        try forge("UPDATE crmMeta SET value=value+1 WHERE key='generation'", "PRAGMA user_version=7")
        let error = refusal { _ = try create(platform, ["name": "甲"]) }
        #expect(error?.code == .storage)
        #expect(
            error?.text(in: .en)
                == "The file \"t.crm\" has format version 7; this program knows versions up to 5. Use a newer program"
        )
    }

    @Test("a check tells counts that are at the end of 64 bits, or that are none")
    func ends() throws {
        try forge(
            "UPDATE crmCounter SET next=9223372036854775807",
            "UPDATE obj_buyer SET version=9223372036854775807 WHERE id=2",
            "UPDATE crmMeta SET value='9223372036854775807' WHERE key='generation'"
        )
        let platform = try Platform.open(at: path)
        #expect(
            try platform.check().map { $0.message.text(in: .en) } == [
                "the counter 1.code of Buyer stands at 9223372036854775807, beyond the serials that there are, so no code "
                    + "can be given; the file may have been tampered with, restore a backup",
                "records of Buyer (buyer/2) have versions beyond the numbers that there are, so they cannot be saved any "
                    + "more; the file may have been tampered with, restore a backup",
                "the count of changes of metadata, \"9223372036854775807\", is no number that there can be; the file may "
                    + "have been tampered with. It begins anew when any plugin is installed again",
            ]
        )
    }
}
