import Foundation

/// The place in line for the lock of a file: whoever waits holds it, so that nobody who comes later is served before.
///
/// It is a lock of the open file on one byte far behind its content, which the system drops with the process.
enum LockQueue {
    #if os(Linux)
    private static let get: Int32 = 36
    private static let set: Int32 = 37
    #else
    private static let get: Int32 = 92
    private static let set: Int32 = 90
    #endif

    /// Whether somebody stands in line.
    static func isOccupied(_ descriptor: Int32) -> Bool {
        var place = region(Int16(F_WRLCK))
        // Where the system has no such locks, nobody stands in line.
        return fcntl(descriptor, get, &place) == 0 && place.l_type != Int16(F_UNLCK)
    }

    /// Takes the place; false when somebody else has it.
    static func enter(_ descriptor: Int32) -> Bool {
        var place = region(Int16(F_WRLCK))
        return fcntl(descriptor, set, &place) == 0 || (errno != EAGAIN && errno != EACCES)
    }

    /// Leaves the place.
    static func leave(_ descriptor: Int32) {
        var place = region(Int16(F_UNLCK))
        _ = fcntl(descriptor, set, &place)
    }

    private static func region(_ kind: Int16) -> flock {
        var place = flock()
        place.l_type = kind
        place.l_whence = Int16(SEEK_SET)
        place.l_start = 1 << 30
        place.l_len = 1
        return place
    }
}
