import CRMModel
import CRMRecords
import Foundation
import Testing

/// The one condition that every read carries.
@Suite struct AccessPredicateTests {
    let fixture: QueryFixture
    let rule: (ObjectDefinition) -> ObjectAccess?

    init() throws {
        let fixture = try QueryFixture()
        self.fixture = fixture
        // Customers of owner 1 alone, and regions whose level is odd.
        let customers = try Self.access("owner = 1", fixture.customer, fixture)
        let regions = try Self.access("level = 1 or level = 3", fixture.region, fixture)
        rule = { $0.name.rawValue == "customer" ? customers : regions }
    }

    private static func access(
        _ condition: String,
        _ object: ObjectDefinition,
        _ fixture: QueryFixture
    ) throws -> ObjectAccess {
        let grant = ObjectGrant(read: .where(condition))
        return try ObjectAccess(grant, on: object, in: fixture.catalog, timeZone: fixture.timeZone)
    }

    private var visible: [Int64] { fixture.customers.filter { $0["owner"] == .integer(1) }.map(\.id) }

    @Test("a list, a count and figures show only what may be read")
    func rows() throws {
        #expect(try fixture.ids(nil, access: rule) == visible)
        #expect(try fixture.ids("true or owner = 0", access: rule) == visible)
        let compiler = fixture.compiler(access: rule)
        let count = try compiler.compileCount(Query(object: fixture.customer.name, filter: "owner <> 1"))
        #expect(try fixture.rows(count.sql, count.bindings, [.integer]) == [[.integer(0)]])
        let figures = try compiler.compile(
            AggregateQuery(object: fixture.customer.name, measures: [.init(alias: "n", expression: "count()")])
        )
        #expect(try fixture.rows(figures.sql, figures.bindings, figures.rowStorages) == [[.integer(28)]])
    }

    @Test("a record that may not be read is not found by its number")
    func record() throws {
        for id: Int64 in [1, 2, 3] {
            let compiled = try fixture.compiler(access: rule).compile(
                Query(object: fixture.customer.name, filter: "id = ?", parameters: [.integer(id)], limit: 1)
            )
            #expect(try fixture.rows(compiled).count == (visible.contains(id) ? 1 : 0))
        }
    }

    @Test("a reference to what may not be read leads nowhere")
    func hops() throws {
        // The region 1 (level 0) and 5 (level 4) are hidden, so their titles cannot be asked about.
        #expect(try fixture.ids("region.title = '华东'", access: rule) == [])
        #expect(try fixture.ids("region.title = '华北'", access: rule) == visible.filter { ($0 - 1) % 7 == 1 })
        #expect(
            try fixture.ids("region.title is empty and region = 1", access: rule)
                == visible.filter { ($0 - 1) % 7 == 0 }
        )
        // No chain goes through a parent of another owner.
        let parents = try fixture.ids("parent.id is not empty", access: rule)
        #expect(
            parents.allSatisfy { id in
                fixture.customers.first { $0.id == id }?["parent"].integerValue.map(visible.contains) ?? false
            }
        )
    }

    @Test("an order through a reference does not betray what is hidden")
    func order() throws {
        let hidden = try fixture.ids("region in (1, 5)", sort: "region.title, id", access: rule)
        #expect(hidden == hidden.sorted())
    }

    @Test("a later page shows only what may be read")
    func pages() throws {
        let compiler = fixture.compiler(access: rule)
        var query = Query(object: fixture.customer.name, sort: [SortKey(field: "born", descending: true)], limit: 5)
        var seen: [Int64] = []
        while true {
            let compiled = try compiler.compile(query)
            let rows = try fixture.rows(compiled)
            guard let last = rows.last else { break }
            seen += rows.compactMap { $0[0].integerValue }
            query.after = compiled.cursor { last[$0] }
        }
        #expect(seen.sorted() == visible)
    }

    @Test("a predicate may itself follow references")
    func predicateWithHops() throws {
        let access = try Self.access("parent.region.level = 2", fixture.customer, fixture)
        let expected = try fixture.ids("parent.region.level = 2")
        #expect(!expected.isEmpty)
        let ids = try fixture.ids(nil) { $0.name.rawValue == "customer" ? access : nil }
        #expect(ids == expected)
    }

    @Test("administrators and the system read everything")
    func standard() throws {
        #expect(try fixture.ids(nil).count == fixture.customers.count)
        let compiled = try fixture.compiler(.system(reason: "test")).compileCount(Query(object: fixture.customer.name))
        #expect(compiled.sql == "SELECT count(*) FROM \"obj_customer\" AS t0")
    }
}
