public import CRMModel

extension ReportRenderer {
    /// The rows of a report as a workbook: labels as headings, numbers and days as what they are, sums below in bold, then
    /// the notes.
    ///
    /// - Throws: `PlatformError` `limitExceeded` when a text does not go into a cell; `storage`.
    public static func xlsx(_ result: ReportResult, language: Language) throws(PlatformError) -> [UInt8] {
        let headings = result.columns.map { $0.label.text(in: language) }
        do {
            let writer = try WorkbookWriter(
                sheet: result.title.text(in: language),
                headings: headings,
                kinds: result.columns.indices.map { kind(result, $0) },
                zone: result.timeZone
            )
            for row in result.rows {
                for value in row { try writer.value(value) }
                writer.endRow()
            }
            if result.hasTotals {
                let words = result.columns.firstIndex { !$0.hasTotal }
                for (index, total) in result.totals.enumerated() {
                    if let total {
                        try writer.value(total, isBold: true)
                    } else {
                        let word =
                            index == words
                            ? Message(.total).text(in: language) : result.columns[index].hasTotal ? "—" : ""
                        try writer.text(word, isBold: true)
                    }
                }
                writer.endRow()
            }
            for note in result.remarks {
                try writer.text(note.text(in: language))
                writer.endRow()
            }
            return try writer.finish()
        } catch {
            throw error.platformError(headings)
        }
    }

    private static func kind(_ result: ReportResult, _ column: Int) -> WorkbookWriter.Kind {
        let places = result.rows.lazy.compactMap { $0[column].decimalValue?.scale }.max() ?? 0
        switch result.columns[column].type {
        case .text: return .text
        case .integer: return .number(places: 0)
        case .decimal: return .number(places: places)
        case .currency: return .number(places: max(2, places))
        case .percent: return .percent(places: places)
        case .date:
            let isMoment = result.rows.contains { if case .instant = $0[column] { true } else { false } }
            return isMoment ? .moment : .day
        }
    }
}
