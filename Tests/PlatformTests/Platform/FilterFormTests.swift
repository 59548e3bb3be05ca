import CRMPlatform
import TestSupport
import Testing

@Suite("Filters find texts in whatever way they are written")
struct FilterFormTests {
    private let folder: ScratchFolder
    private let platform: Platform

    private static let firm = """
        {"name": "firm", "label": "公司", "title_field": "name", "fields": [
          {"name": "code", "type": "auto_number", "label": "编号", "code_rule": "firm_code", "unique": true},
          {"name": "name", "type": "text", "label": "名称", "searchable": true},
          {"name": "mark", "type": "text", "label": "代号", "unique": true},
          {"name": "mail", "type": "email", "label": "邮箱"},
          {"name": "city", "type": "text", "label": "城市"},
          {"name": "note", "type": "long_text", "label": "备注", "searchable": true}],
         "indexes": [{"fields": ["city"], "unique": false}],
         "code_rules": [{"name": "firm_code", "field": "code", "pattern": "F-{seq:3}"}]}
        """
    private static let deal = """
        {"name": "deal", "label": "订单", "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称"},
          {"name": "firm", "type": "reference", "label": "公司", "object": "firm"}]}
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
        let files = ["objects/firm.json": Self.firm, "objects/deal.json": Self.deal]
        try platform.installPlugin(.folder(folder.plugin("forms", files)))
        try create([
            "name": "武漢達川農業（集團）有限公司", "mark": "X–1", "mail": "Zhang@Example.co", "city": "武漢",
            "note": "老闆喜歡 Ｃａｆé，三樓展廳",
        ])
        try create(["name": "武汉", "city": "北京"])
        try create([:])
    }

    private func create(_ input: RecordInput, _ name: String = "firm") throws {
        _ = try platform.write(as: .administrator, origin: .shell) { session in
            try session.create(object(name), input)
        }
    }

    private func find(_ filter: String, _ name: String = "firm") throws -> [Int64] {
        try platform.read(as: .administrator) { session in
            try session.find(Query(object: object(name), filter: filter, sort: [SortKey(field: "id")])).records.map(
                \.id
            )
        }
    }

    @Test(
        "what search finds, `contains` finds too: scripts, width, case, accents, brackets and blanks",
        arguments: ["武汉达川农业", "達川農業集團", "农业(集团)", "农业 集团", "集团有限公司", "业（集"]
    )
    func containsAsSearch(text: String) throws {
        #expect(try platform.search(text, as: .administrator).hits.map(\.record.id) == [1])
        #expect(try find("name contains '\(text)'") == [1])
        #expect(try find("name like '%\(text)%'") == [1])
        #expect(try find("not (name contains '\(text)')") == [2])
    }

    @Test(
        "a filter on a text compares its comparable form",
        arguments: [
            ("name = '武汉达川农业(集团)有限公司'", [1]), ("name <> '武汉达川农业(集团)有限公司'", [2]), ("name = '武漢'", [2]),
            ("name in ('武漢', '没有')", [2]), ("name starts with '武漢'", [1, 2]), ("name starts with '武汉达'", [1]),
            ("name ends with '有限公司'", [1]), ("name like '武汉%公司'", [1]), ("mark = 'x-1'", [1]), ("mark = 'Ｘ－１'", [1]),
            ("city = '武汉'", [1]), ("city in ('武汉', '北京')", [1, 2]), ("city starts with '武汉'", [1]),
            ("note contains '老板喜欢'", [1]), ("note contains 'CAFE'", [1]), ("note contains '三楼展厅'", [1]),
            ("note = '老板喜欢 café,三楼展厅'", [1]), ("mail contains 'ＺＨＡＮＧ'", [1]), ("code = 'f-001'", [1]),
            ("code = ' Ｆ－００１ '", [1]), ("code in ('f-001', 'F-002')", [1, 2]), ("code <> 'f-001'", [2, 3]),
            ("code contains 'ｆ－'", [1, 2, 3]), ("'武漢' = name", [2]), ("city = '武汉' or mark = 'x-1'", [1]),
        ] as [(String, [Int64])]
    )
    func forms(filter: String, expected: [Int64]) throws {
        #expect(try find(filter) == expected)
    }

    @Test(
        "an indexed text is found by its beginning and as a whole, with and without accents, in both scripts, by any dash",
        arguments: [
            ("city starts with 'zur'", [4]), ("city starts with 'ZÜR'", [4]), ("city like 'zu%–1'", [4]),
            ("city = 'zürich-1'", [4]), ("city = 'zurich-1'", []), ("city starts with 'zürich–'", [4]),
            ("city starts with '台'", [5]), ("city starts with '臺中'", [5]), ("city in ('臺中市', '武汉')", [1, 5]),
            ("city starts with 'が'", [6]), ("city like '台_市'", [5]),
        ] as [(String, [Int64])]
    )
    func indexed(filter: String, expected: [Int64]) throws {
        for city in ["Zürich–1", "台中市", "か\u{3099}い"] { try create(["city": "\(city)"]) }
        #expect(try find(filter) == expected)
    }

    @Test("texts that are the same as codes have one form as texts, also of signs that are put together of several")
    func codesAndTexts() {
        let signs: [String] = [
            "a", "É", "e", "\u{301}", "\u{3099}", "か", "ﬁ", "Σ", "İ", "ß", "ẞ", "ı", "–", "-", "\u{2011}", "\u{FE58}",
            "−", " ",
            "\u{3000}", "\u{200B}", "\u{AD}", "Ａ", "武", "漢", "臺", "豈", "ᄀ", "ᅡ", "ᆨ", "가", "Å", "Ω", "½", "№", "‐", "𠮷",
            ".", "（",
            "\u{1E9B}", "\u{323}", "ﷺ", "Ǆ", "1",
        ]
        let together = [" ", "か", "\u{3099}", "가", "ᆨ", "e", "\u{301}", "\u{200B}"]
        var generator = SplitMix(state: 7)
        var known: [String: String] = [:]
        for _ in 0..<60_000 {
            let count = 1 + Int(generator.next() % 6)
            // Those that may be put together with a blank between them come often.
            let text = (0..<count).map { _ in
                let chosen = generator.next() % 2 == 0 ? signs : together
                return chosen[Int(generator.next() % UInt64(chosen.count))]
            }.joined()
            let form = ComparableForm.text.form(of: text)
            #expect(ComparableForm.text.form(of: ComparableForm.code.form(of: text)) == form, "\(text.unicodeScalars)")
            let twin = known.updateValue(form, forKey: ComparableForm.code.form(of: text))
            #expect(twin == nil || twin == form, "\(text.unicodeScalars)")
        }
    }

    @Test("names that differ by their signs are found one by one by `=`, together by `contains`")
    func signs() throws {
        try create(["name": "螺丝 M1.5"])
        try create(["name": "螺丝 M15"])
        #expect(try find("name = '螺丝M1.5'") == [4])
        #expect(try find("name = '螺絲 m15'") == [5])
        #expect(try find("name contains 'm15'") == [4, 5])
        #expect(try find("name contains '1.5'") == [4, 5])
        #expect(try find("name like '%_.5'") == [4])
    }

    @Test("a title that two records have means both in a filter; a reference needs one")
    func bothMeant() throws {
        try create(["name": "甲公司", "city": "上海"])
        try create(["name": "甲公司", "city": "广州"])
        try create(["name": "一", "firm": "firm/4"], "deal")
        try create(["name": "二", "firm": "firm/5"], "deal")
        #expect(try find("firm = '甲公司'", "deal") == [1, 2])
        #expect(try find("firm <> '甲公司'", "deal") == [])
        #expect(try find("firm in ('甲公司')", "deal") == [1, 2])
        #expect(try find("firm = 'F-004'", "deal") == [1])
        #expect(refusal { try create(["name": "三", "firm": "甲公司"], "deal") }?.issues.map(\.code) == ["reference"])
    }

    @Test("texts that are the same as codes are the same as names, so that the keys of titles serve both")
    func codesAndNames() {
        let samples = [
            "武漢（达川）", "ACME–2", "ＣＡＦÉ", "cafe\u{301}", "Straße №3", "ﬁne ½", "İstanbul", "か\u{3099}", "Å Ω K", "a  b ",
            "\u{200B}x", "𠮷野家", "Ⅷ·8", "《》", "1.5", "Ǆ", "ﷺ",
        ]
        for text in samples {
            let code = ComparableForm.code.form(of: text)
            #expect(ComparableForm.name.form(of: code) == ComparableForm.name.form(of: text), "\(text)")
        }
    }

    @Test(
        "a day that lies outside the calendar whatever the record holds is refused, not left unknown",
        arguments: [
            "today() + 9999999 > date(created_at)", "date(created_at) < today() - 9999999",
            "today() + 3000000 is empty",
            "year(today() + 3600000) > 0", "date(created_at) + 3652059 is empty", "date '9999-12-31' + 1 is empty",
            "date '0001-01-01' - 1 is empty",
        ]
    )
    func outsideTheCalendar(filter: String) throws {
        let error = refusal { _ = try find(filter) }
        #expect(error?.code == .invalidInput)
        #expect(error?.message.text(in: .en).contains("1 to 9999") == true, "\(error?.message.text(in: .en) ?? "")")
    }

    @Test("a day beyond the calendar by what a record holds, and a division by zero, are unknown")
    func unknown() throws {
        #expect(try find("date(created_at) + id * 3000000 is empty") == [1, 2, 3])
        #expect(try find("date(created_at) + id * 3000000 > today()") == [])
        #expect(try find("1 / (id - 2) is empty") == [2])
        #expect(try find("1 / (id - 2) > 0") == [3])
    }
}
