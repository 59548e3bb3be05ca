import CRMModel
import CRMRecords
import TestSupport
import Testing

@Suite("Sums")
struct LargeSumTests {
    private let crm: TestCompany

    init() throws {
        crm = try TestCompany([
            "objects/item.json": """
            {"name":"item","label":"Item","title_field":"name","fields":[
              {"name":"name","type":"text","label":"N"},{"name":"count","type":"integer","label":"C"},
              {"name":"price","type":"currency","label":"P"},
              {"name":"rate","type":"decimal","scale":2,"label":"R"}]}
            """
        ])
    }

    private func fill(_ rows: [(name: String, count: Int64?)]) throws {
        try crm.write { crm throws(PlatformError) in
            for row in rows {
                var input: RecordInput = ["name": row.name]
                input[field("count")] = .value(row.count.map { .integer($0) } ?? .null)
                _ = try crm.create(object("item"), input)
            }
        }
    }

    private func figures(_ measure: String, sort: String = "", group: Bool = false) throws -> [[String]] {
        try crm.read { crm throws(PlatformError) in
            try crm.aggregate(
                AggregateQuery(
                    object: object("item"),
                    groups: group ? [AggregateQuery.Term(alias: "name", expression: "name")] : [],
                    measures: [AggregateQuery.Term(alias: "m", expression: measure)],
                    sort: Query.parseSort(sort)
                )
            ).rows.map { $0.map(\.displayText) }
        }
    }

    @Test("beyond 64 bits at the scale of a quotient are exact when they fit with fewer places")
    func quotient() throws {
        // 13 × 1,000,000,000.00 at nine places is 13 × 10^18 units, beyond 9.2 × 10^18.
        try crm.write { crm throws(PlatformError) in
            for _ in 0..<13 { _ = try crm.create(object("item"), ["price": "1000000000", "rate": "100"]) }
        }
        let total = try figures("sum(price * rate / 100)")[0][0]
        #expect(FixedDecimal(total) == FixedDecimal("13000000000"))
        #expect(FixedDecimal(try figures("avg(price * rate / 100)")[0][0]) == FixedDecimal("1000000000"))
    }

    @Test("of halves carry over exactly, below zero too, and order by their size")
    func carries() throws {
        try fill([
            ("a", 4_611_686_018_427_387_904), ("a", 4_611_686_018_427_387_903), ("b", -1), ("b", -4_294_967_297),
            ("c", 4_294_967_295), ("c", 4_294_967_295), ("d", nil),
        ])
        #expect(
            try figures("sum(count)", sort: "m desc", group: true) == [
                ["a", "9223372036854775807"], ["c", "8589934590"], ["b", "-4294967298"], ["d", ""],
            ]
        )
    }

    @Test("that cannot be kept are refused with the name of the figure and the limit")
    func tooLarge() throws {
        try fill([("a", .max), ("a", 1)])
        let error = crm.refusal { try figures("sum(count)") }
        #expect(error?.code == .limitExceeded)
        #expect(error?.message.text(in: .en).contains("\"m\" is beyond") == true)
        // A product that was cut must not be added up as if it were whole.
        #expect(crm.refusal { try figures("sum(count * count)") }?.code == .limitExceeded)
    }
}
