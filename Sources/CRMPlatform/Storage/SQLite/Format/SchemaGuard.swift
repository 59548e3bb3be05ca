import CRMModel

/// Compares everything in a file's schema with what the platform makes, before the file is opened for writing.
///
/// Triggers, views, generated columns, checks, defaults and tables of others cannot be there: each table and index must
/// be, letter for letter, what the platform writes.
struct SchemaGuard {
    private let connection: StoreConnection
    private let expected: [String: String]

    /// Tables that the engine makes for its own purposes.
    private static let engineTables: Set<String> = ["sqlite_sequence", "sqlite_stat1", "sqlite_stat4"]

    /// Tables in which the full-text index keeps itself; their form is the engine's affair.
    private static let indexTables: Set<String> = ["crmSearch_data", "crmSearch_idx", "crmSearch_config"]

    /// Refuses a schema that has more than the platform makes, or lacks a table of its own.
    ///
    /// - Throws: `storage`, naming what does not belong. The connection only reads.
    static func inspect(_ connection: StoreConnection) throws(PlatformError) {
        let version = try SystemSchema.version(on: connection)
        guard version <= FileFormat.currentVersion else {
            throw FileFormat.futureFormat(version, file: connection.fileName)
        }
        var expected: [String: String] = [:]
        for step in SystemSchema.steps where step.version <= version {
            for statement in step.statements {
                let name = SystemTables.name(of: statement)
                if let table = expected[name], let altered = SystemTables.altered(table, by: statement) {
                    expected[name] = altered
                } else {
                    expected[name] = statement.hasPrefix("DROP ") ? nil : statement
                }
            }
        }
        try SchemaGuard(connection: connection, expected: expected).inspect()
    }

    private func inspect() throws(PlatformError) {
        var missing = Set(expected.keys)
        var objectElements: [(type: String, name: String, table: String, sql: String)] = []
        let statement = try connection.statement("SELECT type, name, tbl_name, sql FROM sqlite_master")
        defer { statement.reset() }
        while try statement.step() {
            let (type, name, table) = (statement.text(0), statement.text(1), statement.text(2))
            guard type == "table" || type == "index" else { throw stranger("\(type) \(name)") }
            guard let sql = statement.optionalText(3) else {
                // Indexes of keys have no text; they stand or fall with their table.
                guard type == "index", name.hasPrefix("sqlite_autoindex_") else { throw stranger("\(type) \(name)") }
                continue
            }
            if let own = expected[name] {
                guard sql == own else { throw stranger("\(type) \(name)") }
                missing.remove(name)
            } else if !(type == "table" && (Self.engineTables.contains(name) || Self.indexTables.contains(name))) {
                objectElements.append((type, name, table, sql))
            }
        }
        guard missing.isEmpty else {
            throw PlatformError(.storage, Message(.storageCorrupt, ["file": .text(connection.fileName)]))
        }
        let tables = try objectTables()
        for element in objectElements {
            guard let (definition, sql) = tables[element.table] else {
                throw stranger("\(element.type) \(element.name)")
            }
            let isOurs =
                element.type == "table"
                ? element.sql == sql : definition.isIndex(element.sql, named: element.name)
            guard isOurs else { throw stranger("\(element.type) \(element.name)") }
        }
    }

    /// The tables of objects by name, with the SQL that made them and their columns.
    private func objectTables() throws(PlatformError) -> [String: (definition: TableDefinition, sql: String)] {
        var fields: [Int64: [(name: FieldName, storage: FieldStorage)]] = [:]
        for row in try FieldTable.rows(on: connection) {
            fields[row.objectID, default: []].append((row.name, row.storage))
        }
        var tables: [String: (definition: TableDefinition, sql: String)] = [:]
        for row in try ObjectTable.rows(on: connection) {
            let definition = TableDefinition(dialect: connection.dialect, object: row.name)
            tables[connection.dialect.tableName(of: row.name)] = (definition, definition.create(fields[row.id] ?? []))
        }
        return tables
    }

    private func stranger(_ element: String) -> PlatformError {
        PlatformError(
            .storage,
            Message(
                .storageHostileSchema,
                ["file": .text(connection.fileName), "element": .text(TextLimits.prefix(element, characters: 100))]
            )
        )
    }
}
