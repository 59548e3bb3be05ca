public import CRMModel

extension ReportRenderer {
    /// The chart of a report as one SVG element, nil when the report has no chart or no rows.
    public static func svg(_ result: ReportResult, language: Language) -> String? {
        SVGChart(result, language: language)?.rendered()
    }

    /// The report as one HTML page that needs nothing else: title, text, chart, table with sums, notes.
    ///
    /// Everything the report holds is escaped, and the page forbids scripts and other sources to itself.
    public static func html(_ result: ReportResult, language: Language) -> String {
        let title = HTMLText.escaped(result.title.text(in: language))
        var page = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            \(HTMLPage.policy)
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            \(style)
            </style>
            </head>
            <body>
            <h1>\(title)</h1>

            """
        if let text = result.text {
            page += "<p class=\"text\">\(HTMLText.escaped(text.text(in: language)))</p>\n"
        }
        if let chart = svg(result, language: language) { page += "<figure>\n\(chart)</figure>\n" }
        page += table(result, language)
        for note in result.remarks { page += "<p class=\"note\">\(HTMLText.escaped(note.text(in: language)))</p>\n" }
        return page + "</body>\n</html>\n"
    }

    private static func table(_ result: ReportResult, _ language: Language) -> String {
        var text = "<table>\n<thead><tr>"
        for column in result.columns {
            text += "<th\(mark(column))>\(HTMLText.escaped(column.label.text(in: language)))</th>"
        }
        text += "</tr></thead>\n<tbody>\n"
        for row in result.texts(in: language) { text += line(row, result.columns) }
        if result.rows.isEmpty {
            let none = HTMLText.escaped(Message(.noRows).text(in: language))
            text += "<tr><td colspan=\"\(result.columns.count)\">\(none)</td></tr>\n"
        }
        text += "</tbody>\n"
        if let totals = result.totalTexts(in: language) {
            text += "<tfoot>\n" + line(totals, result.columns) + "</tfoot>\n"
        }
        return text + "</table>\n"
    }

    private static func line(_ cells: [String], _ columns: [ReportResult.Column]) -> String {
        let cells = zip(columns, cells).map { "<td\(mark($0))>\(HTMLText.escaped($1))</td>" }
        return "<tr>" + cells.joined() + "</tr>\n"
    }

    private static func mark(_ column: ReportResult.Column) -> String { column.type.isNumeric ? " class=\"n\"" : "" }

    private static let style = """
        body { font: 15px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }
        h1 { font-size: 1.4em; }
        .text { white-space: pre-line; }
        figure { margin: 1em 0; overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border-bottom: 1px solid #ddd; padding: .35em .7em; text-align: left; vertical-align: top; }
        th { border-bottom: 2px solid #888; white-space: nowrap; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        tfoot td { border-top: 2px solid #888; border-bottom: none; font-weight: bold; }
        .note { color: #666; font-size: .9em; }
        @media print { body { margin: 0; max-width: none; } thead { display: table-header-group; } tr { break-inside: avoid; } }
        """
}
