import CRMModel
import Foundation
import GRDBSQLite

/// Puts result codes of SQLite into words.
enum SQLiteFailure {
    /// The error for `code` (extended); `text` is the engine's message, `file` the name for people.
    static func error(code: Int32, text: String, file: String) -> PlatformError {
        let engine = StoreEngineError(code: code, text: text)
        let named: [String: Message.Argument] = ["file": .text(file)]
        func storage(_ key: MessageKey) -> PlatformError { PlatformError(.storage, Message(key, named), cause: engine) }
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: return constraint(code: code, text: text)
        case SQLITE_BUSY, SQLITE_LOCKED:
            return PlatformError(.busy, Message(.storageEngineBusy, named), cause: engine)
        case SQLITE_INTERRUPT: return PlatformError(.cancelled, Message(.storageCancelled), cause: engine)
        case SQLITE_FULL: return storage(.storageDiskFull)
        case SQLITE_READONLY, SQLITE_PERM: return storage(.storageReadOnly)
        case SQLITE_CANTOPEN: return storage(.storageCannotOpen)
        case SQLITE_IOERR: return storage(.storageInputOutput)
        case SQLITE_CORRUPT, SQLITE_NOTADB: return storage(.storageCorrupt)
        case SQLITE_TOOBIG: return PlatformError(.limitExceeded, Message(.storageTooBig), cause: engine)
        case SQLITE_NOMEM: return storage(.storageMemory)
        default:
            return PlatformError(.internal, Message(.storageInternal, ["code": "\(code)"]), cause: engine)
        }
    }

    /// The error of the last call on `handle`.
    static func error(handle: OpaquePointer?, code: Int32, file: String) -> PlatformError {
        let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
        if let handle, failures.contains(code & 0xFF) {
            let path = sqlite3_db_filename(handle, "main").map { String(cString: $0) }
            if let key = cause(sqlite3_system_errno(handle), path) {
                return PlatformError(
                    .storage,
                    Message(key, ["file": .text(file)]),
                    cause: StoreEngineError(code: extended, text: "")
                )
            }
        }
        let text = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? ""
        return error(code: extended & 0xFF == code & 0xFF ? extended : code, text: text, file: file)
    }

    /// The error of a file that did not open, of which the engine has told no more than a code.
    static func error(opening path: String, code: Int32, text: String, file: String) -> PlatformError {
        guard failures.contains(code & 0xFF), let key = cause(0, path) else {
            return error(code: code, text: text, file: file)
        }
        return PlatformError(
            .storage,
            Message(key, ["file": .text(file)]),
            cause: StoreEngineError(code: code, text: text)
        )
    }

    /// The codes that may be due to a full disk or a limit of the system.
    private static let failures: Set<Int32> = [SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN]

    /// What the engine needs to open a file: the first page of its shared memory.
    private static let leastBytes: UInt64 = 32_768

    /// Why the system let nothing be written, by its number or, when that does not tell, by what it would let be written now;
    /// nil when neither tells.
    private static func cause(_ number: Int32, _ path: String?) -> MessageKey? {
        switch number {
        case ENOSPC, EDQUOT: return .storageDiskFull
        case EFBIG: return .storageFileLimit
        default: break
        }
        guard let path, !path.isEmpty else { return nil }
        var disk = statvfs()
        let folder = FilePath.folder(path)
        if statvfs(folder.isEmpty ? "." : folder, &disk) == 0,
            UInt64(disk.f_bavail) * UInt64(disk.f_frsize) <= leastBytes
        {
            return .storageDiskFull
        }
        var limit = rlimit()
        guard getrlimit(fileSize, &limit) == 0, limit.rlim_cur < UInt64(Int64.max) else { return nil }
        let sizes = ["", "-wal"].map { suffix in
            var status = stat()
            return stat(path + suffix, &status) == 0 ? UInt64(status.st_size) : 0
        }
        return sizes.contains { $0 + leastBytes > UInt64(limit.rlim_cur) } ? .storageFileLimit : nil
    }

    #if canImport(Glibc)
    private static let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
    private static let fileSize = RLIMIT_FSIZE
    #endif

    /// SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE and _ROWID, whose macros Swift does not import.
    private static let uniqueCodes: Set<Int32> = [
        SQLITE_CONSTRAINT | 6 << 8, SQLITE_CONSTRAINT | 8 << 8, SQLITE_CONSTRAINT | 10 << 8,
    ]

    /// The engine writes `UNIQUE constraint failed: table.column, table.column`.
    private static func constraint(code: Int32, text: String) -> PlatformError {
        let unique = uniqueCodes.contains(code)
        var table = ""
        var columns: [String] = []
        if let colon = text.firstRange(of: ": ") {
            for part in text[colon.upperBound...].split(separator: ", ") {
                guard let dot = part.firstIndex(of: ".") else { continue }
                table = String(part[..<dot])
                columns.append(String(part[part.index(after: dot)...]))
            }
        }
        let violation = StoreConstraintViolation(kind: unique ? .unique : .value, table: table, columns: columns)
        return PlatformError(
            unique ? .alreadyExists : .invalidInput,
            Message(
                unique ? .storageConstraint : .storageRefusedValue,
                ["columns": .text(columns.joined(separator: ", "))]
            ),
            cause: violation
        )
    }
}
