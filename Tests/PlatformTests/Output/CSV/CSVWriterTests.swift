import CRMModel
import CRMOutput
import Testing

struct CSVWriterTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("cells are quoted when they must be")
    func quoting() {
        var writer = CSVWriter()
        writer.row(["a", "b,c", "d\"e", "x\ny", "", "达川"])
        writer.row([""])
        #expect(text(writer.bytes) == "a,\"b,c\",\"d\"\"e\",\"x\ny\",,达川\r\n\"\"\r\n")
        #expect(text(writer.takeBytes()).hasSuffix("\r\n"))
        #expect(writer.bytes.isEmpty)
    }

    @Test("values are written in their plain forms")
    func values() throws {
        var writer = CSVWriter(dialect: .semicolon, byteOrderMark: true)
        writer.value(.decimal(try #require(FixedDecimal("-5.00"))))
        writer.value(.integer(-1))
        writer.value(.date(try #require(CalendarDate(iso: "2026-11-21"))))
        writer.value(.instant(Instant(milliseconds: 0)))
        writer.value(.boolean(true))
        writer.value(.null)
        writer.value(.text("=1+1"))
        writer.endRow()
        #expect(text(writer.bytes) == "\u{FEFF}-5.00;-1;2026-11-21;1970-01-01T00:00:00Z;true;;'=1+1\r\n")
    }

    @Test(
        "what a spreadsheet would compute is made inert",
        arguments: [
            "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "＋1", "－1", "＠A",
            "\u{200B}=1+1",
            "\u{FEFF}=1", "\u{A0}-1+1", "-1-1", "+1-2", "=cmd|' /C calc'!A0", "\tabc", "\rabc", "-", "+", "--1",
            "+86-138",
            "-1 2", "\u{3000}=1", "\u{202E}=1", "'=1+1", "''-1+1",
        ]
    )
    func guarded(cell: String) {
        #expect(FormulaGuard.guarded(cell) == "'" + cell)
        #expect(FormulaGuard.unguarded("'" + cell) == cell)
    }

    @Test(
        "what computes nothing stays as it is, and so does an apostrophe of its own",
        arguments: [
            "-1", "-5.00", "+7", "+49 170 1234567", "+86 138 0013 8000", "+8613800138000", "abc", "1=1", "\"=1+1\"",
            ";=1+1",
            "|=1+1", "%0A-3+3+cmd|x", "", "'", "'abc", "'-1", "达川=1", "O'Neill", "a@b.c", "https://a/?b=1",
            "2026-11-21",
        ]
    )
    func unguarded(cell: String) {
        #expect(FormulaGuard.guarded(cell) == cell)
        #expect(FormulaGuard.unguarded(cell) == cell)
    }

    @Test("every text comes back equal after export and import")
    func roundTrip() throws {
        let texts = [
            "=1+1", "'=1+1", "''=1", "-1", "+86 138-0013-8000", " x ", "a\r\nb", "\"", "\"\"", ",", "\u{FEFF}bom", "é",
            "e\u{301}",
            "\u{202E}evil", "👩‍👩‍👧‍👦", "sep=;", "\t", "", "'", "\r", "\n", "a;b", "٣",
        ]
        for dialect in [CSVDialect.comma, .semicolon, .tab] {
            var writer = CSVWriter(dialect: dialect)
            writer.row(["a", "b", "c"])
            for text in texts { writer.row([text, "x", text]) }
            var reader = try CSVReader(bytes: writer.bytes, options: .init(dialect: dialect))
            #expect(try reader.header() == ["a", "b", "c"])
            var row = CSVRow()
            for text in texts {
                #expect(try reader.next(&row))
                #expect(row.problem == nil)
                #expect(
                    Array(FormulaGuard.unguarded(row.string(0)).utf8) == Array(text.utf8),
                    "\(text.debugDescription)"
                )
                #expect(Array(FormulaGuard.unguarded(row.string(2)).utf8) == Array(text.utf8))
            }
        }
    }
}
