import CRMModel
import Testing

@testable import CRMRecords

/// A policy in which everybody has one role.
private struct Roles: AccessPolicy {
    var version: Int64
    let role: String

    func roles(of principal: Principal) -> RoleSet? { RoleSet([role]) }
    func grant(_ roles: RoleSet, on object: ObjectDefinition) -> ObjectGrant { .everything }
    func allows(_ roles: RoleSet, _ offer: PluginOffer) -> Bool { true }
}

@Suite("Compiled queries that are kept")
struct CompiledQueriesTests {
    private func key(
        _ filter: String?,
        day: Int = 1,
        access: AccessIdentity? = nil,
        parameters: [Value] = []
    ) throws -> CompiledQueries.Key? {
        let object = try #require(ObjectName(rawValue: "customer"))
        let today = try #require(CalendarDate(iso: "2026-11-0\(day)"))
        return CompiledQueries.Key(
            Query(object: object, filter: filter, parameters: parameters),
            access: access,
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

    @Test(
        "Another day, set of roles, version of the policy or value is another query; another user of the same roles is not"
    )
    func apart() throws {
        let known = try key("due = ?", parameters: [.integer(1)])
        #expect(try known != key("due = ?", day: 2, parameters: [.integer(1)]))
        func asks(_ user: Int64, _ role: String, version: Int64 = 1) throws -> CompiledQueries.Key? {
            let policy = Roles(version: version, role: role)
            let access = AccessIdentity(.user(user, name: "user \(user)"), policy)
            return try key("due = ?", access: access, parameters: [.integer(1)])
        }
        #expect(try known != asks(2, "sales"))
        #expect(try asks(2, "sales") == asks(3, "sales"))
        #expect(try asks(2, "sales") != asks(2, "finance"))
        #expect(try asks(2, "sales") != asks(2, "sales", version: 2))
        #expect(try known != key("due = ?", parameters: [.integer(2)]))
    }
}
