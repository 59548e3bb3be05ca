import CRMPlatform
import Foundation
import TestSupport
import Testing

/// References leave one company and come into another: linked to the right record, or refused.
@Suite("References between companies")
struct ForeignReferenceTests {
    private let folder: ScratchFolder
    private let wuhan: Platform
    private let shanghai: Platform

    /// Imports an export as if its rows were new ones.
    private static let unmarked = #"{"columns": {"[record]": null}}"#

    private static let objects = [
        "objects/client.json": """
        {"name": "client", "label": {"zh-CN": "客户", "en": "Client"}, "title_field": "name", "fields": [
          {"name": "code", "type": "auto_number", "label": "编码", "code_rule": "c", "unique": true},
          {"name": "name", "type": "text", "label": "名称"}],
         "code_rules": [{"name": "c", "field": "code", "pattern": "C{seq:4}"}]}
        """,
        "objects/deal.json": """
        {"name": "deal", "label": "订单", "title_field": "code", "fields": [
          {"name": "code", "type": "auto_number", "label": "单号", "code_rule": "d", "unique": true},
          {"name": "client", "type": "reference", "object": "client", "label": "客户"},
          {"name": "note", "type": "text", "label": "备注"}],
         "code_rules": [{"name": "d", "field": "code", "pattern": "D{seq:4}"}]}
        """,
        "objects/person.json": """
        {"name": "person", "label": "联系人", "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "姓名"},
          {"name": "client", "type": "reference", "object": "client", "label": "客户"}]}
        """,
        "objects/call.json": """
        {"name": "call", "label": "记录", "title_field": "topic", "fields": [
          {"name": "topic", "type": "text", "label": "主题"},
          {"name": "person", "type": "reference", "object": "person", "label": "联系人"},
          {"name": "deal", "type": "reference", "object": "deal", "label": "订单"}]}
        """,
    ]

    init() throws {
        folder = try ScratchFolder()
        let plugin = try folder.plugin("small", Self.objects)
        wuhan = try Platform.create(at: folder.path + "/wuhan.crm")
        shanghai = try Platform.create(at: folder.path + "/shanghai.crm")
        for (platform, names) in [(wuhan, "甲公司\n乙公司\n"), (shanghai, "丙公司\n丁公司\n")] {
            try platform.installPlugin(.folder(plugin))
            _ = try load(platform, "client", "名称\n" + names)
        }
        _ = try load(wuhan, "person", "姓名,客户\n张三,甲公司\n李四,乙公司\n")
        _ = try load(wuhan, "deal", "客户\n甲公司\n")
        _ = try load(shanghai, "person", "姓名,客户\n张三,丙公司\n")
        _ = try load(shanghai, "deal", "客户\n丙公司\n")
        _ = try load(wuhan, "call", "主题,联系人,订单\n拜访,张三,D0001\n")
    }

    private func load(
        _ platform: Platform,
        _ object: String,
        _ text: String,
        map: String? = nil
    ) throws -> ImportSummary {
        let name = UUID().uuidString
        try folder.write(text, to: name)
        var options = FileImport()
        if let map {
            try folder.write(map, to: name + ".json")
            options.mapFile = folder.path + "/\(name).json"
        }
        return try platform.importRecords(
            object: #require(ObjectName(rawValue: object)),
            file: folder.path + "/" + name,
            options: options,
            as: .administrator
        )
    }

    private func export(_ platform: Platform, _ object: String, style: Exporter.Style = .exact) throws -> String {
        String(decoding: try platform.exported(object, style: style), as: UTF8.self)
    }

    private func clients(_ platform: Platform) throws -> [String] {
        let query = Query(object: try #require(ObjectName(rawValue: "person")), sort: [SortKey(field: "id")])
        return try platform.read(as: .administrator) { session in
            try session.find(query).records.map { "\($0["name"].displayText):\($0["client"].displayText)" }
        }
    }

    @Test("nobody is linked to a stranger who has the same number, the same code or the same title")
    func foreign() throws {
        let people = try export(wuhan, "person")
        #expect(people.contains("张三,C0001 甲公司 @"))
        let summary = try load(shanghai, "person", people)
        #expect((summary.created, summary.failed) == (0, 2))
        #expect(summary.problems.first?.text(in: .zhCN).contains("这里用此编码的是「C0001 丙公司」") == true)
        let calls = try load(shanghai, "call", try export(wuhan, "call"))
        #expect((calls.created, calls.failed) == (0, 1))
        #expect(calls.problems.first?.messages.count == 2)
        #expect(
            try load(shanghai, "call", try export(wuhan, "call", style: .people)).problems.first?.messages.count == 1
        )
        let legacy = try load(
            shanghai,
            "person",
            String(
                decoding: Repository.bytes("Tests/Corpus/faults/references-of-another-company/legacy-ids.csv"),
                as: UTF8.self
            )
        )
        #expect((legacy.created, legacy.failed) == (0, 1))
        #expect(try load(shanghai, "person", "姓名,客户\n王五,client/1\n").failed == 1)
        #expect(try clients(shanghai) == ["张三:1"])
    }

    @Test("a record with the same code and the same title is taken, and by title when the mapping asks for it")
    func same() throws {
        _ = try load(shanghai, "client", "名称\n乙公司\n")
        let people = try export(wuhan, "person")
        #expect(try load(shanghai, "person", people).created == 0)
        let map = #"{"columns": {"client": {"by": "title"}}}"#
        let byTitle = try load(shanghai, "person", people, map: map)
        #expect((byTitle.created, byTitle.failed) == (1, 1))
        #expect(try clients(shanghai) == ["张三:1", "李四:3"])
        let third = try Platform.create(at: folder.path + "/third.crm")
        try third.installPlugin(.folder(try folder.plugin("small", Self.objects)))
        _ = try load(third, "client", "名称\n甲公司\n乙公司\n")
        #expect(try load(third, "person", people).created == 2)
    }

    @Test("a copy that went its own way bears the same mark, but its new records are strangers")
    func parted() throws {
        try wuhan.backup(to: folder.path + "/branch.crm")
        let branch = try Platform.open(at: folder.path + "/branch.crm")
        _ = try load(wuhan, "client", "名称\n新甲\n")
        _ = try load(branch, "client", "名称\n新乙\n")
        _ = try load(wuhan, "person", "姓名,客户\n王五,新甲\n")
        let summary = try load(branch, "person", try export(wuhan, "person"))
        #expect((summary.created, summary.unchanged, summary.failed) == (0, 2, 1))
        #expect(try clients(branch) == ["张三:1", "李四:2"])
        let anew = try load(branch, "person", try export(wuhan, "person"), map: Self.unmarked)
        #expect((anew.created, anew.failed) == (2, 1))
    }

    @Test("a title that another record has as its code is not written alone for people either")
    func titleLikeCode() throws {
        _ = try load(wuhan, "client", "名称\nC0001\n")
        _ = try load(wuhan, "person", "姓名,客户\n王五,C0003\n")
        let people = try export(wuhan, "person", style: .people)
        _ = try load(wuhan, "person", people, map: Self.unmarked)
        #expect(try clients(wuhan) == ["张三:1", "李四:2", "王五:3", "张三:1", "李四:2", "王五:3"])
    }

    @Test(
        "in its own company an export comes back exactly, also when titles have changed, and typed-over titles are refused"
    )
    func own() throws {
        let people = try export(wuhan, "person")
        let calls = try export(wuhan, "call")
        _ = try load(wuhan, "client", "编码,名称\nC0001,甲公司（新）\n", map: #"{"key": ["code"]}"#)
        #expect(try load(wuhan, "person", people, map: Self.unmarked).created == 2)
        #expect(try load(wuhan, "call", calls, map: Self.unmarked).created == 1)
        #expect(try clients(wuhan) == ["张三:1", "李四:2", "张三:1", "李四:2"])
        let typed = try load(wuhan, "person", people.replacing("C0001 甲公司", with: "C0001 乙公司"), map: Self.unmarked)
        #expect((typed.created, typed.failed) == (1, 1))
        #expect(typed.problems.first?.text(in: .zhCN).contains("编码与名称对不上") == true)
        #expect(try load(wuhan, "person", "姓名,客户\n赵六,C0002 乙公司\n钱七,C0002 甲公司（新）\n").created == 1)
    }

    @Test("a company keeps its mark, and no two have the same")
    func marks() throws {
        let first = try export(wuhan, "person")
        #expect(try export(wuhan, "person") == first)
        let mark = try #require(first.split(separator: "@").last?.prefix(8))
        #expect(try !export(shanghai, "person").contains(mark))
    }

    @Test("what was moved here with the marks of another company is found by its references, and by nothing else")
    func moved() throws {
        let third = try Platform.create(at: folder.path + "/third.crm")
        try third.installPlugin(.folder(try folder.plugin("small", Self.objects)))
        // Numbers and codes differ there: C0001 is somebody else, and 张三 is contact 2.
        _ = try load(third, "client", "名称\n己公司\n")
        _ = try load(third, "person", "姓名\n张三\n")
        let map = #"{"columns": {"code": null}}"#
        #expect(try load(third, "client", try export(wuhan, "client"), map: map).created == 2)
        #expect(try load(third, "person", try export(wuhan, "person")).created == 2)
        #expect(try load(third, "deal", try export(wuhan, "deal")).created == 1)
        let calls = try load(third, "call", try export(wuhan, "call"))
        #expect((calls.created, calls.failed) == (1, 0), "\(calls.text(in: .en))")
        #expect(try clients(third) == ["张三:", "张三:2", "李四:3"])
        let call = try third.read(as: .administrator) { session in
            try session.find(Query(object: TestSupport.object("call"))).records[0]
        }
        #expect((call["person"].displayText, call["deal"].displayText) == ("2", "1"))
        let entries = try third.read(as: .administrator) { session in
            try session.history(of: RecordID(object: TestSupport.object("person"), number: 2))
        }
        #expect(entries.first?.origin == "import")
        #expect(entries.first?.originDetail.hasSuffix(" person/1") == true)
        // A company that nothing came from has the same codes and titles for something else.
        _ = try load(shanghai, "call", "主题,联系人,订单\n电话,张三,D0001\n")
        #expect(try load(third, "call", try export(shanghai, "call")).failed == 1)
    }
}
