package import CRMModel

/// The full-text index: which records it must read again, the documents, and the search itself.
package enum SearchTable {
    private static let mark = PreparedSQL(
        "INSERT INTO crmSearchDirty(objectID,recordID) VALUES(?1,?2) ON CONFLICT DO NOTHING"
    )
    private static let countMarks = PreparedSQL("SELECT count(*) FROM crmSearchDirty")
    private static let anyDirty = PreparedSQL("SELECT 1 FROM crmSearchDirty LIMIT 1")
    private static let lastMarks = PreparedSQL("SELECT objectID,max(recordID) FROM crmSearchDirty GROUP BY objectID")
    private static let anyUpTo = PreparedSQL("SELECT 1 FROM crmSearchDirty WHERE objectID=?1 AND recordID<=?2 LIMIT 1")
    private static let dirty = PreparedSQL("SELECT objectID,recordID FROM crmSearchDirty LIMIT ?1")
    private static let unmark = PreparedSQL("DELETE FROM crmSearchDirty WHERE objectID=?1 AND recordID=?2")
    private static let find = PreparedSQL(
        "SELECT id,tokens FROM crmSearchDocument WHERE objectID=?1 AND recordID=?2"
    )
    private static let insert = PreparedSQL(
        "INSERT INTO crmSearchDocument(objectID,recordID,text,tokens) VALUES(?1,?2,?3,?4)"
    )
    private static let update = PreparedSQL("UPDATE crmSearchDocument SET text=?2,tokens=?3 WHERE id=?1")
    private static let delete = PreparedSQL("DELETE FROM crmSearchDocument WHERE id=?1")

    /// Marks a record as changed since the index read it.
    ///
    /// - Throws: `storage`.
    package static func mark(objectID: Int64, record: Int64, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(mark)
        statement.bind(objectID, at: 1)
        statement.bind(record, at: 2)
        try statement.enqueue()
    }

    /// Marks the records of an object that refer to a record by a field.
    ///
    /// - Throws: `storage`.
    package static func mark(
        objectID: Int64,
        recordsOf object: ObjectName,
        referringBy field: FieldName,
        to record: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let dialect = connection.dialect
        let statement = try connection.statement(
            "INSERT INTO crmSearchDirty(objectID,recordID) SELECT ?1,id FROM \(dialect.table(of: object)) "
                + "WHERE \(dialect.identifier(field))=?2 ON CONFLICT DO NOTHING"
        )
        statement.bind(objectID, at: 1)
        statement.bind(record, at: 2)
        try statement.enqueue()
    }

    /// Marks all records of an object.
    ///
    /// - Throws: `storage`.
    package static func markAll(
        objectID: Int64,
        recordsOf object: ObjectName,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(
            "INSERT INTO crmSearchDirty(objectID,recordID) SELECT ?1,id FROM \(connection.dialect.table(of: object)) "
                + "WHERE true ON CONFLICT DO NOTHING"
        )
        statement.bind(objectID, at: 1)
        try statement.enqueue()
    }

    /// How many records are marked.
    ///
    /// - Throws: `storage`.
    package static func markCount(on connection: StoreConnection) throws(PlatformError) -> Int {
        let statement = try connection.statement(countMarks)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int64(0)) : 0
    }

    /// Whether any record is marked.
    ///
    /// - Throws: `storage`.
    package static func hasMarks(on connection: StoreConnection) throws(PlatformError) -> Bool {
        let statement = try connection.statement(anyDirty)
        defer { statement.reset() }
        return try statement.step()
    }

    /// The greatest number of a marked record, for each object that has marks.
    ///
    /// - Throws: `storage`.
    package static func lastMarks(
        on connection: StoreConnection
    ) throws(PlatformError) -> [(objectID: Int64, recordID: Int64)] {
        let statement = try connection.statement(lastMarks)
        var marks: [(objectID: Int64, recordID: Int64)] = []
        while try statement.step() { marks.append((statement.int64(0), statement.int64(1))) }
        return marks
    }

    /// Whether an object has a mark up to a number.
    ///
    /// - Throws: `storage`.
    package static func hasMarks(
        upTo last: (objectID: Int64, recordID: Int64),
        on connection: StoreConnection
    ) throws(PlatformError) -> Bool {
        let statement = try connection.statement(anyUpTo)
        statement.bind(last.objectID, at: 1)
        statement.bind(last.recordID, at: 2)
        defer { statement.reset() }
        return try statement.step()
    }

    /// At most `limit` marked records.
    ///
    /// - Throws: `storage`.
    package static func marks(
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [(objectID: Int64, recordID: Int64)] {
        let statement = try connection.statement(dirty)
        statement.bind(Int64(limit), at: 1)
        var marks: [(objectID: Int64, recordID: Int64)] = []
        while try statement.step() { marks.append((statement.int64(0), statement.int64(1))) }
        return marks
    }

    /// Writes the document of a record, or removes it when `document` is nil, and takes the mark away.
    ///
    /// - Throws: `storage`.
    package static func write(
        objectID: Int64,
        record: Int64,
        document: (text: String, tokens: String)?,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let lookup = try connection.statement(find)
        lookup.bind(objectID, at: 1)
        lookup.bind(record, at: 2)
        var old: (id: Int64, tokens: String)?
        if try lookup.step() { old = (lookup.int64(0), lookup.text(1)) }
        lookup.reset()
        if let old { try SearchIndex.remove(old.id, old.tokens, on: connection) }
        switch (old, document) {
        case (let old?, let document?):
            let statement = try connection.statement(update)
            statement.bind(old.id, at: 1)
            statement.bind(document.text, at: 2)
            statement.bind(document.tokens, at: 3)
            try statement.execute()
            try SearchIndex.insert(old.id, document.tokens, on: connection)
        case (nil, let document?):
            let statement = try connection.statement(insert)
            statement.bind(objectID, at: 1)
            statement.bind(record, at: 2)
            statement.bind(document.text, at: 3)
            statement.bind(document.tokens, at: 4)
            try SearchIndex.insert(statement.insert(), document.tokens, on: connection)
        case (let old?, nil):
            let statement = try connection.statement(delete)
            statement.bind(old.id, at: 1)
            try statement.execute()
        case (nil, nil):
            break
        }
        let statement = try connection.statement(unmark)
        statement.bind(objectID, at: 1)
        statement.bind(record, at: 2)
        // In a damaged file a mark may be read and not be found; whoever takes marks away would never come to an end.
        guard try statement.change() > 0 else {
            throw PlatformError(.storage, Message(.storageCorrupt, ["file": .text(connection.fileName)]))
        }
    }

    /// Gives each document whose tokens have what the term asks for to `body` until it says to stop.
    ///
    /// - Throws: `storage`; what `body` throws.
    package static func search(
        _ term: SearchTerm,
        on connection: StoreConnection,
        _ body: (Int64, Int64, String) throws(PlatformError) -> Bool
    ) throws(PlatformError) {
        let statement = try SearchIndex.documents(term, on: connection)
        defer { statement.reset() }
        while try statement.step() {
            guard try body(statement.int64(0), statement.int64(1), statement.text(2)) else { return }
        }
    }

    /// Compares the index with the documents.
    ///
    /// - Throws: `storage` when they differ.
    package static func checkIntegrity(on connection: StoreConnection) throws(PlatformError) {
        try SearchIndex.check(connection)
    }
}
