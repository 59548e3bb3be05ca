package import CRMModel
import Foundation

/// A store that is being made: it gets its name when all is in it that belongs there.
///
/// Until then it lies beside its place under another name, and nobody else makes a file of that name. When it is let go of
/// before ``publish()``, or the process is killed, there is no file; the next one who makes it clears away what is left.
package final class StoreInMaking: Sendable {
    /// Where the store lies until it is published.
    package let path: String

    /// The lock of the file that it will be.
    let lock: FileLock
    private let file: DataFile

    /// Begins a store, with the platform's own tables in it.
    ///
    /// - Throws: `alreadyExists` when there is a file of that name; `busy` when another process makes it; `storage`.
    package init(path: String, options: StoreOptions = StoreOptions()) throws(PlatformError) {
        let file = DataFile(path: path)
        var status = stat()
        guard lstat(path, &status) != 0 else { throw file.failure(EEXIST) }
        // The name of another file's log or lock is no name for a file; other reasons are told in the words of files.
        do throws(PlatformError) { _ = try OutputPlace(path) } catch  where error.code == .invalidInput {
            throw error
        } catch {}
        guard !file.hasUsedLog else { throw file.strayLog }
        let lock = try FileLock(for: file)
        guard lock.acquire(timeoutMilliseconds: options.timeoutMilliseconds) else {
            throw .storeBusy(
                file: file.name,
                holder: lock.holderMessage,
                timeoutMilliseconds: options.timeoutMilliseconds
            )
        }
        self.file = file
        self.lock = lock
        self.path = file.creationPath
        // Under the lock nobody else makes this file, so what stands there is the rest of a creation that was killed.
        clear()
        UnfinishedFiles.begun(file.creationPath)
        UnfinishedFiles.begun(lock.path)
        try FileFormat.write(to: file.creationPath, name: file.name, options: options)
        _ = try FileFormat.inspect(DataFile(path: file.creationPath, name: file.name))
    }

    deinit {
        clear()
        // A lock without a file is nobody's.
        if access(file.path, F_OK) != 0 { unlink(lock.path) }
        UnfinishedFiles.ended(path)
        UnfinishedFiles.ended(lock.path)
    }

    /// Gives the store its name, which nothing may have taken meanwhile, and makes that last; to be called when it is
    /// closed.
    ///
    /// - Throws: `alreadyExists`; `storage`, also when the store could not be brought to rest.
    package func publish() throws(PlatformError) {
        let made = DataFile(path: path, name: file.name)
        guard !made.hasUsedLog else { throw file.failure(ENOSPC) }
        UnfinishedFiles.removeCompanions(of: path)
        UnfinishedFiles.ended(lock.path)
        guard link(path, file.path) == 0 else { throw file.failure(errno) }
        unlink(path)
        OutputFile.settle(FilePath.folder(file.path))
    }

    /// Lets others have the file, once it has its name.
    package func release() { lock.release() }

    private func clear() {
        unlink(path)
        UnfinishedFiles.removeCompanions(of: path)
    }
}
