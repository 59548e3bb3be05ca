package import CRMModel
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// A store in one SQLite file, or in memory for tests of plugins.
///
/// Every write transaction and every checkpoint is made by one connection that holds the advisory lock of the file, so
/// over all processes there is one writer and one checkpointer; automatic checkpoints are off everywhere.
///
/// `@unchecked Sendable`: `writer` and `nextCheckpoint` are used only by the thread that is within `gate`; all else is
/// constant or has a lock of its own.
package final class SQLiteStore: Store, @unchecked Sendable {
    /// The dialect of SQLite.
    package let dialect = SQLDialect.sqlite

    /// The name of the file, or `(memory)`.
    package let name: String

    /// The file; nil for a store in memory.
    let file: DataFile?

    let options: StoreOptions
    let gate = ThreadGate()
    let lock: FileLock?
    let readers: ReaderPool?
    /// Why the file can only be read; nil when it can be written.
    private let readOnlyReason: PlatformError?
    /// The file as it was when it was opened for reading alone.
    private let readOnlyMark: DataFile.Mark?
    /// Whether a backup that is going on is to stop.
    let isBackupStopped = Atomic<Bool>(false)

    /// Counts the interruptions.
    private let stops = Atomic<Int>(0)

    package var readsBesideWrites: Bool { readers != nil }

    package var isReadOnly: Bool { readOnlyReason != nil }

    /// How long closing waits for the lock of the file, in milliseconds.
    private static let closingMilliseconds = 200

    private let writerInterrupter: StoreInterrupter
    private var writer: SQLiteSession?
    private let rehearsing = Atomic<Bool>(false)
    /// Whether the file turned out not to be the one that was opened, which does not change any more.
    private let isDetached = Atomic<Bool>(false)
    /// The number of the file on the disk, when it was opened.
    private let inode: UInt64?
    /// The round of the log that this store has tied to the file.
    private var stampedRound: UInt64?
    private var nextCheckpoint: Int

    /// Takes over sessions that have been opened and checked.
    init(
        file: DataFile?,
        options: StoreOptions,
        lock: FileLock?,
        writer: SQLiteSession,
        readers: ReaderPool?,
        readOnlyReason: PlatformError? = nil
    ) {
        self.readOnlyReason = readOnlyReason
        readOnlyMark = readOnlyReason == nil ? nil : file?.mark
        self.file = file
        self.options = options
        self.lock = lock
        self.writer = writer
        writerInterrupter = writer.connection.interrupter
        self.readers = readers
        name = file?.name ?? "(memory)"
        nextCheckpoint = options.checkpointPages
        inode = file?.mark?.inode
        if let file { OpenDataFiles.opened(file.path) }
    }

    deinit {
        // A store that nobody closed is closed as well as can be; what is committed is safe without it.
        try? close()
    }

    // MARK: - Units of work

    @discardableResult
    package func write<T>(
        _ use: StoreUse,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        if let readOnlyReason { throw readOnlyReason }
        try enter(use)
        defer { gate.leave() }
        let connection = try writerConnection()
        if connection.isInTransaction { return try nested(on: connection, use, body) }
        try takeLock(use)
        defer { lock?.release() }
        connection.beginUnit(use.stop)
        defer { connection.endUnit() }
        try connection.beginTransaction()
        let result: T
        do throws(PlatformError) {
            result = try body(connection)
            try connection.commitTransaction()
        } catch {
            connection.rollbackTransaction()
            throw error
        }
        try acknowledge(connection)
        return result
    }

    @discardableResult
    package func read<T>(
        _ use: StoreUse,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try requireAttached()
        guard let readers, !gate.isHeldByThisThread, !(use.seesRehearsal && isInRehearsal) else {
            return try readWithWriter(use, body)
        }
        return try readers.read(use, body)
    }

    /// A savepoint of the open transaction; in a rehearsal it is a unit of work of its own.
    private func nested<T>(
        on connection: StoreConnection,
        _ use: StoreUse,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        let isOutermost = gate.isOutermost
        if isOutermost { connection.beginUnit(use.stop) }
        defer { if isOutermost { connection.endUnit() } }
        return try connection.savepoint(body)
    }

    private func readWithWriter<T>(
        _ use: StoreUse,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try enter(use)
        defer { gate.leave() }
        let connection = try writerConnection()
        guard gate.isOutermost else { return try body(connection) }
        connection.beginUnit(use.stop)
        defer { connection.endUnit() }
        let result = try body(connection)
        // Without locks nobody keeps others from changing the file while it is read.
        if let file, isReadOnly, file.mark != readOnlyMark || file.hasUsedLog { throw file.replaced }
        return result
    }

    // MARK: - Rehearsals

    package var isInRehearsal: Bool { rehearsing.load(ordering: .acquiring) }

    package func begin(_ use: StoreUse) throws(PlatformError) {
        if let readOnlyReason { throw readOnlyReason }
        try enter(use)
        defer { gate.leave() }
        guard !isInRehearsal else { throw PlatformError(.conflict, Message(.storageRehearsalOpen)) }
        guard gate.isOutermost else { throw PlatformError(.conflict, Message(.storageRehearsalBusy)) }
        let connection = try writerConnection()
        try takeLock(use)
        do throws(PlatformError) {
            try connection.beginTransaction()
        } catch {
            lock?.release()
            throw error
        }
        // Whoever waits is told what for.
        lock?.update {
            $0.purpose = .rehearsal
            $0.since = Int64(time(nil))
        }
        rehearsing.store(true, ordering: .releasing)
    }

    package func commit() throws(PlatformError) {
        try endRehearsal { connection throws(PlatformError) in
            try connection.commitTransaction()
            try acknowledge(connection)
        }
    }

    package func rollback() throws(PlatformError) {
        try endRehearsal { $0.rollbackTransaction() }
    }

    private func endRehearsal(_ body: (StoreConnection) throws(PlatformError) -> Void) throws(PlatformError) {
        try enter(StoreUse())
        defer { gate.leave() }
        guard isInRehearsal else { throw PlatformError(.conflict, Message(.storageRehearsalNone)) }
        guard gate.isOutermost else { throw PlatformError(.conflict, Message(.storageRehearsalBusy)) }
        let connection = try writerConnection()
        defer { leaveRehearsal() }
        do throws(PlatformError) {
            try body(connection)
        } catch {
            connection.rollbackTransaction()
            throw error
        }
    }

    // MARK: - Stopping and closing

    /// Ends the copies of the file that are being made, from any thread.
    package func stopCopies() { isBackupStopped.store(true, ordering: .relaxed) }

    /// Stops the statements that run now and the waiting for the lock of the file, whosever they are, from any thread; their
    /// units of work end with `cancelled`.
    package func interrupt() {
        stopCopies()
        stops.wrappingAdd(1, ordering: .relaxed)
        writerInterrupter.request()
        readers?.interrupt()
    }

    package func close() throws(PlatformError) {
        try enter(StoreUse())
        defer { gate.leave() }
        guard let session = writer else { return }
        guard gate.isOutermost else { throw PlatformError(.conflict, Message(.storageRehearsalBusy)) }
        if isInRehearsal {
            session.connection.rollbackTransaction()
            leaveRehearsal()
        }
        try readers?.close(timeoutMilliseconds: options.timeoutMilliseconds)
        // Without the lock another process is at work; it will bring the log into the file when it closes. So this one
        // does not wait long for it.
        let timeout = min(options.timeoutMilliseconds, Self.closingMilliseconds)
        let isAlone = lock?.acquire(timeoutMilliseconds: timeout) ?? true
        writer = nil
        if isAlone, isFileOurs {
            settleLog(session, SQLITE_CHECKPOINT_TRUNCATE) { session.close() }
        } else if isDetached.load(ordering: .relaxed) {
            session.abandon()
        } else {
            session.close()
        }
        if isAlone { lock?.release() }
        lock?.close()
        if let file { OpenDataFiles.closed(file.path) }
    }

    private func leaveRehearsal() {
        rehearsing.store(false, ordering: .releasing)
        lock?.update {
            $0.purpose = .write
            $0.since = 0
        }
        lock?.release()
    }

    // MARK: - Locks

    private func enter(_ use: StoreUse) throws(PlatformError) {
        let patience = use.patience(options.timeoutMilliseconds)
        guard gate.enter(timeoutMilliseconds: patience) else {
            throw busy(holder: Message(.storageHolderSelf), patience)
        }
    }

    private func takeLock(_ use: StoreUse) throws(PlatformError) {
        guard let lock else { return }
        let before = stops.load(ordering: .relaxed)
        let isStopped = { use.stop?.isSet == true || self.stops.load(ordering: .relaxed) != before }
        let patience = use.patience(options.timeoutMilliseconds)
        guard lock.acquire(timeoutMilliseconds: patience, isStopped: isStopped) else {
            if isStopped() { throw PlatformError(.cancelled, Message(.storageCancelled)) }
            throw busy(holder: lock.holderMessage, patience)
        }
        guard isFileOurs else {
            lock.release()
            throw file?.replaced ?? busy(holder: lock.holderMessage, patience)
        }
        writer?.connection.wantsStamp = stampedRound != lock.record.round
    }

    private func busy(holder: Message, _ milliseconds: Int) -> PlatformError {
        .storeBusy(file: name, holder: holder, timeoutMilliseconds: milliseconds)
    }

    private func writerConnection() throws(PlatformError) -> StoreConnection {
        guard let writer else { throw PlatformError(.storage, Message(.storageClosed, ["file": .text(name)])) }
        return writer.connection
    }

    // MARK: - The file under its name

    /// Whether the file is the one that was opened, and nobody has changed it but by way of the log; called while the lock
    /// is held.
    private var isFileOurs: Bool {
        guard let file, let lock else { return true }
        guard !isDetached.load(ordering: .relaxed) else { return false }
        let record = lock.record
        let mark = file.mark
        guard let mark, mark.inode == inode, record.file == nil || record.isSettling || record.file == mark else {
            isDetached.store(true, ordering: .relaxed)
            return false
        }
        // Nobody knows how it was, or one was killed while bringing the log in; it is known from now on.
        if record.file != mark || record.isSettling {
            lock.update {
                $0.file = mark
                $0.isSettling = false
                $0.round &+= 1
            }
        }
        return true
    }

    /// Refuses when the file under the name is not the one that was opened.
    private func requireAttached() throws(PlatformError) {
        guard let file else { return }
        if !isDetached.load(ordering: .relaxed), file.mark?.inode == inode { return }
        isDetached.store(true, ordering: .relaxed)
        throw file.replaced
    }

    /// A transaction was kept: whoever did it is told so only when the file still is where it was.
    private func acknowledge(_ connection: StoreConnection) throws(PlatformError) {
        try requireAttached()
        if let file, let lock, connection.hasStamped {
            stampedRound = lock.record.round
            let log = LogFormat.identity(of: file)
            lock.update { $0.log = log }
        }
        checkpointIfLarge(connection)
    }

    /// Brings the log into the file, and writes down how the file is then; called while the lock is held.
    private func settleLog(_ session: SQLiteSession, _ mode: Int32, _ end: () -> Void = {}) {
        lock?.update { $0.isSettling = true }
        // What cannot be brought in now stays in the log, which is as safe; the next time takes it.
        try? session.settle(mode)
        end()
        let mark = file?.mark
        lock?.update {
            $0.isSettling = false
            $0.file = mark
            $0.round &+= 1
        }
    }

    /// Brings the log into the file when it has grown large; called while the lock is held.
    private func checkpointIfLarge(_ connection: StoreConnection) {
        let pages = connection.watch.logPages
        if pages < options.checkpointPages { nextCheckpoint = options.checkpointPages }
        guard file != nil, pages >= nextCheckpoint else { return }
        if let writer { settleLog(writer, SQLITE_CHECKPOINT_PASSIVE) }
        // Readers may have kept a part of the log in use; it is tried again when that has grown by a tenth.
        nextCheckpoint = pages + options.checkpointPages / 10
    }
}

extension PlatformError {
    /// The error of a lock that was not to be had in time.
    static func storeBusy(file: String, holder: Message, timeoutMilliseconds: Int) -> PlatformError {
        let seconds = FixedDecimal(units: Int64(timeoutMilliseconds), scale: 3)?.rescaled(to: 1)?.description ?? ""
        return PlatformError(
            .busy,
            Message(
                .storageBusy,
                ["file": .text(file), "holder": .message(holder), "seconds": .text(seconds)]
            )
        )
    }
}
