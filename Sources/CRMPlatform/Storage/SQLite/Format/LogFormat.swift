import CRMModel
import Foundation

/// A write-ahead log that lies beside a file when it is opened.
struct LogFormat {
    /// Which log it is: its number on the disk, and the salts that the engine gives each round of a log.
    struct Identity: Sendable, Hashable {
        /// The number on the disk.
        let inode: UInt64
        /// The salts.
        let salt: UInt64
    }

    /// Which log it is.
    let identity: Identity
    private let descriptor: Int32
    private let head: [UInt8]

    /// Opens the log of a file; nil when there is none that the engine would replay.
    ///
    /// - Throws: `storage` when something else than a log stands in its place.
    init?(of file: DataFile) throws(PlatformError) {
        let opened = open(file.logPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard opened >= 0 else {
            if errno == ENOENT { return nil }
            throw file.strayLog
        }
        var head = [UInt8](repeating: 0, count: 32)
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 else {
            close(opened)
            throw file.strayLog
        }
        // The engine takes a log with a broken head for an empty one.
        guard pread(opened, &head, 32, 0) == 32, head.bigEndian(at: 0) & 0xFFFF_FFFE == 0x377F_0682 else {
            close(opened)
            return nil
        }
        descriptor = opened
        self.head = head
        identity = Identity(
            inode: UInt64(status.st_ino),
            salt: UInt64(head.bigEndian(at: 16)) << 32 | UInt64(head.bigEndian(at: 20))
        )
    }

    /// Closes the log; the engine has no locks on it.
    func end() { close(descriptor) }

    /// Which log lies beside a file now; nil when there is none.
    static func identity(of file: DataFile) -> Identity? {
        guard let log = (try? LogFormat(of: file)) ?? nil else { return nil }
        defer { log.end() }
        return log.identity
    }

    /// What a log holds.
    struct Content: Sendable, Hashable {
        /// Whether the log was begun for the file as it is; one of which the engine would replay nothing belongs to any.
        var belongs: Bool
        /// The frames that the engine would replay.
        var frames = 0
    }

    /// Looks what the log holds for the file.
    ///
    /// Looked at is what the engine would replay, and nothing behind it: frames with right sums, up to the last end of a
    /// transaction. Each copy of the first page in it must bear the platform's mark and a stamp that follows.
    /// `header` is the first 100 bytes of the file.
    func content(for header: [UInt8], pageSize: Int) -> Content {
        guard Int(head.bigEndian(at: 8)) == pageSize else { return Content(belongs: false) }
        var sums = LogSums(isBigEndian: head[3] & 1 == 1)
        sums.add(head[0..<24])
        guard sums.match(head.bigEndian(at: 24), head.bigEndian(at: 28)) else { return Content(belongs: true) }
        var content = Content(belongs: true)
        var pages = FirstPages(of: header)
        var frame = [UInt8](repeating: 0, count: 24 + pageSize)
        var offset = 32
        while pread(descriptor, &frame, frame.count, off_t(offset)) == frame.count, frame[8..<16] == head[16..<24] {
            sums.add(frame[0..<8])
            sums.add(frame[24...])
            guard sums.match(frame.bigEndian(at: 16), frame.bigEndian(at: 20)) else { break }
            if frame.bigEndian(at: 0) == 1 { pages.add(Array(frame[24..<124])) }
            offset += frame.count
            if frame.bigEndian(at: 4) != 0 {
                guard pages.endTransaction() else { return Content(belongs: false) }
                content.frames = (offset - 32) / frame.count
            }
        }
        content.belongs = pages.reachFile
        return content
    }
}

/// The copies of the first page in a log, held against the file.
private struct FirstPages {
    private let file: [UInt8]
    private let fileStamp: LogStamp
    private var pending: [[UInt8]] = []
    private var last: LogStamp?
    private var hasCommits = false
    /// Whether the file's stamp is the one before the log or one in it.
    private var isTied = false

    init(of header: [UInt8]) {
        file = header
        fileStamp = LogStamp(header.bigEndian(at: LogStamp.offset))
    }

    mutating func add(_ page: [UInt8]) { pending.append(page) }

    /// A transaction has ended; false when its first pages do not follow those before.
    mutating func endTransaction() -> Bool {
        defer {
            pending.removeAll()
            hasCommits = true
        }
        // Logs of files without a stamp were written by programs that knew none.
        if pending.isEmpty, !hasCommits, fileStamp.value != 0 { return false }
        for page in pending {
            let stamp = LogStamp(page.bigEndian(at: LogStamp.offset))
            guard page.bigEndian(at: 68) == FileFormat.applicationID,
                page.bigEndian(at: 40) &- file.bigEndian(at: 40) < 1_000_000
                    || file.bigEndian(at: 40) &- page.bigEndian(at: 40) < 1_000_000
            else { return false }
            if let last {
                guard stamp == last || stamp.follows(last) else { return false }
            } else if stamp.follows(fileStamp) {
                isTied = true
            }
            if stamp == fileStamp { isTied = true }
            last = stamp
        }
        return true
    }

    /// Whether the log leads to the file; what the engine would not replay leads anywhere.
    var reachFile: Bool { !hasCommits || isTied || (last == nil && fileStamp.value == 0) }
}

/// The sums by which the engine knows how far a log is sound.
private struct LogSums {
    private let isBigEndian: Bool
    private var first: UInt32 = 0
    private var second: UInt32 = 0

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { buffer in
            var index = 0
            while index + 8 <= buffer.count {
                let (one, two) = (word(buffer, index), word(buffer, index + 4))
                first = first &+ one &+ second
                second = second &+ two &+ first
                index += 8
            }
        }
    }

    func match(_ one: UInt32, _ two: UInt32) -> Bool { first == one && second == two }

    private func word(_ buffer: UnsafeRawBufferPointer, _ index: Int) -> UInt32 {
        let raw = buffer.loadUnaligned(fromByteOffset: index, as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
    }
}
