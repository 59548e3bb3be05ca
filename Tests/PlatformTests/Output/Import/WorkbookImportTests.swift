import CRMModel
import CRMOutput
import CRMRecords
import TestSupport
import Testing

@Suite("Imports of workbooks")
struct WorkbookImportTests {
    private func kinds() throws -> [UInt8] { try Repository.bytes("Tests/Corpus/xlsx/kinds.xlsx") }

    @Test("a workbook of every kind of cell is imported as the sheet shows it, and refused cells are named")
    func everyKind() throws {
        let fixture = try ImportFixture()
        var file: [UInt8] = []
        let summary = try fixture.importBytes(try kinds(), errorFile: { file += $0 })
        #expect((summary.rows, summary.created, summary.failed) == (8, 5, 3))
        #expect(summary.sheet == "客户")
        #expect(try fixture.texts("name") == ["武汉达川", "深圳禾恒", "合并", "隐藏", "百分比"])
        #expect(try fixture.texts("code") == ["00123", "C5", "C8", "C10", "00042"])
        let records = try fixture.records()
        #expect(records[0]["phone"] == .text("13900000001"))
        #expect(records[0]["amount"].displayText == "1234.10")
        #expect(records[0]["birthday"].displayText == "2026-11-21")
        #expect(records[0]["note"] == .text("第一行\n第二行"))
        #expect(records[1]["amount"].displayText == "0.30")
        #expect(records[1]["birthday"].displayText == "2026-01-02")
        #expect(records[3]["birthday"].displayText == "2026-11-21")
        #expect(records[4]["note"] == .text("12.5%"))
        #expect(summary.problems.map(\.row) == [6, 7, 9])
        #expect(
            summary.problems.prefix(2).map { $0.text(in: .en) } == [
                "row 6: the cell D6 is the error #N/A",
                "row 7: the formula of the cell D7 was never calculated; open the workbook in a spreadsheet and save it",
            ]
        )
        #expect(
            summary.warnings.map { $0.text(in: .en) } == [
                "1 ranges of cells are merged (A8:A9): only the first cell of each has the value, the others are empty",
                "cells right of the last heading were not imported (for instance H11)",
            ]
        )
        let lines = String(decoding: file.dropFirst(3), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 4)
        #expect(lines.first == "[行号],[错误],公司名称,客户编码,手机,金额,生日,备注")
        #expect(lines.dropFirst().first?.hasSuffix(",错误,C6,,[!error D6] #N/A,,") == true)
    }

    @Test("beside a cell that shows an error the other mistakes of the row are told as well")
    func everyMistake() throws {
        let fixture = try ImportFixture()
        let file = WorkbookFile(
            WorkbookFile.row(1, "name", "金额", "生日", "手机")
                + "<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#REF!</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>昨天</t></is></c>"
                + "<c r=\"D2\" t=\"inlineStr\"><is><t>tel:1</t></is></c></row>"
        )
        let summary = try fixture.importBytes(file.bytes)
        #expect((summary.created, summary.failed) == (0, 1))
        let messages = try #require(summary.problems.first?.messages).map { $0.text(in: .zhCN) }
        #expect(messages.count == 4)
        for word in ["B2", "生日", "手机", "公司名称"] { #expect(messages.contains { $0.contains(word) }, "\(word)") }
        // The same of a text cell of CSV, and of what a mapping cannot convert.
        let text = try ImportFixture().importText("name,金额,生日\n,#REF!,昨天\n")
        #expect(text.problems.first?.messages.count == 3)
        let mapping = try ImportMapping(json: Array(#"{"columns": {"金额": {"multiply": 10000}}}"#.utf8))
        let converted = try ImportFixture().importText("name,金额,生日\n,面议,昨天\n", mapping: mapping)
        #expect(converted.problems.first?.messages.count == 3)
    }

    @Test(
        "the rows of a workbook go by the numbers of the sheet: a trial, going on from a row, another sheet, a mapping"
    )
    func options() throws {
        let fixture = try ImportFixture()
        var options = FileImport()
        options.isDryRun = true
        let trial = try fixture.importBytes(try kinds(), options: options)
        #expect((trial.created, trial.failed, trial.isDryRun) == (5, 3, true))
        #expect(try fixture.records().isEmpty)
        options.isDryRun = false
        options.fromRow = 8
        let rest = try fixture.importBytes(try kinds(), options: options)
        #expect((rest.skipped, rest.rows, rest.created) == (4, 4, 3))
        #expect(try fixture.texts("code") == ["C8", "C10", "00042"])
        options = FileImport()
        options.sheet = "other"
        var mapping = ImportMapping()
        mapping.defaults = [("note", "外来")]
        mapping.key = ["code"]
        let other = try fixture.importBytes(try kinds(), mapping: mapping, options: options)
        #expect((other.created, other.sheet) == (1, "Other"))
        let again = try fixture.importBytes(try kinds(), mapping: mapping, options: options)
        #expect((again.created, again.updated, again.unchanged) == (0, 0, 1))
        #expect(try fixture.records().last?["note"] == .text("外来"))
        options.sheet = "nirgends"
        let error = #expect(throws: PlatformError.self) { try fixture.importBytes(try kinds(), options: options) }
        #expect(error?.message.text(in: .en) == "the workbook has no sheet \"nirgends\"; it has: 说明, 客户, Other")
        let text = #expect(throws: PlatformError.self) { try fixture.importText("name\na\n", options: options) }
        #expect(text?.message.key?.id == "sheet.of_text")
    }

    @Test("an import that is stopped says from which row of the sheet to go on, and goes on there")
    func stopped() throws {
        let fixture = try ImportFixture()
        let rows = (2...60).map { WorkbookFile.row($0 * 10, "n\($0)") }.joined()
        let bytes = WorkbookFile(WorkbookFile.row(1, "name") + rows).bytes
        var options = FileImport()
        var asked = 0
        let stopped = try fixture.importBytes(
            bytes,
            options: options,
            isCancelled: {
                asked += 1
                return asked > 5
            }
        )
        #expect(stopped.created == 5)
        #expect(stopped.stoppedBeforeRow == 61)
        #expect(stopped.text(in: .en).hasPrefix("Stopped the import of "))
        #expect(stopped.text(in: .zhCN).contains("导入已中止："))
        #expect(!stopped.text(in: .zhCN).contains("导入完成"))
        #expect(stopped.text(in: .en).contains("Go on with the same command, --from-row 61 and another name"))
        options.isDryRun = true
        let atOnce = try fixture.importBytes(bytes, options: options, isCancelled: { true })
        #expect((atOnce.rows, atOnce.stoppedBeforeRow, atOnce.warnings.count) == (0, 2, 0))
        #expect(atOnce.text(in: .en).contains("A trial keeps nothing"))
        #expect(!atOnce.text(in: .en).contains("--from-row"))
        options.isDryRun = false
        options.fromRow = 61
        #expect(try fixture.importBytes(bytes, options: options).created == 54)
        #expect(try fixture.texts("name") == (2...60).map { "n\($0)" })
    }

    @Test("days are counted from 1904 where the workbook says so")
    func macintosh() throws {
        let fixture = try ImportFixture()
        try fixture.importBytes(try Repository.bytes("Tests/Corpus/xlsx/mac1904.xlsx"))
        #expect(try fixture.texts("birthday") == ["2026-11-21"])
    }

    @Test("digits that the spreadsheet has lost are refused where they are a text, not where they are a number")
    func cutOff() throws {
        let fixture = try ImportFixture()
        let rows = [
            (2, "110101199003071000", "1"), (3, "1.1010119900307099E+17", "2"), (4, "6222021234567891", "3"),
            (5, "1", "1000000000000000"),
        ].map { "<row r=\"\($0.0)\"><c><v>1</v></c><c><v>\($0.1)</v></c><c><v>\($0.2)</v></c></row>" }.joined()
        let summary = try fixture.importBytes(WorkbookFile(WorkbookFile.row(1, "name", "code", "金额") + rows).bytes)
        #expect((summary.created, summary.failed) == (2, 2))
        #expect(summary.problems.map { $0.messages.map { $0.key?.id } } == [["cell.cut_off"], ["cell.cut_off"]])
        #expect(try fixture.texts("code") == ["6222021234567891", "1"])
    }

    @Test("what is wrong with cells does not matter in columns that are not imported")
    func leftColumns() throws {
        let fixture = try ImportFixture()
        let file = WorkbookFile(
            WorkbookFile.row(1, "name", "x") + "<row r=\"2\"><c><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>"
        )
        #expect(try fixture.importBytes(file.bytes).created == 1)
    }

    @Test("days that there are not are refused by the cell, and damaged references by theirs")
    func noSuchDays() throws {
        let fixture = try ImportFixture()
        var file = WorkbookFile(
            WorkbookFile.row(1, "name", "生日")
                + ["60", "-1", "1e300", "3000000"].enumerated().map {
                    "<row r=\"\($0 + 2)\"><c><v>1</v></c><c s=\"1\"><v>\($1)</v></c></row>"
                }.joined() + "<row r=\"9\"><c t=\"s\"><v>7</v></c></row>"
        )
        file.formats = ["yyyy-mm-dd"]
        let summary = try fixture.importBytes(file.bytes)
        #expect(summary.failed == 5)
        #expect(summary.problems.first?.text(in: .zhCN) == "第 2 行：单元格 B2 的格式是日期，但它的数值不是存在的日期")
        #expect(summary.problems.last?.messages.first?.key?.id == "cell.missing_text")
    }

    @Test(
        "files that are no workbook are called what they are",
        arguments: [
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "workbook.old"),
            (Array("<html><table>".utf8), "workbook.web_page"),
            (Array(" \n<?xml version=\"1.0\"?>".utf8), "workbook.web_page"),
            (Array("PK\u{3}\u{4}".utf8), "workbook.damaged"),
        ] as [([UInt8], String)]
    )
    func otherKinds(bytes: [UInt8], message: String) throws {
        let fixture = try ImportFixture()
        let error = #expect(throws: PlatformError.self) { try fixture.importBytes(bytes) }
        #expect(error?.message.key?.id == message)
    }

    @Test("archives without a workbook, and workbooks of other kinds, are called what they are")
    func otherArchives() throws {
        let fixture = try ImportFixture()
        let cases: [([String], String)] = [
            (["a.txt"], "workbook.none"), (["xl/workbook.bin"], "workbook.kind"),
            (["mimetype", "content.xml"], "workbook.kind"),
        ]
        for (names, message) in cases {
            var zip = ZipFile()
            for name in names { zip.add(name, "x") }
            let error = #expect(throws: PlatformError.self) { try fixture.importBytes(zip.archive) }
            #expect(error?.message.key?.id == message)
        }
        let container: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        let name: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] }
        let locked = #expect(throws: PlatformError.self) {
            try fixture.importBytes(container + Array(repeating: 0, count: 3000) + name)
        }
        #expect(locked?.message.key?.id == "workbook.encrypted")
    }

    @Test("the corpus of bad workbooks is refused or read as written beside it")
    func corpus() throws {
        func summary(_ name: String) throws -> ImportSummary {
            try ImportFixture().importBytes(try Repository.bytes("Tests/Corpus/bad-input/xlsx/\(name)"))
        }
        for name in [
            "02_xxe", "03_billion_laughs", "06_bad_refs", "11_target_traversal", "12_truncated", "14_html_as_xlsx",
        ] {
            #expect(throws: PlatformError.self) { try summary("\(name).xlsx") }
        }
        #expect(try summary("05_far_cell.xlsx").rows == 0)
        // Row 4 has a yes where a phone number should be, which is a text; row 5 has an error for its code.
        let numbers = try ImportFixture(fields: [
            ImportFixture.field("code", .text, "编码"), ImportFixture.field("phone", .phone, "手机"),
            ImportFixture.field("name", .text, "名称"),
        ])
        let read = try numbers.importBytes(try Repository.bytes("Tests/Corpus/bad-input/xlsx/09_number_text.xlsx"))
        #expect(read.problems.contains { $0.row == 5 && $0.text(in: .en).contains("A5 is the error #REF!") })
        #expect(try numbers.texts("code").prefix(2) == ["C1", "00123"])
        #expect(try numbers.texts("phone").prefix(2) == ["13800138000", "13800138000"])
    }
}
