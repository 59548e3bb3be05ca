package import CRMModel

/// A statement that works out figures, with what is needed to read its rows.
package struct CompiledAggregate: Sendable {
    /// A column of the result that the caller sees.
    package struct Column: Sendable, Hashable {
        /// The name given by the caller.
        package let alias: String
        /// The kind of the values.
        package let storage: FieldStorage
        /// Whether it is a group, not a measure.
        package let isGroup: Bool

        let kind: Kind
        /// The field whose values a group has, for labels: its owner and slot; nil for computed groups.
        package let field: FieldOrigin?
    }

    /// The field that a group shows.
    package struct FieldOrigin: Sendable, Hashable {
        /// The object that has the field.
        package let object: ObjectName
        /// The slot.
        package let slot: Int

        package init(object: ObjectName, slot: Int) {
            self.object = object
            self.slot = slot
        }
    }

    enum Kind: Sendable, Hashable {
        /// One column of the row as it is; `isChecked` when it may have been cut at the ends of 64 bits.
        case plain(isChecked: Bool)
        /// A sum at a scale and a count, of which the average is made.
        case average(scale: Int)
    }

    /// The statement.
    ///
    /// The database refuses a sum beyond 64 bits with an error ("integer overflow"); it never wraps.
    package let sql: String
    /// The values of the placeholders, in order.
    package let bindings: [Value]
    /// The columns of the result.
    package let columns: [Column]

    /// How the columns of the statement's rows are kept; an average has two.
    package var rowStorages: [FieldStorage] {
        columns.flatMap { column -> [FieldStorage] in
            switch column.kind {
            case .plain: [column.storage]
            case .average: [.integer, .integer]
            }
        }
    }

    /// The values of the result's columns, from a row of the statement read with ``rowStorages``.
    ///
    /// - Throws: `PlatformError` `limitExceeded` when a figure does not fit 64 bits.
    package func values(of row: [Value]) throws(PlatformError) -> [Value] {
        var result: [Value] = []
        result.reserveCapacity(columns.count)
        var index = 0
        for column in columns {
            switch column.kind {
            case .plain(let isChecked):
                let value = row[index]
                index += 1
                let units: Int64? =
                    switch value {
                    case .integer(let number): number
                    case .decimal(let number): number.units
                    default: nil
                    }
                if isChecked, units == .max || units == .min { throw Self.outOfRange(column.alias) }
                result.append(value)
            case .average(let scale):
                let sum = row[index].integerValue
                let count = row[index + 1].integerValue ?? 0
                index += 2
                guard let sum, count > 0 else {
                    result.append(.null)
                    continue
                }
                guard case .scaled(let places) = column.storage,
                    let average = Self.average(sum, count, raisedBy: places - scale),
                    let value = FixedDecimal(units: average, scale: places)
                else { throw Self.outOfRange(column.alias) }
                result.append(.decimal(value))
            }
        }
        return result
    }

    /// `sum * 10^places / count`, a half away from zero; nil when it does not fit.
    private static func average(_ sum: Int64, _ count: Int64, raisedBy places: Int) -> Int64? {
        let dividend = Int128(sum) * Int128(ExactArithmetic.power(places))
        let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: Int128(count))
        let isUp = rest.magnitude * 2 >= count.magnitude
        return Int64(exactly: isUp ? quotient + (dividend < 0 ? -1 : 1) : quotient)
    }

    private static func outOfRange(_ alias: String) -> PlatformError {
        PlatformError(.limitExceeded, Message(.expressionOutOfRange), context: ErrorContext(rule: alias))
    }
}
