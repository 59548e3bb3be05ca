/// Measured figures as text.
enum DecimalText {
    /// A figure with one place after the point; 0 when it is no number.
    static func tenths(_ figure: Double) -> String { text(figure, places: 1) }

    /// A figure with three places after the point; 0 when it is no number.
    static func thousandths(_ figure: Double) -> String { text(figure, places: 3) }

    private static func text(_ figure: Double, places: Int) -> String {
        let unit = (0..<places).reduce(UInt64(1)) { product, _ in product * 10 }
        guard let whole = Int64(exactly: (figure * Double(unit)).rounded()) else { return "0" }
        let fraction = String(whole.magnitude % unit)
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(whole < 0 ? "-" : "")\(whole.magnitude / unit).\(zeros)\(fraction)"
    }
}
