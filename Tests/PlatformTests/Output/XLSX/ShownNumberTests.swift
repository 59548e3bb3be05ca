import CRMModel
import CRMOutput
import TestSupport
import Testing

/// Number formats that show more than the number.
@Suite("Numbers with words in their formats")
struct ShownNumberTests {
    /// One row of a workbook with a number under a format in every column.
    private func load(
        _ number: String,
        _ format: String,
        into fields: [FieldDefinition]
    ) throws -> (
        ImportFixture, ImportSummary, String
    ) {
        let fixture = try ImportFixture(fields: [ImportFixture.field("name", .text, "名称")] + fields)
        let cells = fields.map { _ in "<c s=\"1\"><v>\(number)</v></c>" }.joined()
        let heads = (["name"] + fields.map(\.name.rawValue)).map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }
        var file = WorkbookFile(
            "<row r=\"1\">\(heads.joined())</row><row r=\"2\"><c t=\"inlineStr\"><is><t>a</t></is></c>\(cells)</row>"
        )
        file.formats = [
            format.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("\"", with: "&quot;")
        ]
        var errors: [UInt8] = []
        let summary = try fixture.importBytes(file.bytes, errorFile: { errors += $0 })
        return (fixture, summary, String(decoding: errors, as: UTF8.self))
    }

    @Test(
        "what stands beside a number is a unit like one that is typed",
        arguments: [
            ("12.5", "0.0\"t\"", nil, "12.50"), ("12.5", "0.0\"kg\"", "12.50", nil),
            ("12.5", "0.0\\ \"KGS\"", "12.50", nil),
            ("3", "0\"打\"", nil, nil), ("5", "0.00\"/箱\"", nil, nil), ("0.5", "0.0%", nil, nil),
            ("12.5", "0.0\"公斤\"", "12.50", nil),
            ("12.5", "\"约\"0.0", nil, nil), ("12500", "0.0,\"t\"", nil, "12.50"), ("12.5", "\"KGS \"0.0", "12.50", nil),
            ("-12.5", "0.0\"t\";-0.0\"t\"", nil, "-12.50"), ("-12.5", "0.0\"kg\";(0.0\"kg\")", "-12.50", nil),
            ("12.5", "0.0_);\\(0.0\\)", "12.50", "12.50"), ("1234567", "#\\ ##0", "1234567.00", "1234567.00"),
            ("5", "[<10]0.0\"kg\";0.0\"t\"", "5.00", nil), ("50", "[<10]0.0\"kg\";0.0\"t\"", nil, "50.00"),
            ("0", "0\"t\";-0\"t\";\"-\"", "0.00", "0.00"), ("5", "\"+86 \"0", nil, nil), ("5", "0\"00\"", nil, nil),
            ("1234567", "000-0000", nil, nil), ("0.5", "# ?/?", "0.50", "0.50"), ("0.5", "# ??/100", "0.50", "0.50"),
            ("5", "[DBNum1]0", "5.00", "5.00"),
        ] as [(String, String, String?, String?)]
    )
    func units(number: String, format: String, kilograms: String?, tonnes: String?) throws {
        for (label, expected) in [("毛重(KGS)", kilograms), ("毛重(吨)", tonnes)] {
            let weight = ImportFixture.field("weight", .decimal(scale: 2), label)
            let (fixture, summary, _) = try load(number, format, into: [weight])
            #expect(summary.created == (expected == nil ? 0 : 1), "\(label) \(summary.text(in: .en))")
            if let expected { #expect(try fixture.texts("weight") == [expected], "\(label)") }
        }
    }

    @Test(
        "a number that is shown smaller than it is counts below a label in ten thousands as it is shown",
        arguments: [
            ("125000", "0!.0,\"万\"", nil, "125000.00"), ("125000", "#0\\.0,\"万\"", nil, "125000.00"),
            ("125000", "0!.0,", "12.50", "125000.00"), ("125000", "0!.0,\"万元\"", "12.50", "125000.00"),
            ("12.5", "0.0\"万元\"", "12.50", "125000.00"), ("12.5", "0.0\"万\"", nil, "125000.00"),
            ("12.5", "0.0", "12.50", "12.50"), ("12500", "#,##0,", "12.50", "12500.00"),
            ("12500000", "¥0.0,,\"百万\"", nil, "12500000.00"), ("-125000", "0!.0,", "-12.50", "-125000.00"),
        ] as [(String, String, String?, String?)]
    )
    func smaller(number: String, format: String, multiples: String?, amounts: String?) throws {
        for (label, expected) in [("合同额(万元)", multiples), ("合同额", amounts)] {
            let amount = ImportFixture.field("amount", .currency(code: "CNY", scale: 2), label)
            let (fixture, summary, _) = try load(number, format, into: [amount])
            #expect(summary.created == (expected == nil ? 0 : 1), "\(label) \(summary.text(in: .en))")
            if let expected { #expect(try fixture.texts("amount") == [expected], "\(label)") }
        }
    }

    @Test(
        "a text is what the sheet shows",
        arguments: [
            ("7", "\"A\"000", "A007"), ("12345678901", "000-0000-0000", "123-4567-8901"), ("7", "\"No.\"0", "No.7"),
            ("1234.5", "#,##0.00\"t\"", "1,234.50t"), ("202611", "0000-00", "2026-11"), ("42", "0\"号\"", "42号"),
            ("-7", "\"A\"000", "-A007"), ("-7", "\"A\"0;\"B\"0", "B7"), ("0", "\"A\"0;\"B\"0;\"无\"", "无"),
            ("12345", "\"A\"000", "A12345"), ("1.5", "General\"x\"", "1.5x"), ("0.125", "\"约\"0.0%", "约12.5%"),
            ("13800000001", "\"+86 \"0", "+86 13800000001"), ("42", "00000", "00042"), ("42", "0.00", "42"),
            ("12", "0\"元\"", "12"), ("1234567", "#,##0\"件\"", "1,234,567件"),
        ]
    )
    func texts(number: String, format: String, shown: String) throws {
        let (fixture, summary, _) = try load(number, format, into: [ImportFixture.field("note", .text, "备注")])
        #expect(summary.created == 1, "\(summary.text(in: .en))")
        #expect(try fixture.texts("note") == [shown])
    }

    @Test(
        "a text of which it cannot be told what is shown is refused, and again in the file of refused rows",
        arguments: [
            ("7.5", "\"A\"000"), ("12.345", "0.00\"t\""), ("7", "[DBNum1]0\"号\""), ("7", "[DBNum1]0"),
            ("7", "[DBNum2]General"), ("7", "[DBNum1][$-804]General"), ("0.5", "# ?/?\" t\""),
            ("7", "0.0E+00\"x\""),
        ]
    )
    func unknown(number: String, format: String) throws {
        let fields = [ImportFixture.field("note", .text, "备注")]
        let (fixture, summary, errors) = try load(number, format, into: fields)
        #expect((summary.created, summary.failed) == (0, 1))
        #expect(summary.problems[0].text(in: .zhCN).contains("单元格 B2 的数字格式"), "\(summary.text(in: .zhCN))")
        #expect(errors.contains("[!not_shown B2]"), "\(errors)")
        #expect(try fixture.importBytes(Array(errors.utf8)).failed == 1)
    }

    @Test("days that a format writes with words are read as they are shown")
    func days() throws {
        let day = ImportFixture.field("day", .date, "日")
        let (fixture, _, _) = try load("20261121", "0000\"年\"00\"月\"00\"日\"", into: [day])
        #expect(try fixture.texts("day") == ["2026-11-21"])
    }

    @Test("a cell of yes and no without a value is empty, and one with another value is refused")
    func booleans() throws {
        let fixture = try ImportFixture(fields: [
            ImportFixture.field("name", .text, "名称"), ImportFixture.field("open", .boolean, "开"),
        ])
        let rows = ["", "0", "1", "2", "-1", "true"].enumerated().map { index, value in
            "<row r=\"\(index + 2)\"><c t=\"inlineStr\"><is><t>r\(index)</t></is></c><c t=\"b\"><v>\(value)</v></c></row>"
        }
        let summary = try fixture.importBytes(WorkbookFile(WorkbookFile.row(1, "name", "open") + rows.joined()).bytes)
        #expect(summary.problems.map(\.row) == [5, 6, 7])
        #expect(summary.problems.allSatisfy { $0.text(in: .en).contains("neither TRUE nor FALSE") })
        #expect(try fixture.texts("open") == ["", "false", "true"])
    }
}
