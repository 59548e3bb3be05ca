import LuaBridge
import Testing

@Suite("Coroutines")
struct CoroutineTests {
    static let cases: [LibraryCase] = [
        LibraryCase(
            chunk:
                #"local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) return b * 2 end) local _, x = coroutine.resume(co, 1) local _, y = coroutine.resume(co, 10) return x, y, coroutine.status(co)"#,
            "2|20|dead"
        ),
        LibraryCase(
            chunk:
                #"local f = coroutine.wrap(function() for i = 1, 2 do coroutine.yield(i) end end) return f(), f(), f() == nil"#,
            "1|2|true"
        ),
        LibraryCase(
            chunk:
                #"local co = coroutine.create(print) return coroutine.status(co), coroutine.resume(co), coroutine.resume(co)"#,
            "suspended|true|false|cannot resume dead coroutine"
        ),
        LibraryCase(
            #"coroutine.isyieldable(), select(2, coroutine.running()), coroutine.wrap(coroutine.isyieldable)()"#,
            "false|true|true"
        ),
        LibraryCase(#"pcall(coroutine.yield)"#, "false|attempt to yield from outside a coroutine"),
        LibraryCase(#"coroutine.resume(coroutine.running())"#, "false|cannot resume non-suspended coroutine"),
        LibraryCase(#"pcall(coroutine.close, coroutine.running())"#, "false|cannot close a running coroutine"),
        LibraryCase(
            chunk:
                #"local co co = coroutine.create(function() return coroutine.wrap(function() return coroutine.status(co), pcall(coroutine.close, co) end)() end) return select(2, coroutine.resume(co))"#,
            "normal|false|cannot close a normal coroutine"
        ),
        LibraryCase(#"coroutine.resume(coroutine.create(function() error({9}) end))"#, "false|{9}"),
        LibraryCase(#"pcall(coroutine.wrap(function() error({9}) end))"#, "false|{9}"),
        LibraryCase(
            chunk:
                #"local f = coroutine.wrap(function() local ok, e = pcall(function() coroutine.yield(1) error("x", 0) end) coroutine.yield(e) return "end" end) return f(), f(), f()"#,
            "1|x|end"
        ),
        LibraryCase(
            chunk:
                #"local f = coroutine.wrap(function() return xpcall(function() coroutine.yield(1) error("x", 0) end, function(m) return m .. m end) end) return f(), f()"#,
            "1|false|xx"
        ),
        LibraryCase(
            chunk:
                #"local log = "" local co = coroutine.create(function() local v <close> = setmetatable({}, {__close = function() log = log .. "closed" end}) coroutine.yield() end) coroutine.resume(co) return coroutine.close(co), log, coroutine.status(co)"#,
            "true|closed|dead"
        ),
        LibraryCase(
            chunk:
                #"local co = coroutine.create(function() local v <close> = setmetatable({}, {__close = function() error("c", 0) end}) coroutine.yield() end) coroutine.resume(co) return coroutine.close(co)"#,
            "false|c"
        ),
        LibraryCase(
            chunk:
                #"local function chain() local ok, e = coroutine.resume(coroutine.create(chain)) return e end return (chain():find("stack overflow", 1, true)) ~= nil"#,
            "true"
        ),
        LibraryCase(#"coroutine.create(5)"#, "error: t:1: bad argument #1 to 'create' (function expected, got number)"),
        LibraryCase(
            #"coroutine.resume({})"#,
            "error: t:1: bad argument #1 to 'resume' (coroutine expected, got table)"
        ),
    ]

    @Test("do what the manual says", arguments: cases)
    func checkCases(_ testCase: LibraryCase) { #expect(testCase.outcome() == testCase.expected) }

    @Test("are counted while they live, and no longer")
    func counting() {
        var limits = LibraryCase.patientLimits
        limits.coroutines = 50
        let kept = "local t = {} return pcall(function() for i = 1, 51 do t[i] = coroutine.create(print) end end)"
        #expect(LibraryCase.run(kept, limits: limits) == "stopped: budgetExceeded")
        let ended = "for i = 1, 500 do coroutine.wrap(function() end)() end return 'ok'"
        #expect(LibraryCase.run(ended, limits: limits) == "ok")
        let dropped = "for i = 1, 500 do coroutine.create(print) end return 'ok'"
        #expect(LibraryCase.run(dropped, limits: limits) == "ok")
    }

    @Test("cannot run the C stack down by closing each other")
    func closing() {
        var limits = LibraryCase.patientLimits
        limits.coroutines = 2000
        let chunk = """
            local all = {}
            for i = 1, 1000 do
                all[i] = coroutine.create(function()
                    local v <close> = setmetatable({}, {__close = function()
                        if all[i + 1] then
                            local ok, e = coroutine.close(all[i + 1])
                            if not ok then error(e, 0) end
                        end
                    end})
                    coroutine.yield()
                end)
                coroutine.resume(all[i])
            end
            return coroutine.close(all[1])
            """
        let outcome = LibraryCase.run(chunk, limits: limits)
        #expect(outcome.hasPrefix("false|"))
        #expect(outcome.contains("stack overflow"))
    }
}
