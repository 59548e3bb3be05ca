import CRMModel
import CRMRecords
import Foundation
import Testing

/// Pages found by their keys.
@Suite struct PagingTests {
    let fixture: QueryFixture

    init() throws {
        fixture = try QueryFixture()
    }

    static let orders = [
        "", "id", "id desc", "name", "name desc", "area desc, name", "area, name desc", "born desc", "born",
        "status, updated_at desc",
        "active desc, grade, area desc", "region.title, area", "region.title desc, name desc", "parent.name desc",
        "parent.parent.area, status desc", "status desc, grade desc, active", "面积 desc，名称", "grade desc, id desc, name",
        "updated_at desc", "active, id desc",
    ]

    /// The order worked out without the database: nulls least, ties by number in the direction of the last key.
    private func expected(_ sort: [SortKey]) throws -> [Int64] {
        var keys: [(CheckedExpression, Bool)] = []
        for key in sort { keys.append((try fixture.check(key.field), key.descending)) }
        let last = sort.last?.descending ?? false
        var rows: [(values: [Value], id: Int64)] = []
        for record in fixture.customers {
            rows.append((try keys.map { try fixture.evaluate($0.0, record) }, record.id))
        }
        return rows.sorted { left, right in
            for (index, key) in keys.enumerated() {
                let order = Self.order(left.values[index], right.values[index])
                if order != 0 { return key.1 ? order > 0 : order < 0 }
            }
            return last ? left.id > right.id : left.id < right.id
        }.map(\.id)
    }

    private static func order(_ left: Value, _ right: Value) -> Int {
        switch (left.isNull, right.isNull) {
        case (true, true): 0
        case (true, false): -1
        case (false, true): 1
        case (false, false): left.compare(right) ?? 0
        }
    }

    @Test(
        "a cursor that was made up is none",
        arguments: [
            "3;:9:thing id+", "3;o9223372036854775807:x", "3;o-1:x", "3;o", ";", "3;o1:", "9999999999999999999;o0:",
        ]
    )
    func madeUp(text: String) {
        let token = Data(text.utf8).base64EncodedString().replacing("=", with: "")
        #expect(PageCursor(token: token) == nil)
    }

    @Test("pages follow each other without a gap or a double", arguments: orders)
    func pages(sort: String) throws {
        let keys = try Query.parseSort(sort)
        let expected = try expected(keys)
        for limit in [1, 7, 84] {
            var query = Query(object: fixture.customer.name, sort: keys, limit: limit)
            var seen: [Int64] = []
            while seen.count <= expected.count {
                let compiled = try fixture.compiler().compile(query)
                let rows = try fixture.rows(compiled)
                guard let last = rows.last else { break }
                #expect(rows.count <= limit)
                seen += rows.map { $0[0].integerValue ?? 0 }
                let cursor = compiled.cursor { last[$0] }
                let back: PageCursor = try #require(PageCursor(token: cursor.token))
                query.after = back
                #expect(query.after == cursor)
            }
            #expect(seen == expected)
        }
    }

    @Test("a page with a filter keeps to the filter")
    func filtered() throws {
        var query = Query(
            object: fixture.customer.name,
            filter: "status = 'open' or grade is empty",
            sort: [SortKey(field: "area", descending: true)],
            limit: 5
        )
        let all = Set(try fixture.ids("status = 'open' or grade is empty"))
        var seen: [Int64] = []
        while true {
            let compiled = try fixture.compiler().compile(query)
            let rows = try fixture.rows(compiled)
            guard let last = rows.last else { break }
            seen += rows.compactMap { $0[0].integerValue }
            query.after = compiled.cursor { last[$0] }
        }
        #expect(Set(seen) == all)
        #expect(seen.count == all.count)
    }

    // MARK: - Plans

    private func plan(_ filter: String?, _ sort: String, after: Bool) throws -> [String] {
        var query = Query(object: fixture.customer.name, filter: filter, sort: try Query.parseSort(sort), limit: 2)
        if after {
            let compiled = try fixture.compiler().compile(query)
            let last = try #require(try fixture.rows(compiled).last)
            query.after = compiled.cursor { last[$0] }
        }
        return try fixture.plan(try fixture.compiler().compile(query))
    }

    @Test("a page walks the index of filter and order", arguments: [false, true])
    func indexWalk(after: Bool) throws {
        let plan = try plan("status = 'open'", "updated_at desc, id desc", after: after)
        let range = after ? "status=? AND updated_at<?" : "status=?"
        #expect(plan == ["SEARCH t0 USING INDEX ix_customer__status__updated_at (\(range))"])
    }

    @Test("a page without a filter walks the index of the order and is entered at the cursor")
    func orderedIndex() throws {
        #expect(try plan(nil, "name", after: false) == ["SCAN t0 USING INDEX ix_customer__name"])
        // The first names are null: the page goes on among them and beyond.
        let ascending = try plan(nil, "name", after: true)
        #expect(ascending.contains { $0.contains("INDEX ix_customer__name (name=?") }, "\(ascending)")
        #expect(ascending.allSatisfy { !$0.contains("TEMP B-TREE") && !$0.hasPrefix("SCAN") })
        let descending = try plan(nil, "born desc", after: true)
        #expect(descending.contains { $0.contains("INDEX ix_customer__born (born<?)") })
        #expect(descending.contains { $0.contains("INDEX ix_customer__born (born=?)") })
        #expect(descending.allSatisfy { !$0.contains("TEMP B-TREE") && !$0.hasPrefix("SCAN") })
        #expect(try plan(nil, "id desc", after: true) == ["SEARCH t0 USING INTEGER PRIMARY KEY (rowid<?)"])
    }

    @Test("days of moments and beginnings of Chinese texts use an index")
    func ranges() throws {
        #expect(
            try plan("visited = today()", "id", after: false).contains {
                $0.contains("ix_customer__visited (visited>? AND visited<?)")
            }
        )
        // By the texts as they stand and by their comparable forms.
        for filter in ["name like '华%'", "name starts with '華'"] {
            let plan = try plan(filter, "name", after: false)
            #expect(plan.contains { $0.contains("crmDuplicateKey") && $0.contains("key>? AND key<?") }, "\(plan)")
            #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        }
        #expect(
            try plan("born between today() - 7 and today()", "born", after: false) == [
                "SEARCH t0 USING INDEX ix_customer__born (born>? AND born<?)"
            ]
        )
    }

    @Test(
        "texts with a key are found by it, in whatever way they are written",
        arguments: [
            "name = '華東展覽'", "name in ('ACME', '华北医药')", "name = 'acme' and area > 0", "name = '展' or name = 'zebra'",
            "parent = '華東展覽'", "parent.name = 'ACME'", "parent.parent.name = 'ACME'",
        ]
    )
    func byForm(filter: String) throws {
        let plan = try plan(filter, "id", after: false)
        #expect(
            plan.contains { $0.contains("SEARCH crmDuplicateKey USING PRIMARY KEY (objectID=? AND rule=? AND key=?)") }
        )
        #expect(filter.hasPrefix("parent") || !plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }

    @Test(
        "beginnings of an indexed text that is no title are found by its key, and so is the whole",
        arguments: [
            "short starts with '華'", "short like '华东%'", "short starts with 'No'", "short like 'NO%th'",
            "short starts with 'é' or short = 'x'", "level > 0 and short starts with '1a'", "short = '華東'",
            "short in ('N–1', '华北')",
        ]
    )
    func shortNames(filter: String) throws {
        let query = Query(object: fixture.region.name, filter: filter, sort: [SortKey(field: "id")], limit: 2)
        let plan = try fixture.plan(try fixture.compiler().compile(query))
        #expect(plan.contains { $0.contains("SEARCH crmDuplicateKey USING PRIMARY KEY") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }

    @Test("beginnings in Latin letters are found by the key of a title, in whatever case they are written")
    func latin() throws {
        for filter in ["name starts with 'Ac'", "name like 'aC%'"] {
            let plan = try plan(filter, "id", after: false)
            #expect(plan.contains { $0.contains("key>? AND key<?") }, "\(plan)")
            #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        }
    }

    @Test("the record of a number is found by the key")
    func byNumber() throws {
        let compiled = try fixture.compiler().compile(
            Query(object: fixture.customer.name, filter: "id = ?", parameters: [.integer(5)], limit: 1)
        )
        #expect(try fixture.plan(compiled) == ["SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)"])
        #expect(try fixture.rows(compiled).map { $0[0] } == [.integer(5)])
        #expect(compiled.readsWholeRecords)
    }

    // MARK: - Cursors

    @Test("a cursor of another order, another object or with other kinds of values is refused")
    func foreignCursor() throws {
        let compiled = try fixture.compiler().compile(
            Query(object: fixture.customer.name, sort: [SortKey(field: "area")], limit: 1)
        )
        let row = try #require(try fixture.rows(compiled).last)
        let cursor = compiled.cursor { row[$0] }
        for sort in ["area desc", "name", "area, name", ""] {
            let query = Query(object: fixture.customer.name, sort: try Query.parseSort(sort), after: cursor)
            #expect(throws: PlatformError.self) { try fixture.compiler().compile(query) }
        }
        let region = Query(object: fixture.region.name, sort: [SortKey(field: "level")], after: cursor)
        #expect(throws: PlatformError.self) { try fixture.compiler().compile(region) }
        let forged = compiled.cursor { _ in .text("x") }
        #expect(throws: PlatformError.self) {
            try fixture.compiler().compile(
                Query(object: fixture.customer.name, sort: [SortKey(field: "area")], after: forged)
            )
        }
    }

    @Test(
        "a cursor of another condition or of other values in it is refused",
        arguments: [
            (nil, []), ("area > ? ", [.integer(1)]), ("area > ?", [.text("0")]), ("area >= ?", [.integer(0)]),
            ("area > 0", []),
        ] as [(String?, [Value])]
    )
    func cursorOfAnotherFilter(_ filter: String?, _ values: [Value]) throws {
        var query = Query(object: fixture.customer.name, filter: "area > ?", parameters: [.integer(0)], limit: 1)
        let compiled = try fixture.compiler().compile(query)
        let row = try #require(try fixture.rows(compiled).last)
        let cursor = try #require(PageCursor(token: compiled.cursor { row[$0] }.token))
        query.after = cursor
        let next = try fixture.rows(try fixture.compiler().compile(query))
        #expect(next.count == 1 && next[0][0] != row[0])
        query.filter = filter
        query.parameters = values
        let error = #expect(throws: PlatformError.self) { try fixture.compiler().compile(query) }
        #expect(error?.message.key?.id == "query.cursor")
    }

    @Test("a text that is no cursor is refused without harm")
    func badToken() {
        for token in [
            "", "x", "====", "OTk", "MTtvNTphYg", "MTtvOTk5OTk5OTk5OTk5OTk5OTk5OTk5OjE",
            String(repeating: "A", count: 200_000),
        ] {
            #expect(PageCursor(token: token) == nil)
        }
    }
}
