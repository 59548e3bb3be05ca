import CRMModel
import Foundation

/// The form of a write-ahead log that lies beside a file when it is opened.
///
/// A log carries nothing that ties it to its file. What can be told is told: a log that the engine would replay must
/// have the file's page size, and each copy of the first page in it must bear the platform's mark. A log with a broken
/// head is never replayed by the engine.
enum LogFormat {
    /// Refuses a log of another file.
    ///
    /// - Throws: `storage`, naming the log. Nothing is changed.
    static func inspect(_ file: DataFile, pageSize: Int) throws(PlatformError) {
        let descriptor = open(file.logPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw stray(file)
        }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: 32)
        guard pread(descriptor, &head, 32, 0) == 32, head.bigEndian(at: 0) & 0xFFFF_FFFE == 0x377F_0682 else { return }
        guard Int(head.bigEndian(at: 8)) == pageSize else { throw stray(file) }
        let salt = head[16..<24]
        var frame = [UInt8](repeating: 0, count: 24 + 100)
        var offset = 32
        // Frames of an earlier round have other salts and end what the engine would replay.
        while pread(descriptor, &frame, frame.count, off_t(offset)) == frame.count, frame[8..<16] == salt {
            if frame.bigEndian(at: 0) == 1 {
                guard frame.bigEndian(at: 24 + 68) == FileFormat.applicationID else { throw stray(file) }
            }
            offset += 24 + pageSize
        }
    }

    private static func stray(_ file: DataFile) -> PlatformError {
        PlatformError(
            .storage,
            Message(.storageStrayLog, ["file": .text(file.name), "log": .text(file.name + "-wal")])
        )
    }
}
