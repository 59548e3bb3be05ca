import CRMModel
import CRMPlatform
import Foundation
import TestSupport
import Testing

@testable import CRMStorage

/// A file that needs its log says so itself, wherever it goes.
@Suite("A file whose log holds saves", .tags(.kill))
struct LogMarkTests {
    private let folder: StoreFolder
    private let scratch: ScratchFolder
    private var path: String { folder.path() }

    init() throws {
        folder = try StoreFolder()
        scratch = try ScratchFolder()
        let plugin = try scratch.plugin(
            "items",
            [
                "objects/item.json": """
                {"name": "item", "label": "Item", "title_field": "name",
                 "fields": [{"name": "name", "type": "text", "label": "Name"}]}
                """
            ]
        )
        let platform = try Platform.create(at: folder.path())
        try platform.installPlugin(.folder(plugin))
        try platform.close()
        try KilledShell.crash(in: path, creating: ["a"], folder: scratch.path)
    }

    /// The names in a file, which must be sound.
    private func names(in path: String) throws -> [String] {
        let platform = try Platform.open(at: path)
        defer { try? platform.close() }
        #expect(try platform.check().isEmpty)
        return try platform.read(as: .administrator) { session in
            try session.find(Query(object: TestSupport.object("item"), limit: 100)).records
                .map { $0["name"].displayText }.sorted()
        }
    }

    private func isMissed(_ path: String) -> Bool {
        do {
            try Platform.open(at: path).close()
            return false
        } catch {
            return error.code == .storage && error.text(in: .en).contains("--accept-loss")
        }
    }

    private func size(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }

    @Test("is not opened under another name without it, and is with it")
    func renamed() throws {
        let other = folder.path("moved.crm")
        #expect(rename(path, other) == 0)
        #expect(isMissed(other))
        #expect(rename(path + "-wal", other + "-wal") == 0)
        #expect(try names(in: other) == ["a"])
    }

    @Test("is not opened as a copy without it, nor for reading alone")
    func copied() throws {
        let copy = folder.path("copy.crm")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        #expect(isMissed(copy))
        #expect(throws: PlatformError.self) { try StoreFactory.openReadOnly(at: copy) }
        #expect(try names(in: path) == ["a"])
    }

    @Test("is not opened when the log is empty or has a head alone", arguments: [0, 31, 32])
    func emptied(_ length: Int) throws {
        #expect(truncate(path + "-wal", off_t(length)) == 0)
        #expect(isMissed(path))
        unlink(path + "-lock")
        unlink(path + "-shm")
        #expect(isMissed(path))
        #expect(try Platform.acceptLoss(at: path))
        #expect(try names(in: path).isEmpty)
    }

    @Test("is opened without it when that is accepted, and is a whole file then")
    func accepted() throws {
        for companion in ["-wal", "-shm", "-lock"] { unlink(path + companion) }
        #expect(isMissed(path))
        #expect(try Platform.acceptLoss(at: path))
        #expect(try size(path) % 4096 == 0)
        #expect(try names(in: path).isEmpty)
        #expect(try !Platform.acceptLoss(at: path))
    }

    @Test("loses nothing by accepting while the log is there")
    func nothingMissing() throws {
        #expect(try !Platform.acceptLoss(at: path))
        #expect(try names(in: path) == ["a"])
    }

    @Test("is not changed by accepting while somebody has it open")
    func inUse() throws {
        let platform = try Platform.open(at: path)
        let error = #expect(throws: PlatformError.self) { try Platform.acceptLoss(at: path) }
        #expect(error?.code == .busy)
        try platform.close()
        let shell = try KilledShell(
            [path],
            folder: scratch.path,
            input: "print('#' .. crm.create('item', {name = 'b'}).id .. '.')\n",
            endsInput: false
        )
        #expect(shell.acknowledgements(1).count == 1)
        let other = #expect(throws: PlatformError.self) { try Platform.acceptLoss(at: path) }
        #expect(other?.code == .busy)
        _ = shell.finish()
        #expect(try names(in: path) == ["a", "b"])
    }

    @Test("bears its mark from the first save to the end of the log, and no longer")
    func marked() throws {
        #expect(try size(path) % 4096 == LogMark.length)
        #expect(try names(in: path) == ["a"])
        #expect(try size(path) % 4096 == 0)
        let backup = folder.path("backup.crm")
        let platform = try Platform.open(at: path)
        try platform.write(as: .administrator, origin: .library) { session in
            var input = RecordInput()
            input.append(TestSupport.field("name"), .text("b"))
            _ = try session.create(TestSupport.object("item"), input)
        }
        #expect(try size(path) % 4096 == LogMark.length)
        _ = try platform.backup(to: backup)
        #expect(try size(backup) % 4096 == 0)
        try platform.close()
        #expect(try size(path) % 4096 == 0)
        #expect(try names(in: backup) == ["a", "b"])
    }

    @Test("is not opened when the last saves were cut off its log, and is with what is left when that is accepted")
    func cut() throws {
        // Again without the mark's help: the log still has a transaction.
        try KilledShell.crash(in: path, creating: ["b", "c"], folder: scratch.path)
        let log = path + "-wal"
        let whole = try Data(contentsOf: URL(fileURLWithPath: log))
        let frame = 24 + 4096
        #expect(truncate(log, off_t(32 + ((whole.count - 32) / frame - 1) * frame)) == 0)
        #expect(isMissed(path))
        try whole.write(to: URL(fileURLWithPath: log))
        #expect(try names(in: path) == ["a", "b", "c"])
        try KilledShell.crash(in: path, creating: ["d", "e"], folder: scratch.path)
        let more = try size(log)
        #expect(truncate(log, off_t(32 + ((more - 32) / frame - 1) * frame)) == 0)
        #expect(isMissed(path))
        #expect(try Platform.acceptLoss(at: path))
        #expect(try names(in: path) == ["a", "b", "c", "d"])
    }

    @Test("is not opened with an earlier copy of its log")
    func earlier() throws {
        try KilledShell.crash(in: path, creating: ["b"], folder: scratch.path)
        let log = URL(fileURLWithPath: path + "-wal")
        let whole = try Data(contentsOf: log)
        unlink(log.path)
        // The transaction of the first save in it, as it stood there before the second.
        try whole.prefix(32 + (whole.count - 32) / 4120 / 2 * 4120).write(to: log)
        #expect(isMissed(path))
        unlink(log.path)
        try whole.write(to: log)
        #expect(try names(in: path) == ["a", "b"])
    }

    @Test("and one byte of it changed in the middle is not opened either")
    func changed() throws {
        try KilledShell.crash(in: path, creating: ["b"], folder: scratch.path)
        let log = try FileHandle(forUpdating: URL(fileURLWithPath: path + "-wal"))
        try log.seek(toOffset: 32 + 24 + 2000)
        let byte = try #require(try log.read(upToCount: 1)?.first)
        try log.seek(toOffset: 32 + 24 + 2000)
        try log.write(contentsOf: Data([byte ^ 1]))
        try log.close()
        #expect(isMissed(path))
    }
}
