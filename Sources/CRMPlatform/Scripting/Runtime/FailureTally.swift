package import CRMModel

/// Counts how often the code of plugins has failed in a row.
///
/// What counts is code that breaks: an error in Lua, a limit that strikes, a module that is not there, a start that fails. What
/// plugins refuse on purpose is their work, and so is what the platform refuses them.
///
/// Each handler has a count of its own, so that one that works does not hide another that always fails.
package final class FailureTally {
    /// What failed: a handler, or the start of a plugin.
    package struct Place: Hashable, Sendable {
        /// The plugin.
        package let plugin: PluginID
        /// Where the handler begins, `main.lua:3`; empty for the start.
        package let handler: String

        /// Names a place.
        package init(plugin: PluginID, handler: String) {
            self.plugin = plugin
            self.handler = handler
        }
    }

    /// What has happened at a place since the counts were kept.
    package struct News: Sendable {
        /// Whether it has worked meanwhile.
        package fileprivate(set) var hasWorked = false
        /// How often it has failed since it last worked.
        package fileprivate(set) var failures = 0
        /// The last failure.
        package fileprivate(set) var last: PlatformError?

        /// What there is to tell when more has happened after it.
        package func followed(by later: News) -> News {
            guard !later.hasWorked else { return later }
            var sum = self
            sum.failures += later.failures
            sum.last = later.last ?? last
            return sum
        }
    }

    /// The counts that are kept in the file.
    package var kept: [Place: Int] = [:]
    /// What is not kept yet.
    package private(set) var news: [Place: News] = [:]

    /// Begins with no counts.
    package init() {}

    /// Notes a failure.
    package func failed(_ plugin: PluginID, _ handler: String, _ error: PlatformError) {
        news[Place(plugin: plugin, handler: handler), default: News()].failures += 1
        news[Place(plugin: plugin, handler: handler)]?.last = error
    }

    /// Notes that a handler worked; there is nothing to do unless something has failed.
    package func worked(_ plugin: PluginID, _ handler: String) {
        guard !kept.isEmpty || !news.isEmpty else { return }
        let place = Place(plugin: plugin, handler: handler)
        guard kept[place] != nil || news[place] != nil else { return }
        news[place] = News(hasWorked: true)
    }

    /// Adds what has happened elsewhere.
    package func add(_ others: [Place: News]) {
        news.merge(others) { $0.followed(by: $1) }
    }

    /// Forgets what is not kept, but for what was known before: it was a trial, is done again, counts elsewhere, or is kept now.
    package func forgetNews(since known: [Place: News] = [:]) { news = known }
}
