import LuaBridge
import Testing

@Suite("Limits of the library")
struct LibraryLimitTests {
    /// Each would run for minutes, or for ever, if the functions did not charge for what they do.
    static let endless: [String] = [
        #"string.find(("a"):rep(100000), ("a*"):rep(30) .. "b")"#,
        #"string.find(("a"):rep(1000000), ".-b")"#,
        #"string.find(("a"):rep(1000000), "a.-a.-a.-b")"#,
        #"local s = ("a"):rep(4000000) string.find(s, ("a"):rep(2000000) .. "b", 1, true)"#,
        #"while true do pcall(string.rep, "x", 4000000) end"#,
        #"local s = ("x"):rep(100000) while true do pcall(string.gsub, s, "", "") end"#,
        #"local t = {} for i = 1, 10000 do t[i] = i end while true do pcall(table.sort, t, function() return true end) end"#,
        #"while true do pcall(table.move, {}, 1, 10000000, 2) end"#,
        #"local s = ("x"):rep(1000000) while true do pcall(utf8.len, s) end"#,
        #"while true do pcall(function() while true do end end) end"#,
        #"while true do xpcall(error, function() while true do end end) end"#,
        #"local f = coroutine.wrap(function() while true do pcall(coroutine.yield) end end) while true do pcall(f) end"#,
        #"coroutine.wrap(function() local v <close> = setmetatable({}, {__close = function() while true do end end}) error("x") end)()"#,
        #"while true do pcall(load, ("x=1 "):rep(16000)) end"#,
        #"local t = {("x"):rep(1000)} for i = 2, 9999 do t[i] = t[1] end while true do table.concat(t) end"#,
        #"while true do pcall(string.format, "%99.99f%99.99f%99.99f", 1e308, 1e308, 1e308) end"#,
        #"while true do pcall(coroutine.close, coroutine.create(print)) end"#,
    ]

    @Test("end whatever a script calls, and no pcall survives it", arguments: endless)
    func checkEndless(_ chunk: String) {
        var limits = LibraryCase.patientLimits
        limits.steps = 2_000_000
        #expect(LibraryCase.run(chunk, limits: limits) == "stopped: budgetExceeded")
    }

    static let large: [LibraryCase] = [
        LibraryCase(chunk: #"local function f(n) return 1 + f(n + 1) end return (pcall(f, 1))"#, "false"),
        LibraryCase(#"pcall(string.rep, "x", 16777217)"#, "false|resulting string too large"),
        LibraryCase(#"pcall(string.gsub, ("x"):rep(200000), "x", ("y"):rep(100))"#, "false|resulting string too large"),
        LibraryCase(
            chunk: #"local s, t = ("x"):rep(1000000), {} for i = 1, 17 do t[i] = s end return pcall(table.concat, t)"#,
            "false|resulting string too large"
        ),
        LibraryCase(
            chunk:
                #"local s, t = ("x"):rep(1000000), {} for i = 1, 17 do t[i] = s end return pcall(string.format, ("%s"):rep(17), table.unpack(t))"#,
            "false|resulting string too large"
        ),
        LibraryCase(
            chunk:
                #"local function f(s) return (s:gsub(".", f)) end return (select(2, pcall(f, "a")):find("stack overflow", 1, true)) ~= nil"#,
            "true"
        ),
        LibraryCase(
            chunk:
                #"local t = setmetatable({}, {__tostring = tostring}) return (select(2, pcall(tostring, t)):find("stack overflow", 1, true)) ~= nil"#,
            "true"
        ),
    ]

    @Test("refuse results that are too large and calls that are nested too deep", arguments: large)
    func checkLarge(_ testCase: LibraryCase) {
        var limits = LibraryCase.patientLimits
        limits.memoryBytes = 128 * 1024 * 1024
        #expect(LibraryCase.run(testCase.source, limits: limits) == testCase.expected)
    }

    @Test("a caught error leaves the count of nested calls as it was")
    func nesting() {
        let chunk = """
            for i = 1, 1000 do
                pcall(string.gsub, "x", "x", function() error("e") end)
                pcall(table.sort, {2, 1}, function() error("e") end)
                pcall(tostring, setmetatable({}, {__tostring = error}))
                coroutine.wrap(function()
                    pcall(function() pcall(coroutine.yield) error("e") end)
                    coroutine.yield()
                end)()
            end
            return ("x"):gsub("x", function() return "y" end)
            """
        #expect(LibraryCase.run(chunk) == "y|1")
    }
}
