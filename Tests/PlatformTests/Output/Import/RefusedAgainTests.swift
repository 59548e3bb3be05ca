import CRMModel
import CRMOutput
import CRMRecords
import TestSupport
import Testing

/// What is refused stays refused: the error file, imported as it is, refuses the same rows for the same reasons.
@Suite("Error files imported again")
struct RefusedAgainTests {
    /// Imports a file, then the error file of it, and holds the reasons of both against each other.
    private func twice(
        _ bytes: [UInt8],
        fields: [FieldDefinition]? = nil,
        rules: [DuplicateRule] = []
    ) throws -> (first: ImportSummary, errors: String, fixture: ImportFixture) {
        let fixture = try ImportFixture(fields: fields, duplicateRules: rules)
        var file: [UInt8] = []
        let first = try fixture.importBytes(bytes, errorFile: { file += $0 })
        let before = try fixture.records().count
        var again: [UInt8] = []
        let second = try fixture.importBytes(file, errorFile: { again += $0 })
        #expect(second.created == 0)
        #expect(try fixture.records().count == before)
        #expect(second.problems.count == first.problems.count)
        func reasons(_ summary: ImportSummary) -> [[String]] {
            summary.problems.map { $0.messages.map { $0.text(in: .zhCN) } }
        }
        #expect(reasons(second) == reasons(first))
        // A third round is no other than the second.
        let third = try fixture.importBytes(again)
        #expect(reasons(third) == reasons(first))
        return (first, String(decoding: file.dropFirst(3), as: UTF8.self), fixture)
    }

    @Test("what a reader of CSV finds wrong: surplus cells, quotation marks, bytes that are no text, NUL, long cells")
    func csv() throws {
        var bytes = Array("公司名称,客户编码,备注\n甲公司,湖北省武汉市,洪山区,001\n\"丙\"公司,y,\"q\"z\n".utf8)
        bytes += Array("坏".utf8) + [0xFF, 0xFE, 0x2C, 0x41, 0xFF, 0x2C, 0x0A]
        bytes += Array("空".utf8) + [0x00, 0x2C, 0x31, 0x2C, 0x0A]
        bytes += Array("长,".utf8) + Array(repeating: 0x78, count: 1_100_000) + [0x2C, 0x0A]
        bytes += Array("开,\"没有结束,x\n".utf8)
        let (first, errors, _) = try twice(bytes)
        #expect((first.created, first.failed) == (0, 6))
        #expect(
            first.problems.map { $0.messages.compactMap { $0.key?.id } } == [
                ["import.column_count"], ["import.text_after_quote", "import.text_after_quote"],
                ["import.invalid_in", "import.invalid_in"], ["import.nul"], ["import.cell_too_long"],
                ["import.unclosed_quote"],
            ]
        )
        #expect(errors.contains(",甲公司,湖北省武汉市,洪山区,001\r\n"))
        #expect(errors.contains(",[!after_quote 1] 丙公司,y,[!after_quote 3] qz\r\n"))
    }

    @Test("what a reader of workbooks finds wrong with cells, in fields of text and of other types")
    func workbook() throws {
        func cells(_ row: Int, _ cells: String...) -> String { "<row r=\"\(row)\">\(cells.joined())</row>" }
        let name = "<c t=\"inlineStr\"><is><t>甲</t></is></c>"
        var file = WorkbookFile(
            WorkbookFile.row(1, "公司名称", "客户编码", "金额", "生日")
                + cells(2, name, "<c><v>110101199003071000</v></c>") + cells(3, name, "<c t=\"e\"><v>#N/A</v></c>")
                + cells(4, name, "<c/>", "<c t=\"e\"><v>#DIV/0!</v></c>") + cells(5, name, "<c><f>A1</f></c>")
                + cells(6, name, "<c/>", "<c><f>A1</f></c>") + cells(7, name, "<c t=\"s\"><v>9</v></c>")
                + ["60", "0", "-1"].enumerated().map {
                    cells(8 + $0, name, "<c/>", "<c/>", "<c s=\"1\"><v>\($1)</v></c>")
                }
                .joined() + cells(11, name, "<c t=\"e\"><v>#REF!</v></c>", "<c/>", "<c s=\"1\"><v>60</v></c>")
                + cells(12, name, "<c/>", "<c s=\"2\"><v>100</v></c>")
        )
        file.formats = ["yyyy-mm-dd", "[$$-409]#,##0.00"]
        let (first, errors, _) = try twice(file.bytes)
        #expect((first.created, first.failed) == (0, 11))
        #expect(errors.contains(",甲,[!cut_off B2] 110101199003071000,,\r\n"))
        #expect(errors.contains(",甲,[!not_calculated B5] ,,\r\n"))
        #expect(errors.contains(",甲,[!error B11] #REF!,,[!no_such_day D11] 60\r\n"))
        #expect(errors.contains(",甲,,USD 100,\r\n"))
    }

    @Test("what fields, duplicate rules and unique fields refuse, and texts of spreadsheet errors")
    func values() throws {
        let rule = DuplicateRule(
            name: try ImportFixture.required(ElementName(rawValue: "same")),
            matches: [DuplicateRule.Match(field: ImportFixture.name("code"), normaliser: .exact)],
            action: .block,
            plugin: nil
        )
        let text = """
            公司名称,客户编码,金额,生日,手机,备注
            甲,C1,1,2026-01-01,13900000001,
            乙,C1,1,,,
            ,C3,1,,,
            丁,C4,$5,2026-02-30,abc,
            戊,C5,1.234,2021-05,,
            己,C6,,,,#N/A
            庚,'=1+1,5%,,,'[!x] y
            """
        let (first, _, fixture) = try twice(Array(text.utf8), rules: [rule])
        #expect((first.created, first.duplicates, first.failed) == (1, 1, 5))
        #expect(try fixture.texts("name") == ["甲"])
    }

    @Test(
        "the files in which this was found",
        arguments: ["columns.csv", "ids.xlsx", "errors.xlsx", "uncalculated.xlsx"]
    )
    func found(file: String) throws {
        let fields = [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("idno", .text, "证件号"),
            ImportFixture.field("qty", .integer, "数量"),
            ImportFixture.field("price", .currency(code: "CNY", scale: 2), "单价"),
            ImportFixture.field("notes", .longText, "备注"),
        ]
        let (first, errors, _) = try twice(
            try Repository.bytes("Tests/Corpus/faults/error-file-again/\(file)"),
            fields: fields
        )
        #expect(first.failed > 0)
        if file == "columns.csv" { #expect(errors.contains("甲公司,湖北省武汉市,洪山区,001")) }
    }

    @Test("columns named like those of an error file are the user's own, in the import and in the error file")
    func ownColumns() throws {
        let fields = [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("lineno", .integer, "行号"),
            ImportFixture.field("err", .text, "错误"), ImportFixture.field("day", .date, "日期"),
        ]
        let (first, errors, fixture) = try twice(
            try Repository.bytes("Tests/Corpus/faults/own-columns/lines.csv"),
            fields: fields
        )
        #expect((first.created, first.failed) == (1, 1))
        #expect(try fixture.texts("lineno") == ["10"])
        #expect(try fixture.texts("err") == ["E1"])
        #expect(errors.hasPrefix("[行号],[错误],名称,行号,错误,日期\r\n2,"))
        #expect(errors.contains(",乙,20,E2,2026-02-30\r\n"))
        // Where a field has even that name, the added columns take another.
        let odd = try ImportFixture(fields: [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("lineno", .integer, "[行号]"),
        ])
        var file: [UInt8] = []
        try odd.importText("名称,[行号]\n甲,x\n", errorFile: { file += $0 })
        #expect(String(decoding: file.dropFirst(3), as: UTF8.self).hasPrefix("[[行号]],[[错误]],名称,[行号]\r\n"))
    }

    @Test(
        "the added headings are in the language asked for",
        arguments: [(Language.en, "[Row],[Error],"), (.zhTW, "[列號],[錯誤],")]
    )
    func languages(language: Language, headings: String) throws {
        let fixture = try ImportFixture()
        var file: [UInt8] = []
        var options = FileImport()
        options.language = language
        var importer = try Importer(
            object: fixture.object,
            bytes: Array("name\n \n,\n".utf8) + Array("a,b\n".utf8),
            options: options
        )
        _ = try importer.run(errorFile: { file += $0 }, inUnits: fixture.batch)
        #expect(String(decoding: file.dropFirst(3), as: UTF8.self).hasPrefix(headings))
        #expect(try fixture.importBytes(file).warnings.isEmpty)
    }
}
