import CRMModel
import CRMRecords
import TestSupport
import Testing

@Suite("A save")
struct SavePipelineTests {
    private let crm: TestCompany

    init() throws { crm = try Fixture.company() }

    @Test("tells every problem at once, each with its field")
    func allProblemsAtOnce() throws {
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(
                    object("company"),
                    [
                        "phone": "12", "email": "no-at", "grade": "丙级", "area": "abc", "since": "2026-02-30",
                        "nosuch": "1",
                    ]
                )
            }
        }
        #expect(error?.code == .validationFailed)
        let fields = Set(error?.issues.compactMap(\.field?.rawValue) ?? [])
        #expect(fields == ["name", "phone", "email", "grade", "area", "since", "nosuch"])
        #expect(try crm.read { crm throws(PlatformError) in try crm.count(object("company")) } == 0)
    }

    @Test("reads Chinese input: labels of options, full-width digits, dates, thousands")
    func readsChineseInput() throws {
        let record = try crm.write { crm throws(PlatformError) in
            try crm.create(
                object("company"),
                [
                    "name": "　武汉机械　", "phone": "０２７－１２３４５６７８", "grade": "甲级", "province": "湖北", "city": "武汉",
                    "area": "９８.５", "since": "2026年1月2日",
                ]
            ).record
        }
        #expect(record["name"] == .text("武汉机械"))
        #expect(record["phone"] == .text("027-12345678"))
        #expect(record["grade"] == .text("A"))
        #expect(record["city"] == .text("wuhan"))
        #expect(record["area"].displayText == "98.50")
        #expect(record["since"].displayText == "2026-01-02")
    }

    @Test("knows options by their aliases too, behind values and labels, and so do conditions")
    func aliases() throws {
        let crm = try TestCompany([
            "dictionaries/place.json": #"""
            {"name":"place","label":"省","options":[{"value":"hubei","label":"湖北","aliases":["湖北省","鄂"]},
             {"value":"hunan","label":"湖南","aliases":["湖南省","湖北"]}]}
            """#,
            "objects/firm.json": #"""
            {"name":"firm","label":"公司","title_field":"name","fields":[{"name":"name","type":"text","label":"名称"},
             {"name":"place","type":"picklist","label":"省","dictionary":"place"}]}
            """#,
        ])
        let places = try crm.write { crm throws(PlatformError) in
            var places: [Value] = []
            for text in ["湖北省", "鄂", "湖北", "湖南省", "hunan"] {
                places.append(try crm.create(object("firm"), ["name": text, "place": text]).record["place"])
            }
            return places
        }
        #expect(places == ["hubei", "hubei", "hubei", "hunan", "hunan"].map { .text($0) })
        let count = try crm.read { crm throws(PlatformError) in
            try crm.count(object("firm"), where: "place = '湖南省'")
        }
        #expect(count == 2)
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in _ = try crm.create(object("firm"), ["place": "湖"]) }
        }
        #expect(error?.issues.map(\.code) == ["option"])
    }

    @Test("gives defaults to new records and leaves old ones alone")
    func defaults() throws {
        let (created, updated) = try crm.write { crm throws(PlatformError) in
            let created = try crm.create(object("company"), ["name": "甲"]).record
            let cleared = try crm.update(created.recordID, ["grade": ""]).record
            return (created, cleared)
        }
        #expect(created["grade"] == .text("B"))
        #expect(created["since"].displayText == "2026-11-21")
        #expect(updated["grade"] == .null)
    }

    @Test("refuses an option that does not belong to the value it depends on, also when that value changes alone")
    func dependentOptions() throws {
        let id = try crm.write { crm throws(PlatformError) in
            try crm.create(object("company"), ["name": "甲", "province": "hubei", "city": "wuhan"]).record.recordID
        }
        for input in [["city": "changsha"], ["province": "hunan"]] as [RecordInput] {
            let error = crm.refusal { try crm.write { crm throws(PlatformError) in _ = try crm.update(id, input) } }
            #expect(error?.issues.map(\.code) == ["option_parent"])
        }
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in _ = try crm.update(id, ["city": "changsha"]) }
        }
        #expect(error?.issues.first?.message.text(in: .zhCN) == "「市」的选项「长沙」不属于省「湖北」")
        #expect(
            error?.issues.first?.message.text(in: .en) == "the option \"长沙\" of 市 does not belong to 省 \"Hubei\""
        )
    }

    @Test("refuses a retired option on new records but keeps it on old ones")
    func retiredOption() {
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(object("company"), ["name": "甲", "grade": "Z"])
            }
        }
        #expect(error?.issues.map(\.code) == ["option_retired"])
    }

    @Test("refuses fields of the system by name instead of dropping them")
    func systemFields() {
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(
                    object("company"),
                    ["name": "甲", "id": "7", "version": "3", "created_by": "9", "code": "C1"]
                )
            }
        }
        #expect(error?.issues.map(\.code) == ["read_only", "read_only", "read_only", "code_given"])
    }

    @Test("asks validation rules with the values as they will be; unknown conditions pass")
    func validationRules() throws {
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(object("company"), ["name": "甲", "area": "100.01"])
            }
        }
        #expect(error?.issues.map { $0.message.text(in: .zhCN) } == ["大公司要有电话"])
        #expect(error?.issues.first?.rule == "big_needs_phone")
        try crm.write { crm throws(PlatformError) in _ = try crm.create(object("company"), ["name": "乙"]) }
    }

    @Test("rounds nothing in silence")
    func noRounding() {
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(object("company"), ["name": "甲", "area": "1.005"])
            }
        }
        #expect(error?.issues.map(\.code) == ["too_many_places"])
    }

    @Test("refuses a second record with a unique value and names the first")
    func unique() throws {
        let first = try crm.write { crm throws(PlatformError) in
            try crm.create(object("company"), ["name": "甲", "email": "a@b.cn"]).record.recordID
        }
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(object("company"), ["name": "乙", "email": "a@b.cn"])
            }
        }
        #expect(error?.issues.first?.conflicting == first)
    }

    @Test("finds a duplicate behind legal forms, brackets and ways of writing a telephone number")
    func duplicates() throws {
        try crm.write { crm throws(PlatformError) in
            _ = try crm.create(object("company"), ["name": "武汉达川有限责任公司", "phone": "13225522956"])
        }
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(object("company"), ["name": "武汉达川（有限公司）", "phone": "+86 132-2552-2956"])
            }
        }
        #expect(error?.issues.map(\.code) == ["duplicate"])
        try crm.write { crm throws(PlatformError) in
            _ = try crm.create(object("company"), ["name": "武汉达川（有限公司）", "phone": "13225522957"])
        }
    }

    @Test(
        "says why two records count as one: the rule's message, else its label and the fields, else the fields",
        arguments: [
            ("", "与 firm/1（甲）重复：名称、电话相同", "duplicate of firm/1 (甲): the same Name, Phone"),
            (
                #","label":{"zh-CN":"同一公司","en":"Same firm"}"#, "与 firm/1（甲）重复：同一公司（名称、电话）",
                "duplicate of firm/1 (甲): Same firm (Name, Phone)"
            ),
            (
                #","label":"x","message":{"zh-CN":"公司已登记","en":"known"}"#, "与 firm/1（甲）重复：公司已登记",
                "duplicate of firm/1 (甲): known"
            ),
        ]
    )
    func duplicateReasons(_ members: String, _ chinese: String, _ english: String) throws {
        let crm = try TestCompany([
            "objects/firm.json": """
            {"name": "firm", "label": {"zh-CN": "公司", "en": "Firm"}, "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": {"zh-CN": "名称", "en": "Name"}},
              {"name": "phone", "type": "text", "label": {"zh-CN": "电话", "en": "Phone"}}],
             "duplicate_rules": [{"name": "same", "match": [{"field": "name"}, {"field": "phone"}]\(members)}]}
            """
        ])
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                _ = try crm.create(object("firm"), ["name": "甲", "phone": "1"])
                _ = try crm.create(object("firm"), ["name": "甲", "phone": "1"])
            }
        }
        let issue = try #require(error?.issues.first)
        #expect(issue.message.text(in: .zhCN) == chinese)
        #expect(issue.message.text(in: .en) == english)
        #expect(issue.rule == "same")
    }

    @Test("refuses a stale version with both versions")
    func staleVersion() throws {
        let id = try crm.write { crm throws(PlatformError) in
            let id = try crm.create(object("company"), ["name": "甲"]).record.recordID
            _ = try crm.update(id, ["name": "乙"])
            return id
        }
        var options = SaveOptions()
        options.expectedVersion = 1
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in _ = try crm.update(id, ["name": "丙"], options) }
        }
        #expect(error?.code == .conflict)
        #expect(error?.message.text(in: .en).contains("you read version 1, it is now version 2") == true)
    }

    @Test("is done once under one idempotency key, however often it is asked for")
    func idempotency() throws {
        var options = SaveOptions()
        options.idempotencyKey = "import-1-row-7"
        let first = try crm.write { crm throws(PlatformError) in
            try crm.create(object("company"), ["name": "甲"], options)
        }
        let second = try crm.write { crm throws(PlatformError) in
            try crm.create(object("company"), ["name": "甲"], options)
        }
        #expect(second.isReplay && second.record.id == first.record.id)
        #expect(try crm.read { crm throws(PlatformError) in try crm.count(object("company")) } == 1)
    }

    @Test("that changes nothing writes nothing")
    func unchanged() throws {
        let version = try crm.write { crm throws(PlatformError) in
            let id = try crm.create(object("company"), ["name": "甲"]).record.recordID
            return try crm.update(id, ["name": "甲"]).record.version
        }
        #expect(version == 1)
    }

    @Test("keeps who, what, old and new in the history")
    func history() throws {
        let rows = try crm.write { crm throws(PlatformError) in
            let id = try crm.create(object("company"), ["name": "甲", "since": "2026-01-02"]).record.recordID
            _ = try crm.update(id, ["name": "乙"])
            try crm.delete(id)
            return try crm.history(of: id)
        }
        #expect(rows.map(\.action) == ["create", "update", "delete"])
        let day = try #require(CalendarDate(iso: "2026-01-02"))
        let made: [FieldChange] = [
            FieldChange(field: field("code"), old: .null, new: .text("C2026-001")),
            FieldChange(field: field("name"), old: .null, new: .text("甲")),
            FieldChange(field: field("grade"), old: .null, new: .text("B")),
            FieldChange(field: field("since"), old: .null, new: .date(day)),
        ]
        #expect(rows[0].changes == made)
        #expect(rows[1].changes == [FieldChange(field: field("name"), old: .text("甲"), new: .text("乙"))])
        #expect(rows.map(\.userID) == [1, 1, 1] && rows.map(\.origin) == ["library", "library", "library"])
    }

    @Test("saves child rows with the parent, and all of it or nothing")
    func childRows() throws {
        let sale = try crm.write { crm throws(PlatformError) in
            let company = try crm.create(object("company"), ["name": "甲"]).record
            var input: RecordInput = ["company": "\(company.id)"]
            input[field("lines")] = .rows([["item": "锤子", "price": "12.50"], ["item": "铲子", "price": "8"]])
            return try crm.create(object("sale"), input).record
        }
        #expect(try crm.read { crm throws(PlatformError) in try crm.count(object("sale_line")) } == 2)
        let error = crm.refusal {
            try crm.write { crm throws(PlatformError) in
                var input = RecordInput()
                input[field("lines")] = .rows([["item": "", "price": "-1"], ["item": "灯", "price": "x"]])
                _ = try crm.update(sale.recordID, input)
            }
        }
        #expect(error?.issues.count == 3)
        #expect(error?.issues.first?.message.text(in: .zhCN).hasPrefix("「明细」第 1 行：") == true)
        try crm.write { crm throws(PlatformError) in
            var input = RecordInput()
            input[field("lines")] = .rows([["id": "2", "price": "9"], ["item": "灯"]])
            _ = try crm.update(sale.recordID, input)
        }
        let items = try crm.read { crm throws(PlatformError) in
            try crm.find(Query(object: object("sale_line"), sort: [SortKey(field: "id")])).records.map {
                $0["item"].displayText + " " + $0["price"].displayText
            }
        }
        #expect(items == ["铲子 9.00", "灯 "])
    }

    @Test("deletes what belongs to a record, empties references, and is refused where metadata says so")
    func deletion() throws {
        let (parent, child, sale) = try crm.write { crm throws(PlatformError) in
            let parent = try crm.create(object("company"), ["name": "甲"]).record.recordID
            let child = try crm.create(object("company"), ["name": "乙", "parent": "\(parent)"]).record.recordID
            var input: RecordInput = ["company": "\(child)"]
            input[field("lines")] = .rows([["item": "锤子"]])
            return (parent, child, try crm.create(object("sale"), input).record.recordID)
        }
        let error = crm.refusal { try crm.write { crm throws(PlatformError) in try crm.delete(child) } }
        #expect(error?.issues.first?.conflicting == sale)
        try crm.write { crm throws(PlatformError) in
            try crm.delete(parent)
            try crm.delete(sale)
        }
        let (left, lines) = try crm.read { crm throws(PlatformError) in
            (try crm.get(child), try crm.count(object("sale_line")))
        }
        #expect(left?["parent"] == .null && left?.version == 2)
        #expect(lines == 0)
    }

    @Test("is explained step by step in the order of the pipeline")
    func explained() throws {
        let recorder = SaveRecorder()
        try crm.write(recorder: recorder) { crm throws(PlatformError) in
            _ = try crm.create(object("company"), ["name": "甲"])
        }
        let order = recorder.steps.map(\.step)
        #expect(
            order == [.permission, .normalise, .defaults, .check, .validate, .duplicates, .code, .write]
        )
        #expect(recorder.steps[4].rule == "big_needs_phone")
        #expect(recorder.steps[6].effect == "C2026-001")
    }
}
