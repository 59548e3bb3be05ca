import CRMModel

/// What somebody typed, as expressions over the tokens of the index.
struct SearchQuery {
    /// The most bytes that may be searched for.
    static let maximumBytes = 1_000
    private static let partsLimit = 64
    private static let tailDigits = 4

    /// What finds the records.
    let expression: String
    /// What finds those whose title or code is exactly this, which come first.
    let whole: String
    /// The pieces that the text of a record must really contain.
    let pieces: [String]
    /// The words as they are compared, to say where they were found.
    let words: [String]

    /// Reads what somebody typed; nil when there is nothing in it to search for.
    init?(_ typed: String) {
        let terms = SearchText(typed, splitsAtBlanks: true).stretches
        guard !terms.isEmpty, let whole = SearchTokens.whole(SearchText(typed)) else { return nil }
        self.whole = "\"\(whole)\""
        if let digits = Self.phoneDigits(typed) {
            // However a number is written, it is found by its digits; as words its groups are found too.
            var parts = "\"\(digits)\"*"
            if !terms.joined().contains(where: \.isWide) {
                parts += " OR (" + terms.map { Self.term($0).expression }.joined(separator: " AND ") + ")"
            }
            expression = parts
            pieces = []
            words = [digits]
            return
        }
        var parts: [String] = []
        var pieces: [String] = []
        for term in terms where parts.count < Self.partsLimit {
            let (expression, piece) = Self.term(term)
            parts.append(expression)
            if let piece { pieces.append(piece) }
        }
        expression = parts.joined(separator: " AND ")
        self.pieces = pieces
        words = terms.map { SearchText.text($0) }
    }

    private static func term(_ signs: [SearchText.Sign]) -> (expression: String, piece: String?) {
        let runs = SearchText.runs(signs)
        guard signs.contains(where: \.isWide) else { return (latin(runs, SearchText.text(signs)), nil) }
        var parts: [String] = []
        for run in runs.prefix(partsLimit) {
            if run.first?.isWide != true {
                parts.append("\"\(SearchText.text(run))\"*")
            } else if run.count == 1 {
                parts.append("\"\(SearchText.text(run))\"")
            } else {
                for index in run.indices.dropLast().prefix(partsLimit) {
                    parts.append("\"\(SearchText.text(run[index...index + 1]))\"")
                }
            }
        }
        let piece = SearchText.text(signs)
        return (parts.joined(separator: " AND "), signs.count > 2 || runs.count > 1 ? piece : nil)
    }

    /// Letters and digits: words, the same joined, or the initials of Chinese.
    private static func latin(_ runs: [ArraySlice<SearchText.Sign>], _ all: String) -> String {
        let joined = String(all.prefix(SearchText.wordLimit))
        var choices = ["\"\(joined)\"*"]
        if runs.count > 1 {
            let words = runs.prefix(partsLimit).map { "\"\(SearchText.text($0))\"*" }
            choices.append("(" + words.joined(separator: " AND ") + ")")
        }
        let bytes = joined.utf8
        if bytes.contains(where: { 0x61...0x7A ~= $0 }),
            bytes.allSatisfy({ 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 })
        {
            choices.append("\"\(SearchTokens.pinyinMark)\(joined)\"*")
            choices.append("\"\(SearchTokens.spellingMark)\(joined)\"*")
        }
        return choices.count == 1 ? choices[0] : "(" + choices.joined(separator: " OR ") + ")"
    }

    /// The digits of what looks like a telephone number or the end of one; nil for everything else.
    private static func phoneDigits(_ typed: String) -> String? {
        var digits = 0
        for scalar in TextNormalisation.halfWidth(typed).unicodeScalars {
            switch scalar {
            case "0"..."9": digits += 1
            case "+", "-", "(", ")", " ", "/", ".", "#", "–", "—", "‐", "‑", "转", "轉", "分", "机", "機": break
            default: return nil
            }
        }
        guard digits >= tailDigits else { return nil }
        let number = PhoneNumber(typed).number
        let plain = number.hasPrefix("+") ? String(number.dropFirst()) : number
        return plain.isEmpty ? nil : plain
    }
}
