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

@Suite("Tables in a narrow terminal")
struct NarrowTableTests {
    private func table(_ width: Int?) -> TextTable {
        var table = TextTable(
            columns: [
                TextTable.Column("note"), TextTable.Column("code", fit: .kept), TextTable.Column("title", fit: .kept),
                TextTable.Column("sum", alignment: .right), TextTable.Column("more", fit: .wrap),
            ],
            language: .en
        )
        table.rows = [
            ["abcdefghijklmnopqrstuvwxyz", "C2026-000001", "Hangzhou Huayi", "1,234,567.00", "one two three"]
        ]
        table.maximumWidth = width
        return table
    }

    @Test("what names a row is never cut, numbers are whole or left out, and the rest says what is missing")
    func narrow() {
        for width in 40...140 {
            let text = table(width).rendered()
            #expect(text.contains("│ C2026-000001 │ Hangzhou Huayi │"), "\(width)")
            #expect(!text.contains("…") || text.contains("│ abcde"), "\(width)")
            #expect(text.contains("1,234,567.00") || text.contains("columns: ") && text.contains("sum"), "\(width)")
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("(") }
            #expect(lines.allSatisfy { DisplayWidth.columns(of: String($0)) <= width }, "\(width)")
        }
    }

    @Test("columns that wrap lose nothing")
    func wrapping() {
        var table = TextTable(columns: [TextTable.Column("k", fit: .kept), TextTable.Column("text", fit: .wrap)])
        table.rows = [["key", "alpha beta gamma delta"]]
        table.maximumWidth = 24
        let expected = """
            ┌─────┬────────────────┐
            │ k   │ text           │
            ├─────┼────────────────┤
            │ key │ alpha beta     │
            │     │ gamma delta    │
            └─────┴────────────────┘

            """
        #expect(table.rendered() == expected)
    }

    @Test("a terminal that does not hold what names a row is known")
    func tooNarrow() {
        #expect(table(nil).keptColumnsFit)
        #expect(table(33).keptColumnsFit)
        #expect(!table(32).keptColumnsFit)
    }

    @Test("the first sign of a coloured cell has the nearest of 256 colours")
    func colours() {
        #expect(TerminalColour.number(of: "#ff0000") == 196)
        #expect(TerminalColour.number(of: "#000000") == 16)
        #expect(TerminalColour.number(of: "red") == nil)
        #expect(TerminalColour.colouringFirst(of: "● x", "#ff0000") == "\u{1B}[38;5;196m●\u{1B}[39m x")
        #expect(TerminalColour.colouringFirst(of: "● x", "") == "● x")
    }
}
