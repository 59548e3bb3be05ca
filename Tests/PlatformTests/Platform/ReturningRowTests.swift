import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Rows that were exported come back into the records they are, and into nothing else.
@Suite("Rows that come back")
struct ReturningRowTests {
    private let folder: ScratchFolder
    private let wuhan: Platform

    // Nothing of a line is unique: only its mark tells which it is.
    private static let objects = [
        "objects/line.json": """
        {"name": "line", "label": "明细", "title_field": "item", "fields": [
          {"name": "item", "type": "text", "label": "品名", "required": true},
          {"name": "amount", "type": "currency", "currency": "CNY", "label": "金额"},
          {"name": "day", "type": "date", "label": "日期"},
          {"name": "note", "type": "text", "label": "备注"}]}
        """,
        "objects/tool.json": """
        {"name": "tool", "label": "工具", "title_field": "code", "fields": [
          {"name": "code", "type": "text", "label": "编码", "unique": true},
          {"name": "size", "type": "integer", "label": "大小"}]}
        """,
    ]

    init() throws {
        folder = try ScratchFolder()
        wuhan = try Platform.create(at: folder.path + "/wuhan.crm")
        try wuhan.installPlugin(.folder(folder.plugin("small", Self.objects)))
        _ = try load(wuhan, "line", "品名,金额,日期,备注\n地毯,10,2026-11-21,a\n地毯,10,2026-11-21,b\n灯,3.5,,\n")
    }

    @discardableResult
    private func load(
        _ platform: Platform,
        _ object: String,
        _ text: String,
        map: String? = nil
    ) throws
        -> ImportSummary
    {
        let name = UUID().uuidString
        try folder.write(text, to: name)
        var options = FileImport()
        if let map {
            try folder.write(map, to: name + ".json")
            options.mapFile = folder.path + "/\(name).json"
        }
        options.errorFile = folder.path + "/refused.csv"
        return try platform.importRecords(
            object: #require(ObjectName(rawValue: object)),
            file: folder.path + "/" + name,
            options: options,
            as: .administrator
        )
    }

    private func export(_ platform: Platform, _ object: String = "line") throws -> String {
        String(decoding: try platform.exported(object), as: UTF8.self)
    }

    private func lines(_ platform: Platform) throws -> [String] {
        let query = Query(object: try #require(ObjectName(rawValue: "line")), sort: [SortKey(field: "id")])
        return try platform.read(as: .administrator) { session in
            try session.find(query).records.map { record in
                ["id", "item", "amount", "note"].map { record[$0].displayText }.joined(separator: " ")
            }
        }
    }

    private func set(_ platform: Platform, _ number: Int64, _ field: String, _ text: String) throws {
        let id = RecordID(object: try #require(ObjectName(rawValue: "line")), number: number)
        let name = try #require(FieldName(rawValue: field))
        try platform.write(as: .administrator, origin: .shell) { session in
            var input = RecordInput()
            input[name] = .text(text)
            _ = try session.update(id, input)
        }
    }

    @Test("imported again as it is, an export changes nothing and adds nothing", arguments: [false, true])
    func unchanged(isWorkbook: Bool) throws {
        let before = try lines(wuhan)
        let file = try wuhan.exported("line", as: isWorkbook ? .xlsx : .csv(bom: true))
        let name = folder.path + "/back"
        try Data(file).write(to: URL(fileURLWithPath: name))
        let summary = try wuhan.importRecords(
            object: #require(ObjectName(rawValue: "line")),
            file: name,
            as: .administrator
        )
        #expect((summary.created, summary.updated, summary.failed) == (0, 0, 0))
        #expect((summary.recognised, summary.unchanged, summary.strangers) == (3, 3, 0))
        #expect(summary.text(in: .en).contains("3 of the rows were known by the marks of their export"))
        #expect(try lines(wuhan) == before)
        let line = try #require(ObjectName(rawValue: "line"))
        let changed = try wuhan.read(as: .administrator) { session in
            try session.count(line, where: "version > 1")
        }
        #expect(changed == 0)
    }

    @Test("what was edited is changed in its record, rows without a mark are added, and what others saved since stays")
    func edited() throws {
        let file = try export(wuhan)
        try set(wuhan, 1, "note", "别人改的")
        let rows = file.split(separator: "\r\n").map(String.init)
        let mended = [
            rows[0], rows[1].replacing("10.00", with: "12.00"), rows[2], rows[3], "桌,7.00,,,",
        ]
        let summary = try load(wuhan, "line", mended.joined(separator: "\n"))
        #expect((summary.created, summary.updated, summary.failed) == (1, 1, 0))
        #expect(summary.unchanged == 2)
        let expected = ["1 地毯 12.00 别人改的", "2 地毯 10.00 b", "3 灯 3.50 ", "4 桌 7.00 "]
        #expect(try lines(wuhan) == expected)
        // The same mended file once more: the record was so at that time, and is what the file says by now.
        #expect(try load(wuhan, "line", mended.dropLast().joined(separator: "\n")).failed == 0)
        #expect(try lines(wuhan) == expected)
    }

    @Test("a field that was edited in the file and by others since is told, with what it was and what it is")
    func conflicts() throws {
        let file = try export(wuhan)
        try set(wuhan, 1, "note", "别人改的")
        try set(wuhan, 1, "amount", "12")
        let edited = file.replacing("10.00,2026-11-21,a", with: "11.00,2026-11-21,我改的")
        let summary = try load(wuhan, "line", edited)
        #expect((summary.updated, summary.unchanged, summary.failed) == (0, 2, 1))
        let told = summary.problems.flatMap { $0.messages.map { $0.text(in: .en) } }.joined(separator: "\n")
        for words in ["\"10.00\"", "\"12.00\"", "\"a\"", "\"别人改的\""] { #expect(told.contains(words), "\(told)") }
        #expect(try lines(wuhan)[0] == "1 地毯 12.00 别人改的")
        let refused = try String(contentsOfFile: folder.path + "/refused.csv", encoding: .utf8)
        #expect(try load(wuhan, "line", refused).failed == 1)
        // What others have made of it may stand in the file as well.
        #expect(
            try load(wuhan, "line", edited.replacing("11.00", with: "12").replacing("我改的", with: "别人改的")).failed == 0
        )
    }

    @Test("the second row of one mark is refused again when it comes back alone")
    func twice() throws {
        let rows = try export(wuhan).split(separator: "\r\n").map(String.init)
        let doubled = [rows[0], rows[1].replacing("10.00", with: "5"), rows[1].replacing("10.00", with: "6")]
        #expect(try load(wuhan, "line", doubled.joined(separator: "\n")).failed == 1)
        let refused = try String(contentsOfFile: folder.path + "/refused.csv", encoding: .utf8)
        #expect(try load(wuhan, "line", refused).failed == 1)
        #expect(try lines(wuhan)[0] == "1 地毯 5.00 a")
    }

    @Test(
        "marks are known after an upgrade that fills, drops or converts fields, whatever the heading's case and width"
    )
    func upgraded() throws {
        let file = try export(wuhan)
        let upgraded = try #require(Self.objects["objects/line.json"])
            .replacing(
                #"{"name": "note", "type": "text", "label": "备注"}"#,
                with: #"""
                    {"name": "kind", "type": "text", "label": "类", "required": true, "default": "普通"}
                    """#
            )
            .replacing(#""currency": "CNY""#, with: #""currency": "CNY", "scale": 4"#)
        var files = Self.objects
        files["objects/line.json"] = upgraded
        try wuhan.installPlugin(.folder(folder.plugin("small", files)))
        for heading in ["[record]", "［Record］"] {
            let summary = try load(
                wuhan,
                "line",
                file.replacing("[record]", with: heading).replacing("10.00", with: "15")
            )
            #expect((summary.created, summary.recognised, summary.failed) == (0, 3, 0), "\(heading)")
        }
        let amounts = try wuhan.read(as: .administrator) { session in
            try session.find(Query(object: object("line"))).records.map { $0["amount"].displayText }
        }
        #expect(amounts.sorted() == ["15.0000", "15.0000", "3.5000"])
    }

    @Test("a reference is not edited when its record has got another code since, or was deleted")
    func renamed() throws {
        let user = """
            {"name": "use", "label": "使用", "title_field": "what", "fields": [
              {"name": "what", "type": "text", "label": "事"},
              {"name": "tool", "type": "reference", "object": "tool", "label": "工具", "on_delete": "clear"}]}
            """
        var files = Self.objects
        files["objects/use.json"] = user
        try wuhan.installPlugin(.folder(folder.plugin("small", files)))
        try load(wuhan, "tool", "编码,大小\nT1,1\nT2,2\n")
        try load(wuhan, "use", "事,工具\n钻,T1\n磨,T2\n")
        let file = try export(wuhan, "use")
        try wuhan.write(as: .administrator, origin: .shell) { session in
            _ = try session.update(RecordID(object: object("tool"), number: 1), ["code": "T9"])
            _ = try session.delete(RecordID(object: object("tool"), number: 2))
        }
        let summary = try load(wuhan, "use", file)
        #expect((summary.recognised, summary.unchanged, summary.failed) == (2, 2, 0))
        let wrong = try load(wuhan, "use", file.replacing("T1 @", with: "T7 @"))
        #expect(wrong.failed == 1)
    }

    @Test("an export for people comes back into its records too, also where titles are doubled")
    func people() throws {
        var files = Self.objects
        files["objects/use.json"] = """
            {"name": "use", "label": "使用", "title_field": "what", "fields": [
              {"name": "what", "type": "text", "label": "事"},
              {"name": "line", "type": "reference", "object": "line", "label": "明细"}]}
            """
        try wuhan.installPlugin(.folder(folder.plugin("small", files)))
        try wuhan.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(object("use"), ["what": "钻", "line": "line/2"])
        }
        for (name, count) in [("line", 3), ("use", 1)] {
            let file = String(decoding: try wuhan.exported(name, style: .people), as: UTF8.self)
            #expect(file.contains("[record]"))
            let summary = try load(wuhan, name, file)
            #expect((summary.created, summary.unchanged, summary.failed) == (0, count, 0), "\(summary.text(in: .en))")
        }
        let file = String(decoding: try wuhan.exported("line", style: .people), as: UTF8.self)
        #expect(try load(wuhan, "line", file.replacing("灯", with: "台灯")).updated == 1)
        #expect(try lines(wuhan) == ["1 地毯 10.00 a", "2 地毯 10.00 b", "3 台灯 3.50 "])
    }

    @Test("a cell that was emptied empties the field, unless others have changed it or the mapping keeps it")
    func emptied() throws {
        let file = try export(wuhan)
        let cleared = file.replacing("2026-11-21,a", with: "2026-11-21,").replacing("2026-11-21,b", with: "2026-11-21,")
        let kept = try load(wuhan, "line", cleared, map: #"{"columns": {"note": {"empty": "keep"}}}"#)
        #expect((kept.unchanged, kept.emptied) == (3, 0))
        try set(wuhan, 1, "note", "别人改的")
        let summary = try load(wuhan, "line", cleared)
        #expect((summary.failed, summary.emptied, summary.unchanged) == (1, 1, 1))
        #expect(summary.problems.first?.messages.first?.text(in: .en).contains("is \"别人改的\" by now") == true)
        #expect(try lines(wuhan) == ["1 地毯 10.00 别人改的", "2 地毯 10.00 ", "3 灯 3.50 "])
        // What is required is not emptied.
        let refused = try load(wuhan, "line", file.replacing("灯,", with: ","))
        #expect(refused.failed == 1)
        #expect(try lines(wuhan)[2] == "3 灯 3.50 ")
    }

    @Test("a row of another company whose code another record has here gets a new one, and comes in once")
    func counted() throws {
        let counted = [
            "objects/firm.json": """
            {"name": "firm", "label": "公司", "title_field": "name", "fields": [
              {"name": "code", "type": "auto_number", "label": "编码"},
              {"name": "name", "type": "text", "label": "名称"}],
             "code_rules": [{"name": "firm_code", "field": "code", "pattern": "C{seq:4}"}]}
            """
        ]
        let shanghai = try Platform.create(at: folder.path + "/shanghai.crm")
        for platform in [wuhan, shanghai] {
            try platform.installPlugin(.folder(folder.plugin("firms", counted)))
        }
        try load(wuhan, "firm", "名称\n北京甲\n北京丙\n")
        try load(shanghai, "firm", "名称\n上海乙\n")
        let file = try export(wuhan, "firm")
        let summary = try load(shanghai, "firm", file)
        #expect((summary.created, summary.duplicates, summary.failed) == (2, 0, 0), "\(summary.text(in: .en))")
        #expect((summary.strangers, summary.renumbered) == (2, 2))
        func firms() throws -> [String] {
            try shanghai.read(as: .administrator) { session in
                try session.find(Query(object: object("firm"))).records.map { $0["name"].displayText }.sorted()
            }
        }
        #expect(try firms() == ["上海乙", "北京丙", "北京甲"])
        let again = try load(shanghai, "firm", file)
        #expect((again.created, again.replayed, again.failed) == (0, 2, 0))
        #expect(try load(shanghai, "firm", file.replacing("北京丙", with: "北京丁")).failed == 1)
        #expect(try firms().count == 3)
    }

    @Test(
        "a code that counts within a scope is taken when another record of that scope has it, and kept where none has"
    )
    func scoped() throws {
        let scoped = [
            "objects/show.json": """
            {"name": "show", "label": "展会", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "名称", "unique": true}]}
            """,
            "objects/booth.json": """
            {"name": "booth", "label": "展位", "title_field": "name", "fields": [
              {"name": "code", "type": "auto_number", "label": "编号"},
              {"name": "name", "type": "text", "label": "名称"},
              {"name": "show", "type": "reference", "object": "show", "label": "展会"}],
             "code_rules": [{"name": "b", "field": "code", "pattern": "B{seq:2}", "scope": ["show"]}]}
            """,
        ]
        let shanghai = try Platform.create(at: folder.path + "/shanghai.crm")
        for (platform, name) in [(wuhan, "甲"), (shanghai, "乙")] {
            try platform.installPlugin(.folder(folder.plugin("shows", scoped)))
            try load(platform, "show", "名称\n春\n秋\n")
            try load(platform, "booth", "名称,展会\n\(name)春,春\n")
        }
        try load(wuhan, "booth", "名称,展会\n甲秋,秋\n")
        let summary = try load(shanghai, "booth", export(wuhan, "booth"))
        #expect((summary.created, summary.renumbered, summary.failed) == (2, 1, 0), "\(summary.text(in: .en))")
        let booths = try shanghai.read(as: .administrator) { session in
            try session.find(Query(object: object("booth"))).records.map {
                "\($0["code"].displayText) \($0["name"].displayText)"
            }
        }
        #expect(booths == ["B01 乙春", "B02 甲春", "B01 甲秋"])
    }

    @Test("rows that nothing can tell from records that are there are said to be new ones, and only these")
    func blind() throws {
        func warnings(_ object: String, _ text: String, map: String? = nil) throws -> [String] {
            try load(wuhan, object, text, map: map).warnings.compactMap { $0.key?.id }
        }
        let chosen = "item,amount\n地毯,10\n灯,3.5\n"
        #expect(try warnings("line", chosen) == ["import.all_new"])
        #expect(try warnings("line", chosen, map: #"{"key": ["item", "amount"]}"#) == [])
        #expect(try warnings("line", export(wuhan)) == [])
        // Files of other programs have headings of their own.
        #expect(try warnings("line", "品名,金额（元）\n灯,3.5\n") == [])
        // The first rows of an object, and those with a value that only one record has, are no surprise.
        #expect(try warnings("tool", "大小\n1\n") == [])
        #expect(try warnings("tool", "编码\nA\n") == [])
        #expect(try warnings("tool", "大小\n2\n") == ["import.all_new"])
    }

    @Test("rows saved with a warning are named with it, in words and for programs")
    func warned() throws {
        let partner = """
            {"name": "partner", "label": "伙伴", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "名称"}],
             "duplicate_rules": [
              {"name": "same", "match": [{"field": "name", "normaliser": "company"}], "action": "warn"}]}
            """
        try wuhan.installPlugin(.folder(folder.plugin("partners", ["objects/partner.json": partner])))
        let summary = try load(wuhan, "partner", "名称\n甲公司\n乙公司\n甲公司\n")
        #expect((summary.created, summary.rowsWithWarnings, summary.failed) == (3, 1, 0))
        #expect(summary.rowWarnings.map(\.row) == [3])
        #expect(summary.text(in: .en).contains("partner/1"), "\(summary.text(in: .en))")
        let json = try JSONParser.parse(summary.json(in: .en))
        guard case .array(let rows)? = json["row_warnings"] else {
            Issue.record("no row_warnings")
            return
        }
        #expect(rows.first?["row"] == .integer(3))
        #expect(rows.first?["record"] == .string("partner/1"))
    }

    @Test("a condition that names nobody says so, with who is nearly called so")
    func nobody() throws {
        var files = Self.objects
        files["objects/use.json"] = """
            {"name": "use", "label": "使用", "title_field": "what", "fields": [
              {"name": "what", "type": "text", "label": "事"},
              {"name": "line", "type": "reference", "object": "line", "label": "明细"}]}
            """
        try wuhan.installPlugin(.folder(folder.plugin("small", files)))
        func told(_ filter: String) throws -> [String] {
            try wuhan.read(as: .administrator) { session in
                try session.namesOfNobody(in: filter, of: object("use")).map { $0.text(in: .en) }
            }
        }
        #expect(try told("line = '灯' or line in ('地毯') or line = 'line/9' or line is empty") == [])
        let found = try told("line <> '毯' and line = '张三'")
        #expect(found.count == 2)
        #expect(found.first?.contains("no record of 明细 is called \"毯\"") == true)
        #expect(found.first?.contains("did you mean: 地毯") == true)
    }

    @Test("a row of another company whose record was deleted here comes in once more, not each time")
    func deleted() throws {
        let shanghai = try Platform.create(at: folder.path + "/shanghai.crm")
        try shanghai.installPlugin(.folder(folder.path + "/small"))
        let file = try export(wuhan)
        #expect(try load(shanghai, "line", file).created == 3)
        let first = RecordID(object: object("line"), number: 1)
        try shanghai.write(as: .administrator, origin: .shell) { session in
            _ = try session.delete(first)
        }
        #expect(try load(shanghai, "line", file).created == 1)
        let again = try load(shanghai, "line", file)
        #expect((again.created, again.replayed, again.failed) == (0, 3, 0))
        #expect(try lines(shanghai).count == 3)
    }

    @Test("a file that is newer than the company, as after an earlier backup was restored, is told as that")
    func later() throws {
        try wuhan.backup(to: folder.path + "/early.crm")
        let early = try Platform.open(at: folder.path + "/early.crm")
        try set(wuhan, 1, "amount", "99")
        let summary = try load(early, "line", try export(wuhan))
        #expect((summary.unchanged, summary.failed) == (2, 1))
        #expect(summary.problems.first?.messages.first?.key?.id == "record.mark_of_later")
    }

    @Test("in another company the rows are new ones")
    func strangers() throws {
        let shanghai = try Platform.create(at: folder.path + "/shanghai.crm")
        try shanghai.installPlugin(.folder(folder.path + "/small"))
        try load(shanghai, "line", "品名\n甲\n乙\n")
        let summary = try load(shanghai, "line", try export(wuhan))
        #expect((summary.created, summary.updated, summary.failed) == (3, 0, 0))
        #expect((summary.recognised, summary.strangers) == (0, 3))
        #expect(try lines(shanghai).prefix(2) == ["1 甲  ", "2 乙  "])
    }

    @Test("in a copy that went its own way no row gets into a record of the same number that is another one")
    func parted() throws {
        try wuhan.backup(to: folder.path + "/branch.crm")
        let branch = try Platform.open(at: folder.path + "/branch.crm")
        try load(wuhan, "line", "品名,金额\n椅,1\n")
        try load(branch, "line", "品名,金额\n伞,1\n")
        try set(wuhan, 3, "amount", "4")
        try set(branch, 3, "amount", "5")
        let summary = try load(branch, "line", try export(wuhan))
        // The first two are the same records; the third was changed apart, the fourth is another one.
        #expect((summary.created, summary.unchanged, summary.failed) == (0, 2, 2))
        #expect(
            summary.problems.map { $0.messages.first?.key?.id } == ["record.mark_of_other", "record.mark_of_other"]
        )
        #expect(try lines(branch).suffix(2) == ["3 灯 5.00 ", "4 伞 1.00 "])
        #expect(summary.problems[0].text(in: .en).contains("[record]"))
        // With the marks left out the rows are new.
        let anew = try load(branch, "line", try export(wuhan), map: #"{"columns": {"[record]": null}}"#)
        #expect((anew.created, anew.failed) == (4, 0))
    }

    @Test("a deleted record is not made again, a mark twice is told, and so is what is no mark")
    func refused() throws {
        let file = try export(wuhan)
        let second = RecordID(object: try #require(ObjectName(rawValue: "line")), number: 2)
        try wuhan.write(as: .administrator, origin: .shell) { session in
            _ = try session.delete(second)
        }
        let rows = file.split(separator: "\r\n").map(String.init)
        let odd =
            rows[3].split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",") + ",x"
        let summary = try load(wuhan, "line", (rows + [rows[1], odd]).joined(separator: "\n"))
        #expect((summary.created, summary.unchanged, summary.failed) == (0, 2, 3))
        #expect(
            summary.problems.map { $0.messages.first?.key?.id }
                == ["record.mark_gone", "import.same_mark", "record.mark_unreadable"]
        )
        // The file of refused rows is refused for the same reasons.
        let refused = try String(contentsOfFile: folder.path + "/refused.csv", encoding: .utf8)
        let again = try load(wuhan, "line", refused)
        #expect((again.updated, again.unchanged, again.failed) == (0, 0, 3))
        #expect(
            again.problems.map { $0.messages.first?.key?.id }
                == ["record.mark_gone", "import.cell_of_second_row", "record.mark_unreadable"]
        )
        // Whoever takes the note away means the row.
        let meant = refused.replacing(#/\[!second [^\]]*\] /#, with: "")
        #expect(try load(wuhan, "line", meant).failed == 2)
    }

    @Test("a mark against a unique field: the record of the mark is meant, and may not take another's value")
    func contradicted() throws {
        try load(wuhan, "tool", "编码,大小\nT1,1\nT2,2\n")
        let file = try export(wuhan, "tool")
        let summary = try load(wuhan, "tool", file.replacing("T1,1", with: "T2,9"))
        #expect((summary.unchanged, summary.duplicates, summary.failed) == (1, 0, 1))
        #expect(try export(wuhan, "tool") == file)
        // A key of the mapping says how rows find their records, and the marks are left out.
        let other = file.replacing("T2,2", with: "T3,3").replacing("T1,1", with: "T2,9")
        let keyed = try load(wuhan, "tool", other, map: #"{"key": ["code"]}"#)
        #expect((keyed.created, keyed.updated, keyed.failed) == (1, 1, 0))
    }
}
