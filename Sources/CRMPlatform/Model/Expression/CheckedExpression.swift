/// An expression whose names and types are settled for an object, ready to be evaluated or turned into SQL.
///
/// A comparison with null is unknown, and so are `and`, `or` and `not` of unknown as SQL has it. `=` and `in` compare text
/// fields by their ``ComparableForm``, `<` and its kin by their UTF-8 bytes; `like` and its kin look for the text as it
/// stands, A–Z and a–z alike, and for its form. ``ExactArithmetic`` says how numbers behave.
public struct CheckedExpression: Sendable {
    /// The object whose fields are meant.
    public let object: ObjectDefinition
    /// The checked tree.
    package let root: TypedNode

    /// The records that texts name beside references, of which nobody knows yet whether they are there.
    package let names: [NamedRecord]

    package init(object: ObjectDefinition, root: TypedNode, names: [NamedRecord] = []) {
        self.object = object
        self.root = root
        self.names = names
    }

    /// How values of the expression are kept in a column.
    public var storage: FieldStorage {
        switch root {
        case .condition: .boolean
        case .number(_, let scale): scale == 0 ? .integer : .scaled(scale)
        case .text, .null: .text
        case .day: .date
        case .moment: .instant
        }
    }

    /// The value of the expression; `.null` when it is unknown.
    ///
    /// - Throws: What the context throws when it looks for a record, and `PlatformError` `limitExceeded` when the result
    ///   of arithmetic does not fit 64 bits.
    package func evaluate(in context: some ExpressionContext) throws -> Value {
        switch root {
        case .condition(let node): return try node.evaluate(in: context).map(Value.boolean) ?? .null
        case .number(let node, let scale):
            guard let units = try node.evaluate(in: context) else { return .null }
            if node.isComputed, units == .max || units == .min {
                throw PlatformError(.limitExceeded, Message(.expressionOutOfRange))
            }
            return scale == 0 ? .integer(units) : FixedDecimal(units: units, scale: scale).map(Value.decimal) ?? .null
        case .text(let node): return try node.evaluate(in: context).map(Value.text) ?? .null
        case .day(let node): return try node.evaluate(in: context).map(Value.date) ?? .null
        case .moment(let node): return try node.evaluate(in: context).map(Value.instant) ?? .null
        case .null: return .null
        }
    }

    /// Whether the condition holds: true or false, nil when it is unknown or the expression is no condition.
    ///
    /// - Throws: What the context throws when it looks for a record.
    @inline(__always)
    package func holds(in context: some ExpressionContext) throws -> Bool? {
        guard case .condition(let node) = root else { return nil }
        return try node.evaluate(in: context)
    }
}

/// A record that a text names beside a reference: `salesperson = '张三'`.
package struct NamedRecord: Sendable, Hashable {
    /// The object of the record.
    package let object: ObjectName
    /// What it is called.
    package let text: String
}

/// The records that an expression names, gathered while it is checked.
final class NamedRecords {
    private(set) var all: [NamedRecord] = []

    func add(_ name: NamedRecord) {
        if !all.contains(name) { all.append(name) }
    }
}

extension Number {
    /// Whether the number is that of a user.
    var isUser: Bool {
        switch self {
        case .me: true
        case .field(.own(let slot), _): Self.userSlots.contains(slot)
        case .field(.remote(let path), _): Self.userSlots.contains(path.slot)
        case .first(let nodes): nodes.contains(where: \.isUser)
        default: false
        }
    }

    private static let userSlots = [SystemField.createdBy.slot, SystemField.updatedBy.slot]

    /// Whether the number is the result of arithmetic, which may have been cut at the ends of 64 bits.
    package var isComputed: Bool {
        switch self {
        case .constant, .field, .me, .part, .days, .length: false
        case .add, .subtract, .multiply, .divide, .negate, .magnitude, .raise, .round: true
        case .first(let nodes): nodes.contains(where: \.isComputed)
        }
    }
}
