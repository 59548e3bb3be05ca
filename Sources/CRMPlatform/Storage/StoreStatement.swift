package import CRMModel

/// A compiled statement of one connection: bind, step, read the columns, reset.
///
/// Indexes of values begin at 1, those of columns at 0. Text and bytes read are those of the row that stands; they are
/// gone with the next step or reset.
///
/// What an engine does for it stands in a folder of the engine's: preparing, stepping, binding and reading one value.
package final class StoreStatement {
    /// The engine's statement.
    let handle: OpaquePointer

    /// The connection.
    ///
    /// `unowned(unsafe)`: whoever uses a statement was lent the connection and holds it meanwhile; counting at each step and each
    /// value that is bound shows in the profile of an import.
    unowned(unsafe) let connection: StoreConnection

    /// The unit of work in which the statement was bound or stepped and not yet reset; 0 when it is free.
    private var usedIn = 0
    private var standsOnRow = false

    /// Room for a row that is written as JSON.
    var rowText = RowText()

    /// Room for texts that are made for binding.
    var scratch: [UInt8] = []

    init(_ sql: String, on connection: StoreConnection) throws(PlatformError) {
        handle = try Self.prepared(sql, on: connection)
        self.connection = connection
        columnCount = Self.columnCount(of: handle)
    }

    deinit { Self.release(handle) }

    /// How many columns a row has.
    package let columnCount: Int

    /// Whether the unit of work that runs has bound or stepped the statement and not reset it.
    var isInUse: Bool { usedIn != 0 && usedIn == connection.unit }

    // MARK: - Running

    /// Moves to the next row; false when there is none, and then the statement is reset.
    ///
    /// - Throws: `alreadyExists` with a ``StoreConstraintViolation``, `storage`, `busy`, `cancelled`, `limitExceeded`.
    package func step() throws(PlatformError) -> Bool {
        if connection.isTransactionLost { throw connection.transactionLost }
        if connection.isStopped {
            reset()
            throw connection.stopped
        }
        switch advance() {
        case .row:
            if !standsOnRow {
                standsOnRow = true
                usedIn = connection.unit
                connection.openStatements += 1
            }
            return true
        case .end:
            reset()
            return false
        case .failure(let code):
            let error = connection.failure(code)
            reset()
            throw error
        }
    }

    /// Runs a statement that gives no rows to the end, and resets it.
    ///
    /// - Throws: as ``step()``.
    package func execute() throws(PlatformError) {
        while try step() {}
    }

    /// Runs a statement that makes one row, and gives back the number that the engine gave it.
    ///
    /// - Throws: as ``step()``.
    package func insert() throws(PlatformError) -> Int64 {
        try execute()
        return connection.lastInsertedRowID
    }

    /// As ``insert()`` for a statement that makes no row when one of its key is there; nil then.
    ///
    /// - Throws: as ``step()``.
    package func insertIfNew() throws(PlatformError) -> Int64? {
        try change() > 0 ? connection.lastInsertedRowID : nil
    }

    /// Runs a statement that writes, and gives back how many rows it made, changed or removed.
    ///
    /// - Throws: as ``step()``.
    package func change() throws(PlatformError) -> Int {
        try execute()
        return connection.changes
    }

    /// Runs a statement that writes and of which nobody waits to hear anything: an engine behind a network may send it with
    /// the next reading or the commit; until then what it throws is thrown.
    ///
    /// - Throws: as ``step()``.
    package func enqueue() throws(PlatformError) { try execute() }

    /// Ends the run, so that the statement can be bound and run again; values bound stay until they are bound anew.
    package func reset() {
        rewind()
        if standsOnRow {
            standsOnRow = false
            if isInUse, connection.openStatements > 0 { connection.openStatements -= 1 }
        }
        usedIn = 0
    }

    /// Notes that values are being bound.
    @inline(__always)
    func use() {
        if usedIn != connection.unit {
            // A unit that has ended has reset the engine's statement already.
            standsOnRow = false
            usedIn = connection.unit
        }
    }
}
