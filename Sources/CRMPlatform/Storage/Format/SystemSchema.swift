import CRMModel
import GRDBSQLite

/// The platform's own tables, made and brought up to date by steps that are never changed once released.
enum SystemSchema {
    /// A step from one format version to the next.
    struct Step {
        /// The version after the step.
        let version: UInt32
        /// What is done.
        let statements: [String]
    }

    /// All steps in order; the last gives the version this program writes.
    static let steps = [Step(version: 1, statements: SystemTables.version1)]

    /// Makes all tables in an empty database, within the caller's transaction.
    static func createTables(on connection: StoreConnection) throws(PlatformError) {
        try connection.withSchemaWork { () throws(PlatformError) in
            for step in steps {
                for statement in step.statements { try connection.execute(statement) }
            }
            try connection.execute("PRAGMA application_id=\(FileFormat.applicationID)")
            try connection.execute("PRAGMA user_version=\(FileFormat.currentVersion)")
        }
        try MetaTable.makeIdentity(on: connection)
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
        }
    }
}
