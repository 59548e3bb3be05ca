package import CRMModel
import CRMRecords
import CRMScripting
import CRMStorage

extension OpenFile {
    /// How deep after_commit hooks may set off further ones by what they save.
    private static let chainLimit = 16
    /// How many errors are kept for whoever asks.
    private static let keptErrors = 100

    /// What after_commit hooks could not do since this was last asked; the writes they followed are kept.
    package func takeAfterCommitErrors() -> [PlatformError] {
        defer { afterCommitErrors.removeAll() }
        return afterCommitErrors
    }

    /// Runs hooks after a commit, each in a transaction of its own, and then those that their own saves ask for.
    ///
    /// A hook does not run again for a record for which it is running, nor for what it has set off itself.
    func runAfterCommit(_ calls: [AfterCommitCall], _ principal: Principal) {
        guard !calls.isEmpty else { return }
        let started = loaded
        var queue = calls.map { (call: $0, path: [String]()) }
        var next = 0
        while next < queue.count {
            let (call, path) = queue[next]
            next += 1
            let name = "\(call.handler.plugin):\(call.handler.source) → \(call.record)"
            guard !path.contains(name) else { continue }
            do throws(PlatformError) {
                guard path.count < Self.chainLimit else {
                    let words = (path + [name]).joined(separator: " ⇒ ")
                    throw PlatformError(
                        .limitExceeded,
                        Message(.afterCommitChain, ["limit": .text(String(Self.chainLimit)), "path": .text(words)]),
                        context: ErrorContext(object: call.record.object, plugin: call.handler.plugin)
                    )
                }
                for further in try run(call, principal, since: started) { queue.append((further, path + [name])) }
            } catch {
                note(error, of: call)
            }
            // What has run is not needed any more; long chains do not grow.
            if next == 1024 {
                queue.removeFirst(next)
                next = 0
            }
        }
        // The handlers belong to the plugins as they were when the transaction was kept.
        withExtendedLifetime(started) {}
    }

    /// Runs one hook and gives those that what it saved asks for.
    private func run(
        _ call: AfterCommitCall,
        _ principal: Principal,
        since started: PluginRuntime?
    ) throws(PlatformError) -> [AfterCommitCall] {
        try store.write { connection throws(PlatformError) -> [AfterCommitCall] in
            let session = try makeSession(connection, principal, .plugin)
            guard let handler = try current(call.handler, call.record.object, since: started) else { return [] }
            try Self.whole(session) { session throws(PlatformError) in
                try session.runAfterCommit(handler, call.record)
            }
            return session.afterCommit
        }
    }

    /// Keeps an error and tells the log: the write is kept, and nobody waits for the hook.
    private func note(_ error: PlatformError, of call: AfterCommitCall) {
        var error = error
        error.context.object = error.context.object ?? call.record.object
        error.context.record = error.context.record ?? call.record.number
        error.context.plugin = error.context.plugin ?? call.handler.plugin
        error.context.hook = error.context.hook ?? HookPoint.afterCommit.rawValue
        let told = PlatformError(
            error.code,
            Message(
                .afterCommitFailed,
                ["record": .text(call.record.description), "reason": .message(error.message)]
            ),
            issues: error.issues,
            context: error.context,
            cause: error,
            traceback: error.traceback
        )
        if afterCommitErrors.count < Self.keptErrors { afterCommitErrors.append(told) }
    }

    /// The hook as it is now: when a limit has struck since, the plugins were started anew and it is another object.
    private func current(
        _ handler: any HookHandler,
        _ object: ObjectName,
        since started: PluginRuntime?
    ) throws(PlatformError) -> (any HookHandler)? {
        let running = try runtime()
        if running === started { return handler }
        return running.handlers(at: .afterCommit, of: object).first {
            $0.plugin == handler.plugin && $0.source == handler.source
        }
    }
}

extension MessageKey {
    static let afterCommitFailed = MessageKey(
        "hook.after_commit_failed",
        zhCN: "{record} 已保存，但保存之后的钩子出错：{reason}",
        zhTW: "{record} 已儲存，但儲存之後的鉤子出錯：{reason}",
        en: "{record} is saved, but a hook that runs after the commit failed: {reason}"
    )
    static let afterCommitChain = MessageKey(
        "hook.after_commit_chain",
        zhCN: "after_commit 钩子接连引发超过 {limit} 层：{path}",
        zhTW: "after_commit 鉤子接連引發超過 {limit} 層：{path}",
        en: "after_commit hooks set off each other more than {limit} deep: {path}"
    )
}
