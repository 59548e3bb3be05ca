import CRMModel
import CRMRecords
import Testing

/// Figures over records.
@Suite struct AggregateTests {
    let fixture: QueryFixture

    init() throws {
        fixture = try QueryFixture()
    }

    private func figures(
        _ filter: String?,
        _ groups: [String],
        _ measures: [String],
        sort: [SortKey] = [],
        limit: Int = 100
    ) throws -> [[Value]] {
        try fixture.aggregate(
            AggregateQuery(
                object: fixture.customer.name,
                filter: filter,
                groups: groups.map { .init(alias: $0, expression: $0) },
                measures: measures.map { .init(alias: $0, expression: $0) },
                sort: sort,
                limit: limit
            )
        )
    }

    @Test("sums are exact and keep the scale of the field")
    func sums() throws {
        // The customers 2 to 6 have the areas 0.00, 0.01, -0.01, 9.00 and 36.00.
        let rows = try figures(
            "id between 1 and 6",
            [],
            ["sum(area)", "count()", "count(area)", "min(area)", "max(area)", "avg(area)"]
        )
        // 45.00 / 5
        #expect(
            rows == [
                [
                    decimalValue("45.00"), .integer(6), .integer(5), decimalValue("-0.01"), decimalValue("36.00"),
                    decimalValue("9.00000000"),
                ]
            ]
        )
    }

    @Test("an average is rounded half away from zero at six places more")
    func average() throws {
        // 0.01 and -0.01 and 9.00: 9.00 / 3; the visits of 2, 3 and 5 are 0, 1 and 7: 8 / 3.
        #expect(try figures("id in (3, 4, 5)", [], ["avg(area)"]) == [[decimalValue("3.00000000")]])
        #expect(try figures("id in (2, 3, 5)", [], ["avg(visits)"]) == [[decimalValue("2.666667")]])
        // -1 and 0 and 1 less 9: -9 / 3 … of the negated ones -8 / 3.
        #expect(try figures("id in (2, 3, 5)", [], ["avg(-visits)"]) == [[decimalValue("-2.666667")]])
    }

    @Test("nothing gives null sums and a count of zero")
    func nothing() throws {
        #expect(
            try figures("false", [], ["sum(area)", "avg(area)", "count()", "min(name)"]) == [
                [.null, .null, .integer(0), .null]
            ]
        )
        #expect(try figures("false", ["grade"], ["count()"]) == [])
    }

    @Test("groups come in the order of their values, nulls first")
    func groups() throws {
        // Grades go A B null C A over 84 rows.
        #expect(
            try figures(nil, ["grade"], ["count()"])
                == [
                    [.null, .integer(17)], [.text("A"), .integer(33)], [.text("B"), .integer(17)],
                    [.text("C"), .integer(17)],
                ]
        )
        #expect(
            try figures(nil, ["coalesce(grade, 'C') = 'C'"], ["count()"]) == [
                [.boolean(false), .integer(50)], [.boolean(true), .integer(34)],
            ]
        )
    }

    @Test("days and moments are grouped by their parts in the company's time zone")
    func buckets() throws {
        // 2026-12-31T16:00:00Z is the first of January in China.
        #expect(
            try figures("visited > '2026-12-01'", ["year_month(visited)"], ["count()"]) == [
                [.text("2027-01"), .integer(6)]
            ]
        )
        #expect(
            try figures(
                "born between '2026-03-01' and '2026-12-31'",
                ["year_quarter(born)", "month(born)"],
                ["count_distinct(born)"]
            )
                == [
                    [.text("2026-Q1"), .integer(3), .integer(1)], [.text("2026-Q4"), .integer(11), .integer(3)],
                    [.text("2026-Q4"), .integer(12), .integer(1)],
                ]
        )
    }

    @Test("figures are ordered by aliases")
    func order() throws {
        let query = AggregateQuery(
            object: fixture.customer.name,
            filter: "id <= 6",
            groups: [.init(alias: "级别", expression: "grade")],
            measures: [.init(alias: "平均", expression: "avg(visits)"), .init(alias: "n", expression: "count()")],
            sort: [SortKey(field: "n", descending: true), SortKey(field: "平均", descending: true)],
            limit: 2
        )
        // Customers 1, 5 and 6 have A and the visits null, 7 and 12 … ; 2 B 0, 3 null 1, 4 C -1.
        let rows = try fixture.aggregate(query)
        // One row more than asked for tells that there are more.
        #expect(rows.prefix(2).map { $0[0] } == [.text("A"), .null])
        #expect(rows.prefix(2).map { $0[2] } == [.integer(3), .integer(1)])
    }

    @Test("a sum beyond 64 bits is an error and never wraps")
    func overflow() throws {
        #expect(throws: PlatformError.self) { try figures("area > 90000000000000", [], ["sum(area)"]) }
        #expect(throws: PlatformError.self) { try figures("area > 90000000000000", [], ["max(area * 10)"]) }
        let greatest = try figures("area > 90000000000000", [], ["max(area)"])
        #expect(greatest == [[decimalValue("92233720368547758.07")]])
    }

    @Test(
        "what is no measure is refused",
        arguments: [
            "", "sum", "sum()", "sum(name)", "avg(born)", "min(active)", "median(area)", "count", "sum(area",
            "sum(nix)", "max()",
            "sum(area); drop table x", "count(*)",
        ]
    )
    func mistakes(measure: String) {
        #expect(throws: PlatformError.self) { try figures(nil, [], [measure]) }
    }

    @Test("aliases must be there and differ")
    func aliases() throws {
        #expect(throws: PlatformError.self) { try figures(nil, ["grade", "grade"], ["count()"]) }
        #expect(throws: PlatformError.self) { try figures(nil, [], []) }
        #expect(throws: PlatformError.self) { try figures(nil, ["grade"], [], sort: [SortKey(field: "nix")]) }
    }

    @Test("a group of a field knows the field, for its labels")
    func origin() throws {
        let compiled = try fixture.compiler().compile(
            AggregateQuery(
                object: fixture.customer.name,
                groups: [
                    .init(alias: "a", expression: "级别"), .init(alias: "b", expression: "region.title"),
                    .init(alias: "c", expression: "lower(name)"),
                ]
            )
        )
        #expect(compiled.columns[0].field == .init(object: fixture.customer.name, slot: 7))
        #expect(compiled.columns[1].field == .init(object: fixture.region.name, slot: 6))
        #expect(compiled.columns[2].field == nil)
        #expect(compiled.columns.map(\.isGroup) == [true, true, true])
    }
}
