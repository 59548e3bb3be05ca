import CRMModel
import Foundation
import GRDBSQLite

/// Says in the data file itself that saves stand in its log alone: some bytes behind the last page, which name the log.
///
/// They go wherever the file goes, under another name and into copies, where lock and shared memory do not follow. They are
/// written after the first transaction of a round of the log. When the whole log is in the file the engine cuts the file to
/// whole pages, whichever program has it do so, and with that they are gone in the same instant. The engine itself never
/// looks behind the last page.
struct LogMark: Sendable, Hashable {
    /// How many bytes it takes.
    static let length = 12

    /// The four bytes with which it begins.
    private static let magic: [UInt8] = Array("CRML".utf8)

    /// The salts of the log that is needed.
    let salt: UInt64

    /// Makes the mark for a log.
    init(salt: UInt64) { self.salt = salt }

    /// Reads the mark of a file of so many bytes; nil when it bears none.
    init?(descriptor: Int32, size: Int, pageSize: Int) {
        guard size > pageSize, size % pageSize == Self.length else { return nil }
        var bytes = [UInt8](repeating: 0, count: Self.length)
        guard pread(descriptor, &bytes, Self.length, off_t(size - Self.length)) == Self.length,
            bytes.starts(with: Self.magic)
        else { return nil }
        salt = UInt64(bytes.bigEndian(at: 4)) << 32 | UInt64(bytes.bigEndian(at: 8))
    }

    /// Reads the mark of a file that this process has not opened by the engine; nil when it bears none.
    init?(of file: DataFile, pageSize: Int) {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(descriptor: descriptor, size: Int(status.st_size), pageSize: pageSize)
    }

    /// Takes the mark off a file that nobody has open.
    ///
    /// - Throws: `storage` when the file cannot be written.
    static func remove(from file: DataFile, pageSize: Int) throws(PlatformError) {
        let descriptor = open(file.path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw file.failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw file.failure(errno) }
        let size = Int(status.st_size)
        guard LogMark(descriptor: descriptor, size: size, pageSize: pageSize) != nil else { return }
        guard ftruncate(descriptor, off_t(size - length)) == 0, fsync(descriptor) == 0 else {
            throw file.failure(errno)
        }
    }

    fileprivate var bytes: [UInt8] {
        Self.magic + (0..<8).map { UInt8(truncatingIfNeeded: salt >> (56 - 8 * UInt64($0))) }
    }
}

extension StoreConnection {
    /// Whether the file ends with a whole page, so that no mark stands behind it.
    var endsWithPage: Bool { size.map { $0 % FileFormat.pageSize == 0 } ?? false }

    /// Writes a mark behind the last page, by the engine's own hand: closing the file once more would take its locks away.
    ///
    /// On a full disk there is none.
    func write(_ mark: LogMark) {
        guard let size, size % FileFormat.pageSize == 0, let (file, methods) = engineFile else { return }
        _ = mark.bytes.withUnsafeBytes { methods.xWrite(file, $0.baseAddress, Int32($0.count), sqlite3_int64(size)) }
    }

    private var size: Int? {
        var size: sqlite3_int64 = 0
        guard let (file, methods) = engineFile, methods.xFileSize(file, &size) == SQLITE_OK else { return nil }
        return Int(size)
    }

    private var engineFile: (UnsafeMutablePointer<sqlite3_file>, sqlite3_io_methods)? {
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK,
            let file, let methods = file.pointee.pMethods
        else { return nil }
        return (file, methods.pointee)
    }
}
