import CRMModel
import Foundation

/// What the file of a lock says: who holds it, and what the data file and its log were when they were last seen whole.
///
/// It is written by whoever holds the lock. Of another machine, of a machine that has been started anew, or in a copy of
/// the file it says nothing.
struct LockRecord: Sendable, Hashable {
    /// What the holder does.
    enum Purpose: String, Sendable, Hashable {
        /// Saves and other short work.
        case write = "w"
        /// A rehearsal, which lasts as long as somebody likes.
        case rehearsal = "r"
    }

    /// The length of the record, in bytes.
    static let length = 256

    /// The process that holds the lock, or held it last.
    var process: Int32
    /// Which of the open stores of that process.
    var store: UInt64
    /// What it does.
    var purpose = Purpose.write
    /// When that began, in seconds since 1970; 0 when it does not matter.
    var since: Int64 = 0
    /// The user of the process.
    var user: uid_t
    /// Counts how often the log was brought into the file: after each time the log may begin anew.
    var round: UInt64 = 0
    /// Whether the log is being brought into the file.
    var isSettling = false
    /// The data file as it was after the log was last brought in; nil when it is not known.
    var file: DataFile.Mark?
    /// The log that was written for that; nil when none is known.
    var log: LogFormat.Identity?

    /// Whether that log has saves that are not in the file yet.
    var holdsSaves = false

    /// The record of a store that has just been opened.
    init(store: UInt64) {
        process = getpid()
        self.store = store
        user = getuid()
    }

    /// Reads a record; only the process when it is of another place, time or form.
    init?(_ bytes: [UInt8], lock inode: UInt64) {
        let fields = String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }.map(String.init)
        guard let first = fields.first, let process = Int32(first) else { return nil }
        self.process = process
        store = 0
        user = 0
        guard fields.count == 16, fields[5] == "1", let store = UInt64(fields[1], radix: 36),
            let purpose = Purpose(rawValue: fields[2]), let since = Int64(fields[3]), let user = uid_t(fields[4])
        else { return }
        self.store = store
        self.purpose = purpose
        self.since = since
        self.user = user
        let numbers = fields[6..<15].compactMap { Int64($0) }
        guard numbers.count == 9, fields[15] == MachineStart.identity, !MachineStart.identity.isEmpty else { return }
        guard UInt64(bitPattern: numbers[0]) == inode else { return }
        round = UInt64(bitPattern: numbers[1])
        isSettling = numbers[2] != 0
        if numbers[3] != 0 {
            file = DataFile.Mark(inode: UInt64(bitPattern: numbers[3]), modified: numbers[4], size: numbers[5])
        }
        if numbers[6] != 0 {
            log = LogFormat.Identity(inode: UInt64(bitPattern: numbers[6]), salt: UInt64(bitPattern: numbers[7]))
        }
        holdsSaves = numbers[8] != 0
    }

    /// The bytes of the record in a lock with this number on the disk.
    func bytes(lock inode: UInt64) -> [UInt8] {
        let numbers = [
            Int64(bitPattern: inode), Int64(bitPattern: round), isSettling ? 1 : 0,
            Int64(bitPattern: file?.inode ?? 0), file?.modified ?? 0, file?.size ?? 0,
            Int64(bitPattern: log?.inode ?? 0), Int64(bitPattern: log?.salt ?? 0), holdsSaves ? 1 : 0,
        ]
        let head = "\(process) \(String(store, radix: 36)) \(purpose.rawValue) \(since) \(user) 1\n"
        let text = head + numbers.map { String($0) }.joined(separator: " ") + " \(MachineStart.identity)\n"
        var bytes = Array(text.utf8.prefix(Self.length))
        bytes += [UInt8](repeating: UInt8(ascii: " "), count: Self.length - bytes.count)
        return bytes
    }
}
