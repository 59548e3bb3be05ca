import CRMConcurrency
import CRMModel
import Dispatch

/// Work that can wait until nobody has written for a while; done in small pieces by a thread of the process.
final class IdleWork: Sendable {
    private struct State {
        var isPlanned = false
        var lastWrite = Deadline.now
    }

    private let delay: Duration
    private let state = Guarded(State())
    private static let queue = DispatchQueue(label: "crm.idle", qos: .utility)

    /// Makes it for those who call themselves idle after that time.
    init(after delay: Duration) { self.delay = delay }

    /// Notes that somebody has written; some time after the last of them `work` is done, again and again until it says that nothing
    /// is left.
    func wroteNow(_ work: @escaping @Sendable () -> Bool) {
        state.withLock { $0.lastWrite = .now }
        planOnce(work)
    }

    private func planOnce(_ work: @escaping @Sendable () -> Bool) {
        let isFirst = state.withLock { state in
            defer { state.isPlanned = true }
            return !state.isPlanned
        }
        if isFirst { plan(work) }
    }

    private func plan(_ work: @escaping @Sendable () -> Bool) {
        Self.queue.asyncAfter(deadline: .after(delay)) { [weak self] in self?.go(work) }
    }

    private func go(_ work: @escaping @Sendable () -> Bool) {
        guard state.withLock({ ($0.lastWrite + delay).isOver }) else { return plan(work) }
        // Who writes from here on plans anew.
        state.withLock { $0.isPlanned = false }
        if work() { planOnce(work) }
    }
}

extension Lanes {
    /// How long a piece of work may keep the lane that writes, for which somebody may come at any moment.
    private static let idlePiece: Duration = .milliseconds(10)

    /// Notes that a unit on the lane has ended; what can wait is done some time after the last that has written.
    func noteEnd(on lane: Lane) {
        guard lane.kind == .write, let idle else { return }
        idle.wroteNow { [weak self] in self?.catchUpWhenIdle() ?? false }
    }

    /// Reads some of the records that wait for the search index, when nobody has the lane that writes.
    ///
    /// It is done as the system and shown to nobody. What fails now is tried again before the next search, which says why.
    ///
    /// - Returns: Whether it is worth trying again later.
    func catchUpWhenIdle() -> Bool {
        guard (try? requireOpen()) != nil, writing.rehearsal == nil else { return false }
        guard let lane = writing.acquireIfFree() else { return true }
        defer { writing.release(lane) }
        let deadline = Deadline.now + Self.idlePiece
        return lane.turn(file, until: deadline) { workspace in
            do throws(PlatformError) {
                guard try workspace.isSearchBehind() else { return false }
                return try workspace.index(upTo: workspace.searchBacklog().last).isBehind
            } catch {
                return error.code == .busy
            }
        }
    }
}
