import CRMModel
import CRMRecords
import CRMStorage
import Testing

/// A server must give what the evaluator and a file give, for every expression, order and figure.
@Suite(.serialized) struct ThreeWaysTests {
    private enum Outcome<T: Equatable>: Equatable {
        case success([T])
        case failure(String)
    }

    private func outcome<T>(_ body: () throws -> [T]) throws -> Outcome<T> {
        do {
            return .success(try body())
        } catch let error as PlatformError {
            return .failure(error.message.key?.id ?? error.code.description)
        }
    }

    private func compare(_ texts: [String], _ server: PostgresFixture) throws {
        let fixture = server.local
        for text in texts {
            // Days outside the calendar are refused before anything is written.
            guard let checked = try? fixture.check(text) else { continue }
            let expected = try outcome { try fixture.customers.map { try fixture.evaluate(checked, $0) } }
            let actual = try outcome { try server.values(text) }
            guard actual != expected else { continue }
            if case .success(let wanted) = expected, case .success(let given) = actual {
                let rows = zip(fixture.customers, zip(wanted, given)).filter { $1.0 != $1.1 }.prefix(3)
                Issue.record("\(text): \(rows.map { "record \($0.id): memory \($1.0), server \($1.1)" })")
            } else {
                Issue.record("\(text): memory \(expected), server \(actual)")
            }
        }
    }

    @Test("an expression has the same value on a server", arguments: PostgresConnection.Order.allCases)
    func sameValue(order: PostgresConnection.Order) throws {
        let server = try PostgresFixture(order)
        try compare(ExpressionTable.all, server)
        var generator = ExpressionGenerator(seed: 20_261_201)
        try compare((0..<700).map { _ in generator.expression() }, server)
    }

    @Test("pages follow each other on a server as in a file", arguments: PostgresConnection.Order.allCases)
    func pages(order: PostgresConnection.Order) throws {
        let server = try PostgresFixture(order)
        let fixture = server.local
        for sort in PagingTests.orders {
            let keys = try Query.parseSort(sort)
            let expected = try fixture.ids(nil, sort: sort)
            for limit in [7, 84] {
                var query = Query(object: fixture.customer.name, sort: keys, limit: limit)
                var seen: [Int64] = []
                while seen.count <= expected.count {
                    let compiled = try server.compiler.compile(query)
                    let rows = try server.rows(compiled.sql, compiled.bindings, compiled.columns.map(\.storage))
                        .prefix(limit)
                    guard let last = rows.last else { break }
                    seen += rows.map { $0[0].integerValue ?? 0 }
                    query.after = compiled.cursor { last[$0] }
                }
                #expect(seen == expected, "\(sort) by \(limit)")
            }
        }
    }

    @Test("figures are the same on a server as in a file")
    func figures() throws {
        let server = try PostgresFixture(.chinese)
        let fixture = server.local
        for measure in ["sum(area)", "sum(area * 2)", "avg(score)", "count_distinct(grade)", "max(name)", "min(born)"] {
            for group in ["grade", "active", "year_quarter(born)", "parent.region.title"] {
                let query = AggregateQuery(
                    object: fixture.customer.name,
                    groups: [.init(alias: "g", expression: group)],
                    measures: [.init(alias: "m", expression: measure)],
                    sort: [SortKey(field: "m", descending: true)]
                )
                let statement = try server.compiler.compile(query)
                let rows = try server.rows(statement.sql, statement.bindings, statement.rowStorages)
                let figures = try outcome { try rows.map { row in try statement.values(of: row) } }
                #expect(try figures == outcome { try fixture.aggregate(query) }, "\(measure) by \(group)")
            }
        }
    }

    @Test("every statement is understood and planned by a server")
    func planned() throws {
        let server = try PostgresFixture(.bytes)
        let lines = try StatementSample(server.local, in: PostgresDialect()).lines
        #expect(lines.count > 900)
        for line in lines where !line.question.hasPrefix("a row of") && line.sql.contains("SELECT") {
            #expect(throws: Never.self, "\(line.question)") { try server.plan(line.sql, line.bindings) }
        }
    }

    @Test("a page is entered at the cursor, on both sides of the border of the nulls")
    func plans() throws {
        let server = try PostgresFixture(.chinese)
        let fixture = server.local
        try server.run("SET enable_seqscan = off")
        try server.run("SET enable_bitmapscan = off")
        try server.run("SET enable_sort = off")
        func plan(_ sort: String, _ filter: String? = nil) throws -> String {
            var query = Query(object: fixture.customer.name, filter: filter, sort: try Query.parseSort(sort), limit: 60)
            let compiled = try fixture.compiler().compile(query)
            let last = try #require(try fixture.rows(compiled).last)
            query.after = compiled.cursor { last[$0] }
            let next = try server.compiler.compile(query)
            return try server.plan(next.sql, next.bindings).joined(separator: "\n")
        }
        let descending = try plan("born desc")
        #expect(descending.contains("Index Cond: (ROW(born, id) < ROW("), "\(descending)")
        #expect(descending.contains("Index Cond: (born IS NULL)"), "\(descending)")
        let ids = try plan("id desc")
        #expect(ids.contains("Index Cond: (id < "), "\(ids)")
        #expect(!ids.contains("Sort"), "\(ids)")
        let first = try server.compiler.compile(
            Query(
                object: fixture.customer.name,
                filter: "status = 'open'",
                sort: try Query.parseSort("updated_at desc")
            )
        )
        let walk = try server.plan(first.sql, first.bindings).joined(separator: "\n")
        #expect(walk.contains("Index Scan Backward using ix_customer__status__updated_at"), "\(walk)")
        #expect(!walk.contains("Sort"), "\(walk)")
    }
}
