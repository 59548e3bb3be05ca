public import CRMModel
import CRMRecords
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

extension Company {
    /// Looks the whole file over: the engine's integrity, the schema, the counters, the duplicate keys, the search
    /// index, the plugins.
    ///
    /// - Throws: `busy`, `storage`.
    package func check() throws(PlatformError) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        try catchUpSearch()
        try store.read { connection throws(PlatformError) in
            for message in try IntegrityCheck.findings(on: connection) {
                findings.append(CheckFinding(severity: .error, message: message))
            }
        }
        do throws(PlatformError) {
            try store.write { connection throws(PlatformError) in
                try SearchTable.checkIntegrity(on: connection)
            }
        } catch {
            findings.append(CheckFinding(severity: .error, message: Message(.checkSearch)))
        }
        try read(as: .system(reason: "check")) { session throws(PlatformError) in
            for message in try session.checkBooks() {
                findings.append(CheckFinding(severity: .error, message: message))
            }
        }
        for (id, error) in linkErrors.sorted(by: { $0.key < $1.key }) {
            findings.append(
                CheckFinding(
                    severity: .warning,
                    message: Message(.checkLink, ["plugin": .text(id.rawValue), "reason": .message(error.message)])
                )
            )
        }
        return findings
    }

    /// Brings the search index up to date.
    ///
    /// - Throws: `busy`, `storage`.
    package func catchUpSearch() throws(PlatformError) {
        let isBehind = try store.read { connection throws(PlatformError) in try SearchTable.hasMarks(on: connection) }
        guard isBehind else { return }
        var done = 1
        while done > 0 {
            done = try write(as: .system(reason: "search"), origin: .library) { session throws(PlatformError) in
                try session.catchUpSearch(limit: 5000)
            }
        }
    }
}

extension MessageKey {
    static let checkSearch = MessageKey(
        "check.search",
        zhCN: "全文索引与记录不一致，请重建索引",
        zhTW: "全文索引與記錄不一致，請重建索引",
        en: "the search index does not agree with the records"
    )
    static let checkLink = MessageKey(
        "check.link",
        zhCN: "链接的插件「{plugin}」的新文件没有装上：{reason}",
        zhTW: "連結的外掛「{plugin}」的新檔案沒有裝上：{reason}",
        en: "the newest files of the linked plugin \"{plugin}\" could not be loaded: {reason}"
    )
}
