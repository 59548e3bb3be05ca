import CRMModel
import Foundation
import Synchronization

/// The read-only connections of a store, each used by one thread at a time.
///
/// `@unchecked Sendable`: `sessions` and `isClosed` are read and written only while `condition` is locked.
final class ReaderPool: @unchecked Sendable {
    /// A reader and the thread that uses it, 0 for none.
    private struct Entry {
        /// Nil while the connection is being opened.
        var session: SQLiteSession?
        var thread: UInt = 0
        var depth = 0
        /// Who used it last: the compiled statements of a lane are in its own reader.
        var user: ObjectIdentifier?
    }

    private let condition = NSCondition()
    private let file: DataFile
    private let options: StoreOptions
    private let log: LogFiles?
    private var entries: [Entry] = []
    private var isClosed = false

    /// Makes a pool; its readers must find the log that the writer has open.
    init(file: DataFile, options: StoreOptions, log: LogFiles?) {
        self.file = file
        self.options = options
        self.log = log
    }

    /// Runs `body` on one view of the data; within another `read` of the same thread, on the same view.
    func read<T>(
        _ use: StoreUse,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        let (index, session, isNested) = try take(use)
        defer { giveBack(index) }
        let connection = session.connection
        if isNested { return try body(connection) }
        connection.beginUnit(use.stop)
        defer { connection.endUnit() }
        if use.isOneStatement { return try body(connection) }
        try connection.beginView()
        defer { connection.endView() }
        return try body(connection)
    }

    /// Stops the statements of all readers.
    func interrupt() {
        condition.lock()
        let sessions = entries.compactMap(\.session)
        condition.unlock()
        for session in sessions { session.connection.interrupter.request() }
    }

    /// Waits until no reader is in use, and closes all.
    func close(timeoutMilliseconds: Int) throws(PlatformError) {
        condition.lock()
        defer { condition.unlock() }
        let deadline = Date(timeIntervalSinceNow: Double(timeoutMilliseconds) / 1000)
        while entries.contains(where: { $0.depth > 0 }) {
            guard condition.wait(until: deadline) else { throw busy(timeoutMilliseconds) }
        }
        isClosed = true
        for entry in entries { entry.session?.close() }
        entries.removeAll()
    }

    /// How many readers are open, for tests.
    var count: Int {
        condition.withLock { entries.count { $0.session != nil } }
    }

    private func take(
        _ use: StoreUse
    ) throws(PlatformError) -> (index: Int, session: SQLiteSession, isNested: Bool) {
        let user = use.stop.map(ObjectIdentifier.init)
        let thread = ThreadGate.thread
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { throw PlatformError(.storage, Message(.storageClosed, ["file": .text(file.name)])) }
        if let index = entries.firstIndex(where: { $0.thread == thread }), let session = entries[index].session {
            entries[index].depth += 1
            return (index, session, true)
        }
        var deadline: Date?
        while true {
            guard !isClosed else { throw PlatformError(.storage, Message(.storageClosed, ["file": .text(file.name)])) }
            if let index = freeEntry(of: user) {
                entries[index].thread = thread
                entries[index].depth = 1
                entries[index].user = user
                if let session = entries[index].session { return (index, session, false) }
                return (index, try opened(index), false)
            }
            if entries.count < options.readerLimit {
                entries.append(Entry(session: nil, thread: thread, depth: 1, user: user))
                return (entries.count - 1, try opened(entries.count - 1), false)
            }
            let patience = use.patience(options.timeoutMilliseconds)
            let limit = deadline ?? Date(timeIntervalSinceNow: Double(patience) / 1000)
            deadline = limit
            guard condition.wait(until: limit) else { throw busy(patience) }
        }
    }

    /// A reader that nobody uses: the user's own, else one that is nobody's, else any when no further one may be opened.
    private func freeEntry(of user: ObjectIdentifier?) -> Int? {
        var other: Int?
        for index in entries.indices where entries[index].depth == 0 {
            if entries[index].user == user { return index }
            if other == nil || entries[index].user == nil { other = index }
        }
        guard let other else { return nil }
        return entries[other].user == nil || entries.count >= options.readerLimit ? other : nil
    }

    /// Opens the connection of an entry that the calling thread has taken, and lets others take theirs meanwhile; called
    /// and left with the condition locked.
    ///
    /// The entry counts as used while it is being opened, so that nobody closes the pool or takes it.
    private func opened(_ index: Int) throws(PlatformError) -> SQLiteSession {
        condition.unlock()
        let result: Result<SQLiteSession, PlatformError>
        do throws(PlatformError) {
            result = .success(try SQLiteSession(readerOf: file, options: options, log: log))
        } catch {
            result = .failure(error)
        }
        condition.lock()
        switch result {
        case .success(let session):
            entries[index].session = session
            return session
        case .failure(let error):
            free(index)
            throw error
        }
    }

    private func giveBack(_ index: Int) {
        condition.lock()
        entries[index].depth -= 1
        if entries[index].depth == 0 { free(index) }
        condition.unlock()
    }

    /// Lets an entry go and wakes everybody who waits: those who want a reader, and whoever wants to close the pool; to
    /// wake one alone might wake the wrong one.
    private func free(_ index: Int) {
        entries[index].depth = 0
        entries[index].thread = 0
        condition.broadcast()
    }

    private func busy(_ timeoutMilliseconds: Int) -> PlatformError {
        .storeBusy(
            file: file.name,
            holder: Message(.storageHolderSelf),
            timeoutMilliseconds: timeoutMilliseconds
        )
    }
}
