package import Foundation

/// Which file it is, whatever names lead to it: the device and the number that it has there.
package struct FileIdentity: Sendable, Hashable {
    /// The device.
    package let device: UInt64
    /// The number on the device.
    package let number: UInt64

    /// Takes it from what the system says of a file.
    package init(_ status: stat) {
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
    }

    /// Finds the file that a path leads to, through links; nil when there is none.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Finds the file that is open; nil when the number is of none.
    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }
}
