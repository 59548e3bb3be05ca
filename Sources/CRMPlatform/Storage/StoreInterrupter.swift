import CRMConcurrency
import Synchronization

/// Stops the statements of one connection from any thread: for Ctrl-C and for budgets.
///
/// A request holds until the unit of work in which it arrives has ended; between units it does nothing.
package final class StoreInterrupter: Sendable {
    /// The handle as a number, so that it may cross threads; 0 once the connection is closed.
    private struct State {
        var handle: UInt
        var isInUse = false
    }

    private let state: Guarded<State>
    private let requested = Atomic<Bool>(false)

    init(handle: OpaquePointer) {
        state = Guarded(State(handle: UInt(bitPattern: handle)))
    }

    /// Whether a stop was asked for in the unit of work that runs.
    package var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Stops the statement that runs and every further one of the same unit of work with `cancelled`.
    package func request() {
        state.withLock { state in
            guard state.isInUse, let handle = OpaquePointer(bitPattern: state.handle) else { return }
            requested.store(true, ordering: .relaxed)
            Self.interrupt(handle)
        }
    }

    /// A unit of work begins.
    func enter() {
        state.withLock { state in
            state.isInUse = true
            requested.store(false, ordering: .relaxed)
        }
    }

    /// The unit of work has ended.
    func leave() {
        state.withLock { state in
            state.isInUse = false
            requested.store(false, ordering: .relaxed)
        }
    }

    /// The connection is about to be closed.
    func close() {
        state.withLock { $0.handle = 0 }
    }
}
