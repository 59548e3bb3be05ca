import CRMModel
import Foundation
import Synchronization

/// The read-only connections of a store, each used by one thread at a time.
///
/// `@unchecked Sendable`: `sessions` and `isClosed` are read and written only while `condition` is locked.
final class ReaderPool: @unchecked Sendable {
    /// A reader and the thread that uses it, 0 for none.
    private struct Entry {
        let session: SQLiteSession
        var thread: UInt = 0
        var depth = 0
    }

    private let condition = NSCondition()
    private let file: DataFile
    private let options: StoreOptions
    private var entries: [Entry] = []
    private var isClosed = false

    init(file: DataFile, options: StoreOptions) {
        self.file = file
        self.options = options
    }

    /// Runs `body` on one view of the data; within another `read` of the same thread, on the same view.
    func read<T>(_ body: (StoreConnection) throws(PlatformError) -> T) throws(PlatformError) -> T {
        let (index, session, isNested) = try take()
        defer { giveBack(index) }
        let connection = session.connection
        if isNested { return try body(connection) }
        connection.beginUnit()
        defer { connection.endUnit() }
        try connection.beginView()
        defer { connection.endView() }
        return try body(connection)
    }

    /// Stops the statements of all readers.
    func interrupt() {
        condition.lock()
        let sessions = entries.map(\.session)
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
        for entry in entries { entry.session.close() }
        entries.removeAll()
    }

    /// How many readers are open, for tests.
    var count: Int {
        condition.withLock { entries.count }
    }

    private func take() throws(PlatformError) -> (index: Int, session: SQLiteSession, isNested: Bool) {
        let thread = ThreadGate.thread
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { throw PlatformError(.storage, Message(.storageClosed, ["file": .text(file.name)])) }
        if let index = entries.firstIndex(where: { $0.thread == thread }) {
            entries[index].depth += 1
            return (index, entries[index].session, true)
        }
        var deadline: Date?
        while true {
            if let index = entries.firstIndex(where: { $0.depth == 0 }) {
                entries[index].thread = thread
                entries[index].depth = 1
                return (index, entries[index].session, false)
            }
            if entries.count < options.readerLimit {
                let session = try SQLiteSession(path: file.path, role: .reader, options: options, fileName: file.name)
                entries.append(Entry(session: session, thread: thread, depth: 1))
                return (entries.count - 1, session, false)
            }
            let limit = deadline ?? Date(timeIntervalSinceNow: Double(options.timeoutMilliseconds) / 1000)
            deadline = limit
            guard condition.wait(until: limit) else { throw busy(options.timeoutMilliseconds) }
        }
    }

    private func giveBack(_ index: Int) {
        condition.lock()
        entries[index].depth -= 1
        if entries[index].depth == 0 {
            entries[index].thread = 0
            condition.signal()
        }
        condition.unlock()
    }

    private func busy(_ timeoutMilliseconds: Int) -> PlatformError {
        .storeBusy(
            file: file.name,
            holder: Message(.storageHolderSelf),
            timeoutMilliseconds: timeoutMilliseconds
        )
    }
}
