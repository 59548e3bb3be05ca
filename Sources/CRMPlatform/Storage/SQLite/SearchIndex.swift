import CRMModel

/// The full-text index over the documents of ``SearchTable``, in which the engine finds them by their tokens.
enum SearchIndex {
    private static let insert = PreparedSQL("INSERT INTO crmSearch(rowid,tokens) VALUES(?1,?2)")
    private static let remove = PreparedSQL("INSERT INTO crmSearch(crmSearch,rowid,tokens) VALUES('delete',?1,?2)")
    private static let match = PreparedSQL(
        "SELECT d.objectID,d.recordID,d.text FROM crmSearch s JOIN crmSearchDocument d ON d.id=s.rowid "
            + "WHERE s.tokens MATCH ?1 ORDER BY s.rowid"
    )
    private static let integrity = PreparedSQL("INSERT INTO crmSearch(crmSearch) VALUES('integrity-check')")

    /// Enters a document.
    static func insert(_ id: Int64, _ tokens: String, on connection: StoreConnection) throws(PlatformError) {
        try run(insert, id, tokens, connection)
    }

    /// Takes a document out, by the tokens that it was entered with.
    static func remove(_ id: Int64, _ tokens: String, on connection: StoreConnection) throws(PlatformError) {
        try run(remove, id, tokens, connection)
    }

    private static func run(
        _ sql: PreparedSQL,
        _ id: Int64,
        _ tokens: String,
        _ connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(sql)
        statement.bind(id, at: 1)
        statement.bind(tokens, at: 2)
        try statement.execute()
    }

    /// The documents whose tokens have what the term asks for, in the order in which they were entered: object, record, text.
    static func documents(_ term: SearchTerm, on connection: StoreConnection) throws(PlatformError) -> StoreStatement {
        let statement = try connection.statement(match)
        statement.bind(term.match, at: 1)
        return statement
    }

    /// Compares the index with the documents.
    ///
    /// - Throws: `storage` when they differ.
    static func check(_ connection: StoreConnection) throws(PlatformError) {
        try connection.statement(integrity).execute()
    }
}
