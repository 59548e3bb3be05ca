import CRMModel
import CRMOutput
import Testing

/// The hostile files at the level of the reader; what the import makes of them is tested there.
struct CSVCorpusTests {
    private struct Content {
        var encoding = TextEncoding.utf8
        var header: [String] = []
        var rows: [CSVRow] = []

        func column(_ index: Int) -> [String] { rows.map { $0.string(index) } }
    }

    private func read(_ name: String) throws -> Content {
        var reader = try CSVReader(path: CorpusFile.path("bad-input/csv/\(name).csv"))
        var content = Content(encoding: reader.encoding)
        content.header = try reader.header()
        var row = CSVRow()
        while try reader.next(&row) { content.rows.append(row) }
        return content
    }

    private static let header = ["code", "name", "phone", "email", "amount", "birthday", "note"]

    @Test(
        "good rows are read from every encoding, separator and line end",
        arguments: [
            ("01_bom_utf8", 3, TextEncoding.utf8), ("02_utf16le_bom", 3, .utf16LittleEndian), ("04_gbk", 2, .gb18030),
            ("05_gb18030_rare", 1, .gb18030), ("20_mixed_line_endings", 4, .utf8), ("23_newline_in_cell", 2, .utf8),
            ("28_missing_required", 4, .utf8), ("29_header_only", 0, .utf8), ("32_semicolon", 3, .utf8),
            ("34_sep_line", 3, .utf8), ("50_formula_cells", 19, .utf8), ("51_numbers", 29, .utf8),
            ("53_emoji_rtl_zero_width", 25, .utf8), ("54_control_characters", 1, .utf8), ("10_utf7_smuggle", 1, .utf8),
            ("56_sql_values", 10, .utf8), ("57_paths_and_urls", 20, .utf8),
        ]
    )
    func good(name: String, count: Int, encoding: TextEncoding) throws {
        let content = try read(name)
        #expect(content.header == Self.header)
        #expect(content.encoding == encoding)
        #expect(content.rows.count == count)
        #expect(content.rows.allSatisfy { $0.problem == nil && $0.count == 7 })
        #expect(content.rows.allSatisfy { !$0.strings.joined().contains("\u{FFFD}") })
    }

    @Test("Chinese characters come out right")
    func chinese() throws {
        #expect(try read("04_gbk").column(1) == ["张三", "李四"])
        let rare = try read("05_gb18030_rare")
        #expect(rare.column(1) == ["𠮷野"])
        #expect(rare.column(6) == ["㐀"])
    }

    @Test("a row in another encoding is refused with its number, its neighbour is not")
    func mixed() throws {
        let rows = try read("07_mixed_encoding").rows
        #expect(rows.map(\.problem) == [nil, .invalidText(column: 2, byte: 3)])
        #expect(rows[0].string(1) == "Grün")
        #expect(rows[1].number == 2)
    }

    @Test("damaged UTF-8 spoils the row")
    func invalid() throws {
        let rows = try read("08_invalid_utf8").rows
        #expect(rows.map(\.problem) == [.invalidText(column: 2, byte: 1)])
    }

    @Test("quotation marks where they do not belong")
    func quotes() throws {
        let rows = try read("22_quote_in_middle").rows
        #expect(rows.map(\.problem) == [nil, .textAfterQuote(column: 2)])
        #expect(rows[0].string(1) == "Na\"me")
        #expect(rows[0].string(6) == "6\" pipe")
    }

    @Test("line breaks within a cell are kept, and lines are physical ones")
    func newlines() throws {
        let rows = try read("23_newline_in_cell").rows
        #expect(rows[0].string(6) == "line 1\r\nline 2\nline 3")
        #expect(rows.map(\.line) == [2, 5])
    }

    @Test("headers that come twice are refused with their names")
    func duplicates() {
        #expect(throws: CSVError.duplicateHeaders(["name"])) { try read("25_duplicate_headers") }
    }

    @Test("a file of nothing but a mark is empty")
    func onlyMark() {
        #expect(throws: CSVError.empty) { try read("31_only_bom") }
    }

    @Test("two thousand columns are refused with the limit")
    func columns() {
        #expect(throws: CSVError.tooManyColumns(found: 2000, limit: 1000)) { try read("35_two_thousand_columns") }
    }

    @Test(
        "floods are read or refused in under a second",
        arguments: [
            ("37_million_char_unquoted_line", nil),
            ("38_quotes_flood", .unclosedQuote(column: 2)),
        ] as [(String, CSVRowProblem?)]
    )
    func floods(name: String, problem: CSVRowProblem?) throws {
        let clock = ContinuousClock()
        var rows: [CSVRow] = []
        let time = try clock.measure { rows = try read(name).rows }
        #expect(rows.map(\.problem) == [problem])
        #expect(time < .seconds(1))
    }

    @Test("numbers are taken exactly or refused, one by one")
    func numbers() throws {
        // By hand, for a field with two places.
        let expected: [String?] = [
            "1234.56", nil, nil, nil, nil, nil, "1234.56", nil, "1000.00", nil, nil, nil, nil, nil, "0.00", nil,
            "-1234.56", nil, "0.10", nil, "9007199254740993.00", nil, "1234.00", "0.50", nil, nil, nil, nil, nil,
        ]
        let found = try read("51_numbers").column(4).map { try? LenientInput.decimal($0, scale: 2).description }
        #expect(found == expected)
    }

    @Test("formulas come back equal after export and import, and are inert in between")
    func formulas() throws {
        let cells = try read("50_formula_cells").column(1)
        var writer = CSVWriter()
        writer.row(["name", "x"])
        for cell in cells { writer.row([cell, "x"]) }
        var reader = try CSVReader(bytes: writer.bytes)
        _ = try reader.header()
        var row = CSVRow()
        var written: [String] = []
        while try reader.next(&row) { written.append(row.string(0)) }
        #expect(written.map(FormulaGuard.unguarded) == cells)
        // C0012 begins with %, C0014 to C0016 with a mark, C0017 to C0019 are numbers: they stay; the others get a mark.
        let changed = zip(written, cells).map { $0 != $1 }
        #expect(changed == (1...19).map { !([12, 14, 15, 16, 17, 18, 19].contains($0)) })
    }

    @Test("special signs come byte for byte")
    func signs() throws {
        let names = try read("53_emoji_rtl_zero_width").column(1)
        #expect(Array(names[3].utf8) == [0xC3, 0xA9])
        #expect(Array(names[4].utf8) == [0x65, 0xCC, 0x81])
        #expect(names[10].unicodeScalars.first == "\u{FEFF}")
        #expect(names[16].unicodeScalars.count > 500)
        #expect(TextNormalisation.searchForm(names[3]) == TextNormalisation.searchForm(names[4]))
        let control = try read("54_control_characters").column(1)
        #expect(control == ["\u{1B}[31mred\u{1B}[0m"])
    }

    @Test("cells that only look empty are blank")
    func blanks() throws {
        let rows = try read("28_missing_required").rows
        #expect(rows.allSatisfy { row in row.strings.prefix(2).contains { TextNormalisation.isBlank($0) } })
    }
}

struct ExhibitorSampleTests {
    private func keys(_ name: String) throws -> [String] {
        var reader = try CSVReader(path: CorpusFile.path("samples/\(name)"))
        let header = try reader.header()
        #expect(header.count == 16)
        #expect(header.first == "公司名称")
        let phone = try #require(header.firstIndex(of: "手机"))
        var row = CSVRow()
        var result: [String] = []
        while try reader.next(&row) {
            #expect(row.problem == nil)
            result.append(
                TextNormalisation.companyName(row.string(0)) + "|" + ComparableForm.phone.form(of: row.string(phone))
            )
        }
        return result
    }

    @Test("of 3,000 exhibitors exactly 2,880 are different by company and phone")
    func duplicates() throws {
        let keys = try keys("exhibitors-2026.csv")
        #expect(keys.count == 3000)
        #expect(Set(keys).count == 2880)
    }

    @Test("the GB18030 file gives the same first 200 rows")
    func sameRows() throws {
        let chinese = try keys("exhibitors-gbk.csv")
        #expect(chinese.count == 200)
        #expect(try Array(keys("exhibitors-2026.csv").prefix(200)) == chinese)
    }

    @Test("every date and area of the sample is understood")
    func values() throws {
        var reader = try CSVReader(path: CorpusFile.path("samples/exhibitors-2026.csv"))
        let header = try reader.header()
        let day = try #require(header.firstIndex(of: "最近联系"))
        let area = try #require(header.firstIndex(of: "意向面积(㎡)"))
        var row = CSVRow()
        while try reader.next(&row) {
            _ = try LenientInput.date(row.string(day))
            _ = try LenientInput.integer(row.string(area))
        }
    }
}
