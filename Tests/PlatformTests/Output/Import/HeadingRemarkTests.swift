import CRMModel
import CRMOutput
import CRMRecords
import Testing

/// What headings and labels say beside units: with or without tax, estimated or actual, a part or all; and names without all that.
@Suite("Remarks of headings")
struct HeadingRemarkTests {
    private func fixture(_ fields: [(name: String, label: String, english: String)]) throws -> ImportFixture {
        let amounts = fields.map { name, label, english in
            FieldDefinition(
                name: ImportFixture.name(name),
                type: .currency(code: "CNY", scale: 2),
                label: LocalizedText([.zhCN: label, .en: english])
            )
        }
        return try ImportFixture(fields: [ImportFixture.field("name", .text, "名称")] + amounts)
    }

    /// In which field a column comes; nil when it is left out, the kind of the refusal when it is refused.
    private func owner(_ header: String, _ fixture: ImportFixture, map: String? = nil) throws -> String? {
        let mapping = try map.map { try ImportMapping(json: Array($0.utf8)) } ?? ImportMapping()
        do {
            let summary = try fixture.importText("名称,\"\(header)\"\na,113\n", mapping: mapping)
            guard summary.unknownColumns.isEmpty else { return nil }
            let record = try #require(try fixture.records().first)
            return fixture.object.fields.first {
                !record[$0.name.rawValue].isNull && !$0.isSystem && $0.type.isNumeric
            }?.name.rawValue
        } catch let error as PlatformError {
            return error.issues.first?.message.key?.id
        }
    }

    @Test(
        "a heading that says the contrary of the field's label is refused, however it writes it",
        arguments: [
            "标准价(含税)", "标准价（含税）", "标准价[含税]", "标准价【含税】", "標準價(含稅)", "标准价(元,含税)", "标准价(含税/元)", "标准价(税后)", "标准价(含13%税)",
            "List price (incl. VAT)", "List price (tax included)", "List price [after tax]", "标准价(含税价)",
        ]
    )
    func contrary(header: String) throws {
        let fixture = try fixture([("list_price", "标准价(未税)", "List price (before tax)")])
        #expect(try owner(header, fixture) == "import.heading_remark")
        #expect(try fixture.records().isEmpty)
        let named = "{\"columns\": {\"\(header)\": \"list_price\"}}"
        #expect(try owner(header, fixture, map: named) == "import.heading_remark")
        let converted = "{\"columns\": {\"\(header)\": {\"field\": \"list_price\", \"multiply\": \"1\"}}}"
        #expect(try owner(header, fixture, map: converted) == "list_price")
    }

    @Test(
        "a heading that says the same in other words is taken, and so is one that says nothing",
        arguments: [
            "标准价(未税)", "标准价(不含税)", "标准价【未税】", "标准价(税前)", "标准价(不含13%税)", "List price (excl. VAT)", "标准价", "标准价(元)",
            "标准价(必填)",
            "标准价(元,不含税)", "List price",
        ]
    )
    func same(header: String) throws {
        #expect(
            try owner(header, fixture([("list_price", "标准价(未税)", "List price (before tax)")])) == "list_price"
        )
    }

    @Test(
        "of several fields the one is meant that says what the heading says; which of them is not guessed",
        arguments: [
            ("金额(含税)", "total"), ("金额[含税]", "total"), ("含税金额", "total"), ("金额/含税", "total"), ("金额(不含税)", "amount"),
            ("未税金额", "amount"), ("金额", "import.heading_ambiguous"), ("成本(含税)", "import.heading_ambiguous"),
            ("成本", "cost"),
            ("采购成本", "purchase"), ("采购成本(含税)", "purchase"), ("利润(预计)", "planned"),
            ("毛重(合计)", "all"), ("毛重(小计)", "each"),
        ]
    )
    func fitting(header: String, expected: String) throws {
        let fixture = try fixture([
            ("amount", "金额(未税)", "Amount (before tax)"), ("total", "含税金额", "Total"), ("cost", "成本", "Cost"),
            ("purchase", "采购成本(含税)", "Purchase cost with VAT"), ("planned", "预计利润", "Expected margin"),
            ("each", "毛重", "Gross weight"), ("all", "总毛重", "Total gross weight"),
        ])
        #expect(try owner(header, fixture) == expected)
    }

    @Test("beside the column that fits, the contrary one is the only problem, and a mapping leaves it out")
    func both() throws {
        let fixture = try fixture([("price", "单价(未税)", "Price (before tax)")])
        let file = "名称,单价(未税),单价(含税)\na,100,113\n"
        let error = #expect(throws: PlatformError.self) { try fixture.importText(file) }
        #expect(error?.issues.map { $0.message.key?.id } == ["import.heading_remark"])
        let mapping = try ImportMapping(json: Array(#"{"columns": {"单价(含税)": null}}"#.utf8))
        #expect(try fixture.importText(file, mapping: mapping).created == 1)
        #expect(try fixture.texts("price") == ["100.00"])
    }

    @Test("of the estimate nothing goes into what is actual, and a mapping may say that it does")
    func certainty() throws {
        let fields = [("actual", "金额(实际)", "Amount (actual)")]
        #expect(try owner("金额(预计)", fixture(fields)) == "import.heading_remark")
        #expect(try owner("金额(实际)", fixture(fields)) == "actual")
        #expect(try owner("金额", fixture(fields)) == "actual")
        #expect(try owner("利润(实际)", fixture([("planned", "预计利润", "Expected margin")])) == nil)
        let map = #"{"columns": {"金额(预计)": "actual"}}"#
        #expect(try owner("金额(预计)", fixture(fields), map: map) == "actual")
    }

    @Test(
        "a label is found without its unit when no other field is called so",
        arguments: [
            ("数量", "count"), ("Quantity", "count"), ("工期", "days"), ("港杂费", "fees"), ("重量", "weight"), ("评分", "score"),
        ]
    )
    func withoutUnit(header: String, expected: String) throws {
        let labels = [
            ("count", "数量(台)", "Quantity (sets)"), ("days", "工期(天)", "Duration (days)"),
            ("fees", "港杂费(整批)", "Port fees (lot)"),
            ("weight", "重量", "Weight"), ("gross", "重量(kg)", "Weight (kg)"), ("score", "评分(1–5)", "Score (1–5)"),
        ]
        let fields = labels.map { name, label, english in
            FieldDefinition(
                name: ImportFixture.name(name),
                type: .decimal(scale: 2),
                label: LocalizedText([.zhCN: label, .en: english])
            )
        }
        let fixture = try ImportFixture(fields: [ImportFixture.field("name", .text, "名称")] + fields)
        #expect(try owner(header, fixture) == expected)
        #expect(fixture.object.fields(calledByPeople: header).map(\.name.rawValue) == [expected])
    }

    @Test("labels of texts keep their brackets, but for remarks that say nothing of the value")
    func texts() throws {
        let fields = [
            ImportFixture.field("name", .text, "名称(必填)"), ImportFixture.field("kind", .text, "类别(甲)"),
            ImportFixture.field("count", .integer, "数量(台)"), ImportFixture.field("size", .integer, "数量(台)"),
        ]
        let object = try ImportFixture(fields: fields).object
        #expect(object.fields(calledByPeople: "名称").map(\.name.rawValue) == ["name"])
        #expect(object.fields(calledByPeople: "类别").isEmpty)
        #expect(object.fields(calledByPeople: "数量").map(\.name.rawValue) == ["count", "size"])
    }

    @Test("messages name units as the heading and the label write them", arguments: Language.allCases)
    func words(language: Language) throws {
        let fields = [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("days", .integer, "工期(天)"),
            ImportFixture.field("deal", .currency(code: "CNY", scale: 2), "合同额(万元)"),
            ImportFixture.field("usd", .currency(code: "USD", scale: 2), "美元金额"),
            ImportFixture.field("ratio", .decimal(scale: 2), "系数"),
        ]
        for (header, words) in [
            ("工期（月）", ["月", "天"]), ("合同额(元)", ["元", "万元"]), ("美元金额(CNY)", ["CNY", "USD"]), ("系数(%)", ["%"]),
        ] {
            let error = #expect(throws: PlatformError.self) {
                try ImportFixture(fields: fields).importText("名称,\(header)\na,5\n")
            }
            let text = try #require(error?.issues.first?.message.text(in: language))
            for word in words {
                #expect(text.contains("「\(word)」") || text.contains("\"\(word)\""), "\(text)")
            }
        }
    }

    @Test("a label that says the contrary of what it said gives numbers another meaning")
    func upgrade() throws {
        let type = FieldType.currency(code: "CNY", scale: 2)
        let change = try #require(HeadingUnit.change("单价(未税)", "单价(含税)", type))
        #expect(change == ("未税", "含税"))
        #expect(HeadingUnit.change("单价(未税)", "单价(不含税)", type) == nil)
        #expect(HeadingUnit.change("单价", "单价(含税)", type) == nil)
    }
}
