import CRMModel
import CRMRecords
import Testing

/// What a query says about itself before it runs.
@Suite struct QueryTests {
    let fixture: QueryFixture

    init() throws {
        fixture = try QueryFixture()
    }

    private func message(_ query: Query) -> String {
        do {
            _ = try fixture.compiler().compile(query)
            return ""
        } catch {
            return error.text(in: .zhCN)
        }
    }

    @Test("an order is read with names, labels and directions")
    func parseSort() throws {
        #expect(
            try Query.parseSort(" name desc , id ")
                == [SortKey(field: "name", descending: true), SortKey(field: "id")]
        )
        #expect(
            try Query.parseSort("名称 DESC，面积 asc") == [SortKey(field: "名称", descending: true), SortKey(field: "面积")]
        )
        #expect(try Query.parseSort("desc") == [SortKey(field: "desc")])
        #expect(try Query.parseSort("") == [])
        #expect(throws: PlatformError.self) { try Query.parseSort("name,,id") }
    }

    @Test("only some fields are read when only some are asked for")
    func fields() throws {
        let query = Query(
            object: fixture.customer.name,
            filter: "id = 5",
            sort: [SortKey(field: "area")],
            fields: [try fieldName("name"), try fieldName("name")]
        )
        let compiled = try fixture.compiler().compile(query)
        #expect(compiled.columns.map(\.slot) == [0, 1, 6, 10])
        #expect(try fixture.rows(compiled) == [[.integer(5), .integer(1), .text("华东展览"), decimalValue("9.00")]])
        #expect(!compiled.readsWholeRecords)
        #expect(
            message(Query(object: fixture.customer.name, fields: [try fieldName("subsidiaries")])).contains(
                "subsidiaries"
            )
        )
    }

    @Test("the statement of a query is the same whatever its values")
    func sameText() throws {
        let compiler = fixture.compiler()
        let first = try compiler.compile(
            Query(object: fixture.customer.name, filter: "name = 'a' and area > 1", limit: 1)
        )
        let second = try compiler.compile(
            Query(object: fixture.customer.name, filter: "name = 'b' and area > 2.5", limit: 9)
        )
        #expect(first.sql == second.sql)
        // The filter, then the key by which the name is found, then the limit and one more, which tells whether there are more.
        let object = Value.integer(fixture.customer.stableID)
        #expect(
            first.bindings == [.text("a"), .integer(100), object, .text("~name"), .text("a"), .integer(2)]
        )
        #expect(
            second.bindings == [.text("b"), .integer(250), object, .text("~name"), .text("b"), .integer(10)]
        )
    }

    @Test("a count takes the filter and no page")
    func count() throws {
        let query = Query(object: fixture.customer.name, filter: "active", limit: 3)
        let count = try fixture.compiler().compileCount(query)
        // Every third of 84 customers is active.
        #expect(try fixture.rows(count.sql, count.bindings, [.integer]) == [[.integer(28)]])
    }

    @Test("limits outside 1 to 10,000 and more than eight keys are refused")
    func limits() {
        #expect(message(Query(object: fixture.customer.name, limit: 0)).contains("10000"))
        #expect(message(Query(object: fixture.customer.name, limit: 10_001)).contains("10000"))
        let keys = Array(repeating: SortKey(field: "name"), count: 9)
        #expect(message(Query(object: fixture.customer.name, sort: keys)).contains("8"))
    }

    @Test("mistakes name the place and the way out")
    func mistakes() throws {
        #expect(message(Query(object: try objectName("nobody"))).contains("customer, region"))
        #expect(message(Query(object: fixture.customer.name, filter: "nam = 'x'")).contains("是不是「name」"))
        #expect(message(Query(object: fixture.customer.name, sort: [SortKey(field: "area + 1")])).contains("不是字段"))
        #expect(message(Query(object: fixture.customer.name, sort: [SortKey(field: "subsidiaries")])).contains("明细行"))
        #expect(message(Query(object: fixture.customer.name, filter: "area + 1")).contains("条件"))
    }

    @Test("an expression too deep for the database is refused, one within the limit runs")
    func depth() throws {
        let deepest = (1...26).reduce("active") { text, _ in "(active and (" + text + " or active))" }
        #expect(throws: PlatformError.self) { try fixture.ids(deepest) }
        let fits = (1...12).reduce("active") { text, _ in "(active and (" + text + " or active))" }
        #expect(try fixture.ids(fits).count == 28)
        #expect(throws: PlatformError.self) { try fixture.ids("1 / (1 / (1 / (1 / (1 / score)))) > 0") }
        _ = try fixture.ids("area / (7 / (area / score)) > 0")
        let wide = Array(repeating: "name contains 'x'", count: 100).joined(separator: " or ")
        #expect(try fixture.ids(wide) == [])
    }

    /// Ways to put an expression into another.
    private static let wrappers: [(String, String, String)] = [
        ("active", "(active and ", ")"), ("active", "not (", ")"), ("active", "(true = ", ")"),
        ("active", "coalesce(active, ", ")"), ("score", "(score + ", ")"), ("score", "(", " - score)"),
        ("score", "-(", ")"), ("score", "abs(", ")"), ("score", "round(", " * 0.1, 1)"), ("score", "(visits / ", ")"),
        ("visits", "(", " / visits)"), ("score", "(", " / score / area)"), ("score", "coalesce(", ", area)"),
        ("born", "(", " + visits)"), ("born", "(born + day(", "))"), ("born", "(born + (born - ", "))"),
        ("name", "lower(", ")"), ("name", "coalesce(note, ", ")"), ("name", "year_quarter(born + length(", "))"),
        ("name", "year_month(born + length(", "))"), ("active", "((", ") is empty)"),
        ("active", "(area in (1, 2) and ", ")"),
    ]

    @Test("what is not refused as too deep runs, as filter, order of a page and figure", arguments: 0..<wrappers.count)
    func nesting(index: Int) throws {
        let (core, before, after) = Self.wrappers[index]
        var text = core
        var levels = 0
        while let checked = try? fixture.check(text) {
            let filter = checked.storage == .boolean ? text : "(\(text)) is not empty"
            let query = Query(
                object: fixture.customer.name,
                filter: "parent.name = 'x' and (\(filter))",
                sort: [SortKey(field: "born", descending: true)]
            )
            guard let page = try? fixture.compiler().compile(query) else { break }
            var later = query
            later.after = page.cursor { page.columns[$0].storage == .integer ? .integer(1) : .text("2026-01-01") }
            _ = try fixture.rows(page)
            _ = try fixture.rows(try fixture.compiler().compile(later))
            _ = try? fixture.valuesInSQL("coalesce(\(text), \(core))")
            levels += 1
            text = before + text + after
        }
        #expect(levels >= 2)
    }
}
