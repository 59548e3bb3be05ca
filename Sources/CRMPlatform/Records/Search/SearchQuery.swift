import CRMModel
import CRMStorage

/// What somebody typed, as what the tokens of a record must have.
struct SearchQuery {
    /// The most bytes that may be searched for.
    static let maximumBytes = 1_000
    private static let partsLimit = 64
    private static let tailDigits = 4

    /// What finds the records.
    let term: SearchTerm
    /// What finds those whose title or code is exactly this, which come first.
    let whole: SearchTerm
    /// The pieces that the text of a record must really contain.
    let pieces: [String]
    /// The words as they are compared, to say where they were found.
    let words: [String]

    /// Reads what somebody typed; nil when there is nothing in it to search for.
    init?(_ typed: String) {
        let terms = SearchText(typed, splitsAtBlanks: true).stretches
        guard !terms.isEmpty, let whole = SearchTokens.whole(SearchText(typed)) else { return nil }
        self.whole = .token(whole)
        if let digits = Self.phoneDigits(typed) {
            // However a number is written, it is found by its digits; as words its groups are found too.
            let number = SearchTerm.beginning(digits)
            let isPlain = !terms.joined().contains(where: \.isWide)
            term = isPlain ? .any([number, .all(terms.map { Self.latin($0) })]) : number
            pieces = []
            words = [digits]
            return
        }
        var parts: [SearchTerm] = []
        var pieces: [String] = []
        for signs in terms.prefix(Self.partsLimit) {
            guard signs.contains(where: \.isWide) else {
                parts.append(Self.latin(signs))
                continue
            }
            let runs = SearchText.runs(signs)
            parts += Self.wide(runs)
            if signs.count > 2 || runs.count > 1 { pieces.append(SearchText.text(signs)) }
        }
        term = .all(parts)
        self.pieces = pieces
        words = terms.map { SearchText.text($0) }
    }

    /// What is written without blanks: its signs in pairs, and the words within it.
    private static func wide(_ runs: [ArraySlice<SearchText.Sign>]) -> [SearchTerm] {
        var parts: [SearchTerm] = []
        for run in runs.prefix(partsLimit) {
            if run.first?.isWide != true {
                parts.append(.beginning(SearchText.text(run)))
            } else if run.count == 1 {
                parts.append(.token(SearchText.text(run)))
            } else {
                for index in run.indices.dropLast().prefix(partsLimit) {
                    parts.append(.token(SearchText.text(run[index...index + 1])))
                }
            }
        }
        return parts
    }

    /// Letters and digits: words, the same joined, or the initials of Chinese.
    private static func latin(_ signs: [SearchText.Sign]) -> SearchTerm {
        let runs = SearchText.runs(signs)
        let joined = String(SearchText.text(signs).prefix(SearchText.wordLimit))
        var choices = [SearchTerm.beginning(joined)]
        if runs.count > 1 {
            choices.append(.all(runs.prefix(partsLimit).map { .beginning(SearchText.text($0)) }))
        }
        let bytes = joined.utf8
        if bytes.contains(where: { 0x61...0x7A ~= $0 }),
            bytes.allSatisfy({ 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 })
        {
            choices.append(.beginning(SearchTokens.pinyinMark + joined))
            choices.append(.beginning(SearchTokens.spellingMark + joined))
        }
        return choices.count == 1 ? choices[0] : .any(choices)
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
