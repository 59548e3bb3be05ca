import CRMPlatform

extension ShellSession {
    /// Lists jobs, runs those that are due, lets some be tried again, or forgets old ones.
    func jobs(_ request: JobsRequest) throws {
        switch request.action {
        case "purge" where !request.numbers.isEmpty:
            try forgetJobs(try numbers(request), request)
        case "list", "run", "purge":
            if let extra = request.numbers.first {
                throw PlatformError(.invalidInput, Message(.shellJobsNoNumbers, ["text": .text(extra)]))
            }
            if request.action != "purge", request.days != nil {
                throw PlatformError(.invalidInput, Message(.shellJobsNoDays, ["text": .text(request.action)]))
            }
            if request.action == "run" { return told(try platform.runJobs()) }
            if request.action == "purge" { return try purgeJobs(request) }
            try listJobs(isWhole: request.showsAll)
        case "retry":
            guard !request.numbers.isEmpty || request.showsAll else {
                throw PlatformError(.invalidInput, Message(.shellJobsWhich))
            }
            let ids = try numbers(request)
            told(try platform.retryJobs(request.numbers.isEmpty ? nil : ids))
        case let word:
            throw PlatformError(.invalidInput, Message(.shellJobsAction, ["text": .text(word)]))
        }
    }

    /// Says when something that follows from saves is not done, as after a kill.
    func tellOpenJobs() {
        // Whoever cannot read the jobs is told by what he asks for next.
        guard let counts = try? platform.jobCounts(), counts.waiting > 0 || counts.dead > 0 else { return }
        report(
            .shellJobsOpen,
            ["waiting": .text(String(counts.waiting)), "dead": .text(String(counts.dead))]
        )
    }

    private func numbers(_ request: JobsRequest) throws(PlatformError) -> [Int64] {
        try request.numbers.map { text throws(PlatformError) -> Int64 in
            guard let id = Int64(text) else { throw DotArguments.noNumber(text, for: "ID") }
            return id
        }
    }

    /// Forgets jobs by their numbers, whatever became of them.
    private func forgetJobs(_ ids: [Int64], _ request: JobsRequest) throws {
        let words: [String: Message.Argument] = [
            "jobs": .text(ids.map(String.init).joined(separator: say(.shellListSeparator)))
        ]
        if request.isDryRun {
            if isJSON { return console.json(["would_purge": .array(ids.map { .integer($0) })]) }
            report(.shellJobsWouldForget, words)
            return report(.shellDryRun)
        }
        if !request.isAgreed, canAsk { try requireAgreement(.shellJobsForgetQuestion, words) }
        try platform.forgetJobs(ids)
        if isJSON { return console.json(["purged": .array(ids.map { .integer($0) })]) }
        report(.shellJobsForgotten, words)
    }

    private func listJobs(isWhole: Bool) throws(PlatformError) {
        let states: Set<Job.State> = isWhole ? Set(Job.State.allCases) : [.waiting, .running, .dead]
        let jobs = try platform.jobs(states, limit: 500)
        let counts = try platform.jobCounts()
        let unreadable = try platform.unreadableJobs()
        if isJSON {
            return console.json([
                "jobs": .array(jobs.map { json($0) }), "waiting": .count(counts.waiting), "done": .count(counts.done),
                "dead": .count(counts.dead), "unreadable": .array(unreadable.map { .integer($0) }),
            ])
        }
        let zone = try platform.settings.timeZone
        for job in jobs {
            report(
                .shellJobHead,
                [
                    "id": .text(String(job.id)), "state": .text(say(Self.word(job.state))),
                    "record": .text(job.record.description), "plugin": .text(job.plugin.rawValue),
                    "hook": .text(job.hook),
                ]
            )
            report(
                Self.times(job.state),
                ["count": .text(String(job.attempts)), "time": .text(job.runAt.text(in: zone))]
            )
            if let failure = job.failure {
                for line in text(failure).split(separator: "\n") {
                    console.line("   " + DisplayWidth.escapingControls(String(line)))
                }
            }
        }
        if !unreadable.isEmpty {
            let ids = unreadable.map(String.init)
            report(.shellJobsUnreadable, ["jobs": .text(ids.joined(separator: say(.shellListSeparator)))])
        }
        report(
            .shellJobCounts,
            [
                "waiting": .text(String(counts.waiting)), "done": .text(String(counts.done)),
                "dead": .text(String(counts.dead)),
            ]
        )
    }

    /// The error of a job with where it happened, unless its words say so themselves.
    private func text(_ failure: Job.Failure) -> String {
        let words = failure.message.text(in: language)
        guard let file = failure.file, let line = failure.line, !words.contains("\(file):\(line)") else { return words }
        return "\(file):\(line): \(words)"
    }

    private static func word(_ state: Job.State) -> MessageKey {
        switch state {
        case .waiting: .shellJobWaiting
        case .running: .shellJobRunning
        case .done: .shellJobDone
        case .dead: .shellJobDead
        }
    }

    private static func times(_ state: Job.State) -> MessageKey {
        switch state {
        case .waiting, .running: .shellJobNext
        case .done: .shellJobEnded
        case .dead: .shellJobGivenUp
        }
    }

    private func json(_ job: Job) -> JSONValue {
        [
            "id": .integer(job.id), "state": .string(job.state.rawValue), "key": .text(job.key),
            "plugin": .string(job.plugin.rawValue), "hook": .string(job.hook),
            "record": .string(job.record.description), "principal": .string(job.principal.description),
            "origin": .string(job.origin.description), "language": .string(job.language.rawValue),
            "created_at": .string(job.createdAt.description), "run_at": .string(job.runAt.description),
            "attempts": .count(job.attempts),
            "error": job.failure.map { failure -> JSONValue in
                [
                    "code": .string(failure.code), "message": .string(failure.message.text(in: language)),
                    "plugin": .text(failure.plugin?.rawValue), "file": .text(failure.file),
                    "line": failure.line.map { .count($0) } ?? .null,
                ]
            } ?? .null,
        ]
    }

    /// Says what became of jobs.
    private func told(_ run: JobRun) {
        if isJSON {
            return console.json([
                "done": .count(run.done), "failed": .count(run.failed), "dead": .count(run.dead),
                "running": .count(run.running), "left": .count(run.left),
                "held": .array(
                    run.held.map { ["plugin": .string($0.plugin.rawValue), "count": .count($0.count)] }
                ),
            ])
        }
        report(
            .shellJobsRun,
            ["done": .text(String(run.done)), "failed": .text(String(run.failed)), "dead": .text(String(run.dead))]
        )
        if let counts = try? platform.jobCounts(), counts.waiting > run.running {
            report(.shellJobsLater, ["count": .text(String(counts.waiting - run.running))])
        }
        if run.running > 0 { report(.shellJobsElsewhere, ["count": .text(String(run.running))]) }
        for held in run.held {
            report(
                .shellJobsHeld,
                ["plugin": .text(held.plugin.rawValue), "count": .text(String(held.count))]
            )
        }
    }

    private func purgeJobs(_ request: JobsRequest) throws {
        let days = Int(clamping: request.days ?? 7)
        if request.isDryRun || (!request.isAgreed && canAsk) {
            let counts = try platform.purgeJobs(olderThanDays: days, dryRun: true)
            if request.isDryRun, isJSON {
                return console.json(["done": .count(counts.done), "dead": .count(counts.dead)])
            }
            report(.shellJobsWouldPurge, Self.arguments(counts))
            if request.isDryRun { return report(.shellDryRun) }
            guard counts.done + counts.dead > 0 else { return }
            try requireAgreement(.shellJobsPurgeQuestion, Self.arguments(counts))
        }
        let counts = try platform.purgeJobs(olderThanDays: days)
        if isJSON { return console.json(["done": .count(counts.done), "dead": .count(counts.dead)]) }
        report(.shellJobsPurged, Self.arguments(counts))
    }

    private static func arguments(_ counts: JobCounts) -> [String: Message.Argument] {
        ["done": .text(String(counts.done)), "dead": .text(String(counts.dead))]
    }

    /// Writes the last lines of the log.
    func log(_ request: LogRequest) throws {
        let level: LogEntry.Level
        switch request.level {
        case nil: level = .debug
        case let text?:
            guard let known = LogEntry.Level(rawValue: text) else {
                throw PlatformError(.invalidInput, Message(.shellLogLevel, ["text": .text(text)]))
            }
            level = known
        }
        let plugin = try request.plugin.map { text throws(PlatformError) -> PluginID in
            // Of a plugin that is not there any more the lines are kept.
            guard let id = PluginID(rawValue: text) else { return try pluginID(text) }
            return id
        }
        guard request.limit > 0 else { throw DotArguments.noNumber(String(request.limit), for: "-n") }
        let zone = try platform.settings.timeZone
        let since = try request.since.map { text throws(PlatformError) -> Instant in
            do throws(InputProblem) {
                return try LenientInput.instant(text, in: zone)
            } catch {
                let reason =
                    switch error {
                    case .skippedTime: Message(.inputSkippedTime, ["zone": .text(try platform.settings[.timeZone])])
                    case .momentRange: Message(.inputMomentRange)
                    default: Message(.shellLogSince, ["text": .text(text)])
                    }
                throw PlatformError(.invalidInput, reason)
            }
        }
        let lines = try platform.log(from: level, plugin: plugin, since: since, limit: Int(clamping: request.limit))
        if isJSON {
            let values = lines.map { line -> JSONValue in
                [
                    "at": .string(line.at.description), "level": .string(line.level.rawValue),
                    "plugin": .string(line.plugin), "record": .text(line.record), "text": .string(line.text),
                ]
            }
            return console.json(["lines": .array(values)])
        }
        if lines.isEmpty, let plugin, try !platform.plugins.contains(where: { $0.id == plugin }) {
            return report(.shellLogNobody, ["plugin": .text(plugin.rawValue)])
        }
        guard !lines.isEmpty else { return report(.shellLogEmpty) }
        for line in lines {
            let record = line.record.map { " · " + $0 } ?? ""
            let text = "\(line.at.text(in: zone)) [\(line.level.rawValue)] \(line.plugin)\(record): \(line.text)"
            console.line(LogRendering.lines(text))
        }
    }
}

extension MessageKey {
    static let shellJobHead = MessageKey(
        "shell.job_head",
        zhCN: "{id}  {state}  {record}  插件 {plugin}  {hook}",
        zhTW: "{id}  {state}  {record}  外掛 {plugin}  {hook}",
        en: "{id}  {state}  {record}  plugin {plugin}  {hook}"
    )
    static let shellJobNext = MessageKey(
        "shell.job_next",
        zhCN: "   已试 {count} 次，{time} 起再试",
        zhTW: "   已試 {count} 次，{time} 起再試",
        en: "   tried {count} time(s), to be tried from {time} on"
    )
    static let shellJobEnded = MessageKey(
        "shell.job_ended",
        zhCN: "   试了 {count} 次，{time} 完成",
        zhTW: "   試了 {count} 次，{time} 完成",
        en: "   tried {count} time(s), done at {time}"
    )
    static let shellJobGivenUp = MessageKey(
        "shell.job_given_up",
        zhCN: "   试了 {count} 次，{time} 放弃",
        zhTW: "   試了 {count} 次，{time} 放棄",
        en: "   tried {count} time(s), given up at {time}"
    )
    static let shellJobsUnreadable = MessageKey(
        "shell.jobs_unreadable",
        zhCN: "无法读取的任务：{jobs}（jobs purge 编号 可清除）",
        zhTW: "無法讀取的工作：{jobs}（jobs purge 編號 可清除）",
        en: "Jobs that cannot be read: {jobs} (jobs purge ID removes them)"
    )
    static let shellJobsWouldForget = MessageKey(
        "shell.jobs_would_forget",
        zhCN: "将清除任务 {jobs}，不再执行",
        zhTW: "將清除工作 {jobs}，不再執行",
        en: "Would purge the jobs {jobs}, which then never run"
    )
    static let shellJobsForgetQuestion = MessageKey(
        "shell.jobs_forget_question",
        zhCN: "清除任务 {jobs}，不再执行？[y/N]",
        zhTW: "清除工作 {jobs}，不再執行？[y/N]",
        en: "Purge the jobs {jobs}, so that they never run? [y/N]"
    )
    static let shellJobsForgotten = MessageKey(
        "shell.jobs_forgotten",
        zhCN: "已清除任务 {jobs}",
        zhTW: "已清除工作 {jobs}",
        en: "Purged the jobs {jobs}"
    )
    static let shellJobsLater = MessageKey(
        "shell.jobs_later",
        zhCN: "还有 {count} 件等待",
        zhTW: "還有 {count} 件等待",
        en: "{count} wait"
    )
    static let shellLogNobody = MessageKey(
        "shell.log_nobody",
        zhCN: "没有叫「{plugin}」的插件，日志里也没有它的行",
        zhTW: "沒有叫「{plugin}」的外掛，日誌裡也沒有它的行",
        en: "There is no plugin \"{plugin}\", nor any line of it in the log"
    )
    static let shellJobsNoDays = MessageKey(
        "shell.jobs_no_days",
        zhCN: "--days 只用于 purge，不用于 {text}",
        zhTW: "--days 只用於 purge，不用於 {text}",
        en: "--days is for purge alone, not for {text}"
    )
    static let shellJobsOpen = MessageKey(
        "shell.jobs_open",
        zhCN: "保存之后要做的事：{waiting} 件等待执行，{dead} 件已放弃（.jobs 查看，.jobs run 执行，.jobs retry 重试）",
        zhTW: "儲存之後要做的事：{waiting} 件等待執行，{dead} 件已放棄（.jobs 檢視，.jobs run 執行，.jobs retry 重試）",
        en: "What follows from saves: {waiting} waiting, {dead} given up (.jobs shows them, .jobs run does what "
            + "is due, .jobs retry tries again)"
    )
}
