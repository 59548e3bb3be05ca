import CRMModel
import CRMOutput
import CRMRecords
import TestSupport
import Testing

/// Units beside numbers: right, or refused with the field's own, never dropped.
@Suite("Units in files")
struct UnitTests {
    private func problem(_ text: String, _ currency: LenientInput.CurrencyMeaning) -> InputProblem? {
        do throws(InputProblem) {
            _ = try LenientInput.decimal(text, scale: 2, percent: .refused, currency: currency)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "an amount that names another currency than the field's is refused",
        arguments: [
            "$100", "USD 100", "100 USD", "usd100", "US$100", "100美元", "美金 100", "€100", "100€", "EUR100", "欧元100",
            "£100",
            "HK$100", "100港元", "港币100", "JPY 100", "100日元", "100円", "NT$100", "新台币100元", "CHF 100", "₩100", "-$5",
            "$-5", "($5)",
            "12万美元", "¥100 USD", "卢布100",
        ]
    )
    func otherCurrency(text: String) {
        #expect(problem(text, .of("CNY")) == .otherCurrency)
        #expect(problem(text, .unmarked) == .otherCurrency)
    }

    @Test(
        "an amount in the field's own currency is taken",
        arguments: [
            ("¥100", "CNY"), ("￥１００", "CNY"), ("100元", "CNY"), ("100元整", "CNY"), ("RMB 100", "CNY"), ("CNY100", "CNY"),
            ("人民币100元", "CNY"), ("CN¥100", "CNY"), ("$100", "USD"), ("US$100", "USD"), ("100美元", "USD"),
            ("€100", "EUR"),
            ("HK$100", "HKD"), ("100港币", "HKD"), ("JPY100", "JPY"), ("100日元", "JPY"), ("100元", "TWD"),
            ("XAF 100", "XAF"),
        ]
    )
    func ownCurrency(text: String, code: String) throws {
        #expect(try LenientInput.decimal(text, scale: 2, currency: .of(code)).description == "100.00")
    }

    @Test(
        "yuan are refused where other money is kept, and shared signs where they do not tell",
        arguments: ["¥100", "100元", "RMB100", "￥100"]
    )
    func yuan(text: String) {
        #expect(problem(text, .of("USD")) == .otherCurrency)
        #expect(problem("$100", .of("HKD")) == .ambiguousCurrency)
        #expect(problem("¥100", .of("JPY")) == .ambiguousCurrency)
        #expect(problem("100元", .of("HKD")) == .ambiguousCurrency)
        #expect(problem("5%", .of("CNY")) == .percentHere)
        #expect(problem(text, .refused) == .otherCurrency)
    }

    @Test(
        "measures beside numbers are refused, ten thousands read",
        arguments: ["100㎡", "3个", "10kg", "5台", "12 pcs", "1百万"]
    )
    func measures(text: String) throws {
        #expect(throws: InputProblem.self) { try LenientInput.decimal(text, scale: 2) }
        #expect(try LenientInput.decimal("12万", scale: 0).units == 120_000)
    }

    @Test(
        "a cell may name the very unit of the field's label, and no other",
        arguments: [
            ("面积(㎡)", "9㎡", "9.00"), ("面积(㎡)", "9.5 平方米", "9.50"), ("重量（吨）", "1.5吨", "1.50"), ("数量(箱)", "1箱", "1.00"),
            ("面积(㎡)", "9亩", nil), ("面积(㎡)", "9", "9.00"), ("面积", "9㎡", nil), ("毛重(KGS)", "2kg", "2.00"),
            ("面积(㎡)", "㎡", nil),
        ] as [(String, String, String?)]
    )
    func ownUnit(label: String, cell: String, expected: String?) throws {
        let fixture = try ImportFixture(fields: [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("size", .decimal(scale: 2), label),
        ])
        let summary = try fixture.importBytes(Array("名称,size\n甲,\(cell)\n".utf8))
        #expect(summary.created == (expected == nil ? 0 : 1), "\(summary.text(in: .en))")
        if let expected { #expect(try fixture.texts("size") == [expected]) }
    }

    @Test(
        "a name of the field is no unit, and one unit has several spellings",
        arguments: [
            ("gross_kg", true), ("毛重(kg)", true), ("毛重(公斤)", true), ("毛重（千克）", true), ("毛重(KGS)", true),
            ("毛重(吨)", false),
            ("毛重(磅)", false),
        ]
    )
    func spellings(heading: String, isTaken: Bool) throws {
        let fixture = try ImportFixture(fields: [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("gross_kg", .decimal(scale: 2), "毛重(KGS)"),
        ])
        let file = Array("名称,\(heading)\n甲,5\n".utf8)
        if isTaken {
            #expect(try fixture.importBytes(file).created == 1)
            #expect(try fixture.texts("gross_kg") == ["5.00"])
        } else {
            #expect(throws: PlatformError.self) { try fixture.importBytes(file) }
        }
    }

    @Test("the list in which this was found saves nothing")
    func prices() throws {
        let fixture = try ImportFixture(fields: [
            ImportFixture.field("name", .text, "名称"),
            ImportFixture.field("price", .currency(code: "CNY", scale: 2), "单价"),
        ])
        let summary = try fixture.importBytes(try Repository.bytes("Tests/Corpus/faults/currency-marks/prices.csv"))
        #expect((summary.created, summary.failed) == (0, 6))
        #expect(summary.problems[0].text(in: .en).contains("the field is in CNY"))
        #expect(summary.problems[5].text(in: .zhCN).contains("不是百分数"))
    }

    @Test(
        "currencies and ten thousands that a cell's format shows count in number fields",
        arguments: [
            ("[$$-409]#,##0.00", nil), ("[$USD] #,##0.00", nil), ("\"US$\"#,##0", nil), ("$#,##0_-", nil),
            ("_(\"$\"* #,##0.00_)", nil), ("[$€-2] #,##0", nil), ("[$¥-411]#,##0", nil), ("General\"美元\"", nil),
            ("[$¥-804]#,##0.00", "12.00"), ("\"¥\"#,##0", "12.00"), ("￥#,##0.00", "12.00"), ("0\"元\"", "12.00"),
            ("[$CNY] 0", "12.00"), ("0\"k\"", nil), ("0\"千元\"", nil), ("0\"万元\"", "120000.00"),
            ("0!.0,\"万元\"", "12.00"), ("0.00,\"千\"", "12.00"),
            ("#,##0", "12.00"), ("[$-804]0", "12.00"), ("General", "12.00"),
        ] as [(String, String?)]
    )
    func formats(code: String, expected: String?) throws {
        let fixture = try ImportFixture()
        let quoted = code.replacing("\"", with: "&quot;")
        var file = WorkbookFile(
            WorkbookFile.row(1, "name", "金额", "备注") + "<row r=\"2\"><c t=\"inlineStr\"><is><t>a</t></is></c>"
                + "<c s=\"1\"><v>12</v></c><c s=\"1\"><v>12</v></c></row>"
        )
        file.formats = [quoted]
        let summary = try fixture.importBytes(file.bytes)
        #expect(summary.created == (expected == nil ? 0 : 1), "\(summary.text(in: .en))")
        if let expected {
            #expect(try fixture.texts("amount") == [expected])
            // A text is what is in the cell.
            #expect(try fixture.texts("note") == ["12"])
        }
    }

    @Test(
        "a heading in another unit than the field's is refused, unless the mapping converts",
        arguments: [
            ("金额(万元)", false), ("金额（USD）", false), ("金额(千元)", false), ("金额(%)", false), ("金额(单位：万元)", false),
            ("金额(元)", true), ("金额(¥)", true), ("金额(RMB)", true), ("金额(含税)", true), ("金额：", true), ("面积(万㎡)", false),
            ("意向面积(㎡)", true), ("用地(亩)", false), ("用地(平方米)", true), ("用地", true), ("税率(%)", true), ("税率(元)", false),
        ]
    )
    func headings(header: String, isRight: Bool) throws {
        var land = ImportFixture.field("land", .decimal(scale: 2), "用地(㎡)")
        land.aliases = ["用地"]
        let fields = ImportFixture.contactFields() + [land, ImportFixture.field("rate", .percent(scale: 2), "税率")]
        let fixture = try ImportFixture(fields: fields)
        if isRight {
            #expect(try fixture.importText("name,\(header)\na,5\n").created == 1)
        } else {
            let error = #expect(throws: PlatformError.self) { try fixture.importText("name,\(header)\na,5\n") }
            let isPlain = header.contains("万㎡")
            let expected = isPlain ? "import.heading_no_unit" : "import.heading_unit"
            #expect(error?.issues.first?.message.key?.id == expected)
        }
    }

    @Test(
        "a unit after a blank, a slash, a dash, a colon or nothing is one as in brackets",
        arguments: [
            ("金额 CNY", true), ("金额/元", true), ("金额-元", true), ("金额：元", true), ("金额元", true), ("金额_RMB", true),
            ("金额　人民币", true), ("金额/元：", true), ("金额 ¥*", true), ("金额 USD", false), ("金额/万元", false),
            ("金额-万元", false), ("金额：万元", false), ("金额万元", false), ("金额、千元", false), ("amount USD", false),
            ("AMOUNT CNY", true), ("意向面积 ㎡", true), ("意向面积/亩", true), ("意向面积-万㎡", false), ("税率 %", true),
            ("税率%", true), ("税率/元", false), ("用地/亩", false), ("用地 m2", true), ("用地㎡", true), ("价 元/月", true),
        ]
    )
    func separatedUnits(header: String, isRight: Bool) throws {
        let land = ImportFixture.field("land", .decimal(scale: 2), "用地(㎡)")
        let fields =
            ImportFixture.contactFields() + [
                land, ImportFixture.field("rate", .percent(scale: 2), "税率"),
                ImportFixture.field("price", .currency(code: "CNY", scale: 2), "价"),
            ]
        let fixture = try ImportFixture(fields: fields)
        if isRight {
            let summary = try fixture.importText("name,\(header)\na,5\n")
            #expect(summary.created == 1)
            #expect(summary.unknownColumns.isEmpty)
        } else {
            let error = #expect(throws: PlatformError.self) { try fixture.importText("name,\(header)\na,5\n") }
            let isPlain = header.contains("万㎡")
            let expected = isPlain ? "import.heading_no_unit" : "import.heading_unit"
            #expect(error?.issues.first?.message.key?.id == expected)
        }
    }

    @Test(
        "what is in the brackets of an amount is understood, known as a remark, or refused",
        arguments: [
            "w", "W", "k", "K", "k元", "M", "m", "mn", "十万", "RMB万", "WRMB", "000", "x1000", "'000", "kUSD", "年", "kg",
            "分", "角", "美刀", "打", "万元，必填",
        ]
    )
    func unknownUnits(text: String) throws {
        let fixture = try ImportFixture()
        for header in ["金额(\(text))", "金额（\(text)）"] {
            let error = #expect(throws: PlatformError.self, "\(header)") {
                try fixture.importText("name,\"\(header)\"\na,5\n")
            }
            let key = try #require(error?.issues.first?.message.key?.id)
            #expect(["import.heading_unit", "import.heading_unknown_unit"].contains(key), "\(key)")
        }
        #expect(try fixture.records().isEmpty)
    }

    @Test("remarks in brackets, own units and API names are no other unit; a mapping explains what is not understood")
    func remarks() throws {
        let weight = ImportFixture.field("gross_kg", .decimal(scale: 2), "毛重(KGS)")
        let fields = ImportFixture.contactFields() + [weight]
        for header in ["金额(必填)", "金额(含税,必填)", "金额（元）", "gross_kg", "毛重(kg)", "毛重(公斤)"] {
            #expect(try ImportFixture(fields: fields).importText("name,\"\(header)\"\na,5\n").created == 1, "\(header)")
        }
        let mapping = try ImportMapping(json: Array(#"{"columns": {"金额(打)": "amount"}}"#.utf8))
        let fixture = try ImportFixture(fields: fields)
        #expect(try fixture.importText("name,金额(打)\na,5\n", mapping: mapping).created == 1)
    }

    @Test(
        "what ends like a unit is none where no number is meant, and is named with the columns that were left out",
        arguments: ["备注 内部", "生日/日", "手机-m", "本月", "金额备注", "amounts", "面积2"]
    )
    func noUnits(header: String) throws {
        let summary = try ImportFixture().importText("name,\(header)\na,5\n")
        #expect(summary.unknownColumns == [header])
        let json = try JSONParser.parse(summary.json(in: .zhCN))
        #expect(json["unknown_columns"] == [.string(header)])
    }

    @Test("a heading that may be any of two fields is refused with both, and the name of one is taken")
    func ambiguousHeadings() throws {
        let fields =
            ImportFixture.contactFields() + [
                ImportFixture.field("net", .decimal(scale: 2), "总额"),
                ImportFixture.field("gross", .decimal(scale: 2), "总额"),
            ]
        for header in ["总额", "总额(元)", "总额 元"] {
            let fixture = try ImportFixture(fields: fields)
            let error = #expect(throws: PlatformError.self) { try fixture.importText("name,\(header)\na,5\n") }
            #expect(error?.issues.first?.message.text(in: .en).contains("net, gross") == true)
            #expect(try fixture.importText("name,gross\na,5\n").created == 1)
        }
    }

    @Test("a mapping converts, rounds, and takes months and empty cells as it says")
    func mapping() throws {
        let fixture = try ImportFixture()
        let json = """
            {"$schema": "x", "columns": {
              "金额(万元)": {"field": "amount", "multiply": 10000}, "面积": {"round": true},
              "生日": {"month": "last"}, "备注": {"empty": "clear"}}, "key": ["code"]}
            """
        let mapping = try ImportMapping(json: Array(json.utf8))
        let text = "code,name,金额(万元),面积,生日,备注\nC1,a,12.5,1.005,2024年2月,x\nC2,b,0.0000001,87780.544,2024-02-03,\n"
        let summary = try fixture.importText(text, mapping: mapping)
        #expect((summary.created, summary.failed) == (1, 1))
        let first = try fixture.records()[0]
        #expect(first["amount"].displayText == "125000.00")
        #expect(first["area"].displayText == "1.01")
        #expect(first["birthday"].displayText == "2024-02-29")
        try fixture.importText("code,name,备注,金额(万元),面积,生日\nC1,a,,,,\n", mapping: mapping)
        let second = try fixture.records()[0]
        #expect(second["note"].isNull)
        #expect(second["amount"].displayText == "125000.00")
        let rate = try ImportMapping(
            json: Array(#"{"columns": {"金额": {"currency": "USD", "multiply": "7.1", "round": true}}}"#.utf8)
        )
        try fixture.importText("name,金额\nc,$10.01\nd,¥10\n", mapping: rate)
        #expect(try fixture.texts("amount") == ["125000.00", "71.07"])
    }

    @Test(
        "a cell of a column that a mapping converts has no unit of its own",
        arguments: [
            (#""multiply": 10000"#, "12.5", "125000.00"), (#""multiply": 10000"#, "12.5万", nil),
            (#""multiply": 10000"#, "12.5万元", nil), (#""multiply": 10000"#, "125000元", nil),
            (#""multiply": 10000"#, "¥12.5", nil), (#""multiply": "0.01""#, "54%", nil),
            (#""multiply": 100"#, "5%", nil),
            (#""multiply": "1.13""#, "¥100", "113.00"), (#""multiply": "1.13""#, "1万", "11300.00"),
            (#""multiply": "1.13""#, "$100", nil), (#""multiply": "7.1", "currency": "USD""#, "$10", "71.00"),
            (#""multiply": "7.1", "currency": "USD""#, "10元", nil),
            (#""multiply": "7.1", "currency": "USD""#, "5%", nil),
        ] as [(String, String, String?)]
    )
    func converted(reading: String, cell: String, expected: String?) throws {
        let fixture = try ImportFixture()
        let mapping = try ImportMapping(json: Array("{\"columns\": {\"金额\": {\(reading)}}}".utf8))
        let summary = try fixture.importText("name,金额\na,\(cell)\n", mapping: mapping)
        #expect(summary.created == (expected == nil ? 0 : 1))
        #expect(try fixture.texts("amount") == (expected.map { [$0] } ?? []))
        if expected == nil { #expect(summary.problems[0].text(in: .en).contains("the mapping converts this column")) }
    }

    @Test(
        "what a mapping may not say is refused with the place",
        arguments: [
            #"{"columns": {"金额": {"by": "number"}}}"#, #"{"columns": {"金额": {"multiply": 0}}}"#,
            #"{"columns": {"金额": {"currency": "USD"}}}"#, #"{"columns": {"金额": {"month": "first"}}}"#,
            #"{"columns": {"金额": {"times": 3}}}"#, #"{"columns": {"nirgends": {"round": true}}}"#,
        ]
    )
    func wrongMappings(json: String) throws {
        let fixture = try ImportFixture()
        #expect(throws: PlatformError.self) {
            try fixture.importText("name,金额\na,1\n", mapping: ImportMapping(json: Array(json.utf8)))
        }
    }

    @Test("a mapping has bounds")
    func bounds() {
        func code(_ json: String) -> PlatformError.Code? {
            do throws(PlatformError) {
                _ = try ImportMapping(json: Array(json.utf8))
                return nil
            } catch {
                return error.code
            }
        }
        let columns = (0...1000).map { "\"c\($0)\": \"name\"" }.joined(separator: ",")
        let texts = (0..<7000).map { "\"t\($0)\": \"x\"" }.joined(separator: ",")
        #expect(code("{\"columns\": {\(columns)}}") == .limitExceeded)
        #expect(code("{\"values\": {\"a\": {\(texts)}, \"b\": {\(texts)}, \"c\": {\(texts)}}}") == .limitExceeded)
        #expect(code("{\"key\": [\((0...16).map { "\"k\($0)\"" }.joined(separator: ","))]}") == .limitExceeded)
        #expect(code("{\"defaults\": {\"a\": \"" + String(repeating: "x", count: 1 << 20) + "\"}}") == .limitExceeded)
    }

    @Test("percentages: a sign is taken, and a column of fractions is told")
    func percentages() throws {
        let fields = [ImportFixture.field("name", .text, "名称"), ImportFixture.field("rate", .percent(scale: 2), "税率")]
        let fixture = try ImportFixture(fields: fields)
        let told = try fixture.importText("名称,税率\na,0.13\nb,0.06\n")
        #expect(told.warnings.map { $0.key?.id } == ["import.small_percents"])
        let mixed = try fixture.importText("名称,税率 \na,13%\nb,0.5%\nc,0.5\nd,13\n")
        #expect(!mixed.warnings.contains { $0.key?.id == "import.small_percents" })
        #expect(try fixture.texts("rate") == ["0.13", "0.06", "13.00", "0.50", "0.50", "13.00"])
    }
}
