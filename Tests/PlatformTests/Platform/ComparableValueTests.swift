import CRMPlatform
import CRMStorage
import TestSupport
import Testing

@Suite("Values that mean the same are the same for unique fields, filters, references and keys")
struct ComparableValueTests {
    private let folder: ScratchFolder
    private let platform: Platform

    private static let party = """
        {"name": "party", "label": {"zh-CN": "客户", "zh-TW": "客戶", "en": "Party"}, "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "searchable": true, "required": true, "max_length": 80},
          {"name": "mark", "type": "text", "label": "代号", "unique": true},
          {"name": "mail", "type": "email", "label": "邮箱", "unique": true},
          {"name": "tel", "type": "phone", "label": "手机", "unique": true},
          {"name": "fax", "type": "phone", "label": "传真"},
          {"name": "area", "type": "text", "label": "区"},
          {"name": "number", "type": "text", "label": "号"},
          {"name": "mood", "type": "picklist", "label": "状态", "dictionary": "mood"}],
         "indexes": [{"fields": ["area", "number"], "unique": true}]}
        """
    private static let visit = """
        {"name": "visit", "label": "拜访", "title_field": "code", "fields": [
          {"name": "code", "type": "auto_number", "label": "单号", "code_rule": "visit_code", "unique": true},
          {"name": "party", "type": "reference", "label": "客户", "object": "party"},
          {"name": "before", "type": "reference", "label": "上次", "object": "visit"}],
         "code_rules": [{"name": "visit_code", "field": "code", "pattern": "V-{seq:3}"}]}
        """
    private static let mood = """
        {"name": "mood", "label": "状态", "options": [
          {"value": "Open", "label": "开"}, {"value": "open", "label": "打开"}, {"value": "shut", "label": {"zh-CN": "关", "zh-TW": "關", "en": "Closed"}},
          {"value": "e1", "label": "电子书"}, {"value": "e2", "label": "电子书"}]}
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
        let files = [
            "objects/party.json": Self.party, "objects/visit.json": Self.visit, "dictionaries/mood.json": Self.mood,
        ]
        try platform.installPlugin(.folder(folder.plugin("values", files)))
        try create([
            "name": "武漢達川（集團）", "mark": "A-1", "mail": "Zhang@Example.co", "tel": "139-0000-1111",
            "fax": "027-87654321",
        ])
    }

    private func create(_ input: RecordInput, _ name: String = "party") throws {
        _ = try platform.write(as: .administrator, origin: .shell) { session in
            try session.create(object(name), input)
        }
    }

    private func count(_ filter: String, _ name: String = "party") throws -> Int64 {
        try platform.read(as: .administrator) { session in
            try session.count(object(name), where: filter)
        }
    }

    /// Imports the rows of a text that find their records by a key.
    private func load(
        _ text: String,
        key: String,
        as name: String = "party",
        into other: Platform? = nil
    ) throws -> ImportSummary {
        try folder.write(text, to: "rows.csv")
        try folder.write(#"{"key": ["\#(key)"]}"#, to: "map.json")
        var options = FileImport()
        options.mapFile = folder.path + "/map.json"
        return try (other ?? platform).importRecords(
            object: object(name),
            file: folder.path + "/rows.csv",
            options: options,
            as: .administrator
        )
    }

    @Test(
        "a unique value that another record has in another way of writing is refused with the record that has it",
        arguments: [
            ["mail": "zhang@example.CO"], ["mail": "ＺＨＡＮＧ@example.co"], ["tel": "+86 139 0000 1111"],
            ["tel": "013900001111"],
            ["mark": "a-1"], ["mark": "Ａ－１"], ["mark": "A–1"],
        ] as [RecordInput]
    )
    func unique(input: RecordInput) throws {
        var input = input
        input.append(field("name"), .text("另一家"))
        let error = refusal { try create(input) }
        #expect(error?.issues.map(\.code) == ["unique"])
        #expect(error?.issues.first?.conflicting?.description == "party/1")
    }

    @Test("a code that is given with another dash is the same code, for saves, filters, references and keys of imports")
    func dashes() throws {
        try create([:], "visit")
        for dash in ["‐", "‑", "–", "—", "−", "－", "﹣"] {
            #expect(try count("code = 'V\(dash)001'", "visit") == 1)
            #expect(try count("code in ('v\(dash)001')", "visit") == 1)
            try create(["before": "V\(dash)001"], "visit")
            let summary = try load("单号,客户\nV\(dash)001,13900001111\n", key: "code", as: "visit")
            #expect((summary.created, summary.failed) == (0, 0), "\(summary.text(in: .en))")
        }
        #expect(try count("code = 'V-001' and party = 1", "visit") == 1)
        #expect(try count("before = 'V–001'", "visit") == 7)
    }

    @Test("a code that was kept with another dash before is still found by it")
    func keptDashes() throws {
        try create([:], "visit")
        try platform.close()
        let path = folder.path + "/t.crm"
        let store = try SQLiteStore.open(path: path)
        try store.write { connection throws(PlatformError) in
            try connection.execute("UPDATE obj_visit SET code='V–001'")
        }
        try store.close()
        let again = try Platform.open(at: path)
        let (filtered, found) = try again.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(object("visit"), ["before": "V–001"])
            return (
                try session.count(object("visit"), where: "code = 'V–001'"),
                try session.numbers(of: object("visit"), having: [(field("code"), .text("V–001"))], limit: 2)
            )
        }
        #expect(filtered == 1)
        #expect(found == [1])
        let summary = try load("单号,客户\nV–001,13900001111\n", key: "code", as: "visit", into: again)
        #expect((summary.created, summary.updated) == (0, 1), "\(summary.text(in: .en))")
        let code = try again.read(as: .administrator) { session in
            try session.get(RecordID(object: object("visit"), number: 1))?["code"].displayText
        }
        #expect(code == "V–001")
        try again.close()
    }

    @Test("an address is kept in small letters, whichever way it comes in, and is found by what was typed")
    func addresses() throws {
        try create(["name": "乙", "mail": " ＬＩ@Example.CO "])
        let kept = try platform.read(as: .administrator) { session in
            try session.find(Query(object: object("party"))).records.map { $0["mail"].displayText }
        }
        #expect(kept == ["zhang@example.co", "li@example.co"])
        for filter in ["mail = 'Li@Example.co'", "mail in ('LI@EXAMPLE.CO')", "mail = ' ｌi@example.co'"] {
            #expect(try count(filter) == 1, "\(filter)")
        }
        #expect(try count("mail != 'LI@example.co'") == 1)
    }

    @Test("what a record no longer has is free for others, also when its kept form was left behind by somebody else")
    func freed() throws {
        let first = RecordID(object: object("party"), number: 1)
        _ = try platform.write(as: .administrator, origin: .shell) { session in
            try session.update(first, ["tel": "139-0000-2222", "mark": ""])
        }
        try create(["name": "乙", "tel": "13900001111", "mark": "a-1"])
        _ = try platform.write(as: .administrator, origin: .shell) { session in
            try session.delete(first)
        }
        try create(["name": "丙", "tel": "+86 139 0000 2222"])
        try platform.close()
        let path = folder.path + "/t.crm"
        let store = try SQLiteStore.open(path: path)
        try store.write { connection throws(PlatformError) in
            try connection.execute("UPDATE crmDuplicateKey SET key='13900009999' WHERE key='13900002222'")
        }
        try store.close()
        let again = try Platform.open(at: path)
        _ = try again.write(as: .administrator, origin: .shell) { session in
            try session.update(RecordID(object: object("party"), number: 3), ["tel": "139-0000-3333"])
        }
        _ = try again.write(as: .administrator, origin: .shell) { session in
            try session.create(object("party"), ["name": "丁", "tel": "139 0000 9999"])
        }
    }

    @Test("values that only one record may have together are compared so, too; a record is never its own duplicate")
    func together() throws {
        try create(["name": "甲", "area": "華東", "number": "n1"])
        let error = refusal { try create(["name": "乙", "area": "华东", "number": "N1"]) }
        #expect(error?.issues.map(\.code) == ["unique"])
        try create(["name": "乙", "area": "华东", "number": "N2"])
        _ = try platform.write(as: .administrator, origin: .shell) { session in
            try session.update(
                RecordID(object: object("party"), number: 1),
                ["mail": "ZHANG@example.co", "mark": "a-1"]
            )
        }
    }

    @Test(
        "filters compare telephone numbers and addresses as everything else does",
        arguments: [
            "tel = '13900001111'", "tel = '+86 139 0000 1111'", "手机 in ('1', '0086-13900001111')",
            "mail = 'zhang@example.co'",
            "mail in ('ZHANG@EXAMPLE.CO')", "tel like '%0000-1111'", "tel contains '0000 1111'", "tel like '1390000%'",
            "tel starts with '+86 139'", "tel ends with '1111'", "fax = '(027) 8765 4321'", "fax = '+862787654321'",
            "not (tel <> '13900001111')", "tel like '%-%'", "tel = '139-0000-1111' and id = 1",
        ]
    )
    func filters(filter: String) throws {
        try create(["name": "没有电话"])
        #expect(try count(filter) == 1)
    }

    @Test(
        "a filter that has no record for it finds none",
        arguments: ["tel = '13900001112'", "tel <> '+86-13900001111'", "tel contains '#'"]
    )
    func filtersWithout(filter: String) throws {
        try create(["name": "没有电话"])
        #expect(try count(filter) == 0)
    }

    @Test("a picklist's filter means the option that the same text means in input, and refuses what may be two")
    func optionFilters() throws {
        try create(["name": "开", "mood": "Open"])
        try create(["name": "关", "mood": "ＣＬＯＳＥＤ"])
        #expect(try count("mood = 'Open'") == 1)
        #expect(try count("mood = 'open'") == 0)
        #expect(try count("mood = 'closed'") == 1)
        #expect(try count("mood = '關'") == 1)
        for text in ["OPEN", "电子书"] {
            let filter = refusal { _ = try count("mood = '\(text)'") }
            let input = refusal { try create(["name": "x", "mood": text]) }
            for error in [filter, input] {
                let message = (error?.issues.first?.message ?? error?.message)?.text(in: .en) ?? ""
                #expect(message.contains(text == "OPEN" ? "Open (开)" : "e1 (电子书)"), "\(message)")
                #expect(message.contains(text == "OPEN" ? "open (打开)" : "e2 (电子书)"), "\(message)")
            }
        }
    }

    @Test(
        "a reference is found by a unique number, a code or a title in any way of writing",
        arguments: ["13900001111", "+86 139 0000 1111", "ZHANG@example.co", "a-1", "武汉达川(集团)", "武汉达川 集團", "party/1"]
    )
    func references(text: String) throws {
        try create(["party": text], "visit")
        try create(["before": "v-001"], "visit")
        #expect(try count("party = 1", "visit") == 1)
        #expect(try count("before = 1", "visit") == 1)
    }

    @Test(
        "filters name records referred to by their titles, codes and unique values",
        arguments: [
            ("party = '武汉达川(集团)'", 2), ("party = '+86 139 0000 1111'", 2), ("party <> '武汉达川集团'", 1),
            ("party in ('A-1', '乙公司')", 3), ("before = 'v-001'", 1), ("party = 'party/1'", 2), ("party = '1'", 2),
            ("party = '没有'", 0),
        ]
    )
    func referenceFilters(filter: String, expected: Int64) throws {
        try create(["name": "乙公司"])
        try create(["party": "party/1"], "visit")
        try create(["party": "party/1", "before": "visit/1"], "visit")
        try create(["party": "party/2"], "visit")
        #expect(try count(filter, "visit") == expected)
    }

    @Test("what is written exactly is meant before what is similar, and what is similar to two is refused")
    func ambiguousReference() throws {
        try create(["name": "达川"])
        try create(["name": "達川"])
        try create(["party": "达川"], "visit")
        try create(["party": "達川"], "visit")
        #expect(try count("party = 2", "visit") == 1)
        #expect(try count("party = 3", "visit") == 1)
        #expect(refusal { try create(["party": "达 川"], "visit") }?.issues.map(\.code) == ["reference"])
    }

    @Test(
        "rows of an import find their record by a key in any way of writing",
        arguments: ["手机", "邮箱", "名称", "代号", "传真"]
    )
    func importKeys(key: String) throws {
        let row = "武汉达川(集团),+8613900001111,ZHANG@EXAMPLE.CO,a-1,+86 27 87654321,新"
        let summary = try load("名称,手机,邮箱,代号,传真,区\n\(row)\n", key: key)
        #expect((summary.created, summary.updated, summary.failed) == (0, 1, 0))
        #expect(try count("area = '新'") == 1)
    }

    @Test("a file whose forms another edition made is brought up to date when it is opened")
    func oldFile() throws {
        try platform.close()
        let store = try SQLiteStore.open(path: platform.path)
        try store.write { connection throws(PlatformError) in
            try MetaTable.set(.comparableForms, to: nil, on: connection)
            for key in ["=mail", "=tel", "=mark", "~title"] {
                try DuplicateKeyTable.remove(objectID: 1, rule: key, on: connection)
            }
            for (id, record) in try SearchTable.marks(limit: 10, on: connection) {
                try SearchTable.write(objectID: id, record: record, document: ("武漢達川", "武漢 漢達 達川"), on: connection)
            }
        }
        try store.close()
        let again = try Platform.open(at: platform.path)
        #expect(try again.search("武汉达川集团", as: .administrator).hits.count == 1)
        let error = refusal {
            _ = try again.write(as: .administrator, origin: .shell) { session in
                try session.create(object("party"), ["name": "x", "mail": "zhang@example.co", "tel": "13900001111"])
            }
        }
        #expect(error?.issues.map(\.code) == ["unique", "unique"])
        try again.close()
    }

    @Test("keys are made when a field becomes unique")
    func becomesUnique() throws {
        let unique = Self.party.replacing(#""label": "传真""#, with: #""label": "传真", "unique": true"#)
        try platform.installPlugin(
            .folder(
                folder.plugin(
                    "values",
                    [
                        "plugin.json": #"{"id":"values","version":"1.0.1","api":1,"type":"module","title":"values"}"#,
                        "objects/party.json": unique,
                    ]
                )
            )
        )
        #expect(refusal { try create(["name": "x", "fax": "02787654321"]) }?.issues.map(\.code) == ["unique"])
    }

    @Test("a text whose characters are heaps of marks is refused, and so is what only looks short")
    func marks() throws {
        let heap = "a" + String(repeating: "\u{301}", count: 500_000)
        let error = refusal { try create(["name": heap]) }
        #expect(error?.issues.map(\.code) == ["too_long"])
        #expect((error?.text(in: .zhCN).utf8.count ?? .max) < 2_000)
        try create(["name": String(repeating: "👨‍👩‍👧‍👦", count: 20)])
        #expect(refusal { try create(["name": String(repeating: "字", count: 81)]) }?.issues.map(\.code) == ["too_long"])
        try create(["name": String(repeating: "字", count: 80)])
        let option = refusal { try create(["name": "x", "mood": heap]) }
        #expect((option?.text(in: .zhCN).utf8.count ?? .max) < 3_000)
        let label = Self.visit.replacing("拜访", with: String(repeating: "长", count: 1_400))
        let metadata = refusal {
            try platform.installPlugin(.folder(folder.plugin("long", ["objects/visit.json": label])))
        }
        #expect(metadata?.text(in: .en).contains("4000") == true)
        let found = refusal { _ = try platform.search(heap, as: .administrator) }
        #expect(found?.code == .invalidInput)
    }

    @Test(
        "what is no address or number is refused",
        arguments: [
            ["mail": "mailto:a@b.cn"], ["mail": "a..b@c.cn"], ["mail": ".a@c.cn"], ["mail": "a.@c.cn"],
            ["mail": "a@b..cn"],
            ["mail": "a@-b.cn"], ["mail": "a@b-.cn"], ["mail": "a@b"], ["mail": "张三 <a@b.cn>"], ["mail": "a@b@c.cn"],
            ["mail": "a@b_c.cn"],
            ["tel": "13900000001.0"], ["tel": "1.39E+10"], ["tel": "12"], ["tel": "call 13900000001"],
            ["tel": "123456789012345678901"],
        ] as [RecordInput]
    )
    func badContacts(input: RecordInput) {
        var input = input
        input.append(field("name"), .text("x"))
        #expect(refusal { try create(input) }?.issues.count == 1)
    }

    @Test(
        "what is one is taken",
        arguments: [
            ["mail": "a.b+c@d-e.co.uk"], ["mail": "张三@例子.中国"], ["mail": "o'neil@x.ie"],
            ["tel": "+1 (555) 010-9999 ext 5"], ["tel": "027-87654321 转 801"],
            ["tel": "139.0000.2222"], ["tel": "021-55667788 extension 12"], ["tel": "95588"], ["tel": "110"],
        ] as [RecordInput]
    )
    func goodContacts(input: RecordInput) throws {
        var input = input
        input.append(field("name"), .text("x"))
        try create(input)
    }
}
