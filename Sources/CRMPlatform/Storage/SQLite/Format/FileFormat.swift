import CRMModel
import Foundation
import GRDBSQLite

/// The form of a data file as its first bytes tell it, before the engine has touched it.
struct FileFormat {
    /// `CRM1`, the mark of a data file of the platform.
    static let applicationID: UInt32 = 0x4352_4D31

    /// The format that this program writes.
    static let currentVersion: UInt32 = 5

    /// The size of a page in files of the platform, in bytes.
    static let pageSize = 4096

    /// The size of a page, in bytes.
    let pageSize: Int
    /// The first 100 bytes; empty when the file is open in this process already, and was examined then.
    let header: [UInt8]

    /// Whether the file says that it is written in place, as one that another program has copied; files of the platform have a
    /// write-ahead log.
    var hasNoLog: Bool { header.count == 100 && header[19] == 1 }

    /// Reads the head of a file and refuses what is not a complete data file of the platform.
    ///
    /// - Throws: `notFound`, or `storage` with the reason. The file is opened for reading alone.
    static func inspect(_ file: DataFile) throws(PlatformError) -> FileFormat {
        // To open and close it once more would take the engine's locks from the process.
        if OpenDataFiles.isOpen(at: file.path) { return FileFormat(pageSize: pageSize, header: []) }
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw file.failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw file.failure(errno) }
        func refusal(_ key: MessageKey, _ more: [String: Message.Argument] = [:]) -> PlatformError {
            PlatformError(.storage, Message(key, more.merging(["file": .text(file.name)]) { first, _ in first }))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw refusal(.storageNotRegular) }
        // Under another name it would have another log and another lock.
        guard status.st_nlink == 1 else {
            throw refusal(.storageHardLinks, ["count": .text(String(status.st_nlink))])
        }
        let size = Int(status.st_size)
        guard size > 0 else { throw refusal(.storageEmpty) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = pread(descriptor, &bytes, 100, 0)
        guard count == 100, FileHead.isDatabase(bytes),
            bytes.bigEndian(at: 68) == applicationID
        else { throw refusal(.storageForeign) }
        let version = bytes.bigEndian(at: 60)
        guard version >= 1, version <= currentVersion else {
            throw futureFormat(version, file: file.name)
        }
        guard bytes.bigEndian16(at: 16) == pageSize else { throw refusal(.storageCorrupt) }
        // What says that the log is needed stands behind the pages.
        let isMarked = LogMark(descriptor: descriptor, size: size, pageSize: pageSize) != nil
        try checkSize(isMarked ? size - LogMark.length : size, bytes, file, refusal)
        // A file of the platform keeps a write-ahead log, so a rollback journal beside it is not its own.
        var journal = stat()
        if lstat(file.journalPath, &journal) == 0, journal.st_size > 0 {
            throw refusal(.storageStrayLog, ["log": .text(file.name + "-journal")])
        }
        return FileFormat(pageSize: pageSize, header: bytes)
    }

    /// The refusal of a file that a newer program has made.
    static func futureFormat(_ version: UInt32, file: String) -> PlatformError {
        PlatformError(
            .storage,
            Message(
                .storageFutureFormat,
                ["file": .text(file), "found": .text("\(version)"), "supported": .text("\(currentVersion)")]
            )
        )
    }

    /// The file must have all its pages.
    ///
    /// While there is a log, pages may still be in it, and the engine decides.
    private static func checkSize(
        _ size: Int,
        _ bytes: [UInt8],
        _ file: DataFile,
        _ refusal: (MessageKey, [String: Message.Argument]) -> PlatformError
    ) throws(PlatformError) {
        var log = stat()
        let hasLog = lstat(file.logPath, &log) == 0 && log.st_size > 0
        let isCountValid = bytes.bigEndian(at: 24) == bytes.bigEndian(at: 92)
        let expected =
            isCountValid ? Int(bytes.bigEndian(at: 28)) * pageSize : (size + pageSize - 1) / pageSize * pageSize
        guard hasLog || (size >= expected && size % pageSize == 0) else {
            throw refusal(
                .storageTruncated,
                ["expected": .text("\(expected)"), "actual": .text("\(size)")]
            )
        }
    }

    /// Writes a new, complete file with the platform's own tables.
    static func write(to path: String, name: String, options: StoreOptions) throws(PlatformError) {
        // Made beforehand, so that it and what the engine puts beside it can be read by their owner alone.
        let made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard made >= 0 else { throw DataFile(path: path).failure(errno) }
        close(made)
        let session = try SQLiteSession(path: path, role: .writer, options: options, fileName: name)
        defer { session.close() }
        let handle = session.connection.handle
        session.connection.watch.allowsSchemaWork = true
        for setting in ["page_size=\(pageSize)", "journal_mode=WAL"] {
            let code = sqlite3_exec(handle, "PRAGMA \(setting)", nil, nil, nil)
            guard code == SQLITE_OK else { throw SQLiteFailure.error(handle: handle, code: code, file: name) }
        }
        let store = session.connection
        try store.beginTransaction()
        store.wantsStamp = true
        do throws(PlatformError) {
            try SystemSchema.createTables(on: store)
            // No two files begin with the same number of changes, so that their logs are told apart.
            try store.execute("PRAGMA schema_version=\(UInt32.random(in: 1...0x3FFF_FFFF))")
            try store.commitTransaction()
        } catch {
            store.rollbackTransaction()
            throw error
        }
        // A disk that fills only now must leave nothing under the name of the file.
        try session.settle(SQLITE_CHECKPOINT_TRUNCATE)
    }
}

extension [UInt8] {
    /// Four bytes as a number, the greatest first.
    func bigEndian(at index: Int) -> UInt32 {
        self[index..<(index + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Two bytes as a number, the greater first.
    func bigEndian16(at index: Int) -> Int {
        Int(self[index]) << 8 | Int(self[index + 1])
    }
}
