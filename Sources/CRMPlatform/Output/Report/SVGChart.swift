internal import CRMModel

/// Draws the chart of a report as SVG: bars or lines with an axis, grid, labels and legend.
struct SVGChart {
    private let chart: ChartSeries
    private let title: String
    private let language: Language

    private static let width = 760.0
    private static let colours = [
        "#2f6fb3", "#d9822b", "#3d9970", "#b3475f", "#7a5cab", "#8a6d3b", "#4c9fb3", "#777777",
    ]

    /// Takes the chart of a report; nil when it has none or there are no rows.
    init?(_ result: ReportResult, language: Language) {
        guard let chart = ChartSeries(result, language: language) else { return nil }
        self.chart = chart
        self.language = language
        title = result.title.text(in: language)
    }

    /// The drawing as one `svg` element with a title for screen readers.
    func rendered() -> String {
        chart.kind == .bar ? bars() : lines()
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
        var drawing = Drawing(width: Self.width, height: bottom + 28, title: title)
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

    // MARK: - Lines

    private func lines() -> String {
        let ticks = chart.ticks
        let (low, high) = (ticks.first ?? 0, ticks.last ?? 1)
        let tickTexts = ticks.map { ChartSeries.text(tick: $0, step: chart.step) }
        let left = 16 + Self.textWidth(of: tickTexts)
        let top = chart.series.count > 1 ? 44.0 : 14.0
        let bottom = top + 260
        let right = Self.width - 24
        let unit = (bottom - top) / (high - low)
        let count = chart.labels.count
        let gap = count > 1 ? (right - left - 40) / Double(count - 1) : 0
        var drawing = Drawing(width: Self.width, height: bottom + 34, title: title)
        if chart.series.count > 1 { legend(into: &drawing) }
        for (tick, text) in zip(ticks, tickTexts) {
            let y = bottom - (tick - low) * unit
            drawing.line(left, y, right, y, colour: tick == 0 ? "#666" : "#ddd")
            drawing.text(text, left - 8, y + 4, anchor: "end", colour: "#666")
        }
        let labelWidth = Self.textWidth(of: chart.labels.map { DisplayWidth.truncated($0, to: 14) }) + 10
        let every = max(1, Int((labelWidth / max(gap, 1)).rounded(.up)))
        for (row, label) in chart.labels.enumerated() where count == 1 || row % every == 0 {
            drawing.text(
                DisplayWidth.truncated(label, to: 14),
                left + 20 + gap * Double(row),
                bottom + 20,
                anchor: "middle",
                colour: "#222"
            )
        }
        for (index, series) in chart.series.enumerated() {
            let points = series.numbers.enumerated().map { row, number in
                (x: left + 20 + gap * Double(row), y: bottom - (number - low) * unit)
            }
            drawing.polyline(points, colour: Self.colours[index % Self.colours.count])
        }
        omission(into: &drawing, y: bottom + 32)
        return drawing.finished()
    }

    // MARK: - Shared parts

    private func legend(into drawing: inout Drawing) {
        var x = 16.0
        for (index, series) in chart.series.enumerated() {
            drawing.bar(x, 10, 12, 12, colour: Self.colours[index % Self.colours.count])
            drawing.text(series.name, x + 18, 20, anchor: "start", colour: "#222")
            x += 36 + Self.textWidth(of: [series.name])
        }
    }

    private func omission(into drawing: inout Drawing, y: Double) {
        guard chart.omitted > 0 else { return }
        let text = Message(.moreRows, ["count": "\(chart.omitted)"]).text(in: language)
        drawing.text(text, 8, y, anchor: "start", colour: "#666")
    }

    /// The width of the longest text at 13 pixels, as near as can be known without the font.
    private static func textWidth(of texts: [String]) -> Double {
        Double(texts.map { min(28, DisplayWidth.columns(of: $0)) }.max() ?? 0) * 6.8
    }
}

/// Collects SVG elements.
private struct Drawing {
    private var elements: [String] = []

    init(width: Double, height: Double, title: String) {
        let (width, height) = (Self.number(width), Self.number(height))
        elements.append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\""
                + " height=\"\(height)\" role=\"img\" font-size=\"13\""
                + " font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\">"
        )
        elements.append("<title>\(HTMLText.escaped(title))</title>")
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, colour: String) {
        let ends =
            "x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\""
        elements.append("<line \(ends) stroke=\"\(colour)\"/>")
    }

    mutating func bar(_ x: Double, _ y: Double, _ width: Double, _ height: Double, colour: String) {
        let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        elements.append(
            "<rect \(place) width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" fill=\"\(colour)\"/>"
        )
    }

    mutating func text(_ text: String, _ x: Double, _ y: Double, anchor: String, colour: String) {
        let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
        elements.append(
            "<text \(place) text-anchor=\"\(anchor)\" fill=\"\(colour)\">\(HTMLText.escaped(text))</text>"
        )
    }

    mutating func polyline(_ points: [(x: Double, y: Double)], colour: String) {
        let path = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
        elements.append("<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>")
        for point in points {
            elements.append(
                "<circle cx=\"\(Self.number(point.x))\" cy=\"\(Self.number(point.y))\" r=\"3\" fill=\"\(colour)\"/>"
            )
        }
    }

    func finished() -> String { elements.joined(separator: "\n") + "\n</svg>\n" }

    /// A coordinate with one place, written the same on every system.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
