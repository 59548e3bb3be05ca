import CRMAutomation
import CRMModel
import CRMRecords
import CRMScripting
import CRMStorage

extension Workspace {
    /// How many jobs that others ask for are run at once; the rest waits, so that hooks that set off more and more come to
    /// an end.
    static let followingLimit = 10_000

    /// What became of one try.
    private enum Attempt {
        /// It is done, and asks for further work.
        case done([HookJob])
        /// Somebody else has done it, or works on it.
        case taken
        /// Its plugin or its object is not there now.
        case held
    }

    /// Runs jobs, each in a transaction of its own that also notes that it is done, and then those that their own saves
    /// ask for.
    ///
    /// What cannot be done is noted with its error, to be tried later; the write it followed is kept. When it is interrupted,
    /// what is left waits as it was.
    @discardableResult
    func run(_ jobs: [HookJob]) -> JobRun {
        guard !jobs.isEmpty else { return JobRun() }
        // Jobs have tries of their own, and what they need may be away for a while.
        let known = failures.news
        defer { failures.forgetNews(since: known) }
        let outer = deadline
        defer { deadline = outer }
        // The unit that asked for them is over: what ended it, and its time, are not theirs.
        deadline = nil
        var result = JobRun()
        var queue = jobs
        var next = 0
        var following = 0
        letGoOn()
        let stops = stop.count
        while next < queue.count {
            guard stop.count == stops, !isStopAsked() else {
                stopped(&result, left: queue.count - next, Message(.jobsInterrupted))
                break
            }
            guard following < Self.followingLimit else {
                let limit: [String: Message.Argument] = [
                    "limit": .text(String(Self.followingLimit)), "plugin": .text(queue[next].plugin.rawValue),
                ]
                stopped(&result, left: queue.count - next, Message(.jobsTooMany, limit))
                break
            }
            let job = queue[next]
            next += 1
            do throws(PlatformError) {
                switch try attempt(job) {
                case .done(let further):
                    result.done += 1
                    queue += further
                    following += further.count
                case .taken: result.running += 1
                case .held: result.hold(job.plugin)
                }
            } catch  where error.code == .cancelled {
                // Somebody did not want to wait, which is no fault of the hook.
                giveBack(job)
                stopped(&result, left: queue.count - next + 1, Message(.jobsInterrupted))
                break
            } catch {
                note(error, of: job)
                if keep(error, of: job) { result.dead += 1 } else { result.failed += 1 }
            }
            // What has run is not needed any more; long chains do not grow.
            if next == 1024 {
                queue.removeFirst(next)
                next = 0
            }
        }
        return result
    }

    /// Notes that jobs were left alone, and why.
    private func stopped(_ result: inout JobRun, left: Int, _ reason: Message) {
        result.left += left
        let isOver = reason.key == .jobsTooMany
        file.note(
            PlatformError(
                isOver ? .limitExceeded : .cancelled,
                Message(.jobsLeft, ["reason": .message(reason), "count": .text(String(left))])
            )
        )
    }

    /// Lets a job wait as if it had not been tried; when that cannot be written, the time it was taken for ends.
    private func giveBack(_ job: HookJob) {
        guard job.isCounted else { return }
        try? store.write { connection throws(PlatformError) in
            try JobTable.giveBack(job.id, from: file.jobRunner.name, on: connection)
        }
    }

    private func attempt(_ job: HookJob) throws(PlatformError) -> Attempt {
        try store.write(use) { connection throws(PlatformError) -> Attempt in
            try refresh(connection)
            let session = try makeSession(
                connection,
                UnitContext(job.principal, language: job.language, origin: job.origin)
            )
            let running = try runtime()
            guard isThere(job, in: running) else { return .held }
            // First of all, so that nobody else begins it; undone with the rest when the hook fails.
            guard
                try JobTable.finish(
                    job.id,
                    by: file.jobRunner.name,
                    at: session.now,
                    counts: !job.isCounted,
                    on: connection
                )
            else { return .taken }
            guard job.path.count < JobRunner.chainLimit else { throw Self.tooLong(job) }
            guard let handler = job.handler(among: running) else { throw Self.gone(job) }
            try Self.whole(session) { session throws(PlatformError) in
                try session.runAfterCommit(handler, job.record)
            }
            return .done(
                try Outbox.keep(
                    session,
                    path: job.path + [job.name],
                    origin: job.origin,
                    language: job.language,
                    on: connection
                )
            )
        }
    }

    /// Whether what a job needs is running now.
    func isThere(_ job: HookJob, in running: PluginRuntime) -> Bool {
        running.hosts.contains { $0.id == job.plugin } && catalog.objects[job.record.object] != nil
    }

    private static func tooLong(_ job: HookJob) -> PlatformError {
        let words = (job.path + [job.name]).joined(separator: " ⇒ ")
        return PlatformError(
            .limitExceeded,
            Message(.afterCommitChain, ["limit": .text(String(JobRunner.chainLimit)), "path": .text(words)]),
            context: ErrorContext(object: job.record.object, plugin: job.plugin)
        )
    }

    private static func gone(_ job: HookJob) -> PlatformError {
        PlatformError(
            .notFound,
            Message(.jobHookGone, ["plugin": .text(job.plugin.rawValue), "hook": .text(job.hook)]),
            context: ErrorContext(object: job.record.object, plugin: job.plugin)
        )
    }

    /// Keeps an error for whoever asks: the write is kept, and nobody waits for the hook.
    private func note(_ error: PlatformError, of job: HookJob) {
        var error = error
        error.context.locate(job.record.object, job.record.number)
        error.context.plugin = error.context.plugin ?? job.plugin
        error.context.hook = error.context.hook ?? HookPoint.afterCommit.rawValue
        let told = PlatformError(
            error.code,
            Message(
                .afterCommitFailed,
                ["record": .text(job.record.description), "reason": .message(error.message)]
            ),
            issues: error.issues,
            context: error.context,
            cause: error,
            traceback: error.traceback
        )
        file.note(told)
        file.say(.error, plugin: job.plugin, record: job.record.description, told.text(in: language))
    }

    /// Keeps beside the job what it ended with; says whether it was given up.
    ///
    /// When that cannot be written either, the job waits as it was.
    private func keep(_ error: PlatformError, of job: HookJob) -> Bool {
        let isFinal = error.message.key == .afterCommitChain || error.message.key == .jobHookGone
        let isDead = try? store.write { connection throws(PlatformError) in
            try file.jobRunner.fail(job, error, isFinal: isFinal, at: options.clock.now.wholeSeconds, on: connection)
        }
        return isDead ?? false
    }
}

extension MessageKey {
    static let jobsInterrupted = MessageKey("jobs.interrupted", zhCN: "已中断", zhTW: "已中斷", en: "Interrupted")
    static let jobsTooMany = MessageKey(
        "jobs.too_many",
        zhCN: "一次保存引发了 {limit} 件以上的后续工作（插件 {plugin}），请检查它的 after_commit 钩子",
        zhTW: "一次儲存引發了 {limit} 件以上的後續工作（外掛 {plugin}），請檢查它的 after_commit 鉤子",
        en: "One save set off more than {limit} further pieces of work (plugin {plugin}); look at its after_commit "
            + "hooks"
    )
    static let jobsLeft = MessageKey(
        "jobs.left",
        zhCN: "{reason}。已保存的不变；保存之后要做的事还有 {count} 件等待，用 jobs run 继续",
        zhTW: "{reason}。已儲存的不變；儲存之後要做的事還有 {count} 件等待，用 jobs run 繼續",
        en: "{reason}. What is saved stays; {count} pieces of work that follow from it wait, jobs run goes on with them"
    )
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
