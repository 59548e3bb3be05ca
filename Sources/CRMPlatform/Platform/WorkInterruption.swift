import CRMConcurrency
import CRMModel
import CRMRuntime

/// Lets a person stop work of many steps between two of them: an import, so that what is in stays in; a backup in each of its
/// parts.
final class WorkInterruption: Sendable {
    private struct State {
        var running = 0
        var requested: ContinuousClock.Instant?
        var copy: Lanes?
    }

    private let state = Guarded(State())

    /// Asks the work that runs to stop; from any thread.
    ///
    /// - Returns: How long ago it was first asked, and the copy of the company that it works on now; nil when none runs.
    @discardableResult
    func request() -> (since: Duration, copy: Lanes?)? {
        state.withLock { state in
            guard state.running > 0 else { return nil }
            let now = ContinuousClock.now
            let requested = state.requested ?? now
            state.requested = requested
            return (now - requested, state.copy)
        }
    }

    /// Whether the work is to stop.
    var isRequested: Bool { state.withLock { $0.requested != nil } }

    /// Runs work that may be stopped.
    ///
    /// - Throws: What the body throws.
    func during<T>(_ body: () throws(PlatformError) -> T) throws(PlatformError) -> T {
        state.withLock { state in
            if state.running == 0 { state.requested = nil }
            state.running += 1
        }
        defer {
            state.withLock { state in
                state.running -= 1
                state.copy = nil
            }
        }
        return try body()
    }

    /// Says on which copy of the company the work goes on, nil when on none any more.
    func worksOn(_ copy: Lanes?) { state.withLock { $0.copy = copy } }
}
