import CRMModel
import GRDBSQLite
import Testing

@testable import CRMStorage

/// Objects for tests of the schema, made without plugin files.
enum SchemaFixture {
    static func name(_ text: String) -> FieldName {
        guard let name = FieldName(rawValue: text) else { preconditionFailure("\(text) is no field name") }
        return name
    }

    static func objectName(_ text: String) -> ObjectName {
        guard let name = ObjectName(rawValue: text) else { preconditionFailure("\(text) is no object name") }
        return name
    }

    static func field(_ text: String, _ type: FieldType, unique: Bool = false) -> FieldDefinition {
        var field = FieldDefinition(name: name(text), type: type, label: LocalizedText(text))
        field.isUnique = unique
        return field
    }

    static func object(
        _ text: String,
        _ fields: [FieldDefinition],
        indexes: [IndexDefinition] = [],
        codeRules: [CodeRule] = []
    ) -> ObjectDefinition {
        let system = SystemField.allCases.map { system in
            let type: FieldType = system == .createdAt || system == .updatedAt ? .dateTime : .integer
            var field = field(system.rawValue, type)
            field.isSystem = true
            return field
        }
        return ObjectDefinition(
            name: objectName(text),
            label: LocalizedText(text),
            fields: system + fields,
            titleField: fields.first?.name ?? name("id"),
            indexes: indexes,
            codeRules: codeRules
        )
    }

    static func catalog(_ objects: ObjectDefinition...) -> Catalog {
        Catalog(generation: 1, objects: objects, dictionaries: [], layouts: [])
    }
}

extension SQLiteStore {
    /// Brings the tables to a catalog and returns what was done, in English.
    @discardableResult
    func migrate(to catalog: Catalog) throws(PlatformError) -> [String] {
        try write { connection throws(PlatformError) in
            let plan = try SchemaPlanner.plan(to: catalog, on: connection)
            try plan.apply(on: connection)
            return plan.messages.map { $0.text(in: .en) }
        }
    }

    /// Runs a statement in a transaction of its own.
    func run(_ sql: String) throws(PlatformError) {
        try write { connection throws(PlatformError) in try connection.execute(sql) }
    }

    /// Runs a statement that changes the schema.
    func runSchemaWork(_ sql: String) throws(PlatformError) {
        try write { connection throws(PlatformError) in
            try connection.withSchemaWork { () throws(PlatformError) in try connection.execute(sql) }
        }
    }

    /// The one text that a query gives.
    func text(_ sql: String) throws(PlatformError) -> String? {
        try read { connection throws(PlatformError) in
            let statement = try connection.statement(sql)
            defer { statement.reset() }
            return try statement.step() ? statement.optionalText(0) : nil
        }
    }

    /// The one integer that a query gives.
    func number(_ sql: String) throws(PlatformError) -> Int64 {
        try read { connection throws(PlatformError) in try connection.integer(sql) }
    }
}

extension StoreConnection {
    /// Does what the platform never does, to make files that it must refuse.
    func executeUnchecked(_ sql: String) {
        sqlite3_set_authorizer(handle, nil, nil)
        #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(sql)")
    }
}
