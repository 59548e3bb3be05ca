import Foundation
import LuaBridge
import TestSupport
import Testing

/// Loops of the interpreter that no hook sees: one instruction, or the compiler, would go on for minutes.
enum LongInstruction: String, CaseIterable, Sendable {
    /// All keys of a table collide when it is spread anew.
    case rehash = "local t = {} for i = 1, (1 << 18) + 1 do t[i * ((1 << 19) - 1)] = true end"
    /// The same with floats.
    case floats = "local t = {} for i = 1, (1 << 18) + 1 do t[(i * ((1 << 19) - 1)) * 2.0 ^ 60] = true end"
    /// Each table of a chain is the key of the one before it, and only the last is held.
    case ephemerons = """
        local weak = {__mode = 'k'}
        local all, key = {}, {}
        local last = key
        for i = 1, 60000 do
          local holder, value = setmetatable({}, weak), {}
          holder[key] = value
          key = value
          all[60001 - i] = holder
        end
        while true do local x = {} end
        """
    case jumps, elseifs, lookups

    var source: String {
        switch self {
        case .jumps: "local a return a" + String(repeating: " or a", count: 190_000)
        case .elseifs: "local a if a then " + String(repeating: "elseif a then ", count: 70_000) + "end"
        case .lookups:
            // Every read walks the whole chain of keys that collide.
            """
            local t, n = {}, 1 << 13
            for i = 1, n do t[i * ((1 << 14) - 1)] = true end
            while true do for i = 1, n do local x = t[(n + i) * ((1 << 14) - 1)] end end
            """
        default: rawValue
        }
    }
}

@Suite("Instructions that no hook interrupts", .tags(.slow), .serialized)
struct LongInstructionTests {
    private var limits: LuaLimits {
        var limits = LuaLimits()
        limits.cpu = .milliseconds(200)
        return limits
    }

    private func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("end with the limit of time, and the state with them", arguments: LongInstruction.allCases)
    func end(_ instruction: LongInstruction) throws {
        let state = try LuaState(name: "long", limits: limits)
        let before = processorSeconds()
        let error = #expect(throws: LuaError.self) {
            try state.load(instruction.source, chunkName: "long.lua").call()
        }
        #expect(error?.code == .budgetExceeded)
        #expect(error?.limit == .time)
        // The limit, the grace and what a busy machine adds; without an end these take ten seconds to two minutes.
        #expect(processorSeconds() - before < 2)
        #expect(state.isDead)
        let after = #expect(throws: LuaError.self) { try state.load("return 1", chunkName: "after").call() }
        #expect(after?.code == .dead)
        #expect(after?.limit == .time)
    }

    @Test("do not take other states with them, nor the host's objects")
    func around() throws {
        var limits = limits
        limits.cpu = .seconds(20)
        let outer = try LuaState(name: "outer", limits: limits)
        let inner = try LuaState(name: "inner", limits: self.limits)
        final class Held {}
        weak var seen: Held?
        do {
            let held = Held()
            seen = held
            let type = try LuaClass<Held>(state: inner, name: "held") { _ in }
            try inner.setGlobal("held", .object(type.argument(held, cost: 1000)))
        }
        #expect(seen != nil)
        let run = try inner.load(LongInstruction.rehash.source, chunkName: "inner.lua")
        let call = try outer.makeFunction("inner") { call in
            do { try run.call() } catch let error as LuaError { call.push("\(error.code)") }
        }
        try outer.setGlobal("inner", .function(call))
        let result = try outer.load("local code = inner() return code .. '!'", chunkName: "outer.lua").call()
        #expect(try result.value(0) == "budgetExceeded!")
        #expect(inner.isDead)
        inner.close()
        #expect(seen == nil)
        #expect(try outer.load("return 6 * 7", chunkName: "outer.lua").call().value(0) == 42)
    }

    @Test("within a call of the same state end that call too")
    func within() throws {
        let state = try LuaState(name: "within", limits: limits)
        let inner = try state.load(LongInstruction.rehash.source, chunkName: "inner.lua")
        let call = try state.makeFunction("inner") { _ in
            do { try inner.call() } catch is LuaError {}
        }
        try state.setGlobal("inner", .function(call))
        let error = #expect(throws: LuaError.self) {
            try state.load("pcall(inner) while true do end", chunkName: "outer.lua").call()
        }
        #expect(error?.limit == .time)
    }

    @Test("leave no memory behind, however many are ended")
    func leaks() throws {
        func resident() throws -> Int {
            let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
            return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) }) * 4096
        }
        func once() throws {
            var limits = limits
            limits.cpu = .milliseconds(10)
            let state = try LuaState(name: "long", limits: limits)
            #expect(throws: LuaError.self) { try state.load(LongInstruction.ephemerons.source, chunkName: "x").call() }
            let table = try LuaState(name: "long", limits: self.limits)
            #expect(throws: LuaError.self) { try table.load(LongInstruction.rehash.source, chunkName: "x").call() }
        }
        try once()
        let before = try resident()
        for _ in 0..<8 { try once() }
        // Each state held up to 18 MB.
        #expect(try resident() - before < 40 << 20)
    }
}
