import Foundation

/// Tells one start of a machine from every other.
package enum MachineStart {
    /// Which start of the machine this is; empty when the system does not say.
    package static let identity: String = {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes[..<max(count, 0)], as: UTF8.self).filter { $0.isHexDigit || $0 == "-" }
    }()
}
