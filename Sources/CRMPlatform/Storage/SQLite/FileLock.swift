import CRMModel
import Foundation
import Synchronization

/// The advisory lock that makes one writer and one checkpointer over all processes.
///
/// The lock is on a small file beside the data file, which stays there; its content is the number of the process that
/// held it last, so that whoever waits in vain can be told for whom.
final class FileLock: Sendable {
    /// The path of the lock's file.
    let path: String

    private let descriptor: Mutex<Int32>

    /// Opens the lock's file, and makes it when it is not there.
    ///
    /// - Throws: `storage` when that is not possible.
    init(for file: DataFile) throws(PlatformError) {
        path = file.lockPath
        let opened = open(file.lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard opened >= 0 else { throw file.failure(errno) }
        descriptor = Mutex(opened)
    }

    deinit { close() }

    /// Takes the lock, waiting for at most so many milliseconds; false when it was not to be had.
    func acquire(timeoutMilliseconds: Int) -> Bool {
        let descriptor = self.descriptor.withLock { $0 }
        guard descriptor >= 0 else { return false }
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        var pause: UInt32 = 50
        while true {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                sign(descriptor)
                return true
            }
            guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < deadline else { return false }
            usleep(pause)
            pause = min(pause * 2, 2000)
        }
    }

    /// Gives the lock back.
    func release() {
        _ = flock(descriptor.withLock { $0 }, LOCK_UN)
    }

    /// The process that holds the lock, or held it last.
    var holder: Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor.withLock { $0 }, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
    }

    /// The holder in words.
    var holderMessage: Message {
        guard let holder else { return Message(.storageHolderUnknown) }
        return holder == getpid()
            ? Message(.storageHolderSelf) : Message(.storageHolderProcess, ["pid": .text(String(holder))])
    }

    /// Closes the lock's file, which gives the lock back.
    func close() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { _ = Foundation.close(descriptor) }
            descriptor = -1
        }
    }

    /// Writes the number of this process, unless it is there already.
    ///
    /// Failing to is no harm: it only serves a message.
    private func sign(_ descriptor: Int32) {
        let process = getpid()
        // Nearly always the number is there already; it is read without making a text of it.
        let present = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { buffer -> Int32? in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            guard count > 1, buffer[count - 1] == UInt8(ascii: "\n") else { return nil }
            var number: Int32 = 0
            for byte in buffer[..<(count - 1)] {
                guard byte &- 0x30 < 10 else { return nil }
                number = number &* 10 &+ Int32(byte &- 0x30)
            }
            return number
        }
        guard present != process else { return }
        let text = Array("\(process)\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }
}
