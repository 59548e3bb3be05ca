import Testing

@Suite("The functions of string")
struct TextFunctionTests {
    static let simple: [LibraryCase] = [
        LibraryCase(
            #"("hello"):sub(2, 4), ("hello"):sub(-3), ("hello"):sub(2, -2), ("hello"):sub(4, 2) .. "."  "#,
            "ell|llo|ell|."
        ),
        LibraryCase(
            #"("abc"):sub(math.mininteger, math.maxinteger), ("abc"):sub(0), ("abc"):sub(-100, 1)"#,
            "abc|abc|a"
        ),
        LibraryCase(#"("abc"):byte(), ("abc"):byte(-1), ("abc"):byte(1, 3)"#, "97|99|97|98|99"),
        LibraryCase(#"select('#', ("abc"):byte(10)), select('#', (""):byte())"#, "0|0"),
        LibraryCase(#"pcall(string.byte, ("a"):rep(10001), 1, -1)"#, "false|string slice too long"),
        LibraryCase(#"select('#', ("a"):rep(10000):byte(1, -1))"#, "10000"),
        LibraryCase(#"string.char(76, 117, 97), string.char()"#, "Lua|"),
        LibraryCase(#"pcall(string.char, 256)"#, "false|bad argument #1 to 'string.char' (value out of range)"),
        LibraryCase(#"pcall(string.char, 65, -1)"#, "false|bad argument #2 to 'string.char' (value out of range)"),
        LibraryCase(
            #"("Ab1é"):upper(), ("Ab1É"):lower(), ("abc"):reverse(), ("abc"):len(), #("a\0b")"#,
            "AB1é|ab1É|cba|3|3"
        ),
        LibraryCase(
            #"("ab"):rep(3), ("ab"):rep(3, "-"), ("ab"):rep(0), ("ab"):rep(-1), (""):rep(1e15)"#,
            "ababab|ab-ab-ab|||"
        ),
        LibraryCase(#"pcall(string.rep, "x", 1 << 60)"#, "false|resulting string too large"),
        LibraryCase(#"pcall(string.rep, "xy", 8388609)"#, "false|resulting string too large"),
        LibraryCase(
            #"pcall(string.rep, "x", 0/0)"#,
            "false|bad argument #2 to 'string.rep' (number has no integer representation)"
        ),
        LibraryCase(
            #"pcall(string.rep, "x", 1/0)"#,
            "false|bad argument #2 to 'string.rep' (number has no integer representation)"
        ),
        LibraryCase(#"("x"):rep({})"#, "error: t:1: bad argument #1 to 'rep' (number expected, got table)"),
        LibraryCase(
            #"string.len(12), string.len(nil)"#,
            "error: t:1: bad argument #1 to 'len' (string expected, got nil)"
        ),
        LibraryCase(#"string.dump"#, "nil"),
    ]

    static let formats: [LibraryCase] = [
        LibraryCase(#"("%d %5d|%-5d|%05d|%+d|% d"):format(3, 42, 42, 42, 42, 42)"#, "3    42|42   |00042|+42| 42"),
        LibraryCase(#"("%i %u %o %x %X %#x"):format(7, 8, 8, 255, 255, 255)"#, "7 8 10 ff FF 0xff"),
        LibraryCase(
            #"("%x"):format(-1), ("%.3d"):format(5), ("%d"):format(3.0), ("%d"):format("10")"#,
            "ffffffffffffffff|005|3|10"
        ),
        LibraryCase(#"("%f %.2f %8.3f|%-8.1f|"):format(1.5, 2.345, 3.14159, 2)"#, "1.500000 2.35    3.142|2.0     |"),
        LibraryCase(
            #"("%e %.2E %g %G %g"):format(12345.678, 0.00012, 1e20, 1e-10, 0.5)"#,
            "1.234568e+04 1.20E-04 1e+20 1E-10 0.5"
        ),
        LibraryCase(#"("%a %A"):format(1, 0.5)"#, "0x1p+0 0X1P-1"),
        LibraryCase(#"("%f %f %g"):format(1/0, -1/0, 1/0)"#, "inf -inf inf"),
        LibraryCase(#"("%c%c%c|%3c|%-3c|"):format(76, 117, 97, 65, 65)"#, "Lua|  A|A  |"),
        LibraryCase(#"("%s|%5s|%-5s|%.2s|%5.1s"):format("a", "b", "c", "xyz", "xyz")"#, "a|    b|c    |xy|    x"),
        LibraryCase(#"("%s %s %s %s"):format(nil, true, {}, print)"#, "nil true table function"),
        LibraryCase(#"("%s"):format(setmetatable({}, {__tostring = function() return "T" end}))"#, "T"),
        LibraryCase(#"("%5s|"):format("a\0b") == "  a\0b|""#, "true"),
        LibraryCase(#"("100%%"):format(), ("%%d"):format(1)"#, "100%|%d"),
        LibraryCase(#"("%q"):format("a\"b\\c\nd\0e\r1")"#, "\"a\\\"b\\\\c\\\nd\\0e\\0131\""),
        LibraryCase(#"("%q %q %q %q"):format(1, 0.5, math.mininteger, true)"#, "1 0x1p-1 0x8000000000000000 true"),
        LibraryCase(#"("%q %q %q"):format(1/0, -1/0, 0/0)"#, "1e9999 -1e9999 (0/0)"),
        LibraryCase(#"#("%99.99f"):format(1e308)"#, "409"),
        LibraryCase(#"pcall(string.format, "%100d", 1)"#, "false|invalid conversion specification: '%100d'"),
        LibraryCase(#"pcall(string.format, "%F", 1)"#, "false|invalid conversion '%F' to 'format'"),
        LibraryCase(#"pcall(string.format, "%#d", 1)"#, "false|invalid conversion specification: '%#d'"),
        LibraryCase(#"("%--+++5d|"):format(1)"#, "+1   |"),
        LibraryCase(#"pcall(string.format, "%p", {})"#, "false|invalid conversion '%p' to 'format'"),
        LibraryCase(#"pcall(string.format, "%y", 1)"#, "false|invalid conversion '%y' to 'format'"),
        LibraryCase(#"pcall(string.format, "%", 1)"#, "false|invalid conversion '%' to 'format'"),
        LibraryCase(#"pcall(string.format, "%d")"#, "false|bad argument #2 to 'string.format' (no value)"),
        LibraryCase(
            #"pcall(string.format, "%d", 1.5)"#,
            "false|bad argument #2 to 'string.format' (number has no integer representation)"
        ),
        LibraryCase(
            #"pcall(string.format, "%d", "x")"#,
            "false|bad argument #2 to 'string.format' (number expected, got string)"
        ),
        LibraryCase(#"pcall(string.format, "%5q", "x")"#, "false|specifier '%q' cannot have modifiers"),
        LibraryCase(
            #"pcall(string.format, "%q", {})"#,
            "false|bad argument #2 to 'string.format' (value has no literal form)"
        ),
    ]

    static let packs: [LibraryCase] = [
        LibraryCase(#"("<i4"):pack(1), (">i4"):pack(1)"#, "\u{1}\0\0\0|\0\0\0\u{1}"),
        LibraryCase(#"("<i4"):unpack(("<i4"):pack(-2))"#, "-2|5"),
        LibraryCase(
            #"("bBhH"):packsize(), ("<!4 b i4"):packsize(), ("<b i4"):packsize(), ("!8 b Xd d"):packsize()"#,
            "6|8|5|16"
        ),
        LibraryCase(
            #"("s1"):pack("abc"), ("z"):pack("hi") == "hi\0", ("c5"):pack("ab") == "ab\0\0\0""#,
            "\u{3}abc|true|true"
        ),
        LibraryCase(#"("s1zc2"):unpack("\3abchi\0xy")"#, "abc|hi|xy|10"),
        LibraryCase(#"("<d"):unpack(("<d"):pack(0.1))"#, "0.1|9"),
        LibraryCase(#"("<f"):unpack(("<f"):pack(0.5)), (">n"):unpack((">n"):pack(-1.5))"#, "0.5|-1.5|9"),
        LibraryCase(#"("<i16"):unpack(("<i16"):pack(-5))"#, "-5|17"),
        LibraryCase(#"("B"):unpack("abc", -1)"#, "99|4"),
        LibraryCase(#"pcall(string.pack, "b", 128)"#, "false|bad argument #2 to 'string.pack' (integer overflow)"),
        LibraryCase(#"pcall(string.pack, "B", 256)"#, "false|bad argument #2 to 'string.pack' (unsigned overflow)"),
        LibraryCase(#"pcall(string.pack, "i")"#, "false|bad argument #2 to 'string.pack' (number expected, got nil)"),
        LibraryCase(#"pcall(string.pack, "i17", 1)"#, "false|integral size (17) out of limits [1,16]"),
        LibraryCase(
            #"pcall(string.pack, "c1048577", "")"#,
            "false|size of format option 'c' too large (limit 1048576)"
        ),
        LibraryCase(#"pcall(string.pack, "c", "")"#, "false|missing size for format option 'c'"),
        LibraryCase(
            #"pcall(string.pack, "z", "a\0")"#,
            "false|bad argument #2 to 'string.pack' (string contains zeros)"
        ),
        LibraryCase(#"pcall(string.pack, "y", 1)"#, "false|invalid format option 'y'"),
        LibraryCase(
            #"pcall(string.unpack, "i4", "abc")"#,
            "false|bad argument #2 to 'string.unpack' (data string too short)"
        ),
        LibraryCase(
            #"pcall(string.unpack, "s8", ("\xFF"):rep(8))"#,
            "false|bad argument #2 to 'string.unpack' (data string too short)"
        ),
        LibraryCase(
            #"pcall(string.unpack, "b", "abc", 5)"#,
            "false|bad argument #3 to 'string.unpack' (initial position out of string)"
        ),
        LibraryCase(
            #"pcall(string.packsize, "s")"#,
            "false|bad argument #1 to 'string.packsize' (variable-length format)"
        ),
        LibraryCase(
            #"pcall(string.packsize, ("c1000000"):rep(17))"#,
            "false|bad argument #1 to 'string.packsize' (format result too large)"
        ),
        LibraryCase(#"pcall(string.unpack, ("b"):rep(10001), ("x"):rep(10001))"#, "false|too many results"),
    ]

    @Test("do what the manual says", arguments: simple)
    func checkSimple(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("format", arguments: formats)
    func checkFormats(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("pack and unpack", arguments: packs)
    func checkPacks(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }
}
