import Foundation
import TestSupport
import Testing

@testable import CRMModel

@Suite("Files that are read as a whole")
struct InputFileTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func failure(_ path: String, isStopped: @escaping () -> Bool = { false }) -> Int32? {
        do {
            _ = try InputFile.read(path, upTo: 1000, isStopped: isStopped)
            return nil
        } catch {
            return error.number
        }
    }

    @Test("a file is read to its end, and one byte beyond the limit says that there are more")
    func limits() throws {
        let path = folder.path + "/a"
        for (size, read) in [(0, 0), (999, 999), (1000, 1000), (1001, 1001), (200_000, 1001)] {
            try folder.write(String(repeating: "x", count: size), to: "a")
            #expect(try InputFile.read(path, upTo: 1000) { false }.count == read)
        }
        // A device without an end.
        #expect(try InputFile.read("/dev/zero", upTo: 1000) { false } == [UInt8](repeating: 0, count: 1001))
    }

    @Test("what cannot be read is told by the number of the system")
    func refusals() {
        #expect(failure(folder.path + "/none") == ENOENT)
        #expect(failure(folder.path) == EISDIR)
    }

    @Test("a pipe that nobody writes is waited for until somebody says stop; one that is written is read to its end")
    func pipes() throws {
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        var asked = 0
        let stopped = failure(path) {
            asked += 1
            return asked == 3
        }
        #expect(stopped == ECANCELED)
        #expect(asked == 3)
        let text = String(repeating: "line\n", count: 100)
        let writer = Thread {
            let pipe = FileHandle(forWritingAtPath: path)
            try? pipe?.write(contentsOf: Data(text.utf8))
            try? pipe?.close()
        }
        writer.start()
        #expect(try InputFile.read(path, upTo: 1000) { false } == Array(text.utf8))
    }
}
