extension DisplayWidth {
    /// Signs before which no line begins.
    private static let closing: Set<Character> = Set("，。、；：？！）」』》】〉”’…,.;:?!)]}%")
    /// Signs after which no line ends.
    private static let opening: Set<Character> = Set("（「『《【〈“‘([{")

    /// The text in lines of at most so many columns, as `escapingControls` shows it; its own line feeds are kept.
    ///
    /// Lines end at blanks and between double-width signs, not before closing punctuation nor after opening; a word that
    /// is longer than a line is cut where the line ends, so nothing is lost.
    ///
    /// - Returns: The lines, at least one.
    public static func wrapped(_ text: String, to columns: Int) -> [String] {
        let columns = max(columns, 2)
        var lines: [String] = []
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines += wrappedLine(escapingControls(String(part)), to: columns)
        }
        return lines
    }

    private static func wrappedLine(_ text: String, to columns: Int) -> [String] {
        guard self.columns(of: text) > columns else { return [text] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for unit in units(of: text) {
            let width = self.columns(of: unit)
            let isBlank = unit == " "
            if used + width <= columns {
                if !(isBlank && used == 0 && !lines.isEmpty) {
                    line += unit
                    used += width
                }
                continue
            }
            if used > 0 {
                lines.append(withoutBlanks(line))
                (line, used) = ("", 0)
            }
            if isBlank { continue }
            for character in unit {
                let width = self.columns(of: character)
                if used + width > columns {
                    lines.append(line)
                    (line, used) = ("", 0)
                }
                line.append(character)
                used += width
            }
        }
        if used > 0 || lines.isEmpty { lines.append(withoutBlanks(line)) }
        return lines
    }

    private static func withoutBlanks(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }

    /// The pieces between which a line may end: blanks, words, and double-width signs with the punctuation that clings to
    /// them.
    private static func units(of text: String) -> [String] {
        var units: [String] = []
        var unit = ""
        var previous: Character?
        for character in text {
            if character == " " {
                if !unit.isEmpty { units.append(unit) }
                units.append(" ")
                (unit, previous) = ("", nil)
                continue
            }
            if let last = previous {
                let mayPart = columns(of: character) == 2 || columns(of: last) == 2
                if mayPart, !closing.contains(character), !opening.contains(last) {
                    units.append(unit)
                    unit = ""
                }
            }
            unit.append(character)
            previous = character
        }
        if !unit.isEmpty { units.append(unit) }
        return units
    }
}
