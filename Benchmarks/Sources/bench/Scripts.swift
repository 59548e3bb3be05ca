import CBench
import CRMPlatform
import Foundation
import LuaBridge

/// The goals of scripts in (h): what the guard costs, and how soon a runaway is stopped.
struct Scripts {
    let size: Subjects.Size

    /// Guarded calls through the bridge beside unguarded ones in C.
    func guarded() throws -> [Comparison] {
        let thread = try LargeStackThread(name: "bench")
        let rows = (1...1000).map { BenchRow(number: $0) }
        let boxes = rows.map { RowBox($0) }
        return try thread.run { () throws -> [Comparison] in
            let bridge = try Bridge()
            let loops = size.count(200)
            var loop = Comparison(
                "h",
                "guarded loop of 100,000 turns, beside unguarded in C",
                .atLeast(0.9),
                operations: loops
            )
            try loop.run(
                rounds: size.rounds,
                subject: { _ in for _ in 0..<loops { try bridge.loop() } },
                yardstick: { _ in bench_lua(BENCH_LUA_LOOP, rows, 1000, Int32(loops)) }
            )
            let calls = size.count(200_000)
            var table = Comparison(
                "h",
                "guarded call with proxy, beside unguarded with a table in C",
                .atLeast(0.9),
                operations: calls
            )
            try table.run(
                rounds: size.rounds,
                subject: { _ in for index in 0..<calls { try bridge.validate(boxes[index % boxes.count]) } },
                yardstick: { _ in bench_lua(BENCH_LUA_TABLE, rows, 1000, Int32(calls)) }
            )
            var proxy = Comparison(
                "–",
                "guarded call with proxy, beside unguarded with proxy in C",
                .none,
                operations: calls
            )
            try proxy.run(
                rounds: size.rounds,
                subject: { _ in for index in 0..<calls { try bridge.validate(boxes[index % boxes.count]) } },
                yardstick: { _ in bench_lua(BENCH_LUA_PROXY, rows, 1000, Int32(calls)) }
            )
            return [loop, table, proxy]
        }
    }

    /// How long after its deadline a script that never ends is stopped.
    func runaways() throws -> [Figure] {
        let thread = try LargeStackThread(name: "runaway")
        let scripts = [
            ("endless loop", "while true do end"),
            ("endless tail calls", "local function f() return f() end f()"),
            ("endless loop in a coroutine", "coroutine.wrap(function() while true do end end)()"),
            ("endless loop under pcall", "while true do pcall(function() while true do end end) end"),
        ]
        return try scripts.map { name, source in
            let late = try thread.run { () throws -> [Double] in try (0..<11).map { _ in try Self.late(source) } }
            return Figure(mark: "h", name: "\(name), stopped after its deadline", milliseconds: late, limit: 50)
        }
    }

    private static func late(_ source: String) throws -> Double {
        var limits = LuaLimits()
        limits.cpu = .milliseconds(50)
        limits.wall = .milliseconds(50)
        let state = try LuaState(name: "runaway", limits: limits)
        let function = try state.load(source, chunkName: "runaway")
        let start = Elapsed.now
        do {
            try function.call()
            throw BenchError("a script that never ends has ended")
        } catch let error as LuaError where error.code == .budgetExceeded {
            return (Elapsed.now.wall - start.wall) * 1000 - 50
        }
    }
}

/// A row that scripts see as a proxy.
private final class RowBox {
    let texts: [String]
    let revenue: Double
    let rating: Int64

    init(_ row: BenchRow) {
        texts = row.values.map(\.displayText)
        revenue = Double(row.revenue_cents) / 100
        rating = Int64(row.rating)
    }
}

/// The script of the yardstick in a guarded state.
private final class Bridge {
    private let state: LuaState
    private let type: LuaClass<RowBox>
    private let function: LuaFunction
    private let looping: LuaFunction

    init() throws {
        state = try LuaState(name: "bench")
        type = try LuaClass(state: state, name: "row", keys: ["name", "email", "revenue", "status", "rating"]) {
            definition in
            definition.index = { box, key, call in
                switch key {
                case 0: call.push(box.texts[0])
                case 1: call.push(box.texts[1])
                case 2: call.push(box.revenue)
                case 3: call.push(box.texts[5])
                case 4: call.push(box.rating)
                default: call.pushNil()
                }
            }
        }
        try state.load(String(cString: bench_lua_script()), chunkName: "bench").call()
        function = try Self.global("validate", in: state)
        looping = try Self.global("loop", in: state)
    }

    private static func global(_ name: String, in state: LuaState) throws -> LuaFunction {
        guard let function = try state.load("return \(name)", chunkName: name).call().function(0) else {
            throw BenchError("the script has no \(name)")
        }
        return function
    }

    func loop() throws { try looping.call() }

    func validate(_ row: RowBox) throws {
        guard try function.callForBoolean(object: type.argument(row)) else { throw BenchError("validate") }
    }
}
