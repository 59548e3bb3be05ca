/// Why a workbook as a whole cannot be read.
///
/// What is wrong with single cells is told row by row and does not end the reading.
public enum XLSXError: Error, Sendable, Hashable {
    /// The file cannot be opened or read; the text is the system's reason.
    case unreadable(Int32)
    /// The reading was stopped by the one who asked for it.
    case stopped
    /// The file is a workbook of before 2007 (.xls).
    case oldWorkbook
    /// The file is locked with a password.
    case encrypted
    /// The file is a binary workbook (.xlsb).
    case binaryWorkbook
    /// The file is a spreadsheet of another office suite (.ods).
    case openDocument
    /// The file is an archive, but no workbook is in it.
    case notAWorkbook
    /// The file is a web page or XML under the name of a workbook.
    case webPage
    /// The archive is cut off or damaged; the text names the part, nil for the archive itself.
    case damaged(part: String?)
    /// The archive names a part twice.
    case duplicatePart(String)
    /// The workbook refers to a part that is not there.
    case missingPart(String)
    /// A part unpacks to more than is read, as archives do that are made to fill memory.
    case tooLarge(part: String, megabytes: Int)
    /// A part declares a document type or entities, which workbooks never do.
    case documentType(part: String)
    /// A part nests its elements deeper, or makes one of them longer, than any workbook does.
    case tooComplex(part: String)
    /// Rows or cells do not follow in order; the text is the reference, such as `B7`.
    case disordered(part: String, cell: String)
    /// There is no sheet of that name.
    case unknownSheet(name: String, known: [String])
    /// The workbook has no sheet with cells that is shown.
    case noSheet
    /// The sheet has nothing in it.
    case emptySheet(String)
    /// The headings were to be in a row behind the last one of the sheet.
    case beyondEnd(sheet: String, row: Int, last: Int)
    /// The headings have more columns than allowed.
    case tooManyColumns(found: Int, limit: Int)
    /// Columns with the same name, once each; blanks at the ends and letter case do not make a difference.
    case duplicateHeaders([String])
    /// A heading cannot be used; the text names its cell.
    case badHeader(cell: String, CSVRowProblem?)
}
