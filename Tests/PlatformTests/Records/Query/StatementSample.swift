import CRMModel
import CRMStorage
import Testing

@testable import CRMRecords

/// Statements of every kind over the fixture, each with the question it answers, to compare their texts with those of before.
struct StatementSample {
    /// A question, the text that asks it, and the values of its placeholders.
    struct Line {
        let question: String
        let sql: String
        let bindings: [Value]

        var text: String {
            let values = bindings.map { value in
                switch value {
                case .null: "null"
                case .text(let text): "'" + text.replacing("\n", with: "\\n") + "'"
                default: value.displayText
                }
            }
            return question + "\n    " + sql.replacing("\n", with: "\\n") + "\n    " + values.joined(separator: " ")
        }
    }

    private static let measures = [
        "count()", "count(area)", "count_distinct(grade)", "sum(area)", "sum(area * credit)", "avg(score)",
        "avg(-visits)", "min(name)", "max(born + 1)", "min(visited)", "max(area / score)", "sum(parent.area)",
    ]

    private static let groups = ["grade", "year_month(born)", "active", "parent.region.title", "area * 2", "visited"]

    private let fixture: QueryFixture
    private let dialect: any SQLDialect
    private(set) var lines: [Line] = []

    init(_ fixture: QueryFixture, in dialect: any SQLDialect = SQLiteDialect()) throws {
        self.fixture = fixture
        self.dialect = dialect
        for text in ExpressionTable.all { try addExpression(text) }
        for sort in PagingTests.orders { try addPages(sort) }
        for measure in Self.measures { try addMeasure(measure) }
        try addRights()
    }

    /// The statements of expressions that nobody thought up.
    init(random fixture: QueryFixture) throws {
        self.fixture = fixture
        dialect = SQLiteDialect()
        var generator = ExpressionGenerator(seed: 7)
        for _ in 0..<400 { try addExpression(generator.expression()) }
    }

    private mutating func add(_ question: String, _ sql: String, _ bindings: [Value]) {
        lines.append(Line(question: question, sql: sql, bindings: bindings))
    }

    private mutating func addExpression(_ text: String) throws {
        let value = AggregateQuery(object: fixture.customer.name, groups: [.init(alias: "e", expression: text)])
        do throws(PlatformError) {
            let compiled = try fixture.compiler(dialect: dialect).compile(value)
            add("value of " + text, compiled.sql, compiled.bindings)
        } catch {
            add("value of " + text, error.message.key?.id ?? "", [])
        }
        guard let checked = try? fixture.check(text), checked.storage == .boolean,
            let count = try? fixture.compiler(dialect: dialect).compileCount(
                Query(object: fixture.customer.name, filter: text)
            )
        else { return }
        add("number of " + text, count.sql, count.bindings)
    }

    private mutating func addPages(_ sort: String) throws {
        for filter in [nil, "status = 'open'"] {
            var query = Query(
                object: fixture.customer.name,
                filter: filter,
                sort: try Query.parseSort(sort),
                limit: 7,
                fields: [try fieldName("name")]
            )
            // The first pages and those over the border between the empty and the others.
            for page in 1...4 {
                let compiled = try fixture.compiler(dialect: dialect).compile(query)
                add("page \(page) by \(sort), \(filter ?? "all")", compiled.sql, compiled.bindings)
                guard let last = try fixture.rows(fixture.compiler().compile(query)).last else { break }
                query.after = compiled.cursor { last[$0] }
            }
        }
    }

    private mutating func addMeasure(_ measure: String) throws {
        for group in [nil] + Self.groups.map(Optional.some) {
            for descending in [false, true] {
                let query = AggregateQuery(
                    object: fixture.customer.name,
                    filter: "area > 0",
                    groups: group.map { [.init(alias: "g", expression: $0)] } ?? [],
                    measures: [.init(alias: "m", expression: measure)],
                    sort: [SortKey(field: "m", descending: descending)]
                )
                let compiled = try fixture.compiler(dialect: dialect).compile(query)
                add("\(measure) by \(group ?? "nothing") \(descending)", compiled.sql, compiled.bindings)
            }
        }
    }

    private mutating func addRights() throws {
        func access(_ condition: String, _ object: ObjectDefinition) throws -> ObjectAccess {
            try ObjectAccess(
                ObjectGrant(read: .where(condition)),
                on: object,
                in: fixture.catalog,
                timeZone: fixture.timeZone
            )
        }
        let customers = try access("owner = me() or parent.region.level = 2", fixture.customer)
        let regions = try access("level = 1 or level = 3", fixture.region)
        let compiler = fixture.compiler(dialect: dialect) { $0.name.rawValue == "customer" ? customers : regions }
        for filter in ["region.title = '华东'", "parent.parent.name like '华%'", "owner = me()"] {
            let query = Query(object: fixture.customer.name, filter: filter, sort: [SortKey(field: "region.title")])
            let compiled = try compiler.compile(query)
            add("what may be seen with \(filter)", compiled.sql, compiled.bindings)
            #expect(compiled.userBindings.allSatisfy { compiled.bindings[$0] == .integer(1) })
        }
        for (object, scope) in [
            (fixture.customer, customers.read), (fixture.region, regions.read), (fixture.customer, .all),
        ] {
            guard let row = try compiler.row(of: object, within: scope) else { continue }
            add("a row of \(object.name)", row.sql, row.bindings)
        }
    }
}
