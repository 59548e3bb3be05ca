import CRMModel
import Foundation

/// Decides whether the log beside a file is brought into it when the file is opened.
///
/// A genuine log of a crash is; a log of another time, company or program never is. Two things tell: the stamps in the log
/// and the file (``LogStamp``), which go wherever the two are copied; and the record in the lock (``LockRecord``), which
/// knows the file as it was when the log was written, and notices that a copy of it was put in its place.
struct LogGuard {
    private let file: DataFile
    private let format: FileFormat

    init(file: DataFile, format: FileFormat) {
        self.file = file
        self.format = format
    }

    /// Refuses a file that another process has open while its log is not there: the two would have logs of their own.
    ///
    /// - Throws: `storage`, naming the log and the process.
    func requireLogOfOthers() throws(PlatformError) {
        guard !format.header.isEmpty else { return }
        // Whoever opens or closes the file at this moment may have it open without a log for an instant.
        for attempt in 0... {
            guard !file.hasWholeLog, let process = file.user else { return }
            guard attempt < 20 else { throw file.logMissing(process: process) }
            usleep(10_000)
        }
    }

    /// Refuses a stray log, one that is gone and one that was cut, and writes down the file as it is; called while the lock is
    /// held and nobody writes.
    ///
    /// - Throws: `storage`, naming the log. Nothing is changed then.
    func admit(under lock: FileLock) throws(PlatformError) {
        // In this process it is in use, so it was examined.
        guard !format.header.isEmpty else { return }
        let record = lock.record
        let mark = file.mark
        if let log = try LogFormat(of: file) {
            defer { log.end() }
            let isKnown = record.log == log.identity
            let isAsKnown = record.file == mark || record.file == nil
            if isKnown, !isAsKnown, !record.isSettling { throw file.restoredBesideLog }
            let need = need(of: log, isOfNow: record.log?.salt == log.identity.salt)
            if !isKnown || record.file != mark || need != nil {
                let content = log.content(for: format.header, pageSize: format.pageSize)
                guard content.belongs, need?.salt ?? log.identity.salt == log.identity.salt || content.frames == 0
                else {
                    throw file.strayLog
                }
                if let need, content.frames < need.frames { throw content.frames == 0 ? file.logLost : file.logCut }
            }
        } else if LogMark(of: file, pageSize: format.pageSize) != nil
            || record.holdsSaves && record.file == mark && !record.isSettling
        {
            // The file says so, or it is as it was when the log was begun, so nobody has brought it in.
            throw file.logLost
        }
        guard record.file != mark || record.isSettling else { return }
        lock.update {
            $0.file = mark
            $0.isSettling = false
            $0.round &+= 1
        }
    }

    /// The log that must be there, with so many frames; nil when nothing says so, or another process has it in use.
    ///
    /// `isOfNow` says that the log, or what it was copied from, was written since the machine was started: of another time the
    /// shared memory may be older or newer than it.
    private func need(of log: LogFormat, isOfNow: Bool) -> (salt: UInt64, frames: Int)? {
        guard file.user == nil else { return nil }
        if isOfNow, let index = LogIndex(of: file), index.salt == log.identity.salt, index.frames > 0 {
            return (index.salt, index.frames)
        }
        return LogMark(of: file, pageSize: format.pageSize).map { ($0.salt, 1) }
    }

    /// Gives up what stood in a log that is gone or was cut, so that the file is opened as it is; called while the lock is held
    /// and nobody has the file open.
    ///
    /// - Returns: Whether something was missing.
    /// - Throws: `storage` when another log lies there, or the file cannot be written.
    func acceptLoss(under lock: FileLock) throws(PlatformError) -> Bool {
        do throws(PlatformError) {
            try admit(under: lock)
            return false
        } catch {
            guard [MessageKey.storageLogLost, .storageLogCut].contains(error.message.key) else { throw error }
        }
        if try !holdsTransactions() { try LogMark.remove(from: file, pageSize: format.pageSize) }
        unlink(file.sharedMemoryPath)
        let mark = file.mark
        lock.update {
            $0.file = mark
            $0.log = nil
            ($0.isSettling, $0.holdsSaves) = (false, false)
            $0.round &+= 1
        }
        return true
    }

    /// Whether there is a log of which the engine would replay something.
    private func holdsTransactions() throws(PlatformError) -> Bool {
        guard let log = try LogFormat(of: file) else { return false }
        defer { log.end() }
        return log.content(for: format.header, pageSize: format.pageSize).frames > 0
    }
}
