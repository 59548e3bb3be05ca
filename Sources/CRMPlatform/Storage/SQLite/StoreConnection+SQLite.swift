import CRMModel
import GRDBSQLite

extension StoreConnection {
    // MARK: - What was done

    /// The number of the row inserted last.
    var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// How many rows the last INSERT, UPDATE or DELETE changed.
    var changes: Int { Int(sqlite3_changes(handle)) }

    /// How many rows were changed since the connection was opened.
    package var totalChanges: Int64 { Int64(sqlite3_total_changes64(handle)) }

    /// The engine's number of the state that the connection sees; another one after every change by anybody.
    var fileState: UInt32? {
        var number: UInt32 = 0
        return sqlite3_file_control(handle, "main", SQLITE_FCNTL_DATA_VERSION, &number) == SQLITE_OK ? number : nil
    }

    // MARK: - Transactions

    /// Whether the engine is in a transaction or has a view.
    var hasTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Undoes the transaction or ends the view, whatever the engine says.
    func undo() { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }

    /// Puts every statement back to its beginning that still stands on a row.
    func rewindStatements() {
        var statement = sqlite3_next_stmt(handle, nil)
        while let current = statement {
            if sqlite3_stmt_busy(current) != 0 { sqlite3_reset(current) }
            statement = sqlite3_next_stmt(handle, current)
        }
    }

    /// Unties the engine from this object.
    func untie() {
        sqlite3_wal_hook(handle, nil, nil)
        sqlite3_set_authorizer(handle, nil, nil)
        sqlite3_progress_handler(handle, 0, nil, nil)
    }

    // MARK: - Errors

    /// The error for a result code of the last call.
    func error(_ code: Int32) -> PlatformError { SQLiteFailure.error(handle: handle, code: code, file: fileName) }

    /// The error of a unit of work that was told to end.
    var stopped: PlatformError { SQLiteFailure.error(code: SQLITE_INTERRUPT, text: "", file: fileName) }

    // MARK: - What there is

    /// The names of the indexes of each table, those of keys left out.
    ///
    /// - Throws: `storage`.
    func indexNames() throws(PlatformError) -> [String: Set<String>] {
        let statement = try statement(
            "SELECT tbl_name, name FROM sqlite_master WHERE type='index' AND sql IS NOT NULL"
        )
        defer { statement.reset() }
        var indexes: [String: Set<String>] = [:]
        while try statement.step() { indexes[statement.text(0), default: []].insert(statement.text(1)) }
        return indexes
    }

    /// The types of a table's columns by name; empty when there is no such table.
    ///
    /// - Throws: `storage`.
    func columnTypes(of table: String) throws(PlatformError) -> [String: String] {
        let statement = try statement("SELECT name, type FROM pragma_table_info(?1)")
        defer { statement.reset() }
        statement.bind(table, at: 1)
        var columns: [String: String] = [:]
        while try statement.step() { columns[statement.text(0)] = statement.text(1) }
        return columns
    }

    /// Counts the changes of tables and indexes; asked within ``withSchemaWork(_:)``.
    ///
    /// - Throws: `storage`.
    func schemaVersion() throws(PlatformError) -> Int64 { try integer("PRAGMA schema_version") }

    /// What the engine finds wrong in its file, at most so many things; asked within ``withSchemaWork(_:)``.
    ///
    /// - Throws: `storage`, `cancelled`.
    func findings(limit: Int) throws(PlatformError) -> [String] {
        let statement = try statement("PRAGMA integrity_check(\(limit))")
        defer { statement.reset() }
        var findings: [String] = []
        while try statement.step() {
            let text = statement.text(0)
            if text != "ok" { findings.append(text) }
        }
        return findings
    }

    /// How much the file holds; asked within ``withSchemaWork(_:)``.
    ///
    /// - Throws: `storage`.
    func sizes() throws(PlatformError) -> IntegrityCheck.Sizes {
        IntegrityCheck.Sizes(
            pages: try integer("PRAGMA page_count"),
            pageBytes: try integer("PRAGMA page_size"),
            freePages: try integer("PRAGMA freelist_count"),
            logPages: Int64(watch.logPages)
        )
    }
}

extension StoreInterrupter {
    /// Ends the statement that runs.
    static func interrupt(_ handle: OpaquePointer) { sqlite3_interrupt(handle) }
}
