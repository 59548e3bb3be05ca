internal import CRMModel

/// Collects the elements of a drawing.
struct SVGDrawing {
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

    mutating func polygon(_ points: [(x: Double, y: Double)], colour: String) {
        elements.append("<polygon points=\"\(Self.path(points))\" fill=\"\(colour)\"/>")
    }

    /// A line through points, each with a dot unless there are too many for dots.
    mutating func polyline(_ points: [(x: Double, y: Double)], colour: String) {
        let path = Self.path(points)
        elements.append("<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>")
        guard points.count <= ChartSeries.maximumRows else { return }
        for point in points {
            elements.append(
                "<circle cx=\"\(Self.number(point.x))\" cy=\"\(Self.number(point.y))\" r=\"3\" fill=\"\(colour)\"/>"
            )
        }
    }

    func finished() -> String { elements.joined(separator: "\n") + "\n</svg>\n" }

    private static func path(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    /// A coordinate with one place, written the same on every system.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
