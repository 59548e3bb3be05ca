import CRMModel
import GRDBSQLite
import TestSupport
import Testing

@testable import CRMRecords
@testable import CRMStorage

/// What the tables of records, history, keys, counters and metadata are told in a file must be understood by a server too.
@Suite struct TableStatementTests {
    /// What only an engine of files is told: its transactions, its full-text index, what it says of itself; and what its dialect
    /// writes otherwise for a server, comparisons with null and comparable forms.
    private static let ownWords =
        ["PRAGMA ", "pragma_", "SAVEPOINT ", "RELEASE ", "ROLLBACK", "BEGIN", "COMMIT", "crmSearch("]
        + ["crmSearch ", "sqlite_master", " IS ?", "crm_form_", "CREATE ", "ALTER ", "DROP "]

    /// The texts of all statements that a connection keeps.
    private static func kept(_ connection: StoreConnection) -> Set<String> {
        var texts: Set<String> = []
        var statement = sqlite3_next_stmt(connection.handle, nil)
        while let current = statement {
            if let text = sqlite3_sql(current) { texts.insert(String(cString: text)) }
            statement = sqlite3_next_stmt(connection.handle, current)
        }
        return texts.filter { text in !ownWords.contains { text.contains($0) } }
    }

    /// A day's work in a company, and the statements it took.
    private static func work(_ crm: TestCompany) throws -> Set<String> {
        let company = object("company")
        try crm.write { session throws(PlatformError) in
            let first = try session.create(company, ["name": "长江", "phone": "027-83110000", "area": "20"]).record
            let second = try session.create(company, ["name": "黄河", "email": "a@example.com"]).record
            _ = try session.update(second.recordID, ["area": "30.5", "parent": "长江"])
            let sale = try session.create(object("sale"), ["company": "长江"]).record
            _ = try session.create(object("sale_line"), ["sale": "1", "item": "桌", "price": "8"])
            _ = try session.search("长江")
            _ = try session.find(Query(object: company, filter: "name = '长江' and area > 1"))
            _ = try session.history(of: second.recordID)
            _ = try session.delete(sale.recordID)
            _ = try session.delete(first.recordID)
        }
        return try crm.store.write { connection throws(PlatformError) in
            _ = try SearchTable.markCount(on: connection)
            _ = try MetaTable.identity(on: connection)
            return kept(connection)
        }
    }

    @Test("every statement over the tables of a file is understood by a server")
    func understood() throws {
        let crm = try Fixture.company()
        let statements = try Self.work(crm)
        #expect(statements.count > 40)
        let server = try PostgresConnection.new(.chinese)
        try server.run(PostgresFunctions.statements + PostgresTables.statements)
        for definition in crm.catalog.sortedObjects {
            let table = TableDefinition(dialect: PostgresDialect(), object: definition.name)
            let fields = definition.fields.filter { SystemField(rawValue: $0.name.rawValue) == nil }
            try server.run([table.create(fields.map { ($0.name, $0.storage) })])
        }
        for statement in statements.sorted() {
            // As the engine of a server will render it: numbered places have another sign.
            let text = statement.replacing(/\?([0-9]+)/) { "$" + $0.1 }
            guard !text.contains("?") else { continue }
            #expect(throws: Never.self, "\(statement)") { try server.run(["PREPARE s AS " + text, "DEALLOCATE s"]) }
        }
    }
}
