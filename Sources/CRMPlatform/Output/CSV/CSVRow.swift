/// One row of a CSV file or of a sheet of a workbook; made once and filled again for each row.
public struct CSVRow: Sendable {
    /// The cells' bytes in UTF-8, quotation marks taken away; `fields` says where each cell is.
    public internal(set) var bytes: [UInt8] = []
    /// The place of each cell in `bytes`.
    public internal(set) var fields: [Range<Int>] = []
    /// The number of the row: the first after the header is 1; in a workbook it is the number that the sheet shows.
    ///
    /// Blank lines are not counted.
    public internal(set) var number = 0
    /// The physical line on which the row begins, from 1, as editors count; in a workbook the number of the row.
    public internal(set) var line = 0
    /// What is wrong with the row; nil when it can be used.
    ///
    /// A row with a problem keeps what could be read.
    public internal(set) var problem: CSVRowProblem?

    /// Whether a cell of the row stood in quotation marks: a row of one empty cell is a row then, and no blank line.
    var isQuoted = false
    /// The number of cells of the row in the file, which may be more than were kept.
    var cellsSeen = 0

    /// What is wrong with single cells of a workbook.
    var notes: [CellNote] = []

    /// Makes an empty row.
    public init() {
        bytes.reserveCapacity(1024)
        fields.reserveCapacity(64)
    }

    /// The number of cells.
    public var count: Int { fields.count }

    /// The text of a cell; empty beyond the last one.
    public func string(_ index: Int) -> String {
        guard fields.indices.contains(index) else { return "" }
        return bytes.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[fields[index]]), as: UTF8.self)
        }
    }

    /// Lends the bytes of a cell; no bytes beyond the last one.
    public func withBytes<Result>(
        _ index: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let range = fields.indices.contains(index) ? fields[index] : 0..<0
        return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Whether a cell has no bytes.
    public func isEmpty(_ index: Int) -> Bool {
        !fields.indices.contains(index) || fields[index].isEmpty
    }

    /// Whether every cell is empty, as in rows of nothing but separators.
    public var isBlank: Bool { fields.allSatisfy(\.isEmpty) }

    /// The texts of all cells.
    public var strings: [String] { fields.indices.map { string($0) } }

    /// The row in no more room than it needs, for those who keep it while the next ones are read.
    var compact: CSVRow {
        var row = self
        row.bytes = bytes.withUnsafeBufferPointer { Array($0) }
        row.fields = fields.withUnsafeBufferPointer { Array($0) }
        return row
    }

    mutating func reset(line: Int) {
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        self.line = line
        problem = nil
        isQuoted = false
        cellsSeen = 0
        if !notes.isEmpty { notes.removeAll() }
    }

    /// The column, from 1, that a byte belongs to.
    func column(ofByte offset: Int) -> Int {
        (fields.firstIndex { offset < $0.upperBound } ?? max(0, fields.count - 1)) + 1
    }
}
