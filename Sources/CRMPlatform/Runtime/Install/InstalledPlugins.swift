package import CRMModel
package import CRMScripting
package import CRMStorage

/// The plugins of a file and the catalog they make together, as read from the file.
package struct InstalledPlugins: Sendable {
    /// One plugin.
    package struct Entry: Sendable {
        /// The plugin with its files.
        package let package: PluginPackage
        /// The folder it is linked to while it is being developed.
        package let linkPath: String?
        /// What shows that the link was made on this machine.
        package let linkToken: String?
        /// Why its code does not run, nil when it does.
        package let suspension: PluginSuspension?
        /// Whether its code runs.
        package let isEnabled: Bool
    }

    /// The plugins in the order in which they are loaded.
    package let entries: [Entry]
    /// The effective catalog.
    package let catalog: Catalog
    /// The settings of the file that are set.
    package let settings: [FileSettings.Name: String]
    /// The plugins of which a file is not as it was installed; their code must not run.
    private let damages: [PluginID: PlatformError]

    /// The first plugin of which a file is not as it was installed.
    package var damage: PlatformError? { entries.lazy.compactMap { damages[$0.package.manifest.id] }.first }

    /// The first of them that is to run.
    package var runningDamage: PlatformError? {
        entries.lazy.filter(\.isEnabled).compactMap { damages[$0.package.manifest.id] }.first
    }

    /// The plugins whose code does not run.
    package var disabled: [PluginID] { entries.filter { !$0.isEnabled }.map(\.package.manifest.id) }

    /// The key of the setting of a file that holds the token of a link.
    static func linkKey(_ id: PluginID) -> String { "link.\(id.rawValue)" }

    /// Reads the plugins and builds the catalog.
    ///
    /// - Parameters:
    ///   - connection: The file.
    ///   - built: The catalog, when it was built of the same plugins just now and lacks its numbers alone.
    ///   - former: The plugins as they were just before, whose files need not be read again.
    ///   - changed: The plugins that were put into the file since.
    /// - Returns: The plugins in the order in which they are loaded, with the catalog.
    /// - Throws: `invalidPlugin` when what is stored cannot be read; `storage`.
    package static func load(
        from connection: StoreConnection,
        built: Catalog? = nil,
        former: InstalledPlugins? = nil,
        changed: [PluginPackage] = []
    ) throws(PlatformError) -> InstalledPlugins {
        let rows = try PluginTable.rows(on: connection)
        var entries: [PluginID: Entry] = [:]
        var damages: [PluginID: PlatformError] = [:]
        for row in rows {
            var files: [String: [UInt8]] = [:]
            if let package = changed.first(where: { $0.manifest.id == row.id }) {
                files = package.storedFiles
            } else if let known = former?.package(row.id) {
                files = known.files
                damages[row.id] = former?.damages[row.id]
            } else {
                for file in try PluginFileTable.rows(of: row.id, on: connection) {
                    files[file.path] = file.content
                    if damages[row.id] == nil, !KnownDigests.fits(file.sha256, file.content) {
                        damages[row.id] = PluginDamage(plugin: row.id, path: file.path).error
                    }
                }
            }
            var package: PluginPackage
            do {
                package = try PluginPackage(files: files)
            } catch {
                throw error.platformError(plugin: row.id)
            }
            try package.manifest.takeSettings(from: connection)
            entries[row.id] = Entry(
                package: package,
                linkPath: row.linkPath,
                linkToken: row.linkPath == nil ? nil : try MetaTable.value(linkKey(row.id), on: connection),
                suspension: row.isEnabled ? nil : try PluginSuspension.of(row.id, on: connection),
                isEnabled: row.isEnabled
            )
        }
        let sorted = try PluginOrder.sorted(rows.compactMap { entries[$0.id]?.package })
        let catalog: Catalog
        if let built {
            catalog = built.numbered(
                try stableIDs(on: connection),
                generation: try MetaTable.generation(on: connection)
            )
        } else {
            catalog = try build(sorted, on: connection)
        }
        return InstalledPlugins(
            entries: sorted.compactMap { entries[$0.manifest.id] },
            catalog: catalog,
            settings: try FileSettings.kept(on: connection),
            damages: damages
        )
    }

    /// A plugin with its files, nil when it is not installed.
    func package(_ id: PluginID) -> PluginPackage? { entry(id)?.package }

    /// What is known of a plugin, nil when it is not installed.
    package func entry(_ id: PluginID) -> Entry? { entries.first { $0.package.manifest.id == id } }

    /// The manifest of a plugin, with the settings in force.
    ///
    /// - Throws: `notFound` when it is not installed.
    package func manifest(of id: PluginID) throws(PlatformError) -> PluginManifest {
        guard let entry = entry(id) else {
            throw PlatformError(.notFound, Message(.pluginNotInstalled, ["plugin": .text(id.rawValue)]))
        }
        return entry.package.manifest
    }

    /// Builds the catalog of plugins in order, with the company's own layer on top.
    ///
    /// - Throws: `invalidPlugin` with every mistake in the metadata; `storage`.
    static func build(
        _ packages: [PluginPackage],
        newcomers: Set<PluginID> = [],
        changed: Set<PluginID> = [],
        on connection: StoreConnection
    ) throws(PlatformError) -> Catalog {
        var layers: [MetadataLayer] = []
        for package in packages {
            do {
                layers.append(try package.layer())
            } catch {
                throw error.platformError(plugin: package.manifest.id)
            }
        }
        var local: [MetadataFile] = []
        for row in try LayerTable.rows(on: connection) where row.layer == "local" {
            do {
                local.append(try MetadataFile(path: row.name, bytes: Array(row.content.utf8)))
            } catch {
                throw error.platformError(plugin: nil)
            }
        }
        layers.append(MetadataLayer(plugin: nil, files: local))
        do {
            return try CatalogBuilder.build(
                layers: layers,
                generation: MetaTable.generation(on: connection),
                stableIDs: stableIDs(on: connection),
                newcomers: newcomers,
                changed: changed
            )
        } catch let problems as MetadataProblems {
            throw problems.platformError(plugin: nil)
        } catch let error as PlatformError {
            throw error
        } catch {
            throw PlatformError(.internal, Message(.pluginCatalog), cause: error)
        }
    }

    private static func stableIDs(on connection: StoreConnection) throws(PlatformError) -> StableIDs {
        var ids = StableIDs()
        var names: [Int64: ObjectName] = [:]
        for row in try ObjectTable.rows(on: connection) {
            ids.objects[row.name] = row.id
            names[row.id] = row.name
        }
        for row in try FieldTable.rows(on: connection) {
            if let object = names[row.objectID] { ids.fields[object, default: [:]][row.name] = row.id }
        }
        return ids
    }
}
