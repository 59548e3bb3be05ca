import CRMModel
import CRMStorage

/// A column with what it holds now, whatever the catalog says of it.
struct Column {
    let object: ObjectName
    let field: FieldName
    let row: FieldRow

    /// How many records have a value.
    func count(_ connection: StoreConnection, _ dialect: SQLDialect) throws(PlatformError) -> Int64 {
        guard row.storage != .none else { return 0 }
        let statement = try connection.statement(
            "SELECT count(\(dialect.identifier(field))) FROM \(dialect.table(of: object))"
        )
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : 0
    }

    /// Gives each value with the number of its record.
    func forEach(
        _ connection: StoreConnection,
        _ dialect: SQLDialect,
        _ body: (Int64, Value) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        guard row.storage != .none else { return }
        let column = dialect.identifier(field)
        let statement = try connection.statement(
            "SELECT \"id\", \(column) FROM \(dialect.table(of: object)) WHERE \(column) IS NOT NULL ORDER BY \"id\""
        )
        defer { statement.reset() }
        while try statement.step() { try body(statement.int64(0), try statement.value(1, as: row.storage)) }
    }

    /// Gives each value once, with the number of records that have it and the first of these.
    func forEachDistinct(
        _ connection: StoreConnection,
        _ dialect: SQLDialect,
        _ body: (Value, Int64, Int64) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        guard row.storage != .none else { return }
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

    /// The first records that have a value, with it.
    func examples(_ connection: StoreConnection, _ dialect: SQLDialect) throws(PlatformError) -> String {
        var examples: [String] = []
        try forEach(connection, dialect) { (id: Int64, value: Value) in
            if examples.count < 3 { examples.append("\(object)/\(id) (\(ValueCoder.shown(value.displayText)))") }
        }
        return examples.joined(separator: ", ")
    }
}

extension StoreConnection {
    /// How many records an object has.
    func count(of object: ObjectName, _ dialect: SQLDialect) throws(PlatformError) -> Int64 {
        let statement = try statement("SELECT count(*) FROM \(dialect.table(of: object))")
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : 0
    }
}
