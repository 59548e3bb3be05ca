import Synchronization

/// Lets a person stop an import between two rows, so that what is in stays in.
final class ImportInterruption: Sendable {
    private struct State {
        var running = 0
        var requested: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// Asks the imports that run to stop; false when none runs, or when they were asked more than two seconds ago and
    /// run still.
    func request() -> Bool {
        state.withLock { state in
            guard state.running > 0 else { return false }
            let now = ContinuousClock.now
            if let requested = state.requested { return now - requested < .seconds(2) }
            state.requested = now
            return true
        }
    }

    /// Whether imports are to stop.
    var isRequested: Bool { state.withLock { $0.requested != nil } }

    /// An import begins.
    func begin() {
        state.withLock { state in
            if state.running == 0 { state.requested = nil }
            state.running += 1
        }
    }

    /// An import has ended.
    func end() {
        state.withLock { $0.running -= 1 }
    }
}
