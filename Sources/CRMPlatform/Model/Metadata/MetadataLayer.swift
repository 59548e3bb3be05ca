/// The metadata that one plugin, or the company itself, contributes to the catalog.
public struct MetadataLayer: Sendable {
    /// The plugin, nil for what the company has added itself.
    public let plugin: PluginID?
    /// The files: `objects/*.json`, `dictionaries/*.json`, `layouts/*/*.json`.
    public let files: [MetadataFile]
    /// The version of the plugin, empty when it is not known.
    public let version: String
    /// The plugins that the plugin says it needs; nil when it may use the metadata of all.
    public let depends: Set<PluginID>?

    /// Makes a layer.
    public init(plugin: PluginID?, files: [MetadataFile], version: String = "", depends: Set<PluginID>? = nil) {
        self.plugin = plugin
        self.files = files
        self.version = version
        self.depends = depends
    }

    /// Whether a file of a plugin is metadata that belongs in a layer.
    public static func isMetadata(path: String) -> Bool {
        guard path.hasSuffix(".json") else { return false }
        return ["objects/", "dictionaries/", "layouts/"].contains { path.hasPrefix($0) }
    }
}

/// The stable ids that the storage has given to objects and fields.
public struct StableIDs: Sendable {
    /// The ids of objects.
    public var objects: [ObjectName: Int64]
    /// The ids of fields by object.
    public var fields: [ObjectName: [FieldName: Int64]]

    /// Makes a table of ids.
    public init(objects: [ObjectName: Int64] = [:], fields: [ObjectName: [FieldName: Int64]] = [:]) {
        self.objects = objects
        self.fields = fields
    }
}
