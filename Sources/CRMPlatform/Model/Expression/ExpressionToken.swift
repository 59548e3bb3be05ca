/// A word of the expression language.
struct ExpressionToken: Sendable {
    enum Kind: Sendable, Equatable {
        case number(FixedDecimal)
        case text(String)
        case word(String)
        case quotedName(String)
        case symbol(Symbol)
        case end
    }

    enum Symbol: String, Sendable {
        case open = "("
        case close = ")"
        case comma = ","
        case dot = "."
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case placeholder = "?"
    }

    let kind: Kind
    /// The place of the first character, 1 and up.
    let column: Int
    /// As it was written, for messages.
    let source: String

    /// The word in lower case, empty for tokens that are no words.
    var keyword: String {
        if case .word(let word) = kind { return word.lowercased() }
        return ""
    }
}
