import CRMModel

/// The SQL that makes the tables and indexes of objects; the planner writes it and the schema guard expects it.
struct TableDefinition {
    let dialect: any SQLDialect
    let object: ObjectName

    /// The columns that every record has, after its number.
    private var systemColumns: [String] {
        let columns: [(name: String, storage: FieldStorage)] = [
            ("version", .integer), ("created_at", .instant), ("created_by", .integer), ("updated_at", .instant),
            ("updated_by", .integer),
        ]
        return columns.map { "\"\($0.name)\" \(dialect.columnType($0.storage)) NOT NULL" }
    }

    /// The statement that makes the table with these columns, fields without a column left out.
    func create(_ fields: [(name: FieldName, storage: FieldStorage)]) -> String {
        let columns = [dialect.identityColumn] + systemColumns + fields.compactMap(column)
        return "CREATE TABLE \(dialect.table(of: object))(\(columns.joined(separator: ", ")))\(dialect.tableOptions)"
    }

    /// The statement that adds a column, nil for a field without one.
    func add(_ field: FieldName, _ storage: FieldStorage) -> String? {
        column(field, storage).map { "ALTER TABLE \(dialect.table(of: object)) ADD COLUMN \($0)" }
    }

    /// The statement that makes an index.
    func create(_ index: IndexDefinition) -> String {
        "CREATE "
            + dialect.index(
                dialect.indexName(index, of: object),
                on: dialect.table(of: object),
                columns: index.fields.map { field in
                    SQLIndexColumn(
                        name: dialect.identifier(field),
                        isNullable: SystemField(rawValue: field.rawValue) == nil
                    )
                },
                isUnique: index.isUnique
            )
    }

    /// The statement that removes an index of this name.
    func drop(index name: String) -> String { "DROP INDEX \"\(name)\"" }

    /// Whether `sql` is what ``create(_:)-(IndexDefinition)`` writes for some index of that name.
    func isIndex(_ sql: String, named name: String) -> Bool {
        for kind in ["CREATE UNIQUE INDEX", "CREATE INDEX"] {
            let start = "\(kind) \"\(name)\" ON \(dialect.table(of: object))("
            guard sql.hasPrefix(start), sql.hasSuffix(")") else { continue }
            return sql.dropFirst(start.count).dropLast().split(separator: ", ", omittingEmptySubsequences: false)
                .allSatisfy { part in
                    part.count > 2 && part.hasPrefix("\"") && part.hasSuffix("\"")
                        && FieldName(rawValue: String(part.dropFirst().dropLast())) != nil
                }
        }
        return false
    }

    private func column(_ field: (name: FieldName, storage: FieldStorage)) -> String? {
        column(field.name, field.storage)
    }

    private func column(_ name: FieldName, _ storage: FieldStorage) -> String? {
        storage == .none ? nil : "\(dialect.identifier(name)) \(dialect.columnType(storage))"
    }
}
