import Testing

@Suite("The basic functions of scripts")
struct BasicFunctionTests {
    static let values: [LibraryCase] = [
        LibraryCase(
            #"type(nil), type(1), type("x"), type({}), type(print), type(true)"#,
            "nil|number|string|table|function|boolean"
        ),
        LibraryCase(#"type()"#, "error: t:1: bad argument #1 to 'type' (value expected)"),
        LibraryCase(#"_VERSION"#, "Lua 5.4"),
        LibraryCase(#"select('#'), select('#', nil, nil), (select(2, "a", "b", "c"))"#, "0|2|b"),
        LibraryCase(#"select(-1, 1, 2, 3)"#, "3"),
        LibraryCase(#"select(5, 1, 2)"#, ""),
        LibraryCase(#"select(0, 1)"#, "error: t:1: bad argument #1 to 'select' (index out of range)"),
        LibraryCase(#"select(-3, 1, 2)"#, "error: t:1: bad argument #1 to 'select' (index out of range)"),
        LibraryCase(#"rawequal("a", "a"), rawequal({}, {}), rawlen({1, 2}), rawlen("abc")"#, "true|false|2|3"),
        LibraryCase(#"rawlen(5)"#, "error: t:1: bad argument #1 to 'rawlen' (table or string expected, got number)"),
        LibraryCase(#"rawget(setmetatable({}, {__index = {x = 1}}), "x")"#, "nil"),
        LibraryCase(#"rawset({}, "x", 7).x"#, "7"),
        LibraryCase(#"pcall(rawset, string, "x", 1)"#, "false|bad argument #1 to 'rawset' (table is protected)"),
        LibraryCase(#"next({}), next({5})"#, "nil|1|5"),
        LibraryCase(#"assert(1, 2)"#, "1|2"),
        LibraryCase(#"pcall(assert, false)"#, "false|assertion failed!"),
        LibraryCase(#"pcall(assert, nil, "why")"#, "false|why"),
        LibraryCase(
            #"collectgarbage, dofile, loadfile, require == nil, warn, debug, io, package"#,
            "nil|nil|nil|false|nil|nil|nil|nil"
        ),
        LibraryCase(chunk: #"local n = 0 for i, v in ipairs({5, 6, nil, 8}) do n = n + i * v end return n"#, "17"),
        LibraryCase(chunk: #"local n = 0 for k, v in pairs({a = 1, b = 2, 3}) do n = n + v end return n"#, "6"),
        LibraryCase(
            chunk:
                #"local t = setmetatable({}, {__pairs = function() return function(_, k) if not k then return 1, "v" end end end}) for k, v in pairs(t) do return k, v end"#,
            "1|v"
        ),
        LibraryCase(#"pairs(nil)"#, "error: t:1: bad argument #1 to 'pairs' (table expected, got nil)"),
    ]

    static let texts: [LibraryCase] = [
        LibraryCase(
            #"tostring(nil), tostring(true), tostring(12), tostring(1.0), tostring(-0.5), tostring("x")"#,
            "nil|true|12|1.0|-0.5|x"
        ),
        LibraryCase(#"tostring({}), tostring(print), tostring(coroutine.create(print))"#, "table|function|thread"),
        LibraryCase(#"tostring(setmetatable({}, {__name = "Order"}))"#, "table: Order"),
        LibraryCase(#"#tostring(setmetatable({}, {__name = ("n"):rep(500)}))"#, "107"),
        LibraryCase(#"tostring(setmetatable({}, {__tostring = function() return "shown" end}))"#, "shown"),
        LibraryCase(
            #"pcall(tostring, setmetatable({}, {__tostring = function() return {} end}))"#,
            "false|'__tostring' must return a string"
        ),
        LibraryCase(
            #"tonumber("10"), tonumber(" 0x10 "), tonumber("1e1"), tonumber("10", 2), tonumber("zZ", 36), tonumber("-ff", 16)"#,
            "10|16|10.0|2|1295|-255"
        ),
        LibraryCase(
            #"tonumber(""), tonumber("1 2"), tonumber("8", 8), tonumber(nil), tonumber("inf"), tonumber("nan")"#,
            "nil|nil|nil|nil|nil|nil"
        ),
        LibraryCase(#"pcall(tonumber, "1", 99)"#, "false|bad argument #2 to 'tonumber' (base out of range)"),
        LibraryCase(#"pcall(tonumber, 1, 10)"#, "false|bad argument #1 to 'tonumber' (string expected, got number)"),
    ]

    static let metatables: [LibraryCase] = [
        LibraryCase(#"getmetatable(""), getmetatable(1), getmetatable({}), getmetatable(print)"#, "nil|nil|nil|nil"),
        LibraryCase(#"getmetatable(setmetatable({}, {__metatable = "locked"}))"#, "locked"),
        LibraryCase(#"getmetatable(string)"#, "false"),
        LibraryCase(
            #"pcall(setmetatable, setmetatable({}, {__metatable = 1}), nil)"#,
            "false|cannot change a protected metatable"
        ),
        LibraryCase(
            #"pcall(setmetatable, {}, {__gc = print})"#,
            "false|bad argument #2 to 'setmetatable' (scripts have no finalizers (field '__gc'))"
        ),
        LibraryCase(
            #"pcall(setmetatable, {}, 5)"#,
            "false|bad argument #2 to 'setmetatable' (nil or table expected, got number)"
        ),
        LibraryCase(
            #"pcall(setmetatable, "", {})"#,
            "false|bad argument #1 to 'setmetatable' (table expected, got string)"
        ),
    ]

    static let errors: [LibraryCase] = [
        LibraryCase(#"pcall(error, "x", 0)"#, "false|x"),
        LibraryCase(#"pcall(function() error("x") end)"#, "false|t:1: x"),
        LibraryCase(#"pcall(function() error({7}) end)"#, "false|{7}"),
        LibraryCase(#"pcall(error)"#, "false|nil"),
        LibraryCase(#"pcall(function(...) return ... end, 1, nil, 3)"#, "true|1|nil|3"),
        LibraryCase(#"xpcall(function() error("a", 0) end, function(m) return m .. "!", 2 end)"#, "false|a!|2"),
        LibraryCase(#"xpcall(function(a, b) return a + b end, print, 1, 2)"#, "true|3"),
        LibraryCase(#"xpcall(error, function() error("again") end)"#, "false|error in error handling"),
        LibraryCase(chunk: #"local function f() return pcall(f) end f() return "back""#, "back"),
        LibraryCase(#"xpcall(print)"#, "error: t:1: bad argument #2 to 'xpcall' (function expected, got no value)"),
    ]

    static let loading: [LibraryCase] = [
        LibraryCase(#"load("return 1 + 1")()"#, "2"),
        LibraryCase(#"load("return a", "c", "t", {a = 5})()"#, "5"),
        LibraryCase(chunk: #"x = 3 return load("return x")()"#, "3"),
        LibraryCase(#"load("x =", "=c")"#, "nil|c:1: unexpected symbol near <eof>"),
        LibraryCase(#"load("\27Lua", "=c")"#, "nil|attempt to load a binary chunk (mode is 't')"),
        LibraryCase(#"load("return 1", "=c", "b")"#, "nil|attempt to load a text chunk (mode is 'b')"),
        LibraryCase(chunk: #"local i = 0 return load(function() i = i + 1 return ({"return ", "7"})[i] end)()"#, "7"),
        LibraryCase(#"load(function() error("boom", 0) end)"#, "nil|boom"),
        LibraryCase(#"load(function() return 5 < 6 end)"#, "nil|reader function must return a string"),
        LibraryCase(#"load((" "):rep(70000))"#, "nil|source text is too long (limit 65536 bytes)"),
        LibraryCase(#"load(("("):rep(151) .. "1" .. (")"):rep(151), "=c")"#, "nil|c:1: source is nested too deeply"),
        LibraryCase(#"load("return " .. ("("):rep(140) .. "1" .. (")"):rep(140))()"#, "1"),
        LibraryCase(#"load(("do "):rep(151) .. ("end "):rep(151), "=c")"#, "nil|c:1: source is nested too deeply"),
        LibraryCase(
            #"load("return " .. ("a .. "):rep(201) .. "a", "=c")"#,
            "nil|c:1: source has too long a chain of operators, fields or calls"
        ),
        LibraryCase(
            #"load("return " .. ("2^"):rep(201) .. "2", "=c")"#,
            "nil|c:1: source has too long a chain of operators, fields or calls"
        ),
        LibraryCase(
            #"load("\nreturn a" .. (".b"):rep(201), "=c")"#,
            "nil|c:2: source has too long a chain of operators, fields or calls"
        ),
        LibraryCase(
            #"load("return a" .. ("()"):rep(201), "=c")"#,
            "nil|c:1: source has too long a chain of operators, fields or calls"
        ),
        LibraryCase(
            #"load("return " .. ("not "):rep(201) .. "a", "=c")"#,
            "nil|c:1: source has too long a chain of operators, fields or calls"
        ),
        LibraryCase(#"load("local _ENV <const> = {}", "=c")"#, "nil|c:1: '_ENV' can not be declared with an attribute"),
        LibraryCase(#"load("local _ENV = {x = 4}; return x")()"#, "4"),
        LibraryCase(
            #"type(load(("a.b(1)\n"):rep(5000))), type(load(("x = x .. 'y'\n"):rep(4000)))"#,
            "function|function"
        ),
        LibraryCase(#"type(load("--[==[ ((( ]] ]==] local s = [=[ ((( ]=] .. '\\'(((' return ((s))"))"#, "function"),
    ]

    @Test("give what the manual says", arguments: values + texts + metatables)
    func checkValues(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("catch errors and hand them on", arguments: errors)
    func checkErrors(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("load only text that the compiler can take", arguments: loading)
    func checkLoading(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }
}
