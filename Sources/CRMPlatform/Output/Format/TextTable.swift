public import CRMModel

/// A table for the terminal, with box lines, aligned also where signs take two columns.
///
/// Cells may hold anything: control characters are shown as escapes. A table that is too wide for the terminal gets
/// narrower text columns first, then narrower numbers, and at last fewer columns, which a line below it names.
public struct TextTable: Sendable {
    /// A column.
    public struct Column: Sendable {
        /// The heading.
        public var title: String
        /// Where the cells stand; headings stand the same way.
        public var alignment: DisplayWidth.Alignment

        /// Makes a column.
        public init(_ title: String, alignment: DisplayWidth.Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// The columns.
    public var columns: [Column]
    /// The rows; a missing cell is empty, surplus cells are left out.
    public var rows: [[String]] = []
    /// A last row below a line of its own, as sums are.
    public var footer: [String]?
    /// The columns of the terminal; nil for as wide as the cells are.
    public var maximumWidth: Int?
    /// The greatest width of one column.
    public var maximumColumnWidth = 60
    /// The language of the table's own words.
    public var language: Language

    /// Makes a table without rows.
    public init(columns: [Column], language: Language = .zhCN) {
        self.columns = columns
        self.language = language
    }

    /// The least width that a column is made narrower to.
    private static let leastWidth = 6

    /// The table as lines, each with a line feed; empty when there are no columns.
    public func rendered() -> String {
        guard !columns.isEmpty else { return "" }
        let (widths, shown) = fittedWidths()
        var text = line(widths, "┌", "┬", "┐")
        text += row(columns.map(\.title), widths)
        text += line(widths, "├", "┼", "┤")
        for cells in rows { text += row(cells, widths) }
        if rows.isEmpty {
            let inner = widths.reduce(0, +) + 3 * (widths.count - 1)
            text +=
                "│ " + DisplayWidth.padded(Message(.noRows).text(in: language), to: inner, alignment: .left) + " │\n"
        }
        if let footer {
            text += line(widths, "├", "┼", "┤")
            text += row(footer, widths)
        }
        text += line(widths, "└", "┴", "┘")
        if shown < columns.count {
            let names = columns[shown...].map { DisplayWidth.escapingControls($0.title) }.joined(separator: ", ")
            text += Message(.hiddenColumns, ["names": .text(names)]).text(in: language) + "\n"
        }
        return text
    }

    private func fittedWidths() -> (widths: [Int], shown: Int) {
        var widths = columns.indices.map { index in
            var width = DisplayWidth.columns(of: columns[index].title)
            for cells in rows where index < cells.count { width = max(width, DisplayWidth.columns(of: cells[index])) }
            if let footer, index < footer.count { width = max(width, DisplayWidth.columns(of: footer[index])) }
            return min(max(width, 1), maximumColumnWidth)
        }
        if rows.isEmpty {
            let text = DisplayWidth.columns(of: Message(.noRows).text(in: language))
            let inner = widths.reduce(0, +) + 3 * (widths.count - 1)
            if inner < text { widths[widths.count - 1] += text - inner }
        }
        guard let limit = maximumWidth else { return (widths, widths.count) }
        var surplus = Self.width(of: widths) - limit
        for alignments in [[DisplayWidth.Alignment.left, .centre], [.right]] {
            while surplus > 0 {
                let candidates = widths.indices.filter {
                    alignments.contains(columns[$0].alignment) && widths[$0] > Self.leastWidth
                }
                guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
                surplus -= 1
            }
        }
        while Self.width(of: widths) > limit, widths.count > 1 { widths.removeLast() }
        return (widths, widths.count)
    }

    private static func width(of widths: [Int]) -> Int { widths.reduce(0, +) + 3 * widths.count + 1 }

    private func line(_ widths: [Int], _ left: String, _ middle: String, _ right: String) -> String {
        left + widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle) + right + "\n"
    }

    private func row(_ cells: [String], _ widths: [Int]) -> String {
        var text = "│"
        for (index, width) in widths.enumerated() {
            let cell = index < cells.count ? cells[index] : ""
            text += " " + DisplayWidth.padded(cell, to: width, alignment: columns[index].alignment) + " │"
        }
        return text + "\n"
    }
}
