import CRMModel
import Foundation
import TestSupport
import Testing

@Suite("A folder in which files were found")
struct FolderStandTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func path(_ name: String) -> String { scratch.path + "/" + name }

    /// Waits until the folder has stood still for long enough.
    private func settled() throws -> FolderStand {
        let folder = FolderStand(path: scratch.path)
        let deadline = ContinuousClock.now + .seconds(10)
        while !folder.isUnchanged, ContinuousClock.now < deadline { _ = folder.settle { true } }
        try #require(folder.isUnchanged)
        return folder
    }

    @Test("is not relied upon right after a change, nor when something was missing")
    func young() throws {
        try Data().write(to: URL(fileURLWithPath: path("a")))
        let folder = FolderStand(path: scratch.path)
        #expect(!folder.isUnchanged)
        #expect(folder.settle { true })
        #expect(!folder.isUnchanged)
        let old = try settled()
        #expect(!old.settle { false })
        #expect(!old.isUnchanged)
    }

    @Test("is another one when a file in it is made, removed, renamed or replaced", arguments: 0..<4)
    func changes(_ what: Int) throws {
        for name in ["a", "b"] { try Data().write(to: URL(fileURLWithPath: path(name))) }
        let folder = try settled()
        let files = FileManager.default
        switch what {
        case 0: try Data().write(to: URL(fileURLWithPath: path("c")))
        case 1: try files.removeItem(atPath: path("a"))
        case 2: #expect(rename(path("a"), path("c")) == 0)
        default: #expect(rename(path("a"), path("b")) == 0)
        }
        #expect(!folder.isUnchanged)
    }

    @Test("is the same while a file in it is written")
    func writes() throws {
        try Data().write(to: URL(fileURLWithPath: path("a")))
        let folder = try settled()
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path("a")))
        try file.write(contentsOf: Data("text".utf8))
        try file.close()
        #expect(folder.isUnchanged)
    }

    @Test("that is not there is never known to be unchanged")
    func missing() {
        let folder = FolderStand(path: path("none"))
        #expect(folder.settle { true })
        #expect(!folder.isUnchanged)
    }
}
