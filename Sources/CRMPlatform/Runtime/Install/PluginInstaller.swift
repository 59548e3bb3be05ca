package import CRMModel
import CRMOutput
import CRMRecords
package import CRMScripting
package import CRMStorage

package import struct Foundation.TimeZone

/// Installs, upgrades and removes plugins: check → plan → apply → keep the files → new catalog, all in the transaction
/// that is open, so that a change that fails leaves nothing behind.
package struct PluginInstaller {
    let connection: StoreConnection
    let now: Instant
    private let zone: TimeZone
    private let known: InstalledPlugins?

    /// Makes an installer for the transaction that is open; days become moments in the company's time zone.
    ///
    /// `known` are the plugins as they were read last, nil when they were not.
    package init(
        connection: StoreConnection,
        now: Instant,
        zone: TimeZone,
        known: InstalledPlugins? = nil
    ) {
        self.known = known
        self.connection = connection
        self.now = now
        self.zone = zone
    }

    /// What an installation does to the tables, for people.
    package struct Outcome: Sendable {
        /// The steps.
        package let steps: [Message]
        /// The plugins and the catalog afterwards.
        package let plugins: InstalledPlugins
        /// The plugins and the catalog before.
        package let former: InstalledPlugins
    }

    /// The plugins as they are in the file, which are read anew only when another process has changed them.
    func present() throws(PlatformError) -> InstalledPlugins {
        if let known, try MetaTable.generation(on: connection) == known.catalog.generation { return known }
        return try InstalledPlugins.load(from: connection)
    }

    /// Installs plugins, or upgrades those that are there.
    ///
    /// - Parameters:
    ///   - packages: The plugins.
    ///   - links: The folders of plugins that are linked for development.
    ///   - tokens: What shows of new links that they were made on this machine.
    /// - Returns: What was done, and the plugins and the catalog afterwards.
    /// - Throws: `invalidPlugin`, `dependencyMissing`, `migrationFailed`, `storage`.
    package func install(
        _ packages: [PluginPackage],
        links: [PluginID: String] = [:],
        tokens: [PluginID: String] = [:]
    ) throws(PlatformError) -> Outcome {
        let present = try self.present()
        let new = Set(packages.map(\.manifest.id))
        var linkPaths: [PluginID: String] = links
        for entry in present.entries where !new.contains(entry.package.manifest.id) {
            linkPaths[entry.package.manifest.id] = entry.linkPath
        }
        let all = present.entries.map(\.package).filter { !new.contains($0.manifest.id) } + packages
        let sorted = try PluginOrder.sorted(all)
        for package in packages {
            let id = package.manifest.id
            try keep(package, isEnabled: present.entry(id)?.isEnabled ?? true)
            // A plugin that is installed and not linked has no link any more.
            guard links[id] == nil || tokens[id] != nil else { continue }
            try MetaTable.set(InstalledPlugins.linkKey(id), to: tokens[id], on: connection)
        }
        // What was counted against the version before does not hold against this one.
        try PluginFailures.forget(new, on: connection)
        let outcome = try apply(sorted, linkPaths, former: present, changed: new)
        try Self.requireNeeded(outcome.plugins)
        return outcome
    }

    /// Removes a plugin; its data are archived, not dropped.
    ///
    /// - Throws: `notFound`; `conflict` naming the plugins that need it; `storage`.
    package func uninstall(_ id: PluginID) throws(PlatformError) -> Outcome {
        let present = try self.present()
        _ = try present.manifest(of: id)
        let users = present.entries.map(\.package.manifest).filter { manifest in
            manifest.depends.contains { $0.id == id }
        }
        guard users.isEmpty else {
            let names = users.map(\.id.rawValue).sorted().joined(separator: ", ")
            throw PlatformError(
                .conflict,
                Message(.pluginNeeded, ["plugin": .text(id.rawValue), "users": .text(names)])
            )
        }
        let rest = present.entries.filter { $0.package.manifest.id != id }
        try PluginFileTable.remove(of: id, on: connection)
        try PluginTable.remove(id, on: connection)
        try MetaTable.set(InstalledPlugins.linkKey(id), to: nil, on: connection)
        try PluginSuspension.set(nil, of: id, on: connection)
        try PluginFailures.forget([id], on: connection)
        let links = Dictionary(
            rest.compactMap { entry in entry.linkPath.map { (entry.package.manifest.id, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        return try apply(rest.map(\.package), links, former: present, removed: [id])
    }

    /// Gives settings of a plugin values as people type them; an empty text gives the default back.
    ///
    /// - Throws: `notFound`; `invalidInput` with every value that does not fit; `storage`.
    package func set(_ values: ParameterInput, of id: PluginID) throws(PlatformError) -> Outcome {
        let former = try present()
        try former.manifest(of: id).keep(values, on: connection)
        _ = try MetaTable.raiseGeneration(on: connection)
        let plugins = try InstalledPlugins.load(from: connection, built: former.catalog, former: former)
        return Outcome(steps: [], plugins: plugins, former: former)
    }

    private func keep(_ package: PluginPackage, isEnabled: Bool) throws(PlatformError) {
        let id = package.manifest.id
        try PluginFileTable.remove(of: id, on: connection)
        // The files refer to the plugin, so it is entered first; its position is set when all are in order.
        try PluginTable.set(row(package, position: 0, linkPath: nil, isEnabled: isEnabled), on: connection)
        for (path, content) in package.storedFiles.sorted(by: { $0.key < $1.key }) {
            let digest = KnownDigests.digest(content)
            try PluginFileTable.set(
                PluginFileRow(plugin: id, path: path, content: content, sha256: digest),
                on: connection
            )
        }
    }

    private func row(
        _ package: PluginPackage,
        position: Int,
        linkPath: String?,
        isEnabled: Bool
    ) -> PluginRow {
        PluginRow(
            id: package.manifest.id,
            version: package.manifest.version.description,
            position: position,
            manifest: package.text("plugin.json") ?? "{}",
            isEnabled: isEnabled,
            linkPath: linkPath,
            installedAt: now
        )
    }

    private func apply(
        _ sorted: [PluginPackage],
        _ links: [PluginID: String],
        former: InstalledPlugins,
        changed: Set<PluginID> = [],
        removed: Set<PluginID> = []
    ) throws(PlatformError) -> Outcome {
        let before = former.catalog
        let present = Set(former.entries.map(\.package.manifest.id))
        let newcomers = Set(sorted.map(\.manifest.id)).subtracting(present)
        let catalog = try InstalledPlugins.build(sorted, newcomers: newcomers, changed: changed, on: connection)
        var review = try UpgradeReview(
            from: before,
            to: catalog,
            removed: removed,
            zone: zone,
            unitChange: HeadingUnit.change,
            on: connection
        )
        let found = try review.run()
        let plan = try SchemaPlanner.plan(
            to: catalog,
            on: connection,
            conversions: found.conversions,
            objections: found.objections
        )
        var notes: UpgradeNotes? = UpgradeNotes(at: now, origin: Origin.install.description)
        try plan.apply(noting: &notes, on: connection)
        try found.fillIn(noting: &notes, on: connection)
        try found.keep(on: connection)
        let counters = try carryCounters(from: before, to: catalog)
        for (position, package) in sorted.enumerated() {
            let id = package.manifest.id
            let isEnabled = former.entry(id)?.isEnabled ?? true
            try PluginTable.set(
                row(package, position: position, linkPath: links[id], isEnabled: isEnabled),
                on: connection
            )
        }
        _ = try MetaTable.raiseGeneration(on: connection)
        let plugins = try InstalledPlugins.load(
            from: connection,
            built: catalog,
            former: former,
            changed: sorted.filter { changed.contains($0.manifest.id) }
        )
        try keepReferences(from: former, to: plugins.catalog)
        try Reindexing(
            connection: connection,
            before: before,
            after: plugins.catalog,
            converted: found.changedFields
        ).run()
        var steps = plan.messages + found.notes + CatalogChanges(before: before, after: plugins.catalog).messages
        for package in sorted {
            guard let old = former.package(package.manifest.id) else { continue }
            steps += package.changes(from: old)
        }
        return Outcome(steps: steps + counters, plugins: plugins, former: former)
    }
}

extension PluginInstaller {
    /// Lets the counters of a code rule go on under its new name; says which rules go on behind codes that are there.
    private func carryCounters(from before: Catalog, to after: Catalog) throws(PlatformError) -> [Message] {
        var messages: [Message] = []
        for object in after.sortedObjects {
            guard let old = before.objects[object.name] else { continue }
            for field in object.fields {
                guard let rule = object.codeRule(of: field), let former = old.field(field.name).flatMap(old.codeRule),
                    former != rule
                else { continue }
                messages.append(
                    Message(
                        .planCounter,
                        ["place": .text("\(object.name).\(field.name)"), "rule": .text(rule.name.rawValue)]
                    )
                )
                guard former.name != rule.name, former.reset == rule.reset, former.scope == rule.scope else { continue }
                try CounterTable.carry(
                    from: CounterTable.key(old.stableID, former.name),
                    to: CounterTable.key(old.stableID, rule.name),
                    on: connection
                )
            }
        }
        return messages
    }
}

extension PluginInstaller {
    /// Notes the references that the catalog no longer has, so that what they point to is not deleted meanwhile, and
    /// forgets those that it has again.
    private func keepReferences(from before: InstalledPlugins, to after: Catalog) throws(PlatformError) {
        var kept: [ObjectName: Set<FieldName>] = [:]
        let rows = try FieldTable.rows(on: connection)
        for object in try ObjectTable.rows(on: connection) {
            kept[object.name] = Set(rows.filter { $0.objectID == object.id }.map(\.name))
        }
        for note in try ArchivedReference.all(on: connection)
        where after.objects[note.object]?.field(note.field) != nil || kept[note.object]?.contains(note.field) != true {
            try note.forget(on: connection)
        }
        for object in before.catalog.sortedObjects {
            for field in object.fields where after.objects[object.name]?.field(field.name) == nil {
                // What was renamed goes on under its new name.
                guard case .reference(let target, _) = field.type, kept[object.name]?.contains(field.name) == true
                else { continue }
                let plugin = field.plugin ?? object.plugin
                let title = before.entries.first { $0.package.manifest.id == plugin }?.package.manifest.title
                try ArchivedReference(
                    object: object.name,
                    field: field.name,
                    target: target,
                    plugin: plugin,
                    objectLabel: object.label,
                    fieldLabel: field.label,
                    pluginTitle: title ?? LocalizedText(plugin?.rawValue ?? "local")
                ).keep(on: connection)
            }
        }
    }
}

extension MessageKey {
    package static let pluginNotInstalled = MessageKey(
        "plugin.not_installed",
        zhCN: "没有安装插件「{plugin}」",
        zhTW: "沒有安裝外掛「{plugin}」",
        en: "the plugin \"{plugin}\" is not installed"
    )
    static let pluginNeeded = MessageKey(
        "plugin.needed",
        zhCN: "插件「{plugin}」还被这些插件需要：{users}。请先卸载它们",
        zhTW: "外掛「{plugin}」還被這些外掛需要：{users}。請先解除安裝它們",
        en: "the plugin \"{plugin}\" is needed by: {users}. Uninstall those first"
    )
}
