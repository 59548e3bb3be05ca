public import CRMAutomation
public import CRMModel
import CRMRuntime

extension Platform {
    /// The work that is kept in the file: those that wait or were given up first, of each the newest first.
    ///
    /// - Parameters:
    ///   - states: Which of them.
    ///   - limit: At most so many, 1 and up.
    /// - Returns: The jobs.
    /// - Throws: `invalidInput` for another limit; `storage`.
    public func jobs(
        _ states: Set<Job.State> = [.waiting, .running, .dead],
        limit: Int = 100
    ) throws(PlatformError) -> [Job] {
        guard limit > 0 else { throw PlatformError(.invalidInput, Message(.jobLimit)) }
        return try lanes.run(.fast) { workspace throws(PlatformError) in try workspace.jobs(states, limit: limit).jobs }
    }

    /// The numbers of jobs that are in the file and cannot be read, at most 1,000.
    ///
    /// - Throws: `storage`.
    public func unreadableJobs() throws(PlatformError) -> [Int64] {
        try lanes.run(.fast) { workspace throws(PlatformError) in
            try workspace.jobs(Set(Job.State.allCases), limit: 1_000).unreadable
        }
    }

    /// Removes jobs for good, whatever became of them: also those that wait for a plugin that will not come back.
    ///
    /// - Parameter ids: Their numbers.
    /// - Throws: `notFound` when there is no such job, `conflict` when somebody works on one, and then none is removed;
    ///   `busy`, `storage`.
    public func forgetJobs(_ ids: [Int64]) throws(PlatformError) {
        try lanes.run(.write) { workspace throws(PlatformError) in try workspace.forgetJobs(ids) }
    }

    /// How many jobs there are.
    ///
    /// - Throws: `storage`.
    public func jobCounts() throws(PlatformError) -> JobCounts {
        try lanes.run(.fast) { workspace throws(PlatformError) in try workspace.jobCounts() }
    }

    /// Runs the jobs that are due: what a process that was killed has left, and what failed and is to be tried again.
    ///
    /// Saves run what they ask for themselves, before ``write(as:origin:_:)`` returns. What a job could not do is kept
    /// beside it and given by ``takeAfterCommitErrors()``.
    ///
    /// - Throws: `invalidPlugin`, `hookFailed` when the plugins do not start; `cancelled` when it was interrupted; `busy`,
    ///   `storage`.
    @discardableResult
    public func runJobs() throws(PlatformError) -> JobRun {
        try lanes.run(.write) { workspace throws(PlatformError) in try workspace.runDueJobs() }
    }

    /// Lets jobs be tried again at once, with as many tries as new ones.
    ///
    /// - Parameter ids: Their numbers; nil for all that were given up.
    /// - Returns: What became of them.
    /// - Throws: `notFound` when there is no such job, `conflict` when one is done, and then none is run; otherwise as
    ///   ``runJobs()``.
    @discardableResult
    public func retryJobs(_ ids: [Int64]? = nil) throws(PlatformError) -> JobRun {
        try lanes.run(.write) { workspace throws(PlatformError) in try workspace.retryJobs(ids) }
    }

    /// Forgets jobs that were done or given up some days ago; of those that are done the last 10,000 are kept anyway.
    ///
    /// - Parameters:
    ///   - days: How long ago at least, in days, 0 to 36,500.
    ///   - dryRun: Whether they are only counted.
    /// - Returns: How many were forgotten.
    /// - Throws: `invalidInput` for other days; `busy`, `storage`.
    @discardableResult
    public func purgeJobs(olderThanDays days: Int, dryRun: Bool = false) throws(PlatformError) -> JobCounts {
        try lanes.run(.write) { workspace throws(PlatformError) in
            try workspace.purgeJobs(olderThanDays: days, dryRun: dryRun)
        }
    }
}
