package import CRMModel

/// The tables of objects that a file has, with their fields and indexes, archived ones too.
package struct SchemaState: Sendable {
    /// One object.
    package struct Object: Sendable {
        /// Its entry.
        package let row: ObjectRow
        /// Its fields by name.
        package let fields: [FieldName: FieldRow]
        /// Its fields in the order in which they were made, which is that of the columns.
        package let fieldsInOrder: [FieldRow]
        /// The names of its indexes.
        package let indexes: Set<String>
    }

    /// The objects by name.
    package let objects: [ObjectName: Object]

    /// Counts the changes of the schema in the file.
    let schemaVersion: Int64

    /// Reads the state.
    ///
    /// - Throws: `storage`.
    package static func read(on connection: StoreConnection) throws(PlatformError) -> SchemaState {
        var fields: [Int64: [FieldRow]] = [:]
        for row in try FieldTable.rows(on: connection) { fields[row.objectID, default: []].append(row) }
        let indexes = try connection.indexNames()
        var objects: [ObjectName: Object] = [:]
        for row in try ObjectTable.rows(on: connection) {
            let own = fields[row.id] ?? []
            objects[row.name] = Object(
                row: row,
                fields: Dictionary(own.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
                fieldsInOrder: own,
                indexes: indexes[connection.dialect.tableName(of: row.name)] ?? []
            )
        }
        let version = try connection.withSchemaWork { () throws(PlatformError) in
            try connection.schemaVersion()
        }
        return SchemaState(objects: objects, schemaVersion: version)
    }

    /// The stable id of an object, 0 when it has none yet.
    package func stableID(of object: ObjectName) -> Int64 { objects[object]?.row.id ?? 0 }

    /// The stable id of a field, 0 when it has none yet.
    package func stableID(of field: FieldName, in object: ObjectName) -> Int64 {
        objects[object]?.fields[field]?.id ?? 0
    }
}

extension StoreConnection {
    /// The first column of the first row as an integer, 0 when there is no row.
    func integer(_ sql: String) throws(PlatformError) -> Int64 {
        let statement = try statement(sql)
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : 0
    }
}
