import CRMModel
import CRMOutput
import CRMRecords
import Testing

/// The files of `bad-input/csv` end as `EXPECT.tsv` says.
@Suite("Hostile files to import")
struct ImportCorpusTests {
    @Test(
        "files whose rows all go in",
        arguments: [
            ("01_bom_utf8.csv", 3), ("02_utf16le_bom.csv", 3), ("04_gbk.csv", 2), ("20_mixed_line_endings.csv", 4),
            ("23_newline_in_cell.csv", 2), ("32_semicolon.csv", 3), ("34_sep_line.csv", 3),
            ("50_formula_cells.csv", 19),
            ("54_control_characters.csv", 1), ("56_sql_values.csv", 10), ("29_header_only.csv", 0),
        ]
    )
    func accepted(name: String, rows: Int) throws {
        let fixture = try ImportFixture()
        let summary = try fixture.importCorpus(name)
        #expect(summary.created == rows)
        #expect(summary.failed == 0)
        #expect(try fixture.records().count == rows)
        #expect(summary.warnings.isEmpty == (rows > 0))
    }

    @Test(
        "files that are refused whole, with the reason",
        arguments: [
            ("25_duplicate_headers.csv", "import.duplicate_headers"),
            ("26_unknown_and_system_headers.csv", "import.header"),
            ("31_only_bom.csv", "import.empty"), ("35_two_thousand_columns.csv", "import.too_wide"),
        ]
    )
    func refused(name: String, key: String) throws {
        let fixture = try ImportFixture()
        let error = #expect(throws: PlatformError.self) { try fixture.importCorpus(name) }
        #expect(error?.message.key?.id == key)
        #expect(try fixture.records().isEmpty)
    }

    @Test(
        "files with bad rows: those are refused with their numbers, and the process lives",
        arguments: [
            ("07_mixed_encoding.csv", 1, [2]), ("28_missing_required.csv", 0, [1, 2, 3, 4]),
            ("38_quotes_flood.csv", 0, [1]),
        ]
    )
    func badRows(name: String, created: Int, refused: [Int]) throws {
        let fixture = try ImportFixture()
        let clock = ContinuousClock()
        let start = clock.now
        let summary = try fixture.importCorpus(name)
        #expect(summary.created == created)
        #expect(summary.problems.map(\.row) == refused)
        #expect(clock.now - start < .seconds(5))
        let records = try fixture.records()
        #expect(!records.contains { record in record.values.contains { $0.displayText.contains("\u{FFFD}") } })
    }

    @Test("a line of a million characters costs no more than its length")
    func longLine() throws {
        let clock = ContinuousClock()
        let start = clock.now
        _ = try? ImportFixture().importCorpus("37_million_char_unquoted_line.csv")
        #expect(clock.now - start < .seconds(5))
    }

    @Test("numbers are exact or refused with row and field, none is changed in silence")
    func numbers() throws {
        let fixture = try ImportFixture()
        let summary = try fixture.importCorpus("51_numbers.csv")
        let amounts = Dictionary(
            uniqueKeysWithValues: try fixture.records().map { ($0["code"].displayText, $0["amount"].displayText) }
        )
        let written = [
            "C0001": "1234.56", "C0007": "1234.56", "C0009": "1000.00", "C0015": "0.00", "C0017": "-1234.56",
            "C0019": "0.10",
        ]
        for (code, amount) in written { #expect(amounts[code] == amount, "\(code)") }
        for code in ["C0002", "C0010", "C0011", "C0012", "C0013", "C0014", "C0016", "C0018"] {
            #expect(amounts[code] == nil, "\(code)")
        }
        #expect(summary.problems.allSatisfy { $0.messages.contains { $0.text(in: .zhCN).contains("金额") } })
    }

    @Test("the lines of a cell stay, and lines are counted as editors do")
    func linesInCells() throws {
        let fixture = try ImportFixture()
        _ = try fixture.importCorpus("23_newline_in_cell.csv")
        #expect(try fixture.records()[0]["note"].displayText.split { $0.isNewline }.count == 3)
    }
}
