import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CRMPlatform

/// A copy is whole, of one moment, checked, and there only when it is complete.
@Suite("Backups")
struct BackupTests {
    private let folder: ScratchFolder
    private let platform: Platform

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/a.crm")
        let object = """
            {"name": "item", "label": "Item", "title_field": "name",
             "fields": [{"name": "name", "type": "text", "label": "Name"}]}
            """
        try platform.installPlugin(.folder(folder.plugin("items", ["objects/item.json": object])))
    }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0 != "items" }.sorted()
    }

    private static func create(_ name: String, in platform: Platform) throws {
        try platform.write(as: .administrator, origin: .library) { session in
            var input = RecordInput()
            input.append(TestSupport.field("name"), .text(name))
            _ = try session.create(TestSupport.object("item"), input)
        }
    }

    private func count(_ name: String) throws -> Int {
        let copy = try Platform.open(at: folder.path + "/" + name)
        defer { try? copy.close() }
        #expect(try copy.check().isEmpty)
        return try copy.read(as: .administrator) { session in
            try session.find(Query(object: TestSupport.object("item"), limit: 10_000)).records.count
        }
    }

    @Test("a copy of an open file has every save that was acknowledged, and only its owner can read it")
    func openFile() throws {
        for number in 0..<20 { try Self.create("n\(number)", in: platform) }
        let report = try platform.backup(to: folder.path + "/copy.crm")
        var status = stat()
        #expect(stat(folder.path + "/copy.crm", &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(Int64(status.st_size) == report.bytes)
        #expect(report.sha256.count == 64)
        #expect(report.lastSaved != nil)
        #expect(names == ["a.crm", "a.crm-lock", "a.crm-shm", "a.crm-wal", "copy.crm"])
        try platform.close()
        #expect(try count("copy.crm") == 20)
    }

    @Test("a copy that is made while others save is of one moment: nothing in it without what came before")
    func whileOthersSave() throws {
        let isDone = Atomic<Bool>(false)
        let (platform, path) = (platform, folder.path)
        DispatchQueue.concurrentPerform(iterations: 2) { lane in
            do {
                if lane == 0 {
                    defer { isDone.store(true, ordering: .releasing) }
                    for round in 0..<4 { try platform.backup(to: path + "/copy\(round).crm") }
                } else {
                    let other = try Platform.open(at: path + "/a.crm")
                    var number = 0
                    while !isDone.load(ordering: .acquiring) {
                        try Self.create("n\(number)", in: other)
                        number += 1
                    }
                    try other.close()
                }
            } catch { Issue.record(error) }
        }
        var last = -1
        for round in 0..<4 {
            let found = try count("copy\(round).crm")
            #expect(found >= last)
            last = found
        }
    }

    @Test("what a rehearsal has not kept is not in the copy")
    func rehearsal() throws {
        try platform.beginRehearsal()
        try Self.create("maybe", in: platform)
        try platform.backup(to: folder.path + "/copy.crm")
        try platform.rollbackRehearsal()
        #expect(try count("copy.crm") == 0)
    }

    @Test("an older copy is replaced when told, the company itself, one in use and one with a log never")
    func places() throws {
        try platform.backup(to: folder.path + "/copy.crm")
        #expect(throws: PlatformError.self) { try platform.backup(to: folder.path + "/copy.crm") }
        try Self.create("a", in: platform)
        try platform.backup(to: folder.path + "/copy.crm", overwriting: .always)
        #expect(try count("copy.crm") == 1)
        link(folder.path + "/copy.crm", folder.path + "/a-link.crm")
        for place in ["a.crm", "./a.crm", "a.crm-wal", "a.crm-lock"] {
            #expect(throws: PlatformError.self, "\(place)") {
                try platform.backup(to: folder.path + "/" + place, overwriting: .always)
            }
        }
        unlink(folder.path + "/a-link.crm")
        let other = try Platform.open(at: folder.path + "/copy.crm")
        #expect(throws: PlatformError.self) {
            try platform.backup(to: folder.path + "/copy.crm", overwriting: .always)
        }
        try other.close()
        #expect(throws: PlatformError.self) { try Platform.inMemory().backup(to: folder.path + "/memory.crm") }
        #expect(!names.contains("memory.crm"))
    }

    @Test("another company is never overwritten by a copy, and neither is a database of another program")
    func another() throws {
        let other = try Platform.create(at: folder.path + "/other.crm")
        let identity = try other.catalog.objects.count
        try other.close()
        try Data("SQLite format 3\0 of somebody else".utf8).write(to: URL(fileURLWithPath: folder.path + "/notes.db"))
        for place in ["other.crm", "notes.db"] {
            let before = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + place))
            let error = #expect(throws: PlatformError.self, "\(place)") {
                try platform.backup(to: folder.path + "/" + place, overwriting: .always)
            }
            #expect(error?.code == .invalidInput, "\(place)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + place)) == before, "\(place)")
        }
        let again = try Platform.open(at: folder.path + "/other.crm")
        #expect(try again.catalog.objects.count == identity)
    }

    @Test("a copy that is stopped when it is complete and being looked over leaves nothing")
    func stoppedLate() throws {
        let platform = platform
        let error = #expect(throws: PlatformError.self) {
            try platform.backup(to: folder.path + "/copy.crm") { done, all in
                if done == all { platform.backups.request() }
            }
        }
        #expect(error?.code == .cancelled)
        #expect(!names.contains { $0.hasPrefix("copy") || $0.hasSuffix(".part") })
    }

    @Test("a copy that is interrupted leaves nothing")
    func interrupted() throws {
        let platform = platform
        let error = #expect(throws: PlatformError.self) {
            try platform.backup(to: folder.path + "/copy.crm") { _, _ in platform.interrupt() }
        }
        #expect(error?.code == .cancelled)
        #expect(!names.contains("copy.crm"))
        #expect(!names.contains { $0.hasSuffix(".part") })
    }

    @Test("of 12 backups that were killed each is whole or not there")
    func killed() throws {
        for number in 0..<300 { try Self.create("n\(number)", in: platform) }
        try platform.close()
        for round in 0..<12 {
            let copy = "k\(round).crm"
            let child = try KilledShell(
                ["backup", folder.path + "/a.crm", "-o", folder.path + "/" + copy],
                folder: folder.path
            )
            child.kill(afterMilliseconds: 5 + round * 25)
            if names.contains(copy) { #expect(try count(copy) == 300) }
        }
        #expect(try count("a.crm") == 300)
    }
}
