public import CRMModel

extension ReportRenderer {
    /// The rows of a report as CSV with the labels as headings: exact numbers without groups, moments in the company's time
    /// zone, no sums.
    public static func csv(_ result: ReportResult, language: Language, byteOrderMark: Bool = true) -> [UInt8] {
        var writer = CSVWriter(byteOrderMark: byteOrderMark)
        writer.row(result.columns.map { $0.label.text(in: language) })
        for row in result.rows {
            for value in row {
                if case .instant(let moment) = value {
                    writer.text(moment.text(in: result.timeZone))
                } else {
                    writer.value(value)
                }
            }
            writer.endRow()
        }
        return writer.takeBytes()
    }

    /// The report in a format; SVG is empty for a report without a chart.
    ///
    /// - Parameters:
    ///   - result: The report.
    ///   - format: The form.
    ///   - language: The language of headings.
    ///   - width: The columns of the terminal, for text.
    /// - Returns: The bytes of the file; texts are UTF-8.
    /// - Throws: `PlatformError` when the report does not go into a workbook.
    public static func bytes(
        _ result: ReportResult,
        as format: Format,
        language: Language,
        width: Int? = nil
    ) throws(PlatformError) -> [UInt8] {
        switch format {
        case .xlsx: try xlsx(result, language: language)
        case .text: Array(text(result, language: language, width: width).utf8)
        case .html: Array(html(result, language: language).utf8)
        case .svg: Array((svg(result, language: language) ?? "").utf8)
        case .csv: csv(result, language: language)
        case .json: json(result, language: language)
        }
    }
}
