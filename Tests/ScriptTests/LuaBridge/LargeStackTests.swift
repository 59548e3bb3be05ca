import CRMConcurrency
import Foundation
import LuaBridge
import Synchronization
import Testing

struct LargeStackTests {
    @Test("Work runs on the caller's thread, returns its result, throws its error and may nest")
    func run() throws {
        let stack = try LargeStack(name: "test")
        #expect(!stack.isCurrent)
        let thread = Thread.current
        var seen = 0
        let result = stack.run {
            seen = 1
            return stack.run { stack.isCurrent && Thread.current === thread }
        }
        #expect(result)
        #expect(seen == 1)
        #expect(!stack.isCurrent)
        #expect(throws: LuaError.self) {
            try stack.run { () throws(LuaError) in throw LuaError(code: .runtime, message: "told") }
        }
        #expect(stack.run { 7 } == 7)
    }

    @Test("The stack is large, also for a thread with a small one")
    func depth() throws {
        @Sendable func descend(_ levels: Int) -> Int {
            var room = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25)
            return withUnsafeMutableBytes(of: &room) { bytes in
                bytes[8] = UInt8(truncatingIfNeeded: levels)
                return levels == 0 ? 1 : descend(levels - 1) + 1
            }
        }
        let stack = try LargeStack(name: "deep")
        let levels = Atomic<Int>(0)
        onThread(stackBytes: 256 << 10) { levels.store(stack.run { descend(60_000) }, ordering: .relaxed) }
        #expect(levels.load(ordering: .relaxed) == 60_001)
    }

    @Test("A stack within another's work and back again is the same work")
    func nested() throws {
        let (first, second) = (try LargeStack(name: "first"), try LargeStack(name: "second"))
        let order = first.run {
            second.run {
                let inner = first.run { (first.isCurrent, second.isCurrent) }
                return inner == (true, true)
            } && !second.isCurrent
        }
        #expect(order)
    }

    @Test("Of many threads one is on the stack at a time, and all have their turns")
    func turns() throws {
        let stack = try LargeStack(name: "turns")
        // Only ever touched on the stack.
        nonisolated(unsafe) var count = 0
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<2_000 {
                stack.run {
                    let before = count
                    if before % 64 == 0 { sched_yield() }
                    count = before + 1
                }
            }
        }
        #expect(count == 16_000)
    }

    @Test("A state goes from thread to thread, and is stopped by its deadline on each, whatever signals are blocked")
    func deadlines() throws {
        let stack = try LargeStack(name: "deadline")
        let codes = Guarded<[LuaError.Code?]>([])
        for _ in 0..<4 {
            onThread(stackBytes: 512 << 10) {
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_BLOCK, &all, nil)
                let script = { () -> LuaError.Code? in
                    var limits = LuaLimits()
                    limits.cpu = .milliseconds(20)
                    do throws(LuaError) {
                        let state = try LuaState(name: "t", limits: limits)
                        #expect(try state.load("return 6 * 7", chunkName: "t").call().integer(0) == 42)
                        try state.load("while true do end", chunkName: "t").call()
                        return nil
                    } catch { return error.code }
                }
                // On the stack, and on the thread's own afterwards.
                codes.withLock { $0.append(stack.run(script)) }
                codes.withLock { $0.append(script()) }
            }
        }
        #expect(codes.withLock { $0 } == Array(repeating: .budgetExceeded, count: 8))
    }

    @Test("Code of an actor runs on the stack without leaving the actor")
    func actors() async throws {
        let keeper = try Keeper()
        #expect(await keeper.add() == 1)
        #expect(await keeper.add() == 2)
    }
}

private actor Keeper {
    private let stack: LargeStack
    private var count = 0

    init() throws { stack = try LargeStack(name: "actor") }

    func add() -> Int {
        stack.run {
            preconditionIsolated()
            count += 1
            return count
        }
    }
}

/// Runs the work on a thread of its own with a stack of that size, and waits for it.
private func onThread(stackBytes: Int, _ work: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        work()
        done.signal()
    }
    thread.stackSize = stackBytes
    thread.start()
    done.wait()
}
