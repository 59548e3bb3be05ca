internal import CRMModel

/// Writes the rows that were refused, with their numbers and reasons, so that they can be mended and imported again.
package struct ImportErrorFile {
    /// The headings of the two columns that are added; an import leaves them out.
    static let headers = ["行号", "错误"]

    private var writer: CSVWriter
    private let sink: ([UInt8]) throws -> Void
    private let left: Set<Int>
    private let columnCount: Int
    private var isEmpty = true
    private let headers: [String]

    /// Prepares an error file for a file with these headings; the columns `left` are not copied.
    init(headers: [String], left: [Int], dialect: CSVDialect, sink: @escaping ([UInt8]) throws -> Void) {
        writer = CSVWriter(dialect: dialect, byteOrderMark: true)
        self.sink = sink
        self.left = Set(left)
        self.headers = headers
        columnCount = headers.count
    }

    /// Adds a row with the reason why it was refused.
    mutating func add(_ row: CSVRow, reason: String) {
        if isEmpty {
            isEmpty = false
            for index in headers.indices where !left.contains(index) { writer.text(headers[index]) }
            for header in Self.headers { writer.text(header) }
            writer.endRow()
        }
        for index in 0..<columnCount where !left.contains(index) { writer.text(Self.legible(row.string(index))) }
        writer.value(.integer(Int64(row.number)))
        writer.text(reason)
        writer.endRow()
    }

    /// Whether a file that begins so is the error file of an import: its headings end with the two that are added.
    package static func isErrorFile(_ head: [UInt8]) -> Bool {
        let text = String(decoding: head.prefix { $0 != 0x0A }, as: UTF8.self)
        let headings = text.split { $0.isNewline || ",;|\t\"\u{FEFF}".contains($0) }
        return headings.suffix(2).elementsEqual(headers.map { Substring($0) })
    }

    /// Gives out what has been written.
    ///
    /// - Throws: What the receiver throws.
    mutating func flush() throws {
        // Before the first row there is but the byte order mark, which makes no file.
        guard !isEmpty else { return }
        let bytes = writer.takeBytes()
        if !bytes.isEmpty { try sink(bytes) }
    }

    /// A cell without the sign that no file may hold, cut when it is as long as a book.
    private static func legible(_ text: String) -> String {
        let shown = text.utf8.count > 32_768 ? String(text.prefix(32_000)) + "…" : text
        return shown.utf8.contains(0) ? shown.replacing("\0", with: "\u{2400}") : shown
    }
}
