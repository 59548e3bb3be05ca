package import CRMModel
import Synchronization

/// The connection that a unit of work is lent: statements, savepoints, and what they did.
///
/// It is valid until the body it was lent to returns, on the thread of that body. What an engine does for it stands in a folder
/// of the engine's.
package final class StoreConnection {
    /// The engine's handle.
    let handle: OpaquePointer

    /// The name of the file for messages.
    let fileName: String

    /// How its engine wants SQL written.
    package let dialect: any SQLDialect

    /// Whether the connection can only read.
    package let isReadOnly: Bool

    /// Stops the statements of this connection from another thread.
    package let interrupter: StoreInterrupter

    /// What the authorizer and the log hook of the engine share with the connection.
    let watch: ConnectionWatch

    /// Tells the connection from all others of the process.
    private let number = StoreConnection.last.wrappingAdd(1, ordering: .relaxed).newValue
    private static let last = Atomic<Int>(0)

    /// Counts the units of work, so that a statement left open by an earlier one counts as free.
    private(set) var unit = 0

    /// Statements that have returned a row and were not reset.
    var openStatements = 0

    /// Whether the engine has undone the transaction on its own, so that nothing more may be done in it.
    private(set) var isTransactionLost = false

    /// Whether a transaction of the write side is open.
    private(set) var isInTransaction = false

    private var statements: [String: StoreStatement] = [:]
    private var preparedStatements: [Int: StoreStatement] = [:]
    private var savepoints = 0

    /// How many rows had been changed when the transaction began; nothing was written in it while they are as many.
    private var changesAtBegin: Int64 = 0
    /// Whether the schema may have been changed in the transaction, which the count of rows does not show.
    var hasSchemaWork = false
    /// Whether the log may begin anew with the next commit, which must then tie it to the file.
    var wantsStamp = false
    /// Whether the last commit did so.
    private(set) var hasStamped = false
    /// The engine's number of the state of the file after the last commit; nil when it is not known.
    private var committedState: UInt32?
    private var isAsCommitted = false

    /// How many statements a connection keeps before it lets all go and begins anew.
    static let statementLimit = 1000

    init(handle: OpaquePointer, dialect: any SQLDialect, fileName: String, isReadOnly: Bool) {
        self.handle = handle
        self.dialect = dialect
        self.fileName = fileName
        self.isReadOnly = isReadOnly
        interrupter = StoreInterrupter(handle: handle)
        watch = ConnectionWatch()
    }

    /// Lets the statements of the connection end as cancelled when `shouldStop` says so; asked many times a second.
    package func stop(when shouldStop: @escaping () -> Bool) { watch.shouldStop = shouldStop }

    /// Makes sure that nobody wants the work to end: a long run of short statements is asked between them.
    ///
    /// - Throws: `cancelled`.
    package func requireGoing() throws(PlatformError) {
        if isStopped || watch.shouldStop?() == true { throw PlatformError(.cancelled, Message(.storageCancelled)) }
    }

    /// Whether the unit of work that runs was told to end.
    var isStopped: Bool { interrupter.isRequested || watch.signal?.isSet == true }

    // MARK: - Statements

    /// The compiled statement for `sql`, from the connection's store of them when it is not in use.
    ///
    /// - Throws: `internal` when the text does not compile or does what the platform never does.
    package func statement(_ sql: String) throws(PlatformError) -> StoreStatement {
        if let known = statements[sql] {
            if !known.isInUse { return known }
            return try StoreStatement(sql, on: self)
        }
        let new = try StoreStatement(sql, on: self)
        if statements.count >= Self.statementLimit { statements.removeAll() }
        statements[sql] = new
        return new
    }

    /// The compiled statement; the fastest way for statements that the catalog keeps.
    ///
    /// - Throws: as ``statement(_:)-(String)``.
    package func statement(_ sql: PreparedSQL) throws(PlatformError) -> StoreStatement {
        if let known = preparedStatements[sql.number] {
            if !known.isInUse { return known }
            return try StoreStatement(sql.text, on: self)
        }
        let new = try StoreStatement(sql.text, on: self)
        if preparedStatements.count >= Self.statementLimit { preparedStatements.removeAll() }
        preparedStatements[sql.number] = new
        return new
    }

    /// Runs a statement without values and without rows.
    ///
    /// - Throws: as ``statement(_:)-(String)``, and what running it throws.
    package func execute(_ sql: String) throws(PlatformError) {
        try statement(sql).execute()
    }

    /// Runs a statement that is not worth keeping.
    func executeOnce(_ sql: String) throws(PlatformError) {
        try StoreStatement(sql, on: self).execute()
    }

    /// How many statements are kept, for tests.
    var keptStatements: Int { statements.count + preparedStatements.count }

    // MARK: - Savepoints

    /// Runs `body` so that all it did is undone when it throws, and also when `rollback` is true and it does not.
    ///
    /// - Throws: what `body` throws; `storage`.
    @discardableResult
    package func savepoint<T>(
        rollback: Bool = false,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        if isUntouched { return try anew(rollback: rollback, body) }
        savepoints += 1
        defer { savepoints -= 1 }
        let sql = TransactionSQL.savepoint(depth: savepoints)
        try control(sql.open)
        let result: T
        do throws(PlatformError) {
            result = try body(self)
        } catch {
            if !isTransactionLost {
                finishStatements()
                try control(sql.undo)
                try control(sql.keep)
            }
            throw error
        }
        if rollback {
            finishStatements()
            try control(sql.undo)
        }
        try control(sql.keep)
        return result
    }

    /// Whether nothing was written in the transaction so far, and no savepoint is open in it.
    private var isUntouched: Bool {
        isInTransaction && !isTransactionLost && savepoints == 0 && !hasSchemaWork && totalChanges == changesAtBegin
    }

    /// Runs `body` in a transaction that is as it began: it needs no savepoint, for which the engine would copy every
    /// page that is written; to undo the body the transaction is undone and begun again.
    private func anew<T>(
        rollback: Bool,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        let result: T
        do throws(PlatformError) {
            result = try body(self)
        } catch {
            if !isTransactionLost { try beginAgain() }
            throw error
        }
        if rollback { try beginAgain() }
        return result
    }

    private func beginAgain() throws(PlatformError) {
        finishStatements()
        guard !isUntouched else { return }
        rollbackTransaction()
        do throws(PlatformError) {
            try beginTransaction()
        } catch {
            // Whoever goes on is told that there is nothing to go on in.
            isInTransaction = true
            isTransactionLost = true
            throw error
        }
    }

    // MARK: - Units of work

    /// A unit of work begins, which the signal ends.
    func beginUnit(_ signal: StopSignal?) {
        unit &+= 1
        watch.signal = signal
        interrupter.enter()
    }

    /// The unit of work has ended; statements it left open are put back.
    func endUnit() {
        finishStatements()
        watch.signal = nil
        interrupter.leave()
    }

    func beginTransaction() throws(PlatformError) {
        isTransactionLost = false
        try control(TransactionSQL.begin)
        isInTransaction = true
        changesAtBegin = totalChanges
        hasSchemaWork = false
        isAsCommitted = committedState != nil && committedState == fileState
        committedState = nil
    }

    func commitTransaction() throws(PlatformError) {
        guard !isTransactionLost else { throw transactionLost }
        hasStamped = wantsStamp && !isUntouched
        if hasStamped { try stampLog() }
        try control(TransactionSQL.commit)
        isInTransaction = false
        committedState = fileState
    }

    /// Whether the transaction found the file as the last one of this connection left it: nobody else has written.
    package var isFileUnchanged: Bool { isInTransaction && isAsCommitted }

    /// What a connection that only reads sees: equal as long as nobody has changed the file.
    package struct Sight: Equatable {
        fileprivate let connection: Int
        fileprivate let version: Int64
    }

    /// What the view sees, which is taken now if it was not yet; nil where the connection writes.
    ///
    /// - Throws: `busy`, `storage`.
    package func sight() throws(PlatformError) -> Sight? {
        guard isReadOnly else { return nil }
        let statement = try statement(TransactionSQL.version)
        defer { statement.reset() }
        return try statement.step() ? Sight(connection: number, version: statement.int64(0)) : nil
    }

    /// Ends a view that ``beginView()`` began.
    func endView() {
        finishStatements()
        guard hasTransaction else { return }
        do throws(PlatformError) {
            try control(TransactionSQL.commit)
        } catch {
            // A view has nothing to keep; it ends one way or the other.
            undo()
        }
    }

    /// Begins an unchanging view of the data, taken with the first read.
    func beginView() throws(PlatformError) {
        try control(TransactionSQL.beginView)
    }

    /// Runs a statement that opens or ends a transaction, also when the unit of work is being stopped.
    private func control(_ sql: PreparedSQL) throws(PlatformError) {
        if isTransactionLost { throw transactionLost }
        let statement = try statement(sql)
        let error: PlatformError? =
            switch statement.advance() {
            case .row, .end: nil
            case .failure(let code): failure(code)
            }
        statement.rewind()
        if let error { throw error }
    }

    /// Undoes the transaction; nothing is left to do when the engine has done so itself.
    func rollbackTransaction() {
        finishStatements()
        isTransactionLost = false
        isInTransaction = false
        // A rollback needs no room and no lock. Should it fail all the same, closing the connection undoes the rest.
        if hasTransaction { undo() }
    }

    /// Ends every statement that still stands on a row.
    private func finishStatements() {
        guard openStatements > 0 else { return }
        openStatements = 0
        unit &+= 1
        rewindStatements()
    }

    /// Lets all statements go and unties the engine from this object; the handle may be closed then.
    func prepareForClosing() {
        interrupter.close()
        statements.removeAll()
        preparedStatements.removeAll()
        untie()
    }

    // MARK: - Errors

    /// The error for a result code of the last call; notices when the engine has given the transaction up.
    func failure(_ code: Int32) -> PlatformError {
        if isInTransaction, !hasTransaction { isTransactionLost = true }
        return error(code)
    }

    var transactionLost: PlatformError { PlatformError(.storage, Message(.storageTransactionLost)) }
}
