package import CRMModel

/// The storage room: the only one that knows which engine keeps the data.
///
/// Its parts: `Store` and what it lends (this folder), the engine of files and what only it is told (`SQLite/`), how engines
/// are told things (`SQL/`, `Postgres/`), the platform's own tables (`System/`, `Tables/`) and the making of object tables
/// (`Schema/`). ``StoreFactory`` chooses the engine. Every value is bound; identifiers come from checked names alone.

/// A place where metadata and records are kept, with one writer and many readers.
///
/// Bodies run on the calling thread, so that scripts may have the large stack they were given.
package protocol Store: AnyObject, Sendable {
    /// What the SQL of this engine looks like where engines differ.
    var dialect: any SQLDialect { get }

    /// The name of the file without its folder, for messages; a word in brackets when there is no file.
    var name: String { get }

    /// Whether nothing can be written where the file lies, so that it can be read alone.
    var isReadOnly: Bool { get }

    /// Whether what is committed can be read while somebody writes; not in memory, and not where there is but one connection.
    var readsBesideWrites: Bool { get }

    /// Whether a transaction opened by ``begin(_:)`` is open.
    var isInRehearsal: Bool { get }

    /// Runs `body` in one transaction that is kept when it returns and undone when it throws.
    ///
    /// Within another `write` of the same thread, and in a rehearsal, it is a savepoint of the open transaction.
    ///
    /// - Throws: `busy` when the lock of the file is not to be had in time; `storage` when the engine fails; what
    ///   `body` throws.
    @discardableResult
    func write<T>(_ use: StoreUse, _ body: (StoreConnection) throws(PlatformError) -> T) throws(PlatformError) -> T

    /// Runs `body` on one unchanging view of the data; within `write`, or in a rehearsal that the use sees, on the open
    /// transaction.
    ///
    /// - Throws: `busy` when all readers are in use for too long; `storage`; what `body` throws.
    @discardableResult
    func read<T>(_ use: StoreUse, _ body: (StoreConnection) throws(PlatformError) -> T) throws(PlatformError) -> T

    /// Opens a transaction that stays open over many calls: a rehearsal, in which each `write` is a savepoint.
    ///
    /// - Throws: `conflict` when one is open already; `busy`; `storage`.
    func begin(_ use: StoreUse) throws(PlatformError)

    /// Keeps what was done since ``begin(_:)``.
    ///
    /// - Throws: `conflict` when none is open; `storage`.
    func commit() throws(PlatformError)

    /// Undoes everything since ``begin(_:)``.
    ///
    /// - Throws: `conflict` when none is open.
    func rollback() throws(PlatformError)

    /// Who rehearses in another process, in words; nil when nobody does, and while this one writes.
    var rehearsalElsewhere: Message? { get }

    /// Copies the store as it is at this moment into a file, while others go on reading and writing.
    ///
    /// - Parameters:
    ///   - target: The file that is being made; it is not published here.
    ///   - progress: Is told how much is copied, and how much there is.
    /// - Throws: `cancelled` after ``stopCopies()``; `storage`; `invalidInput` when there is nothing to copy.
    func copy(into target: OutputFile, progress: (_ done: Int, _ all: Int) -> Void) throws(PlatformError)

    /// Ends the copies that are being made, from any thread.
    func stopCopies()

    /// Waits for readers, brings the file to rest and closes it; a rehearsal that is open is undone. May be repeated.
    ///
    /// - Throws: `busy` when readers or another process do not end in time.
    func close() throws(PlatformError)
}

extension Store {
    /// As ``write(_:_:)``, for those who have no lane.
    @discardableResult
    package func write<T>(_ body: (StoreConnection) throws(PlatformError) -> T) throws(PlatformError) -> T {
        try write(StoreUse(), body)
    }

    /// As ``read(_:_:)``, for those who have no lane.
    @discardableResult
    package func read<T>(_ body: (StoreConnection) throws(PlatformError) -> T) throws(PlatformError) -> T {
        try read(StoreUse(), body)
    }

    /// As ``begin(_:)``, for those who have no lane.
    package func begin() throws(PlatformError) { try begin(StoreUse()) }
}
