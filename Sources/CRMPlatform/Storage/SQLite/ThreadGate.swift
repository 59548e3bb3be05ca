import Foundation
import Synchronization

/// Lets one thread at a time use a connection; the thread that is in may enter again.
///
/// `@unchecked Sendable`: `depth` is read and written only while `condition` is locked.
final class ThreadGate: @unchecked Sendable {
    private let condition = NSCondition()
    private let owner = Atomic<UInt>(0)
    private var depth = 0

    /// Whether the calling thread is in.
    var isHeldByThisThread: Bool { owner.load(ordering: .relaxed) == Self.thread }

    /// Whether the calling thread, which is in, has entered but once.
    var isOutermost: Bool { condition.withLock { depth == 1 } }

    /// Enters, waiting for at most so many milliseconds; false when another thread stayed in.
    func enter(timeoutMilliseconds: Int) -> Bool {
        let thread = Self.thread
        condition.lock()
        defer { condition.unlock() }
        if depth > 0, owner.load(ordering: .relaxed) != thread {
            let deadline = Date(timeIntervalSinceNow: Double(timeoutMilliseconds) / 1000)
            while depth > 0 {
                guard condition.wait(until: deadline) || depth == 0 else { return false }
            }
        }
        depth += 1
        owner.store(thread, ordering: .relaxed)
        return true
    }

    /// Leaves.
    func leave() {
        condition.lock()
        depth -= 1
        if depth == 0 {
            owner.store(0, ordering: .relaxed)
            condition.signal()
        }
        condition.unlock()
    }

    /// The calling thread as a number other than 0.
    static var thread: UInt {
        #if canImport(Darwin)
        UInt(bitPattern: pthread_self())
        #else
        UInt(pthread_self())
        #endif
    }
}
