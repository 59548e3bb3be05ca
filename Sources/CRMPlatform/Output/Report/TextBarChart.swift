internal import CRMModel

/// A chart of horizontal bars made of block characters, for the terminal; a line chart is drawn as bars too, and a funnel
/// has its bars in the middle.
struct TextBarChart {
    private let chart: ChartSeries
    private let language: Language

    /// Takes the chart of a report; nil when it has none or there are no rows.
    init?(_ result: ReportResult, language: Language) {
        guard let chart = ChartSeries(result, language: language) else { return nil }
        self.chart = chart
        self.language = language
    }

    /// The chart as lines; `width` columns at most, but at least 40.
    func rendered(width: Int) -> String {
        var text = ""
        for series in chart.series {
            if chart.series.count > 1 { text += DisplayWidth.escapingControls(series.name) + "\n" }
            let width = max(width, 40)
            text += chart.kind == .funnel ? steps(of: series, width: width) : bars(of: series, width: width)
        }
        if chart.omitted > 0 {
            text += Message(.moreRows, ["count": "\(chart.omitted)"]).text(in: language) + "\n"
        }
        return text
    }

    private func bars(of series: ChartSeries.Series, width: Int) -> String {
        let lowest = min(0, series.numbers.min() ?? 0)
        let highest = max(0, series.numbers.max() ?? 0)
        let labelWidth = min(chart.labels.map { DisplayWidth.columns(of: $0) }.max() ?? 0, width / 3)
        let numberWidth = series.texts.map { DisplayWidth.columns(of: $0) }.max() ?? 0
        let room = max(10, width - labelWidth - numberWidth - 4)
        let unit = highest > lowest ? Double(room) / (highest - lowest) : 0
        let left = Int((-lowest * unit).rounded(.up))
        var text = ""
        for (index, number) in series.numbers.enumerated() {
            text += DisplayWidth.padded(chart.labels[index], to: labelWidth, alignment: .left) + " "
            if left > 0 {
                let bar = number < 0 ? Self.wholeBlocks(-number * unit) : ""
                text += String(repeating: " ", count: max(0, left - bar.count)) + bar
            }
            text += "▏" + (number > 0 ? Self.blocks(number * unit) : "") + " " + series.texts[index] + "\n"
        }
        return text
    }

    private func steps(of series: ChartSeries.Series, width: Int) -> String {
        let labelWidth = min(chart.labels.map { DisplayWidth.columns(of: $0) }.max() ?? 0, width / 3)
        let numberWidth = series.texts.map { DisplayWidth.columns(of: $0) }.max() ?? 0
        let shares = chart.shares(of: series)
        let shareWidth = shares.map { DisplayWidth.columns(of: $0) }.max() ?? 0
        let room = max(10, width - labelWidth - numberWidth - shareWidth - 4)
        let unit = chart.highest > 0 ? Double(room) / chart.highest : 0
        var text = ""
        for (index, number) in series.numbers.enumerated() {
            // Both sides are equal, so that a step stands in the middle: an odd room has odd steps.
            let side = Int(((Double(room) - max(0, number) * unit) / 2).rounded())
            let bar = String(repeating: "█", count: number > 0 ? max(1, room - 2 * side) : 0)
            let line = [
                DisplayWidth.padded(chart.labels[index], to: labelWidth, alignment: .left),
                DisplayWidth.padded(bar, to: room, alignment: .centre),
                DisplayWidth.padded(series.texts[index], to: numberWidth, alignment: .right),
                DisplayWidth.padded(shares[index], to: shareWidth, alignment: .right),
            ]
            text += line.joined(separator: " ") + "\n"
        }
        return text
    }

    /// A bar of a length in columns, to the eighth.
    static func blocks(_ length: Double) -> String {
        let eighths = Int((length * 8).rounded())
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let bar = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
        return bar.isEmpty ? "▏" : bar
    }

    // There are no block characters that grow from the right edge.
    private static func wholeBlocks(_ length: Double) -> String {
        String(repeating: "█", count: max(1, Int(length.rounded())))
    }
}
