import CRMModel
import Foundation
import Synchronization
import Testing

@testable import CRMStorage

@Suite("Whoever waits for the lock is served in turn")
struct LockFairnessTests {
    private let folder: StoreFolder

    init() throws { folder = try StoreFolder() }

    @Test("long work of many transactions lets each waiting save in after the one that runs, or the next")
    func inTurn() throws {
        let busy = try SQLiteStore.create(path: folder.path())
        let other = try SQLiteStore.open(path: folder.path())
        let rounds = Atomic<Int>(0)
        let isDone = Atomic<Bool>(false)
        DispatchQueue.concurrentPerform(iterations: 2) { lane in
            do {
                if lane == 0 {
                    while !isDone.load(ordering: .acquiring) {
                        try busy.write { connection throws(PlatformError) in
                            try connection.put("t.b\(rounds.wrappingAdd(1, ordering: .relaxed).newValue)", "1")
                            // Long enough for one who polls to miss the moment between two transactions.
                            let end = ContinuousClock.now + .milliseconds(8)
                            while ContinuousClock.now < end { sched_yield() }
                        }
                    }
                } else {
                    defer { isDone.store(true, ordering: .releasing) }
                    while rounds.load(ordering: .relaxed) == 0 { sched_yield() }
                    for number in 0..<20 {
                        let before = rounds.load(ordering: .relaxed)
                        try other.put("t.o\(number)")
                        let passed = rounds.load(ordering: .relaxed) - before
                        #expect(passed <= 3, "\(passed) transactions of the other went before")
                    }
                }
            } catch { Issue.record(error) }
        }
        #expect(try other.count("t.o") == 20)
        try busy.close()
        try other.close()
    }

    @Test("who is kept waiting by a rehearsal is told so, whose it is, and not when it is over")
    func rehearsal() throws {
        let store = try SQLiteStore.create(path: folder.path())
        let other = try SQLiteStore.open(path: folder.path(), options: .timeout(20))
        try store.begin()
        let error = #expect(throws: PlatformError.self) { try other.put("t.a") }
        #expect(error?.code == .busy)
        #expect(error?.text(in: .en).contains("a rehearsal of ") == true)
        #expect(error?.text(in: .en).contains("process \(getpid())") == true)
        try store.rollback()
        try store.write { connection throws(PlatformError) in
            let later = #expect(throws: PlatformError.self) { try other.put("t.a") }
            #expect(later?.text(in: .en).contains("rehearsal") == false)
            try connection.put("t.b", "1")
        }
        try other.put("t.a")
        #expect(try store.count("t.") == 2)
    }
}
