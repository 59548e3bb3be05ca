internal import CRMModel

/// Draws the chart of a report as SVG: bars or lines with an axis, grid, labels and legend, or a funnel.
struct SVGChart {
    let chart: ChartSeries
    let title: String
    private let language: Language

    static let width = 760.0
    static let colours = [
        "#2f6fb3", "#d9822b", "#3d9970", "#b3475f", "#7a5cab", "#8a6d3b", "#4c9fb3", "#777777",
    ]

    /// Takes the chart of a report; nil when it has none or there are no rows.
    init?(_ result: ReportResult, language: Language) {
        let limit = result.chart?.kind == .line ? ChartSeries.maximumPoints : ChartSeries.maximumRows
        guard let chart = ChartSeries(result, language: language, limit: limit) else { return nil }
        self.chart = chart
        self.language = language
        title = result.title.text(in: language)
    }

    /// The drawing as one `svg` element with a title for screen readers.
    func rendered() -> String {
        switch chart.kind {
        case .bar: bars()
        case .line: lines()
        case .funnel: funnel()
        }
    }

    // MARK: - Bars

    private func bars() -> String {
        let labelWidth = min(220, 16 + Self.textWidth(of: chart.labels))
        let numberRoom = 12 + Self.textWidth(of: chart.series.flatMap(\.texts))
        let ticks = chart.ticks
        let (low, high) = (ticks.first ?? 0, ticks.last ?? 1)
        let right = Self.width - numberRoom
        let unit = (right - labelWidth) / (high - low)
        let thickness = chart.series.count == 1 ? 18.0 : 16.0
        let band = thickness * Double(chart.series.count) + 10
        let top = chart.series.count > 1 ? 34.0 : 10.0
        let bottom = top + band * Double(chart.labels.count)
        var drawing = SVGDrawing(width: Self.width, height: bottom + 28, title: title)
        if chart.series.count > 1 { legend(into: &drawing) }
        for tick in ticks {
            let x = labelWidth + (tick - low) * unit
            drawing.line(x, top, x, bottom, colour: tick == 0 ? "#666" : "#ddd")
            drawing.text(
                ChartSeries.text(tick: tick, step: chart.step),
                x,
                bottom + 18,
                anchor: "middle",
                colour: "#666"
            )
        }
        for (row, label) in chart.labels.enumerated() {
            let y = top + band * Double(row) + 5
            drawing.text(
                DisplayWidth.truncated(label, to: 28),
                labelWidth - 8,
                y + (band - 10) / 2 + 4,
                anchor: "end",
                colour: "#222"
            )
            for (index, series) in chart.series.enumerated() {
                let number = series.numbers[row]
                let from = labelWidth + (min(0, number) - low) * unit
                let barY = y + thickness * Double(index)
                drawing.bar(
                    from,
                    barY,
                    abs(number) * unit,
                    thickness - 2,
                    colour: Self.colours[index % Self.colours.count]
                )
                let end = labelWidth + (max(0, number) - low) * unit
                drawing.text(series.texts[row], end + 5, barY + thickness / 2 + 3, anchor: "start", colour: "#444")
            }
        }
        omission(into: &drawing, y: bottom + 18)
        return drawing.finished()
    }

    // MARK: - Shared parts

    func legend(into drawing: inout SVGDrawing) {
        var x = 16.0
        for (index, series) in chart.series.enumerated() {
            drawing.bar(x, 10, 12, 12, colour: Self.colours[index % Self.colours.count])
            drawing.text(series.name, x + 18, 20, anchor: "start", colour: "#222")
            x += 36 + Self.textWidth(of: [series.name])
        }
    }

    func omission(into drawing: inout SVGDrawing, y: Double) {
        guard chart.omitted > 0 else { return }
        let text = Message(.moreRows, ["count": "\(chart.omitted)"]).text(in: language)
        drawing.text(text, 8, y, anchor: "start", colour: "#666")
    }

    /// The width of the longest text at 13 pixels, as near as can be known without the font.
    static func textWidth(of texts: [String]) -> Double {
        Double(texts.map { min(28, DisplayWidth.columns(of: $0)) }.max() ?? 0) * 6.8
    }
}
