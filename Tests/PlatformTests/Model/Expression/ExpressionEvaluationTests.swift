import CRMModel
import Testing

/// What expressions give, worked out by hand.
@Suite struct ExpressionEvaluationTests {
    let catalog: Catalog
    let customer: ObjectDefinition

    init() throws {
        catalog = try FixtureCatalog.make()
        customer = try catalog.object(objectName("customer"))
    }

    private struct Context: ExpressionContext {
        let record: Record
        let parent: Record?
        var today: CalendarDate { calendarDay("2026-11-21") }
        var now: Instant { utcMoment("2026-11-21T08:30:05.900Z") }
        var userID: Int64 { 42 }
        func value(at slot: Int) -> Value { record.values[slot] }
        func related(_ object: ObjectDefinition, id: Int64) throws -> Record? {
            guard id < 100 else { throw PlatformError(.storage, Message(custom: LocalizedText("unreadable"))) }
            return id == 7 ? parent : nil
        }
    }

    private func evaluate(_ text: String, _ given: [String: Value] = [:], _ parameters: [Value] = []) throws -> Value {
        func record(_ given: [String: Value]) -> Record {
            Record(object: customer, values: customer.fields.map { given[$0.name.rawValue] ?? .null })
        }
        let parent = record(["id": .integer(7), "name": .text("母公司"), "area": decimalValue("1.50")])
        let checked = try Expression.parse(text).check(against: customer, in: catalog, parameters: parameters)
        return try checked.evaluate(in: Context(record: record(given), parent: parent))
    }

    @Test(
        "arithmetic is exact",
        arguments: [
            ("0.1 + 0.2 = 0.3", "true"), ("0.1 + 0.2", "0.3"), ("1 / 3", "0.333333"), ("2 / 3", "0.666667"),
            ("-2 / 3", "-0.666667"),
            ("1 / 0", ""), ("0 / 0", ""), ("7 / -2", "-3.500000"), ("1.5 / 0.25", "6.00000000"), ("round(2.5)", "3"),
            ("round(-2.5)", "-3"),
            ("round(2.449, 1)", "2.4"), ("round(0.005, 2)", "0.01"), ("abs(-0.5)", "0.5"), ("-(-3)", "3"),
            ("2 * 3 + 4", "10"), ("2 + 3 * 4", "14"),
            ("(2 + 3) * 4", "20"), ("2 - 3 - 4", "-5"), ("8 / 2 / 2", "2.000000000"),
            ("0.000000001 * 0.5", "0.000000001"),
            ("0.000000001 * 0.4", "0.000000000"), ("1 = 1.0", "true"), ("1.10 * 1.10", "1.21"), ("null + 1", ""),
            ("1000000007 / 1000000009", "1.000000"),
            ("999999999 / 1000000000.5", "1.0000000"), ("1 / 7.0", "0.142857"),
            ("10万", "100000"), ("1.25万 + 1", "12501"), ("2亿 = 200000000", "true"), ("visits = '10万'", ""),
            ("1.5 = '1.50'", "true"), ("100000 = '10万'", "true"), ("1200 = '1,200'", "true"),
        ]
    )
    func arithmetic(text: String, expected: String) throws {
        #expect(try evaluate(text).displayText == expected)
    }

    @Test("a result beyond 64 bits is an error as a value and greatest in a comparison")
    func overflow() throws {
        #expect(throws: PlatformError.self) { try evaluate("9223372036854775807 + 1") }
        #expect(throws: PlatformError.self) { try evaluate("visits * visits", ["visits": .integer(4_000_000_000)]) }
        #expect(try evaluate("visits * visits > 9000000000", ["visits": .integer(4_000_000_000)]) == .boolean(true))
        #expect(try evaluate("-visits * visits < 0", ["visits": .integer(4_000_000_000)]) == .boolean(true))
        #expect(try evaluate("visits", ["visits": .integer(.max)]) == .integer(.max))
    }

    @Test(
        "unknown spreads as in SQL",
        arguments: [
            ("null", ""), ("null = null", ""), ("null and true", ""), ("null and false", "false"),
            ("null or true", "true"), ("null or false", ""),
            ("not null", ""), ("1 in (null)", ""), ("1 in (1, null)", "true"), ("1 not in (2, null)", ""),
            ("null in (1)", ""),
            ("null is empty", "true"), ("1 between null and 0", "false"), ("1 between 0 and null", ""),
            ("null like '%'", ""),
            ("coalesce(null, null, 3)", "3"), ("coalesce(null)", ""),
        ]
    )
    func unknown(text: String, expected: String) throws {
        #expect(try evaluate(text).displayText == expected)
    }

    @Test(
        "texts are compared by bytes and matched without regard to ASCII case",
        arguments: [
            ("'a' = 'A'", "false"), ("'Z' < 'a'", "true"), ("'展' > 'z'", "true"), ("'\u{E9}' = 'e\u{301}'", "false"),
            ("'Acme' like 'aC%'", "true"),
            ("'Ä' like 'ä'", "false"), ("'100%' like '100\\%'", "true"), ("'100x' like '100\\%'", "false"),
            ("'ab' like 'a_'", "true"),
            ("'a展' like 'a_'", "true"), ("'abc' like 'a'", "false"), ("'' like ''", "true"),
            ("'aXbXc' like 'a%b%c'", "true"),
            ("'aab' like '%ab'", "true"), ("'x%y' contains '%'", "true"), ("'xy' contains '%'", "false"),
            ("'华东' starts with '华'", "true"),
            ("'华东' ends with '华'", "false"), ("lower('ÄA展')", "Äa展"), ("upper('ßa')", "ßA"),
            ("length('展e\u{301}')", "3"), ("'it''s'", "it's"),
            ("'  ' is empty", "true"), ("'\u{3000}\u{200B}' is empty", "true"), ("'.' is empty", "false"),
        ]
    )
    func texts(text: String, expected: String) throws {
        #expect(try evaluate(text).displayText == expected)
    }

    @Test(
        "days count, and moments belong to the day in China",
        arguments: [
            ("today() + 7", "2026-11-28"), ("date '2024-02-28' + 1", "2024-02-29"),
            ("date '2026-03-01' - date '2026-02-01'", "28"),
            ("today() + 2914000", ""), ("date '2026-12-31' + 1 - 1", "2026-12-31"), ("year(today())", "2026"),
            ("quarter(date '2026-03-31')", "1"),
            ("quarter(date '2026-04-01')", "2"), ("month(today())", "11"), ("day(today())", "21"),
            ("year_month(today())", "2026-11"),
            ("year_quarter(today())", "2026-Q4"), ("date(now())", "2026-11-21"), ("now() + 1", "2026-11-22"),
            ("now() = '2026-11-21'", "true"),
            ("now() = '2026-11-21 16:30:05'", "true"), ("now() > '2026-11-21 16:30:05'", "false"),
            ("today() = '2026年11月21日'", "true"),
            ("today() in ('2026/11/21')", "true"), ("me()", "42"),
        ]
    )
    func days(text: String, expected: String) throws {
        #expect(try evaluate(text).displayText == expected)
        let late: [String: Value] = ["visited": .instant(utcMoment("2026-11-20T16:00:00Z"))]
        #expect(try evaluate("visited = '2026-11-21' and day(visited) = 21", late) == .boolean(true))
    }

    @Test("fields of the record and of those it refers to")
    func fields() throws {
        let given: [String: Value] = [
            "area": decimalValue("9.00"), "grade": .text("A"), "name": .text("展"), "parent": .integer(7),
            "active": .boolean(true),
        ]
        #expect(try evaluate("area >= 9 and area <= 200", given) == .boolean(true))
        #expect(try evaluate("area > 9", given) == .boolean(false))
        #expect(try evaluate("area > 8.999", given) == .boolean(true))
        #expect(try evaluate("area = 9.001", given) == .boolean(false))
        #expect(try evaluate("area < 9.001", given) == .boolean(true))
        #expect(try evaluate("级别 = '重要' and active", given) == .boolean(true))
        #expect(try evaluate("parent.name", given) == .text("母公司"))
        #expect(try evaluate("parent.area * 2", given) == decimalValue("3.00"))
        #expect(try evaluate("parent.parent.name", given) == .null)
        #expect(try evaluate("parent.name", ["parent": .integer(8)]) == .null)
        #expect(try evaluate("area = ? and name = ?", given, [decimalValue("9.0"), .text("展")]) == .boolean(true))
    }

    @Test("a decimal of another scale and an integer are taken as the field would keep them")
    func scales() throws {
        #expect(try evaluate("area = 9", ["area": decimalValue("9")]) == .boolean(true))
        #expect(try evaluate("area = 9", ["area": .integer(9)]) == .boolean(true))
        #expect(try evaluate("area", ["area": decimalValue("1.005")]) == decimalValue("1.01"))
        #expect(try evaluate("area is empty", ["area": .text("9")]) == .boolean(true))
    }

    @Test("an error while a reference is followed comes out")
    func failure() {
        #expect(throws: PlatformError.self) { try evaluate("parent.name = 'x'", ["parent": .integer(100)]) }
    }
}
