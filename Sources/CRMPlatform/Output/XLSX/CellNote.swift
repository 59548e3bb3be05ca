internal import CRMModel

/// What is wrong or worth knowing of a cell of a file.
///
/// In the file of refused rows such a cell carries its note (`[!cut_off D6] 110101199003071000`), so that what was
/// refused is refused again until somebody has mended it, whatever kind of file it comes back in.
struct CellNote: Sendable, Hashable {
    /// What is wrong.
    enum Kind: Sendable, Hashable {
        /// The cell shows an error such as `#N/A`.
        case error(String)
        /// The cell is a formula whose result was never calculated.
        case notCalculated
        /// The cell is formatted as a day that there is not.
        case noSuchDay
        /// The cell is a number with more digits than spreadsheets keep, which matters where digits are a text.
        case cutOff
        /// The cell refers to a shared text that there is not.
        case missingText
        /// The cell is text that spreadsheets write for errors.
        case errorText
        /// The cell shows more than its number: nothing is wrong, unless it cannot be told what a text is to be.
        case shown(CellShown)
        /// The cell is one of yes and no and holds something else.
        case noBoolean
        /// The cell's bytes are no text; the byte, from 1.
        case invalidText(Int)
        /// The cell has the character U+0000.
        case nul
        /// The cell is longer than so many kilobytes.
        case tooLong(Int)
        /// Text stands behind a closing quotation mark.
        case textAfterQuote
        /// A quotation mark is never closed.
        case unclosedQuote
        /// The row is of the record that the row of this number was imported into.
        case second(Int)
    }

    /// The column, from 0.
    let column: Int
    /// What is wrong.
    let kind: Kind
    /// Where the cell was in the file in which it was first refused; nil when that is this file.
    var place: String?
    /// As what the file was read in which the cell was first refused, where that matters.
    var encoding: TextEncoding?

    /// Whether the row is refused for it even when the column is not imported: what follows may come from it.
    var isOfRow: Bool {
        switch kind {
        case .invalidText, .nul, .tooLong, .textAfterQuote, .unclosedQuote: true
        default: false
        }
    }
}

// MARK: - In the file of refused rows

extension CellNote {
    /// What a marked cell begins with.
    static let mark: StaticString = "[!"

    private static let plainKinds: [(name: String, kind: Kind)] = [
        ("not_calculated", .notCalculated), ("no_such_day", .noSuchDay), ("cut_off", .cutOff),
        ("missing_text", .missingText), ("nul", .nul), ("after_quote", .textAfterQuote), ("open_quote", .unclosedQuote),
        ("no_boolean", .noBoolean),
    ]

    /// The text of a cell with its note before it; the text alone when its own words are refused again.
    func marked(_ text: String, row: Int) -> String {
        let place = place(row: row)
        let word: String
        switch kind {
        case .errorText: return text
        case .shown: word = "not_shown \(place)"
        case .error: word = "error \(place)"
        case .invalidText(let byte): word = "invalid_text \(place) \(byte)" + (encoding.map { " \($0.rawValue)" } ?? "")
        case .tooLong(let limit): word = "too_long \(place) \(limit)"
        case .second(let first): word = "second \(place) \(first)"
        default: word = (Self.plainKinds.first { $0.kind == kind }?.name ?? "") + " \(place)"
        }
        return "[!\(word)] \(text)"
    }

    /// Where the cell is: `D6` in a workbook, the number of the column in CSV.
    func place(row: Int) -> String {
        place ?? (isOfRow ? String(column + 1) : CellReference.name(column: column, row: row))
    }

    /// Reads a marked cell; nil when the text is none.
    static func read(_ text: String, column: Int) -> (note: CellNote, text: String)? {
        guard text.hasPrefix("[!"), let end = text.firstIndex(of: "]") else { return nil }
        let words = text[text.index(text.startIndex, offsetBy: 2)..<end].split(separator: " ")
        guard 2...4 ~= words.count, words[1].utf8.count <= 12 else { return nil }
        let encoding = words.count == 4 ? TextEncoding(rawValue: String(words[3])) : nil
        guard words.count < 4 || words[0] == "invalid_text" && encoding != nil else { return nil }
        let rest = String(text[text.index(after: end)...].drop { $0 == " " })
        let number = words.count > 2 ? Int(words[2]) : nil
        let kind: Kind
        switch (words[0], number) {
        case ("error", nil): kind = .error(String(rest.prefix(40)))
        case ("invalid_text", let byte?): kind = .invalidText(byte)
        case ("too_long", let limit?): kind = .tooLong(limit)
        case ("second", let first?): kind = .second(first)
        case ("not_shown", nil): kind = .shown(CellShown(number: rest, text: nil))
        case (let name, nil):
            guard let found = plainKinds.first(where: { $0.name == name }) else { return nil }
            kind = found.kind
        default: return nil
        }
        return (CellNote(column: column, kind: kind, place: String(words[1]), encoding: encoding), rest)
    }

    /// Whether an import would take a text for the error of a spreadsheet or for a marked cell.
    static func isTaken(_ text: String) -> Bool {
        switch text.utf8.first {
        case UInt8(ascii: "["): read(text, column: 0) != nil
        case UInt8(ascii: "#"): isErrorText(text)
        default: false
        }
    }

    /// Whether a text is what spreadsheets write for errors.
    static func isErrorText(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "#") && text.utf8.count < 24
            && errorTexts.contains(TextNormalisation.trimmed(text).uppercased())
    }

    /// What spreadsheets write into cells that hold errors; such a text in a file is an error all the same.
    private static let errorTexts: Set<String> = [
        "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
        "#UNKNOWN!", "#CONNECT!", "#GETTING_DATA", "#BUSY!", "#PYTHON!",
    ]
}
