package import CRMModel

/// The saves that were done under a key, so that asking again does not do them again.
///
/// The column `key` holds the key and, after a line feed, which keys cannot contain, what was done under it: the action
/// and a digest of what was given. Both are found by the beginning of the column.
package enum IdempotencyTable {
    /// A save that was done.
    package struct Entry: Sendable, Hashable {
        /// What was done: the action and a digest of what was given; empty when it was not kept.
        package let work: String
        /// When.
        package let at: Instant
        /// The stable id of the object.
        package let objectID: Int64
        /// The number of the record.
        package let recordID: Int64
        /// The version that the save made.
        package let version: Int64

        /// Makes an entry.
        package init(work: String, at: Instant, objectID: Int64, recordID: Int64, version: Int64) {
            self.work = work
            self.at = at
            self.objectID = objectID
            self.recordID = recordID
            self.version = version
        }
    }

    private static let find = PreparedSQL(
        "SELECT key,at,objectID,recordID,version FROM crmIdempotency WHERE key>=?1 AND key<?2 LIMIT 1"
    )
    private static let insert = PreparedSQL(
        "INSERT INTO crmIdempotency(key,at,objectID,recordID,version) VALUES(?1,?2,?3,?4,?5)"
    )
    private static let remove = PreparedSQL("DELETE FROM crmIdempotency WHERE key>=?1 AND key<?2")
    private static let prune = PreparedSQL("DELETE FROM crmIdempotency WHERE at<?1")

    /// Whether a text can be a key: 1 to 200 characters, none of them a control sign.
    package static func isKey(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 200 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    /// What was done under a key, nil when nothing was.
    ///
    /// - Throws: `storage`.
    package static func find(_ key: String, on connection: StoreConnection) throws(PlatformError) -> Entry? {
        let statement = try connection.statement(find)
        bind(key, to: statement)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        guard case .instant(let at) = try statement.value(1, as: .instant) else { throw statement.unreadable(1) }
        return Entry(
            work: String(statement.text(0).dropFirst(key.count + 1)),
            at: at,
            objectID: statement.int64(2),
            recordID: statement.int64(3),
            version: statement.int64(4)
        )
    }

    /// Notes what was done under a key that is free.
    ///
    /// - Throws: `storage`.
    package static func insert(
        _ key: String,
        _ entry: Entry,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(insert)
        statement.bind(key + "\n" + entry.work, at: 1)
        try statement.bind(.instant(entry.at), as: .instant, at: 2)
        statement.bind(entry.objectID, at: 3)
        statement.bind(entry.recordID, at: 4)
        statement.bind(entry.version, at: 5)
        try statement.enqueue()
    }

    /// Forgets a key.
    ///
    /// - Throws: `storage`.
    package static func remove(_ key: String, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(remove)
        bind(key, to: statement)
        try statement.execute()
    }

    /// Forgets the keys under which something was done before a moment.
    ///
    /// - Throws: `storage`.
    package static func prune(before moment: Instant, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(prune)
        try statement.bind(.instant(moment), as: .instant, at: 1)
        try statement.execute()
    }

    /// From the key itself up to what would follow its line feed.
    private static func bind(_ key: String, to statement: StoreStatement) {
        statement.bind(key, at: 1)
        statement.bind(key + "\u{B}", at: 2)
    }
}
