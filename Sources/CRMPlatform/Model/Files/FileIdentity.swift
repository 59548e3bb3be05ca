import CFileNumber
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
        var (device, number): (UInt64, UInt64) = (0, 0)
        guard crm_file_number(path, &device, &number) == 0 else { return nil }
        (self.device, self.number) = (device, number)
    }

    /// Finds the file that is open; nil when the number is of none.
    package init?(descriptor: Int32) {
        var (device, number): (UInt64, UInt64) = (0, 0)
        guard crm_open_file_number(descriptor, &device, &number) == 0 else { return nil }
        (self.device, self.number) = (device, number)
    }
}
