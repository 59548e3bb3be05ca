internal import CRMModel

extension SVGChart {
    /// Steps in the middle of the drawing, each as wide as its number, with slopes between them.
    func funnel() -> String {
        guard let series = chart.series.first else { return "" }
        let shares = chart.shares(of: series)
        let labelWidth = min(220, 16 + Self.textWidth(of: chart.labels))
        let shareWidth = 16 + Self.textWidth(of: shares)
        let left = labelWidth + Self.textWidth(of: series.texts) + 24
        let right = Self.width - shareWidth - 8
        let (middle, unit) = ((left + right) / 2, chart.highest > 0 ? (right - left) / chart.highest : 0)
        let (thickness, slope) = (30.0, 12.0)
        let band = thickness + slope
        let bottom = 10 + band * Double(chart.labels.count) - slope
        var drawing = SVGDrawing(width: Self.width, height: bottom + (chart.omitted > 0 ? 28 : 10), title: title)
        // A number below nothing has no width; one that is very small can still be seen.
        let halves = series.numbers.map { $0 > 0 ? max(1, $0 * unit / 2) : 0 }
        for (row, label) in chart.labels.enumerated() {
            let y = 10 + band * Double(row)
            if row + 1 < halves.count {
                drawing.polygon(
                    [
                        (middle - halves[row], y + thickness), (middle + halves[row], y + thickness),
                        (middle + halves[row + 1], y + band), (middle - halves[row + 1], y + band),
                    ],
                    colour: "#c9d9ea"
                )
            }
            drawing.bar(middle - halves[row], y, halves[row] * 2, thickness, colour: Self.colours[0])
            let base = y + thickness / 2 + 5
            drawing.text(DisplayWidth.truncated(label, to: 28), 8, base, anchor: "start", colour: "#222")
            drawing.text(series.texts[row], left - 16, base, anchor: "end", colour: "#222")
            drawing.text(shares[row], Self.width - 8, base, anchor: "end", colour: "#666")
        }
        omission(into: &drawing, y: bottom + 18)
        return drawing.finished()
    }
}

extension ChartSeries {
    /// Each number as a share of the first, `37.5%`, all with a place or all without; empty when the first is not above 0.
    func shares(of series: Series) -> [String] {
        guard let first = series.numbers.first, first > 0 else { return series.numbers.map { _ in "" } }
        let tenths = series.numbers.map { Int64(exactly: ($0 / first * 1000).rounded()) }
        let scale = tenths.allSatisfy { ($0 ?? 0) % 10 == 0 } ? 0 : 1
        return tenths.map { tenths in
            let share = tenths.flatMap { FixedDecimal(units: $0, scale: 1) }?.rescaled(to: scale)
            return share.map { $0.formatted(grouping: true) + "%" } ?? ""
        }
    }
}
