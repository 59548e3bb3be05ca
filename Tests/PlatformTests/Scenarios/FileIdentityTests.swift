import CRMPlatform
import Foundation
import TestSupport
import Testing

@testable import CRMStorage

/// File, log and lock belong together at one moment: what was put beside or in place of one of them is noticed.
@Suite("File, log and lock belong together")
struct FileIdentityTests {
    private let folder: StoreFolder
    private let plugin: String
    private let scratch: ScratchFolder

    init() throws {
        folder = try StoreFolder()
        scratch = try ScratchFolder()
        plugin = try scratch.plugin(
            "items",
            [
                "objects/item.json": """
                {"name": "item", "label": "Item", "title_field": "name",
                 "fields": [{"name": "name", "type": "text", "label": "Name"}]}
                """
            ]
        )
    }

    private func copy(_ name: String, to target: String) throws {
        // In place, as `cp` does it.
        let bytes = try folder.bytes(name)
        if FileManager.default.fileExists(atPath: folder.path(target)) {
            let handle = try FileHandle(forWritingTo: folder.url.appendingPathComponent(target))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: bytes)
            try handle.close()
        } else {
            try bytes.write(to: folder.url.appendingPathComponent(target))
        }
    }

    private func remove(_ names: String...) {
        for name in names { unlink(folder.path(name)) }
    }

    private func make(_ name: String, _ items: String...) throws {
        let platform = try Platform.create(at: folder.path(name))
        try platform.installPlugin(.folder(plugin))
        for item in items { try platform.create(item) }
        try platform.close()
    }

    /// Saves as a process that is killed: file, log and lock stay as they are at that moment.
    private func crash(_ name: String, _ items: String...) throws {
        try KilledShell.crash(in: folder.path(name), creating: items, folder: scratch.path)
        #expect(folder.contents.contains(name + "-wal"))
    }

    private func refusal(_ name: String = "acme.crm") -> PlatformError? {
        do {
            try Platform.open(at: folder.path(name)).close()
            return nil
        } catch { return error }
    }

    private func names(in name: String = "acme.crm") throws -> [String] {
        let platform = try Platform.open(at: folder.path(name))
        defer { try? platform.close() }
        #expect(try platform.check().isEmpty)
        return try platform.itemNames()
    }

    @Test("the log of a crash is brought in, once and for all")
    func crashLog() throws {
        try make("acme.crm", "a")
        try crash("acme.crm", "b", "c")
        #expect(try names() == ["a", "b", "c"])
        #expect(folder.contents == ["acme.crm", "acme.crm-lock"])
        try crash("acme.crm", "d")
        try crash("acme.crm", "e")
        #expect(try names() == ["a", "b", "c", "d", "e"])
    }

    @Test("file and log of a crash may be copied together, to another place or back")
    func movedTogether() throws {
        try make("acme.crm", "a")
        try crash("acme.crm", "b")
        try copy("acme.crm", to: "there.crm")
        try copy("acme.crm-wal", to: "there.crm-wal")
        #expect(try names(in: "there.crm") == ["a", "b"])
    }

    @Test("a backup that is put back beside the log of a crash is not mixed with it", arguments: [false, true])
    func restored(_ hasBeenSettledBetween: Bool) throws {
        try make("acme.crm", "a")
        try copy("acme.crm", to: "backup.crm")
        if hasBeenSettledBetween {
            let platform = try Platform.open(at: folder.path())
            for number in 0..<50 { try platform.create("x\(number)") }
            try platform.close()
        }
        try crash("acme.crm", "b", "c")
        let log = try folder.bytes("acme.crm-wal")
        try copy("backup.crm", to: "acme.crm")
        let before = try folder.bytes("acme.crm")
        let error = refusal()
        #expect(error?.code == .storage)
        #expect(error?.text(in: .en).contains("acme.crm-wal") == true)
        #expect(try folder.bytes("acme.crm") == before)
        #expect(try folder.bytes("acme.crm-wal") == log)
        // As the message says: without the log it is the backup.
        remove("acme.crm-wal")
        #expect(try names() == ["a"])
    }

    @Test("a backup of another time is not mixed with the log although lock and record are gone")
    func restoredWithoutLock() throws {
        try make("acme.crm", "a")
        try copy("acme.crm", to: "backup.crm")
        let platform = try Platform.open(at: folder.path())
        try platform.create("b")
        try platform.close()
        try crash("acme.crm", "c")
        try copy("backup.crm", to: "acme.crm")
        remove("acme.crm-lock")
        #expect(refusal()?.text(in: .en).contains("does not belong") == true)
    }

    @Test("the log of an earlier crash, of another company and of another branch are refused")
    func strangers() throws {
        try make("acme.crm", "a")
        try crash("acme.crm", "b")
        try copy("acme.crm-wal", to: "old.wal")
        #expect(try names() == ["a", "b"])
        try make("other.crm", "a")
        try crash("other.crm", "b")
        try copy("other.crm-wal", to: "other.wal")
        for stranger in ["old.wal", "other.wal"] {
            try copy(stranger, to: "acme.crm-wal")
            let file = try folder.bytes("acme.crm")
            #expect(refusal()?.code == .storage, "\(stranger)")
            #expect(try folder.bytes("acme.crm") == file)
            remove("acme.crm-lock")
            #expect(refusal()?.code == .storage, "\(stranger) without the record")
            remove("acme.crm-wal")
        }
        #expect(try names() == ["a", "b"])
    }

    @Test("no file is made where a log lies that it would take for its own")
    func creationBesideLog() throws {
        try make("acme.crm")
        try crash("acme.crm", "a")
        remove("acme.crm")
        #expect(throws: PlatformError.self) { try SQLiteStore.create(path: folder.path()) }
        #expect(!folder.contents.contains("acme.crm"))
        #expect(folder.contents.contains("acme.crm-wal"))
    }

    @Test(
        "a file that is removed, replaced or renamed while it is open takes no more saves",
        arguments: ["remove", "replace", "rename", "overwrite"]
    )
    func underOpenStore(_ how: String) throws {
        try make("acme.crm", "a")
        try make("other.crm", "a")
        let platform = try Platform.open(at: folder.path())
        try platform.create("b")
        switch how {
        case "remove": remove("acme.crm")
        case "replace": rename(folder.path("other.crm"), folder.path())
        case "rename": rename(folder.path(), folder.path("moved.crm"))
        default: try copy("other.crm", to: "acme.crm")
        }
        let before = folder.contents.contains("acme.crm") ? try folder.bytes("acme.crm") : nil
        for _ in 0..<2 {
            let error = #expect(throws: PlatformError.self) { try platform.create("c") }
            #expect(error?.text(in: .en).contains("was removed, replaced or changed") == true)
        }
        if how != "overwrite" {
            #expect(throws: PlatformError.self) { try platform.itemNames() }
        }
        try? platform.close()
        #expect(folder.contents.contains("acme.crm") ? try folder.bytes("acme.crm") == before : before == nil)
    }

    @Test("a file with two names is not opened, by either of them")
    func hardLinks() throws {
        try make("acme.crm", "a")
        link(folder.path(), folder.path("twin.crm"))
        for name in ["acme.crm", "twin.crm"] {
            #expect(refusal(name)?.text(in: .en).contains("has 2 names") == true)
        }
        #expect(!folder.contents.contains("twin.crm-lock"))
        remove("twin.crm")
        #expect(try names() == ["a"])
    }

    @Test("a lock that is another file by a link, or no lock at all, is left alone")
    func strangeLocks() throws {
        try make("acme.crm", "a")
        for way in ["hard link to the file", "hard link", "link", "letter", "folder"] {
            remove("acme.crm-lock")
            try Data("1 letter".utf8).write(to: folder.url.appendingPathComponent("letter"))
            switch way {
            case "hard link to the file": link(folder.path(), folder.path("acme.crm-lock"))
            case "hard link": link(folder.path("letter"), folder.path("acme.crm-lock"))
            case "link": symlink("letter", folder.path("acme.crm-lock"))
            case "letter": try Data("dear".utf8).write(to: folder.url.appendingPathComponent("acme.crm-lock"))
            default: mkdir(folder.path("acme.crm-lock"), 0o700)
            }
            let file = try folder.bytes("acme.crm")
            #expect(refusal()?.code == .storage, "\(way)")
            #expect(try folder.bytes("acme.crm") == file, "\(way)")
            #expect(try folder.bytes("letter") == Data("1 letter".utf8), "\(way)")
            rmdir(folder.path("acme.crm-lock"))
        }
    }

    @Test("a lock that is removed while the file is open does not make two writers")
    func removedLock() throws {
        let first = try SQLiteStore.create(path: folder.path())
        try first.put("t.a")
        remove("acme.crm-lock")
        let second = try SQLiteStore.open(path: folder.path(), options: .timeout(20))
        try first.write { connection throws(PlatformError) in
            try connection.put("t.b", "1")
            let error = #expect(throws: PlatformError.self) { try second.put("t.c") }
            #expect(error?.code == .busy)
        }
        try second.put("t.c")
        #expect(try first.count("t.") == 3)
        try first.close()
        try second.close()
    }

    @Test("files, locks and logs can be read by their owner alone")
    func rights() throws {
        let store = try SQLiteStore.create(path: folder.path())
        try store.put("t.a")
        for name in folder.contents {
            var status = stat()
            #expect(stat(folder.path(name), &status) == 0 && status.st_mode & 0o777 == 0o600, "\(name)")
        }
        try store.close()
    }

    @Test("whoever opens, reads and closes the file a second time in one process does not unlock it for others")
    func secondStore() throws {
        let store = try SQLiteStore.create(path: folder.path())
        try store.put("t.a")
        let log = try folder.bytes("acme.crm-wal").count
        try SQLiteStore.open(path: folder.path()).close()
        #expect(throws: PlatformError.self) { try OutputPlace(folder.path(), overwriting: .always) }
        #expect(log > 0)
        // Another process would take away the log of a file that nobody seems to have open.
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        other.arguments = ["sqlite3", folder.path(), "SELECT count(*) FROM crmMeta"]
        other.standardOutput = Pipe()
        if (try? other.run()) != nil { other.waitUntilExit() }
        try store.put("t.b")
        #expect(folder.contents.contains("acme.crm-wal"))
        try store.close()
        let again = try SQLiteStore.open(path: folder.path())
        #expect(try again.count("t.") == 2)
        try again.close()
    }
}

extension Platform {
    /// Creates an item.
    fileprivate func create(_ name: String) throws {
        try write(as: .administrator, origin: .library) { session in
            var input = RecordInput()
            input.append(TestSupport.field("name"), .text(name))
            _ = try session.create(TestSupport.object("item"), input)
        }
    }

    /// The names of all items, sorted.
    fileprivate func itemNames() throws -> [String] {
        try read(as: .administrator) { session in
            try session.find(Query(object: TestSupport.object("item"), limit: 1000)).records
                .map { $0["name"].displayText }.sorted()
        }
    }
}
