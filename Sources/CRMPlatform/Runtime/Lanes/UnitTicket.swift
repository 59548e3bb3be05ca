import CRMConcurrency
import CRMModel

/// By which an asynchronous unit of work is known from outside, wherever it stands: so that it can be ended, and no other.
///
/// Work of several units has one ticket for all of them.
package final class UnitTicket: Sendable {
    private struct State {
        var isCancelled = false
        var place: (queue: LaneQueue, number: UInt64)?
    }

    private let state = Guarded(State())

    /// Makes a ticket.
    package init() {}

    /// Ends the work, whether it waits or runs, and whatever it would begin after this.
    package func cancel() {
        let place = state.withLock { state in
            state.isCancelled = true
            return state.place
        }
        place?.queue.cancel(place?.number ?? 0)
    }

    /// Ends the waiting for a lane when the deadline is over.
    func expire() {
        let place = state.withLock { $0.place }
        place?.queue.expire(place?.number ?? 0)
    }

    /// Waits for a lane, unless the work was ended already.
    func enter(
        _ queue: LaneQueue,
        until deadline: Deadline?,
        isMember: Bool,
        _ proceed: @escaping LaneQueue.Proceed
    ) {
        let isCancelled = state.withLock { state in
            if !state.isCancelled { state.place = (queue, queue.enqueue(until: deadline, isMember: isMember, proceed)) }
            return state.isCancelled
        }
        if isCancelled { proceed(.failure(PlatformError(.cancelled, Message(.unitCancelled)))) }
    }
}
