/// The statements that open and end transactions, views and savepoints.
enum TransactionSQL {
    /// The statements of one savepoint.
    struct Savepoint: Sendable {
        /// Opens it.
        let open: PreparedSQL
        /// Undoes what was done since.
        let undo: PreparedSQL
        /// Ends it and keeps what was done since.
        let keep: PreparedSQL

        init(_ depth: Int) {
            open = PreparedSQL("SAVEPOINT s\(depth)")
            undo = PreparedSQL("ROLLBACK TO s\(depth)")
            keep = PreparedSQL("RELEASE s\(depth)")
        }
    }

    /// Begins a write transaction, which nobody else may have.
    static let begin = PreparedSQL("BEGIN IMMEDIATE")
    /// Begins a view of the data.
    static let beginView = PreparedSQL("BEGIN")
    /// Takes the view of a transaction that only reads, and gives the number of what it sees: another one after every change by
    /// another connection, the same as long as there was none.
    static let version = PreparedSQL("PRAGMA data_version")
    /// Keeps a transaction, or ends a view.
    static let commit = PreparedSQL("COMMIT")

    private static let shallow = (0..<32).map { Savepoint($0) }

    /// The statements of the savepoint at this depth, 1 for the outermost.
    static func savepoint(depth: Int) -> Savepoint {
        depth < shallow.count ? shallow[depth] : Savepoint(depth)
    }
}
