/// Whether an expression over tokens, as ``SearchQuery`` writes them, is met by the tokens of one record.
///
/// For readers who may not see all of a record: the index knows it whole, and that something was found would tell the
/// rest.
struct SearchExpression {
    private enum Sign: Equatable {
        case open
        case close
        case and
        case or
        case token(String, isPrefix: Bool)
    }

    private let signs: [Sign]

    init(_ expression: String) {
        var signs: [Sign] = []
        var rest = Substring(expression)
        while let first = rest.first {
            switch first {
            case "(":
                signs.append(.open)
                rest = rest.dropFirst()
            case ")":
                signs.append(.close)
                rest = rest.dropFirst()
            case "\"":
                let inner = rest.dropFirst()
                let end = inner.firstIndex(of: "\"") ?? inner.endIndex
                let word = String(inner[..<end])
                rest = inner[end...].dropFirst()
                let isPrefix = rest.first == "*"
                if isPrefix { rest = rest.dropFirst() }
                signs.append(.token(word, isPrefix: isPrefix))
            case " ": rest = rest.dropFirst()
            default:
                let word = rest.prefix { $0.isLetter }
                signs.append(word == "OR" ? .or : .and)
                rest = rest.dropFirst(max(1, word.count))
            }
        }
        self.signs = signs
    }

    /// Whether the tokens of a record, joined by blanks, meet the expression.
    func isMet(by tokens: String) -> Bool {
        let words = tokens.split(separator: " ")
        var place = 0
        return any(&place, words, Set(words))
    }

    private func any(_ place: inout Int, _ words: [Substring], _ all: Set<Substring>) -> Bool {
        var isMet = every(&place, words, all)
        while place < signs.count, signs[place] == .or {
            place += 1
            let next = every(&place, words, all)
            isMet = isMet || next
        }
        return isMet
    }

    private func every(_ place: inout Int, _ words: [Substring], _ all: Set<Substring>) -> Bool {
        var isMet = one(&place, words, all)
        while place < signs.count, signs[place] == .and {
            place += 1
            let next = one(&place, words, all)
            isMet = isMet && next
        }
        return isMet
    }

    private func one(_ place: inout Int, _ words: [Substring], _ all: Set<Substring>) -> Bool {
        guard place < signs.count else { return false }
        defer { place += 1 }
        switch signs[place] {
        case .token(let word, let isPrefix):
            return isPrefix ? words.contains { $0.hasPrefix(word) } : all.contains(Substring(word))
        case .open:
            place += 1
            return any(&place, words, all)
        default: return false
        }
    }
}
