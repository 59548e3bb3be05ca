import Foundation
import LuaBridge
import Testing

/// What a script tries in order to survive a limit, around a call of `bomb()`.
enum Catcher: String, CaseIterable, Sendable {
    case pcall = "while true do pcall(bomb) end"
    case handler = "while true do xpcall(bomb, function() bomb() end) end"
    case resume = "while true do local co = coroutine.create(bomb) coroutine.resume(co) end"
    case wrap = "while true do pcall(coroutine.wrap(function() bomb() end)) end"
    case close = """
        local co = coroutine.create(function()
          local x <close> = setmetatable({}, {__close = bomb}) coroutine.yield()
        end)
        coroutine.resume(co) pcall(coroutine.close, co) while true do pcall(bomb) end
        """
    case closeVariable = """
        while true do pcall(function()
          local x <close> = setmetatable({}, {__close = function() pcall(bomb) end}) bomb()
        end) end
        """
    case metamethod = "local t = setmetatable({}, {__index = bomb}) while true do pcall(function() return t.x end) end"
    case callback = """
        while true do
          pcall(table.sort, {3, 2, 1, 4}, function() bomb() end)
          pcall(string.gsub, 'abc', '.', function() pcall(bomb) end)
        end
        """
}

/// Which limit strikes.
enum Bomb: String, CaseIterable, Sendable {
    case steps = "function bomb() while true do end end"
    case memory = "held = {} function bomb() for i = 1, 1e9 do held[#held + 1] = {i, 'x' .. i} end end"
    case time = "function bomb() for i = 1, 1e18 do end end"

    var metering: LuaMetering { self == .steps ? .exact : .deadline }

    var limits: LuaLimits {
        var limits = LuaLimits()
        switch self {
        case .steps: limits.steps = 1_000_000
        case .memory: limits.memoryBytes = 2 * 1024 * 1024
        case .time: limits.cpu = .milliseconds(40)
        }
        return limits
    }

    var code: LuaError.Code { self == .memory ? .memory : .budgetExceeded }
}

struct LuaLimitTests {
    private func failure(_ state: LuaState, _ source: String) -> LuaError? {
        do {
            try state.load(source, chunkName: "test").call()
            return nil
        } catch { return error }
    }

    @Test("No script survives a limit", arguments: Catcher.allCases, Bomb.allCases)
    func uncatchable(_ catcher: Catcher, _ bomb: Bomb) throws {
        try LargeStackThread(name: "limits").run {
            let state = try LuaState(name: "limits", limits: bomb.limits, metering: bomb.metering)
            let error = failure(state, bomb.rawValue + "\n" + catcher.rawValue)
            #expect(error?.code == bomb.code)
            #expect(state.isDead)
            #expect(failure(state, "return 1")?.code == .dead)
        }
    }

    @Test(
        "Ten million turns are within 20 million steps in one call, but not in two loops of one",
        .serialized,
        arguments: [1, 3]
    )
    func steps(_ loops: Int) throws {
        let state = try LuaState(name: "steps", metering: .exact)
        let error = failure(state, String(repeating: "for i = 1, 9000000 do end ", count: loops))
        #expect(error?.code == (loops == 1 ? nil : .budgetExceeded))
        if loops == 1 {
            #expect(state.statistics.steps >= 9_000_000)
            #expect(state.statistics.steps < 9_010_000)
            #expect(failure(state, "for i = 1, 9000000 do end") == nil, "each outermost call begins anew")
        }
    }

    @Test("Nested calls share the budget of the outermost one")
    func nestedBudget() throws {
        var limits = LuaLimits()
        limits.steps = 1_000_000
        let state = try LuaState(name: "outer", limits: limits, metering: .exact)
        let work = try state.load("for i = 1, 300000 do end", chunkName: "work")
        let again = try state.makeFunction("again") { _ in try work.call() }
        try state.setGlobal("again", .function(again))
        #expect(failure(state, "again() again()") == nil)
        #expect(failure(state, "for i = 1, 10 do pcall(again) end")?.code == .budgetExceeded)
    }

    @Test("The deadline of an outer call holds for an inner one in another state")
    func nestedDeadline() throws {
        var limits = LuaLimits()
        limits.cpu = .milliseconds(30)
        let outer = try LuaState(name: "outer", limits: limits)
        let inner = try LuaState(name: "inner")
        let spin = try inner.load("while true do pcall(function() while true do end end) end", chunkName: "inner")
        let call = try outer.makeFunction("spin") { _ in try spin.call() }
        try outer.setGlobal("spin", .function(call))
        let clock = ContinuousClock()
        var error: LuaError?
        let time = clock.measure { error = failure(outer, "while true do pcall(spin) end") }
        #expect(error?.code == .budgetExceeded)
        #expect(outer.isDead)
        #expect(time < .milliseconds(800), "the inner state alone has a second")
    }

    @Test("An inner state that dies leaves the outer one alive")
    func innerDies() throws {
        var limits = LuaLimits()
        limits.cpu = .milliseconds(20)
        let outer = try LuaState(name: "outer")
        let inner = try LuaState(name: "inner", limits: limits)
        let spin = try inner.load("while true do end", chunkName: "inner")
        let call = try outer.makeFunction("spin") { _ in try spin.call() }
        try outer.setGlobal("spin", .function(call))
        let results = try outer.load("return pcall(spin)", chunkName: "t").call()
        #expect(results.boolean(0) == false)
        #expect(inner.isDead)
        #expect(!outer.isDead)
    }

    @Test("Coroutines are limited, and collected ones no longer count")
    func coroutines() throws {
        let state = try LuaState(name: "co")
        let error = failure(state, "local t = {} for i = 1, 300 do t[i] = coroutine.create(print) end")
        #expect(error?.code == .budgetExceeded)
        #expect(error?.message == "the script made too many coroutines")
        let other = try LuaState(name: "co")
        #expect(failure(other, "for i = 1, 1000 do coroutine.wrap(function() coroutine.yield() end)() end") == nil)
    }

    // In a process of its own, because its memory is measured.
    @Test("Two thousand kills leave no memory behind", .timeLimit(.minutes(2)))
    func kills() async throws {
        await #expect(processExitsWith: .success) {
            func residentBytes() throws -> Int {
                let statm = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
                let pages = statm.split(separator: " ").dropFirst().first.flatMap { Int($0) }
                return try #require(pages) * 4096
            }
            func kill(_ i: Int) throws {
                var limits = LuaLimits()
                limits.steps = 5_000
                limits.memoryBytes = 300_000
                let state = try LuaState(name: "k", limits: limits, metering: .exact)
                let grow = "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end"
                let script = try state.load(i % 2 == 0 ? "while true do end" : grow, chunkName: "k")
                let error = #expect(throws: LuaError.self) { try script.call() }
                #expect(error?.code == .memory || error?.code == .budgetExceeded)
            }
            for i in 0..<200 { try kill(i) }
            let before = try residentBytes()
            for i in 0..<2_000 { try kill(i) }
            #expect(try residentBytes() < before + 5 * 1024 * 1024)
        }
    }

    @Test(
        "A runaway is stopped soon after its deadline, in whatever it does",
        arguments: [
            "while true do end",
            "local function f() return f() end f()",
            "while true do coroutine.wrap(function() for i = 1, 100 do end end)() end",
            "local s = ('a'):rep(10000) while true do s:find(('a?'):rep(20) .. ('a'):rep(20)) end",
            "local function f(n) if n == 0 then while true do end end return 1 + f(n - 1) end f(150000)",
        ]
    )
    func deadline(_ source: String) throws {
        var limits = LuaLimits()
        limits.wall = .milliseconds(30)
        limits.steps = .max
        let state = try LuaState(name: "late", limits: limits)
        var error: LuaError?
        let time = ContinuousClock().measure { error = failure(state, source) }
        #expect(error?.code == .budgetExceeded)
        #expect(time >= .milliseconds(25))
        // 5 ms when nothing else runs; the rest is for machines that are slow and busy.
        #expect(time < .seconds(3))
    }

    @Test("An interruption stops what runs in its group as cancelled, and only that")
    func interruption() throws {
        let group = LuaStateGroup()
        let state = try LuaState(name: "running", group: group)
        let idle = try LuaState(name: "idle", group: group)
        let interrupt = try state.makeFunction("interrupt") { _ in LuaState.interrupt(group) }
        try state.setGlobal("interrupt", .function(interrupt))
        let runaway = try state.load("interrupt() pcall(function() while true do end end)", chunkName: "t")
        let error = #expect(throws: LuaError.self) { try runaway.call() }
        #expect(error?.limit == .interruption)
        #expect(state.isDead)
        #expect(try idle.load("return 1", chunkName: "t").call().integer(0) == 1)
    }

    @Test("An interruption ends what the interrupted script has called, though that begins later")
    func interruptedBefore() throws {
        let group = LuaStateGroup()
        let outer = try LuaState(name: "outer", group: group)
        let inner = try LuaState(name: "inner", group: group)
        let endless = try inner.load("while true do end", chunkName: "inner")
        var ended: LuaLimit?
        let call = try outer.makeFunction("call") { _ in
            LuaState.interrupt(group)
            do { try endless.call() } catch let error as LuaError { ended = error.limit }
        }
        try outer.setGlobal("call", .function(call))
        let error = #expect(throws: LuaError.self) { try outer.load("call()", chunkName: "outer").call() }
        #expect(ended == .interruption)
        #expect(error?.limit == .interruption)
    }

    @Test("An interruption does not reach the scripts of another group")
    func otherGroup() throws {
        let state = try LuaState(name: "running", group: LuaStateGroup())
        let other = LuaStateGroup()
        let interrupt = try state.makeFunction("interrupt") { _ in LuaState.interrupt(other) }
        try state.setGlobal("interrupt", .function(interrupt))
        let busy = try state.load("interrupt() local n = 0 for i = 1, 3e6 do n = n + 1 end return n", chunkName: "t")
        #expect(try busy.call().integer(0) == 3_000_000)
    }

    @Test("A state counts its peak")
    func peak() throws {
        let state = try LuaState(name: "peak")
        #expect(failure(state, "local s = ('x'):rep(1000000)") == nil)
        #expect(state.statistics.peakBytes > 1_000_000)
        #expect(state.statistics.peakBytes < 3_000_000)
    }
}
