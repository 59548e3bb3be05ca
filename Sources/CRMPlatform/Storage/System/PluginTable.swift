package import CRMModel

/// A plugin that is installed in the file.
package struct PluginRow: Sendable, Hashable {
    /// The identifier.
    package let id: PluginID
    /// The version that is installed.
    package var version: String
    /// Its place in the order in which plugins are loaded, from 0.
    package var position: Int
    /// The manifest as JSON.
    package var manifest: String
    /// Whether its code runs.
    package var isEnabled: Bool
    /// The folder from which it is read while somebody works on it, nil for plugins kept in the file.
    package var linkPath: String?
    /// When this version was installed.
    package var installedAt: Instant

    /// Makes a row.
    package init(
        id: PluginID,
        version: String,
        position: Int,
        manifest: String,
        isEnabled: Bool,
        linkPath: String?,
        installedAt: Instant
    ) {
        self.id = id
        self.version = version
        self.position = position
        self.manifest = manifest
        self.isEnabled = isEnabled
        self.linkPath = linkPath
        self.installedAt = installedAt
    }
}

/// A file of an installed plugin.
package struct PluginFileRow: Sendable, Hashable {
    /// The plugin.
    package let plugin: PluginID
    /// The path within the plugin, with `/`.
    package let path: String
    /// The bytes.
    package let content: [UInt8]
    /// The SHA-256 of the bytes, in hexadecimal.
    package let sha256: String

    /// Makes a row.
    package init(plugin: PluginID, path: String, content: [UInt8], sha256: String) {
        self.plugin = plugin
        self.path = path
        self.content = content
        self.sha256 = sha256
    }
}

/// The plugins of the file.
package enum PluginTable {
    private static let all = PreparedSQL(
        "SELECT id,version,position,manifest,isEnabled,linkPath,installedAt FROM crmPlugin ORDER BY position,id"
    )
    private static let write = PreparedSQL(
        "INSERT INTO crmPlugin(id,version,position,manifest,isEnabled,linkPath,installedAt) "
            + "VALUES(?1,?2,?3,?4,?5,?6,?7) ON CONFLICT(id) DO UPDATE SET version=excluded.version,"
            + "position=excluded.position,manifest=excluded.manifest,isEnabled=excluded.isEnabled,"
            + "linkPath=excluded.linkPath,installedAt=excluded.installedAt"
    )
    private static let enable = PreparedSQL("UPDATE crmPlugin SET isEnabled=?2 WHERE id=?1")
    private static let remove = PreparedSQL("DELETE FROM crmPlugin WHERE id=?1")

    /// All plugins in the order in which they are loaded.
    ///
    /// - Throws: `storage`.
    package static func rows(on connection: StoreConnection) throws(PlatformError) -> [PluginRow] {
        let statement = try connection.statement(all)
        defer { statement.reset() }
        var rows: [PluginRow] = []
        while try statement.step() {
            guard let id = PluginID(rawValue: statement.text(0)) else { throw statement.unreadable(0) }
            guard let installedAt = try statement.value(6, as: .instant).instantValue else {
                throw statement.unreadable(6)
            }
            rows.append(
                PluginRow(
                    id: id,
                    version: statement.text(1),
                    position: Int(clamping: statement.int64(2)),
                    manifest: statement.text(3),
                    isEnabled: statement.int64(4) != 0,
                    linkPath: statement.optionalText(5),
                    installedAt: installedAt
                )
            )
        }
        return rows
    }

    /// Enters a plugin, in place of an earlier version of it.
    ///
    /// - Throws: `storage`.
    package static func set(_ row: PluginRow, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(write)
        statement.bind(row.id.rawValue, at: 1)
        statement.bind(row.version, at: 2)
        statement.bind(Int64(row.position), at: 3)
        statement.bind(row.manifest, at: 4)
        statement.bind(row.isEnabled ? 1 : 0, at: 5)
        statement.bind(row.linkPath, at: 6)
        try statement.bind(.instant(row.installedAt), as: .instant, at: 7)
        try statement.execute()
    }

    /// Notes whether the code of a plugin runs.
    ///
    /// - Throws: `storage`.
    package static func setEnabled(
        _ isEnabled: Bool,
        _ id: PluginID,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(enable)
        statement.bind(id.rawValue, at: 1)
        statement.bind(isEnabled ? 1 : 0, at: 2)
        try statement.execute()
    }

    /// Removes a plugin with its files; its metadata layers are removed with ``LayerTable``.
    ///
    /// - Throws: `storage`.
    package static func remove(_ id: PluginID, on connection: StoreConnection) throws(PlatformError) {
        try PluginFileTable.remove(of: id, on: connection)
        let statement = try connection.statement(remove)
        statement.bind(id.rawValue, at: 1)
        try statement.execute()
    }
}

/// The files of installed plugins.
package enum PluginFileTable {
    private static let all = PreparedSQL(
        "SELECT path,content,sha256 FROM crmPluginFile WHERE plugin=?1 ORDER BY path"
    )
    private static let one = PreparedSQL("SELECT content FROM crmPluginFile WHERE plugin=?1 AND path=?2")
    private static let write = PreparedSQL(
        "INSERT INTO crmPluginFile(plugin,path,content,sha256) VALUES(?1,?2,?3,?4) "
            + "ON CONFLICT(plugin,path) DO UPDATE SET content=excluded.content,sha256=excluded.sha256"
    )
    private static let remove = PreparedSQL("DELETE FROM crmPluginFile WHERE plugin=?1")

    /// The files of a plugin in the order of their paths.
    ///
    /// - Throws: `storage`.
    package static func rows(
        of plugin: PluginID,
        on connection: StoreConnection
    ) throws(PlatformError) -> [PluginFileRow] {
        let statement = try connection.statement(all)
        defer { statement.reset() }
        statement.bind(plugin.rawValue, at: 1)
        var rows: [PluginFileRow] = []
        while try statement.step() {
            rows.append(
                PluginFileRow(
                    plugin: plugin,
                    path: statement.text(0),
                    content: statement.bytes(1),
                    sha256: statement.text(2)
                )
            )
        }
        return rows
    }

    /// The bytes of one file, nil when the plugin has none of that path.
    ///
    /// - Throws: `storage`.
    package static func content(
        of plugin: PluginID,
        path: String,
        on connection: StoreConnection
    ) throws(PlatformError) -> [UInt8]? {
        let statement = try connection.statement(one)
        defer { statement.reset() }
        statement.bind(plugin.rawValue, at: 1)
        statement.bind(path, at: 2)
        return try statement.step() ? statement.bytes(0) : nil
    }

    /// Enters a file, in place of one of the same path.
    ///
    /// - Throws: `storage`.
    package static func set(_ row: PluginFileRow, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(write)
        statement.bind(row.plugin.rawValue, at: 1)
        statement.bind(row.path, at: 2)
        statement.bind(bytes: row.content, at: 3)
        statement.bind(row.sha256, at: 4)
        try statement.execute()
    }

    /// Removes all files of a plugin.
    ///
    /// - Throws: `storage`.
    package static func remove(of plugin: PluginID, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(remove)
        statement.bind(plugin.rawValue, at: 1)
        try statement.execute()
    }
}
