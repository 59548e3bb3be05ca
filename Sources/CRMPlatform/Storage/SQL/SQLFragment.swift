package import CRMModel

/// A piece of SQL with the values that belong to its placeholders, in order.
///
/// Text gets in as a literal of the source code, as what a ``SQLDialect`` makes of a checked name, or as a whole number; there
/// is no other way. Every value is bound. Pieces are put together by interpolation:
///
///     let sum: SQLFragment = "coalesce(\(left), \(right))"
package struct SQLFragment: Sendable {
    /// The text.
    package private(set) var text = ""
    /// The values of the placeholders: integers, texts and nulls only.
    package private(set) var bindings: [Value] = []
    /// The places among them of the acting user's number, so that the text serves every user.
    package private(set) var userBindings: [Int] = []
    /// How many places the piece takes on the stack of the parser that has the least, see ``SQLDialect/expressionBudget``.
    package private(set) var depth = 0

    /// An empty piece.
    package init() {}

    /// A text that this room has made of checked names and whole numbers.
    init(trusted text: String) { self.text = text }

    /// Whether nothing has been written.
    package var isEmpty: Bool { text.isEmpty }

    /// Puts a piece behind.
    package static func += (left: inout SQLFragment, right: SQLFragment) {
        left.text += right.text
        left.depth = max(left.depth, right.depth)
        for place in right.userBindings { left.userBindings.append(left.bindings.count + place) }
        left.bindings += right.bindings
    }

    /// The pieces one behind the other, with a text between them.
    package static func list(_ pieces: some Sequence<SQLFragment>, separator: SQLFragment = ", ") -> SQLFragment {
        var list = SQLFragment()
        var isFirst = true
        for piece in pieces {
            if !isFirst { list += separator }
            isFirst = false
            list += piece
        }
        return list
    }

    /// A piece whose parts lie so many places deeper.
    static func nested(_ places: Int, _ piece: SQLFragment) -> SQLFragment {
        var piece = piece
        piece.depth += places
        return piece
    }

    /// The piece as one that takes at least so many places.
    func taking(_ places: Int) -> SQLFragment {
        var piece = self
        piece.depth = max(piece.depth, places)
        return piece
    }

    /// A placeholder with its value; an acting user's is noted.
    func binding(_ value: Value, isUser: Bool = false) -> SQLFragment {
        var piece = self
        if isUser { piece.userBindings.append(piece.bindings.count) }
        piece.bindings.append(value)
        return piece
    }
}

extension SQLFragment: ExpressibleByStringInterpolation {
    /// Puts literals and pieces together.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var fragment = SQLFragment()

        package init(literalCapacity: Int, interpolationCount: Int) {
            fragment.text.reserveCapacity(literalCapacity + 24 * interpolationCount)
        }

        /// A part of the source code.
        package mutating func appendLiteral(_ literal: StaticString) { fragment.text += literal.description }

        /// A piece with its values.
        package mutating func appendInterpolation(_ piece: SQLFragment) { fragment += piece }

        /// A whole number.
        package mutating func appendInterpolation(_ number: Int64) { fragment.text += String(number) }
    }

    package init(stringLiteral text: StaticString) { self.text = text.description }

    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.fragment }
}
