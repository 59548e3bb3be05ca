import CRMModel
import CRMOutput
import Testing

@Suite("Tables for the terminal")
struct TextTableTests {
    @Test("double-width signs, right-aligned numbers and the row of sums stand in line")
    func aligned() {
        var table = TextTable(columns: [TextTable.Column("展馆"), TextTable.Column("面积", alignment: .right)])
        table.rows = [["一号馆", "1,200.5"], ["B", "36"]]
        table.footer = ["合计", "1,236.5"]
        let expected = """
            ┌────────┬─────────┐
            │ 展馆   │    面积 │
            ├────────┼─────────┤
            │ 一号馆 │ 1,200.5 │
            │ B      │      36 │
            ├────────┼─────────┤
            │ 合计   │ 1,236.5 │
            └────────┴─────────┘

            """
        #expect(table.rendered() == expected)
    }

    @Test("control signs are shown and never reach the terminal")
    func controls() {
        var table = TextTable(columns: [TextTable.Column("a")])
        table.rows = [["\u{1B}[31mred"], ["x\ny"]]
        let text = table.rendered()
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("│ \\x1B[31mred │"))
        #expect(text.contains("│ x\\ny        │"))
    }

    @Test("a narrow terminal cuts text before numbers")
    func narrow() {
        var table = TextTable(columns: [TextTable.Column("name"), TextTable.Column("sum", alignment: .right)])
        table.rows = [["abcdefghijklmnop", "1234567890"]]
        table.maximumWidth = 27
        // 27 columns: 7 of lines and blanks, 10 of the number, so 10 remain for the name.
        #expect(table.rendered().contains("│ abcdefghi… │ 1234567890 │"))
    }

    @Test("columns that do not fit are named below the table")
    func hiddenColumns() {
        var table = TextTable(columns: ["first", "second", "third"].map { TextTable.Column($0) }, language: .en)
        table.rows = [["aaaaaaaa", "bbbbbbbb", "cccccccc"]]
        table.maximumWidth = 20
        let lines = table.rendered().split(separator: "\n")
        #expect(lines.allSatisfy { DisplayWidth.columns(of: String($0)) <= 20 || $0.hasPrefix("(") })
        #expect(lines.last == "(the terminal is too narrow for these columns: third)")
    }

    @Test("a table without rows says so, also when its headings are short")
    func empty() {
        let table = TextTable(columns: [TextTable.Column("a")], language: .en)
        let expected = """
            ┌───────────┐
            │ a         │
            ├───────────┤
            │ (no rows) │
            └───────────┘

            """
        #expect(table.rendered() == expected)
    }

    @Test("missing cells are empty and surplus cells are left out")
    func raggedRows() {
        var table = TextTable(columns: [TextTable.Column("a"), TextTable.Column("b")])
        table.rows = [["1"], ["1", "2", "3"]]
        #expect(table.rendered().contains("│ 1 │   │"))
        #expect(!table.rendered().contains("3"))
    }
}
