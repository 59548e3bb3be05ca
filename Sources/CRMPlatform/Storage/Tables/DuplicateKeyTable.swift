package import CRMModel

/// The comparable forms by which duplicate rules, unique fields, references and keys of imports find records.
package enum DuplicateKeyTable {
    private static let find = PreparedSQL(
        "SELECT recordID FROM crmDuplicateKey WHERE objectID=?1 AND rule=?2 AND key=?3 AND recordID<>?4 "
            + "ORDER BY recordID LIMIT 1"
    )
    private static let findAll = PreparedSQL(
        "SELECT recordID FROM crmDuplicateKey WHERE objectID=?1 AND rule=?2 AND key=?3 ORDER BY recordID LIMIT ?4"
    )
    private static let insert = PreparedSQL(
        "INSERT INTO crmDuplicateKey(objectID,rule,key,recordID) VALUES(?1,?2,?3,?4)"
    )
    private static let remove = PreparedSQL(
        "DELETE FROM crmDuplicateKey WHERE objectID=?1 AND rule=?2 AND key=?3 AND recordID=?4"
    )
    private static let removeByRecord = PreparedSQL(
        "DELETE FROM crmDuplicateKey WHERE objectID=?1 AND rule=?2 AND recordID=?3"
    )
    private static let findTwins = PreparedSQL(
        "SELECT count(*), min(recordID), max(recordID) FROM crmDuplicateKey WHERE objectID=?1 AND rule=?2 "
            + "GROUP BY key HAVING count(*)>1 ORDER BY 1 DESC, 2 LIMIT 1"
    )
    private static let removeRule = PreparedSQL("DELETE FROM crmDuplicateKey WHERE objectID=?1 AND rule=?2")

    /// The first other record with the same key, nil when there is none.
    ///
    /// - Throws: `storage`.
    package static func record(
        objectID: Int64,
        rule: String,
        key: String,
        otherThan id: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64? {
        let statement = try connection.statement(find)
        statement.bind(objectID, at: 1)
        statement.bind(rule, at: 2)
        statement.bind(key, at: 3)
        statement.bind(id, at: 4)
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : nil
    }

    /// The numbers of at most `limit` records with a key, lowest first.
    ///
    /// - Throws: `storage`.
    package static func records(
        objectID: Int64,
        rule: String,
        key: String,
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Int64] {
        let statement = try connection.statement(findAll)
        statement.bind(objectID, at: 1)
        statement.bind(rule, at: 2)
        statement.bind(key, at: 3)
        statement.bind(Int64(limit), at: 4)
        defer { statement.reset() }
        var found: [Int64] = []
        while try statement.step() { found.append(statement.int64(0)) }
        return found
    }

    /// Keeps the key of a record in place of the one it had; nil stands for none.
    ///
    /// - Throws: `storage`.
    package static func set(
        objectID: Int64,
        rule: String,
        key: String?,
        insteadOf former: String?,
        record: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) {
        guard key != former else { return }
        if let former {
            let statement = try connection.statement(remove)
            statement.bind(objectID, at: 1)
            statement.bind(rule, at: 2)
            statement.bind(former, at: 3)
            statement.bind(record, at: 4)
            if try statement.change() == 0 {
                // A key that others have left behind is found by its record, which reads all keys of the rule.
                let statement = try connection.statement(removeByRecord)
                statement.bind(objectID, at: 1)
                statement.bind(rule, at: 2)
                statement.bind(record, at: 3)
                try statement.enqueue()
            }
        }
        guard let key else { return }
        let statement = try connection.statement(insert)
        statement.bind(objectID, at: 1)
        statement.bind(rule, at: 2)
        statement.bind(key, at: 3)
        statement.bind(record, at: 4)
        try statement.enqueue()
    }

    /// The records that have the most common of the keys that several have: how many, the first and the last of them; nil
    /// when all keys differ.
    ///
    /// - Throws: `storage`.
    package static func twins(
        objectID: Int64,
        rule: String,
        on connection: StoreConnection
    ) throws(PlatformError) -> (count: Int64, first: Int64, last: Int64)? {
        let statement = try connection.statement(findTwins)
        statement.bind(objectID, at: 1)
        statement.bind(rule, at: 2)
        defer { statement.reset() }
        return try statement.step() ? (statement.int64(0), statement.int64(1), statement.int64(2)) : nil
    }

    /// The selection of the records whose key is one of some values.
    package static func numbers(
        objectID: Int64,
        rule: String,
        keys: SQLFragment,
        by sql: any SQLDialect
    ) -> SQLFragment {
        "\(numbers(objectID, rule, sql)) AND key IN (\(keys))"
    }

    /// The selection of the records whose key is in a range, whose end is no part of it.
    package static func numbers(
        objectID: Int64,
        rule: String,
        from low: SQLFragment,
        to high: SQLFragment,
        by sql: any SQLDialect
    ) -> SQLFragment {
        "\(numbers(objectID, rule, sql)) AND key >= \(low) AND key < \(high)"
    }

    private static func numbers(_ objectID: Int64, _ rule: String, _ sql: any SQLDialect) -> SQLFragment {
        let (object, name) = (sql.bound(.integer(objectID), as: .integer), sql.bound(.text(rule), as: .text))
        return "SELECT recordID FROM crmDuplicateKey WHERE objectID = \(object) AND rule = \(name)"
    }

    /// Forgets the keys of a rule, before they are made anew.
    ///
    /// - Throws: `storage`.
    package static func remove(objectID: Int64, rule: String, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(removeRule)
        statement.bind(objectID, at: 1)
        statement.bind(rule, at: 2)
        try statement.execute()
    }
}
