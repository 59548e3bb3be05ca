package import CRMAutomation
package import CRMModel
import CRMScripting
import CRMStorage

extension Workspace {
    /// The format version from which on files have jobs and a log.
    static let jobFormat: UInt32 = 4
    /// How many jobs are read at a time.
    private static let jobPage = 200

    /// Runs the jobs that are due, in the order in which they were asked for.
    ///
    /// - Throws: `invalidPlugin`, `hookFailed` when the plugins do not start; `cancelled` when it was interrupted between
    ///   two jobs; `busy`, `storage`. What a single job could not do is kept beside it, and for
    ///   ``OpenFile/takeAfterCommitErrors()``.
    package func runDueJobs() throws(PlatformError) -> JobRun {
        try requirePlugins()
        try catchUp()
        defer { keepFailures() }
        let (now, stops) = (options.clock.now.wholeSeconds, stop.count)
        var result = JobRun()
        var last: Int64 = 0
        while true {
            let rows = try store.read(use) { connection throws(PlatformError) -> [JobTable.Row] in
                guard try connection.hasFormat(Self.jobFormat) else { return [] }
                return try JobTable.due(at: now, after: last, limit: Self.jobPage, on: connection)
            }
            guard let end = rows.last else { return result }
            for row in rows {
                guard stop.count == stops else {
                    throw PlatformError(.cancelled, Message(.storageCancelled))
                }
                try run(row, into: &result)
                // Interrupted, or too much has followed: the rest waits.
                if result.left > 0 { return result }
            }
            last = end.id
        }
    }

    /// Lets jobs be tried again, whatever they ended with, and runs them.
    ///
    /// - Parameter ids: The numbers of the jobs; nil for all that were given up.
    /// - Returns: What became of them.
    /// - Throws: `notFound` when there is no such job, `conflict` when one is done, and then none is run; otherwise as
    ///   ``runDueJobs()``.
    package func retryJobs(_ ids: [Int64]?) throws(PlatformError) -> JobRun {
        try requirePlugins()
        try catchUp()
        defer { keepFailures() }
        let now = options.clock.now.wholeSeconds
        let rows = try store.write(use) { connection throws(PlatformError) -> [JobTable.Row] in
            let wanted =
                if let ids { ids } else {
                    Array(try JobTable.newest(.dead, limit: .max, on: connection).map(\.id).reversed())
                }
            var rows: [JobTable.Row] = []
            for id in wanted {
                guard let found = try JobTable.row(id, on: connection) else {
                    throw PlatformError(.notFound, Message(.jobNotThere, ["id": .text(String(id))]))
                }
                guard found.state != .done else {
                    throw PlatformError(.conflict, Message(.jobDoneAlready, ["id": .text(String(id))]))
                }
                if !file.jobRunner.isTaken(found, now: now) { _ = try JobTable.tryAgain(id, at: now, on: connection) }
                if let row = try JobTable.row(id, on: connection) { rows.append(row) }
            }
            return rows
        }
        var result = JobRun()
        for row in rows where result.left == 0 { try run(row, into: &result) }
        return result
    }

    /// Takes a job and runs it with what follows from it.
    private func run(_ row: JobTable.Row, into result: inout JobRun) throws(PlatformError) {
        let now = options.clock.now.wholeSeconds
        var job: HookJob
        do throws(PlatformError) {
            job = try HookJob(row)
        } catch {
            // One that cannot be read does not stand in the way of the others.
            try store.write(use) { connection throws(PlatformError) in
                try JobTable.fail(
                    row.id,
                    .dead,
                    at: now,
                    attempts: row.attempts,
                    error: Job.Failure.stored(error),
                    on: connection
                )
            }
            file.note(error)
            result.dead += 1
            return
        }
        guard isThere(job, in: try runtime()) else { return result.hold(job.plugin) }
        let isTaken = try store.write(use) { connection throws(PlatformError) in
            try file.jobRunner.take(row.id, at: now, on: connection)
        }
        guard isTaken else {
            result.running += 1
            return
        }
        job.attempts += 1
        job.isCounted = true
        result.add(run([job]))
    }

    /// Jobs, those that wait or were given up first.
    ///
    /// - Parameters:
    ///   - states: Which of them.
    ///   - limit: At most so many.
    /// - Returns: The jobs, of each state the newest first, and the numbers of those that cannot be read.
    /// - Throws: `storage`.
    package func jobs(_ states: Set<Job.State>, limit: Int) throws(PlatformError) -> (jobs: [Job], unreadable: [Int64])
    {
        let now = options.clock.now.wholeSeconds
        var unreadable: [Int64] = []
        let jobs = try store.read(use) { connection throws(PlatformError) -> [Job] in
            guard try connection.hasFormat(Self.jobFormat) else { return [] }
            var jobs: [Job] = []
            for state in [JobTable.State.waiting, .dead, .done] {
                let isWanted =
                    switch state {
                    case .waiting: states.contains(.waiting) || states.contains(.running)
                    case .dead: states.contains(.dead)
                    case .done: states.contains(.done)
                    }
                guard isWanted else { continue }
                for row in try JobTable.newest(state, limit: limit, on: connection) {
                    do throws(PlatformError) {
                        let job = try Job(row, now: now)
                        if states.contains(job.state) { jobs.append(job) }
                    } catch {
                        unreadable.append(row.id)
                    }
                }
            }
            return Array(jobs.prefix(limit))
        }
        return (jobs, unreadable)
    }

    /// Removes jobs, whatever became of them.
    ///
    /// - Throws: `notFound` when there is no such job, `conflict` when somebody works on one, and then none is removed;
    ///   `busy`, `storage`.
    package func forgetJobs(_ ids: [Int64]) throws(PlatformError) {
        let now = options.clock.now.wholeSeconds
        try store.write(use) { connection throws(PlatformError) in
            for id in ids {
                let words: [String: Message.Argument] = ["id": .text(String(id))]
                guard try connection.hasFormat(Self.jobFormat), let row = try JobTable.row(id, on: connection) else {
                    throw PlatformError(.notFound, Message(.jobNotThere, words))
                }
                guard !file.jobRunner.isTaken(row, now: now) else {
                    throw PlatformError(.conflict, Message(.jobTaken, words))
                }
                _ = try JobTable.forget(id, on: connection)
            }
        }
    }

    /// How many jobs there are.
    ///
    /// - Throws: `storage`.
    package func jobCounts() throws(PlatformError) -> JobCounts {
        let counts = try store.read(use) { connection throws(PlatformError) -> [JobTable.State: Int] in
            guard try connection.hasFormat(Self.jobFormat) else { return [:] }
            return try JobTable.counts(on: connection)
        }
        return JobCounts(waiting: counts[.waiting] ?? 0, done: counts[.done] ?? 0, dead: counts[.dead] ?? 0)
    }

    /// Forgets jobs that were done or given up so many days ago; says how many of each.
    ///
    /// - Throws: `invalidInput` when the days are not from 0 to 36,500; `busy`, `storage`.
    package func purgeJobs(olderThanDays days: Int, dryRun: Bool) throws(PlatformError) -> JobCounts {
        guard (0...36_500).contains(days) else { throw PlatformError(.invalidInput, Message(.jobDays)) }
        // Those of this very second are older than nothing, too.
        let moment = options.clock.now.wholeSeconds.adding(seconds: days == 0 ? 1 : -Int64(days) * 86_400)
        func counted(_ connection: StoreConnection) throws(PlatformError) -> JobCounts {
            guard try connection.hasFormat(Self.jobFormat) else { return JobCounts(waiting: 0, done: 0, dead: 0) }
            return JobCounts(
                waiting: 0,
                done: try JobTable.count(.done, before: moment, on: connection),
                dead: try JobTable.count(.dead, before: moment, on: connection)
            )
        }
        if dryRun { return try store.read(use) { connection throws(PlatformError) in try counted(connection) } }
        return try store.write(use) { connection throws(PlatformError) in
            let counts = try counted(connection)
            try JobTable.purge(.done, before: moment, on: connection)
            try JobTable.purge(.dead, before: moment, on: connection)
            return counts
        }
    }
}
