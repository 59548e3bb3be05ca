import CRMConcurrency
import Foundation

/// The files that are being made, in the folders where they will lie.
///
/// Whoever makes one holds a lock on it, which the system drops when the process is killed; so what is not held was left
/// behind, and the next one who makes a file in the folder removes it.
package enum UnfinishedFiles {
    private static let beginning = ".crm-"
    private static let ending = ".part"
    /// Those of this process.
    private static let own = Guarded<Set<String>>([])

    /// The name of a file, of a text that no other has.
    static func name(_ unique: String) -> String { beginning + unique + ending }

    /// Notes that this process makes a file.
    package static func begun(_ path: String) { own.withLock { _ = $0.insert(path) } }

    /// Notes that a file has got its name, or was removed.
    package static func ended(_ path: String) { own.withLock { _ = $0.remove(path) } }

    /// Removes what this process has begun and will not finish, because it ends now.
    package static func removeOwn() {
        for path in own.withLock({ $0 }) {
            unlink(path)
            removeCompanions(of: path)
        }
    }

    /// Takes the lock; on a disk that knows none the file is told by its age alone.
    static func hold(_ descriptor: Int32) { _ = flock(descriptor, LOCK_EX | LOCK_NB) }

    /// Removes from a folder what processes that were killed have left there.
    static func sweep(_ folder: String) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name.hasPrefix(beginning), name.hasSuffix(ending) { remove(folder + "/" + name) }
        }
    }

    private static func remove(_ path: String) {
        // A copy of a company that this process has open must not be opened and closed once more.
        guard !OpenDataFiles.contain(path) else { return }
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            flock(descriptor, LOCK_EX | LOCK_NB) == 0
        else { return }
        // One that has just been made is empty for a moment before it is held.
        guard status.st_size > 0 || time(nil) - status.st_mtim.tv_sec > 60 else { return }
        unlink(path)
        removeCompanions(of: path)
    }

    /// Removes what the engine and the store keep beside a file that is being made, when it is a company.
    package static func removeCompanions(of path: String) {
        for suffix in ["-wal", "-shm", "-journal", ".crm-lock"] { unlink(path + suffix) }
    }
}
