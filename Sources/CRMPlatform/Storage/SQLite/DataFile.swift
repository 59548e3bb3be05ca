import CRMModel
import Foundation

/// The path of a data file and of what stands beside it.
struct DataFile: Sendable, Hashable {
    /// The path with links resolved, so that every process finds the same lock.
    let path: String

    /// The last part of the path, for messages.
    let name: String

    /// Makes it from what a person wrote; `name` is for a file that is to have another name.
    init(path: String, name: String? = nil) {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
        self.name = name ?? url.lastPathComponent
        let full = folder.appendingPathComponent(url.lastPathComponent)
        self.path = full.resolvingSymlinksInPath().path
    }

    /// What shows that a data file was replaced or changed: it changes only when the log is brought into it.
    struct Mark: Sendable, Hashable {
        /// The number on the disk.
        let inode: UInt64
        /// When it was last changed, in nanoseconds since 1970.
        let modified: Int64
        /// The size, in bytes.
        let size: Int64
    }

    /// What stands under the path now; nil when that is no regular file.
    var mark: Mark? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        return Mark(
            inode: UInt64(status.st_ino),
            modified: Int64(modified.tv_sec) &* 1_000_000_000 &+ Int64(modified.tv_nsec),
            size: Int64(status.st_size)
        )
    }

    /// The advisory lock.
    var lockPath: String { path.hasSuffix(".crm") ? path + "-lock" : path + ".crm-lock" }

    /// The write-ahead log of the engine.
    var logPath: String { path + "-wal" }

    /// Whether a log, even an empty one, or its shared memory lies beside the file.
    var hasLog: Bool { access(logPath, F_OK) == 0 || access(sharedMemoryPath, F_OK) == 0 }

    /// Whether a log and its shared memory lie beside the file.
    var hasWholeLog: Bool { access(logPath, F_OK) == 0 && access(sharedMemoryPath, F_OK) == 0 }

    /// The process that has the file open by the engine, which holds a lock on it as long; nil when no other one has.
    ///
    /// To be asked only while this process has not opened the file: closing it drops the locks of the process.
    var user: Int32? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // The bytes on which the engine's readers and writers hold their locks.
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0002
        lock.l_len = 510
        guard fcntl(descriptor, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
        return lock.l_pid
    }

    /// The shared memory of the engine.
    var sharedMemoryPath: String { path + "-shm" }

    /// The rollback journal of the engine, which a file of the platform never has.
    var journalPath: String { path + "-journal" }

    /// Where a new file is written before it gets its name.
    var creationPath: String { path + ".crm-new" }

    /// Whether the engine would find something to replay beside the file.
    var hasUsedLog: Bool {
        var status = stat()
        return lstat(logPath, &status) == 0 && status.st_size > 0
    }

    /// The error of a log that was not written for the file.
    var strayLog: PlatformError {
        PlatformError(
            .storage,
            Message(
                .storageStrayLog,
                ["file": .text(name), "log": .text(FilePath.last(logPath))]
            )
        )
    }

    /// The error of a file that was put in place of the one that the log was written for.
    var restoredBesideLog: PlatformError {
        PlatformError(
            .storage,
            Message(
                .storageRestored,
                [
                    "file": .text(name), "log": .text(FilePath.last(logPath)),
                    "lock": .text(FilePath.last(lockPath)),
                ]
            )
        )
    }

    /// The error of a file that was removed, replaced or changed while it was open.
    var replaced: PlatformError { PlatformError(.storage, Message(.storageReplaced, ["file": .text(name)])) }

    /// The error of a file that was removed or replaced while a unit of work was being kept.
    var replacedMeanwhile: PlatformError {
        PlatformError(.storage, Message(.storageReplacedMeanwhile, ["file": .text(name)]))
    }

    /// The error of something that stands where the lock of the file should be.
    var notALock: PlatformError {
        PlatformError(
            .storage,
            Message(.storageNotALock, ["file": .text(name), "lock": .text(FilePath.last(lockPath))])
        )
    }

    /// The error for a failed call of the system.
    func failure(_ code: Int32) -> PlatformError {
        var named: [String: Message.Argument] = ["file": .text(name)]
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        if !folder.isEmpty, access(folder, F_OK) != 0, code == ENOENT || code == ENOTDIR {
            named["folder"] = .text(folder)
            return PlatformError(.notFound, Message(.storageNoFolder, named))
        }
        switch code {
        case ENOENT, ENOTDIR: return PlatformError(.notFound, Message(.storageNotFound, named))
        case EEXIST: return PlatformError(.alreadyExists, Message(.storageFileExists, named))
        case EACCES, EPERM, EROFS: return PlatformError(.storage, Message(.storageReadOnly, named))
        case ENOSPC, EDQUOT: return PlatformError(.storage, Message(.storageDiskFull, named))
        default: return PlatformError(.storage, Message(.storageCannotOpen, named))
        }
    }
}
