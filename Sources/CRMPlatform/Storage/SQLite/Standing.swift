import CRMModel
import Synchronization

/// Whether a store still has the file and the log that it opened.
enum Standing: Int, AtomicRepresentable {
    /// It has.
    case attached
    /// The file was removed, replaced or changed by another program.
    case replaced
    /// The log was removed, and nobody has begun another one.
    case logRemoved
    /// Another program has begun another log.
    case logReplaced
}

extension DataFile {
    /// The error of a store that has the file no more.
    func error(_ standing: Standing) -> PlatformError {
        switch standing {
        case .attached, .replaced: replaced
        case .logRemoved: error(LogFiles.Loss.removed)
        case .logReplaced: error(LogFiles.Loss.replaced)
        }
    }
}
