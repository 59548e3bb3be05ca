package import CRMModel

/// A statement with everything that is needed to run it and to read its rows.
package struct CompiledQuery: Sendable {
    /// A column of the result.
    package struct Column: Sendable, Hashable {
        /// The slot of the field in records of the object; nil for a sort key that lies behind a reference.
        package let slot: Int?
        /// How the value is kept.
        package let storage: FieldStorage
    }

    /// The object whose records the rows are.
    package let object: ObjectDefinition
    /// The statement; equal queries give equal text, whatever their values.
    package let sql: String
    /// The values of the placeholders, in order: integers, texts and nulls.
    package let bindings: [Value]
    /// The columns of the rows, in order.
    package let columns: [Column]
    /// The columns that hold the sort keys, in order, the number of the record last.
    package let sortColumns: [Int]
    /// The greatest number of rows.
    package let limit: Int

    let order: String

    /// Whether a row begins with all stored fields in slot order, so that a record can be read in one go.
    package var readsWholeRecords: Bool {
        let stored = object.fields.indices.filter { object.fields[$0].storage != .none }
        return columns.count >= stored.count && zip(columns, stored).allSatisfy { $0.slot == $1 }
    }

    /// The cursor of the page that ends with a row.
    ///
    /// - Parameter value: Gives the value of a column of the page's last row.
    /// - Returns: The cursor for `Query.after` of the next page.
    package func cursor(afterRow value: (Int) -> Value) -> PageCursor {
        let keys = sortColumns.dropLast().map { Self.stored(value($0), as: columns[$0].storage) }
        let id = sortColumns.last.flatMap { value($0).integerValue } ?? 0
        return PageCursor(order: order, keys: keys, id: id)
    }

    private static func stored(_ value: Value, as storage: FieldStorage) -> Value {
        switch value {
        case .null, .integer, .text: value
        case .boolean(let value): .integer(value ? 1 : 0)
        case .decimal(let value):
            if case .scaled(let scale) = storage {
                .integer(value.rescaled(to: scale)?.units ?? value.units)
            } else {
                .integer(value.units)
            }
        case .date(let value): .text(value.description)
        case .instant(let value): .text(value.description)
        }
    }
}

/// A statement that gives one whole number.
package struct CompiledCount: Sendable {
    /// The statement.
    package let sql: String
    /// The values of the placeholders, in order.
    package let bindings: [Value]
}
