package import CRMModel
package import CRMStorage
import Foundation

/// Who works on jobs: one open file of one process.
///
/// Also the rules by which jobs are tried.
package struct JobRunner: Sendable {
    /// How deep hooks may set off further ones by what they save.
    package static let chainLimit = 16
    /// How often a job is tried before it is given up.
    package static let attemptLimit = 5
    /// How many tries can be written beside a job; more were never made.
    static let attemptCeiling: Int64 = 1_000_000
    /// For how long one who works on a job has it for itself, in seconds; longer than a hook may run.
    static let leaseSeconds: Int64 = 120
    /// How long after each failed try the next one comes, in seconds.
    private static let delays: [Int64] = [60, 300, 1_800, 7_200]

    /// What is written beside a job that this runner works on.
    package let name: String

    /// Makes a runner of this process.
    package init() {
        let tag = String(UInt32.random(in: 0...UInt32.max), radix: 36)
        name = "\(MachineStart.identity)/\(ProcessInfo.processInfo.processIdentifier)/\(tag)"
    }

    /// Whether somebody else works on a job.
    package func isTaken(_ row: JobTable.Row, now: Instant) -> Bool {
        row.lockedBy != name && Self.isAtWork(on: row, now: now)
    }

    /// Whether somebody works on a job: the time they took is not over, and they are not known to be gone.
    static func isAtWork(on row: JobTable.Row, now: Instant) -> Bool {
        guard let until = row.lockedUntil, until > now, let holder = row.lockedBy else { return false }
        let parts = holder.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == MachineStart.identity, let process = Int32(parts[1]), process > 0 else {
            return true
        }
        return (kill(process, 0) == 0 || errno != ESRCH) && !isEnded(process)
    }

    /// Whether a process has ended and only its parent has not looked yet; where that cannot be told, it has not.
    private static func isEnded(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = status.lastIndex(of: ")")
        else { return false }
        return status[end...].dropFirst(2).first == "Z"
    }

    /// Takes a waiting job; false when it is not waiting any more, or somebody else works on it.
    ///
    /// A runner that is killed has counted its try, and the time it took ends.
    ///
    /// - Throws: `storage`.
    package func take(_ id: Int64, at now: Instant, on connection: StoreConnection) throws(PlatformError) -> Bool {
        guard let row = try JobTable.row(id, on: connection), row.state == .waiting, !isTaken(row, now: now) else {
            return false
        }
        return try JobTable.lease(id, to: name, until: now.adding(seconds: Self.leaseSeconds), on: connection)
    }

    /// Notes what a try of a job ended with; says whether the job was given up.
    ///
    /// - Throws: `storage`.
    package func fail(
        _ job: HookJob,
        _ error: PlatformError,
        isFinal: Bool,
        at now: Instant,
        on connection: StoreConnection
    ) throws(PlatformError) -> Bool {
        let attempts = job.attempts + (job.isCounted ? 0 : 1)
        let isDead = isFinal || attempts >= Self.attemptLimit
        let delay = Self.delays[min(max(attempts, 1), Self.delays.count) - 1]
        try JobTable.fail(
            job.id,
            isDead ? .dead : .waiting,
            at: isDead ? now : now.adding(seconds: delay),
            attempts: Int64(attempts),
            error: Job.Failure.stored(error),
            on: connection
        )
        return isDead
    }
}
