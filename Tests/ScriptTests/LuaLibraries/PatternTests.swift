import Testing

@Suite("Patterns")
struct PatternTests {
    static let finding: [LibraryCase] = [
        LibraryCase(#"("hello world"):find("wor")"#, "7|9"),
        LibraryCase(#"("hello"):find("l", 1), ("hello"):find("l", 4), ("hello"):find("l", -1)"#, "3|4|nil"),
        LibraryCase(#"("hello"):find(""), ("hello"):find("", 6)"#, "1|6|5"),
        LibraryCase(#"("hello"):find("", 7)"#, "nil"),
        LibraryCase(#"("hello"):find("xyz"), ("a.b"):find(".", 1, true)"#, "nil|2|2"),
        LibraryCase(#"("a+b"):find("a+b"), ("a+b"):find("a+b", 1, true)"#, "nil|1|3"),
        LibraryCase(#"("a\0b\0c"):find("b\0c")"#, "3|5"),
        LibraryCase(#"("abc"):find("(b)(c)")"#, "2|3|b|c"),
        LibraryCase(#"("abc"):find("^b"), ("abc"):find("^b", 2)"#, "nil|2|2"),
        LibraryCase(#"("abc"):find("c$"), ("a$c"):find("$c")"#, "3|2|3"),
        LibraryCase(#"("aaab"):find("a-b"), ("aaab"):find("a*"), ("aaab"):find("b?$")"#, "1|1|4|4"),
        LibraryCase(#"("THE (quick) fox"):find("%((%a+)%)")"#, "5|11|quick"),
        LibraryCase(#"(("x"):rep(5000) .. "y"):find("y")"#, "5001|5001"),
        LibraryCase(#"("abc"):find("b", math.mininteger), ("abc"):find("b", math.maxinteger)"#, "2|nil"),
    ]

    static let matching: [LibraryCase] = [
        LibraryCase(#"("key = value"):match("^(%w+)%s*=%s*(%w+)$")"#, "key|value"),
        LibraryCase(#"("2026-11-21"):match("(%d+)-(%d+)-(%d+)")"#, "2026|11|21"),
        LibraryCase(#"("  trim  "):match("^%s*(.-)%s*$") .. "|""#, "trim|"),
        LibraryCase(#"("hello"):match(".-(l+)(.*)")"#, "ll|o"),
        LibraryCase(#"("hello"):match("()ll()")"#, "3|5"),
        LibraryCase(#"("a"):match("b")"#, "nil"),
        LibraryCase(#"("f(a(b)c)d"):match("%b()")"#, "(a(b)c)"),
        LibraryCase(#"("THE (quick) fox"):gsub("%f[%a]%a+", "W")"#, "W (W) W|3"),
        LibraryCase(#"([["it's" 'x']]):match([[(["'])(.-)%1]])"#, #""|it's"#),
        LibraryCase(#"("x]y"):match("[]]"), ("x^y"):match("[x^]+"), ("a-z"):match("[a-]+")"#, "]|x^|a-"),
        LibraryCase(#"("abc123"):match("[^%d]+"), ("abc123"):match("[%d]+"), ("deed"):match("[a-d]+")"#, "abc|123|d"),
        LibraryCase(#"("%d"):match("%%d"), ("a.b"):match("%."), ("x"):match("[%]x]")"#, "%d|.|x"),
        LibraryCase(#"("aXb"):match("%u"), ("aXb"):match("%l+$"), ("é"):match("%a")"#, "X|b|nil"),
        LibraryCase(
            #"("\t \n!"):match("^%s+") == "\t \n", ("\1a"):match("%c") == "\1", ("a,b"):match("%p")"#,
            "true|true|,"
        ),
        LibraryCase(#"("0xFfG"):match("%x+", 3), ("_a1-"):match("%w+"), ("a b"):match("%g+")"#, "Ff|a1|a"),
        LibraryCase(#"("abc"):match("((a)(b))c")"#, "ab|a|b"),
        LibraryCase(#"("a\0z"):find("%z"), ("\0\0a"):match("%Z"), ("\0z"):find("[%z]+")"#, "2|a|1|1"),
        LibraryCase(#"("aaa"):match("^(a-)$"), ("aaa"):match("(a?)(a?)(a?)(a?)")"#, "aaa|a|a|a|"),
        LibraryCase(#"("abab"):match("(ab)%1"), ("abac"):match("(ab)%1")"#, "ab|nil"),
        LibraryCase(#"("a*b"):match("*b"), ("x-"):match("x%-"), ("-"):match("^-$")"#, "*b|x-|-"),
        LibraryCase(#"("中文字"):match("^(.)...") == "\xE4", ("中文"):match(utf8.charpattern)"#, "true|中"),
    ]

    static let replacing: [LibraryCase] = [
        LibraryCase(#"("hello world"):gsub("o", "0")"#, "hell0 w0rld|2"),
        LibraryCase(#"("hello"):gsub("", "-")"#, "-h-e-l-l-o-|6"),
        LibraryCase(#"("hello world"):gsub("(%w+)", "<%1>")"#, "<hello> <world>|2"),
        LibraryCase(#"("hello world"):gsub("%w+", "%0 %0", 1)"#, "hello hello world|1"),
        LibraryCase(#"("hello world from Lua"):gsub("(%w+)%s*(%w+)", "%2 %1")"#, "world hello Lua from|2"),
        LibraryCase(#"("$name is $age"):gsub("%$(%w+)", {name = "Li", age = 30})"#, "Li is 30|2"),
        LibraryCase(#"("abc"):gsub("%w", function(c) if c == "b" then return "[B]" end end)"#, "a[B]c|3"),
        LibraryCase(#"("abc"):gsub("()", "%1")"#, "1a2b3c4|4"),
        LibraryCase(#"("abc def"):gsub("%a*", "x")"#, "x x|2"),
        LibraryCase(#"("aaa"):gsub("^a", "b"), ("100%"):gsub("%%", "%%%%")"#, "baa|100%%|1"),
        LibraryCase(#"("abc"):gsub("b", false and 1 or 7)"#, "a7c|1"),
        LibraryCase(#"("abc"):gsub("b", "x", 0), ("abc"):gsub("b", "x", -1)"#, "abc|abc|0"),
        LibraryCase(#"pcall(string.gsub, "x", "x", "%2")"#, "false|invalid capture index %2"),
        LibraryCase(#"pcall(string.gsub, "x", "x", "%a")"#, "false|invalid use of '%' in replacement string"),
        LibraryCase(
            #"pcall(string.gsub, "x", "x", function() return {} end)"#,
            "false|invalid replacement value (a table)"
        ),
        LibraryCase(
            #"pcall(string.gsub, "x", "x")"#,
            "false|bad argument #3 to 'string.gsub' (string/function/table expected, got no value)"
        ),
        LibraryCase(
            chunk:
                #"local t = {} for w in ("one two  three"):gmatch("%a+") do t[#t + 1] = w end return table.concat(t, ",")"#,
            "one,two,three"
        ),
        LibraryCase(
            chunk:
                #"local t = {} for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do t[#t + 1] = k .. v end return table.concat(t, ",")"#,
            "a1,b2"
        ),
        LibraryCase(chunk: #"local n = 0 for _ in ("abc"):gmatch("") do n = n + 1 end return n"#, "4"),
        LibraryCase(
            chunk: #"local t = {} for w in ("^a^a"):gmatch("^a") do t[#t + 1] = w end return table.concat(t, ",")"#,
            "^a,^a"
        ),
        LibraryCase(
            chunk: #"local t = {} for w in ("a b c"):gmatch("%a", 3) do t[#t + 1] = w end return table.concat(t)"#,
            "bc"
        ),
    ]

    static let malformed: [LibraryCase] = [
        LibraryCase(#"pcall(string.find, "a", "[a")"#, "false|malformed pattern (missing ']')"),
        LibraryCase(#"pcall(string.find, "a", "[]")"#, "false|malformed pattern (missing ']')"),
        LibraryCase(#"pcall(string.find, "a", "[^]")"#, "false|malformed pattern (missing ']')"),
        LibraryCase(#"pcall(string.find, "a", "[a%")"#, "false|malformed pattern (missing ']')"),
        LibraryCase(#"pcall(string.find, "a", "%")"#, "false|malformed pattern (ends with '%')"),
        LibraryCase(#"pcall(string.find, "a", "%b(")"#, "false|malformed pattern (missing arguments to '%b')"),
        LibraryCase(#"pcall(string.find, "a", "%fa")"#, "false|missing '[' after '%f' in pattern"),
        LibraryCase(#"pcall(string.find, "a", "(a")"#, "false|unfinished capture"),
        LibraryCase(#"pcall(string.match, "a", "a)")"#, "false|invalid pattern capture"),
        LibraryCase(#"pcall(string.find, "a", "%1")"#, "false|invalid capture index %1"),
        LibraryCase(#"pcall(string.find, "a", "(a%1)")"#, "false|invalid capture index %1"),
        LibraryCase(#"pcall(string.find, "a", ("()"):rep(33))"#, "false|too many captures"),
        LibraryCase(#"select('#', ("a"):match(("()"):rep(32)))"#, "32"),
        LibraryCase(#"pcall(string.find, "a", ("a"):rep(4097) .. "%a")"#, "false|pattern too long (limit 4096 bytes)"),
        LibraryCase(#"pcall(string.find, ("a"):rep(300), ("a?"):rep(300))"#, "false|pattern too complex"),
    ]

    @Test("find", arguments: finding)
    func checkFinding(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("match", arguments: matching)
    func checkMatching(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("replace and iterate", arguments: replacing)
    func checkReplacing(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("are refused when malformed, before anything is matched", arguments: malformed)
    func checkMalformed(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }
}
