import CRMModel
import Testing

/// Which texts are expressions, and where those that are not go wrong.
@Suite struct ExpressionParserTests {
    @Test(
        "texts that are expressions",
        arguments: [
            "1", "a", "客户.名称 = '华'", "\"Company name\" = 'x'", "a=1 and b=2", "a -- b", "not not a", "- - 1",
            "((((a))))",
            "a in (1)", "a IN (1,2) AND B",
            "a is empty", "a IS NOT NULL", "a not in ('x')", "a not like '%'", "a not between 1 and 2",
            "a between 1 and 2 and b",
            "date = date '2026-11-21'", "year(date) = 2026", "today() - 1", "a like '\\%'", "a ≥ 1 or b ≠ 2",
            "a、b".replacing("、", with: "+"),
            "面积（１）".replacing("面积", with: "round"), "coalesce(a，b，‘c’)", "a = 「展」", "a = 『展「会」』", "a contains “展”",
            "a starts with 'x' or a ends with 'y'",
            "contains = 1", "empty = 1", "starts = 1", "\"not\" = 1", "a.b.c.d = 1", " \n\t a \u{3000}= 1 ", "12.500",
            "?", "a = ? and b = ?",
        ]
    )
    func good(text: String) throws {
        _ = try Expression.parse(text)
    }

    @Test(
        "texts that are not, with the character of the mistake",
        arguments: [
            ("", 1), (" ", 2), ("a =", 4), ("a = = 1", 5), ("a b", 3), ("(a", 3), ("a)", 2), ("a in 1", 6),
            ("a in ()", 7), ("a in (1", 8),
            ("a in (1 2)", 9), ("a = 'x", 5), ("a = \"x", 5), ("1 < a < 3", 7), ("(1 < a < 3)", 8), ("a is", 5),
            ("a is full", 6),
            ("a not b", 3), ("and a", 1), ("a and", 6), ("a or or b", 6), ("a between 1", 12), ("a between 1 or 2", 13),
            ("a like", 7),
            ("f(", 3), ("f(a,)", 5), ("a.", 3), ("a..b", 3), (".a", 1), ("a.b.c.d.e", 1), ("a; b", 2), ("a /* b */", 4),
            ("a = #", 5), ("a @ b", 3), ("1a", 2), ("1.2.3", 4), ("1e5", 2), ("99999999999999999999", 1),
            ("0.1234567891", 1),
            ("date '2026-02-30'", 6), ("date 'x'", 6), ("客户 = ！", 6), ("a = {", 5), ("a starts 'x'", 10),
            ("`a` = 1", 1), ("[a] = 1", 1),
            ("a || b", 3), ("a == 1", 4), ("a\0", 2), ("😀 = 1", 1), ("a = 'it's'", 10),
        ]
    )
    func bad(text: String, column: Int) {
        let error = #expect(throws: ExpressionError.self) { try Expression.parse(text) }
        #expect(error?.column == column)
        for language in Language.allCases {
            #expect(error?.message.text(in: language).contains("{") == text.contains("{"))
        }
    }

    @Test("4,000 characters are read and 4,001 are not")
    func length() throws {
        let fits = "'" + String(repeating: "展", count: 3_998) + "'"
        _ = try Expression.parse(fits)
        #expect(throws: ExpressionError.self) { try Expression.parse(fits + " ") }
        #expect(throws: ExpressionError.self) { try Expression.parse(String(repeating: "a", count: 10_000_000)) }
    }

    @Test("32 levels are read and 33 are not", arguments: [("(", ")"), ("not ", ""), ("-", ""), ("abs(", ")")])
    func depth(open: String, close: String) throws {
        let core = open == "not " ? "a" : "1 + b"
        let levels = open == "not " || open == "(" ? 31 : 30
        let fits = String(repeating: open, count: levels) + core + String(repeating: close, count: levels)
        _ = try Expression.parse(fits)
        for count in [33, 1000] {
            let deep = String(repeating: open, count: count) + core + String(repeating: close, count: count)
            #expect(throws: ExpressionError.self) { try Expression.parse(deep) }
        }
    }

    @Test("a chain counts its levels, a conjunction does not")
    func chains() throws {
        _ = try Expression.parse(Array(repeating: "a", count: 32).joined(separator: " + "))
        #expect(throws: ExpressionError.self) {
            try Expression.parse(Array(repeating: "a", count: 33).joined(separator: " + "))
        }
        _ = try Expression.parse(Array(repeating: "a", count: 200).joined(separator: " and "))
    }

    @Test("200 terms are read and 201 are not")
    func terms() throws {
        _ = try Expression.parse("a in (" + Array(repeating: "1", count: 199).joined(separator: ",") + ")")
        #expect(throws: ExpressionError.self) {
            try Expression.parse("a in (" + Array(repeating: "1", count: 200).joined(separator: ",") + ")")
        }
    }

    @Test("random bytes and random words never crash")
    func noise() {
        var state: UInt64 = 42
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let words = [
            "a", "(", ")", "and", "or", "not", "in", "like", "is", "empty", "'", "‘", "\"", "1", ".", ",", "?", "=",
            "<", "-", "/", "%", "\\",
            "between", "date", "null", "（", "，", "＝", "😀", "\u{301}", "\0", "today", "starts", "with", " ",
        ]
        for _ in 0..<5_000 {
            let text = (0..<next(12)).map { _ in words[next(words.count)] }.joined(separator: next(2) == 0 ? "" : " ")
            let bytes = String(decoding: (0..<next(40)).map { _ in UInt8(next(256)) }, as: UTF8.self)
            for candidate in [text, bytes] {
                do {
                    _ = try Expression.parse(candidate)
                } catch {
                    #expect(error.column >= 1 && error.column <= candidate.count + 1)
                    #expect(!error.platformError(in: candidate).text(in: .en).isEmpty)
                }
            }
        }
    }

    @Test("the error for people shows the text and a caret under the mistake")
    func caret() {
        let text = "名称 = 'x' 和 a = 1"
        let error = #expect(throws: ExpressionError.self) { try Expression.parse(text) }
        // Four wide signs before the mistake at the tenth character take eight columns, the other five take five.
        #expect(
            error?.platformError(in: text).text(in: .en)
                == "At character 10 of the expression: found \"和\", expected an operator such as =, and, in, or the end\n  "
                + text + "\n  " + String(repeating: " ", count: 11) + "^"
        )
        #expect(error?.platformError(in: text).code == .invalidInput)
    }

    @Test("of a long expression the part around the mistake is shown")
    func longCaret() throws {
        let text = String(repeating: "a and ", count: 100) + "and b"
        let error = #expect(throws: ExpressionError.self) { try Expression.parse(text) }
        let lines = try #require(error).platformError(in: text).text(in: .en).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].count < 100)
        let before = try #require(
            lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
        )
        #expect(lines[1].dropFirst(before) == "and b")
    }
}
