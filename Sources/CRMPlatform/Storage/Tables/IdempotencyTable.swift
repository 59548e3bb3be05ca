package import CRMModel

/// The saves that were done under a key, so that asking again does not do them again.
package enum IdempotencyTable {
    private static let find = PreparedSQL("SELECT objectID,recordID,version FROM crmIdempotency WHERE key=?1")
    private static let insert = PreparedSQL(
        "INSERT INTO crmIdempotency(key,at,objectID,recordID,version) VALUES(?1,?2,?3,?4,?5)"
    )

    /// What was done under a key, nil when nothing was.
    ///
    /// - Throws: `storage`.
    package static func find(
        _ key: String,
        on connection: StoreConnection
    ) throws(PlatformError) -> (objectID: Int64, recordID: Int64, version: Int64)? {
        let statement = try connection.statement(find)
        statement.bind(key, at: 1)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return (statement.int64(0), statement.int64(1), statement.int64(2))
    }

    /// Notes what was done under a key.
    ///
    /// - Throws: `alreadyExists` when the key is taken; `storage`.
    package static func insert(
        _ key: String,
        at: Instant,
        objectID: Int64,
        recordID: Int64,
        version: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(insert)
        statement.bind(key, at: 1)
        try statement.bind(.instant(at), as: .instant, at: 2)
        statement.bind(objectID, at: 3)
        statement.bind(recordID, at: 4)
        statement.bind(version, at: 5)
        try statement.execute()
    }
}
