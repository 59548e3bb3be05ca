import CRMPlatform
import TestSupport
import Testing

@Suite("References in imports")
struct ImportReferenceTests {
    private let folder: ScratchFolder
    private let platform: Platform

    private static let partner = """
        {"name": "partner", "label": {"zh-CN": "经销商", "en": "Partner"}, "title_field": "name", "fields": [
          {"name": "code", "type": "text", "label": "编码", "unique": true},
          {"name": "name", "type": "text", "label": "名称"}]}
        """
    private static let flow = """
        {"name": "flow", "label": "流向", "title_field": "doc", "fields": [
          {"name": "doc", "type": "text", "label": "单号", "required": true, "unique": true},
          {"name": "partner", "type": "reference", "object": "partner", "label": "发货方", "aliases": ["供货商"]},
          {"name": "amount", "type": "decimal", "scale": 2, "label": "数量"},
          {"name": "day", "type": "date", "label": "日期"},
          {"name": "note", "type": "text", "label": "备注"}]}
        """
    private static let main = """
        crm.on("flow", "before_validate", function(rec)
          if rec.note == "make" then
            crm.create("partner", { code = "N", name = "新" })
            rec.partner = "N"
          end
        end)
        crm.validate("flow", function(rec, fail)
          if rec.note == "make" then fail("note", "no") end
        end)
        crm.on("flow", "after_save", function(rec)
          if rec.note == "rename" then
            crm.update(rec.partner, { code = "OLD" })
            crm.create("partner", { code = "A", name = "丁" })
          end
        end)
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
        let files = ["objects/partner.json": Self.partner, "objects/flow.json": Self.flow, "main.lua": Self.main]
        try platform.installPlugin(.folder(folder.plugin("flows", files)))
        _ = try load("partner", "编码,名称\nA,甲\nB,重名\nC,重名\n")
    }

    private func load(_ object: String, _ text: String, map: String? = nil) throws -> ImportSummary {
        try folder.write(text, to: "rows.csv")
        var options = FileImport()
        if let map {
            try folder.write(map, to: "map.json")
            options.mapFile = folder.path + "/map.json"
        }
        return try platform.importRecords(
            object: #require(ObjectName(rawValue: object)),
            file: folder.path + "/rows.csv",
            options: options,
            as: .administrator
        )
    }

    private func partners() throws -> [String] {
        let query = Query(object: try #require(ObjectName(rawValue: "flow")), sort: [SortKey(field: "id")])
        return try platform.read(as: .administrator) { session in
            try session.find(query).records.map { "\($0["doc"].displayText):\($0["partner"].displayText)" }
        }
    }

    @Test(
        "a record is found by its code, title, number and name, and a text that means none or several is refused with it"
    )
    func ways() throws {
        let summary = try load("flow", "单号,供货商\n1,A\n2,甲\n3,2\n4,partner/3\n5,Ａ\n6,重名\n7,Z\n8,partner/99\n")
        #expect(try partners() == ["1:1", "2:1", "5:1"])
        #expect(
            summary.problems.map { $0.text(in: .en) } == [
                "row 3 (line 4): column \"供货商\": 发货方: there is no Partner \"2\". Numbers in files are not taken for numbers of records; if they are, let the mapping say \"by\": \"number\" for this column",
                "row 4 (line 5): column \"供货商\": 发货方: there is no Partner \"partner/3\". Numbers in files are not taken for numbers of records; if they are, let the mapping say \"by\": \"number\" for this column",
                "row 6 (line 7): column \"供货商\": 发货方: more than one Partner is called \"重名\": partner/2, partner/3; give a code, or the number of the record with \"by\": \"number\" for this column in the mapping",
                "row 7 (line 8): column \"供货商\": 发货方: there is no Partner \"Z\"; give its code or its title",
                "row 8 (line 9): column \"供货商\": 发货方: there is no Partner \"partner/99\". Numbers in files are not taken for numbers of records; if they are, let the mapping say \"by\": \"number\" for this column",
            ]
        )
    }

    @Test("a column is read as numbers of records when the mapping asks for it, and a number that is none is refused")
    func byNumber() throws {
        let map = #"{"columns": {"供货商": {"by": "number"}}}"#
        let summary = try load("flow", "单号,供货商\n1,2\n2,partner/3\n3,99\n", map: map)
        #expect(try partners() == ["1:2", "2:3"])
        #expect(summary.problems.map { $0.text(in: .en) }.first?.contains("partner/99, which does not exist") == true)
    }

    @Test("what a text was found to mean is forgotten when a hook changes it, or when it is taken back")
    func changes() throws {
        let summary = try load("flow", "单号,发货方,备注\n1,A,\n2,A,rename\n3,A,\n4,OLD,\n5,,make\n6,N,\n7,A,\n")
        #expect(try partners() == ["1:1", "2:1", "3:4", "4:1", "7:4"])
        #expect(summary.problems.map(\.row) == [5, 6])
    }

    @Test("rows with a key of several fields, a number and a day among them, change the record that has them")
    func keys() throws {
        let map = #"{"key": ["doc", "数量", "day"]}"#
        let first = try load("flow", "单号,数量,日期\n1,5,2026-01-02\n2,5.5,2026-01-02\n", map: map)
        #expect(first.created == 2)
        let text = "单号,数量,日期,备注\n1,5.00,2026年1月2日,a\n2,\"5.50\",2026/1/2,b\n2,x,2026-01-02,c\n2,,2026-01-02,d\n"
        let again = try load("flow", text, map: map)
        #expect((again.created, again.updated, again.failed) == (0, 2, 2))
        #expect(again.problems.first?.text(in: .zhCN).contains("数量") == true)
    }

    @Test(
        "a row whose unique value is there already is a duplicate when rows make records, and refused when a key finds them"
    )
    func duplicates() throws {
        #expect(try load("flow", "单号,备注\n1,a\n2,b\n").created == 2)
        let again = try load("flow", "单号,备注\n1,a\n2,b\n3,c\n3,d\n")
        #expect((again.created, again.duplicates, again.failed) == (1, 3, 0))
        #expect(again.problems.map { $0.conflicting?.description } == ["flow/1", "flow/2", "flow/3"])
        let keyed = try load("flow", "编号,单号\n1,2\n", map: #"{"key": ["id"]}"#)
        #expect((keyed.updated, keyed.duplicates, keyed.failed) == (0, 0, 1))
    }
}
