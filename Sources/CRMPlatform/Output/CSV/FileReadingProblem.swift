import Foundation

/// Why a file cannot be read, as the system says it.
enum FileReadingProblem {
    /// The number of the system (`errno`) at the bottom of what Foundation throws; that of a failing disk when there is none.
    static func number(_ error: any Error) -> Int32 {
        var found = error as NSError
        while let inner = found.userInfo[NSUnderlyingErrorKey] as? NSError { found = inner }
        return found.domain == NSPOSIXErrorDomain ? Int32(clamping: found.code) : EIO
    }
}
