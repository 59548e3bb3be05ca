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

    /// Refuses a stray log, and writes down the file as it is; called while the lock is held and nobody writes.
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
            if !isKnown || record.file != mark {
                guard log.belongs(to: format.header, pageSize: format.pageSize) else { throw file.strayLog }
            }
        } else if record.holdsSaves, record.file == mark, !record.isSettling {
            // The file is as it was when the log was begun, so nobody has brought it in.
            throw file.logLost
        }
        guard record.file != mark || record.isSettling else { return }
        lock.update {
            $0.file = mark
            $0.isSettling = false
            $0.round &+= 1
        }
    }
}
