import CRMModel
import Foundation

/// The path of a data file and of what stands beside it.
struct DataFile: Sendable, Hashable {
    /// The path with links resolved, so that every process finds the same lock.
    let path: String

    /// The last part of the path, for messages.
    let name: String

    /// Makes it from what a person wrote.
    init(path: String) {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
        name = url.lastPathComponent
        let full = folder.appendingPathComponent(name)
        self.path = full.resolvingSymlinksInPath().path
    }

    /// The advisory lock.
    var lockPath: String { path.hasSuffix(".crm") ? path + "-lock" : path + ".crm-lock" }

    /// The write-ahead log of the engine.
    var logPath: String { path + "-wal" }

    /// Whether a log, even an empty one, or its shared memory lies beside the file.
    var hasLog: Bool { access(logPath, F_OK) == 0 || access(sharedMemoryPath, F_OK) == 0 }

    /// The shared memory of the engine.
    var sharedMemoryPath: String { path + "-shm" }

    /// The rollback journal of the engine, which a file of the platform never has.
    var journalPath: String { path + "-journal" }

    /// Where a new file is written before it gets its name.
    var creationPath: String { path + ".crm-new" }

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
