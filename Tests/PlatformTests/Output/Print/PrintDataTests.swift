import CRMModel
import CRMOutput
import Foundation
import Testing

@Suite("Data of prints")
struct PrintDataTests {
    private let booth: ObjectDefinition
    private let customer: ObjectDefinition
    private let catalog: Catalog
    private let formatter: ValueFormatter

    init() throws {
        func name(_ text: String) throws -> FieldName { try #require(FieldName(rawValue: text)) }
        func object(_ text: String) throws -> ObjectName { try #require(ObjectName(rawValue: text)) }
        func field(_ text: String, _ type: FieldType, _ label: String) throws -> FieldDefinition {
            FieldDefinition(name: try name(text), type: type, label: LocalizedText([.zhCN: label, .en: text]))
        }
        let system = try SystemField.allCases.map { try field($0.rawValue, .integer, $0.rawValue) }
        let grade = try #require(ElementName(rawValue: "grade"))
        customer = ObjectDefinition(
            name: try object("customer"),
            label: LocalizedText("客户"),
            fields: try system + [
                field("name", .text, "公司名称"), field("grade", .picklist(dictionary: grade), "级别"),
                field("booths", .children(object: object("booth"), via: name("customer")), "展位"),
            ],
            titleField: try name("name")
        )
        booth = ObjectDefinition(
            name: try object("booth"),
            label: LocalizedText("展位"),
            fields: try system + [
                field("number", .text, "展位号"), field("amount", .currency(code: "CNY", scale: 2), "金额"),
                field("customer", .reference(to: try object("customer"), onDelete: .restrict), "客户"),
                field("paid", .boolean, "已付"), field("held_at", .dateTime, "时间"),
            ],
            titleField: try name("number")
        )
        let options = [
            PicklistSet.Option(
                value: "A",
                label: LocalizedText([.zhCN: "重点", .en: "Key"]),
                parents: [],
                isRetired: false,
                colour: ""
            )
        ]
        catalog = Catalog(
            generation: 1,
            objects: [customer, booth],
            dictionaries: [PicklistSet(name: grade, label: LocalizedText("级别"), options: options, plugin: nil)],
            layouts: []
        )
        formatter = ValueFormatter(
            catalog: catalog,
            language: .zhCN,
            timeZone: try #require(TimeZone(secondsFromGMT: 28_800))
        )
    }

    private func record(_ object: ObjectDefinition, _ id: Int64, _ values: [Value]) -> Record {
        Record(object: object, values: [.integer(id), .integer(1), .null, .null, .null, .null] + values)
    }

    private func print(_ source: String, of record: Record, customers: [Record], booths: [Record]) throws -> String {
        let data = PrintData(
            formatter: formatter,
            related: { ids in
                Dictionary(uniqueKeysWithValues: customers.map { ($0.recordID, $0) }).filter { ids.contains($0.key) }
            },
            titles: { ids in
                let titles = customers.map { ($0.recordID, $0.title) }
                return Dictionary(uniqueKeysWithValues: titles).filter { ids.contains($0.key) }
            },
            children: { _, _ in booths }
        )
        // 2026-11-21T17:00:00Z is already the next day in China.
        let now = try #require(Instant(iso: "2026-11-21T17:00:00Z"))
        let template = try PrintTemplate(name: "t", source: "[[\(source)]]")
        let output = try template.render(
            try data.make(record, now: now, extra: ["title": .text("确认书")]),
            language: .zhCN
        )
        #expect(output.warnings.isEmpty)
        let start = try #require(output.text.ranges(of: "[[").first?.upperBound)
        let end = try #require(output.text.ranges(of: "]]").last?.lowerBound)
        return String(output.text[start..<end])
    }

    @Test("fields have text, label and raw value; references have parts; days are those of the company's time zone")
    func fields() throws {
        let customer = record(customer, 7, [.text("武汉达川"), .text("A"), .null])
        let amount = Value.decimal(try #require(FixedDecimal("12345.60")))
        let held = Value.instant(try #require(Instant(iso: "2026-11-21T17:00:00Z")))
        let booth = record(booth, 3, [.text("A01"), amount, .integer(7), .boolean(false), held])
        let source = """
            {{title}}|{{record}}|{{number.label}}={{number}}|{{amount}}|{{amount.raw}}|{{rmb(amount)}}|{{customer}}|\
            {{customer.grade}}|{{customer.grade.raw}}|{{paid}}|{{#paid}}x{{/paid}}|{{held_at}}|{{date_zh(held_at)}}|{{today}}
            """
        #expect(
            try print(source, of: booth, customers: [customer], booths: [])
                == "确认书|booth/3|展位号=A01|12,345.60|12345.60|壹万贰仟叁佰肆拾伍元陆角整|武汉达川|重点|A|否||2026-11-22 01:00:00|2026年11月22日|2026-11-22"
        )
    }

    @Test("child rows are lists, with the parts of what they refer to")
    func children() throws {
        let customer = record(customer, 7, [.text("武汉达川"), .null, .null])
        let booths = (1...2).map {
            record(booth, $0, [.text("A0\($0)"), .integer(100), .integer(7), .boolean(true), .null])
        }
        #expect(
            try print(
                "{{count(booths)}}:{{#booths}}{{number}} {{customer.name}};{{/booths}}{{^grade}}-{{/grade}}",
                of: customer,
                customers: [customer],
                booths: booths
            ) == "2:A01 武汉达川;A02 武汉达川;-"
        )
    }

    @Test("what many rows refer to is asked for together")
    func together() throws {
        let customers = (1...40).map { record(customer, $0, [.text("客户\($0)"), .null, .null]) }
        let rows = (1...40).map {
            record(booth, $0, [.text("A\($0)"), .null, .integer(41 - $0), .boolean(true), .null])
        }
        var asked = 0
        let data = PrintData(
            formatter: formatter,
            related: { ids in
                asked += 1
                let known = Dictionary(uniqueKeysWithValues: customers.map { ($0.recordID, $0) })
                return known.filter { ids.contains($0.key) }
            },
            titles: { _ in [:] },
            children: { _, _ in rows }
        )
        let template = try PrintTemplate(name: "t", source: "{{#booths}}{{number}}={{customer.name}};{{/booths}}")
        let page = try template.render(
            try data.make(customers[0], now: Instant(milliseconds: 0)),
            language: .zhCN
        )
        #expect(page.text.contains((1...40).map { "A\($0)=客户\(41 - $0);" }.joined()))
        #expect(asked == 1)
    }

    @Test("a reference whose record is gone is empty")
    func danglingReference() throws {
        let booth = record(booth, 3, [.text("A01"), .null, .integer(99), .null, .null])
        #expect(
            try print("{{customer}}{{^customer}}无{{/customer}}", of: booth, customers: [], booths: []) == "无"
        )
    }
}
