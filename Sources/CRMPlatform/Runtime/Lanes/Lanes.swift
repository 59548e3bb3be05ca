package import CRMModel
package import CRMStorage
import LuaBridge
import Synchronization

/// An open file and the lanes on which it is worked with: one that writes, some for short reads and some for long ones.
///
/// A unit of work runs on one lane, on the thread of its caller. What is called within it stays there, so that a read within a
/// write sees what was written. A file that only its writer can read, such as one in memory, has one lane for everything.
package final class Lanes: Sendable {
    /// What the lanes share.
    package let file: OpenFile
    private let owner: UInt64
    let writing: LaneQueue
    /// What is done when nobody has written for a while; nil for nothing.
    let idle: IdleWork?
    private let fast: LaneQueue
    private let slow: LaneQueue
    private let strikes = Atomic<Int>(0)
    private let isClosed = Atomic<Bool>(false)

    private static let lastOwner = Atomic<UInt64>(0)

    /// Opens a file on the lane that writes; the store is made there too.
    ///
    /// - Throws: what opening the store throws; `invalidPlugin` when its plugins cannot be read.
    package init(
        options: PlatformOptions,
        open: @Sendable () throws(PlatformError) -> any Store
    ) throws(PlatformError) {
        let owner = Self.lastOwner.wrappingAdd(1, ordering: .relaxed).newValue
        let first = try Lane(.write, owner: owner, index: 0)
        let file = try first.run { () throws(PlatformError) -> OpenFile in
            try OpenFile(store: open(), options: options)
        }
        func queue(_ kind: Lane.Kind, _ limit: Int, _ lanes: [Lane] = []) -> LaneQueue {
            LaneQueue(kind, owner: owner, limit: limit, waitingLimit: options.waitingLimit, lanes: lanes)
        }
        self.file = file
        self.owner = owner
        idle = options.idleDelay.map { IdleWork(after: $0) }
        writing = queue(.write, 1, [first])
        let hasReaders = file.store.readsBesideWrites
        fast = hasReaders ? queue(.fast, options.fastLanes) : writing
        slow = hasReaders ? queue(.slow, options.slowLanes) : writing
        // Folders that are linked are known from now on.
        _ = first.run { first.workspace(of: file) }
    }

    // MARK: - Units of work

    /// Runs `body` on a lane of that kind when its turn has come; at once when the caller is on one already.
    ///
    /// - Throws: what `body` throws; `busy` when too many wait, or somebody else rehearses and it would write; `limitExceeded` when
    ///   its turn did not come by the unit's deadline; `storage` when the file is closed.
    @discardableResult
    package func run<T>(
        _ kind: Lane.Kind,
        _ unit: UnitContext,
        _ body: (Workspace) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        // The context is large; what decides where a unit goes and until when it waits is not.
        try run(kind, until: unit.due, unit.rehearsal, body)
    }

    /// Runs what belongs to no unit, such as a look at the settings, in the same way.
    ///
    /// - Throws: as for a unit.
    @discardableResult
    package func run<T>(
        _ kind: Lane.Kind,
        until deadline: Deadline? = nil,
        _ rehearsal: RehearsalID? = nil,
        _ body: (Workspace) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        if let lane = current(for: kind) {
            try requireOpen()
            return try body(lane.workspace(of: file))
        }
        let (queue, isMember) = try way(kind, rehearsal)
        if kind != .write, file.hasLinks { try followLinks() }
        let lane = try queue.acquire(until: deadline, isMember: isMember)
        defer {
            queue.release(lane)
            writeNews(after: lane)
            noteEnd(on: lane)
        }
        return try lane.turn(file, until: deadline, body)
    }

    /// Runs `body` in the same way on a thread of the lane's own, while the caller's task waits; `ticket` ends it.
    ///
    /// - Throws: as that; `cancelled`.
    package func run<T: Sendable>(
        _ kind: Lane.Kind,
        _ unit: UnitContext,
        ticket: UnitTicket,
        _ body: @escaping @Sendable (Workspace) throws(PlatformError) -> T
    ) async throws(PlatformError) -> T {
        let (queue, isMember) = try way(kind, unit.rehearsal)
        if kind != .write, file.hasLinks, writing.rehearsal == nil {
            try await run(.write, unit, ticket: ticket) { workspace throws(PlatformError) in try workspace.followLinks()
            }
        }
        let timer = unit.due.map { deadline in
            Task {
                do { try await Task.sleep(until: deadline.instant, clock: .continuous) } catch { return }
                ticket.expire()
            }
        }
        defer { timer?.cancel() }
        let result: Result<T, PlatformError> = await withCheckedContinuation { continuation in
            ticket.enter(queue, until: unit.due, isMember: isMember) { [self] given in
                switch given {
                case .failure(let error): continuation.resume(returning: .failure(error))
                case .success(let lane):
                    do throws(PlatformError) {
                        try lane.hop { [self] in
                            let result = outcome(lane, unit.due, body)
                            queue.release(lane)
                            writeNews(after: lane)
                            noteEnd(on: lane)
                            continuation.resume(returning: result)
                        }
                    } catch {
                        queue.release(lane)
                        continuation.resume(returning: .failure(error))
                    }
                }
            }
        }
        return try result.get()
    }

    private func outcome<T>(
        _ lane: Lane,
        _ deadline: Deadline?,
        _ body: (Workspace) throws(PlatformError) -> T
    ) -> Result<T, PlatformError> {
        do throws(PlatformError) {
            return .success(try lane.turn(file, until: deadline, body))
        } catch {
            return .failure(error)
        }
    }

    /// The lane that the caller is on, nil when it is on none; one that only reads is none for those who want to write.
    private func current(for kind: Lane.Kind) -> Lane? {
        guard let place = LargeStack.place(of: owner) else { return nil }
        let queue = queue(of: Lane.Kind(rawValue: place / Lane.limit) ?? .write)
        guard kind != .write || queue === writing else { return nil }
        return queue.lane(at: place % Lane.limit)
    }

    /// Where a unit goes, and whether it may go there although somebody rehearses: what belongs to a rehearsal sees its
    /// transaction, which only the lane does that writes.
    private func way(
        _ kind: Lane.Kind,
        _ named: RehearsalID?
    ) throws(PlatformError) -> (queue: LaneQueue, isMember: Bool) {
        if let rehearsal = writing.rehearsal, rehearsal.includes(named) { return (writing, true) }
        if named != nil { throw PlatformError(.conflict, Message(.rehearsalOver)) }
        return (queue(of: kind), false)
    }

    private func queue(of kind: Lane.Kind) -> LaneQueue {
        switch kind {
        case .write: writing
        case .fast: fast
        case .slow: slow
        }
    }

    /// Loads linked plugins whose files have changed, before somebody reads who might meet them.
    private func followLinks() throws(PlatformError) {
        // They are looked at again when it is over.
        guard writing.rehearsal == nil else { return }
        try run(.write) { workspace throws(PlatformError) in try workspace.followLinks() }
    }

    /// Has written down what plugins have said where nothing is written: now when nobody writes, else by those who do.
    private func writeNews(after lane: Lane) {
        guard lane.kind != .write, file.hasNews, let writer = writing.acquireIfFree() else { return }
        writer.turn(file, until: nil) { _ in }
        writing.release(writer)
    }

    // MARK: - Metadata

    /// The metadata as they are now; those of the unit of work for whoever is in one.
    ///
    /// - Throws: `busy`; `storage`, also when the file is closed; `invalidPlugin` when the plugins stored cannot be read.
    package func snapshot() throws(PlatformError) -> Snapshot {
        try requireOpen()
        if let lane = current(for: .fast) { return lane.workspace(of: file).snapshot }
        let rehearsal = writing.rehearsal
        if rehearsal?.isForAll == true || rehearsal == nil && file.hasLinks {
            return try run(.write) { workspace throws(PlatformError) in
                try workspace.catchUp()
                return workspace.snapshot
            }
        }
        let known = file.published
        // Nobody else can change it.
        guard file.store.readsBesideWrites else { return known }
        var use = StoreUse()
        use.seesRehearsal = false
        use.isOneStatement = true
        let generation = try file.store.read(use) { connection throws(PlatformError) in
            try MetaTable.generation(on: connection)
        }
        if generation == known.generation { return known }
        return try run(.fast) { workspace throws(PlatformError) in
            try workspace.catchUp()
            return workspace.snapshot
        }
    }

    /// What the plugins offer by name.
    ///
    /// - Throws: as ``snapshot()``; `hookFailed`, `limitExceeded`, `invalidPlugin` when a plugin does not start.
    package func offers() throws(PlatformError) -> ScriptOffers {
        if let known = try snapshot().offers { return known }
        return try run(.fast) { workspace throws(PlatformError) in
            try workspace.catchUp()
            return try workspace.offers()
        }
    }

    // MARK: - Rehearsal

    /// Whether a rehearsal is going on in which units take part that name none.
    package var isRehearsing: Bool { writing.rehearsal?.isForAll == true }

    /// Whether something that people asked for was saved since the file was opened.
    package var hasSaved: Bool { file.hasSaved }

    /// Who rehearses, in words, when those who name this rehearsal, or none, take no part in it; nil when nobody does.
    ///
    /// It may be somebody in this program or in another one.
    package func rehearsalElsewhere(_ named: RehearsalID?) -> Message? {
        if let rehearsal = writing.rehearsal { return rehearsal.includes(named) ? nil : rehearsal.busy.message }
        return file.store.rehearsalElsewhere
    }

    /// Begins a rehearsal.
    ///
    /// - Parameters:
    ///   - unit: Who begins it.
    ///   - isForAll: Whether units that name none take part.
    /// - Returns: What its units name.
    /// - Throws: `conflict` when one is going on; `busy`.
    package func beginRehearsal(_ unit: UnitContext, isForAll: Bool) throws(PlatformError) -> RehearsalID {
        try run(.write, unit) { workspace throws(PlatformError) in
            try workspace.beginRehearsal()
            let rehearsal = Rehearsal(
                id: RehearsalID(),
                isForAll: isForAll,
                who: unit.principal.name,
                since: Rehearsal.clock(file.options.clock.now, in: workspace.settings.timeZone)
            )
            writing.note(rehearsal)
            return rehearsal.id
        }
    }

    /// Runs what only those may do who take part in the rehearsal.
    ///
    /// - Throws: what `body` throws; `conflict` when there is none in which they do.
    package func inRehearsal<T>(
        _ unit: UnitContext,
        _ body: (Workspace) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        guard writing.rehearsal?.includes(unit.rehearsal) == true else {
            throw PlatformError(.conflict, Message(unit.rehearsal == nil ? .rehearsalNone : .rehearsalOver))
        }
        return try run(.write, unit, body)
    }

    /// Ends the rehearsal, keeping or undoing what was done.
    ///
    /// - Throws: `conflict` when none is going on; `storage`.
    package func endRehearsal(_ unit: UnitContext, keeping: Bool) throws(PlatformError) {
        try inRehearsal(unit) { workspace throws(PlatformError) in
            defer { if !file.store.isInRehearsal { writing.note(nil) } }
            try workspace.endRehearsal(keeping: keeping)
        }
    }

    // MARK: - For tests

    /// How many lanes of a kind were made so far.
    func laneCount(of kind: Lane.Kind) -> Int { queue(of: kind).count }

    /// How many wait for a lane of a kind.
    func waitingCount(of kind: Lane.Kind) -> Int { queue(of: kind).waitingCount }

    /// How many lanes of a kind somebody has.
    func busyCount(of kind: Lane.Kind) -> Int { queue(of: kind).busyCount }

    // MARK: - Stopping and closing

    /// Stops the units that run now, and none that begins later; from any thread.
    package func interrupt() {
        strikes.wrappingAdd(1, ordering: .relaxed)
        file.store.stopCopies()
        writing.interrupt()
        guard fast !== writing else { return }
        fast.interrupt()
        slow.interrupt()
    }

    /// How often ``interrupt()`` was called; work of several units looks between them whether it has become more.
    package var interruptions: Int { strikes.load(ordering: .relaxed) }

    /// Refuses when the file is closed.
    ///
    /// - Throws: `storage`.
    package func requireOpen() throws(PlatformError) {
        if isClosed.load(ordering: .acquiring) { throw LaneQueue.closed }
    }

    /// Closes the file, when those who write are done; a rehearsal that is open is undone.
    ///
    /// - Throws: `busy` when something does not end in time.
    package func close() throws(PlatformError) {
        guard !isClosed.load(ordering: .acquiring) else { return }
        if let lane = current(for: .write) { return try close(on: lane) }
        guard let lane = try? writing.acquire(until: nil, isMember: true) else { return }
        defer { writing.release(lane) }
        try close(on: lane)
    }

    private func close(on lane: Lane) throws(PlatformError) {
        try lane.run { () throws(PlatformError) in
            lane.workspace(of: file).keepNews()
            isClosed.store(true, ordering: .releasing)
            writing.close()
            if fast !== writing {
                fast.close()
                slow.close()
            }
            lane.clear()
            try file.store.close()
        }
    }
}
