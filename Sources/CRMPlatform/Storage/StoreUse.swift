package import CRMModel
import Synchronization

/// Ends what a unit of work does in a store: the statement that runs, those that follow, and the waiting for locks.
///
/// May be set from any thread.
package final class StopSignal: Sendable {
    private let flag = Atomic<Bool>(false)
    private let times = Atomic<Int>(0)

    /// Makes a signal that is not set.
    package init() {}

    /// Whether the work is to end.
    package var isSet: Bool { flag.load(ordering: .relaxed) }

    /// How often it was set; work of several units looks between them whether it has become more.
    package var count: Int { times.load(ordering: .relaxed) }

    /// Says that the work is to end.
    package func set() {
        times.wrappingAdd(1, ordering: .relaxed)
        flag.store(true, ordering: .relaxed)
    }

    /// Lets work go on: the next one is not meant.
    package func clear() { flag.store(false, ordering: .relaxed) }
}

/// How a store is used by whoever works in it: what ends the work and the waiting for it, and what it sees.
package struct StoreUse: Sendable {
    /// Ends it from another thread; those with the same signal are given the same reader when it is free.
    package var stop: StopSignal?
    /// When waiting for locks ends at the latest; nil for the store's own time.
    package var deadline: Deadline?
    /// Whether the transaction of a rehearsal is seen; without it only what is committed.
    package var seesRehearsal = true
    /// Whether one statement is all that is read, so that it needs no view.
    package var isOneStatement = false

    /// The use of those who have no lane.
    package init() {}

    /// How long may be waited, in milliseconds; no longer than the store waits anyway.
    func patience(_ usual: Int) -> Int {
        guard let deadline else { return usual }
        let left = deadline.left.components
        guard left.seconds < 1_000_000 else { return usual }
        return max(0, min(usual, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000)))
    }
}
