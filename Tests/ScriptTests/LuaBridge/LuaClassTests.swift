import LuaBridge
import Testing

private final class Record {
    var values: [LuaValue]
    var extra: [String: LuaValue] = [:]

    init(_ values: [LuaValue]) { self.values = values }
}

private final class Money {
    let cents: Int64

    init(_ cents: Int64) { self.cents = cents }
}

struct LuaClassTests {
    let state: LuaState
    private let records: LuaClass<Record>
    private let money: LuaClass<Money>

    init() throws {
        state = try LuaState(name: "test")
        records = try LuaClass<Record>(state: state, name: "record", keys: ["name", "age"]) { type in
            type.index = { record, key, call in
                if key >= 0 { return try call.push(record.values[key]) }
                guard let name = call.keyName else { return }
                try call.push(record.extra[name] ?? .nil)
            }
            type.newIndex = { record, key, call in
                let value = try call.value(1)
                if key >= 0 {
                    record.values[key] = value
                } else if let name = call.keyName {
                    record.extra[name] = value
                }
            }
            type.methods = [
                ("changed", { record, call in call.push(try call.string(1) == "name") }),
                ("age", { _, call in call.push("method") }),
            ]
        }
        var reference: LuaClass<Money>?
        money = try LuaClass<Money>(state: state, name: "money") { type in
            func two(_ call: inout LuaCall) throws -> (Int64, Int64) {
                (try call.object(1, as: Money.self).cents, try call.object(2, as: Money.self).cents)
            }
            type.events[.add] = { call in
                let (a, b) = try two(&call)
                if let type = reference { try call.push(type.argument(Money(a + b))) }
            }
            type.events[.equal] = { call in
                let (a, b) = try two(&call)
                call.push(a == b)
            }
            type.events[.less] = { call in
                let (a, b) = try two(&call)
                call.push(a < b)
            }
            type.events[.tostring] = { call in call.push("\(try call.object(1, as: Money.self).cents) ct") }
            type.events[.length] = { call in call.push(try call.object(1, as: Money.self).cents) }
            type.events[.call] = { call in call.push(try call.integer(2) * 2) }
        }
        reference = money
        let make = try state.makeFunction("money") { [money] call in
            try call.push(money.argument(Money(call.integer(1))))
        }
        try state.setGlobal("money", .function(make))
    }

    @discardableResult
    private func run(_ source: String, _ arguments: [LuaArgument] = []) throws -> LuaResults {
        try state.load(source, chunkName: "test").call(arguments: arguments)
    }

    private func fails(_ source: String, _ arguments: [LuaArgument] = []) -> LuaError? {
        do {
            _ = try run(source, arguments)
            return nil
        } catch { return error as? LuaError }
    }

    @Test("Known keys, other keys and methods are found, methods first")
    func keys() throws {
        let record = Record(["Li", 30])
        let results = try run(
            "local r = ... r.name = 'Wang' r.note = 'x' return r.name, r.note, r.other, r:age(), r:changed('name')",
            [.object(records.argument(record))]
        )
        #expect(results.string(0) == "Wang")
        #expect(results.string(1) == "x")
        #expect(results.isNil(2))
        #expect(results.string(3) == "method")
        #expect(results.boolean(4) == true)
        #expect(record.values[0] == "Wang")
        #expect(record.extra["note"] == "x")
    }

    @Test("Fast calls hand one object over and take one result")
    func fastCalls() throws {
        let object = records.argument(Record(["Li", 30]))
        #expect(try state.load("return (...).name == 'Li'", chunkName: "t").callForBoolean(object: object))
        #expect(try state.load("return (...).name", chunkName: "t").callForString(object: object) == "Li")
        #expect(try state.load("local r = ... return 7", chunkName: "t").callForInteger(object: object) == 7)
        #expect(try state.load("local r = ... return 7.5", chunkName: "t").callForScalar(object: object) == 7.5)
        try state.load("(...).name = 'x'", chunkName: "t").call(object: object)
    }

    @Test("An object comes back as the one it was, unless its scope has ended")
    func objectResults() throws {
        let record = Record(["Li", 30])
        let scope = LuaScope()
        let results = try run("return ...", [.object(records.argument(record, scope: scope))])
        #expect(results.object(0, as: Record.self) === record)
        #expect(results.object(0, as: Money.self) == nil)
        scope.end()
        #expect(try run("return kept").isNil(0))
        let expired = try run("return ...", [.object(records.argument(record, scope: scope))])
        #expect(expired.object(0, as: Record.self) == nil)
    }

    @Test("Objects of another state are refused")
    func otherState() throws {
        let other = try LuaState(name: "other")
        let function = try other.load("return ...", chunkName: "t")
        let error = #expect(throws: LuaError.self) {
            try function.call(arguments: [.object(records.argument(Record([])))])
        }
        #expect(error?.code == .conversion)
    }

    @Test("Events work with the object on either side")
    func events() throws {
        let results = try run(
            "return tostring(money(2) + money(3)), money(1) == money(1), money(1) < money(2), #money(7), money(1)(21)"
        )
        #expect(results.string(0) == "5 ct")
        #expect(results.boolean(1) == true)
        #expect(results.boolean(2) == true)
        #expect(results.integer(3) == 7)
        #expect(results.integer(4) == 42)
        let error = try #require(fails("return 1 + money(2)"))
        #expect(error.message == "test:1: bad argument #1 to 'money' (Money expected, got number)")
    }

    @Test("A method called on the wrong self says so")
    func wrongSelf() throws {
        let object = LuaArgument.object(records.argument(Record(["Li", 30])))
        #expect(
            fails("local r = ... r.changed('name')", [object])?.message
                == "test:1: calling 'changed' on bad self (record expected, got string; call it with ':')"
        )
        #expect(fails("local r = ... r.changed(money(1), 'x')", [object])?.code == .argument)
        #expect(
            fails("local r = ... r:changed(5)", [object])?.message
                == "test:1: bad argument #1 to 'changed' (string expected, got number)"
        )
    }

    @Test("Objects without a writer are read-only, and metatables stay hidden")
    func readOnly() throws {
        #expect(fails("money(1).x = 1")?.message == "test:1: money is read-only")
        let object = LuaArgument.object(records.argument(Record(["Li", 30])))
        #expect(try run("return getmetatable((...))", [object]).isNil(0))
        #expect(try run("return tostring((...))", [object]).string(0) == "record")
        #expect(try run("return (...).__gc, (...).__index", [object]).isNil(0))
    }

    @Test("A handle is refused after its scope has ended, wherever it is used")
    func scopes() throws {
        let scope = LuaScope()
        let object = LuaArgument.object(records.argument(Record(["Li", 30]), scope: scope))
        try run("kept = ... return kept.name", [object])
        scope.end()
        for use in ["return kept.name", "kept.name = 1", "kept:changed('name')"] {
            let error = try #require(fails(use))
            #expect(error.code == .callbackExpired, "\(use)")
            #expect(error.message == "test:1: record was used after the call it belongs to had ended")
        }
        let take = try state.makeFunction("take") { call in _ = try call.object(1, as: Record.self) }
        try state.setGlobal("take", .function(take))
        #expect(fails("take(kept)")?.code == .callbackExpired)
        let other = LuaScope()
        let fresh = LuaArgument.object(records.argument(Record(["Li", 30]), scope: other))
        #expect(try run("return (...).name", [fresh]).string(0) == "Li")
    }

    @Test("Objects are released when Lua lets go of them, and with their state")
    func release() throws {
        weak var first: Record?
        weak var second: Record?
        do {
            let state = try LuaState(name: "r")
            let type = try LuaClass<Record>(state: state, name: "record") { _ in }
            do {
                let a = Record([]), b = Record([])
                first = a
                second = b
                try state.load("kept = ...", chunkName: "t").call(arguments: [.object(type.argument(a))])
                try state.load("local x = ...", chunkName: "t").call(arguments: [.object(type.argument(b))])
            }
            try state.load("for i = 1, 100000 do local t = {} end", chunkName: "t").call()
            try state.load("return 1", chunkName: "t").call()
            #expect(first != nil)
            #expect(second == nil)
        }
        #expect(first == nil)
    }
}
