import CRMModel
import CRMStorage

/// The order of a query and the condition under which a record comes after a cursor.
///
/// Nulls are less than everything, as the database has it. So that an index is entered at the cursor and not walked from
/// its beginning, a page that goes on over the border between values and nulls is made of two branches.
struct PageOrder {
    /// A column of the result.
    struct Column {
        let source: FieldSource
        let column: CompiledQuery.Column
    }

    /// A key of the order.
    struct Key {
        let source: FieldSource
        let storage: FieldStorage
        /// The column of the result that holds it, 0 and up.
        let column: Int
        let descending: Bool

        /// Whether every record has a value.
        var isNeverNull: Bool {
            if case .own(let slot) = source { return slot < SystemField.allCases.count }
            return false
        }
    }

    let keys: [Key]
    let cursor: PageCursor?

    /// A text by which a cursor knows its query: object and order, and a digest of the condition and its values.
    static func signature(of keys: [Key], object: ObjectDefinition, query: Query) -> String {
        let parts = keys.map { key in
            // By names: slots mean other fields once the metadata has changed.
            var owner = object
            var path = ""
            for hop in key.source.hops {
                path += owner.fields[hop.slot].name.rawValue + "."
                owner = hop.target
            }
            return path + owner.fields[key.source.slot].name.rawValue + (key.descending ? "-" : "+")
        }
        return object.name.rawValue + " " + parts.joined() + digest(of: query)
    }

    private static func digest(of query: Query) -> String {
        let filter = TextNormalisation.trimmed(query.filter ?? "")
        guard !filter.isEmpty else { return "" }
        var bytes = Array(filter.utf8)
        for value in query.parameters {
            let kind: StaticString =
                switch value {
                case .null: "null"
                case .boolean: "boolean"
                case .integer, .decimal: "number"
                case .text: "text"
                case .date: "date"
                case .instant: "moment"
                }
            let text = value.displayText
            bytes += Array("\u{1F}\(kind)\(text.utf8.count):\(text)".utf8)
        }
        return " " + SHA256.hexDigest(bytes).prefix(12)
    }

    /// Whether the values of a cursor are of the kinds that the keys have.
    static func fits(_ cursor: PageCursor, _ keys: [Key]) -> Bool {
        guard cursor.keys.count == keys.count - 1 else { return false }
        return zip(cursor.keys, keys).allSatisfy { value, key in
            switch value {
            case .null: !key.isNeverNull
            case .integer: key.storage == .integer || key.storage == .boolean || key.storage.isScaled
            case .text: key.storage == .text || key.storage == .date || key.storage == .instant
            default: false
            }
        }
    }

    /// The conditions of the branches whose records, together, come after the cursor; one empty branch without a cursor.
    func branches(of object: ObjectDefinition, with writer: inout ExpressionSQL) throws -> [SQLFragment] {
        guard let cursor else { return [SQLFragment()] }
        let values = cursor.keys + [.integer(cursor.id)]
        let first = keys[0]
        let value = values[0]
        var result: [SQLFragment] = []
        // Within the records that agree with the cursor's first key or lie after it, value by value.
        var main = SQLFragment()
        if value.isNull {
            try append(first, " IS NULL", to: &main, with: &writer)
        } else {
            try append(
                first,
                keys.count == 1 ? (first.descending ? " < " : " > ") : (first.descending ? " <= " : " >= "),
                value,
                to: &main,
                with: &writer
            )
        }
        if keys.count > 1 {
            main.append(" AND ")
            try appendAfter(values, from: 0, isFirstNull: value.isNull, to: &main, with: &writer)
        }
        result.append(main)
        // And beyond the border of the nulls.
        if value.isNull, !first.descending {
            var beyond = SQLFragment()
            try append(first, " IS NOT NULL", to: &beyond, with: &writer)
            result.append(beyond)
        } else if !value.isNull, first.descending, !first.isNeverNull {
            var beyond = SQLFragment()
            try append(first, " IS NULL", to: &beyond, with: &writer)
            result.append(beyond)
        }
        return result
    }

    /// `(k0 after v0 OR (k0 = v0 AND (k1 after v1 OR …)))`; the first key is known not to lie on the other side of null.
    private func appendAfter(
        _ values: [Value],
        from index: Int,
        isFirstNull: Bool,
        to sql: inout SQLFragment,
        with writer: inout ExpressionSQL
    ) throws {
        let key = keys[index]
        let value = values[index]
        let isLast = index == keys.count - 1
        sql.append("(")
        var hasAlternative = false
        if index > 0 || !isFirstNull {
            hasAlternative = try appendStrictlyAfter(key, value, crossingNull: index > 0, to: &sql, with: &writer)
        }
        if !isLast {
            if hasAlternative { sql.append(" OR ") }
            sql.append("(")
            if value.isNull {
                try append(key, " IS NULL", to: &sql, with: &writer)
            } else {
                try append(key, " = ", value, to: &sql, with: &writer)
            }
            sql.append(" AND ")
            try appendAfter(values, from: index + 1, isFirstNull: isFirstNull, to: &sql, with: &writer)
            sql.append(")")
        }
        sql.append(")")
    }

    /// Whether the key comes after the value; false when nothing can come after it, and then nothing was written.
    private func appendStrictlyAfter(
        _ key: Key,
        _ value: Value,
        crossingNull: Bool,
        to sql: inout SQLFragment,
        with writer: inout ExpressionSQL
    ) throws -> Bool {
        switch (value.isNull, key.descending) {
        case (true, true): return false
        case (true, false): try append(key, " IS NOT NULL", to: &sql, with: &writer)
        case (false, false): try append(key, " > ", value, to: &sql, with: &writer)
        case (false, true):
            try append(key, " < ", value, to: &sql, with: &writer)
            if crossingNull, !key.isNeverNull {
                sql.append(" OR ")
                try append(key, " IS NULL", to: &sql, with: &writer)
            }
        }
        return true
    }

    private func append(
        _ key: Key,
        _ test: StaticString,
        _ value: Value? = nil,
        to sql: inout SQLFragment,
        with writer: inout ExpressionSQL
    ) throws {
        try writer.write(key.source, into: &sql)
        sql.append(test)
        if let value { sql.bind(value) }
    }
}

extension FieldStorage {
    var isScaled: Bool {
        if case .scaled = self { return true }
        return false
    }
}
