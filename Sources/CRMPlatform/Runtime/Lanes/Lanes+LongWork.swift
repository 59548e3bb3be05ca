package import CRMModel
import CRMStorage

extension Lanes {
    /// Brings the search index up to date where the file is written, in short transactions between which others may write.
    ///
    /// What is done stays done when it is interrupted. Records that others make meanwhile are left for the next time, so
    /// that it comes to an end however much they write.
    ///
    /// - Parameters:
    ///   - unit: Who waits for it, until when; it is done as the system, whoever that is.
    ///   - patience: How long each transaction waits for others who write; nil for as long as one waits for that.
    ///   - progress: Called with how many records have been read and how many there were to read at the beginning.
    /// - Throws: `busy`, `storage`; `cancelled` when it was interrupted; `limitExceeded` when the deadline is over.
    package func catchUpSearch(
        _ unit: UnitContext,
        patience: Duration? = nil,
        progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(PlatformError) {
        let stops = interruptions
        guard try run(.fast, unit, { workspace throws(PlatformError) in try workspace.isSearchBehind() }) else {
            return
        }
        let backlog = try run(.write, unit) { workspace throws(PlatformError) in try workspace.searchBacklog() }
        var done = 0
        while true {
            let batch = try run(.write, Self.patient(unit, patience)) { workspace throws(PlatformError) in
                try workspace.index(upTo: backlog.last)
            }
            guard batch.done > 0 else { return }
            done += batch.done
            progress(done, max(done, backlog.count))
            // Between two batches nothing runs that could be stopped.
            guard interruptions == stops else { throw PlatformError(.cancelled, Message(.storageCancelled)) }
            guard batch.isBehind else { return }
            try unit.requireTime()
        }
    }

    /// As ``catchUpSearch(_:patience:progress:)``, while the caller's task waits.
    ///
    /// - Throws: as that.
    package func catchUpSearch(
        _ unit: UnitContext,
        patience: Duration? = nil,
        ticket: UnitTicket,
        progress: @Sendable (_ done: Int, _ all: Int) -> Void
    ) async throws(PlatformError) {
        let stops = interruptions
        let isBehind = try await run(.fast, unit, ticket: ticket) { workspace throws(PlatformError) in
            try workspace.isSearchBehind()
        }
        guard isBehind else { return }
        let backlog = try await run(.write, unit, ticket: ticket) { workspace throws(PlatformError) in
            try workspace.searchBacklog()
        }
        var done = 0
        while true {
            let batch = try await run(.write, Self.patient(unit, patience), ticket: ticket) {
                workspace throws(PlatformError) in
                try workspace.index(upTo: backlog.last)
            }
            guard batch.done > 0 else { return }
            done += batch.done
            progress(done, max(done, backlog.count))
            guard interruptions == stops else { throw PlatformError(.cancelled, Message(.storageCancelled)) }
            guard batch.isBehind else { return }
            try unit.requireTime()
        }
    }

    /// Brings the index up to date as far as it can be done now, before a search that answers in any case.
    ///
    /// - Returns: Why the search may miss records that were saved last; nil when it misses none.
    /// - Throws: `storage`; `cancelled` when it was interrupted; `limitExceeded` when the deadline is over.
    package func prepareSearch(
        _ unit: UnitContext,
        progress: (_ done: Int, _ all: Int) -> Void
    ) throws(PlatformError) -> Message? {
        guard try run(.fast, unit, { workspace throws(PlatformError) in try workspace.hasUnindexed() }) else {
            return nil
        }
        if let obstacle = searchObstacle(unit) { return obstacle }
        do throws(PlatformError) {
            try catchUpSearch(unit, patience: Self.searchPatience, progress: progress)
            return nil
        } catch {
            return try lag(error, unit)
        }
    }

    /// As ``prepareSearch(_:progress:)``, while the caller's task waits.
    ///
    /// - Throws: as that.
    package func prepareSearch(
        _ unit: UnitContext,
        ticket: UnitTicket,
        progress: @Sendable (_ done: Int, _ all: Int) -> Void
    ) async throws(PlatformError) -> Message? {
        let isBehind = try await run(.fast, unit, ticket: ticket) { workspace throws(PlatformError) in
            try workspace.hasUnindexed()
        }
        guard isBehind else { return nil }
        if let obstacle = searchObstacle(unit) { return obstacle }
        do throws(PlatformError) {
            try await catchUpSearch(unit, patience: Self.searchPatience, ticket: ticket, progress: progress)
            return nil
        } catch {
            return try lag(error, unit)
        }
    }

    /// What keeps the index from being written, for longer than anybody waits for an answer; nil for nothing.
    private func searchObstacle(_ unit: UnitContext) -> Message? {
        if file.store.isReadOnly { return Message(.searchReadOnly) }
        return rehearsalElsewhere(unit.rehearsal).map { Message(.searchBusy, ["holder": .message($0)]) }
    }

    /// Why records are missing in the index when somebody else was writing all the time.
    ///
    /// - Throws: the error when it says anything else.
    private func lag(_ error: PlatformError, _ unit: UnitContext) throws(PlatformError) -> Message {
        guard error.code == .busy || error.code == .limitExceeded && !unit.isLate else { throw error }
        return Message(.searchBusy, ["holder": .message(error.message)])
    }

    /// How long a search waits for others who write.
    private static let searchPatience: Duration = .seconds(2)

    /// A unit that waits no longer than that.
    private static func patient(_ unit: UnitContext, _ patience: Duration?) -> UnitContext {
        guard let patience else { return unit }
        var patient = unit.within(patience)
        if let due = unit.due, let own = patient.due { patient.due = min(due, own) }
        return patient
    }

    /// Looks the whole file over: the engine's integrity, the schema, the search index, the counters, the duplicate keys, the
    /// plugins.
    ///
    /// While somebody else rehearses, what needs writing is left out, and the findings say so.
    ///
    /// - Throws: `busy`, `storage`, `cancelled`.
    package func check() throws(PlatformError) -> [CheckFinding] {
        let unit = UnitContext(.system(reason: "check"))
        let rehearsal = rehearsalElsewhere(nil)
        if rehearsal == nil { try catchUpSearch(unit) }
        // The longest part keeps nobody from writing.
        var findings = try run(.slow, unit) { workspace throws(PlatformError) in try workspace.checkIntegrity() }
        if let rehearsal {
            let message = Message(.checkSearchRehearsal, ["holder": .message(rehearsal)])
            findings.append(CheckFinding(severity: .warning, message: message))
        } else {
            findings += try run(.write, unit) { workspace throws(PlatformError) in try workspace.checkSearch() }
        }
        return try findings
            + run(.slow, unit) { workspace throws(PlatformError) in try workspace.checkContents() }
    }

    /// Copies the file as it is at this moment; work goes on meanwhile.
    ///
    /// - Throws: `cancelled`, `storage`.
    package func copy(
        into output: OutputFile,
        progress: (_ done: Int, _ all: Int) -> Void
    ) throws(PlatformError) {
        try requireOpen()
        try file.store.copy(into: output, progress: progress)
    }
}

extension MessageKey {
    static let searchReadOnly = MessageKey(
        "search.read_only",
        zhCN: "文件只能读取，上次搜索以后保存的记录不在全文索引里，可能没有找到；请在可以写入的地方搜索一次，或用 find 按条件查找",
        zhTW: "檔案只能讀取，上次搜尋以後儲存的記錄不在全文索引裡，可能沒有找到；請在可以寫入的地方搜尋一次，或用 find 按條件查詢",
        en:
            "the file can only be read here: records saved since the last search are not in the search index and may be missing; search once where the file can be written, or use find with a condition"
    )
    static let searchBusy = MessageKey(
        "search.busy",
        zhCN: "现在有人在写入，最近保存的记录还不在全文索引里，可能没有找到；请过一会儿再搜索，或用 find 按条件查找（{holder}）",
        zhTW: "現在有人在寫入，最近儲存的記錄還不在全文索引裡，可能沒有找到；請過一會兒再搜尋，或用 find 按條件查詢（{holder}）",
        en:
            "somebody is writing: records saved last are not in the search index yet and may be missing; search again later, or use find with a condition ({holder})"
    )
}
