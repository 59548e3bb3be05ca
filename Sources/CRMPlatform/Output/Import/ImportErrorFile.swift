internal import CRMModel

/// Writes the rows that were refused, with their numbers and reasons, so that they can be mended and imported again.
///
/// All cells of a row are kept, also those right of the last heading. A cell that the reader itself has refused carries
/// its note (`CellNote.marked`), so that it is refused again until it is mended.
package struct ImportErrorFile {
    private var writer: CSVWriter
    private let sink: ([UInt8]) throws -> Void
    private let left: Set<Int>
    private var isEmpty = true
    private let headers: [String]
    private let added: [String]

    /// The headings of the two columns that are added, by language.
    private static let words: [Language: [String]] = [
        .zhCN: ["行号", "错误"], .zhTW: ["列號", "錯誤"], .en: ["Row", "Error"],
    ]

    /// Prepares an error file for a file with these headings; the columns `left` are not copied.
    ///
    /// The columns that are added get names that neither the file nor `isTaken` knows.
    init(
        headers: [String],
        left: [Int],
        dialect: CSVDialect,
        language: Language,
        isTaken: (String) -> Bool,
        sink: @escaping ([UInt8]) throws -> Void
    ) {
        writer = CSVWriter(dialect: dialect, byteOrderMark: true)
        self.sink = sink
        self.left = Set(left)
        self.headers = headers
        let words = Self.words[language] ?? ["Row", "Error"]
        let kept = headers.indices.filter { !left.contains($0) }.map { headers[$0] }
        var depth = 1
        while depth < 9,
            words.contains(where: { isTaken(Self.bracketed($0, depth)) || kept.contains(Self.bracketed($0, depth)) })
        {
            depth += 1
        }
        added = words.map { Self.bracketed($0, depth) }
    }

    private static func bracketed(_ word: String, _ depth: Int) -> String {
        String(repeating: "[", count: depth) + word + String(repeating: "]", count: depth)
    }

    /// The positions of the columns that an error file has added: its first two, under the names of one language that
    /// no field has.
    static func ownColumns(_ headers: [String], isTaken: (String) -> Bool) -> [Int] {
        guard headers.count > 2 else { return [] }
        for names in words.values {
            for depth in 1..<10 where headers.starts(with: names.map { bracketed($0, depth) }) {
                return headers.prefix(2).contains(where: isTaken) ? [] : [0, 1]
            }
        }
        return []
    }

    /// Adds a row with the reason why it was refused.
    mutating func add(_ row: CSVRow, reason: String, isMarked: (CellNote) -> Bool) {
        if isEmpty {
            isEmpty = false
            for header in added { writer.text(header) }
            for index in headers.indices where !left.contains(index) { writer.text(headers[index]) }
            writer.endRow()
        }
        writer.value(.integer(Int64(row.number)))
        writer.text(reason)
        for index in 0..<max(headers.count, row.count) where !left.contains(index) {
            let text = Self.legible(row.string(index))
            if let note = row.notes.first(where: { $0.column == index && isMarked($0) }) {
                writer.write(note.marked(text, row: row.number))
            } else if CellNote.isErrorText(text) {
                writer.write(text)
            } else {
                // What the cell means is guarded, not the guard that it had: read again it means the same.
                writer.text(FormulaGuard.unguarded(text))
            }
        }
        writer.endRow()
    }

    /// Whether a file that begins so is the error file of an import: its headings begin with the two that are added.
    package static func isErrorFile(_ head: [UInt8]) -> Bool {
        let text = String(decoding: head.prefix { $0 != 0x0A }, as: UTF8.self)
        let headings = text.split { $0.isNewline || ",;|\t\"\u{FEFF}".contains($0) }.map(String.init)
        return !ownColumns(headings, isTaken: { _ in false }).isEmpty
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
