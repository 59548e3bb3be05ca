/// Reads a CSV file row by row; memory stays flat however long the file is.
///
/// Encoding and separator are found by themselves. Quotation marks, line breaks within cells and all three kinds of line
/// ends, also mixed, are understood; blank lines are skipped. A row that cannot be used comes with its problem, and the
/// reading goes on.
public struct CSVReader: Sendable {
    /// What a reader is told beforehand.
    public struct Options: Sendable, Hashable {
        /// The file's encoding; nil to find it out.
        public var encoding: TextEncoding?
        /// The file's separator; nil to find it out.
        public var dialect: CSVDialect?
        /// The greatest number of bytes of one cell.
        public var maximumCellBytes: Int
        /// The greatest number of columns.
        public var maximumColumns: Int

        /// Makes options; those left away are the usual ones.
        public init(
            encoding: TextEncoding? = nil,
            dialect: CSVDialect? = nil,
            maximumCellBytes: Int = 1 << 20,
            maximumColumns: Int = 1000
        ) {
            self.encoding = encoding
            self.dialect = dialect
            self.maximumCellBytes = maximumCellBytes
            self.maximumColumns = maximumColumns
        }
    }

    enum State {
        case cellStart
        case plain
        case quoted
        case quoteInQuoted
    }

    /// The separator in use.
    public private(set) var dialect: CSVDialect
    /// The number of columns that rows must have; nil to take rows of any length.
    ///
    /// `header()` sets it.
    public var expectedColumns: Int?

    let options: Options
    private var chunks: TextChunks
    var chunk: [UInt8] = []
    var position = 0
    /// The physical line that the position is on, from 1.
    var line = 1
    /// Whether the last byte was a carriage return: a line feed after it belongs to the same line end.
    var afterReturn = false
    var state = State.cellStart
    var rowNumber = 0
    /// What kind each byte is: 0 plain, 1 separator, 2 quotation mark, 3 line end, 4 NUL.
    private(set) var kinds: [UInt8]
    /// Whether the dialect was found and not said, by the options or by the file itself.
    private var isDialectGuessed = false

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - options: The limits, and what is known of the file.
    ///   - isStopped: Is asked before each piece of the file that is read; the reading ends when it says so.
    /// - Throws: `CSVError.unreadable`, `.unsupportedEncoding` and `.stopped`.
    public init(
        path: String,
        options: Options = Options(),
        isStopped: @escaping @Sendable () -> Bool = { false }
    ) throws(CSVError) {
        let chunks = try TextChunks(path: path, encoding: options.encoding, isStopped: isStopped)
        try self.init(chunks: chunks, options: options)
    }

    /// Reads a buffer.
    ///
    /// - Throws: `CSVError.unsupportedEncoding`.
    public init(bytes: [UInt8], options: Options = Options()) throws(CSVError) {
        try self.init(chunks: TextChunks(bytes: bytes, encoding: options.encoding), options: options)
    }

    private init(chunks: TextChunks, options: Options) throws(CSVError) {
        self.chunks = chunks
        self.options = options
        _ = try self.chunks.next(into: &chunk)
        let (found, skipped) = CSVDialect.detect(chunk)
        dialect = options.dialect ?? found
        kinds = Self.kinds(dialect)
        isDialectGuessed = options.dialect == nil && skipped == 0
        if skipped > 0 {
            position = skipped
            line = 2
            afterReturn = chunk[skipped - 1] == 0x0D
        }
    }

    private static func kinds(_ dialect: CSVDialect) -> [UInt8] {
        var kinds = [UInt8](repeating: 0, count: 256)
        kinds[0] = 4
        kinds[0x0A] = 3
        kinds[0x0D] = 3
        kinds[Int(UInt8(ascii: "\""))] = 2
        kinds[Int(dialect.delimiter)] = 1
        return kinds
    }

    /// The encoding in use.
    public var encoding: TextEncoding { chunks.encoding }

    /// How many bytes of the file have been taken in, for showing progress.
    public var bytesRead: Int { chunks.bytesRead }

    /// How many bytes of the file lie before the row that comes next, nearly so in encodings other than UTF-8.
    var bytesScanned: Int { max(0, bytesRead - (chunk.count - position)) }

    /// The line of the headings, 0 before they are read.
    private(set) var headerLine = 0

    /// How many bytes the file has.
    public var totalBytes: Int? { chunks.totalBytes }

    /// Reads the first row as the names of the columns, without blanks at their ends.
    ///
    /// From then on no row may have more cells, unless they are empty; cells missing at the end of a row are empty.
    ///
    /// - Parameter first: The line before which none is looked at, as when a title stands above the headings; what stands there
    ///   does not say how cells are separated either.
    /// - Returns: The names, as many as there are columns.
    /// - Throws: `CSVError`: the file is empty, ends before that line, has too many columns, a name twice, or a damaged header.
    public mutating func header(fromLine first: Int = 1) throws(CSVError) -> [String] {
        var row = CSVRow()
        let isSkipping = first > line
        if isSkipping { try skipLines(before: first) }
        repeat {
            guard try next(&row) else {
                throw isSkipping ? .beyondEnd(line: first, last: first - 1) : .empty
            }
        } while row.problem == nil && row.isBlank
        headerLine = row.line
        if case .tooManyColumns(let limit) = row.problem {
            throw .tooManyColumns(found: row.cellsSeen, limit: limit)
        }
        if let problem = row.problem { throw .badHeader(problem) }
        let names = row.strings.map(Self.headerName)
        let duplicates = Self.duplicates(names)
        guard duplicates.isEmpty else { throw .duplicateHeaders(duplicates) }
        rowNumber = 0
        expectedColumns = names.count
        return names
    }

    /// Reads the next row into `row`; false at the end of the file.
    ///
    /// - Throws: `CSVError.unreadable` when the system fails; `.stopped`.
    public mutating func next(_ row: inout CSVRow) throws(CSVError) -> Bool {
        while true {
            row.reset(line: line)
            guard try scanRow(&row) else { return false }
            // A line without a single byte is no row.
            if row.fields.count == 1, row.bytes.isEmpty, !row.isQuoted, row.problem == nil { continue }
            rowNumber += 1
            row.number = rowNumber
            checkColumns(&row)
            return true
        }
    }

    /// Goes to the beginning of a line, whatever stands before it, and looks anew how cells are separated.
    private mutating func skipLines(before first: Int) throws(CSVError) {
        if position >= chunk.count, try !refill() { throw .empty }
        var byte: UInt8 = 0
        while line < first {
            if position >= chunk.count, try !refill() {
                throw .beyondEnd(line: first, last: byte == 0x0A || byte == 0x0D ? line - 1 : line)
            }
            byte = chunk[position]
            position += 1
            // The line feed of a line that ended with a carriage return is no line of its own.
            if byte == 0x0A, afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = byte == 0x0D
            if byte == 0x0A || byte == 0x0D { line += 1 }
        }
        if position >= chunk.count, try !refill() { throw .beyondEnd(line: first, last: first - 1) }
        if afterReturn, chunk[position] == 0x0A {
            afterReturn = false
            position += 1
        }
        guard isDialectGuessed else { return }
        dialect = CSVDialect.detect(chunk[position...]).dialect
        kinds = Self.kinds(dialect)
    }

    /// Takes the next chunk; false at the end.
    mutating func refill() throws(CSVError) -> Bool {
        position = 0
        return try chunks.next(into: &chunk)
    }

    private func checkColumns(_ row: inout CSVRow) {
        // Spreadsheets and mail programs leave separators at the end of a row out: what is missing there is empty.
        guard let expectedColumns, row.problem == nil, row.fields.count > expectedColumns else { return }
        if (expectedColumns..<row.fields.count).allSatisfy(row.isBlank) { return }
        row.problem = .columnCount(found: row.fields.count, expected: expectedColumns)
    }
}
