public import CRMModel
import CRMScripting
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
    ///   - overwriting: When a file that stands there may be overwritten; an older copy may, a company in use never.
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
        try SQLiteStore.refuse(backupAt: path)
        let file = try OutputFile(
            path,
            overwriting: overwriting,
            reading: [self.path],
            isPrivate: true,
            mayBeDatabase: true
        )
        try worker.copy(into: file, progress: progress)
        let lastSaved = try examine(file)
        let (bytes, sha256) = try Self.digest(file)
        try file.publish()
        return BackupReport(bytes: bytes, sha256: sha256, lastSaved: lastSaved)
    }

    /// Looks the copy over, as it will lie there.
    private func examine(_ file: OutputFile) throws(PlatformError) -> Instant? {
        let copy = try CompanyWorker(options: options) { () throws(PlatformError) in
            try SQLiteStore.openReadOnly(path: file.unfinishedPath)
        }
        let findings: [CheckFinding]
        let lastSaved: Instant?
        do throws(PlatformError) {
            findings = try copy.run { company throws(PlatformError) in try company.check() }
            lastSaved = try copy.run { company throws(PlatformError) in try company.lastSaved() }
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

    private static func digest(_ file: OutputFile) throws(PlatformError) -> (bytes: Int64, sha256: String) {
        let descriptor = Foundation.open(file.unfinishedPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputFile.unwritable(file.name, errno) }
        defer { Foundation.close(descriptor) }
        var digest = SHA256()
        var bytes: Int64 = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
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
        try worker.run { company throws(PlatformError) in try company.lastSaved() }
    }
}

extension MessageKey {
    static let backupNotSound = MessageKey(
        "backup.not_sound",
        zhCN: "副本「{file}」没有通过检查，没有保存：{finding}。请用 check 检查原文件",
        zhTW: "副本「{file}」沒有通過檢查，沒有儲存：{finding}。請用 check 檢查原檔案",
        en: "The copy \"{file}\" did not pass the check and was not kept: {finding}. Look over the company with check"
    )
}
