public import CRMModel

/// Writes CSV as bytes, cell by cell.
///
/// Cells are quoted when they must be, and texts that a spreadsheet would compute are made inert (`FormulaGuard`).
/// Take the bytes out now and then with `takeBytes()`, so that memory stays flat.
public struct CSVWriter: Sendable {
    /// What has been written since the bytes were last taken.
    public private(set) var bytes: [UInt8]

    private let delimiter: UInt8
    private let guardsFormulas: Bool
    private var cells = 0
    private var rowStart = 0

    /// Makes a writer.
    ///
    /// A byte order mark makes spreadsheets read the file as UTF-8. Without the formula guard the file is only fit for
    /// programs.
    public init(dialect: CSVDialect = .comma, byteOrderMark: Bool = false, guardsFormulas: Bool = true) {
        bytes = byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
        rowStart = bytes.count
        delimiter = dialect.delimiter
        self.guardsFormulas = guardsFormulas
    }

    /// Writes a cell of text.
    public mutating func text(_ text: String) { write(guardsFormulas ? FormulaGuard.guarded(text) : text) }

    /// Writes a cell just as it is, with no guard.
    mutating func write(_ shown: String) {
        separate()
        let done: Void? = shown.utf8.withContiguousStorageIfAvailable { append($0) }
        if done == nil { Array(shown.utf8).withUnsafeBufferPointer { append($0) } }
    }

    /// Writes a cell with a field's value; numbers, days and moments in their plain forms.
    public mutating func value(_ value: Value) {
        switch value {
        case .text(let text): self.text(text)
        case .decimal(let number):
            separate()
            number.write(into: &bytes)
        case .date(let date):
            separate()
            date.write(into: &bytes)
        case .instant(let instant):
            separate()
            instant.write(into: &bytes)
        case .null, .boolean, .integer:
            separate()
            bytes.append(contentsOf: value.displayText.utf8)
        }
    }

    /// Ends the row with CR and LF.
    public mutating func endRow() {
        // A row of one empty cell would be a blank line, which readers skip.
        if cells == 1, bytes.count == rowStart { bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: "\"")]) }
        bytes.append(0x0D)
        bytes.append(0x0A)
        cells = 0
        rowStart = bytes.count
    }

    /// Writes a whole row of texts.
    public mutating func row(_ texts: some Sequence<String>) {
        for text in texts { self.text(text) }
        endRow()
    }

    /// Gives out what has been written and goes on with an empty buffer; to be called between rows.
    public mutating func takeBytes() -> [UInt8] {
        let result = bytes
        bytes = []
        bytes.reserveCapacity(result.count)
        rowStart = 0
        return result
    }

    private mutating func separate() {
        if cells > 0 { bytes.append(delimiter) }
        cells += 1
    }

    private mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
        let quote = UInt8(ascii: "\"")
        // A byte order mark at the beginning of a cell might be taken for that of the file.
        let needsQuotes =
            cell.first == 0xEF
            || cell.contains {
                $0 == quote || $0 == delimiter || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B || $0 == 0x09
                    || $0 == 0x2C
            }
        guard needsQuotes else {
            bytes.append(contentsOf: cell)
            return
        }
        bytes.append(quote)
        for byte in cell {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
