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
    package let dialect: any SQLDialect = SQLiteDialect()

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

    /// How long a unit of work may take before the file is looked at once more when it is to be kept.
    private static let longUnit = Duration.milliseconds(50)

    private let writerInterrupter: StoreInterrupter
    private var writer: SQLiteSession?
    private let rehearsing = Atomic<Bool>(false)
    /// Whether file and log turned out not to be those that were opened, which does not change for the better any more.
    private let standing = Atomic<Standing>(.attached)
    /// The number of the file on the disk, when it was opened.
    private let inode: UInt64?
    /// Which file it was.
    private let identity: FileIdentity?
    /// The log that the engine has open; nil when it has none.
    let logFiles: LogFiles?
    /// The folder of the file and its log; nil when there is none.
    private let folder: FolderStand?
    /// Whether saves of this store may not be in the file yet.
    private var hasUnsettled = false
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
        log: LogFiles? = nil,
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
        identity = file.flatMap { FileIdentity(path: $0.path) }
        logFiles = log
        folder = file.map { FolderStand(path: FilePath.folder($0.path)) }
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
        let began = ContinuousClock.now
        try connection.beginTransaction()
        let result: T
        do throws(PlatformError) {
            result = try body(connection)
            if ContinuousClock.now - began > Self.longUnit { try requireUntouched() }
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

    /// Who rehearses in another process, in words; nil when nobody does, and while this one writes.
    package var rehearsalElsewhere: Message? {
        guard let lock, gate.enter(timeoutMilliseconds: 0) else { return nil }
        defer { gate.leave() }
        guard gate.isOutermost, !isInRehearsal else { return nil }
        guard !lock.acquire(timeoutMilliseconds: 0) else {
            lock.release()
            return nil
        }
        return lock.rehearsalMessage
    }

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
            try requireUntouched()
            try connection.commitTransaction()
            try acknowledge(connection)
            // A rehearsal is long: much can have happened to the log meanwhile. One that was removed is brought in.
            if let file, examine() == .logReplaced { throw file.error(Standing.logReplaced) }
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
        let standing = isAlone ? examine() : standing.load(ordering: .relaxed)
        writer = nil
        switch standing {
        case .attached, .logRemoved:
            // Nobody else can have begun another log, so one without a name is brought in like any other.
            if isAlone {
                settleLog(session, SQLITE_CHECKPOINT_TRUNCATE) { session.close() }
            } else {
                session.close()
            }
        case .replaced, .logReplaced:
            if isAlone { settleRenamed(session) }
            session.abandon()
            identity.map(OpenDataFiles.abandoned)
        }
        if isAlone { lock?.release() }
        lock?.close()
        guard let file else { return }
        OpenDataFiles.closed(file.path)
        if standing == .logReplaced, hasUnsettled { throw file.error(standing) }
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
        let standing = examine()
        guard standing == .attached else {
            lock.release()
            throw file?.error(standing) ?? busy(holder: lock.holderMessage, patience)
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

    /// Looks whether the file is the one that was opened, nobody has changed it but by way of the log, and the log is the one
    /// that the engine has open; called while the lock is held and no transaction is open.
    ///
    /// A log that was removed, and in whose place nobody has begun another one, is brought into the file at once.
    private func examine() -> Standing {
        guard let file, let lock else { return .attached }
        let known = standing.load(ordering: .relaxed)
        guard known == .attached || known == .logRemoved else { return known }
        guard let mark = untouchedMark(file, lock) else {
            if let writer { settleRenamed(writer) }
            return stand(.replaced)
        }
        let record = lock.record
        if let loss = logLoss(file) {
            guard loss == .removed else { return stand(.logReplaced) }
            if known == .attached || hasUnsettled, let writer { settleLog(writer, SQLITE_CHECKPOINT_PASSIVE) }
            return stand(.logRemoved)
        }
        guard known == .attached else { return known }
        // Nobody knows how it was, or one was killed while bringing the log in; it is known from now on.
        if record.file != mark || record.isSettling {
            lock.update {
                $0.file = mark
                $0.isSettling = false
                $0.round &+= 1
            }
        }
        return .attached
    }

    /// What became of the log; nil when it is the one that the engine has open.
    ///
    /// As long as nothing has changed in the folder, nothing can have become of it.
    private func logLoss(_ file: DataFile) -> LogFiles.Loss? {
        guard let logFiles, let folder, !folder.isUnchanged else { return nil }
        var loss: LogFiles.Loss?
        _ = folder.settle {
            loss = logFiles.loss
            return loss == nil && file.mark?.inode == inode
        }
        return loss
    }

    private func stand(_ standing: Standing) -> Standing {
        self.standing.store(standing, ordering: .relaxed)
        return standing
    }

    /// Refuses when the file under the name is not the one that was opened.
    private func requireAttached() throws(PlatformError) {
        guard let file else { return }
        let known = standing.load(ordering: .relaxed)
        if known == .attached, folder?.isUnchanged == true || file.mark?.inode == inode { return }
        throw file.error(known == .attached ? stand(.replaced) : known)
    }

    /// Refuses to keep a unit of work in the course of which the file was replaced or changed by another program.
    ///
    /// Called while the lock is held; nothing of the unit is in the log yet.
    private func requireUntouched() throws(PlatformError) {
        guard let file, let lock, untouchedMark(file, lock) == nil else { return }
        throw file.error(stand(.replaced))
    }

    /// What shows how the file is, when it is the one that was opened and nobody has changed it but by way of the log; else nil.
    private func untouchedMark(_ file: DataFile, _ lock: FileLock) -> DataFile.Mark? {
        guard let mark = file.mark, mark.inode == inode else { return nil }
        let record = lock.record
        return record.file == nil || record.isSettling || record.file == mark ? mark : nil
    }

    /// Brings the log into a file that has another name now, where it would not be found; called while the lock is held.
    ///
    /// What lies under the old name is another file, or none, and is not touched; a file that was changed in place is not either.
    private func settleRenamed(_ session: SQLiteSession) {
        guard hasUnsettled, let file, file.mark?.inode != inode, logFiles?.loss == nil else { return }
        var isWhole = false
        try? session.settle(SQLITE_CHECKPOINT_PASSIVE) { isWhole = $0 }
        if isWhole { hasUnsettled = false }
    }

    /// A transaction was kept: whoever did it is told so only when the file still is where it was.
    private func acknowledge(_ connection: StoreConnection) throws(PlatformError) {
        hasUnsettled = true
        do throws(PlatformError) {
            try requireAttached()
        } catch {
            // It may be in the log of the file or not: who does it again looks first.
            throw file?.replacedMeanwhile ?? error
        }
        if let file, let lock, connection.hasStamped { tieLog(to: file, connection, lock) }
        checkpointIfLarge(connection)
    }

    /// Writes down, in the lock and in the file itself, that the log holds what was saved; called after the first transaction of
    /// a round of the log, while the lock is held.
    private func tieLog(to file: DataFile, _ connection: StoreConnection, _ lock: FileLock) {
        stampedRound = lock.record.round
        let log = LogFormat.identity(of: file)
        let isMarking = log != nil && connection.endsWithPage
        lock.update {
            $0.log = log
            $0.holdsSaves = true
            if isMarking { $0.isSettling = true }
        }
        guard isMarking, let log else { return }
        connection.write(LogMark(salt: log.salt))
        let mark = file.mark
        lock.update {
            $0.file = mark
            $0.isSettling = false
        }
    }

    /// Brings the log into the file, and writes down how the file is then; called while the lock is held.
    private func settleLog(_ session: SQLiteSession, _ mode: Int32, _ end: () -> Void = {}) {
        lock?.update { $0.isSettling = true }
        // What cannot be brought in now stays in the log, which is as safe; the next time takes it.
        var isWhole = false
        try? session.settle(mode) { isWhole = $0 }
        end()
        if isWhole { hasUnsettled = false }
        let mark = file?.mark
        lock?.update {
            $0.isSettling = false
            if isWhole { $0.holdsSaves = false }
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
