package import CRMModel

/// Brings the values of a column into another form, when a field is given another type that they all fit.
package struct ColumnConversion: Sendable {
    /// How values are kept now.
    package let from: FieldStorage
    /// How they will be kept.
    package let to: FieldStorage
    /// The value in the new form; nil when it does not fit.
    package let convert: @Sendable (Value) -> Value?

    /// Whether the history of the records tells of it.
    package var isAudited = true

    /// Makes a conversion.
    package init(from: FieldStorage, to: FieldStorage, convert: @escaping @Sendable (Value) -> Value?) {
        self.from = from
        self.to = to
        self.convert = convert
    }

    /// How many values are read before they are written again.
    private static let batch = 1000

    /// Changes the column and its values; no index may be on it.
    ///
    /// - Throws: `conflict` when a value does not fit after all; `storage`.
    func run(
        on field: FieldName,
        of object: ObjectName,
        _ notes: inout UpgradeNotes?,
        _ connection: StoreConnection
    ) throws(PlatformError) {
        let objectID: Int64? = try notes == nil || !isAudited ? nil : ObjectTable.id(of: object, on: connection)
        func note(_ id: Int64, _ old: Value, _ new: Value) throws(PlatformError) {
            guard let objectID, Self.isOther(old, new) else { return }
            try notes?.note(field, of: id, objectID: objectID, from: old, to: new, on: connection)
        }
        let dialect = connection.dialect
        let table = dialect.table(of: object)
        let column = dialect.identifier(field)
        guard !keepsColumn(dialect) else {
            return try copy(from: column, to: column, table, connection, note)
        }
        // A name that no field can have.
        let former = "\"former \(field)\""
        if from != .none { try connection.executeOnce("ALTER TABLE \(table) RENAME COLUMN \(column) TO \(former)") }
        if let sql = TableDefinition(dialect: dialect, object: object).add(field, to) {
            try connection.executeOnce(sql)
        }
        guard from != .none else { return }
        if to != .none { try copy(from: former, to: column, table, connection, note) }
        try connection.executeOnce("ALTER TABLE \(table) DROP COLUMN \(former)")
    }

    /// Whether people see another value; more places of the same number are none.
    private static func isOther(_ old: Value, _ new: Value) -> Bool {
        if old == new || old.displayText == new.displayText { return false }
        guard let before = FixedDecimal(old.displayText), let after = FixedDecimal(new.displayText) else { return true }
        return before < after || after < before
    }

    /// Whether the column itself stays as it is.
    func keepsColumn(_ dialect: any SQLDialect) -> Bool {
        from != .none && to != .none && dialect.columnType(from) == dialect.columnType(to)
    }

    private func copy(
        from source: String,
        to column: String,
        _ table: String,
        _ connection: StoreConnection,
        _ note: (Int64, Value, Value) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        let dialect = connection.dialect
        let read = try connection.statement(
            "SELECT \"id\", \(source) FROM \(table) WHERE \"id\">\(dialect.placeholder(1)) AND \(source) IS NOT NULL "
                + "ORDER BY \"id\" LIMIT \(Self.batch)"
        )
        defer { read.reset() }
        let write = try connection.statement(
            "UPDATE \(table) SET \(column)=\(dialect.placeholder(2)) WHERE \"id\"=\(dialect.placeholder(1))"
        )
        defer { write.reset() }
        var last = Int64.min
        while true {
            read.bind(last, at: 1)
            var values: [(id: Int64, old: Value, value: Value)] = []
            while try read.step() {
                let old = try read.value(1, as: from)
                guard let value = convert(old) else {
                    throw PlatformError(.conflict, Message(.schemaChanged))
                }
                values.append((read.int64(0), old, value))
            }
            guard let end = values.last?.id else { return }
            last = end
            for (id, old, value) in values {
                write.bind(id, at: 1)
                try write.bind(value, as: to, at: 2)
                try write.execute()
                try note(id, old, value)
            }
        }
    }
}
