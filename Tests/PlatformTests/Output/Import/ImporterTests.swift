import CRMModel
import CRMOutput
import CRMRecords
import Testing

@Suite("Imports")
struct ImporterTests {
    @Test("rows become records, typed at once or read leniently, and empty cells are left out")
    func plainImport() throws {
        let fixture = try ImportFixture()
        let summary = try fixture.importText(
            """
            公司名称,客户编码,金额,生日,意向面积(㎡),手机
            武汉达川,C1,1234.5,2026-11-21,27,13225522956
            深圳禾恒,C2,"¥1,234.56",2026年1月2日,3.5,
            """
        )
        #expect((summary.rows, summary.created, summary.failed, summary.duplicates) == (2, 2, 0, 0))
        #expect(summary.warnings.isEmpty)
        #expect(try fixture.texts("name") == ["武汉达川", "深圳禾恒"])
        #expect(try fixture.texts("amount") == ["1234.50", "1234.56"])
        #expect(try fixture.texts("birthday") == ["2026-11-21", "2026-01-02"])
        #expect(try fixture.texts("area") == ["27.00", "3.50"])
        #expect(try fixture.records()[1]["phone"].isNull)
    }

    @Test(
        "headings are found by name, label and alias, in any width and with units and stars",
        arguments: [
            ("name", "name"), ("公司名称", "name"), (" 公司名称* ", "name"), ("NAME", "name"), ("编号", "code"),
            ("意向面积", "area"), ("意向面积（㎡）", "area"), ("意向面积(平方米)", "area"), ("面积", "area"), ("ｎｏｔｅ", "note"),
        ]
    )
    func headings(header: String, field: String) throws {
        let fixture = try ImportFixture()
        let importer = try Importer(object: fixture.object, bytes: Array("\(header),x\n".utf8))
        #expect(importer.mapping.map(\.field.rawValue) == [field])
    }

    @Test("texts of a column stand for what the mapping says, in any width; the others are taken as they are")
    func meanings() throws {
        let fixture = try ImportFixture()
        let mapping = try ImportMapping(
            json: Array(#"{"values": {"备注": {"往届 A": "其他", "未知": null, "7": 8}, "金额": {"面议": "0"}}}"#.utf8)
        )
        try fixture.importText(
            "公司名称,备注,金额\n甲, 往届　Ａ ,面议\n乙,未知,1.5\n丙,7,2\n丁,往届,3\n",
            mapping: mapping
        )
        #expect(try fixture.texts("note") == ["其他", "", "8", "往届"])
        #expect(try fixture.texts("amount") == ["0.00", "1.50", "2.00", "3.00"])
        let wrong = #expect(throws: PlatformError.self) {
            try ImportMapping(json: Array(#"{"values": {"备注": {"a": []}}}"#.utf8))
        }
        #expect(wrong?.text(in: .en).contains("values.备注.a") == true)
        let missing = #expect(throws: PlatformError.self) {
            try fixture.importText("公司名称\n甲\n", mapping: mapping)
        }
        #expect(
            missing?.issues.compactMap { $0.message.key?.id } == ["import.mapping_header", "import.mapping_header"]
        )
    }

    @Test("columns of no field are named and not imported")
    func unknownColumns() throws {
        let summary = try ImportFixture().importText("name,职务,x\na,b,c\n")
        #expect(summary.created == 1)
        #expect(
            summary.warnings.map { $0.text(in: .en) } == [
                "these columns belong to no field and were not imported: 职务, x"
            ]
        )
    }

    @Test("all that is wrong with headings is told at once")
    func wrongHeadings() throws {
        let fixture = try ImportFixture()
        let error = #expect(throws: PlatformError.self) {
            try fixture.importText("name,公司名称,id,created_at\na,b,c,d\n")
        }
        #expect(
            error?.issues.compactMap { $0.message.key?.id } == [
                "import.twice", "import.system_column", "import.system_column",
            ]
        )
        let none = #expect(throws: PlatformError.self) { try fixture.importText("a,b\n1,2\n") }
        #expect(none?.issues.first?.message.key?.id == "import.no_column")
        #expect(try fixture.records().isEmpty)
    }

    @Test("a refused row leaves nothing, the others of its batch go in, and the error file has it with its reason")
    func refusedRows() throws {
        let fixture = try ImportFixture()
        var file: [UInt8] = []
        let summary = try fixture.importText("name,amount\na,1\n,2\nb,x\nc,3\n", errorFile: { file += $0 })
        #expect((summary.rows, summary.created, summary.failed) == (4, 2, 2))
        #expect(try fixture.texts("name") == ["a", "c"])
        #expect(summary.problems.map(\.row) == [2, 3])
        #expect(summary.problems.map(\.line) == [3, 4])
        let lines = String(decoding: file.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines.first == "[行号],[错误],name,amount")
        #expect(lines.dropFirst().first?.hasPrefix("2,") == true && lines[1].hasSuffix(",,2"))
        #expect(lines.last?.contains("金额") == true)
        // The error file, mended, can be imported again: its own two columns are left out without a word.
        let again = try fixture.importText("[行号],[错误],name,amount\n2,x,d,2\n")
        #expect(again.created == 1)
        #expect(again.warnings.isEmpty)
    }

    @Test("duplicates are counted apart, name their record and are not saved")
    func duplicates() throws {
        let rule = DuplicateRule(
            name: try ImportFixture.required(ElementName(rawValue: "same_company")),
            matches: [DuplicateRule.Match(field: ImportFixture.name("name"), normaliser: .company)],
            action: .block,
            plugin: nil
        )
        let fixture = try ImportFixture(duplicateRules: [rule])
        let summary = try fixture.importText("name\n武汉达川农业有限公司\n武汉达川农业股份有限公司\n深圳禾恒\n")
        #expect((summary.created, summary.duplicates, summary.failed) == (2, 1, 0))
        #expect(summary.problems.first?.isDuplicate == true)
        #expect(summary.problems.first?.conflicting?.description == "contact/1")
        #expect(summary.text(in: .zhCN).contains("重复 1"))
    }

    @Test("a trial counts the same, duplicates within the file included, and keeps nothing")
    func dryRun() throws {
        let rule = DuplicateRule(
            name: try ImportFixture.required(ElementName(rawValue: "same")),
            matches: [DuplicateRule.Match(field: ImportFixture.name("code"), normaliser: .exact)],
            action: .block,
            plugin: nil
        )
        let fixture = try ImportFixture(duplicateRules: [rule])
        var options = FileImport()
        options.isDryRun = true
        options.batchSize = 1
        let text = "name,code\na,1\nb,1\n,2\nc,3\n"
        let trial = try fixture.importText(text, options: options)
        #expect(fixture.transactions == 1)
        #expect(try fixture.records().isEmpty)
        let summary = try fixture.importText(text)
        #expect((trial.created, trial.duplicates, trial.failed) == (2, 1, 1))
        #expect((summary.created, summary.duplicates, summary.failed) == (2, 1, 1))
        #expect(trial.text(in: .en).hasPrefix("Tried the import of \"Contact\" and kept nothing: 4 rows read"))
    }

    @Test("batches are transactions of their own")
    func batches() throws {
        let fixture = try ImportFixture()
        var options = FileImport()
        options.batchSize = 2
        try fixture.importText("name\n1\n2\n3\n4\n5\n", options: options)
        #expect(fixture.transactions == 3)
        #expect(try fixture.texts("name") == ["1", "2", "3", "4", "5"])
    }

    @Test("a batch ends when its time is over, so that others may save between slow rows")
    func slowRows() throws {
        let fixture = try ImportFixture()
        var options = FileImport()
        options.batchTime = .zero
        try fixture.importText("name\n1\n2\n3\n", options: options)
        // Each row by itself, and the end of the file.
        #expect(fixture.transactions >= 3)
        #expect(try fixture.texts("name") == ["1", "2", "3"])
    }

    @Test("a stopped import keeps what is in and goes on from the row it names")
    func cancelAndResume() throws {
        let fixture = try ImportFixture()
        var options = FileImport()
        var asked = 0
        options.batchSize = 2
        let text = "name\n1\n2\n3\n4\n5\n"
        let first = try fixture.importText(
            text,
            options: options,
            isCancelled: {
                asked += 1
                return asked > 3
            }
        )
        #expect((first.created, first.stoppedBeforeRow) == (3, 4))
        var rest = FileImport()
        rest.fromRow = 4
        let second = try fixture.importText(text, options: rest)
        #expect((second.created, second.skipped, second.stoppedBeforeRow) == (2, 3, nil))
        #expect(try fixture.texts("name") == ["1", "2", "3", "4", "5"])
    }

    @Test("with an idempotency key the same file makes nothing twice")
    func idempotent() throws {
        let fixture = try ImportFixture()
        var options = FileImport()
        options.idempotencyPrefix = "file-1"
        try fixture.importText("name\na\nb\n", options: options)
        let again = try fixture.importText("name\na\nb\nc\n", options: options)
        #expect((again.created, again.replayed) == (1, 2))
        #expect(try fixture.records().count == 3)
    }

    @Test("rows with a key change the record that has it, and empty cells keep what is there")
    func upsert() throws {
        let fixture = try ImportFixture()
        try fixture.importText("code,name,note\nC1,old,keep\nC2,two,\n")
        let mapping = try ImportMapping(json: Array(#"{"key":["客户编码"]}"#.utf8))
        let summary = try fixture.importText("code,name,note\n C1 ,new,\nC3,three,\n,four,\n", mapping: mapping)
        #expect((summary.updated, summary.created, summary.failed) == (1, 1, 1))
        #expect(try fixture.texts("name") == ["new", "two", "three"])
        #expect(try fixture.records()[0]["note"].displayText == "keep")
        #expect(try fixture.records()[0].version == 2)
        let byNumber = try ImportMapping(json: Array(#"{"key":["id"]}"#.utf8))
        let numbers = try fixture.importText("id,name\n2,zwei\n99,x\n", mapping: byNumber)
        #expect((numbers.updated, numbers.failed) == (1, 1))
        #expect(try fixture.texts("name") == ["new", "zwei", "three"])
    }

    @Test("a mapping renames, leaves out and fills in")
    func mapping() throws {
        let fixture = try ImportFixture()
        let mapping = try ImportMapping(
            json: Array(#"{"columns":{"Firma":"公司名称","id":null},"defaults":{"note":"展会","amount":5}}"#.utf8)
        )
        let summary = try fixture.importText("Firma,id,note\na,7,\nb,8,own\n", mapping: mapping)
        #expect(summary.created == 2)
        #expect(try fixture.texts("note") == ["展会", "own"])
        #expect(try fixture.texts("amount") == ["5.00", "5.00"])
    }

    @Test(
        "a mapping that is wrong is refused with the place",
        arguments: [
            (#"{"columns":{"name":"nmae"}}"#, "import.mapping_field"),
            (#"{"columns":{"x":"name"}}"#, "import.mapping_header"),
            (#"{"key":["note"]}"#, "import.key_column"), (#"{"defaults":{"id":"1"}}"#, "import.mapping_field"),
        ]
    )
    func wrongMapping(json: String, key: String) throws {
        let fixture = try ImportFixture()
        let mapping = try ImportMapping(json: Array(json.utf8))
        let error = #expect(throws: PlatformError.self) { try fixture.importText("name\na\n", mapping: mapping) }
        #expect(error?.issues.first?.message.key?.id == key)
    }

    @Test("a mapping that is not of the form is refused", arguments: ["[]", "{", #"{"colums":{}}"#, #"{"key":"a"}"#])
    func malformedMapping(json: String) {
        #expect(throws: PlatformError.self) { try ImportMapping(json: Array(json.utf8)) }
    }

    @Test("progress comes to the end of the file")
    func progress() throws {
        var last: ImportProgress?
        try ImportFixture().importText("name\na\nb\n", progress: { last = $0 })
        #expect(last?.rows == 2)
        #expect(last?.fraction == 1)
    }

    @Test("the summary is JSON for programs")
    func json() throws {
        let summary = try ImportFixture().importText("name,amount\na,x\n")
        let tree = try JSONParser.parse(summary.json(in: .en))
        #expect(tree["rows"] == 1)
        #expect(tree["failed"] == 1)
        #expect(tree["problems"]?.arrayValue?.first?["row"] == 1)
        #expect(tree["problems"]?.arrayValue?.first?["line"] == 2)
    }
}
