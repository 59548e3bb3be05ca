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
        /// A sum in two halves and whether a number in it was cut.
        case total
        /// A sum as ``total``, at a scale, and a count, of which the average is made.
        case average(scale: Int)
    }

    /// The statement.
    ///
    /// Sums come in two halves of 32 bits each, so they are exact however many rows there are.
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
            case .total: [.integer, .integer, .integer]
            case .average: [.integer, .integer, .integer, .integer]
            }
        }
    }

    /// The values of the result's columns, from a row of the statement read with ``rowStorages``.
    ///
    /// A sum that is beyond 64 bits at its scale is given with fewer places when it needs no more.
    ///
    /// - Throws: `PlatformError` `limitExceeded`, naming the figure, when it cannot be given exactly in 64 bits.
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
                if isChecked, units == .max || units == .min {
                    // The same words as the evaluator has for the same number.
                    throw PlatformError(
                        .limitExceeded,
                        Message(.expressionOutOfRange),
                        context: ErrorContext(rule: column.alias)
                    )
                }
                result.append(value)
            case .total:
                let total = try self.total(row, index, column.alias)
                index += 3
                guard let total else {
                    result.append(.null)
                    continue
                }
                guard let value = Self.value(total, as: column.storage) else { throw Self.outOfRange(column.alias) }
                result.append(value)
            case .average(let scale):
                let sum = try total(row, index, column.alias)
                let count = row[index + 3].integerValue ?? 0
                index += 4
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
    private static func average(_ sum: Int128, _ count: Int64, raisedBy places: Int) -> Int64? {
        let (dividend, overflow) = sum.multipliedReportingOverflow(by: Int128(ExactArithmetic.power(places)))
        guard !overflow else { return nil }
        let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: Int128(count))
        let isUp = rest.magnitude * 2 >= count.magnitude
        return Int64(exactly: isUp ? quotient + (dividend < 0 ? -1 : 1) : quotient)
    }

    /// The sum whose halves stand at an index; nil when nothing was added up.
    private func total(_ row: [Value], _ index: Int, _ alias: String) throws(PlatformError) -> Int128? {
        guard let high = row[index].integerValue, let low = row[index + 1].integerValue else { return nil }
        if row[index + 2].integerValue == 1 { throw Self.outOfRange(alias) }
        return Int128(high) << 32 + Int128(low)
    }

    /// The sum as a value; with fewer places than the storage has when it does not fit otherwise and needs no more.
    private static func value(_ total: Int128, as storage: FieldStorage) -> Value? {
        guard case .scaled(var scale) = storage else { return Int64(exactly: total).map { .integer($0) } }
        var units = total
        while Int64(exactly: units) == nil {
            guard scale > 0, units % 10 == 0 else { return nil }
            units /= 10
            scale -= 1
        }
        return Int64(exactly: units).flatMap { FixedDecimal(units: $0, scale: scale) }.map { .decimal($0) }
    }

    private static func outOfRange(_ alias: String) -> PlatformError {
        PlatformError(
            .limitExceeded,
            Message(.queryMeasureRange, ["measure": .text(alias)]),
            context: ErrorContext(rule: alias)
        )
    }
}
