import GRDBSQLite

/// The version of the engine.
package enum SQLiteVersion {
    /// Such as `3.40.1`.
    package static var current: String { String(cString: sqlite3_libversion()) }
}
