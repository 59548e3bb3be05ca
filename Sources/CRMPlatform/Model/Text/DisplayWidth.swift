/// How many columns of a terminal a text takes, and texts made to fit columns.
///
/// Control characters never reach the terminal: every result of this type shows them as escapes.
public enum DisplayWidth {
    /// Where a text stands in its columns.
    public enum Alignment: Sendable, Hashable {
        /// At the left edge.
        case left
        /// At the right edge, as numbers do.
        case right
        /// In the middle.
        case centre
    }

    /// The columns of a text as `escapingControls` shows it.
    public static func columns(of text: String) -> Int {
        if isPlain(text) { return text.utf8.count }
        return escapingControls(text).reduce(0) { $0 + columns(of: $1) }
    }

    /// The columns of one character: 0, 1 or 2.
    ///
    /// East Asian wide signs and emoji take two, marks that sit on others none.
    public static func columns(of character: Character) -> Int {
        var width = 0
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F || scalar.value == 0x20E3 { return 2 }
            width = max(width, columns(of: scalar))
        }
        return width
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value == 0xAD ? 0 : 1 }
        if WideRanges.contains(value) { return 2 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 0x1160...0x11FF ~= value ? 0 : 1
        }
    }

    /// The text filled with blanks to a number of columns; a longer one is cut as `truncated` does.
    public static func padded(_ text: String, to columns: Int, alignment: Alignment = .left) -> String {
        let shown = truncated(text, to: columns)
        let blanks = max(0, columns - self.columns(of: shown))
        let before =
            switch alignment {
            case .left: 0
            case .right: blanks
            case .centre: blanks / 2
            }
        return String(repeating: " ", count: before) + shown + String(repeating: " ", count: blanks - before)
    }

    /// The text cut to a number of columns, with `…` as the last one when something is missing.
    public static func truncated(_ text: String, to columns: Int) -> String {
        guard columns > 0 else { return "" }
        if isPlain(text), text.utf8.count <= columns { return text }
        let shown = escapingControls(text)
        guard shown.reduce(0, { $0 + self.columns(of: $1) }) > columns else { return shown }
        var result = ""
        var used = 0
        for character in shown {
            let width = self.columns(of: character)
            guard used + width < columns else { break }
            result.append(character)
            used += width
        }
        return result + "…"
    }

    /// The text with everything that could steer a terminal or hide in a log shown as a visible escape.
    ///
    /// Escaped are the C0 and C1 controls (`\n`, `\t`, `\x1B`), the line and paragraph separators, the signs that turn
    /// the direction of writing and the invisible ones (`\u{202E}`). Of more than eight marks on one letter the rest is
    /// left away. `keepingLines` lets line feeds and tabs through.
    public static func escapingControls(_ text: String, keepingLines: Bool = false) -> String {
        if isPlain(text) { return text }
        var result = String.UnicodeScalarView()
        var marks = 0
        for scalar in text.unicodeScalars {
            if isMark(scalar) {
                marks += 1
                guard marks <= 8 else { continue }
            } else {
                marks = 0
            }
            if keepingLines, scalar == "\n" || scalar == "\t" {
                result.append(scalar)
            } else if let escape = escape(of: scalar) {
                result.append(contentsOf: escape.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether a sign could steer a terminal, turn the direction of writing or hide; `escapingControls` shows it as an escape.
    public static func isControl(_ scalar: Unicode.Scalar) -> Bool { escape(of: scalar) != nil }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300, !(0x3400...0xD7A3 ~= scalar.value) else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return true
        default: return false
        }
    }

    private static func escape(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0..<0x20, 0x7F: "\\x" + hex(scalar, digits: 2)
        case 0x80..<0xA0: "\\u{" + hex(scalar, digits: 2) + "}"
        case 0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            "\\u{" + hex(scalar, digits: 4) + "}"
        default: nil
        }
    }

    private static func hex(_ scalar: Unicode.Scalar, digits: Int) -> String {
        let text = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// Printable ASCII only: each byte is one column.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}
