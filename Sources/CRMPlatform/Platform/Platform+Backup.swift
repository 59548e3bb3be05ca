public import CRMModel
import CRMRuntime
import CRMStorage
import Foundation

/// A copy of a company that was made and examined.
public struct BackupReport: Sendable {
    /// The size, in bytes.
    public let bytes: Int64
    /// The SHA-256 of the file, in hexadecimal.
    public let sha256: String
    /// When the last change that is in the copy was saved; nil when there is none.
    public let lastSaved: Instant?
}

extension Platform {
    /// Copies the company into a file, as it is at this moment, while others go on reading and writing.
    ///
    /// The copy is looked over as ``check()`` does before it gets its name; whatever fails, nothing is left. What a
    /// rehearsal has not kept is not in it.
    ///
    /// - Parameters:
    ///   - path: Where the copy shall lie.
    ///   - overwriting: When a file that stands there may be overwritten; an older copy may, another company or one in
    ///     use never.
    ///   - progress: Is told how many pages are copied, and how many there are.
    /// - Returns: What the copy is.
    /// - Throws: `alreadyExists`, `invalidInput` when no copy may be put there; `cancelled` after ``interrupt()``;
    ///   `storage`, also when the copy does not pass the check.
    @discardableResult
    public func backup(
        to path: String,
        overwriting: Overwriting = .never,
        progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(PlatformError) -> BackupReport {
        guard !path.isEmpty else { throw PlatformError(.invalidInput, Message(.outputUnnamed)) }
        if let own = FileIdentity(path: self.path), FileIdentity(path: path) == own {
            throw PlatformError(.invalidInput, Message(.backupOntoItself, ["file": .text(path)]))
        }
        try StoreFactory.refuse(backupAt: path)
        try refuseOther(at: path)
        let file = try OutputFile(
            path,
            overwriting: overwriting,
            reading: [self.path],
            isPrivate: true,
            mayBeDatabase: true
        )
        return try backups.during { () throws(PlatformError) -> BackupReport in
            try lanes.copy(into: file, progress: progress)
            let lastSaved = try examine(file)
            let (bytes, sha256) = try digest(file)
            try file.publish()
            return BackupReport(bytes: bytes, sha256: sha256, lastSaved: lastSaved)
        }
    }

    /// Refuses a place where something else than an older copy of this company lies that an engine like ours has made.
    private func refuseOther(at path: String) throws(PlatformError) {
        // What is open here is refused with the output itself, and must not be opened and closed once more.
        guard !OpenDataFiles.contain(path), let head = try? FileHead.read(path, 16), FileHead.isDatabase(head) else {
            return
        }
        let own = try lanes.run(.fast) { workspace throws(PlatformError) in try workspace.identity() }
        var there: String?
        do throws(PlatformError) {
            let store = try StoreFactory.openReadOnly(at: path)
            defer { try? store.close() }
            there = try store.read { connection throws(PlatformError) in try MetaTable.identity(on: connection) }
        } catch {
            // What cannot be read as a company of ours is somebody else's.
            there = nil
        }
        guard let own, there == own else {
            throw PlatformError(.invalidInput, Message(.backupOverOther, ["file": .text(path)]))
        }
    }

    /// Ends the backup when somebody has asked for that.
    private func checkGoing() throws(PlatformError) {
        if backups.isRequested { throw PlatformError(.cancelled, Message(.backupStopped)) }
    }

    /// Looks the copy over, as it will lie there.
    private func examine(_ file: OutputFile) throws(PlatformError) -> Instant? {
        let copy = try Lanes(options: options) { () throws(PlatformError) in
            try StoreFactory.openReadOnly(at: file.unfinishedPath)
        }
        backups.worksOn(copy)
        defer { backups.worksOn(nil) }
        let findings: [CheckFinding]
        let lastSaved: Instant?
        do throws(PlatformError) {
            try checkGoing()
            findings = try copy.check()
            lastSaved = try copy.run(.fast) { workspace throws(PlatformError) in try workspace.lastSaved() }
            try checkGoing()
            try copy.close()
        } catch {
            try? copy.close()
            throw error
        }
        guard let wrong = findings.first(where: { $0.severity == .error }) else { return lastSaved }
        throw PlatformError(
            .storage,
            Message(.backupNotSound, ["file": .text(file.name), "finding": .message(wrong.message)])
        )
    }

    private func digest(_ file: OutputFile) throws(PlatformError) -> (bytes: Int64, sha256: String) {
        let descriptor = Foundation.open(file.unfinishedPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputFile.unwritable(file.name, errno) }
        defer { Foundation.close(descriptor) }
        var digest = SHA256()
        var bytes: Int64 = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            try checkGoing()
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw OutputFile.unwritable(file.name, errno) }
            guard count > 0 else { return (bytes, digest.finish()) }
            digest.add(count == chunk.count ? chunk : Array(chunk[..<count]))
            bytes += Int64(count)
        }
    }

    /// When the last change was saved, nil when there was none.
    ///
    /// - Throws: `busy`, `storage`.
    public func lastSaved() throws(PlatformError) -> Instant? {
        try lanes.run(.fast) { workspace throws(PlatformError) in try workspace.lastSaved() }
    }
}

extension MessageKey {
    static let backupOverOther = MessageKey(
        "backup.over_other",
        zhCN: "「{file}」不是本公司的备份，而是另一个公司的文件或别的数据库，不能覆盖。请换一个文件名",
        zhTW: "「{file}」不是本公司的備份，而是另一個公司的檔案或別的資料庫，不能覆寫。請換一個檔名",
        en:
            "\"{file}\" is no copy of this company but another company or database, and stays as it is. Take another name"
    )
    static let backupOntoItself = MessageKey(
        "backup.onto_itself",
        zhCN: "「{file}」就是要备份的文件本身，不能备份到它自己上面。请换一个文件名",
        zhTW: "「{file}」就是要備份的檔案本身，不能備份到它自己上面。請換一個檔名",
        en: "\"{file}\" is the very file that is to be copied, and cannot be its own copy. Take another name"
    )
    static let backupStopped = MessageKey(
        "backup.stopped",
        zhCN: "备份已中断，没有留下副本",
        zhTW: "備份已中斷，沒有留下副本",
        en: "The backup was stopped; no copy is left"
    )
    static let backupNotSound = MessageKey(
        "backup.not_sound",
        zhCN: "副本「{file}」没有通过检查，没有保存：{finding}。请用 check 检查原文件",
        zhTW: "副本「{file}」沒有通過檢查，沒有儲存：{finding}。請用 check 檢查原檔案",
        en: "The copy \"{file}\" did not pass the check and was not kept: {finding}. Look over the company with check"
    )
}
