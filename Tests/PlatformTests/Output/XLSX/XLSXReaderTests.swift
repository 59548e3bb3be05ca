import CRMOutput
import TestSupport
import Testing

@Suite("Workbooks")
struct XLSXReaderTests {
    /// The texts of all rows, headings first, with the number of each row in front.
    private func rows(_ file: WorkbookFile, sheet: String? = nil) throws -> [[String]] {
        var reader = try XLSXReader(bytes: file.bytes, sheet: sheet)
        var result = [try reader.header()]
        var row = CSVRow()
        while try reader.next(&row) { result.append([String(row.number)] + row.strings) }
        return result
    }

    /// The text of one cell, whose XML is given, under one format.
    private func cell(
        _ xml: String,
        format: String? = nil,
        texts: String? = nil,
        properties: String = ""
    ) throws -> String {
        var file = WorkbookFile(WorkbookFile.row(1, "h") + "<row r=\"2\">\(xml)</row>")
        if let format { file.formats = [format.replacing("\"", with: "&quot;")] }
        file.texts = texts
        file.properties = properties
        return try rows(file).last?.last ?? ""
    }

    @Test("shared, rich, inline and computed texts come as they are read, without how they are pronounced")
    func texts() throws {
        let shared =
            "<si><t>甲</t></si><si><r><rPr><b/></rPr><t>武汉</t></r><r><t xml:space=\"preserve\"> 达川</t></r>"
            + "<rPh sb=\"0\" eb=\"1\"><t>ウーハン</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si><si/>"
        #expect(try cell("<c t=\"s\"><v>0</v></c>", texts: shared) == "甲")
        #expect(try cell("<c t=\"s\"><v>1</v></c>", texts: shared) == "武汉 达川")
        #expect(try cell("<c t=\"s\"><v>2</v></c>", texts: shared) == "a\rb_x0041_")
        #expect(try cell("<c t=\"inlineStr\"><is><r><t>a&amp;</t></r><r><t>b</t></r></is></c>") == "a&b")
        #expect(try cell("<c t=\"str\"><f>A1</f><v>00123</v></c>") == "00123")
        #expect(try cell("<c t=\"b\"><v>1</v></c>") == "TRUE")
        #expect(try cell("<c t=\"b\"><v>0</v></c>") == "FALSE")
        #expect(try cell("<c t=\"d\"><v>2026-11-21</v></c>") == "2026-11-21")
        #expect(try cell("<x:c xmlns:x=\"y\"><x:f>1+1</x:f><x:v>2</x:v></x:c>") == "2")
    }

    @Test(
        "a number comes as it was written, or with the 15 digits that the spreadsheet shows",
        arguments: [
            ("1234.10", "1234.1"), ("0.30000000000000004", "0.3"), ("1.3900000001E10", "13900000001"),
            ("13900000001", "13900000001"), ("1E-3", "0.001"), ("-0.5", "-0.5"), ("0", "0"), ("-0", "0"),
            ("5.0", "5"), ("99.989999999999995", "99.99"), ("9.99999999999999999", "10"),
            ("123456789012345678", "123456789012345678"),
            ("1.5E+300", "15" + String(repeating: "0", count: 299)), ("x", "x"), ("1e9999", "1e9999"), (".5", "0.5"),
            ("2675.5549999999998", "2675.555"), ("4.9406564584124654E-3", "0.00494065645841247"),
        ]
    )
    func numbers(written: String, read: String) throws {
        #expect(try cell("<c><v>\(written)</v></c>") == read)
    }

    @Test(
        "days and times come by the format of their cell",
        arguments: [
            ("46347", "yyyy-mm-dd", "2026-11-21"), ("46347", "yyyy\"年\"m\"月\"d\"日\";@", "2026-11-21"),
            ("46347.5", "yyyy/m/d", "2026-11-21"), ("46347.354166666664", "yyyy/m/d h:mm", "2026-11-21 08:30:00"),
            ("46347", "yyyy/m/d h:mm:ss", "2026-11-21"), ("0.75", "h:mm AM/PM", "18:00:00"),
            ("1.5", "[h]:mm", "36:00:00"), ("46347", "[$-804]yyyy年m月d日 dddd", "2026-11-21"),
            ("61", "m/d", "1900-03-01"),
            ("1", "yyyy", "1900-01-01"), ("46347.999999", "yyyy-m-d hh:mm", "2026-11-22"),
            ("2958465", "d", "9999-12-31"),
            // No days: the letters stand in quotation marks, behind a backslash, in a colour or an exponent.
            ("5", "0\"d\"", "5"), ("5", "0\\m", "5"), ("5", "[Red]0.00", "5"), ("5", "0.00E+00", "5"),
            ("5", "General", "5"),
            ("5", "#,##0.00_);[Red]\\(#,##0.00\\)", "5"), ("0.125", "0.0%", "12.5%"), ("42", "00000", "00042"),
            ("1.5", "00", "1.5"), ("5", "@", "5"), ("5", "\"￥\"#,##0.00;\"￥\"-#,##0.00", "5"),
        ]
    )
    func formats(written: String, format: String, read: String) throws {
        #expect(try cell("<c s=\"1\"><v>\(written)</v></c>", format: format) == read)
    }

    @Test("days count from 1904 where the workbook says so, and formats that are built in need no code")
    func otherDates() throws {
        #expect(
            try cell("<c s=\"1\"><v>44885</v></c>", format: "yyyy-mm-dd", properties: "date1904=\"1\"") == "2026-11-21"
        )
        #expect(try cell("<c s=\"1\"><v>0</v></c>", format: "d", properties: "date1904=\"true\"") == "1904-01-01")
        for number in [14, 27, 31, 57, 58] {
            var file = WorkbookFile(WorkbookFile.row(1, "h") + "<row r=\"2\"><c s=\"0\"><v>46347</v></c></row>")
            file.parts = [
                ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"\(number)\"/></cellXfs></styleSheet>", .none)
            ]
            #expect(try rows(file).last == ["2", "2026-11-21"])
        }
    }

    @Test("cells stand in the columns of their references, gaps and rows without cells are empty")
    func places() throws {
        let file = WorkbookFile(
            "<row r=\"1\"/>"
                + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"C3\" t=\"inlineStr\"><is><t>c</t></is></c></row>"
                + "<row r=\"4\"><c r=\"A4\" s=\"0\"/><c r=\"C4\"/></row>"
                + "<row r=\"7\" hidden=\"1\"><c r=\"C7\"><v>1</v></c><c r=\"E7\"><v>2</v></c></row>"
                + "<row><c><v>3</v></c></row>"
        )
        #expect(try rows(file) == [["a", "", "c"], ["7", "", "", "1"], ["8", "3", "", ""]])
        var reader = try XLSXReader(bytes: file.bytes)
        _ = try reader.header()
        var row = CSVRow()
        while try reader.next(&row) {}
        #expect(reader.strayCell == "E7")
    }

    @Test(
        "the first sheet that is shown is read unless another is named, in any case; an unknown one names those there are"
    )
    func sheets() throws {
        var file = WorkbookFile(WorkbookFile.row(1, "hidden"), name: "隐藏")
        file.sheets[0].isHidden = true
        file.sheets.append(("客户", WorkbookFile.row(1, "shown"), false))
        file.sheets.append(("Other", WorkbookFile.row(1, "other"), false))
        #expect(try rows(file) == [["shown"]])
        #expect(try rows(file, sheet: "隐藏") == [["hidden"]])
        #expect(try rows(file, sheet: "OTHER") == [["other"]])
        #expect(throws: XLSXError.unknownSheet(name: "x", known: ["隐藏", "客户", "Other"])) { try rows(file, sheet: "x") }
        file.sheets = [("隐藏", "", true)]
        #expect(throws: XLSXError.noSheet) { try rows(file) }
        file.sheets = [("空", "<row r=\"1\"/>", false)]
        #expect(throws: XLSXError.emptySheet("空")) { try rows(file) }
    }

    @Test("merged ranges are told")
    func merged() throws {
        var file = WorkbookFile(WorkbookFile.row(1, "h"))
        file.tail = "<mergeCells count=\"2\"><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"B1:C1\"/></mergeCells>"
        let reader = try XLSXReader(bytes: file.bytes)
        #expect(reader.mergedRanges == ["A2:A4", "B1:C1"])
        #expect(reader.mergedCount == 2)
    }

    @Test("headings that stand twice, errors among them and too many columns are refused")
    func headings() throws {
        #expect(throws: XLSXError.duplicateHeaders(["a"])) {
            try rows(WorkbookFile(WorkbookFile.row(1, "a", "b", "Ａ")))
        }
        let error = "<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#REF!</v></c></row>"
        #expect(throws: XLSXError.badHeader(cell: "B2", nil)) { try rows(WorkbookFile(error)) }
        let wide = "<row r=\"1\"><c r=\"XFD1\" t=\"inlineStr\"><is><t>z</t></is></c></row>"
        #expect(throws: XLSXError.tooManyColumns(found: 16_384, limit: 1000)) { try rows(WorkbookFile(wide)) }
    }
}
