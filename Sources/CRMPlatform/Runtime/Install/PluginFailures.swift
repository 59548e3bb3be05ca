import CRMModel
import CRMScripting
import CRMStorage

/// The failures in a row of plugins, as kept in the file: `{"sales": {"main.lua:3": 2}}`.
enum PluginFailures {
    /// Reads the counts from what is kept; what a stranger wrote counts nothing.
    static func counts(_ text: String?) -> [FailureTally.Place: Int] {
        guard let text, case .object(let plugins)? = try? JSONParser.parse(text) else { return [:] }
        var counts: [FailureTally.Place: Int] = [:]
        for (name, value) in plugins.entries {
            guard let id = PluginID(rawValue: name), case .object(let handlers) = value else { continue }
            for (handler, count) in handlers.entries {
                guard case .integer(let number) = count, number > 0 else { continue }
                counts[FailureTally.Place(plugin: id, handler: handler)] = Int(clamping: number)
            }
        }
        return counts
    }

    /// Reads the counts.
    ///
    /// - Throws: `storage`.
    static func counts(on connection: StoreConnection) throws(PlatformError) -> [FailureTally.Place: Int] {
        counts(try MetaTable.value(.pluginFailures, on: connection))
    }

    /// Keeps the counts.
    ///
    /// - Throws: `storage`.
    static func keep(_ counts: [FailureTally.Place: Int], on connection: StoreConnection) throws(PlatformError) {
        guard !counts.isEmpty else { return try MetaTable.set(.pluginFailures, to: nil, on: connection) }
        var plugins = JSONObject()
        for (id, places) in Dictionary(grouping: counts, by: \.key.plugin).sorted(by: { $0.key < $1.key }) {
            var handlers = JSONObject()
            for (place, count) in places.sorted(by: { $0.key.handler < $1.key.handler }) {
                handlers[place.handler] = .integer(Int64(count))
            }
            plugins[id.rawValue] = .object(handlers)
        }
        try MetaTable.set(.pluginFailures, to: JSONValue.object(plugins).serialised(), on: connection)
    }

    /// Forgets the counts of plugins that are new or as good as new.
    ///
    /// - Throws: `storage`.
    static func forget(_ ids: Set<PluginID>, on connection: StoreConnection) throws(PlatformError) {
        let counts = try counts(on: connection)
        let rest = counts.filter { !ids.contains($0.key.plugin) }
        if rest.count < counts.count { try keep(rest, on: connection) }
    }
}
