import CRMModel
import Foundation

/// What the shared memory beside a file says of its log: how far the engine had written it when the last transaction ended.
struct LogIndex: Sendable, Hashable {
    /// The version of its form that this reads.
    private static let version: UInt32 = 3_007_000

    /// The length of its head, which stands there twice, in bytes.
    private static let headLength = 48

    /// The salts of the log.
    let salt: UInt64
    /// The frames of all ended transactions.
    let frames: Int

    /// Reads the shared memory beside a file; nil when there is none, or none with a whole head.
    init?(of file: DataFile) {
        let descriptor = open(file.sharedMemoryPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 2 * Self.headLength)
        guard pread(descriptor, &bytes, bytes.count, 0) == bytes.count,
            bytes[..<Self.headLength].elementsEqual(bytes[Self.headLength...]), bytes[12] == 1
        else { return nil }
        // In the order of the machine, but for the salts, which are copied from the log.
        let (version, frames) = bytes.withUnsafeBytes {
            ($0.load(fromByteOffset: 0, as: UInt32.self), $0.load(fromByteOffset: 16, as: UInt32.self))
        }
        guard version == Self.version else { return nil }
        salt = UInt64(bytes.bigEndian(at: 32)) << 32 | UInt64(bytes.bigEndian(at: 36))
        self.frames = Int(frames)
    }
}
