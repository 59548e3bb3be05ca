package import CRMModel
import Foundation
import GRDBSQLite

extension SQLiteStore {
    /// Makes a new, empty store in memory, for tests of plugins.
    ///
    /// - Throws: `storage`.
    package static func inMemory(options: StoreOptions = StoreOptions()) throws(PlatformError) -> SQLiteStore {
        let session = try SQLiteSession(path: nil, role: .writer, options: options, fileName: "(memory)")
        let store = SQLiteStore(file: nil, options: options, lock: nil, writer: session, readers: nil)
        try SystemSchema.create(in: store)
        return store
    }

    /// Makes a new file and opens it.
    ///
    /// It gets its name only when it is complete.
    ///
    /// - Throws: `alreadyExists` when there is a file of that name; `busy`; `storage`.
    package static func create(
        path: String,
        options: StoreOptions = StoreOptions()
    ) throws(PlatformError) -> SQLiteStore {
        let making = try StoreInMaking(path: path, options: options)
        try making.publish()
        defer { making.release() }
        return try open(path: path, options: options, heldLock: making.lock)
    }

    /// Opens a file that is there.
    ///
    /// - Throws: `notFound`; `storage` with the reason when the file is empty, incomplete, damaged, of another program,
    ///   of a newer format, or contains what the platform does not make; `busy`.
    package static func open(
        path: String,
        options: StoreOptions = StoreOptions()
    ) throws(PlatformError) -> SQLiteStore {
        do throws(PlatformError) {
            return try open(path: path, options: options, heldLock: nil)
        } catch {
            // A full disk, a folder of somebody else, a medium that cannot be written: it can be read all the same.
            guard Self.cannotBeWritten(error) else { throw error }
            return try openReadOnly(path: path, options: options, because: error)
        }
    }

    /// Opens a file that nobody writes for reading alone; nothing is written beside it either.
    ///
    /// `reason` is what those are told who want to write.
    ///
    /// - Throws: as ``open(path:options:)``; `storage` when there is a log, which could not be brought in.
    package static func openReadOnly(
        path: String,
        options: StoreOptions = StoreOptions(),
        because reason: PlatformError? = nil
    ) throws(PlatformError) -> SQLiteStore {
        let file = DataFile(path: path)
        let format = try FileFormat.inspect(file)
        let reason = reason ?? file.failure(EROFS)
        if let log = try LogFormat(of: file) {
            log.end()
            throw PlatformError(
                .storage,
                Message(
                    .storageLogNeedsWriting,
                    [
                        "file": .text(file.name), "log": .text(FilePath.last(file.logPath)),
                        "reason": .message(reason.message),
                    ]
                ),
                cause: reason
            )
        }
        if !format.header.isEmpty, LogMark(of: file, pageSize: format.pageSize) != nil { throw file.logLost }
        let session = try SQLiteSession(
            path: file.path,
            role: .reader,
            options: options,
            fileName: file.name,
            isImmutable: true
        )
        try inspectSchema(session.connection)
        return SQLiteStore(
            file: file,
            options: options,
            lock: nil,
            writer: session,
            readers: nil,
            readOnlyReason: reason
        )
    }

    /// Gives up the saves in a log that is gone or was cut, so that the file is opened as it is without them.
    ///
    /// - Returns: Whether something was missing.
    /// - Throws: as ``open(path:options:)``; `busy` when somebody has the file open.
    package static func acceptLoss(path: String, options: StoreOptions = StoreOptions()) throws(PlatformError) -> Bool {
        let file = DataFile(path: path)
        let format = try FileFormat.inspect(file)
        if OpenDataFiles.isAbandoned(file.path) { throw file.abandoned }
        let lock = try FileLock(for: file)
        defer { lock.close() }
        func busy(_ holder: Message) -> PlatformError {
            .storeBusy(file: file.name, holder: holder, timeoutMilliseconds: options.timeoutMilliseconds)
        }
        guard !format.header.isEmpty else { throw busy(Message(.storageHolderSelf)) }
        guard lock.acquire(timeoutMilliseconds: options.timeoutMilliseconds) else { throw busy(lock.holderMessage) }
        if let user = file.user { throw busy(Message(.storageHolderProcess, ["pid": .text(String(user))])) }
        return try LogGuard(file: file, format: format).acceptLoss(under: lock)
    }

    /// Whether an error of opening says that nothing can be written there.
    private static func cannotBeWritten(_ error: PlatformError) -> Bool {
        [
            MessageKey.storageReadOnly, .storageDiskFull, .storageInputOutput, .storageCannotOpen, .storageFileLimit,
        ].contains { error.message.key == $0 }
    }

    private static func open(
        path: String,
        options: StoreOptions,
        heldLock: FileLock?
    ) throws(PlatformError) -> SQLiteStore {
        let file = DataFile(path: path, name: options.displayName)
        let header = try FileFormat.inspect(file)
        if OpenDataFiles.isAbandoned(file.path) { throw file.abandoned }
        let lock = if let heldLock { heldLock } else { try FileLock(for: file) }
        try LogGuard(file: file, format: header).requireLogOfOthers()
        // The log is examined while nobody writes. When the lock is taken, a process that has examined it is at work.
        let hasLock = heldLock != nil || lock.acquire(timeoutMilliseconds: 0)
        let writer: SQLiteSession
        do {
            defer { if hasLock, heldLock == nil { lock.release() } }
            if hasLock { try LogGuard(file: file, format: header).admit(under: lock) }
            writer = try openInspected(file, options: options, isAlone: hasLock && !file.hasLog)
            if hasLock, header.hasNoLog {
                try writer.keepLog()
                let mark = file.mark
                lock.update {
                    $0.file = mark
                    $0.round &+= 1
                }
            }
        }
        let log = LogFiles(of: file)
        let store = SQLiteStore(
            file: file,
            options: options,
            lock: lock,
            writer: writer,
            readers: ReaderPool(file: file, options: options, log: log),
            log: log
        )
        try SystemSchema.migrate(store)
        return store
    }

    /// Examines the schema over a connection that can only read, then opens the one that writes.
    ///
    /// `isAlone` says that nobody else has the file open, so that what the engine put beside it may go when the file
    /// is refused.
    private static func openInspected(
        _ file: DataFile,
        options: StoreOptions,
        isAlone: Bool
    ) throws(PlatformError) -> SQLiteSession {
        var inspector: SQLiteSession?
        do throws(PlatformError) {
            let session = try SQLiteSession(path: file.path, role: .reader, options: options, fileName: file.name)
            inspector = session
            try inspectSchema(session.connection)
            let writer = try SQLiteSession(path: file.path, role: .writer, options: options, fileName: file.name)
            session.close()
            return writer
        } catch {
            inspector?.close()
            inspector = nil
            if isAlone {
                unlink(file.logPath)
                unlink(file.sharedMemoryPath)
            }
            throw error
        }
    }

    /// Examines the schema on one view: another process may be bringing the file into another format meanwhile.
    private static func inspectSchema(_ connection: StoreConnection) throws(PlatformError) {
        try connection.beginView()
        defer { connection.endView() }
        try SchemaGuard.inspect(connection)
    }
}
