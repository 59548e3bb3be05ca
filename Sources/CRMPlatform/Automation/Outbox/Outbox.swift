package import CRMModel
package import CRMRecords
package import CRMStorage

/// What follows from saves, kept in the transaction of the saves themselves: what is committed is never without it.
package enum Outbox {
    /// Keeps the effects of a unit of work as jobs, in the order in which they were asked for.
    ///
    /// The hooks of `path` led here; those among them are not asked for again. `origin` is the door through which the first
    /// save came.
    ///
    /// - Throws: `storage`.
    package static func keep(
        _ session: RecordSession,
        path: [String] = [],
        origin: Origin,
        language: Language,
        on connection: StoreConnection
    ) throws(PlatformError) -> [HookJob] {
        guard !session.afterCommit.isEmpty else { return [] }
        let now = session.now
        var jobs: [HookJob] = []
        jobs.reserveCapacity(session.afterCommit.count)
        for (position, call) in session.afterCommit.enumerated() {
            let draft = job(0, call, path, session.principal, origin, language)
            guard !path.contains(draft.name) else { continue }
            // The first entry of the transaction in the history, and which of its effects.
            let key = session.auditUnit > 0 ? "hook/\(session.auditUnit)/\(position + 1)" : nil
            guard let id = try JobTable.insert(draft.row(key: key, at: now), on: connection) else { continue }
            jobs.append(job(id, call, path, session.principal, origin, language))
        }
        if let last = jobs.last { try JobTable.prune(newest: last.id, on: connection) }
        return jobs
    }

    private static func job(
        _ id: Int64,
        _ call: AfterCommitCall,
        _ path: [String],
        _ principal: Principal,
        _ origin: Origin,
        _ language: Language
    ) -> HookJob {
        HookJob(
            id: id,
            plugin: call.handler.plugin,
            hook: call.handler.source,
            place: call.place,
            count: call.count,
            record: call.record,
            path: path,
            principal: principal,
            origin: origin,
            language: language
        )
    }
}
