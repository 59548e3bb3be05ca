import CRMEngines
import Foundation

/// The first bytes of a file, which tell what it is before anybody takes it for something.
package enum FileHead {
    /// The first bytes of a regular file, as many as there are up to a limit; nil when no regular file is there.
    ///
    /// - Throws: the number of the system when the file cannot be read.
    package static func read(_ path: String, _ limit: Int) throws(SystemNumber) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw SystemNumber(errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = pread(descriptor, &bytes, limit, 0)
        guard count >= 0 else { throw SystemNumber(errno) }
        return Array(bytes[..<count])
    }

    /// Whether an engine would take a file that begins so for a database.
    package static func isDatabase(_ head: [UInt8]) -> Bool { EngineFacts.isDatabase(head) }

    /// Whether a file that begins so is a log of an engine.
    package static func isLog(_ head: [UInt8]) -> Bool { EngineFacts.isLog(head) }
}

/// A number of the system (`errno`) as an error.
package struct SystemNumber: Error {
    /// The number.
    package let number: Int32

    init(_ number: Int32) { self.number = number }
}
