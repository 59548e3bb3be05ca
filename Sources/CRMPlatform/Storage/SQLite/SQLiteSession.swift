import CRMModel
import GRDB
import GRDBSQLite

/// One open connection to a file: GRDB opens, configures and closes it, the room uses its handle.
///
/// `@unchecked Sendable`: whoever holds a session uses it on one thread at a time, which `ThreadGate` and `ReaderPool`
/// see to; GRDB's own queue is used for opening and closing alone.
final class SQLiteSession: @unchecked Sendable {
    /// How long the engine waits for a program that does not keep to the lock of the file.
    private static let busyMilliseconds: Int32 = 5_000

    /// What a session is for.
    enum Role {
        case writer
        case reader
    }

    /// The connection as units of work are lent it.
    let connection: StoreConnection

    private let queue: DatabaseQueue

    /// Opens a connection to a file that has been checked, or to a new database in memory when `path` is nil.
    ///
    /// `isImmutable` is for a file that nobody writes while it is open, and beside which nothing can be written.
    init(
        path: String?,
        role: Role,
        options: StoreOptions,
        fileName: String,
        isImmutable: Bool = false
    ) throws(PlatformError) {
        var configuration = Configuration()
        configuration.readonly = role == .reader
        configuration.foreignKeysEnabled = false
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(Double(Self.busyMilliseconds) / 1000)
        do {
            if let path {
                queue = try DatabaseQueue(
                    path: isImmutable ? Self.immutableAddress(path) : path,
                    configuration: configuration
                )
            } else {
                queue = try DatabaseQueue(configuration: configuration)
            }
        } catch let error as DatabaseError {
            throw SQLiteFailure.error(
                opening: path ?? "",
                code: error.extendedResultCode.rawValue,
                text: error.message ?? "",
                file: fileName
            )
        } catch {
            throw SQLiteFailure.error(code: SQLITE_CANTOPEN, text: "\(type(of: error))", file: fileName)
        }
        guard let handle = queue.inDatabase({ $0.sqliteConnection }) else {
            throw SQLiteFailure.error(code: SQLITE_CANTOPEN, text: "", file: fileName)
        }
        connection = StoreConnection(
            handle: handle,
            dialect: SQLiteDialect(),
            fileName: fileName,
            isReadOnly: role == .reader
        )
        for setting in Self.settings(role: role, isInMemory: path == nil, options: options) {
            let code = sqlite3_exec(handle, "PRAGMA \(setting)", nil, nil, nil)
            guard code == SQLITE_OK else {
                throw SQLiteFailure.error(handle: handle, code: code, file: fileName)
            }
        }
        var code = FormFunctions.install(on: handle)
        if code == SQLITE_OK { code = DayFunction.install(on: handle) }
        guard code == SQLITE_OK else { throw SQLiteFailure.error(handle: handle, code: code, file: fileName) }
        connection.watch.install(on: handle)
    }

    /// Opens one more connection that reads a file which is open already; it must find the log that is in use.
    ///
    /// - Throws: `storage`, also when the log is not there: the engine would begin another one.
    convenience init(
        readerOf file: DataFile,
        options: StoreOptions,
        log: LogFiles?,
        isImmutable: Bool = false
    ) throws(PlatformError) {
        if let loss = log?.loss { throw file.error(loss) }
        try self.init(
            path: file.path,
            role: .reader,
            options: options,
            fileName: file.name,
            isImmutable: isImmutable
        )
        guard let loss = log?.loss else { return }
        close()
        throw file.error(loss)
    }

    /// The address by which the engine opens a file without locks, log and shared memory.
    private static func immutableAddress(_ path: String) -> String {
        var address = "file:"
        for byte in path.utf8 {
            let isPlain =
                byte < 0x80
                && (byte == 0x2F || byte == 0x2E || Character(UnicodeScalar(byte)).isLetter
                    || Character(UnicodeScalar(byte)).isNumber)
            address += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return address + "?immutable=1"
    }

    private static func settings(role: Role, isInMemory: Bool, options: StoreOptions) -> [String] {
        var settings = [
            "trusted_schema=OFF", "temp_store=MEMORY", "wal_autocheckpoint=0",
            "recursive_triggers=OFF",
        ]
        switch role {
        case .writer:
            settings.append("cell_size_check=ON")
            settings.append("cache_size=-\(options.writerCacheKiB)")
            settings.append("synchronous=\(options.durability == .full ? "FULL" : "NORMAL")")
            // The log file is cut back to this size when it begins anew.
            settings.append("journal_size_limit=\(64 << 20)")
        case .reader:
            settings.append("cache_size=-\(options.readerCacheKiB)")
            settings.append("mmap_size=\(options.readerMapBytes)")
            // Mapped pages would be examined anew with each use.
            settings.append("cell_size_check=\(options.readerMapBytes > 0 ? "OFF" : "ON")")
            settings.append("query_only=ON")
        }
        if isInMemory { settings.removeAll { $0.hasPrefix("synchronous") || $0.hasPrefix("journal") } }
        return settings
    }

    /// Lets a file that is written in place have a write-ahead log from now on; called with the lock of the file held.
    ///
    /// - Throws: `storage` when the disk fails.
    func keepLog() throws(PlatformError) {
        connection.watch.allowsSchemaWork = true
        defer { connection.watch.allowsSchemaWork = false }
        // The log is there with the mode, its shared memory with the first reading.
        let sql = "PRAGMA journal_mode=WAL; SELECT 1 FROM sqlite_master LIMIT 1"
        let code = sqlite3_exec(connection.handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw SQLiteFailure.error(handle: connection.handle, code: code, file: connection.fileName)
        }
    }

    /// Brings the log into the file as far as readers let it; called with the lock of the file held.
    ///
    /// - Parameters:
    ///   - mode: The engine's name of how.
    ///   - isWhole: Is told whether all of the log is in the file, also when this throws.
    /// - Throws: `storage` when the disk fails, `busy` when others keep the log in use.
    func settle(_ mode: Int32, isWhole: (Bool) -> Void = { _ in }) throws(PlatformError) {
        // Readers may read for as long as they like; what they keep in use is left for later, and nobody waits for them
        // while the lock is held.
        sqlite3_busy_timeout(connection.handle, 0)
        defer { sqlite3_busy_timeout(connection.handle, Self.busyMilliseconds) }
        var (pages, done): (Int32, Int32) = (-1, -1)
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, mode, &pages, &done)
        isWhole(pages >= 0 && pages == done && [SQLITE_OK, SQLITE_BUSY].contains(code & 0xFF))
        guard code == SQLITE_OK else {
            throw SQLiteFailure.error(handle: connection.handle, code: code, file: connection.fileName)
        }
    }

    /// Lets the connection be without closing it: the engine would bring its log into a file that is not its own any more.
    func abandon() {
        connection.prepareForClosing()
        _ = Unmanaged.passRetained(queue)
    }

    /// Closes the connection.
    func close() {
        connection.prepareForClosing()
        do {
            try queue.close()
        } catch {
            // A statement that is still held keeps the handle open; the engine closes it when the last one is gone.
        }
    }
}
