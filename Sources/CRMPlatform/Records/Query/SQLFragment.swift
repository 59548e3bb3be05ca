package import CRMModel
import CRMStorage

/// A piece of SQL with the values that belong to its placeholders, in order.
///
/// Text gets in as a literal of the source code, as a checked name or as a whole number; there is no other way. Every
/// value is bound.
package struct SQLFragment: Sendable {
    /// The text.
    package private(set) var text = ""
    /// The values of the placeholders: integers, texts and nulls only.
    package private(set) var bindings: [Value] = []
    /// The places among them of the acting user's number, so that the text serves every user.
    private(set) var userBindings: [Int] = []

    package init() {}

    package var isEmpty: Bool { text.isEmpty }

    mutating func append(_ literal: StaticString) { text += literal.description }

    mutating func append(column: FieldName) { text += "\"\(column.rawValue)\"" }

    mutating func append(table: ObjectName) { text += "\"obj_\(table.rawValue)\"" }

    mutating func append(function form: ComparableForm) { text += SQLDialect.function(of: form) }

    mutating func appendDayFunction() { text += SQLDialect.dayFunction }

    mutating func append(alias: Int) { text += "t\(alias)" }

    mutating func append(number: Int64) { text += String(number) }

    mutating func append(_ other: SQLFragment) {
        text += other.text
        for place in other.userBindings { userBindings.append(bindings.count + place) }
        bindings += other.bindings
    }

    /// Appends a placeholder for the number of the acting user.
    mutating func bind(user number: Int64) {
        userBindings.append(bindings.count)
        bind(.integer(number))
    }

    /// Appends a placeholder for a value; days and moments become ISO text, booleans 0 or 1, decimals their units.
    mutating func bind(_ value: Value) {
        text += "?"
        switch value {
        case .null, .integer, .text: bindings.append(value)
        case .boolean(let value): bindings.append(.integer(value ? 1 : 0))
        case .decimal(let value): bindings.append(.integer(value.units))
        case .date(let value): bindings.append(.text(value.description))
        case .instant(let value): bindings.append(.text(value.description))
        }
    }
}
