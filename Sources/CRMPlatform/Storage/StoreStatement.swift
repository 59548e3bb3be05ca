package import CRMModel
import GRDBSQLite

/// A compiled statement of one connection: bind, step, read the columns, reset.
///
/// Indexes of values begin at 1, those of columns at 0. Text and bytes read are those of the row that stands; they are
/// gone with the next step or reset.
package final class StoreStatement {
    /// The engine's statement.
    let handle: OpaquePointer

    /// The connection, which outlives every use of the statement.
    unowned let connection: StoreConnection

    /// The unit of work in which the statement was bound or stepped and not yet reset; 0 when it is free.
    private var usedIn = 0
    private var standsOnRow = false

    /// Room for a row that is written as JSON.
    var rowText = RowText()

    /// Room for texts that are made for binding.
    var scratch: [UInt8] = []

    init(_ sql: String, on connection: StoreConnection) throws(PlatformError) {
        var statement: OpaquePointer?
        var text = sql
        let (code, hasRest) = text.withUTF8 { bytes -> (Int32, Bool) in
            guard let base = bytes.baseAddress else { return (SQLITE_MISUSE, false) }
            return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    connection.handle,
                    start,
                    Int32(bytes.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT),
                    &statement,
                    &tail
                )
                return (code, tail.map { $0 - start < bytes.count } ?? false)
            }
        }
        guard code == SQLITE_OK else { throw connection.failure(code) }
        guard let statement, !hasRest else {
            sqlite3_finalize(statement)
            throw SQLiteFailure.error(code: SQLITE_MISUSE, text: "not one statement", file: connection.fileName)
        }
        handle = statement
        self.connection = connection
        columnCount = Int(sqlite3_column_count(statement))
    }

    deinit { sqlite3_finalize(handle) }

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
            throw SQLiteFailure.error(code: SQLITE_INTERRUPT, text: "", file: connection.fileName)
        }
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW {
            if !standsOnRow {
                standsOnRow = true
                usedIn = connection.unit
                connection.openStatements += 1
            }
            return true
        }
        if code == SQLITE_DONE {
            reset()
            return false
        }
        let error = connection.failure(code)
        reset()
        throw error
    }

    /// Runs a statement that gives no rows to the end, and resets it.
    ///
    /// - Throws: as ``step()``.
    package func execute() throws(PlatformError) {
        while try step() {}
    }

    /// Ends the run, so that the statement can be bound and run again; values bound stay until they are bound anew.
    package func reset() {
        sqlite3_reset(handle)
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
