/// How two values are compared.
package enum Comparison: Sendable, Hashable {
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual

    /// The comparison that says the same with the sides exchanged.
    package var flipped: Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

/// An operation on two numbers or days.
enum ArithmeticOperator: Sendable {
    case add
    case subtract
    case multiply
    case divide
}

/// How the text after `like` and its kin is meant.
enum PatternKind: Sendable {
    case like
    case contains
    case startsWith
    case endsWith
}

/// A node of the tree that the parser makes, before names and types are known.
struct SyntaxNode: Sendable {
    indirect enum Kind: Sendable {
        case null
        case truth(Bool)
        case number(FixedDecimal)
        case text(String)
        case date(CalendarDate)
        case placeholder(Int)
        /// `isQuoted` when it stood in double quotes.
        case name([String], isQuoted: Bool)
        case call(String, [SyntaxNode])
        case not(SyntaxNode)
        case all([SyntaxNode])
        case any([SyntaxNode])
        case compare(Comparison, SyntaxNode, SyntaxNode)
        case arithmetic(ArithmeticOperator, SyntaxNode, SyntaxNode)
        case negate(SyntaxNode)
        case among(SyntaxNode, [SyntaxNode])
        case pattern(PatternKind, SyntaxNode, SyntaxNode)
        case between(SyntaxNode, SyntaxNode, SyntaxNode)
        case empty(SyntaxNode)
    }

    let kind: Kind
    /// The character at which it begins, or at which its operator stands; 1 and up.
    let column: Int
    /// The number of levels of the tree below and with this node.
    let height: Int

    init(_ kind: Kind, column: Int, children: [SyntaxNode] = []) {
        self.kind = kind
        self.column = column
        height = 1 + (children.map(\.height).max() ?? 0)
    }
}
