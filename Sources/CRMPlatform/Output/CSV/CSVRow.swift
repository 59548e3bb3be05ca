internal import CRMModel

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

    /// What is wrong with single cells.
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

    /// Whether every cell is empty or holds nothing but blanks of any kind, as in rows of nothing but separators.
    public var isBlank: Bool { fields.indices.allSatisfy(isBlank) }

    /// Whether a cell is empty or holds nothing but blanks: white space, the ideographic space, zero-width signs.
    public func isBlank(_ index: Int) -> Bool {
        guard fields.indices.contains(index), let first = bytes[fields[index]].first else { return true }
        // The usual cell begins with a visible ASCII sign or a Han character.
        if 0x21..<0x7F ~= first || 0xE4...0xE9 ~= first { return false }
        return TextNormalisation.isBlank(string(index))
    }

    /// Gives a cell another text.
    mutating func replace(_ index: Int, with text: String) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        fields[index] = start..<bytes.count
    }

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
}
