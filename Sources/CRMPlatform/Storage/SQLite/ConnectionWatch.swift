import GRDBSQLite

/// What the callbacks of a connection need: whether the schema may be changed now, and how long the log has grown.
final class ConnectionWatch {
    /// Whether statements may read the engine's settings and change the schema; on only within the storage room.
    var allowsSchemaWork = false

    /// The pages in the write-ahead log after the last commit.
    var logPages = 0

    /// Asked every few thousand steps of a statement; the statement ends as cancelled when it says so.
    var shouldStop: (() -> Bool)?

    /// Ends the unit of work that runs.
    var signal: StopSignal?

    /// How many steps of the engine lie between two questions; about a tenth of a millisecond.
    private static let stepsBetween: Int32 = 4000

    /// Puts the callbacks in place; the watch must live as long as the connection.
    func install(on handle: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        // No observers: the room runs its own transactions.
        sqlite3_commit_hook(handle, nil, nil)
        sqlite3_rollback_hook(handle, nil, nil)
        sqlite3_set_authorizer(
            handle,
            { context, action, first, second, _, _ in
                guard let context else { return SQLITE_DENY }
                let watch = Unmanaged<ConnectionWatch>.fromOpaque(context).takeUnretainedValue()
                return watch.permits(action, first, second) ? SQLITE_OK : SQLITE_DENY
            },
            context
        )
        sqlite3_progress_handler(
            handle,
            Self.stepsBetween,
            { context in
                guard let context else { return 0 }
                let watch = Unmanaged<ConnectionWatch>.fromOpaque(context).takeUnretainedValue()
                return watch.signal?.isSet == true || watch.shouldStop?() == true ? 1 : 0
            },
            context
        )
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                if let context {
                    Unmanaged<ConnectionWatch>.fromOpaque(context).takeUnretainedValue().logPages = Int(pages)
                }
                return SQLITE_OK
            },
            context
        )
    }

    /// Whether a statement may be compiled.
    ///
    /// Other files, triggers and views are out of reach for every statement.
    private func permits(_ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, SQLITE_RECURSIVE,
            SQLITE_TRANSACTION, SQLITE_SAVEPOINT:
            return true
        case SQLITE_FUNCTION:
            guard let second else { return false }
            return !["load_extension", "fts3_tokenizer"].contains(String(cString: second).lowercased())
        case SQLITE_PRAGMA where first.map({ String(cString: $0) == "data_version" }) == true:
            // The full-text index asks whether the file has changed.
            return true
        case SQLITE_CREATE_TABLE, SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX, SQLITE_DROP_TABLE, SQLITE_ALTER_TABLE,
            SQLITE_REINDEX, SQLITE_ANALYZE, SQLITE_PRAGMA:
            return allowsSchemaWork
        case SQLITE_CREATE_VTABLE, SQLITE_DROP_VTABLE:
            return allowsSchemaWork && second.map { String(cString: $0) == "fts5" } ?? false
        default:
            return false
        }
    }
}

extension StoreConnection {
    /// Runs `body` with the right to change the schema and to read the engine's settings.
    func withSchemaWork<T, Failure: Error>(_ body: () throws(Failure) -> T) throws(Failure) -> T {
        let before = watch.allowsSchemaWork
        watch.allowsSchemaWork = true
        hasSchemaWork = true
        defer { watch.allowsSchemaWork = before }
        return try body()
    }
}
