package import CRMModel

/// Writes into the history of records what an upgrade of plugins does to their values.
package struct UpgradeNotes {
    private let at: Instant
    private let origin: String
    private var unit: Int64 = 0

    /// Notes of one upgrade: its moment and the door, which is that of installations.
    package init(at: Instant, origin: String) {
        self.at = at
        self.origin = origin
    }

    /// Notes that a field of a record has another value.
    ///
    /// - Throws: `storage`.
    mutating func note(
        _ field: FieldName,
        of record: Int64,
        objectID: Int64,
        from old: Value,
        to new: Value,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let entry = AuditTable.Entry(
            at: at,
            userID: 0,
            origin: origin,
            unit: unit,
            objectID: objectID,
            recordID: record,
            action: .update,
            reason: nil
        )
        let number = try AuditTable.write(entry, changes: Self.changes(field, old, new), on: connection)
        if unit == 0 { unit = number }
    }

    /// Notes that a field gets a value in all records that have none, in one statement.
    ///
    /// - Throws: `storage`.
    package mutating func noteFill(
        _ field: FieldName,
        of object: ObjectName,
        with value: Value,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let dialect = connection.dialect
        let before = try AuditTable.lastID(on: connection)
        let unit = unit == 0 ? before + 1 : unit
        let statement = try connection.statement(
            "INSERT INTO crmAudit(at,userID,origin,unit,objectID,recordID,action,changes) "
                + "SELECT ?1,0,?2,?3,?4,\"id\",?5,?6 FROM \(dialect.table(of: object)) "
                + "WHERE \(dialect.identifier(field)) IS NULL ORDER BY \"id\""
        )
        defer { statement.reset() }
        try statement.bind(.instant(at), as: .instant, at: 1)
        statement.bind(origin, at: 2)
        statement.bind(unit, at: 3)
        statement.bind(try ObjectTable.id(of: object, on: connection), at: 4)
        statement.bind(AuditTable.Action.update.rawValue, at: 5)
        statement.bind(utf8: Self.changes(field, .null, value), at: 6)
        try statement.execute()
        self.unit = unit
    }

    private static func changes(_ field: FieldName, _ old: Value, _ new: Value) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key(field.rawValue)
        writer.beginArray()
        writer.value(old)
        writer.value(new)
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
