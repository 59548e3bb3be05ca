import CRMModel
import CRMScripting
import Synchronization

/// Lets a person stop a backup in each of its parts: the copying, the check of the copy, and its digest.
final class BackupInterruption: Sendable {
    private struct State {
        var running = 0
        var isRequested = false
        var copy: CompanyWorker?
    }

    private let state = Mutex(State())

    /// Asks the backup that runs to stop; from any thread.
    func request() {
        let copy = state.withLock { state -> CompanyWorker? in
            guard state.running > 0 else { return nil }
            state.isRequested = true
            return state.copy
        }
        copy?.interrupt()
    }

    /// Runs a backup.
    ///
    /// - Parameter body: What to run.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    func during<T>(_ body: () throws(PlatformError) -> T) throws(PlatformError) -> T {
        state.withLock { state in
            if state.running == 0 { state.isRequested = false }
            state.running += 1
        }
        defer {
            state.withLock { state in
                state.running -= 1
                state.copy = nil
            }
        }
        return try body()
    }

    /// Says which copy is being looked over, nil when none is any more.
    func looksOver(_ copy: CompanyWorker?) { state.withLock { $0.copy = copy } }

    /// Ends the backup when that was asked for.
    ///
    /// - Throws: `cancelled`.
    func check() throws(PlatformError) {
        guard state.withLock({ $0.isRequested }) else { return }
        throw PlatformError(.cancelled, Message(.backupStopped))
    }
}

extension MessageKey {
    static let backupStopped = MessageKey(
        "backup.stopped",
        zhCN: "备份已中断，没有留下副本",
        zhTW: "備份已中斷，沒有留下副本",
        en: "The backup was stopped; no copy is left"
    )
}
