import CRMPlatform
import Foundation
import Synchronization

/// A file that appears under its name only when it is complete; until then the old one stays as it is.
final class AtomicFile: Sendable {
    private let path: String
    private let temporary: String
    private let descriptor: Mutex<Int32?>

    /// Begins a file.
    ///
    /// - Throws: `PlatformError` `storage` when there can be no file at this place.
    init(_ path: String) throws(PlatformError) {
        self.path = path
        temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).part"
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw FileOutput.unwritable(path, EISDIR)
        }
        let opened = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw FileOutput.unwritable(path, errno) }
        descriptor = Mutex(opened)
    }

    /// Appends bytes.
    ///
    /// - Throws: `PlatformError` `storage` with the reason.
    func write(_ bytes: [UInt8]) throws(PlatformError) {
        let failure = descriptor.withLock { descriptor -> Int32 in
            guard let descriptor else { return EBADF }
            var offset = 0
            while offset < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                }
                if count < 0, errno != EINTR { return errno }
                offset += max(count, 0)
            }
            return 0
        }
        if failure != 0 { throw FileOutput.unwritable(path, failure) }
    }

    /// Gives the file its name.
    ///
    /// - Throws: `PlatformError` `storage` with the reason.
    func keep() throws(PlatformError) {
        guard closeFile() else { throw FileOutput.unwritable(path, errno) }
        guard rename(temporary, path) == 0 else { throw FileOutput.unwritable(path, errno) }
    }

    private func closeFile() -> Bool {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return true }
            descriptor = nil
            return close(open) == 0
        }
    }

    deinit {
        _ = closeFile()
        unlink(temporary)
    }
}
