import LuaBridge
import Testing

private struct HostProblem: Error, Equatable {
    let field: String
}

struct LuaCallbackTests {
    let state: LuaState

    init() throws { state = try LuaState(name: "test") }

    @discardableResult
    private func run(_ source: String) throws -> LuaResults { try state.load(source, chunkName: "test").call() }

    private func fails(_ source: String) -> LuaError? {
        do {
            _ = try run(source)
            return nil
        } catch { return error as? LuaError }
    }

    @Test("A callback reads every type and returns several values")
    func values() throws {
        let function = try state.makeFunction("mix") { call in
            #expect(call.argumentCount == 6)
            #expect(call.type(of: 6) == .table)
            #expect(call.type(of: 7) == .none)
            call.push(try call.string(1) + "!")
            call.push(try call.integer(2) + 1)
            call.push(try call.number(3) * 2)
            call.push(try !call.boolean(4))
            call.pushNil()
            try call.push(call.value(6))
            call.pushArgument(6)
            #expect(try call.optionalString(5) == nil)
        }
        try state.setGlobal("mix", .function(function))
        let results = try run(
            "local t = {1, {x = 2}} local a, b, c, d, e, f, g = mix('hey', 41, 1.5, false, nil, t) "
                + "return a, b, c, d, e, f[2].x, f ~= t, g == t"
        )
        #expect(results.string(0) == "hey!")
        #expect(results.integer(1) == 42)
        #expect(results.number(2) == 3)
        #expect(results.boolean(3) == true)
        #expect(results.isNil(4))
        #expect(results.integer(5) == 2)
        #expect(results.boolean(6) == true)
        #expect(results.boolean(7) == true)
    }

    @Test(
        "A wrong argument is told with position, function, types and the caller's line",
        arguments: [
            ("get(nil)", "test:2: bad argument #1 to 'get' (string expected, got nil)"),
            ("get()", "test:2: bad argument #1 to 'get' (string expected, got no value)"),
            ("get(1)", "test:2: bad argument #1 to 'get' (string expected, got number)"),
            ("get('a', 1.5)", "test:2: bad argument #2 to 'get' (number has no integer representation)"),
            ("get('a', 0/0)", "test:2: bad argument #2 to 'get' (number has no integer representation)"),
            ("get('a', 1e300)", "test:2: bad argument #2 to 'get' (number has no integer representation)"),
            ("get('a', '1')", "test:2: bad argument #2 to 'get' (integer expected, got string)"),
            ("get('\\xff')", "test:2: bad argument #1 to 'get' (text is not valid UTF-8)"),
        ]
    )
    func wrongArguments(_ expression: String, _ message: String) throws {
        let function = try state.makeFunction("get") { call in
            _ = try call.string(1)
            _ = try call.optionalInteger(2)
        }
        try state.setGlobal("get", .function(function))
        let error = try #require(fails("\n" + expression))
        #expect(error.code == .argument)
        #expect(error.message == message)
        #expect(error.line == 2)
    }

    @Test("A callback knows who called it")
    func location() throws {
        var place: (chunk: String, line: Int) = ("", 0)
        let function = try state.makeFunction("here") { call in place = call.callerLocation }
        try state.setGlobal("here", .function(function))
        try run("\n\nhere()")
        #expect(place.chunk == "test")
        #expect(place.line == 3)
    }

    @Test("An error of the host comes back as the cause if no script handles it")
    func cause() throws {
        let function = try state.makeFunction("save") { _ in throw HostProblem(field: "name") }
        try state.setGlobal("save", .function(function))
        let error = try #require(fails("save()"))
        #expect(error.cause as? HostProblem == HostProblem(field: "name"))
        #expect(error.code == .runtime)
        #expect(try run("return pcall(save)").boolean(0) == false)
        #expect(fails("local ok, e = pcall(save) error(e, 0)")?.cause as? HostProblem == HostProblem(field: "name"))
        #expect(fails("pcall(save) error('other')")?.cause == nil)
    }

    @Test("Scripts see errors of the host the way the host wants")
    func converter() throws {
        state.errorValue = { error in
            guard let problem = error as? HostProblem else { return nil }
            return ["code": "invalid", "message": .string("bad " + problem.field), "field": .string(problem.field)]
        }
        let function = try state.makeFunction("save") { _ in throw HostProblem(field: "name") }
        try state.setGlobal("save", .function(function))
        let results = try run(
            "local ok, e = pcall(save) return e.code, e.field, tostring(e), getmetatable(e)"
        )
        #expect(results.string(0) == "invalid")
        #expect(results.string(1) == "name")
        #expect(results.string(2) == "bad name")
        #expect(results.boolean(3) == false)
        let error = try #require(fails("local ok, e = pcall(save) error(e)"))
        #expect(error.cause as? HostProblem == HostProblem(field: "name"))
        #expect(error.message == "bad name")
        #expect(error.value?["code"] == "invalid")
    }

    @Test("Calls nest from Lua to Swift to Lua, in one state and in two")
    func nesting() throws {
        let inner = try LuaState(name: "inner")
        let double = try inner.load("local x = ... if x == 0 then error('zero') end return x * 2", chunkName: "inner")
        let through = try state.makeFunction("through") { call in
            call.push(try double.call(arguments: [.integer(call.integer(1))]).integer(0) ?? -1)
        }
        try state.setGlobal("through", .function(through))
        let apply = try state.makeFunction("apply") { call in
            let results = try call.function(1).call(arguments: [.integer(call.integer(2))])
            call.push(results.integer(0) ?? -1)
        }
        try state.setGlobal("apply", .function(apply))
        #expect(try run("return apply(function(x) return apply(through, x) + 1 end, 4)").integer(0) == 9)
        let error = try #require(fails("apply(through, 0)"))
        #expect(error.message == "inner:1: zero")
        #expect((error.cause as? LuaError)?.chunk == "inner")
        let inCoroutine = try run(
            "return coroutine.wrap(function() return apply(function(x) return x + 1 end, 4) end)()"
        )
        #expect(inCoroutine.integer(0) == 5)
    }

    @Test("Endless nesting through the host ends with an error")
    func endlessNesting() throws {
        let apply = try state.makeFunction("apply") { call in try call.function(1).call() }
        try state.setGlobal("apply", .function(apply))
        let error = try LargeStackThread(name: "t").run { [state] () throws(LuaError) -> LuaError? in
            do throws(LuaError) {
                try state.load("local function f() apply(f) end f()", chunkName: "t").call()
                return nil
            } catch { return error }
        }
        #expect(error?.code == .runtime)
        #expect(error?.message.contains("stack overflow") == true)
    }

    @Test("Functions given to Swift live as long as Swift holds them, and no longer")
    func references() throws {
        var kept: LuaFunction?
        let keep = try state.makeFunction("keep") { call in kept = try call.function(1) }
        try state.setGlobal("keep", .function(keep))
        try run("local n = 0 keep(function() n = n + 1 return n end)")
        #expect(try kept?.call().integer(0) == 1)
        #expect(try kept?.call().integer(0) == 2)
        let before = state.statistics.bytes
        for _ in 0..<2_000 { try run("keep(function() end)") }
        kept = nil
        try run("for i = 1, 20000 do local t = {} end")
        #expect(state.statistics.bytes < before + 100_000)
    }

    @Test("A function made and returned by a callback arrives although Swift no longer holds it")
    func temporaryFunction() throws {
        let maker = try state.makeFunction("maker") { call in
            let n = try call.integer(1)
            try call.push(call.state.makeFunction("made") { inner in inner.push(n) })
        }
        try state.setGlobal("maker", .function(maker))
        #expect(try run("local s = 0 for i = 1, 100 do s = s + maker(i)() end return s").integer(0) == 5050)
    }

    @Test("Boxes of callbacks are released with their state")
    func release() throws {
        final class Token {}
        weak var gone: Token?
        do {
            let state = try LuaState(name: "r")
            let token = Token()
            gone = token
            let function = try state.makeFunction("f") { _ in withExtendedLifetime(token) {} }
            try state.setGlobal("f", .function(function))
        }
        #expect(gone == nil)
    }
}
