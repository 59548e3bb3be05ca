internal import CRMModel

/// Keeps spreadsheets from computing what is only text.
///
/// A spreadsheet that opens a CSV file takes a cell beginning with `=`, `+`, `-` or `@` for a formula, also behind blanks
/// and invisible signs and in full width. Such a cell is written with an apostrophe before it, which makes it text.
/// What a file would be read for that is none of it, an error of a spreadsheet (`#N/A`) or the note of a refused cell
/// (`[!cut_off D6] 1`), is made text in the same way. Plain numbers (`-5.00`) and phone numbers (`+86 138 0013 8000`) compute nothing and stay as they are.
public enum FormulaGuard {
    /// The text as it is written into a cell.
    public static func guarded(_ text: String) -> String {
        needsGuard(text) ? "'" + text : text
    }

    /// The text of a cell that was written by `guarded`; every other text stays as it is.
    public static func unguarded(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), needsGuard(text) else { return text }
        return String(text.dropFirstScalar())
    }

    /// The text as a cell of a workbook holds it, where a text is never computed: only what looks like a guarded text, an
    /// error or a note is guarded, so that it comes back unchanged.
    static func ambiguous(_ text: String) -> String {
        text.utf8.first == UInt8(ascii: "'") || CellNote.isTaken(text) ? guarded(text) : text
    }

    /// Whether a cell would be computed; also of texts that look like guarded ones, so that these come back unchanged.
    static func needsGuard(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        // Most texts begin with a letter, a digit or a Han character.
        if first > UInt8(ascii: "@"), first < 0x80, first != UInt8(ascii: "[") { return false }
        if first &- 0x30 < 10 || 0xE4...0xE9 ~= first { return false }
        let scalars = text.unicodeScalars.drop { $0 == "'" }
        if CellNote.isTaken(String(scalars)) { return true }
        if scalars.first == "\t" || scalars.first == "\r" { return true }
        guard let visible = scalars.first(where: { !isInvisible($0) }), isOperator(visible) else { return false }
        return !computesNothing(Substring(scalars))
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || 0x7F...0xA0 ~= scalar.value || TextNormalisation.isBlank(String(scalar))
            || scalar.properties.generalCategory == .format
    }

    private static func isOperator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "＝", "＋", "－", "＠": true
        default: false
        }
    }

    /// Whether the text is a plain number, or a phone number of digits and single blanks after a plus.
    private static func computesNothing(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return false }
        let body = bytes.dropFirst()
        guard let first = body.first, let last = body.last, first &- 0x30 < 10, last &- 0x30 < 10 else { return false }
        let others = body.filter { $0 &- 0x30 >= 10 }
        if others.isEmpty || others == [UInt8(ascii: ".")] { return true }
        guard sign == UInt8(ascii: "+"), others.allSatisfy({ $0 == 0x20 }) else { return false }
        return !zip(body, body.dropFirst()).contains { $0 == (0x20, 0x20) }
    }
}

extension String {
    fileprivate func dropFirstScalar() -> Substring.UnicodeScalarView {
        unicodeScalars.dropFirst()
    }
}
