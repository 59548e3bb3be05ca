public import CRMModel

/// Puts the result of a report into a form for people or programs.
public enum ReportRenderer {
    /// What a report can be written as.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// A table, and a chart of block characters, for the terminal.
        case text
        /// One self-contained HTML page with the chart as SVG.
        case html
        /// The chart alone as SVG.
        case svg
        /// Comma-separated values, with exact numbers and without groups of three.
        case csv
        /// A workbook, with numbers and days as what they are, and sums.
        case xlsx
        /// JSON with columns, rows and sums.
        case json

        /// The form that the ending of a file's name stands for: `.txt`, `.html`, `.svg`, `.csv`, `.xlsx` or `.json`;
        /// nil for every other.
        public init?(path: String) {
            switch path.split(separator: ".").last?.lowercased() {
            case "txt": self = .text
            case "html", "htm": self = .html
            case "svg": self = .svg
            case "csv": self = .csv
            case "xlsx": self = .xlsx
            case "json": self = .json
            default: return nil
            }
        }
    }

    /// The report as a title, the text, a table, the chart and the notes, for a terminal.
    ///
    /// - Parameters:
    ///   - result: The report.
    ///   - language: The language of headings.
    ///   - width: The columns of the terminal; nil for as wide as it gets.
    ///   - hiddenHint: What to say where columns find no room, such as how to see them; nil for nothing.
    /// - Returns: Lines, each with a line feed.
    public static func text(
        _ result: ReportResult,
        language: Language,
        width: Int? = nil,
        hiddenHint: Message? = nil
    ) -> String {
        let texts = result.texts(in: language)
        let firstWidth = texts.map { $0.first.map(DisplayWidth.columns(of:)) ?? 0 }.max() ?? 0
        var table = TextTable(
            columns: result.columns.enumerated().map { index, column in
                // The first column says what a row is about; half a number or day would say something wrong.
                let fit: TextTable.Fit =
                    index == 0 && firstWidth <= 40 ? .kept : column.type == .text ? .cut : .whole
                return TextTable.Column(
                    column.label.text(in: language),
                    alignment: column.type.isNumeric ? .right : .left,
                    fit: fit
                )
            },
            language: language
        )
        table.rows = texts
        table.footer = result.totalTexts(in: language)
        table.maximumWidth = width
        table.hiddenHint = hiddenHint ?? Message(.hiddenReportColumns)
        var parts = [DisplayWidth.escapingControls(result.title.text(in: language)) + "\n"]
        if let text = result.text {
            parts.append(DisplayWidth.escapingControls(text.text(in: language), keepingLines: true) + "\n")
        }
        parts.append(table.rendered())
        if let chart = TextBarChart(result, language: language) {
            parts.append("\n" + chart.rendered(width: min(width ?? 100, 160)))
        }
        if !result.remarks.isEmpty {
            parts.append("\n")
            parts += result.remarks.map { DisplayWidth.escapingControls($0.text(in: language)) + "\n" }
        }
        return parts.joined()
    }

    /// The report as JSON: `title`, `text` if there is one, `columns` (name, label, type), `rows` (arrays in column order), `totals`, `chart`, `notes`.
    ///
    /// Decimals and days are strings, as everywhere in the platform's JSON.
    public static func json(_ result: ReportResult, language: Language, pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty, capacity: 256 + result.rows.count * result.columns.count * 16)
        writer.beginObject()
        writer.key("title")
        writer.string(result.title.text(in: language))
        if let text = result.text {
            writer.key("text")
            writer.string(text.text(in: language))
        }
        writer.key("columns")
        writer.beginArray()
        for column in result.columns {
            writer.beginObject()
            writer.key("name")
            writer.string(column.name)
            writer.key("label")
            writer.string(column.label.text(in: language))
            writer.key("type")
            writer.string(column.type.rawValue)
            writer.endObject()
        }
        writer.endArray()
        writer.key("rows")
        writer.beginArray()
        for row in result.rows {
            writer.beginArray()
            for value in row { writer.value(value) }
            writer.endArray()
        }
        writer.endArray()
        if result.hasTotals {
            writer.key("totals")
            writer.beginArray()
            for total in result.totals { writer.value(total ?? .null) }
            writer.endArray()
        }
        if let chart = result.chart { write(chart, into: &writer) }
        writer.key("notes")
        writer.beginArray()
        for note in result.remarks { writer.string(note.text(in: language)) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ chart: ReportResult.Chart, into writer: inout JSONWriter) {
        writer.key("chart")
        writer.beginObject()
        writer.key("kind")
        writer.string(chart.kind.rawValue)
        writer.key("label")
        writer.string(chart.labelColumn)
        writer.key("values")
        writer.beginArray()
        for column in chart.valueColumns { writer.string(column) }
        writer.endArray()
        writer.endObject()
    }
}
