/// Colours for terminals that know 256 of them.
public enum TerminalColour {
    /// The text with its first sign in a colour (`#rrggbb`); as it is when that is no colour.
    public static func colouringFirst(of text: String, _ colour: String) -> String {
        guard !colour.isEmpty, let first = text.first, let number = number(of: colour) else { return text }
        return "\u{1B}[38;5;\(number)m\(first)\u{1B}[39m" + text.dropFirst()
    }

    /// The nearest colour of the cube of 6 × 6 × 6 colours that all such terminals have; nil when the text is no `#rrggbb`.
    public static func number(of colour: String) -> Int? {
        let digits = colour.dropFirst()
        guard colour.first == "#", digits.utf8.count == 6, let value = Int(digits, radix: 16), value >= 0 else {
            return nil
        }
        let steps = [0, 95, 135, 175, 215, 255]
        func nearest(_ part: Int) -> Int {
            steps.indices.min { abs(steps[$0] - part) < abs(steps[$1] - part) } ?? 0
        }
        return 16 + 36 * nearest(value >> 16) + 6 * nearest(value >> 8 & 0xFF) + nearest(value & 0xFF)
    }
}
