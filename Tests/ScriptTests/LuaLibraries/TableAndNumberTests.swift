import Testing

@Suite("The functions of table, math, utf8 and os")
struct TableAndNumberTests {
    static let tables: [LibraryCase] = [
        LibraryCase(#"table.concat(string) .. "read-only", table.unpack(string)"#, "read-only"),
        LibraryCase(
            #"table.concat({1, 2, "x"}), table.concat({1, 2, 3}, ", ", 2), table.concat({}, "x")"#,
            "12x|2, 3|"
        ),
        LibraryCase(#"table.concat({1, 2, 3}, "-", 2, 3), table.concat({1}, "", 2)"#, "2-3|"),
        LibraryCase(
            #"pcall(table.concat, {1, {}, 3})"#,
            "false|invalid value (table) at index 2 in table for 'concat'"
        ),
        LibraryCase(
            #"pcall(table.concat, {}, "", 1, math.maxinteger)"#,
            "false|invalid value (nil) at index 1 in table for 'concat'"
        ),
        LibraryCase(
            chunk: #"local t = {1, 2, 3} table.insert(t, 4) table.insert(t, 1, 0) return table.concat(t)"#,
            "01234"
        ),
        LibraryCase(
            #"pcall(table.insert, {1, 2}, 5, 0)"#,
            "false|bad argument #2 to 'table.insert' (position out of bounds)"
        ),
        LibraryCase(
            #"pcall(table.insert, {}, math.mininteger, 0)"#,
            "false|bad argument #2 to 'table.insert' (position out of bounds)"
        ),
        LibraryCase(#"pcall(table.insert, {}, 1, 2, 3)"#, "false|wrong number of arguments to 'insert'"),
        LibraryCase(
            chunk:
                #"local t = {1, 2, 3} return table.remove(t), table.remove(t, 1), table.concat(t), table.remove({})"#,
            "3|1|2|nil"
        ),
        LibraryCase(
            #"pcall(table.remove, {1, 2}, 4)"#,
            "false|bad argument #2 to 'table.remove' (position out of bounds)"
        ),
        LibraryCase(
            #"table.concat(table.move({1, 2, 3}, 1, 3, 2)), table.concat(table.move({1, 2, 3}, 2, 3, 1))"#,
            "1123|233"
        ),
        LibraryCase(#"table.concat(table.move({1, 2, 3}, 1, 3, 3, {9, 9}))"#, "99123"),
        LibraryCase(
            #"pcall(table.move, {}, 1, 10000001, 2)"#,
            "false|bad argument #3 to 'table.move' (too many elements to move)"
        ),
        LibraryCase(
            #"pcall(table.move, {}, 1, 2, math.maxinteger)"#,
            "false|bad argument #4 to 'table.move' (destination wrap around)"
        ),
        LibraryCase(
            #"pcall(table.move, {}, math.mininteger, math.maxinteger, 1)"#,
            "false|bad argument #3 to 'table.move' (too many elements to move)"
        ),
        LibraryCase(#"table.pack(1, nil, 3).n, table.unpack({1, 2, 3}, 2)"#, "3|2|3"),
        LibraryCase(#"select('#', table.unpack({}, 1, 10000))"#, "10000"),
        LibraryCase(#"pcall(table.unpack, {}, 1, 10001)"#, "false|too many results to unpack"),
        LibraryCase(#"pcall(table.unpack, {}, math.mininteger, math.maxinteger)"#, "false|too many results to unpack"),
        LibraryCase(#"table.unpack({1}, 2, 1)"#, ""),
        LibraryCase(
            #"pcall(table.insert, setmetatable({}, {__newindex = print}), 1)"#,
            "false|bad argument #1 to 'table.insert' (table expected without metamethods)"
        ),
        LibraryCase(
            #"pcall(table.concat, setmetatable({}, {__index = print}))"#,
            "false|bad argument #1 to 'table.concat' (table expected without metamethods)"
        ),
        LibraryCase(
            #"pcall(table.sort, setmetatable({}, {__len = print}))"#,
            "false|bad argument #1 to 'table.sort' (table expected without metamethods)"
        ),
        LibraryCase(
            #"pcall(table.insert, string, 1)"#,
            "false|bad argument #1 to 'table.insert' (table expected without metamethods)"
        ),
    ]

    static let sorting: [LibraryCase] = [
        LibraryCase(chunk: #"local t = {3, 1, 2} table.sort(t) return table.concat(t, ",")"#, "1,2,3"),
        LibraryCase(chunk: #"local t = {"b", "a", "C"} table.sort(t) return table.concat(t)"#, "Cab"),
        LibraryCase(
            chunk: #"local t = {1, 3, 2} table.sort(t, function(a, b) return a > b end) return table.concat(t)"#,
            "321"
        ),
        LibraryCase(
            chunk:
                #"local t = {"a2", "b1", "c2", "d1"} table.sort(t, function(a, b) return a:sub(2) < b:sub(2) end) return table.concat(t)"#,
            "b1d1a2c2"
        ),
        LibraryCase(
            chunk:
                #"local t, x = {}, 7 for i = 1, 3000 do x = x * 16807 % 2147483647 t[i] = x end table.sort(t) for i = 2, 3000 do if t[i - 1] > t[i] then return "wrong" end end return #t"#,
            "3000"
        ),
        LibraryCase(
            chunk:
                #"local n, t = 0, {} for i = 1, 1024 do t[i] = i end table.sort(t, function() n = n + 1 return true end) return n <= 11 * 1024"#,
            "true"
        ),
        LibraryCase(
            chunk:
                #"local t = {3, 2, 1} table.sort(t, function(a, b) t[1] = nil return a < b end) return table.concat(t)"#,
            "123"
        ),
        LibraryCase(#"pcall(table.sort, {1, "x"})"#, "false|attempt to compare string with number"),
        LibraryCase(#"pcall(table.sort, {2, 1}, function() error("no", 0) end)"#, "false|no"),
        LibraryCase(
            #"pcall(table.sort, {2, 1}, 5)"#,
            "false|bad argument #2 to 'table.sort' (function expected, got number)"
        ),
    ]

    static let numbers: [LibraryCase] = [
        LibraryCase(
            #"math.floor(3.7), math.ceil(3.2), math.floor(-3.5), math.floor(5), math.floor(1e300)"#,
            "3|4|-4|5|1e+300"
        ),
        LibraryCase(#"math.abs(-5), math.abs(-0.5), math.abs(math.mininteger) == math.mininteger"#, "5|0.5|true"),
        LibraryCase(#"math.max(1, 3, 2), math.min(2.5, 1), math.max(1, 1.5)"#, "3|1|1.5"),
        LibraryCase(#"pcall(math.max)"#, "false|bad argument #1 to 'math.max' (number expected, got no value)"),
        LibraryCase(
            #"math.fmod(7, 3), math.fmod(-7, 3), math.fmod(5.5, 2), math.fmod(math.mininteger, -1)"#,
            "1|-1|1.5|0"
        ),
        LibraryCase(#"pcall(math.fmod, 1, 0)"#, "false|bad argument #2 to 'math.fmod' (zero)"),
        LibraryCase(#"math.modf(3.5)"#, "3|0.5"),
        LibraryCase(#"math.modf(-1/0)"#, "-inf|0.0"),
        LibraryCase(
            #"math.sqrt(16), math.exp(0), math.log(8, 2), math.log(1000, 10), math.log(1)"#,
            "4.0|1.0|3.0|3.0|0.0"
        ),
        LibraryCase(
            #"math.sin(0), math.cos(0), math.tan(0), math.asin(0), math.acos(1), math.atan(0), math.atan(0, 1)"#,
            "0.0|1.0|0.0|0.0|0.0|0.0|0.0"
        ),
        LibraryCase(
            #"math.type(1), math.type(1.0), math.type("1"), math.tointeger(3.0), math.tointeger(3.5), math.tointeger(1/0)"#,
            "integer|float|nil|3|nil|nil"
        ),
        LibraryCase(
            #"math.ult(1, -1), math.ult(-1, 1), math.huge, math.maxinteger, math.mininteger"#,
            "true|false|inf|9223372036854775807|-9223372036854775808"
        ),
        LibraryCase(
            chunk:
                #"for i = 1, 2000 do local r = math.random(3, 5) if r < 3 or r > 5 then return "out" end end return "in""#,
            "in"
        ),
        LibraryCase(
            chunk: #"local r = math.random() return r >= 0 and r < 1, math.type(math.random(0))"#,
            "true|integer"
        ),
        LibraryCase(
            chunk:
                #"math.randomseed(7) local a = math.random(1 << 60) math.randomseed(7) return a == math.random(1 << 60)"#,
            "true"
        ),
        LibraryCase(#"pcall(math.random, 2, 1)"#, "false|bad argument #2 to 'math.random' (interval is empty)"),
        LibraryCase(#"pcall(math.random, 1, 2, 3)"#, "false|wrong number of arguments"),
        LibraryCase(#"math.random(math.mininteger, math.maxinteger) ~= nil"#, "true"),
    ]

    static let codePoints: [LibraryCase] = [
        LibraryCase(#"utf8.char(72, 228, 8364, 0x1F600), utf8.char()"#, "Hä€😀|"),
        LibraryCase(#"utf8.len("äöü"), utf8.len("中文", 4), utf8.len(""), utf8.len("abc", 4)"#, "3|1|0|0"),
        LibraryCase(#"utf8.len("a\xFFb")"#, "nil|2"),
        LibraryCase(#"utf8.len("\xED\xA0\x80"), utf8.len("\xED\xA0\x80", 1, -1, true)"#, "nil|1"),
        LibraryCase(#"utf8.codepoint("a€", 1, -1)"#, "97|8364"),
        LibraryCase(#"pcall(utf8.codepoint, "\xE4")"#, "false|invalid UTF-8 code"),
        LibraryCase(#"pcall(utf8.codepoint, ("a"):rep(10001), 1, -1)"#, "false|string slice too long"),
        LibraryCase(
            #"utf8.offset("a€b", 3), utf8.offset("a€b", -1), utf8.offset("a€b", 0, 3), utf8.offset("ab", 5)"#,
            "5|5|2|nil"
        ),
        LibraryCase(#"utf8.offset("a€b", 0), utf8.offset("", 0)"#, "1|1"),
        LibraryCase(#"pcall(utf8.offset, "€", 1, 2)"#, "false|initial position is a continuation byte"),
        LibraryCase(
            chunk:
                #"local t = {} for p, c in utf8.codes("aé中") do t[#t + 1] = p .. ":" .. c end return table.concat(t, " ")"#,
            "1:97 2:233 4:20013"
        ),
        LibraryCase(#"pcall(function() for _ in utf8.codes("a\x80") do end end)"#, "false|t:1: invalid UTF-8 code"),
        LibraryCase(#"pcall(utf8.char, -1)"#, "false|bad argument #1 to 'utf8.char' (value out of range)"),
    ]

    static let times: [LibraryCase] = [
        LibraryCase(
            #"os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%F %T", 951782400)"#,
            "1970-01-01 00:00:00|2000-02-29 00:00:00"
        ),
        LibraryCase(#"os.date("!%a %A %b %B %p %j %y", 0)"#, "Thu Thursday Jan January AM 001 70"),
        LibraryCase(
            #"os.date("!%c|%x|%X|%D|%R|%z|%%", 45296)"#,
            "Thu Jan  1 12:34:56 1970|01/01/70|12:34:56|01/01/70|12:34|+0000|%"
        ),
        LibraryCase(
            chunk:
                #"local t = os.date("!*t", 86399) return t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst"#,
            "1970|1|1|23|59|59|5|1|false"
        ),
        LibraryCase(#"os.time(os.date("*t", 1000000000))"#, "1000000000"),
        LibraryCase(
            chunk: #"local t = {year = 2026, month = 13, day = 32} os.time(t) return t.year, t.month, t.day, t.hour"#,
            "2027|2|1|12"
        ),
        LibraryCase(#"os.difftime(5, 3), type(os.clock()), math.type(os.time())"#, "2.0|number|integer"),
        LibraryCase(#"pcall(os.date, "%Q", 0)"#, "false|invalid conversion specifier '%Q'"),
        LibraryCase(#"pcall(os.date, "%", 0)"#, "false|invalid conversion specifier '%'"),
        LibraryCase(#"pcall(os.date, "%Y", 1 << 60)"#, "false|time out of range (years 1 to 9999)"),
        LibraryCase(#"pcall(os.date, ("x"):rep(1025))"#, "false|date text too long (limit 1024 bytes)"),
        LibraryCase(
            #"pcall(os.time, {year = 10000, month = 1, day = 2})"#,
            "false|time out of range (years 1 to 9999)"
        ),
        LibraryCase(#"pcall(os.time, {year = 2026, month = 1})"#, "false|field 'day' missing in date table"),
        LibraryCase(#"pcall(os.time, {year = 2026, month = 1.5, day = 1})"#, "false|field 'month' is not an integer"),
        LibraryCase(#"os.exit, os.getenv, os.execute, os.remove, os.tmpname, os.setlocale"#, "nil|nil|nil|nil|nil|nil"),
    ]

    @Test("table", arguments: tables)
    func checkTables(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("sort", arguments: sorting)
    func checkSorting(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("math", arguments: numbers)
    func checkNumbers(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("utf8", arguments: codePoints)
    func checkCodePoints(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("os", arguments: times)
    func checkTimes(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("two states never give the same random numbers, even with the same seed")
    func seeds() {
        let chunk = "math.randomseed(42) return math.random(0)"
        #expect(LibraryCase.run(chunk) != LibraryCase.run(chunk))
    }
}
