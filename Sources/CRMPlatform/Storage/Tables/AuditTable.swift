package import CRMModel

/// The history of writes: who, when, from where, old → new.
package enum AuditTable {
    /// What happened to a record.
    package enum Action: String, Sendable {
        /// It was created.
        case create
        /// It was changed.
        case update
        /// It was deleted.
        case delete
    }

    /// One entry to be written.
    package struct Entry {
        /// When.
        package var at: Instant
        /// The acting user.
        package var userID: Int64
        /// The door.
        package var origin: String
        /// The unit of work, the same for all that one transaction did: the number of its first entry, 0 to begin one.
        package var unit: Int64
        /// The stable id of the object.
        package var objectID: Int64
        /// The record.
        package var recordID: Int64
        /// What happened.
        package var action: Action
        /// Why somebody acted for the system, nil when nobody did.
        package var reason: String?

        /// Makes an entry.
        package init(
            at: Instant,
            userID: Int64,
            origin: String,
            unit: Int64,
            objectID: Int64,
            recordID: Int64,
            action: Action,
            reason: String?
        ) {
            self.at = at
            self.userID = userID
            self.origin = origin
            self.unit = unit
            self.objectID = objectID
            self.recordID = recordID
            self.action = action
            self.reason = reason
        }
    }

    /// One entry as it was read.
    package struct Row: Sendable {
        /// The number of the entry; entries are numbered in the order in which they were written.
        package let id: Int64
        /// When.
        package let at: String
        /// The acting user.
        package let userID: Int64
        /// The door.
        package let origin: String
        /// The stable id of the object.
        package let objectID: Int64
        /// The record.
        package let recordID: Int64
        /// `create`, `update` or `delete`.
        package let action: String
        /// The fields as JSON: new values for `create`, pairs of old and new for `update`, old values for `delete`.
        package let changes: String
        /// Why somebody acted for the system; empty when nobody did, or when that was not asked for.
        package let reason: String

        /// The error for an entry that is not as it was written.
        package var unreadable: PlatformError {
            PlatformError(.storage, Message(.storageUnreadable, ["column": .text("crmAudit \(id)")]))
        }
    }

    private static let insert = PreparedSQL(
        "INSERT INTO crmAudit(at,userID,origin,unit,objectID,recordID,action,changes,reason) VALUES(?1,?2,?3,"
            + "coalesce(?4,coalesce((SELECT max(id) FROM crmAudit),0)+1),?5,?6,?7,?8,?9)"
    )
    private static let last = PreparedSQL("SELECT max(id) FROM crmAudit")
    private static let since = PreparedSQL(
        "SELECT id,at,userID,origin,objectID,recordID,action,changes FROM crmAudit WHERE id>?1 ORDER BY id"
    )
    private static let lastAt = PreparedSQL("SELECT at FROM crmAudit ORDER BY id DESC LIMIT 1")
    private static let ofRecord = PreparedSQL(
        "SELECT id,at,userID,origin,objectID,recordID,action,changes FROM crmAudit "
            + "WHERE objectID=?1 AND recordID=?2 ORDER BY id"
    )
    private static let ofRecordWithReasons = PreparedSQL(
        "SELECT id,at,userID,origin,objectID,recordID,action,changes,reason FROM crmAudit "
            + "WHERE objectID=?1 AND recordID=?2 ORDER BY id"
    )
    /// The format version from which on files keep reasons; one of before may be open for reading alone.
    private static let reasonFormat: UInt32 = 5

    /// The records whose entries one statement reads.
    private static let chunk = 100
    private static let ofRecords = PreparedSQL(
        "SELECT id,at,userID,origin,objectID,recordID,action,changes FROM crmAudit WHERE objectID=?1 AND recordID IN ("
            + (0..<chunk).map { "?\($0 + 2)" }.joined(separator: ",") + ") ORDER BY recordID, id"
    )

    /// The number of the last entry, 0 when there is none.
    ///
    /// - Throws: `storage`.
    package static func lastID(on connection: StoreConnection) throws(PlatformError) -> Int64 {
        let statement = try connection.statement(last)
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : 0
    }

    /// When the last entry was written, nil when there is none.
    ///
    /// - Throws: `storage`.
    package static func lastMoment(on connection: StoreConnection) throws(PlatformError) -> Instant? {
        let statement = try connection.statement(lastAt)
        defer { statement.reset() }
        return try statement.step() ? statement.value(0, as: .instant).instantValue : nil
    }

    /// Writes an entry with its changes as JSON and returns its number.
    ///
    /// - Throws: `storage`.
    package static func write(
        _ entry: Entry,
        changes: [UInt8],
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let statement = try connection.statement(insert)
        try statement.bind(.instant(entry.at), as: .instant, at: 1)
        statement.bind(entry.userID, at: 2)
        statement.bind(entry.origin, at: 3)
        statement.bind(entry.unit == 0 ? nil : entry.unit, at: 4)
        statement.bind(entry.objectID, at: 5)
        statement.bind(entry.recordID, at: 6)
        statement.bind(entry.action.rawValue, at: 7)
        statement.bind(utf8: changes, at: 8)
        statement.bind(entry.reason, at: 9)
        return try statement.insert()
    }

    /// The entries after the one of that number.
    ///
    /// - Throws: `storage`.
    package static func entries(after id: Int64, on connection: StoreConnection) throws(PlatformError) -> [Row] {
        let statement = try connection.statement(since)
        statement.bind(id, at: 1)
        return try rows(statement)
    }

    /// The entries of one record; their reasons are read only when these are wanted.
    ///
    /// - Throws: `storage`.
    package static func entries(
        objectID: Int64,
        recordID: Int64,
        withReasons: Bool,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Row] {
        let hasReasons = withReasons ? try connection.hasFormat(reasonFormat) : false
        let statement = try connection.statement(hasReasons ? ofRecordWithReasons : ofRecord)
        statement.bind(objectID, at: 1)
        statement.bind(recordID, at: 2)
        return try rows(statement, hasReasons: hasReasons)
    }

    /// Gives the entries of records of one object, those of each in the order in which they were written: one statement for
    /// a hundred records.
    ///
    /// - Throws: `storage`.
    package static func forEach(
        objectID: Int64,
        recordIDs: [Int64],
        on connection: StoreConnection,
        _ body: (Row) -> Void
    ) throws(PlatformError) {
        for start in stride(from: 0, to: recordIDs.count, by: chunk) {
            let statement = try connection.statement(ofRecords)
            defer { statement.reset() }
            statement.bind(objectID, at: 1)
            let part = recordIDs[start..<min(start + chunk, recordIDs.count)]
            for (index, id) in part.enumerated() { statement.bind(id, at: index + 2) }
            // The places that are left over are those of the last one again.
            for index in part.count..<chunk { statement.bind(part[part.endIndex - 1], at: index + 2) }
            while try statement.step() { body(row(statement)) }
        }
    }

    private static func rows(
        _ statement: StoreStatement,
        hasReasons: Bool = false
    ) throws(PlatformError) -> [Row] {
        var rows: [Row] = []
        while try statement.step() { rows.append(row(statement, hasReasons: hasReasons)) }
        return rows
    }

    private static func row(_ statement: StoreStatement, hasReasons: Bool = false) -> Row {
        Row(
            id: statement.int64(0),
            at: statement.text(1),
            userID: statement.int64(2),
            origin: statement.text(3),
            objectID: statement.int64(4),
            recordID: statement.int64(5),
            action: statement.text(6),
            changes: statement.text(7),
            reason: hasReasons ? statement.optionalText(8) ?? "" : ""
        )
    }
}
