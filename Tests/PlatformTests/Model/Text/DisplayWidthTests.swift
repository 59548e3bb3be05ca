import CRMModel
import Testing

struct DisplayWidthTests {
    @Test(
        "columns of a terminal",
        arguments: [
            ("abc", 3), ("达川", 4), ("Ａ１", 4), ("e\u{301}", 1), ("👩‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇨🇳", 2), ("한글", 4),
            ("é", 1), ("", 0), ("a\u{1B}[0m", 8), ("、。", 4), ("…", 1), ("☎️", 2), ("\u{200D}", 0),
        ]
    )
    func columns(text: String, expected: Int) {
        #expect(DisplayWidth.columns(of: text) == expected)
    }

    @Test("texts are filled to their columns")
    func padded() {
        #expect(DisplayWidth.padded("达川", to: 6) == "达川  ")
        #expect(DisplayWidth.padded("12.50", to: 7, alignment: .right) == "  12.50")
        #expect(DisplayWidth.padded("中", to: 5, alignment: .centre) == " 中  ")
        #expect(DisplayWidth.padded("达川农业", to: 6) == "达川… ")
    }

    @Test("texts that are too long are cut between characters")
    func truncated() {
        #expect(DisplayWidth.truncated("达川农业", to: 8) == "达川农业")
        #expect(DisplayWidth.truncated("达川农业", to: 7) == "达川农…")
        #expect(DisplayWidth.truncated("abcdef", to: 4) == "abc…")
        #expect(DisplayWidth.truncated("abc", to: 0).isEmpty)
        #expect(DisplayWidth.truncated("中", to: 1) == "…")
        #expect(DisplayWidth.truncated("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", to: 3) == "👩‍👩‍👧‍👦…")
    }

    @Test("nothing steers the terminal")
    func escapes() {
        #expect(DisplayWidth.escapingControls("\u{1B}[31mred\u{7}\u{8}") == "\\x1B[31mred\\x07\\x08")
        #expect(DisplayWidth.escapingControls("a\nb\r\tc\u{7F}") == "a\\nb\\r\\tc\\x7F")
        #expect(DisplayWidth.escapingControls("a\nb\tc\r", keepingLines: true) == "a\nb\tc\\r")
        #expect(DisplayWidth.escapingControls("\u{85}\u{9B}31m") == "\\u{85}\\u{9B}31m")
        #expect(DisplayWidth.escapingControls("\u{2028}\u{202E}evil\u{2066}") == "\\u{2028}\\u{202E}evil\\u{2066}")
        #expect(DisplayWidth.escapingControls("x\u{200B}\u{FEFF}") == "x\\u{200B}\\u{FEFF}")
        #expect(DisplayWidth.escapingControls("شلום 达川 😀") == "شلום 达川 😀")
    }

    @Test("a letter keeps at most eight marks")
    func marks() {
        let text = "Z" + String(repeating: "\u{351}", count: 500) + "a"
        #expect(DisplayWidth.escapingControls(text).unicodeScalars.count == 10)
        #expect(DisplayWidth.columns(of: text) == 2)
    }
}
