import CRMModel
import CRMPlatform
import Foundation
import TestSupport
import Testing

@testable import CRMStorage

/// Who removes or moves the log of a file that is in use does not lose saves, and hears what to do.
@Suite("A log that is removed under an open file")
struct RemovedLogTests {
    private let folder: StoreFolder
    private let scratch: ScratchFolder

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
        try Self.create("a", in: platform)
        try platform.close()
    }

    private static func create(_ name: String, in platform: Platform) throws {
        try platform.write(as: .administrator, origin: .library) { session in
            var input = RecordInput()
            input.append(TestSupport.field("name"), .text(name))
            _ = try session.create(TestSupport.object("item"), input)
        }
    }

    private static func names(in platform: Platform) throws -> [String] {
        try platform.read(as: .administrator) { session in
            try session.find(Query(object: TestSupport.object("item"), limit: 100)).records
                .map { $0["name"].displayText }.sorted()
        }
    }

    /// What another program finds in a file: this one opens it no more under any name.
    private func opened(_ path: String) throws -> Platform {
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        let twin = path + "-twin.crm"
        try FileManager.default.copyItem(atPath: path, toPath: twin)
        return try Platform.open(at: twin)
    }

    @Test("a file that gets another name while it is open has all that was saved under the new one")
    func renamed() throws {
        let platform = try Platform.open(at: folder.path())
        try Self.create("b", in: platform)
        let other = folder.path() + "-moved.crm"
        #expect(rename(folder.path(), other) == 0)
        #expect(throws: PlatformError.self) { try Self.create("c", in: platform) }
        try platform.close()
        let again = try opened(other)
        #expect(try Self.names(in: again) == ["a", "b"])
        #expect(try again.check().isEmpty)
        try again.close()
    }

    @Test("what lies under the name of a file that was moved away is not touched")
    func exchanged() throws {
        let copy = folder.path() + "-copy.crm"
        try FileManager.default.copyItem(atPath: folder.path(), toPath: copy)
        let platform = try Platform.open(at: folder.path())
        try Self.create("b", in: platform)
        let other = folder.path() + "-moved.crm"
        #expect(rename(folder.path(), other) == 0 && rename(copy, folder.path()) == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path()))
        try? platform.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path())) == before)
        let again = try opened(other)
        #expect(try Self.names(in: again) == ["a", "b"])
        try again.close()
    }

    @Test(
        "a rehearsal in the course of which the file was replaced is not kept, and is not said to be",
        arguments: [true, false]
    )
    func rehearsed(isInPlace: Bool) throws {
        let copy = folder.path() + "-copy.crm"
        try FileManager.default.copyItem(atPath: folder.path(), toPath: copy)
        let platform = try Platform.open(at: folder.path())
        try platform.beginRehearsal()
        try Self.create("b", in: platform)
        if isInPlace {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path()))
            try file.write(contentsOf: Data(contentsOf: URL(fileURLWithPath: copy)))
            try file.close()
        } else {
            #expect(rename(copy, folder.path()) == 0)
        }
        let error = #expect(throws: PlatformError.self) { try platform.commitRehearsal() }
        #expect(error?.text(in: .en).contains("nothing was saved") == true)
        try? platform.close()
    }

    private func remove(_ suffixes: [String]) { for suffix in suffixes { unlink(folder.path() + suffix) } }

    /// What is in the file when it is opened anew, which must be sound.
    private func names() throws -> [String] {
        let platform = try Platform.open(at: folder.path())
        defer { try? platform.close() }
        #expect(try platform.check().isEmpty)
        return try Self.names(in: platform)
    }

    private func refusal() -> PlatformError? {
        do {
            try Platform.open(at: folder.path()).close()
            return nil
        } catch { return error }
    }

    @Test(
        "loses no save of the process that has it open, and lets no other one in meanwhile",
        arguments: [
            ["-wal"], ["-shm"], ["-wal", "-shm"], ["-lock", "-wal", "-shm"],
        ]
    )
    func twoProcesses(_ removed: [String]) throws {
        let line = { (name: String) in "print('#' .. crm.create('item', {name = '\(name)'}).id .. '.')" }
        let shell = try KilledShell(
            [folder.path(), "--lang", "en"],
            folder: scratch.path,
            input: line("one") + "\n",
            endsInput: false,
            saysErrors: true
        )
        #expect(shell.acknowledgements(1).count == 1)
        remove(removed)
        // To open it would begin a log of its own.
        let error = refusal()
        #expect(error?.code == .storage)
        #expect(error?.text(in: .en).contains("process \(shell.number)") == true)
        #expect(error?.text(in: .en).contains("acme.crm-wal") == true)
        shell.say(line("two"))
        let end = shell.finish()
        #expect(end.status != 0)
        #expect(end.text.contains("was removed or moved away"), "\(end.text)")
        #expect(!end.text.contains("#"))
        #expect(try names() == ["a", "one"])
    }

    @Test("is brought in when the file is closed, also when nothing more was saved", arguments: [false, true])
    func closing(_ isMoved: Bool) throws {
        let platform = try Platform.open(at: folder.path())
        try Self.create("b", in: platform)
        if isMoved {
            rename(folder.path() + "-wal", folder.path() + ".away")
        } else {
            remove(["-wal", "-shm"])
        }
        try platform.close()
        #expect(try names() == ["a", "b"])
    }

    @Test("keeps what a rehearsal commits that began before")
    func rehearsal() throws {
        let platform = try Platform.open(at: folder.path())
        try platform.beginRehearsal()
        try Self.create("b", in: platform)
        remove(["-wal", "-shm"])
        try platform.commitRehearsal()
        let error = #expect(throws: PlatformError.self) { try Self.create("c", in: platform) }
        #expect(error?.text(in: .en).contains("was removed or moved away") == true)
        try platform.close()
        #expect(try names() == ["a", "b"])
    }

    @Test("is not begun anew by a reader of the same process")
    func readers() throws {
        let platform = try Platform.open(at: folder.path())
        try Self.create("b", in: platform)
        remove(["-wal", "-shm"])
        // A copy is made by a connection of its own.
        let error = #expect(throws: PlatformError.self) { try platform.backup(to: folder.path("copy.crm")) }
        #expect(error?.text(in: .en).contains("was removed or moved away") == true)
        #expect(!folder.contents.contains("acme.crm-wal") && !folder.contents.contains("copy.crm"))
        try platform.close()
        #expect(try names() == ["a", "b"])
    }

    @Test("and replaced by another program is let be, and whoever closes the file is told of saves that may be missing")
    func replaced() throws {
        let platform = try Platform.open(at: folder.path())
        try Self.create("b", in: platform)
        remove(["-wal", "-shm"])
        try Data().write(to: URL(fileURLWithPath: folder.path() + "-wal"))
        let before = try folder.bytes("acme.crm")
        for _ in 0..<2 {
            let error = #expect(throws: PlatformError.self) { try Self.create("c", in: platform) }
            #expect(error?.text(in: .en).contains("another program has begun a new one") == true)
        }
        let error = #expect(throws: PlatformError.self) { try platform.close() }
        #expect(error?.text(in: .en).contains("may not be in the file") == true)
        #expect(try folder.bytes("acme.crm") == before)
        // The engine still has the old log open here, and would mix the two.
        #expect(refusal()?.text(in: .en).contains("End the program") == true)
    }

    @Test("of a process that was killed is missed, and the message says how to open the file with it and without")
    func killed() throws {
        try KilledShell.crash(in: folder.path(), creating: ["b"], folder: scratch.path)
        rename(folder.path() + "-wal", folder.path() + ".away")
        #expect(refusal()?.text(in: .en).contains("Put it back") == true)
        rename(folder.path() + ".away", folder.path() + "-wal")
        #expect(try names() == ["a", "b"])
        try KilledShell.crash(in: folder.path(), creating: ["c"], folder: scratch.path)
        remove(["-wal", "-shm"])
        #expect(refusal()?.code == .storage)
        // Lock and shared memory say nothing any more; the file does.
        remove(["-lock"])
        #expect(refusal()?.text(in: .en).contains("--accept-loss") == true)
        #expect(try Platform.acceptLoss(at: folder.path()))
        #expect(try names() == ["a", "b"])
    }

    @Test("of a process that was killed when all of it was in the file is not missed")
    func killedAtRest() throws {
        let child = try KilledShell([folder.path()], folder: scratch.path, input: "print('#1.')\n", endsInput: false)
        #expect(child.acknowledgements(1) == [1])
        _ = child.kill()
        remove(["-wal", "-shm"])
        #expect(try names() == ["a"])
    }
}
