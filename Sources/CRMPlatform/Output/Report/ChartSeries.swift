internal import CRMModel

/// The numbers of a chart, taken out of a report.
///
/// There is one label per row and one list of numbers per value column.
///
/// Rows with the same label are drawn as one.
struct ChartSeries {
    /// One value column.
    struct Series {
        /// The heading of the column.
        let name: String
        /// The numbers, 0 where the report has none.
        let numbers: [Double]
        /// The numbers as the table has them.
        let texts: [String]
    }

    /// How many bars and steps are drawn at most.
    static let maximumRows = 60

    /// How many points of a line are drawn at most.
    static let maximumPoints = 1000

    /// The form.
    let kind: ReportResult.Chart.Kind
    /// The labels of the rows drawn.
    let labels: [String]
    /// The days of the rows drawn, in their order; nil unless all labels are days.
    let days: [CalendarDate]?
    /// The value columns.
    let series: [Series]
    /// How many rows are left out.
    let omitted: Int
    /// The least number, 0 at most.
    let lowest: Double
    /// The greatest number, 0 at least.
    let highest: Double

    /// Takes the chart of a report; nil when it has none or there are no rows.
    ///
    /// A line over days goes from the first day to the last, in whatever order the rows are.
    init?(_ result: ReportResult, language: Language, limit: Int = maximumRows) {
        guard let chart = result.chart, let label = result.index(of: chart.labelColumn), !result.rows.isEmpty
        else { return nil }
        let result = chart.kind == .line ? result.addedUpForChart().inOrderOfDays(label) : result.addedUpForChart()
        let count = min(result.rows.count, limit)
        let texts = result.texts(in: language)
        kind = chart.kind
        labels = texts.prefix(count).map { $0[label] }
        let days = result.rows.prefix(count).compactMap { $0[label].dateValue }
        self.days = days.count == count ? days : nil
        series = chart.valueColumns.compactMap { name in
            result.index(of: name).map { column in
                Series(
                    name: result.columns[column].label.text(in: language),
                    numbers: result.rows.prefix(count).map { $0[column].decimalValue?.doubleValue ?? 0 },
                    texts: texts.prefix(count).map { $0[column] }
                )
            }
        }
        omitted = result.rows.count - count
        lowest = min(0, series.flatMap(\.numbers).min() ?? 0)
        highest = max(0, series.flatMap(\.numbers).max() ?? 0)
    }

    /// A step of 1, 2 or 5 times a power of ten that divides the range into at most six parts.
    var step: Double {
        let range = highest - lowest
        guard range > 0 else { return 1 }
        var power = 1.0
        while power * 10 <= range / 6 { power *= 10 }
        while power > range / 6 { power /= 10 }
        for factor in [1.0, 2, 5, 10] where factor * power >= range / 6 { return factor * power }
        return power * 10
    }

    /// The marks of the value axis, from at most the least to at least the greatest number.
    var ticks: [Double] {
        let step = step
        let first = (lowest / step).rounded(.down)
        let last = max((highest / step).rounded(.up), first + 1)
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// A mark in words: no more places than the step needs, groups of three.
    static func text(tick: Double, step: Double) -> String {
        var scale = 0
        var unit = step
        while unit < 0.999, scale < 6 {
            unit *= 10
            scale += 1
        }
        var factor = 1.0
        for _ in 0..<scale { factor *= 10 }
        guard let units = Int64(exactly: (tick * factor).rounded()),
            let number = FixedDecimal(units: units, scale: scale)
        else { return tick.description }
        return number.formatted(grouping: true)
    }
}
