import CRMConcurrency
import CRMModel
import Foundation

/// The advisory lock that makes one writer and one checkpointer over all processes.
///
/// The lock is on a small file beside the data file, which stays there; its content is a ``LockRecord``. Whoever waits
/// stands in line in a second lock, on a byte far behind that content: a holder that lets go and comes back at once finds
/// the place in line taken and waits its turn.
final class FileLock: Sendable {
    /// The path of the lock's file.
    let path: String

    private struct State {
        var descriptor: Int32
        var inode: UInt64
        /// What was read or written last; empty when it is not known.
        var seen: [UInt8] = []
        var record: LockRecord
    }

    private let file: DataFile
    private let store = UInt64.random(in: .min ... .max)
    private let state: Guarded<State>

    /// Opens the lock's file, and makes it when it is not there.
    ///
    /// - Throws: `storage` when that is not possible, or when what stands there is no lock.
    init(for file: DataFile) throws(PlatformError) {
        path = file.lockPath
        self.file = file
        let (descriptor, inode) = try Self.open(file)
        state = Guarded(State(descriptor: descriptor, inode: inode, record: LockRecord(store: store)))
    }

    deinit { close() }

    /// Opens the lock's file; never one that has another name too, which would be written to.
    private static func open(_ file: DataFile) throws(PlatformError) -> (descriptor: Int32, inode: UInt64) {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = Foundation.open(file.lockPath, flags, 0o600)
        guard descriptor >= 0 else {
            if errno == ELOOP || errno == EISDIR { throw file.notALock }
            throw file.failure(errno)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink <= 1,
            status.st_size == 0 || isRecord(descriptor)
        else {
            Foundation.close(descriptor)
            throw file.notALock
        }
        // Whoever may write the data file may hold its lock.
        var data = stat()
        if status.st_size == 0, stat(file.path, &data) == 0 { fchmod(descriptor, data.st_mode & 0o666) }
        return (descriptor, UInt64(status.st_ino))
    }

    private static func isRecord(_ descriptor: Int32) -> Bool {
        var byte: UInt8 = 0
        return pread(descriptor, &byte, 1, 0) == 1 && byte &- 0x30 < 10
    }

    /// Takes the lock, waiting for at most so many milliseconds or until `isStopped` says so; false when it was not to be
    /// had.
    func acquire(timeoutMilliseconds: Int, isStopped: () -> Bool = { false }) -> Bool {
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        while true {
            let descriptor = self.descriptor
            guard descriptor >= 0, take(descriptor, until: deadline, waits: timeoutMilliseconds > 0, isStopped) else {
                return false
            }
            var status = stat()
            // A lock whose file was removed is nobody else's lock.
            if fstat(descriptor, &status) == 0, status.st_nlink > 0 {
                readRecord(descriptor)
                return true
            }
            guard ContinuousClock.now < deadline, reopen() else { return false }
        }
    }

    private func take(
        _ descriptor: Int32,
        until deadline: ContinuousClock.Instant,
        waits: Bool,
        _ isStopped: () -> Bool
    ) -> Bool {
        if !waits || !LockQueue.isOccupied(descriptor), flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard waits, poll(until: deadline, isStopped, { LockQueue.enter(descriptor) }) else { return false }
        defer { LockQueue.leave(descriptor) }
        return poll(until: deadline, isStopped) { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
    }

    private func poll(
        until deadline: ContinuousClock.Instant,
        _ isStopped: () -> Bool,
        _ attempt: () -> Bool
    ) -> Bool {
        var pause: UInt32 = 50
        while !attempt() {
            guard ContinuousClock.now < deadline, !isStopped() else { return false }
            usleep(pause)
            pause = min(pause * 2, 2000)
        }
        return true
    }

    private func reopen() -> Bool {
        guard let (descriptor, inode) = try? Self.open(file) else { return false }
        state.withLock { state in
            _ = Foundation.close(state.descriptor)
            state = State(descriptor: descriptor, inode: inode, record: LockRecord(store: store))
        }
        return true
    }

    /// Gives the lock back.
    func release() { _ = flock(descriptor, LOCK_UN) }

    private var descriptor: Int32 { state.withLock { $0.descriptor } }

    // MARK: - The record

    /// What the lock's file says; to be asked by the holder.
    var record: LockRecord { state.withLock { $0.record } }

    /// Changes what the lock's file says; to be called by the holder.
    ///
    /// Nothing is written when it is the same.
    func update(_ change: (inout LockRecord) -> Void) {
        state.withLock { state in
            change(&state.record)
            Self.write(&state)
        }
    }

    /// Takes over what others have written meanwhile, and signs.
    private func readRecord(_ descriptor: Int32) {
        state.withLock { state in
            let isAsSeen = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: LockRecord.length) {
                buffer -> Bool in
                let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
                guard count != state.seen.count || !state.seen.elementsEqual(buffer[..<max(count, 0)]) else {
                    return true
                }
                state.seen = Array(buffer[..<max(count, 0)])
                return false
            }
            guard !isAsSeen else { return }
            var record = LockRecord(store: store)
            if let found = LockRecord(state.seen, lock: state.inode) {
                (record.round, record.isSettling) = (found.round, found.isSettling)
                (record.file, record.log, record.holdsSaves) = (found.file, found.log, found.holdsSaves)
            }
            state.record = record
            Self.write(&state)
        }
    }

    private static func write(_ state: inout State) {
        let bytes = state.record.bytes(lock: state.inode)
        guard bytes != state.seen else { return }
        // Failing to is no harm: what cannot be read is not relied upon.
        state.seen = pwrite(state.descriptor, bytes, bytes.count, 0) == bytes.count ? bytes : []
    }

    /// The holder in words.
    var holderMessage: Message {
        guard let holder = readHolder() else { return Message(.storageHolderUnknown) }
        if let rehearsal = Self.rehearsalMessage(of: holder) { return rehearsal }
        return holder.process == getpid()
            ? Message(.storageHolderSelf) : Message(.storageHolderProcess, ["pid": .text(String(holder.process))])
    }

    /// The holder in words when it rehearses; to be asked while somebody else holds the lock.
    var rehearsalMessage: Message? { readHolder().flatMap(Self.rehearsalMessage) }

    private func readHolder() -> LockRecord? {
        var bytes = [UInt8](repeating: 0, count: LockRecord.length)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? LockRecord(Array(bytes[..<count]), lock: 0) : nil
    }

    private static func rehearsalMessage(of holder: LockRecord) -> Message? {
        guard holder.purpose == .rehearsal else { return nil }
        return Message(
            .storageHolderRehearsal,
            [
                "pid": .text(String(holder.process)), "user": .text(userName(holder.user)),
                "since": .message(duration(since: holder.since)),
            ]
        )
    }

    private static func userName(_ user: uid_t) -> String {
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return String(user) }
        return String(cString: name)
    }

    /// How long ago a moment was: which clock its hour would be by is the company's affair.
    private static func duration(since moment: Int64) -> Message {
        let seconds = max(0, Int64(time(nil)) - moment)
        return seconds < 120
            ? Message(.storageSeconds, ["count": .text(String(seconds))])
            : Message(.storageMinutes, ["count": .text(String(seconds / 60))])
    }

    /// Closes the lock's file, which gives the lock back.
    func close() {
        state.withLock { state in
            if state.descriptor >= 0 { _ = Foundation.close(state.descriptor) }
            state.descriptor = -1
        }
    }
}
