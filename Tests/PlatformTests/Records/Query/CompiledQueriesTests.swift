import CRMModel
import Testing

@testable import CRMRecords

@Suite("Compiled queries that are kept")
struct CompiledQueriesTests {
    private func key(
        _ filter: String?,
        day: Int = 1,
        principal: Principal = .administrator,
        parameters: [Value] = []
    ) throws -> CompiledQueries.Key? {
        let object = try #require(ObjectName(rawValue: "customer"))
        let today = try #require(CalendarDate(iso: "2026-11-0\(day)"))
        return CompiledQueries.Key(
            Query(object: object, filter: filter, parameters: parameters),
            principal: principal,
            environment: QueryEnvironment(today: today, now: Instant(milliseconds: 0), timeZone: .gmt)
        )
    }

    @Test("A query that may mention the moment is never kept", arguments: ["at < now()", "at < NOW()", "at < ｎｏｗ()"])
    func moment(filter: String) throws {
        #expect(try key(filter) == nil)
    }

    @Test("Other queries are kept, also those of all records", arguments: ["status = 'active'", "名称 = 'n'", nil])
    func kept(filter: String?) throws {
        #expect(try key(filter) != nil)
        #expect(try key(filter) == key(filter))
    }

    @Test("Another day, principal or value is another query")
    func apart() throws {
        let known = try key("due = ?", parameters: [.integer(1)])
        #expect(try known != key("due = ?", day: 2, parameters: [.integer(1)]))
        #expect(try known != key("due = ?", principal: .system(reason: "test"), parameters: [.integer(1)]))
        #expect(try known != key("due = ?", parameters: [.integer(2)]))
    }
}
