import CRMAutomation
public import CRMModel
import CRMRecords
import CRMScripting
import CRMStorage

/// Something that is not as it should be in a file.
public struct CheckFinding: Sendable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable {
        /// Data are damaged or rules are broken.
        case error
        /// Worth knowing.
        case warning
    }

    /// How bad it is.
    public let severity: Severity
    /// What it is and what to do.
    public let message: Message
}

extension Workspace {
    /// Looks the file over as it lies there: the engine's integrity and the schema.
    ///
    /// - Throws: `busy`, `storage`.
    func checkIntegrity() throws(PlatformError) -> [CheckFinding] {
        try store.read(use) { connection throws(PlatformError) in
            try IntegrityCheck.findings(on: connection).map { CheckFinding(severity: .error, message: $0) }
        }
    }

    /// Looks over the search index, which the engine does where it writes.
    ///
    /// - Throws: `busy`, `cancelled`, `storage`.
    func checkSearch() throws(PlatformError) -> [CheckFinding] {
        guard !store.isReadOnly else {
            return [CheckFinding(severity: .warning, message: Message(.checkSearchReadOnly))]
        }
        do throws(PlatformError) {
            try store.write(use) { connection throws(PlatformError) in
                try SearchTable.checkIntegrity(on: connection)
            }
            return []
        } catch  where error.code == .storage {
            return [CheckFinding(severity: .error, message: Message(.checkSearch))]
        }
    }

    /// Looks over counters, duplicate keys and plugins.
    ///
    /// - Throws: `busy`, `storage`.
    func checkContents() throws(PlatformError) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        findings += settings.objections.map { CheckFinding(severity: .warning, message: $0) }
        if settings.unknownZone == nil {
            try read(as: .system(reason: "check")) { session throws(PlatformError) in
                for message in try session.checkBooks() {
                    findings.append(CheckFinding(severity: .error, message: message))
                }
            }
        }
        let damages = try store.read(use) { connection throws(PlatformError) in try PluginDamage.all(on: connection) }
        findings += damages.map { CheckFinding(severity: .error, message: $0.error.message) }
        do throws(PlatformError) {
            // Code that was changed is not run.
            if damages.isEmpty, !options.isSafe { _ = try runtimeLookedAt() }
        } catch {
            let reasons = error.issues.isEmpty ? [error.message] : error.issues.map(\.message)
            findings += reasons.map { CheckFinding(severity: .error, message: $0) }
        }
        if options.isSafe { findings.append(CheckFinding(severity: .warning, message: Message(.checkSafe))) }
        for entry in plugins.entries where !entry.isEnabled {
            let reason = entry.suspension.map { Message.Argument.message($0.message(in: settings.timeZone)) } ?? "—"
            findings.append(
                CheckFinding(
                    severity: .warning,
                    message: Message(
                        .checkDisabled,
                        ["plugin": .text(entry.package.manifest.id.rawValue), "reason": reason]
                    )
                )
            )
        }
        for id in try self.jobs(Set(Job.State.allCases), limit: 1_000).unreadable {
            findings.append(CheckFinding(severity: .warning, message: Message(.checkJob, ["id": .text(String(id))])))
        }
        let jobs = try jobCounts()
        if jobs.waiting > 0 || jobs.dead > 0 {
            let words = ["waiting": Message.Argument.text(String(jobs.waiting)), "dead": .text(String(jobs.dead))]
            findings.append(CheckFinding(severity: .warning, message: Message(.checkJobs, words)))
        }
        for (id, error) in file.linkErrors.sorted(by: { $0.key < $1.key }) {
            let reasons = error.issues.isEmpty ? [error.message] : error.issues.map(\.message)
            findings += reasons.map { reason in
                CheckFinding(
                    severity: .warning,
                    message: Message(.checkLink, ["plugin": .text(id.rawValue), "reason": .message(reason)])
                )
            }
        }
        return findings
    }

    /// When the last change was saved, nil when there was none.
    ///
    /// - Throws: `busy`, `storage`.
    package func lastSaved() throws(PlatformError) -> Instant? {
        try store.read(use) { connection throws(PlatformError) in try AuditTable.lastMoment(on: connection) }
    }

    /// The signs that tell the company from others, nil when it has none yet.
    ///
    /// - Throws: `busy`, `storage`.
    package func identity() throws(PlatformError) -> String? {
        try store.read(use) { connection throws(PlatformError) in try MetaTable.identity(on: connection) }
    }

    /// Whether records wait for the search index that can be read into it here.
    ///
    /// - Throws: `busy`, `storage`.
    func isSearchBehind() throws(PlatformError) -> Bool {
        guard !store.isReadOnly else { return false }
        return try hasUnindexed()
    }

    /// Whether records wait for the search index.
    ///
    /// - Throws: `busy`, `storage`.
    func hasUnindexed() throws(PlatformError) -> Bool {
        try store.read(use) { connection throws(PlatformError) in try SearchTable.hasMarks(on: connection) }
    }

    /// How many records wait for the search index, and the last of them.
    ///
    /// - Throws: `busy`, `storage`.
    func searchBacklog() throws(PlatformError) -> (count: Int, last: [(objectID: Int64, recordID: Int64)]) {
        try catchUp()
        return try store.read(use) { connection throws(PlatformError) in
            (try SearchTable.markCount(on: connection), try SearchTable.lastMarks(on: connection))
        }
    }

    /// How long a transaction of the search index may take; others write between.
    private static let searchBatch: Duration = .milliseconds(100)

    /// Reads marked records into the search index for the length of a batch; no plugin runs, and nobody's rights come into it.
    ///
    /// - Returns: How many were read, and whether one of those up to `last` is left.
    /// - Throws: `busy`, `storage`, `cancelled`; `limitExceeded` when the deadline of whoever waits for it is over.
    func index(upTo last: [(objectID: Int64, recordID: Int64)]) throws(PlatformError) -> (done: Int, isBehind: Bool) {
        let done = try store.write(use) { connection throws(PlatformError) in
            try session(readingFrom: connection, UnitContext(.system(reason: "search")))
                .catchUpSearch(until: min(.now + Self.searchBatch, deadline ?? .now + Self.searchBatch))
        }
        let isBehind = try store.read(use) { connection throws(PlatformError) -> Bool in
            for mark in last where try SearchTable.hasMarks(upTo: mark, on: connection) { return true }
            return false
        }
        return (done, isBehind)
    }
}

extension MessageKey {
    static let checkSearch = MessageKey(
        "check.search",
        zhCN: "全文索引与记录不一致，请重建索引",
        zhTW: "全文索引與記錄不一致，請重建索引",
        en: "the search index does not agree with the records"
    )
    static let checkSearchReadOnly = MessageKey(
        "check.search_read_only",
        zhCN: "文件只能读取，没有检查全文索引",
        zhTW: "檔案只能讀取，沒有檢查全文索引",
        en: "the file can only be read here, so the search index was not examined"
    )
    static let checkSearchRehearsal = MessageKey(
        "check.search_rehearsal",
        zhCN: "现在有人在演练，没有检查全文索引，其余已按提交过的内容检查（{holder}）",
        zhTW: "現在有人在演練，沒有檢查全文索引，其餘已按提交過的內容檢查（{holder}）",
        en:
            "somebody is rehearsing, so the search index was not examined; all else was, as it is committed ({holder})"
    )
    static let checkJob = MessageKey(
        "check.job",
        zhCN: "任务 {id} 无法读取；用 jobs purge {id} 清除",
        zhTW: "工作 {id} 無法讀取；用 jobs purge {id} 清除",
        en: "job {id} cannot be read; jobs purge {id} removes it"
    )
    static let checkJobs = MessageKey(
        "check.jobs",
        zhCN: "保存之后要做的事没有做完：{waiting} 件等待执行，{dead} 件已放弃；用 jobs 查看，jobs run 或 jobs retry 执行",
        zhTW: "儲存之後要做的事沒有做完：{waiting} 件等待執行，{dead} 件已放棄；用 jobs 檢視，jobs run 或 jobs retry 執行",
        en: "what follows from saves is not done: {waiting} waiting, {dead} given up; see jobs, jobs run and jobs retry"
    )
    static let checkLink = MessageKey(
        "check.link",
        zhCN: "链接的插件「{plugin}」的新文件没有装上：{reason}",
        zhTW: "連結的外掛「{plugin}」的新檔案沒有裝上：{reason}",
        en: "the newest files of the linked plugin \"{plugin}\" could not be loaded: {reason}"
    )
}
