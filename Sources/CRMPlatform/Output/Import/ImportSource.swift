internal import CRMModel

/// The rows of a file, whatever kind of file it is: the content tells, not the name.
struct ImportSource {
    /// The headings.
    private(set) var headers: [String] = []
    /// The number of the row read last; before the first one, that of the headings in a workbook and 0 in CSV.
    private(set) var rowNumber = 0

    private var csv: CSVReader?
    private var workbook: XLSXReader?

    /// Opens a file and reads its headings.
    ///
    /// - Throws: `PlatformError` when the file cannot be used; the message says what it is instead.
    init(path: String, options: FileImport) throws(PlatformError) {
        let limits = CSVReader.Options()
        var workbook: XLSXReader?
        do throws(XLSXError) {
            switch try FileKind(path: path) {
            case .workbook:
                workbook = try XLSXReader(
                    path: path,
                    sheet: options.sheet,
                    options: limits,
                    isStopped: options.isStopped
                )
            case .text: break
            }
        } catch {
            throw error.platformError
        }
        try self.init(workbook: workbook, options) { () throws(CSVError) in
            try CSVReader(path: path, options: limits, isStopped: options.isStopped)
        }
    }

    /// Reads a buffer, as `init(path:options:)` reads a file.
    ///
    /// - Throws: as `init(path:options:)`.
    init(bytes: [UInt8], options: FileImport) throws(PlatformError) {
        let limits = CSVReader.Options()
        var workbook: XLSXReader?
        do throws(XLSXError) {
            switch try FileKind(bytes: bytes) {
            case .workbook: workbook = try XLSXReader(bytes: bytes, sheet: options.sheet, options: limits)
            case .text: break
            }
        } catch {
            throw error.platformError
        }
        try self.init(workbook: workbook, options) { () throws(CSVError) in
            try CSVReader(bytes: bytes, options: limits)
        }
    }

    private init(
        workbook: XLSXReader?,
        _ options: FileImport,
        _ open: () throws(CSVError) -> CSVReader
    ) throws(PlatformError) {
        if var workbook {
            do {
                headers = try workbook.header(fromRow: options.headerRow)
            } catch {
                throw error.platformError
            }
            rowNumber = workbook.headerRow
            self.workbook = workbook
            return
        }
        if let sheet = options.sheet {
            throw PlatformError(.invalidInput, Message(.sheetOfText, ["sheet": .text(sheet)]))
        }
        do {
            var reader = try open()
            headers = try reader.header(fromLine: options.headerRow)
            csv = reader
        } catch {
            throw error.platformError
        }
    }

    /// Reads the next row; false at the end.
    ///
    /// - Throws: `PlatformError` when the file turns out to be unreadable.
    mutating func next(_ row: inout CSVRow) throws(PlatformError) -> Bool {
        do throws(CSVError) {
            if let isThere = try csv?.next(&row) {
                rowNumber = isThere ? row.number : rowNumber
                return isThere
            }
        } catch {
            throw error.platformError
        }
        do throws(XLSXError) {
            guard try workbook?.next(&row) == true else { return false }
            rowNumber = row.number
            return true
        } catch {
            throw error.platformError
        }
    }

    /// What is worth knowing of the file as a whole before its rows are imported.
    var remarks: [Message] {
        guard let workbook, workbook.mergedCount > 0 else { return [] }
        let more = workbook.mergedCount > workbook.mergedRanges.count ? " …" : ""
        return [
            Message(
                .sheetMerged,
                ["ranges": .text(ImportColumns.list(workbook.mergedRanges) + more), "count": "\(workbook.mergedCount)"]
            )
        ]
    }

    /// Where the headings were read, for messages: the sheet and its row, or the line.
    var headerPlace: Message {
        guard let workbook else { return Message(.importHeaderLine, ["line": "\(csv?.headerLine ?? 1)"]) }
        return Message(.importHeaderRow, ["sheet": .text(workbook.sheet), "row": "\(workbook.headerRow)"])
    }

    /// What is worth knowing after the last row.
    var lastRemarks: [Message] {
        workbook?.strayCell.map { [Message(.sheetStray, ["cell": .text($0)])] } ?? []
    }

    /// The encoding of the file.
    var encoding: TextEncoding { csv?.encoding ?? .utf8 }

    /// How cells of the error file are separated.
    var dialect: CSVDialect { csv?.dialect ?? .comma }

    /// The sheet, nil when the file is no workbook.
    var sheet: String? { workbook?.sheet }

    /// How many bytes have been taken in, for showing progress.
    var bytesRead: Int { csv?.bytesScanned ?? workbook?.bytesRead ?? 0 }

    /// How many bytes there are.
    var totalBytes: Int? { csv.map(\.totalBytes) ?? workbook?.totalBytes }
}
