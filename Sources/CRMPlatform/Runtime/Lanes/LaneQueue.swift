import CRMConcurrency
import CRMModel
import Dispatch
import Synchronization

/// The lanes of a kind, and who waits for one: in the order in which they came, and not more than a limit.
///
/// Lanes are made when they are first needed.
final class LaneQueue: Sendable {
    /// What becomes of somebody who waits: they are given a lane, or told why not.
    typealias Proceed = @Sendable (Result<Lane, PlatformError>) -> Void

    /// Somebody who waits.
    private struct Request {
        let number: UInt64
        let deadline: Deadline?
        /// Whether it may have the lane although somebody rehearses.
        let isMember: Bool
        let proceed: Proceed
    }

    private struct State {
        var lanes: [Lane]
        /// Those that nobody has; the one used last comes first.
        var idle: [Lane]
        var waiting: [Request] = []
        var last: UInt64 = 0
        var isClosed = false
        var rehearsal: Rehearsal?
    }

    private let kind: Lane.Kind
    private let owner: UInt64
    private let limit: Int
    private let waitingLimit: Int
    private let state: Guarded<State>
    private let isOccupied = Atomic<Bool>(false)

    /// Makes a queue with the lanes that are there already.
    init(_ kind: Lane.Kind, owner: UInt64, limit: Int, waitingLimit: Int, lanes: [Lane] = []) {
        self.kind = kind
        self.owner = owner
        self.limit = max(1, min(limit, Lane.limit))
        self.waitingLimit = max(0, waitingLimit)
        state = Guarded(State(lanes: lanes, idle: lanes))
    }

    // MARK: - Having a lane

    /// Gives the caller a lane; waits for one until the deadline.
    ///
    /// - Throws: `busy` when too many wait already, or somebody rehearses; `limitExceeded` when there was none in time;
    ///   `storage` when the file is closed.
    func acquire(until deadline: Deadline?, isMember: Bool) throws(PlatformError) -> Lane {
        let given = try state.withLock { state throws(PlatformError) -> Lane? in
            try Self.requireOpen(state)
            return try next(&state, isMember)
        }
        if let given { return given }
        let place = WaitingPlace()
        let number = enqueue(until: deadline, isMember: isMember) { place.tell($0) }
        return try place.wait(until: deadline) { expire(number) }.get()
    }

    /// Gives the caller a lane when one is free at once.
    func acquireIfFree() -> Lane? {
        state.withLock { state in state.isClosed || state.idle.isEmpty ? nil : try? next(&state, true) }
    }

    /// Has `proceed` called with a lane as soon as there is one, or with the reason why there is none: at once when there is no
    /// need to wait.
    ///
    /// - Returns: The number by which ``expire(_:)`` and ``cancel(_:)`` know it.
    func enqueue(
        until deadline: Deadline?,
        isMember: Bool,
        _ proceed: @escaping Proceed
    ) -> UInt64 {
        let (number, outcome) = state.withLock { state -> (UInt64, Result<Lane, PlatformError>?) in
            do throws(PlatformError) {
                try Self.requireOpen(state)
                if let lane = try next(&state, isMember) { return (lane.unit, .success(lane)) }
                state.last += 1
                let request = Request(number: state.last, deadline: deadline, isMember: isMember, proceed: proceed)
                if let refusal = Self.refusal(of: request, state) { throw refusal }
                guard state.waiting.count < waitingLimit else { throw tooMany }
                state.waiting.append(request)
                return (state.last, nil)
            } catch {
                return (0, .failure(error))
            }
        }
        if let outcome { proceed(outcome) }
        return number
    }

    /// Gives a lane back, and on to whoever waits for it.
    func release(_ lane: Lane) {
        let (told, isClosed) = state.withLock { state -> ([(Proceed, Result<Lane, PlatformError>)], Bool) in
            lane.unit = 0
            state.idle.append(lane)
            return (state.waiting.isEmpty ? [] : serve(&state), state.isClosed)
        }
        if isClosed { lane.clear() }
        for (proceed, result) in told { proceed(result) }
    }

    /// A lane for a unit, nil when it must wait.
    private func next(_ state: inout State, _ isMember: Bool) throws(PlatformError) -> Lane? {
        if state.rehearsal != nil, !isMember { return nil }
        let lane: Lane
        if let idle = state.idle.popLast() {
            lane = idle
        } else if state.lanes.count < limit {
            lane = try Lane(kind, owner: owner, index: state.lanes.count)
            state.lanes.append(lane)
        } else {
            return nil
        }
        state.last += 1
        lane.begin(state.last)
        return lane
    }

    /// Gives those who wait the lanes that are free, and refuses those who would wait for nothing.
    private func serve(_ state: inout State) -> [(Proceed, Result<Lane, PlatformError>)] {
        var told: [(Proceed, Result<Lane, PlatformError>)] = []
        var left: [Request] = []
        for request in state.waiting {
            if let refusal = Self.refusal(of: request, state) {
                told.append((request.proceed, .failure(refusal)))
            } else if !state.idle.isEmpty, let lane = try? next(&state, request.isMember) {
                lane.unit = request.number
                told.append((request.proceed, .success(lane)))
            } else {
                left.append(request)
            }
        }
        state.waiting = left
        return told
    }

    /// Why somebody need not wait: the file is closed, or somebody rehearses and there is no time named to wait for that.
    private static func refusal(of request: Request, _ state: State) -> PlatformError? {
        if state.isClosed { return closed }
        guard let rehearsal = state.rehearsal, !request.isMember, request.deadline == nil else { return nil }
        return rehearsal.busy
    }

    // MARK: - Those who wait or run

    /// Refuses somebody who still waits when the deadline is over.
    func expire(_ number: UInt64) {
        withdraw(number) { $0.rehearsal?.busy ?? UnitContext(.administrator).late() }
    }

    /// Ends the unit of that number, whether it waits or runs, and no other.
    func cancel(_ number: UInt64) {
        withdraw(number) { _ in
            PlatformError(.cancelled, Message(.unitCancelled))
        } orElse: { state in
            state.lanes.first { $0.unit == number }?.strike()
        }
    }

    private func withdraw(
        _ number: UInt64,
        _ reason: (State) -> PlatformError,
        orElse: (State) -> Void = { _ in }
    ) {
        let told = state.withLock { state -> (Proceed, PlatformError)? in
            if !state.waiting.contains(where: { $0.number == number }) { orElse(state) }
            guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
            let error = reason(state)
            return (state.waiting.remove(at: index).proceed, error)
        }
        if let (proceed, error) = told { proceed(.failure(error)) }
    }

    /// Ends every unit that runs, and none that begins later.
    func interrupt() {
        // Those who end meanwhile wait for the lock to give their lane back, so nobody else has it yet.
        state.withLock { state in for lane in state.lanes { lane.strike() } }
    }

    /// The lane at a place, which somebody is on.
    func lane(at index: Int) -> Lane? { state.withLock { $0.lanes.indices.contains(index) ? $0.lanes[index] : nil } }

    /// How many lanes were made so far.
    var count: Int { state.withLock { $0.lanes.count } }

    /// How many somebody has.
    var busyCount: Int { state.withLock { $0.lanes.count { $0.unit != 0 } } }

    /// How many wait.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    // MARK: - Rehearsal

    /// The rehearsal that is going on.
    var rehearsal: Rehearsal? {
        // Most files never have one.
        guard isOccupied.load(ordering: .acquiring) else { return nil }
        return state.withLock { $0.rehearsal }
    }

    /// Notes that a rehearsal has begun, or that there is none any more; called by whoever has the lane, whose release serves
    /// those who wait.
    func note(_ rehearsal: Rehearsal?) {
        state.withLock { $0.rehearsal = rehearsal }
        isOccupied.store(rehearsal != nil, ordering: .releasing)
    }

    // MARK: - Closing

    /// Refuses all who wait and all who come, and lets go of what the lanes have that nobody uses.
    func close() {
        let (told, idle) = state.withLock { state -> ([(Proceed, Result<Lane, PlatformError>)], [Lane]) in
            state.isClosed = true
            state.rehearsal = nil
            return (serve(&state), state.idle)
        }
        isOccupied.store(false, ordering: .releasing)
        for lane in idle { lane.clear() }
        for (proceed, result) in told { proceed(result) }
    }

    private static func requireOpen(_ state: State) throws(PlatformError) {
        if state.isClosed { throw closed }
    }

    static var closed: PlatformError { PlatformError(.storage, Message(.workerClosed)) }

    private var tooMany: PlatformError {
        PlatformError(.busy, Message(.laneTooMany, ["limit": .text(String(waitingLimit))]))
    }
}

/// Where a thread waits for a lane.
///
/// `@unchecked Sendable`: the result is written before the semaphore is signalled, and read after it was waited for.
private final class WaitingPlace: @unchecked Sendable {
    private let told = DispatchSemaphore(value: 0)
    private var result: Result<Lane, PlatformError>?

    func tell(_ result: Result<Lane, PlatformError>) {
        self.result = result
        told.signal()
    }

    /// Waits; when the deadline is over, `expire` sees to it that there is an answer.
    func wait(until deadline: Deadline?, _ expire: () -> Void) -> Result<Lane, PlatformError> {
        if let deadline {
            if told.wait(timeout: .after(deadline.left)) == .timedOut {
                expire()
                told.wait()
            }
        } else {
            told.wait()
        }
        return result ?? .failure(LaneQueue.closed)
    }
}

extension MessageKey {
    static let workerClosed = MessageKey(
        "lane.closed",
        zhCN: "文件已经关闭",
        zhTW: "檔案已經關閉",
        en: "the file has been closed"
    )
    static let laneTooMany = MessageKey(
        "lane.too_many",
        zhCN: "现在太忙：已有 {limit} 个请求在排队。请过几秒再试",
        zhTW: "現在太忙：已有 {limit} 個請求在排隊。請過幾秒再試",
        en:
            "too much is asked for at once: {limit} {limit|request is|requests are} waiting already. Try again in a few seconds"
    )
    static let unitCancelled = MessageKey(
        "unit.cancelled",
        zhCN: "已取消，什么都没有保存",
        zhTW: "已取消，什麼都沒有儲存",
        en: "it was cancelled, and nothing was saved"
    )
}
