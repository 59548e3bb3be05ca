import CFileNumber
import Foundation
import Synchronization

/// A folder in which something was looked up, and whether anything was made, removed or renamed there since.
///
/// Asking the folder once is cheaper than asking for each file in it by its path.
package final class FolderStand: Sendable {
    /// How old a change must be before the lack of a newer one is relied upon: two changes within one tick of the clock of a file
    /// system look like one.
    private static let tick: Int64 = 100_000_000
    /// The same where moments are kept by whole seconds, of two at worst.
    private static let secondsTick: Int64 = 3_000_000_000
    private static let unknown = Int64.min

    private let descriptor: Int32
    /// The change after which everything was found in its place.
    private let settled = Atomic<Int64>(FolderStand.unknown)

    /// Opens a folder; one that cannot be opened is never known to be unchanged.
    package init(path: String) { descriptor = crm_open_folder(path) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether nothing has changed in the folder since ``settle(_:)`` found everything in its place.
    package var isUnchanged: Bool {
        let settled = settled.load(ordering: .relaxed)
        return settled != Self.unknown && settled == change
    }

    /// Looks things up in the folder; when they are in their place, that is known from now on.
    package func settle(_ look: () -> Bool) -> Bool {
        let change = change
        let isInPlace = look()
        var isOld = false
        if let change {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            let age = Int64(now.tv_sec) &* 1_000_000_000 &+ Int64(now.tv_nsec) &- change
            isOld = age > (change % 1_000_000_000 == 0 ? Self.secondsTick : Self.tick)
        }
        settled.store(isInPlace && isOld ? change ?? Self.unknown : Self.unknown, ordering: .relaxed)
        return isInPlace
    }

    /// When the folder changed last.
    private var change: Int64? {
        var moment: Int64 = 0
        return descriptor >= 0 && crm_folder_change(descriptor, &moment) == 0 ? moment : nil
    }
}
