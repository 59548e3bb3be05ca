/// Makes rows of the cells of a sheet, one at a time.
final class SheetCells: XMLElementReader {
    /// The row that was read last, when `isRowReady`.
    var row = CSVRow()
    private(set) var isRowReady = false
    /// The first reference that does not follow on the one before.
    private(set) var disorder: String?
    /// The first cell with something in it that lies right of the last heading.
    private(set) var stray: String?
    /// The number of cells that rows have; nil for as many as there are.
    var width: Int?

    private enum Kind {
        case number
        case shared
        case text
        case inline
        case boolean
        case error
        case isoDate
    }

    private enum Capture {
        case nothing
        case value
        case inline
    }

    private let book: Workbook
    private let maximumCellBytes: Int
    private let maximumColumns: Int
    private var isInData = false
    private var capture = Capture.nothing
    private var phoneticDepth: Int?
    private var column = -1
    private var style = 0
    private var kind = Kind.number
    private var hasFormula = false
    private var hasValue = false
    private var value: [UInt8] = []

    init(book: Workbook, maximumCellBytes: Int, maximumColumns: Int) {
        self.book = book
        self.maximumCellBytes = maximumCellBytes
        self.maximumColumns = maximumColumns
        value.reserveCapacity(256)
    }

    // MARK: - Elements

    func begin(_ name: XMLName, _ attributes: XMLAttributes, depth: Int) {
        switch depth {
        case 2: isInData = name("sheetData")
        case 3 where isInData && name("row"): beginRow(attributes)
        case 4 where isInData && name("c"): beginCell(attributes)
        case 5 where isInData:
            if name("v") {
                capture = .value
                hasValue = true
            } else if name("f") {
                hasFormula = true
            } else if name("is") {
                hasValue = true
            }
        default:
            guard isInData, depth > 5, kind == .inline else { return }
            if name("rPh"), phoneticDepth == nil {
                phoneticDepth = depth
            } else if name("t"), phoneticDepth == nil {
                capture = .inline
            }
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard capture != .nothing else { return }
        let room = maximumCellBytes + 1 - value.count
        if room > 0 { value.append(contentsOf: bytes.prefix(room)) }
    }

    func end(_ name: XMLName, depth: Int) -> Bool {
        capture = .nothing
        if depth == phoneticDepth { phoneticDepth = nil }
        guard isInData else { return false }
        if depth == 4, name("c") { endCell() }
        guard depth == 3, name("row") else { return false }
        isRowReady = true
        return true
    }

    private func beginRow(_ attributes: XMLAttributes) {
        let last = row.number
        row.reset(line: 0)
        let number = attributes.bytes("r") == nil ? last + 1 : attributes.number("r") ?? 0
        if number <= last || number > XLSXLimits.rows { note(disorder: "\(number)") }
        row.number = number
        row.line = number
        column = -1
        isRowReady = false
    }

    private func beginCell(_ attributes: XMLAttributes) {
        var next = column + 1
        if let reference = attributes.bytes("r") {
            if let place = CellReference.parse(reference), place.row == row.number, place.column > column {
                next = place.column
            } else {
                note(disorder: String(String(cString: reference).prefix(40)))
            }
        }
        if next >= XLSXLimits.columns { note(disorder: CellReference.letters(next)) }
        column = next
        style = attributes.number("s") ?? 0
        hasFormula = false
        hasValue = false
        value.removeAll(keepingCapacity: true)
        kind = .number
        guard let type = attributes.bytes("t") else { return }
        let isType = XMLName(type)
        if isType("s") {
            kind = .shared
        } else if isType("str") {
            kind = .text
        } else if isType("inlineStr") {
            kind = .inline
        } else if isType("b") {
            kind = .boolean
        } else if isType("e") {
            kind = .error
        } else if isType("d") {
            kind = .isoDate
        }
    }

    private func note(disorder text: String) {
        if disorder == nil { disorder = text }
    }

    // MARK: - Cells

    private func endCell() {
        guard hasValue || hasFormula else { return }
        if let width, column >= width {
            if !value.isEmpty, stray == nil { stray = CellReference.name(column: column, row: row.number) }
            return
        }
        guard column < maximumColumns else {
            // The greatest column tells how wide the sheet is, when these are the headings.
            if !value.isEmpty { row.cellsSeen = column + 1 }
            return
        }
        while row.fields.count < column { row.fields.append(row.bytes.count..<row.bytes.count) }
        let start = row.bytes.count
        guard value.count <= maximumCellBytes else {
            row.note(.cellTooLong(column: column + 1, limit: maximumCellBytes))
            return row.fields.append(start..<start)
        }
        if let problem = write() { row.notes.append(CellNote(column: column, kind: problem)) }
        row.fields.append(start..<row.bytes.count)
    }

    /// Writes the value as text into the row, and says what is wrong with it.
    private func write() -> CellNote.Kind? {
        // A formula may give the empty text, but not the empty number.
        if hasFormula, value.isEmpty, kind != .text { return .notCalculated }
        switch kind {
        case .number: return value.isEmpty ? nil : writeNumber()
        case .shared:
            let number = Int(String(decoding: value, as: UTF8.self))
            return number.map { book.texts.append($0, to: &row.bytes) } == true ? nil : .missingText
        case .text, .inline:
            EscapedText.decode(&value, from: 0)
            row.bytes.append(contentsOf: value)
        case .isoDate: row.bytes.append(contentsOf: value)
        case .boolean:
            switch value {
            case []: break
            case [UInt8(ascii: "0")]: row.bytes.append(contentsOf: "FALSE".utf8)
            case [UInt8(ascii: "1")]: row.bytes.append(contentsOf: "TRUE".utf8)
            default:
                row.bytes.append(contentsOf: value.prefix(40))
                return .noBoolean
            }
        case .error:
            row.bytes.append(contentsOf: value.prefix(40))
            return .error(String(decoding: value.prefix(40), as: UTF8.self))
        }
        return nil
    }

    private func note(_ shown: CellShown) { row.notes.append(CellNote(column: column, kind: .shown(shown))) }

    private func writeNumber() -> CellNote.Kind? {
        guard let number = value.withUnsafeBufferPointer({ CellNumber($0) }) else {
            // What is no number is left to the field to refuse, in its own words.
            row.bytes.append(contentsOf: value)
            return nil
        }
        let format = book.styles[style]
        switch format {
        case .plain: number.write(into: &row.bytes)
        case .percent:
            number.write(into: &row.bytes, shift: 2)
            row.bytes.append(UInt8(ascii: "%"))
        case .padded(let width): number.write(into: &row.bytes, width: number.isWhole ? width : 1)
        case .unit(let unit):
            number.write(into: &row.bytes)
            note(unit.shown(number))
        case .pattern(let pattern):
            number.write(into: &row.bytes)
            if let shown = pattern.shown(number) { note(shown) }
        case .date, .dateTime, .time, .duration:
            let days = Double(String(decoding: value, as: UTF8.self)) ?? -1
            if book.dates.write(days, format, into: &row.bytes) { return nil }
            row.bytes.append(contentsOf: value)
            return .noSuchDay
        }
        return number.isCutOff ? .cutOff : nil
    }
}

/// Looks a sheet over before anything of it is used: that it is whole, that rows and cells follow in order, and which
/// cells are merged.
final class SheetSurvey: XMLElementReader {
    /// The first reference that does not follow on the one before.
    private(set) var disorder: String?
    /// Whether the part is a sheet of cells.
    private(set) var isSheet = false
    /// The ranges of merged cells below the first row, as far as they are worth telling.
    private(set) var merged: [String] = []
    /// The number of such ranges.
    private(set) var mergedCount = 0

    private var isInData = false
    private var row = 0
    private var column = -1

    func begin(_ name: XMLName, _ attributes: XMLAttributes, depth: Int) {
        switch depth {
        case 1: isSheet = name("worksheet")
        case 2: isInData = name("sheetData")
        case 3 where isInData && name("row"):
            let number = attributes.bytes("r") == nil ? row + 1 : attributes.number("r") ?? 0
            if number <= row || number > XLSXLimits.rows { note("\(number)") }
            row = number
            column = -1
        case 3 where name("mergeCell"): noteMerged(attributes)
        case 4 where isInData && name("c"):
            guard let reference = attributes.bytes("r") else {
                column += 1
                return
            }
            guard let place = CellReference.parse(reference), place.row == row, place.column > column else {
                return note(String(String(cString: reference).prefix(40)))
            }
            column = place.column
        default: break
        }
    }

    private func note(_ reference: String) {
        if disorder == nil { disorder = reference }
    }

    private func noteMerged(_ attributes: XMLAttributes) {
        guard let text = attributes.text("ref") else { return }
        mergedCount += 1
        if merged.count < 5 { merged.append(String(text.prefix(30))) }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    func end(_ name: XMLName, depth: Int) -> Bool { false }
}
