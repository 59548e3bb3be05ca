/// Reads a sheet of a workbook (.xlsx) row by row, in the form in which rows of CSV files come; memory stays flat but
/// for the texts that cells share.
///
/// The whole sheet is looked over before the first row is given out, so that a damaged file is refused before anything
/// of it is used.
public struct XLSXReader {
    /// The name of the sheet.
    public let sheet: String
    /// The unpacked bytes of the sheet.
    public let totalBytes: Int
    /// Ranges of merged cells, at most five; only the first cell of each has a value.
    public let mergedRanges: [String]
    /// The number of ranges of merged cells.
    public let mergedCount: Int

    /// The row of the sheet that the headings stand in; 0 until they are read.
    public private(set) var headerRow = 0

    private let options: CSVReader.Options
    private let cells: SheetCells
    private let stream: XMLStream

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - sheet: The name of the sheet; nil for the first one that is shown.
    ///   - options: The limits; encoding and separator mean nothing here.
    ///   - isStopped: Is asked before each piece of the file that is read; the reading ends when it says so.
    /// - Throws: `XLSXError`.
    public init(
        path: String,
        sheet: String? = nil,
        options: CSVReader.Options = CSVReader.Options(),
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws(XLSXError) {
        try self.init(ZipArchive(path: path, isStopped: isStopped), sheet, options)
    }

    /// Reads a buffer, as `init(path:sheet:options:)` reads a file.
    ///
    /// - Throws: `XLSXError`.
    public init(
        bytes: [UInt8],
        sheet: String? = nil,
        options: CSVReader.Options = CSVReader.Options()
    ) throws(XLSXError) {
        try self.init(ZipArchive(bytes: bytes), sheet, options)
    }

    private init(_ archive: ZipArchive, _ name: String?, _ options: CSVReader.Options) throws(XLSXError) {
        let book = try Workbook(archive)
        let found = try book.sheet(name)
        guard let part = found.part else { throw .noSheet }
        let survey = SheetSurvey()
        let whole = try XMLStream(archive.open(part, limit: XLSXLimits.sheetBytes), survey, withText: false)
        try whole.run()
        guard survey.isSheet else { throw .damaged(part: part) }
        if let cell = survey.disorder { throw .disordered(part: part, cell: cell) }
        sheet = found.name
        totalBytes = whole.bytesRead
        mergedRanges = survey.merged
        mergedCount = survey.mergedCount
        self.options = options
        cells = SheetCells(
            book: book,
            maximumCellBytes: options.maximumCellBytes,
            maximumColumns: options.maximumColumns
        )
        stream = try XMLStream(archive.open(part, limit: XLSXLimits.sheetBytes), cells)
    }

    /// The unpacked bytes of the sheet that have been taken in, for showing progress.
    public var bytesRead: Int { stream.bytesRead }

    /// The first cell with something in it that lies right of the last heading and was not read; nil when there is none.
    public var strayCell: String? { cells.stray }

    /// Reads the first row that is not empty as the names of the columns, without blanks at their ends.
    ///
    /// From then on every row has as many cells; what lies right of them is left out.
    ///
    /// - Parameter first: The row of the sheet before which none is looked at, as when a title stands above the headings.
    /// - Returns: The names, as many as there are columns.
    /// - Throws: `XLSXError`: the sheet is empty, has too many columns, a name twice, or a heading that is no text.
    public mutating func header(fromRow first: Int = 1) throws(XLSXError) -> [String] {
        var row = CSVRow()
        repeat {
            let last = row.number
            guard try next(&row) else {
                throw last > 0 ? .beyondEnd(sheet: sheet, row: first, last: last) : .emptySheet(sheet)
            }
        } while row.number < first
        guard row.cellsSeen <= options.maximumColumns else {
            throw .tooManyColumns(found: row.cellsSeen, limit: options.maximumColumns)
        }
        if let note = row.notes.first {
            throw .badHeader(cell: CellReference.name(column: note.column, row: row.number), nil)
        }
        if let problem = row.problem { throw .badHeader(cell: "\(row.number)", problem) }
        var names = row.strings.map(CSVReader.headerName)
        while names.last?.isEmpty == true { names.removeLast() }
        let duplicates = CSVReader.duplicates(names)
        guard duplicates.isEmpty else { throw .duplicateHeaders(duplicates) }
        cells.width = names.count
        headerRow = row.number
        return names
    }

    /// Reads the next row that is not empty into `row`; false at the end of the sheet.
    ///
    /// The number of the row is that of the sheet.
    ///
    /// - Throws: `XLSXError`.
    public mutating func next(_ row: inout CSVRow) throws(XLSXError) -> Bool {
        while try stream.advance() {
            if cells.row.problem == nil, cells.row.notes.isEmpty, cells.row.isBlank, cells.row.cellsSeen == 0 {
                continue
            }
            swap(&row, &cells.row)
            // The next row is known to follow by the number of this one.
            cells.row.number = row.number
            while let width = cells.width, row.fields.count < width {
                row.fields.append(row.bytes.count..<row.bytes.count)
            }
            row.checkText()
            return true
        }
        return false
    }
}
