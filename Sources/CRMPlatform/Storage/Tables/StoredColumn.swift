package import CRMModel

/// A column with what it holds now, whatever the catalog says of it.
package struct StoredColumn {
    /// The object.
    package let object: ObjectName
    /// The field.
    package let field: FieldName
    /// What the file knows of it.
    package let row: FieldRow

    /// Names a column.
    package init(object: ObjectName, field: FieldName, row: FieldRow) {
        self.object = object
        self.field = field
        self.row = row
    }

    /// How many records have a value.
    package func count(on connection: StoreConnection) throws(PlatformError) -> Int64 {
        guard row.storage != .none else { return 0 }
        let dialect = connection.dialect
        let statement = try connection.statement(
            "SELECT count(\(dialect.identifier(field))) FROM \(dialect.table(of: object))"
        )
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : 0
    }

    /// Gives each value with the number of its record.
    package func forEach(
        on connection: StoreConnection,
        _ body: (Int64, Value) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        guard row.storage != .none else { return }
        let dialect = connection.dialect
        let column = dialect.identifier(field)
        let statement = try connection.statement(
            "SELECT \"id\", \(column) FROM \(dialect.table(of: object)) WHERE \(column) IS NOT NULL ORDER BY \"id\""
        )
        defer { statement.reset() }
        while try statement.step() { try body(statement.int64(0), try statement.value(1, as: row.storage)) }
    }

    /// Gives each value once, with the number of records that have it and the first of these.
    package func forEachDistinct(
        on connection: StoreConnection,
        _ body: (Value, Int64, Int64) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        guard row.storage != .none else { return }
        let dialect = connection.dialect
        let column = dialect.identifier(field)
        let statement = try connection.statement(
            "SELECT \(column), count(*), min(\"id\") FROM \(dialect.table(of: object)) WHERE \(column) IS NOT NULL "
                + "GROUP BY \(column) ORDER BY 3"
        )
        defer { statement.reset() }
        while try statement.step() {
            try body(try statement.value(0, as: row.storage), statement.int64(1), statement.int64(2))
        }
    }
}

extension StoreConnection {
    /// How many records an object has.
    package func count(of object: ObjectName) throws(PlatformError) -> Int64 {
        let statement = try statement("SELECT count(*) FROM \(dialect.table(of: object))")
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : 0
    }

    /// Gives a field a value in all records that have none.
    package func fill(
        _ field: FieldName,
        of object: ObjectName,
        with value: Value,
        as storage: FieldStorage
    ) throws(PlatformError) {
        let column = dialect.identifier(field)
        let statement = try statement(
            "UPDATE \(dialect.table(of: object)) SET \(column)=\(dialect.placeholder(1)) WHERE \(column) IS NULL"
        )
        defer { statement.reset() }
        try statement.bind(value, as: storage, at: 1)
        try statement.execute()
    }
}
