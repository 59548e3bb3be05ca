import Testing

@testable import LuaBridge

private final class Token {
    nonisolated(unsafe) static var living = 0  // only the one test below counts, on one thread

    init() { Token.living += 1 }

    deinit { Token.living -= 1 }
}

struct LuaMemoryTests {
    private static let script = """
        local t = {}
        for i = 1, 4 do
          local token = make("n" .. i)
          t[#t + 1] = {token = token, name = token.name, text = tostring(token)}
          token.name = "other" .. i
          pcall(fail, {1, 2, {x = i}})
          local co = coroutine.wrap(function(a) local b = coroutine.yield(apply(function() return a .. "!" end)) end)
          co("y" .. i)
        end
        table.sort(t, function(a, b) return a.name < b.name end)
        local data = echo({list = {1, 2, 3}, text = string.rep("ab", 20), f = {g = {h = "deep"}}})
        return string.format("%d %s %s", #t, data.text, data.f.g.h), data
        """

    private func once(failing count: Int64?) throws {
        let state = try LuaState(name: "memory")
        let type = try LuaClass<Token>(state: state, name: "token", keys: ["name"]) { type in
            type.index = { _, _, call in call.push("name of a token that is long enough to be allocated") }
            type.newIndex = { _, _, call in _ = try call.value(1) }
        }
        let make = try state.makeFunction("make") { call in
            _ = try call.string(1)
            try call.push(type.argument(Token()))
            try call.push(type.argument(Token()))
        }
        let fail = try state.makeFunction("fail") { call in
            try call.push(type.argument(Token()))
            throw call.badArgument(1, "not this one")
        }
        let apply = try state.makeFunction("apply") { call in
            call.push(try call.function(1).call().string(0) ?? "")
        }
        let echo = try state.makeFunction("echo") { call in try call.push(call.value(1)) }
        for (name, function) in [("make", make), ("fail", fail), ("apply", apply), ("echo", echo)] {
            try state.setGlobal(name, .function(function))
        }
        let chunk = try state.load(LuaMemoryTests.script, chunkName: "memory")
        if let count { state.failAllocation(after: count) }
        do {
            let results = try chunk.call()
            _ = try results.value(1)
        } catch {
            #expect(error.code == .memory || error.code == .dead, "\(error.message)")
        }
        if count != nil { state.failAllocation(after: -1) }
    }

    @Test("Whichever allocation fails, nothing crashes and no object of the host is left behind")
    func failingAllocations() throws {
        try once(failing: nil)
        #expect(Token.living == 0)
        for count in 0..<Int64(300) {
            try once(failing: count)
            #expect(Token.living == 0, "allocation \(count)")
        }
    }
}
