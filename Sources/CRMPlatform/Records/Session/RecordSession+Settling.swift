package import CRMModel

/// When what plugins have put off with `settle` is done.
package enum Settling: Sendable, Hashable {
    /// Before the outermost save returns, so that its caller sees the sums: for single saves.
    case atOnce
    /// When somebody outside of saves reads or changes records, and at the end of the unit of work: for scripts.
    case lazily
    /// At the end of the unit of work, or when told: for imports, whose rows do not wait for it.
    case late
}

/// The records whose `settle` hooks are to run, each once, in the order in which they were asked for.
struct PendingSettles {
    struct Entry {
        let record: RecordID
        /// The depth of the save that asked first.
        let depth: Int
    }

    private(set) var entries: [Entry] = []
    private var known: Set<RecordID> = []
    /// How often each was settled since nothing was pending, so that two that call for each other end.
    var rounds: [RecordID: Int] = [:]
    /// The records that are being settled now; their own saves do not call for them again.
    var running: Set<RecordID> = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ record: RecordID, depth: Int) {
        guard !running.contains(record), known.insert(record).inserted else { return }
        entries.append(Entry(record: record, depth: depth))
    }

    /// Takes the first that meets the condition.
    mutating func take(where isWanted: (Entry) -> Bool) -> RecordID? {
        guard let place = entries.firstIndex(where: isWanted) else { return nil }
        let record = entries.remove(at: place).record
        known.remove(record)
        return record
    }
}

extension RecordSession {
    /// How often one record may be settled before all is at rest.
    static let settleRounds = 16

    /// Asks that the `settle` hooks of a record run, once, however often it is asked for: a head whose lines change has its
    /// sums brought up to date when the lines are all there.
    package func settle(_ record: RecordID) { pendingSettles.add(record, depth: depth) }

    /// Whether a plugin has something to do when a record of the object is settled.
    package func hasSettleHooks(of object: ObjectName) -> Bool { !hooks.handlers(at: .settle, of: object).isEmpty }

    /// Whether a record waits for its `settle` hooks.
    package var awaitsSettling: Bool { !pendingSettles.isEmpty }

    /// Runs all `settle` hooks that were put off.
    ///
    /// - Throws: what the hooks and their saves throw; `limitExceeded` when records call for each other without end.
    package func settleAll() throws(PlatformError) { try settle { _ in true } }

    /// Runs those of one record.
    func settleNow(_ record: RecordID) throws(PlatformError) {
        guard !pendingSettles.isEmpty else { return }
        try settle { $0.record == record }
    }

    /// Runs what saves within the one that is under way have put off, before their results are looked at; outside of
    /// saves everything, unless rows of an import still come.
    func settleBeforeReading() throws(PlatformError) {
        guard !pendingSettles.isEmpty, pendingSettles.running.isEmpty else { return }
        let depth = settledDepth
        try settle { $0.depth > depth }
    }

    /// The same for a record that is about to be changed: others may wait until they are looked at.
    func settleBeforeChanging(_ record: RecordID) throws(PlatformError) {
        guard !pendingSettles.isEmpty, pendingSettles.running.isEmpty else { return }
        let depth = settledDepth
        try settle { $0.record == record && $0.depth > depth }
    }

    /// What saves deeper than this have put off is done before anybody looks.
    private var settledDepth: Int { max(depth, settling == .late ? 1 : 0) }

    private func settle(where isWanted: (PendingSettles.Entry) -> Bool) throws(PlatformError) {
        // What hooks read is not on the account of whoever happens to look first.
        let reader = countRow
        countRow = nil
        defer { countRow = reader }
        while let id = pendingSettles.take(where: isWanted) {
            pendingSettles.rounds[id, default: 0] += 1
            guard pendingSettles.rounds[id, default: 0] <= Self.settleRounds else {
                throw PlatformError(
                    .limitExceeded,
                    Message(
                        .settleCircle,
                        ["record": .text(id.description), "limit": .text(String(Self.settleRounds))]
                    ),
                    context: ErrorContext(object: id.object, record: id.number)
                )
            }
            pendingSettles.running.insert(id)
            defer { pendingSettles.running.remove(id) }
            // One that was deleted meanwhile has nothing to bring up to date.
            // Sums are of everything, whoever happens to look first.
            try asSystem(reason: isRestricted ? "settle \(id)" : nil) { () throws(PlatformError) in
                guard let record = try record(id, .system) else { return }
                let plan = try plans.plan(id.object)
                let draft = RecordDraft(object: plan.object, original: record)
                try SavePipeline(session: self, plan: plan, options: SaveOptions(), mode: .system)
                    .runHooks(.settle, .rollUp, draft)
            }
        }
        if pendingSettles.isEmpty, pendingSettles.running.isEmpty { pendingSettles.rounds.removeAll() }
    }
}

extension MessageKey {
    static let settleCircle = MessageKey(
        "record.settle_circle",
        zhCN: "{record} 的 settle 钩子互相触发超过 {limit} 次；请检查插件是否循环调用 crm.settle",
        zhTW: "{record} 的 settle 鉤子互相觸發超過 {limit} 次；請檢查外掛是否循環呼叫 crm.settle",
        en:
            "settle hooks called for {record} more than {limit} times; look for plugins that call crm.settle in a circle"
    )
}
