internal import CRMModel

extension SVGChart {
    /// A line for each value column over the rows; over days the distances are those of time.
    func lines() -> String {
        let ticks = chart.ticks
        let (low, high) = (ticks.first ?? 0, ticks.last ?? 1)
        let tickTexts = ticks.map { ChartSeries.text(tick: $0, step: chart.step) }
        let left = 16 + Self.textWidth(of: tickTexts)
        let top = chart.series.count > 1 ? 44.0 : 14.0
        let bottom = top + 260
        let right = Self.width - 24
        let unit = (bottom - top) / (high - low)
        var drawing = SVGDrawing(width: Self.width, height: bottom + 34, title: title)
        if chart.series.count > 1 { legend(into: &drawing) }
        for (tick, text) in zip(ticks, tickTexts) {
            let y = bottom - (tick - low) * unit
            drawing.line(left, y, right, y, colour: tick == 0 ? "#666" : "#ddd")
            drawing.text(text, left - 8, y + 4, anchor: "end", colour: "#666")
        }
        let places = places(from: left + 20, to: right - 20)
        for mark in marks(places) {
            drawing.line(mark.x, bottom, mark.x, bottom + 4, colour: "#666")
            drawing.text(mark.text, mark.x, bottom + 20, anchor: "middle", colour: "#222")
        }
        for (index, series) in chart.series.enumerated() {
            let points = zip(places, series.numbers).map { (x: $0, y: bottom - ($1 - low) * unit) }
            drawing.polyline(points, colour: Self.colours[index % Self.colours.count])
        }
        omission(into: &drawing, y: bottom + 32)
        return drawing.finished()
    }

    /// Where the rows stand.
    private func places(from left: Double, to right: Double) -> [Double] {
        let count = chart.labels.count
        guard let days = chart.days, let first = days.first, let last = days.last, first < last else {
            let gap = count > 1 ? (right - left) / Double(count - 1) : 0
            return (0..<count).map { left + gap * Double($0) }
        }
        let unit = (right - left) / Double(first.days(until: last))
        return days.map { left + unit * Double(first.days(until: $0)) }
    }

    /// The marks of the axis: days of the calendar, or the labels of as many rows as there is room for.
    private func marks(_ places: [Double]) -> [(x: Double, text: String)] {
        if let days = chart.days, let first = days.first, let last = days.last, first < last,
            let left = places.first, let right = places.last
        {
            let unit = (right - left) / Double(first.days(until: last))
            return DayAxis(from: first, to: last).marks.map {
                (left + unit * Double(first.days(until: $0.day)), $0.text)
            }
        }
        let labelWidth = Self.textWidth(of: chart.labels.map { DisplayWidth.truncated($0, to: 14) }) + 10
        let gap = places.count > 1 ? places[1] - places[0] : 0
        let every = max(1, Int((labelWidth / max(gap, 1)).rounded(.up)))
        return zip(places, chart.labels).enumerated().filter { $0.offset % every == 0 }.map {
            ($0.element.0, DisplayWidth.truncated($0.element.1, to: 14))
        }
    }
}
