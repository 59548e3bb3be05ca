public import CRMModel

/// A table for the terminal, with box lines, aligned also where signs take two columns.
///
/// Cells may hold anything: control characters are shown as escapes. In a table that is too wide for the terminal first
/// the columns that wrap get narrower, then those that may be cut; what still does not fit is left out from the right, and
/// a line below the table names it.
public struct TextTable: Sendable {
    /// What becomes of a column for which there is not enough room.
    public enum Fit: Sendable, Hashable {
        /// Its cells may be cut, and it may be left out.
        case cut
        /// Its cells go on in further lines, and it may be left out.
        case wrap
        /// It is shown whole or left out: half a number or day says something wrong.
        case whole
        /// It is always shown whole, as what names the row.
        case kept
    }

    /// A column.
    public struct Column: Sendable {
        /// The heading.
        public var title: String
        /// Where the cells stand; headings stand the same way.
        public var alignment: DisplayWidth.Alignment
        /// What becomes of it when there is not enough room.
        public var fit: Fit

        /// Makes a column; one that stands on the right is shown whole unless said otherwise.
        public init(_ title: String, alignment: DisplayWidth.Alignment = .left, fit: Fit? = nil) {
            self.title = title
            self.alignment = alignment
            self.fit = fit ?? (alignment == .right ? .whole : .cut)
        }
    }

    /// The columns.
    public var columns: [Column]
    /// The rows; a missing cell is empty, surplus cells are left out.
    public var rows: [[String]] = []
    /// The colour of the first sign of cells, by row and column: `#rrggbb`, or empty; for terminals only.
    public var colours: [[String]] = []
    /// A last row below a line of its own, as sums are.
    public var footer: [String]?
    /// The columns of the terminal; nil for as wide as the cells are.
    public var maximumWidth: Int?
    /// The greatest width of a column that may be cut.
    public var maximumColumnWidth = 60
    /// What to do about columns that were left out, said behind their names; nil for nothing.
    public var hiddenHint: Message?
    /// The language of the table's own words.
    public var language: Language

    /// Makes a table without rows.
    public init(columns: [Column], language: Language = .zhCN) {
        self.columns = columns
        self.language = language
    }

    /// Whether the columns that are always shown fit into the terminal.
    public var keptColumnsFit: Bool {
        guard let maximumWidth else { return true }
        let widths = naturalWidths()
        return Self.width(of: widths.indices.filter { columns[$0].fit == .kept }.map { widths[$0] }) <= maximumWidth
    }

    /// The table as lines, each with a line feed; empty when there are no columns.
    public func rendered() -> String {
        guard !columns.isEmpty else { return "" }
        let (shown, widths) = fitted()
        var text = line(widths, "┌", "┬", "┐")
        text += row(columns.map(\.title), shown, widths)
        text += line(widths, "├", "┼", "┤")
        for (index, cells) in rows.enumerated() {
            text += row(cells, shown, widths, colours: index < colours.count ? colours[index] : [])
        }
        if rows.isEmpty {
            let inner = widths.reduce(0, +) + 3 * (widths.count - 1)
            text +=
                "│ " + DisplayWidth.padded(Message(.noRows).text(in: language), to: inner, alignment: .left) + " │\n"
        }
        if let footer {
            text += line(widths, "├", "┼", "┤")
            text += row(footer, shown, widths)
        }
        text += line(widths, "└", "┴", "┘")
        if shown.count < columns.count {
            let hidden = columns.indices.filter { !shown.contains($0) }
            let names = hidden.map { DisplayWidth.escapingControls(columns[$0].title) }.joined(separator: ", ")
            let hint = hiddenHint.map { Message.Argument.message($0) } ?? .text("")
            let note = Message(.hiddenColumns, ["names": .text(names), "hint": hint]).text(in: language)
            // What is to be typed stays in one piece.
            text += DisplayWidth.wrapped(note, to: max(maximumWidth ?? .max, 60)).joined(separator: "\n") + "\n"
        }
        return text
    }

    // MARK: - Widths

    private func naturalWidths() -> [Int] {
        columns.indices.map { index in
            var width = DisplayWidth.columns(of: columns[index].title)
            for cells in rows where index < cells.count { width = max(width, columnsNeeded(cells[index], index)) }
            if let footer, index < footer.count { width = max(width, DisplayWidth.columns(of: footer[index])) }
            return max(width, 1)
        }
    }

    private func columnsNeeded(_ cell: String, _ column: Int) -> Int {
        let width = DisplayWidth.columns(of: cell)
        return columns[column].fit == .cut ? min(width, maximumColumnWidth) : width
    }

    /// The least width that a column is made narrower to: its heading, and 6 to 12 columns.
    private func leastWidth(_ column: Int) -> Int {
        min(max(DisplayWidth.columns(of: columns[column].title), 6), 12)
    }

    /// The positions of the columns that are shown, and their widths.
    private func fitted() -> (shown: [Int], widths: [Int]) {
        var natural = naturalWidths()
        if rows.isEmpty {
            let text = DisplayWidth.columns(of: Message(.noRows).text(in: language))
            let inner = natural.reduce(0, +) + 3 * (natural.count - 1)
            if inner < text { natural[natural.count - 1] += text - inner }
        }
        var shown = Array(columns.indices)
        guard let limit = maximumWidth else { return (shown, natural) }
        while true {
            let widths = narrowed(shown, natural, to: limit)
            if Self.width(of: widths) <= limit { return (shown, widths) }
            guard shown.count > 1, let last = shown.lastIndex(where: { columns[$0].fit != .kept }) else {
                return (shown, widths)
            }
            shown.remove(at: last)
        }
    }

    /// The widths of columns in a limit, as far as they may be made narrower.
    private func narrowed(_ shown: [Int], _ natural: [Int], to limit: Int) -> [Int] {
        var widths = shown.map { natural[$0] }
        var surplus = Self.width(of: widths) - limit
        func narrow(_ fit: Fit, to least: (Int) -> Int) {
            while surplus > 0 {
                let candidates = widths.indices.filter {
                    columns[shown[$0]].fit == fit && widths[$0] > least(shown[$0])
                }
                guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
                widths[widest] -= 1
                surplus -= 1
            }
        }
        narrow(.wrap) { _ in 24 }
        narrow(.cut, to: leastWidth)
        narrow(.wrap) { max(leastWidth($0), 10) }
        return widths
    }

    private static func width(of widths: [Int]) -> Int { widths.reduce(0, +) + 3 * widths.count + 1 }

    // MARK: - Lines

    private func line(_ widths: [Int], _ left: String, _ middle: String, _ right: String) -> String {
        left + widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle) + right + "\n"
    }

    private func row(_ cells: [String], _ shown: [Int], _ widths: [Int], colours: [String] = []) -> String {
        let parts = zip(shown, widths).map { index, width -> [String] in
            let cell = index < cells.count ? cells[index] : ""
            guard columns[index].fit == .wrap else { return [cell] }
            return DisplayWidth.wrapped(DisplayWidth.escapingControls(cell), to: width)
        }
        var text = ""
        for height in 0..<(parts.map(\.count).max() ?? 1) {
            text += "│"
            for (position, width) in widths.enumerated() {
                let column = shown[position]
                let part = height < parts[position].count ? parts[position][height] : ""
                let cell = DisplayWidth.padded(part, to: width, alignment: columns[column].alignment)
                let colour = height == 0 && column < colours.count ? colours[column] : ""
                text += " " + TerminalColour.colouringFirst(of: cell, colour) + " │"
            }
            text += "\n"
        }
        return text
    }
}
