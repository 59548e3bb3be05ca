import CRMConcurrency
import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Faults that were found in use, each with its input and the right answer, through the door that a program has.
@Suite("Faults that were found in use")
struct FoundFaultTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static func input(_ name: String) -> String { Repository.path("Tests/Corpus/faults/\(name)") }

    /// The company of this test as it is on a day, made when it is not there.
    private func company(_ moment: String = "2026-11-21T02:00:00Z") throws -> Platform {
        var options = PlatformOptions()
        options.clock = FixedClock(moment)
        let path = folder.path + "/t.crm"
        return FileManager.default.fileExists(atPath: path)
            ? try Platform.open(at: path, options: options) : try Platform.create(at: path, options: options)
    }

    private func create(_ platform: Platform, _ name: String, _ input: RecordInput) throws -> Record {
        try platform.write(as: .administrator, origin: .shell) { session in
            try session.create(object(name), input).record
        }
    }

    private func code(_ platform: Platform, _ name: String, _ input: RecordInput) throws -> String {
        try create(platform, name, input)["code"].displayText
    }

    private func load(_ platform: Platform, _ name: String, _ file: String) throws -> ImportSummary {
        try platform.importRecords(object: object(name), file: Self.input(file), as: .administrator)
    }

    private func texts(_ platform: Platform, _ name: String, _ field: String) throws -> [String] {
        try platform.read(as: .administrator) { session in
            try session.find(Query(object: object(name), sort: [SortKey(field: "id")])).records.map {
                $0[field].displayText
            }
        }
    }

    private func thing(rule: String, version: String, data: Bool = false) throws -> String {
        var files = [
            "plugin.json": #"{"id":"up","version":"\#(version)","api":1,"type":"module","title":"up"}"#,
            "objects/thing.json": #"""
            {"name": "thing", "label": "物件", "title_field": "name", "fields": [
              {"name": "code", "type": "auto_number", "label": "物件编号", "code_rule": "\#(rule)", "unique": true},
              {"name": "name", "type": "text", "label": "物件名称", "required": true},
              {"name": "key", "type": "text", "label": "键", "unique": true}],
             "code_rules": [{"name": "\#(rule)", "field": "code", "pattern": "T-{seq:4}"}]}
            """#,
        ]
        if data {
            files["data/things.json"] = String(
                decoding: try Repository.bytes("Tests/Corpus/faults/upgrade-and-deleted-data/data/things.json"),
                as: UTF8.self
            )
        }
        return try folder.plugin("up", files)
    }

    // MARK: - Codes

    @Test("codes of the next month that an import brought are followed by the next free one when the month comes")
    func nextMonth() throws {
        let november = try company()
        try november.installPlugin(.folder(Repository.path("plugins/sales")))
        _ = try create(november, "customer", ["name": "东湖机械厂"])
        let summary = try load(november, "sales_order", "codes-of-the-next-month/orders.csv")
        #expect((summary.created, summary.failed) == (2, 0))
        try november.close()
        let december = try company("2026-12-05T02:00:00Z")
        #expect(try code(december, "sales_order", ["customer": "东湖机械厂"]) == "SO202612-0003")
        #expect(try code(december, "sales_order", ["customer": "东湖机械厂"]) == "SO202612-0004")
        #expect(try december.check().isEmpty)
    }

    @Test("an upgrade that renames the code rule goes on behind the codes that are there")
    func renamedRule() throws {
        let platform = try company()
        try platform.installPlugin(.folder(try thing(rule: "thing_code", version: "1.0.0")))
        for name in ["甲", "乙"] { _ = try create(platform, "thing", ["name": name]) }
        try platform.installPlugin(.folder(try thing(rule: "thing_code2", version: "1.1.0")))
        #expect(try code(platform, "thing", ["name": "丙"]) == "T-0003")
    }

    @Test("a code rule in Lua passes over the old codes that were imported")
    func ruleInLua() throws {
        let platform = try company()
        let item = """
            {"name": "item", "label": "样品", "title_field": "name", "fields": [
              {"name": "code", "type": "auto_number", "label": {"zh-CN": "编码", "zh-TW": "編碼", "en": "Code"}, "unique": true},
              {"name": "name", "type": "text", "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"}, "required": true}]}
            """
        let main = #"""
            crm.code_rule("item", "code", function(record, next) return string.format("L-%04d", next("all")) end)
            """#
        try platform.installPlugin(.folder(try folder.plugin("probe", ["objects/item.json": item, "main.lua": main])))
        #expect(try load(platform, "item", "codes-of-the-next-month/codes.csv").created == 1)
        #expect(try code(platform, "item", ["name": "新一"]) == "L-0002")
        #expect(try platform.check().isEmpty)
        // Its counter is the plugin's own: it may be set forward, never back.
        var choice = CodeCounterChoice(object: "item", field: "code")
        #expect(try platform.codeCounters().map(\.rule) == ["probe"])
        #expect(try platform.codeCounter(choice).next == 3)
        choice.scope = ["all"]
        #expect(refusal { _ = try platform.setCodeCounter(choice, next: 2) }?.code == .invalidInput)
        #expect(try platform.setCodeCounter(choice, next: 10).next == 10)
        #expect(try code(platform, "item", ["name": "新二"]) == "L-0010")
    }

    @Test("an order of a day gone by is numbered in the month of that day")
    func backDated() throws {
        let platform = try company("2026-11-30T06:00:00Z")
        try platform.installPlugin(.folder(Repository.path("plugins/sales")))
        _ = try create(platform, "customer", ["name": "东湖机械厂"])
        let past: RecordInput = ["customer": "东湖机械厂", "ordered_on": "2025-12-30"]
        #expect(try code(platform, "sales_order", past) == "SO202512-0001")
        #expect(try code(platform, "sales_order", ["customer": "东湖机械厂"]) == "SO202611-0001")
    }

    // MARK: - Upgrades

    @Test("an upgrade does not bring back what the company deleted, nor what it gave another key")
    func deletedData() throws {
        let platform = try company()
        try platform.installPlugin(.folder(try thing(rule: "thing_code", version: "1.0.0", data: true)))
        try platform.write(as: .administrator, origin: .shell) { session in
            try session.delete(RecordID(object: object("thing"), number: 2))
            _ = try session.update(
                RecordID(object: object("thing"), number: 3),
                ["key": "C2", "name": "公司自己的丙"]
            )
        }
        try platform.installPlugin(.folder(try thing(rule: "thing_code", version: "1.1.0", data: true)))
        #expect(try texts(platform, "thing", "name") == ["预置甲", "公司自己的丙"])
        #expect(try texts(platform, "thing", "key") == ["A", "C2"])
    }

    @Test("a grade that the company does without stays away when sales is installed in a further version")
    func deletedGrade() throws {
        let platform = try company()
        try platform.installPlugin(.folder(Repository.path("plugins/sales")))
        try platform.write(as: .administrator, origin: .shell) { session in
            try session.delete(RecordID(object: object("customer_grade"), number: 4))
        }
        let copy = folder.path + "/sales"
        try FileManager.default.copyItem(atPath: Repository.path("plugins/sales"), toPath: copy)
        let manifest = URL(fileURLWithPath: copy + "/plugin.json")
        let text = String(decoding: try Data(contentsOf: manifest), as: UTF8.self)
        let newer = text.replacing(#/"version": "[0-9.]+"/#, with: #""version": "9.0.0""#)
        #expect(newer != text)
        try Data(newer.utf8).write(to: manifest)
        try platform.installPlugin(.folder(copy))
        #expect(try texts(platform, "customer_grade", "code") == ["A", "B", "C"])
    }

    // MARK: - Names, sums and files

    private static let item = """
        {"name": "item", "label": {"zh-CN": "样品", "zh-TW": "樣品", "en": "Item"}, "title_field": "name", "fields": [
          {"name": "code", "type": "auto_number", "label": {"zh-CN": "编号", "zh-TW": "編號", "en": "Code"},
           "code_rule": "item_code", "unique": true},
          {"name": "name", "type": "text", "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"}, "required": true},
          {"name": "price", "type": "currency", "label": {"zh-CN": "单价", "zh-TW": "單價", "en": "Price"}},
          {"name": "rate", "type": "percent", "label": {"zh-CN": "税率", "zh-TW": "稅率", "en": "Rate"}},
          {"name": "day", "type": "date", "label": {"zh-CN": "日期", "zh-TW": "日期", "en": "Day"}}],
         "code_rules": [{"name": "item_code", "field": "code", "pattern": "P{yyyy}-{seq:4}", "reset": "year"}]}
        """

    private func items() throws -> Platform {
        let platform = try company()
        try platform.installPlugin(.folder(try folder.plugin("probe", ["objects/item.json": Self.item])))
        return platform
    }

    @Test("a label that the platform has for its number too means the own field, in imports as in expressions")
    func ownLabel() throws {
        let platform = try items()
        #expect(try load(platform, "item", "label-of-a-system-field/codes.csv").created == 1)
        #expect(try texts(platform, "item", "code") == ["P2026-0007"])
        let found = try platform.read(as: .administrator) { session in
            try session.count(object("item"), where: "编号 = 'P2026-0007'")
        }
        #expect(found == 1)
        let field = try platform.catalog.objects[object("item")]?.field(calledByPeople: "编号")
        #expect(field?.name.rawValue == "code")
        let warnings = Platform.reviewPlugin(folder: folder.path + "/probe").warnings
        #expect(warnings.contains { $0.text(in: .zhCN).contains("「编号」") })
    }

    @Test("a sum over a quotient beyond 64 bits is exact")
    func largeSum() throws {
        let platform = try items()
        #expect(try load(platform, "item", "sum-beyond-64-bits/rows.csv").created == 100)
        let told = Guarded("")
        try platform.runScript(
            #"print(crm.aggregate("item", {measures = {s = "sum(price*rate/100)"}})[1].s)"#,
            name: "sum",
            as: .administrator
        ) { text in told.withLock { $0 += text } }
        let sum = told.withLock { $0 }.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(FixedDecimal(sum) == FixedDecimal("13000000000"))
    }

    @Test("the error file has English headings when English is asked for")
    func headings() throws {
        var options = FileImport()
        options.errorFile = folder.path + "/e.csv"
        options.language = .en
        let summary = try items().importRecords(
            object: object("item"),
            file: Self.input("headings-of-the-error-file/bad.csv"),
            options: options,
            as: .administrator
        )
        #expect(summary.failed == 1)
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/e.csv")), as: UTF8.self)
        #expect(text.hasPrefix("\u{FEFF}[Row],[Error],Name,Day\r\n"))
    }
}
