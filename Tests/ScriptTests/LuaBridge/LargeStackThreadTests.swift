import LuaBridge
import Testing

private actor Worker {
    private let executor: ScriptExecutor
    private var count = 0

    init() throws { executor = try ScriptExecutor(name: "worker") }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func step() -> (Int, Bool) {
        count += 1
        return (count, executor.thread.isCurrent)
    }

    func script() throws -> Int64? {
        let state = try LuaState(name: "actor")
        return try state.load("return 6 * 7", chunkName: "t").call().integer(0)
    }
}

struct LargeStackThreadTests {
    @Test("Work runs on the thread, returns its result, throws its error and may nest")
    func run() throws {
        let thread = try LargeStackThread(name: "test")
        #expect(!thread.isCurrent)
        var seen = 0
        let result = thread.run {
            seen = 1
            return thread.run { thread.isCurrent }
        }
        #expect(result)
        #expect(seen == 1)
        #expect(throws: LuaError.self) {
            try thread.run { () throws(LuaError) in throw LuaError(code: .runtime, message: "told") }
        }
    }

    @Test("The stack is large")
    func depth() throws {
        func descend(_ levels: Int) -> Int {
            withUnsafeTemporaryAllocation(byteCount: 1_000, alignment: 8) { buffer in
                buffer[0] = 1
                return levels == 0 ? Int(buffer[0]) : descend(levels - 1) + Int(buffer[0])
            }
        }
        #expect(try LargeStackThread(name: "deep").run { descend(12_000) } == 12_001)
    }

    @Test("An actor runs all its work on its thread, in order")
    func executor() async throws {
        let worker = try Worker()
        for i in 1...100 {
            let (count, onThread) = await worker.step()
            #expect(count == i)
            #expect(onThread)
        }
        #expect(try await worker.script() == 42)
    }

    @Test("States on several threads are stopped each by its own deadline")
    func severalStates() async throws {
        await withTaskGroup(of: LuaError.Code?.self) { group in
            for i in 0..<4 {
                group.addTask {
                    do {
                        return try LargeStackThread(name: "several").run { () throws(LuaError) -> LuaError.Code? in
                            var limits = LuaLimits()
                            limits.cpu = .milliseconds(20 + 10 * Int64(i))
                            let state = try LuaState(name: "several", limits: limits)
                            do throws(LuaError) {
                                try state.load("while true do end", chunkName: "t").call()
                            } catch { return error.code }
                            return nil
                        }
                    } catch { return nil }
                }
            }
            for await code in group { #expect(code == .budgetExceeded) }
        }
    }
}
