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
    /// The columns of the rows, in order: first those of ``fieldCount``, then the sort keys that are not among them.
    package let columns: [Column]
    /// How many columns, from the first on, hold the fields that were asked for; the rest only serve the order.
    package let fieldCount: Int
    /// Whether the fields are all stored ones in slot order, so that a record can be read in one go.
    ///
    /// Known from how the statement was written; it cannot be told from a row.
    package let readsWholeRecords: Bool
    /// The columns that hold the sort keys, in order, the number of the record last.
    package let sortColumns: [Int]
    /// The greatest number of rows.
    package let limit: Int

    let order: String
    /// The places among the bindings of the acting user's number.
    var userBindings: [Int] = []
    /// Whether the moment or the user went into it, so that it is not kept.
    var isForOnce = false

    /// The cursor of the page that ends with a row.
    ///
    /// - Parameter value: Gives the value of a column of the page's last row.
    /// - Returns: The cursor for `Query.after` of the next page.
    /// - Throws: what `value` throws.
    package func cursor<E: Error>(afterRow value: (Int) throws(E) -> Value) throws(E) -> PageCursor {
        var keys: [Value] = []
        for column in sortColumns.dropLast() {
            keys.append(Self.stored(try value(column), as: columns[column].storage))
        }
        var id: Int64 = 0
        if let column = sortColumns.last { id = try value(column).integerValue ?? 0 }
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
