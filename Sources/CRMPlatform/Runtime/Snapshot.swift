import CRMConcurrency
package import CRMModel
import CRMScripting

/// The metadata of a file at one time: catalog, plugins, settings.
///
/// It does not change, and all lanes share it.
package final class Snapshot: Sendable {
    /// The plugins with their files.
    package let plugins: InstalledPlugins
    /// What the file says of the company.
    package let settings: FileSettings
    private let known = Guarded<ScriptOffers?>(nil)

    /// The effective catalog.
    package var catalog: Catalog { plugins.catalog }
    /// The number by which these metadata are told from those before and after.
    package var generation: Int64 { plugins.catalog.generation }

    /// Takes what was read of a file.
    init(_ plugins: InstalledPlugins, _ options: PlatformOptions) {
        self.plugins = plugins
        settings = FileSettings(given: plugins.settings, usualTimeZone: options.timeZone)
    }

    /// Makes sure that it is known what day it is.
    ///
    /// - Throws: `storage` when the time zone that is set is not known here.
    func requireZone() throws(PlatformError) {
        // One field is looked at; the settings as a whole would be copied for each unit of work.
        if settings.unknownZone != nil { try settings.requireZone() }
    }

    /// What the plugins offer by name, once a lane has started them.
    var offers: ScriptOffers? { known.withLock { $0 } }

    /// Notes what the plugins offer.
    func note(_ offers: ScriptOffers) { known.withLock { $0 = offers } }
}
