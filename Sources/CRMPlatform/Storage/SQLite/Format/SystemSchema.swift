package import CRMModel

/// The platform's own tables, made and brought up to date by steps that are never changed once released.
enum SystemSchema {
    /// A step from one format version to the next.
    struct Step {
        /// The version after the step.
        let version: UInt32
        /// What makes tables and indexes, adds columns, and drops indexes.
        let statements: [String]
        /// What is written into the tables then.
        var contents: @Sendable (StoreConnection) throws(PlatformError) -> Void = { _ in }
    }

    /// All steps in order; the last gives the version this program writes.
    static let steps = [
        Step(version: 1, statements: SystemTables.version1),
        // The tables are the same. They hold what a program of version 1 does not keep up: the comparable forms of unique
        // values and titles, digests behind idempotency keys, the ledger of reference data.
        Step(version: 2, statements: [], contents: beginVersion2),
        // Comparable forms are forgotten by the values they were made of, so no index by record is kept.
        Step(version: 3, statements: ["DROP INDEX crmDuplicateKeyByRecord"]),
        // Work that is kept until it is done, and what plugins say.
        Step(version: 4, statements: SystemTables.version4),
        // Why somebody acted for the system stands in the history.
        Step(version: 5, statements: SystemTables.version5),
    ]

    /// A company gets its identity; forms that are there may be behind the records, so they are made anew.
    @Sendable private static func beginVersion2(_ connection: StoreConnection) throws(PlatformError) {
        try MetaTable.makeIdentity(on: connection)
        try MetaTable.set(.comparableForms, to: nil, on: connection)
    }

    /// Makes all tables in an empty database, within the caller's transaction.
    static func createTables(on connection: StoreConnection) throws(PlatformError) {
        // What a later step drops is not made in the first place.
        let statements = steps.flatMap(\.statements)
        let dropped = Set(statements.filter { $0.hasPrefix("DROP ") }.map(SystemTables.name(of:)))
        try connection.withSchemaWork { () throws(PlatformError) in
            for statement in statements where !dropped.contains(SystemTables.name(of: statement)) {
                try connection.execute(statement)
            }
            try connection.execute("PRAGMA application_id=\(FileFormat.applicationID)")
            try connection.execute("PRAGMA user_version=\(FileFormat.currentVersion)")
        }
        for step in steps { try step.contents(connection) }
    }

    /// Makes all tables in a store that has just been made.
    static func create(in store: SQLiteStore) throws(PlatformError) {
        try store.write { connection throws(PlatformError) in try createTables(on: connection) }
    }

    /// The format version as the engine sees it; the head of the file may lag behind the log.
    static func version(on connection: StoreConnection) throws(PlatformError) -> UInt32 {
        try connection.withSchemaWork { () throws(PlatformError) in
            UInt32(clamping: try connection.integer("PRAGMA user_version"))
        }
    }

    /// Brings a file of an older format up to date; one transaction, all or nothing.
    static func migrate(_ store: SQLiteStore) throws(PlatformError) {
        let found = try store.read { connection throws(PlatformError) in try version(on: connection) }
        guard found < FileFormat.currentVersion else { return }
        try store.write { connection throws(PlatformError) in
            let version = try version(on: connection)
            try connection.withSchemaWork { () throws(PlatformError) in
                for step in steps where step.version > version {
                    for statement in step.statements { try connection.execute(statement) }
                }
                try connection.execute("PRAGMA user_version=\(FileFormat.currentVersion)")
            }
            for step in steps where step.version > version { try step.contents(connection) }
            // Programs that have the file open look at it again.
            try MetaTable.raiseGeneration(on: connection)
        }
    }
}

extension StoreConnection {
    /// Whether the file has the tables of a format version; one of before that can be open for reading alone.
    ///
    /// - Throws: `storage`.
    package func hasFormat(_ version: UInt32) throws(PlatformError) -> Bool {
        try SystemSchema.version(on: self) >= version
    }

    /// Makes sure that no newer program has brought the file into a format that this one does not know.
    ///
    /// - Throws: `storage` with both versions.
    package func requireKnownFormat() throws(PlatformError) {
        let version = try SystemSchema.version(on: self)
        guard version <= FileFormat.currentVersion else { throw FileFormat.futureFormat(version, file: fileName) }
    }
}
