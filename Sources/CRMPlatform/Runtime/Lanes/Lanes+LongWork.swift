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
    ///   - progress: Called with how many records have been read and how many there were to read at the beginning.
    /// - Throws: `busy`, `storage`; `cancelled` when it was interrupted; `limitExceeded` when the deadline is over.
    package func catchUpSearch(
        _ unit: UnitContext,
        progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(PlatformError) {
        let stops = interruptions
        guard try run(.fast, unit, { workspace throws(PlatformError) in try workspace.isSearchBehind() }) else {
            return
        }
        let backlog = try run(.write, unit) { workspace throws(PlatformError) in try workspace.searchBacklog() }
        var done = 0
        while true {
            let batch = try run(.write, unit) { workspace throws(PlatformError) in
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

    /// As ``catchUpSearch(_:progress:)``, while the caller's task waits.
    ///
    /// - Throws: as that.
    package func catchUpSearch(
        _ unit: UnitContext,
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
            let batch = try await run(.write, unit, ticket: ticket) { workspace throws(PlatformError) in
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
        guard let store = file.store as? SQLiteStore else { throw LaneQueue.closed }
        try store.copy(into: output, progress: progress)
    }
}
