import Foundation

/// Why a file cannot be read, as the system says it.
enum FileReadingProblem {
    /// The words of the system for the error at the bottom of what Foundation throws.
    static func reason(_ error: any Error) -> String {
        var found = error as NSError
        while let inner = found.userInfo[NSUnderlyingErrorKey] as? NSError { found = inner }
        guard found.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(found.code)))
    }
}
