import Foundation

/// The three descriptors that a process starts with.
enum StandardDescriptors {
    /// Puts something in the place of those that were closed, so that no file that is opened later takes their numbers:
    /// what is printed would be written into it.
    ///
    /// Reading finds the end at once; writing fails as it does on a closed descriptor.
    static func occupy() {
        for descriptor in 0...2 where fcntl(Int32(descriptor), F_GETFD) < 0 {
            // It takes the lowest number that is free, which is this one.
            _ = open("/dev/null", O_RDONLY)
        }
    }
}
