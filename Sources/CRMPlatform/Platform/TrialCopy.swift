import CRMModel
import CRMRuntime
import CRMStorage
import Foundation

/// A copy of a company in which something is tried that nobody will keep, so that others go on saving meanwhile.
///
/// It lies beside the company under a name of its own that is never published, and goes when it is let go of.
final class TrialCopy {
    /// The copy.
    let platform: Platform
    private let file: OutputFile

    /// Copies a company as it is at this moment; `isStopped` is asked on the way.
    ///
    /// - Throws: `storage` when there is no room or no right for a copy; `cancelled`.
    init(of company: Platform, isStopped: () -> Bool) throws(PlatformError) {
        let file = try OutputFile(company.path + ".trial", overwriting: .never, reading: [])
        self.file = file
        try company.lanes.copy(into: file) { _, _ in if isStopped() { company.lanes.interrupt() } }
        platform = try Platform.open(at: file.unfinishedPath, options: company.options)
    }

    deinit {
        // The file is let go of only when the engine has closed it: another handle would take its locks.
        try? platform.close()
        UnfinishedFiles.removeCompanions(of: file.unfinishedPath)
    }
}

extension Platform {
    /// Runs what nobody will keep: here, or in a copy of the company while somebody else rehearses, which lasts as long as he
    /// likes.
    ///
    /// - Throws: what `body` throws; `cancelled`.
    func trying<T>(
        _ unit: UnitContext,
        _ body: (Platform) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        guard path != ":memory:", lanes.rehearsalElsewhere(unit.rehearsal) != nil else { return try body(self) }
        return try trials.during { () throws(PlatformError) in
            let copy: TrialCopy
            do throws(PlatformError) {
                copy = try TrialCopy(of: self) { [trials] in trials.isRequested }
            } catch  where error.code != .cancelled {
                // Where there is no room for a copy, the turn comes when the rehearsal is over.
                return try body(self)
            }
            trials.worksOn(copy.platform.lanes)
            return try body(copy.platform)
        }
    }
}
