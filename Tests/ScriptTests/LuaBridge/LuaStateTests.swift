import LuaBridge
import Testing

struct LuaStateTests {
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

    @Test("A chunk gets arguments and gives back values of every simple type")
    func values() throws {
        let function = try state.load("local a, b, c, d = ... return d, c, b, a, nil, a + 1", chunkName: "values")
        let results = try function.call(arguments: [41, 2.5, "text", true])
        #expect(results.count == 6)
        #expect(results.boolean(0) == true)
        #expect(results.string(1) == "text")
        #expect(results.number(2) == 2.5)
        #expect(results.integer(3) == 41)
        #expect(results.isNil(4))
        #expect(results.integer(5) == 42)
    }

    @Test("Tables become trees by raw access")
    func trees() throws {
        let value = try run("return {1, 'b', {x = true}}").value(0)
        #expect(value == .array([1, "b", ["x": true]]))
        #expect(try run("return {}").value(0) == .table([]))
        #expect(try run("return {[2] = 1}").value(0) == [2: 1])
        let lying = try run("return setmetatable({a = 1}, {__index = error, __pairs = error})").value(0)
        #expect(lying == ["a": 1])
        #expect(try run("return '\\xff'").value(0) == .bytes([255]))
    }

    @Test("What does not leave Lua is refused, or given by name")
    func opaque() throws {
        let results = try run("return {print}")
        #expect(throws: LuaError.self) { try results.value(0) }
        #expect(try results.value(0, opaque: .name) == .array([.opaque("function")]))
    }

    @Test("Trees deeper than 32 and with more than 10,000 items are refused", arguments: [32, 33])
    func depth(_ levels: Int) throws {
        let results = try run("local t = {} for i = 2, \(levels) do t = {t} end return t")
        if levels == 32 {
            _ = try results.value(0)
        } else {
            #expect(throws: LuaError.self) { try results.value(0) }
        }
        let wide = try run("local t = {} for i = 1, 10000 do t[i] = i end return t")
        #expect(throws: LuaError.self) { try wide.value(0) }
    }

    @Test("A syntax error names chunk and line, and tells whether more text could help")
    func syntax() {
        let whole = fails("local x =\n = 1")
        #expect(whole?.code == .syntax)
        #expect(whole?.line == 2)
        #expect(whole?.isIncomplete == false)
        let part = fails("if x then")
        #expect(part?.code == .syntax)
        #expect(part?.isIncomplete == true)
    }

    @Test("A runtime error has message, place and traceback, and no addresses")
    func runtime() throws {
        let error = try #require(fails("local function inner()\n  local t = nil\n  return t.x\nend\ninner()"))
        #expect(error.code == .runtime)
        #expect(error.message == "test:3: attempt to index a nil value (local 't')")
        #expect(error.chunk == "test")
        #expect(error.line == 3)
        #expect(error.traceback == "test:3: in local 'inner'\ntest:5: in main chunk")
    }

    @Test("A raised table comes back as a value, with its message as text")
    func raisedTable() throws {
        let error = try #require(fails("error({message = 'no', code = 7})"))
        #expect(error.message == "no")
        #expect(error.value?["code"] == 7)
    }

    @Test("Bytecode is refused")
    func bytecode() {
        #expect(fails("\u{1B}Lua")?.code == .syntax)
    }

    @Test("Modules are loaded once, and circles are told")
    func modules() throws {
        var asked: [String] = []
        let sources = [
            "a": "return {n = require('b').n + 1}", "b": "return {n = 1}", "c": "return require('d')",
            "d": "return require('c')", "e": "error('broken')",
        ]
        let state = try LuaState(
            name: "modules",
            moduleLoader: { wanted in
                asked.append(wanted.name)
                return sources[wanted.name].map { LuaModuleSource(source: $0, chunkName: "mod/\(wanted.name).lua") }
            }
        )
        let results = try state.load("return require('a').n, require('a') == require('a')", chunkName: "t").call()
        #expect(results.integer(0) == 2)
        #expect(results.boolean(1) == true)
        #expect(asked == ["a", "b"])
        let texts = try state.load(
            """
            local _, circle = pcall(require, 'c')
            local _, missing = pcall(require, 'zz')
            local _, broken = pcall(require, 'e')
            local _, again = pcall(require, 'e')
            return circle, missing, broken, again
            """,
            chunkName: "t"
        ).call()
        #expect(texts.string(0) == "mod/d.lua:1: module 'c' needs itself, by way of other modules")
        #expect(texts.string(1) == "module 'zz' not found")
        #expect(texts.string(2) == "mod/e.lua:1: broken")
        #expect(texts.string(3) == "mod/e.lua:1: broken")
    }

    @Test("Read-only modules can be read, counted and walked, but not written")
    func frozenModules() throws {
        let date = try state.makeModule([("year", 2026), ("name", "now")])
        try state.makeModule("crm", [("date", .table(date)), ("list", .value([1, 2]))])
        let results = try run(
            """
            local seen = 0
            for k, v in pairs(crm) do seen = seen + 1 end
            local ok1 = pcall(function() crm.x = 1 end)
            local ok2 = pcall(function() crm.date.year = 1 end)
            local ok3 = pcall(rawset, crm, "x", 1)
            local ok4 = pcall(setmetatable, crm, {})
            return crm.date.year, seen, ok1, ok2, ok3, ok4, getmetatable(crm)
            """
        )
        #expect(results.integer(0) == 2026)
        #expect(results.integer(1) == 2)
        for i in 2...6 { #expect(results.boolean(i) == false, "\(i)") }
        #expect(try run("return crm").value(0)["date"]?["name"] == "now")
    }

    @Test("A closed state answers every call with an error")
    func closed() throws {
        let function = try state.load("return 1", chunkName: "t")
        state.close()
        #expect(state.isDead)
        let error = #expect(throws: LuaError.self) { try function.call() }
        #expect(error?.code == .dead)
    }

    @Test("A function does not keep its state open")
    func lifetime() throws {
        weak var gone: LuaState?
        let function: LuaFunction
        do {
            let state = try LuaState(name: "short")
            gone = state
            function = try state.load("return 1", chunkName: "t")
        }
        #expect(gone == nil)
        #expect(throws: LuaError.self) { try function.call() }
    }

    @Test("What scripts print reaches the host, up to the limit")
    func printing() throws {
        var lines: [String] = []
        var limits = LuaLimits()
        limits.logBytes = 10
        let state = try LuaState(name: "p", limits: limits, print: { lines.append($0) })
        try state.load("print('a', 1) print('0123456789') print('lost')", chunkName: "t").call()
        #expect(lines == ["a\t1", "012345"])
    }
}
