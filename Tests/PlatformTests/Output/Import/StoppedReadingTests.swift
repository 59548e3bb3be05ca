import CRMConcurrency
import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMOutput

/// Says yes from the question on that was agreed.
private final class Stop: Sendable {
    private let asked = Guarded(0)
    private let limit: Int

    init(after limit: Int) { self.limit = limit }

    var count: Int { asked.withLock { $0 } }

    func isStopped() -> Bool {
        asked.withLock { asked in
            asked += 1
            return asked > limit
        }
    }
}

@Suite("Files in which nothing ends can be left")
struct StoppedReadingTests {
    private static let size = 3 << 20

    /// Files of some megabytes that give no row: a quotation mark that is never closed, blank lines, and text in another
    /// encoding, which is looked for at first.
    private static let files: [(name: String, bytes: [UInt8])] = [
        ("quote", Array("a,b\n\"".utf8) + [UInt8](repeating: 0x78, count: size)),
        ("lines", [UInt8](repeating: 0x0A, count: size)),
        ("zeros", [UInt8](repeating: 0, count: size)),
        ("UTF-16", [0xFF, 0xFE] + [UInt8](repeating: 0x41, count: size)),
    ]

    @Test("the reading of a text asks before each piece whether to go on", arguments: [0, 1, 4])
    func text(questions: Int) throws {
        for (name, bytes) in Self.files {
            let file = try TemporaryFile(bytes: bytes)
            let stop = Stop(after: questions)
            let error = #expect(throws: CSVError.self) {
                var reader = try CSVReader(path: file.path, isStopped: stop.isStopped)
                var row = CSVRow()
                while try reader.next(&row) {}
            }
            #expect(error == .stopped, "\(name)")
            #expect(stop.count == questions + 1, "\(name)")
        }
    }

    @Test("a long beginning in plain letters is looked through for its encoding no longer than that")
    func sample() throws {
        let file = try TemporaryFile(bytes: [UInt8](repeating: 0x61, count: 9 << 20))
        let stop = Stop(after: 1)
        #expect(throws: CSVError.stopped) { _ = try CSVReader(path: file.path, isStopped: stop.isStopped) }
    }

    @Test("the parts of a workbook ask before each piece, before the first row as well")
    func workbook() throws {
        let rows = (1...20_000).map { WorkbookFile.row($0, "a name of some length \($0)") }.joined()
        var shared = WorkbookFile("<row r=\"1\"><c t=\"s\"><v>0</v></c></row>")
        shared.texts = String(repeating: "<si><t>a text that cells share</t></si>", count: 40_000)
        for (name, book) in [("sheet", WorkbookFile(rows)), ("texts", shared)] {
            let file = try TemporaryFile(bytes: book.bytes)
            let whole = Stop(after: .max)
            _ = try XLSXReader(path: file.path, isStopped: whole.isStopped)
            // Pieces of 64 KB of a part of more than a megabyte.
            #expect(whole.count > 16, "\(name)")
            let stop = Stop(after: whole.count - 3)
            #expect(throws: XLSXError.stopped, "\(name)") {
                _ = try XLSXReader(path: file.path, isStopped: stop.isStopped)
            }
        }
    }

    @Test("an import keeps the rows before the one that it is stopped in, and names that row")
    func importing() throws {
        let fixture = try ImportFixture()
        let file = try TemporaryFile(
            bytes: Array("name\n甲\n乙\n\"".utf8) + [UInt8](repeating: 0x78, count: Self.size)
        )
        for (isDryRun, kept) in [(true, 0), (false, 2)] {
            let stop = Stop(after: 2)
            var options = FileImport()
            options.isStopped = stop.isStopped
            options.isDryRun = isDryRun
            var importer = try Importer(object: fixture.object, path: file.path, options: options)
            let summary = try importer.run(inUnits: fixture.batch)
            #expect(summary.stoppedBeforeRow == 3)
            #expect(summary.created == 2)
            #expect(try fixture.records().count == kept)
        }
        let stop = Stop(after: 2)
        var later = FileImport()
        later.isStopped = stop.isStopped
        later.fromRow = 3
        var importer = try Importer(object: fixture.object, path: file.path, options: later)
        let summary = try importer.run(inUnits: fixture.batch)
        #expect((summary.stoppedBeforeRow, summary.skipped, summary.created) == (3, 2, 0))
    }

    @Test("a file without a first row is told as stopped, not as damaged")
    func opening() throws {
        let fixture = try ImportFixture()
        let file = try TemporaryFile(bytes: [UInt8](repeating: 0x0A, count: Self.size))
        var options = FileImport()
        options.isStopped = { true }
        let error = #expect(throws: PlatformError.self) {
            _ = try Importer(object: fixture.object, path: file.path, options: options)
        }
        #expect(error?.code == .cancelled)
    }
}
