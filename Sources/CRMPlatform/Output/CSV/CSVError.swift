/// Why a CSV file as a whole cannot be read.
///
/// What is wrong with a single row is a `CSVRowProblem` and does not end the reading.
public enum CSVError: Error, Sendable, Hashable {
    /// The file cannot be opened or read; the text is the system's reason.
    case unreadable(Int32)
    /// The reading was stopped by the one who asked for it.
    case stopped
    /// There is nothing in the file, or nothing but a byte order mark and blank lines.
    case empty
    /// The headings were to be on a line behind the last one of the file in which something stands.
    case beyondEnd(line: Int, last: Int)
    /// The file is in an encoding that is not read; the text names it.
    case unsupportedEncoding(String)
    /// The header has more columns than allowed.
    case tooManyColumns(found: Int, limit: Int)
    /// Columns with the same name, once each; blanks at the ends and letter case do not make a difference.
    case duplicateHeaders([String])
    /// The header row itself is damaged.
    case badHeader(CSVRowProblem)
}

/// What is wrong with one row of a CSV file.
public enum CSVRowProblem: Error, Sendable, Hashable {
    /// Bytes that are no text in the file's encoding; the column counts from 1, the byte from 1 within the cell.
    case invalidText(column: Int, byte: Int)
    /// The character U+0000, which is stored nowhere; the column counts from 1.
    case nulCharacter(column: Int)
    /// A cell of more bytes than allowed; the column counts from 1.
    case cellTooLong(column: Int, limit: Int)
    /// More columns than allowed.
    case tooManyColumns(limit: Int)
    /// More cells than the header has, and not empty ones.
    case columnCount(found: Int, expected: Int)
    /// Text stands between a closing quotation mark and the next separator; the column counts from 1.
    case textAfterQuote(column: Int)
    /// A quotation mark is never closed: the file from this row to its end is one cell; the column counts from 1.
    case unclosedQuote(column: Int)
}
