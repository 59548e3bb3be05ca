package import CRMModel
import CRMRecords
package import CRMScripting
import CRMStorage

extension Workspace {
    /// Installs or upgrades plugins with their reference data, all or nothing.
    ///
    /// - Throws: `invalidPlugin`, `dependencyMissing`, `migrationFailed`, `hookFailed`, `validationFailed`, `storage`.
    package func install(
        _ packages: [PluginPackage],
        links: [PluginID: String] = [:],
        dryRun: Bool = false
    ) throws(PlatformError) -> [Message] {
        try PluginReview.require(packages)
        return try keep(packages, links: links, dryRun: dryRun)
    }

    /// Ends the following of a folder; the plugin stays as it was last loaded.
    ///
    /// - Throws: `notFound`; otherwise as ``install(_:links:dryRun:)``.
    package func unlink(_ id: PluginID) throws(PlatformError) {
        guard let package = plugins.package(id) else {
            throw PlatformError(.notFound, Message(.pluginNotInstalled, ["plugin": .text(id.rawValue)]))
        }
        // What is kept in the file lacks tests and demonstration data.
        _ = try keep([package])
    }

    /// Installs what was looked over already, or is only to be tried.
    func keep(
        _ packages: [PluginPackage],
        links: [PluginID: String] = [:],
        dryRun: Bool = false
    ) throws(PlatformError) -> [Message] {
        let former = Dictionary(
            plugins.entries.map { ($0.package.manifest.id, $0.linkToken) },
            uniquingKeysWith: { first, _ in first }
        )
        let tokens = dryRun ? [:] : try rememberLinks(links)
        let steps: [Message]
        do throws(PlatformError) {
            steps = try change(dryRun: dryRun, data: packages) { installer throws(PlatformError) in
                try installer.install(packages, links: links, tokens: tokens)
            }
        } catch {
            for token in tokens.values { linkTrust?.forget(token) }
            throw error
        }
        guard !dryRun else { return steps }
        for id in links.keys { file.note(nil, ofLink: id) }
        for package in packages {
            let id = package.manifest.id
            if links[id] == nil || tokens[id] != nil { linkTrust?.forget(former[id] ?? nil) }
        }
        return steps
    }

    /// Removes a plugin, archiving its data.
    ///
    /// - Throws: `notFound`, `conflict`, `storage`.
    package func uninstall(_ id: PluginID, dryRun: Bool = false) throws(PlatformError) -> [Message] {
        // Whether others start does not matter: this is how one that does not is got rid of.
        try change(dryRun: dryRun, data: [], removed: id, startsPlugins: false) { installer throws(PlatformError) in
            try installer.uninstall(id)
        }
    }

    /// Gives settings of a plugin values as people type them; an empty text gives the default back.
    ///
    /// - Throws: `notFound`; `invalidInput` with every value that does not fit; `hookFailed` when the plugin does not load
    ///   with them; `storage`.
    package func set(_ values: ParameterInput, of id: PluginID) throws(PlatformError) {
        try followLinks()
        _ = try change(dryRun: false, data: []) { installer throws(PlatformError) in try installer.set(values, of: id) }
    }

    func change(
        dryRun: Bool,
        data packages: [PluginPackage],
        removed: PluginID? = nil,
        startsPlugins: Bool = true,
        _ body: (PluginInstaller) throws(PlatformError) -> PluginInstaller.Outcome
    ) throws(PlatformError) -> [Message] {
        let before = (snapshot: snapshot, plans: plans, loaded: loaded)
        // Who changes plugins is told that they do not start.
        defer { if startsPlugins { failures.forgetNews() } }
        var steps: [Message] = []
        do throws(PlatformError) {
            try store.write(use) { connection throws(PlatformError) in
                try connection.savepoint(rollback: dryRun) { connection throws(PlatformError) in
                    let installer = PluginInstaller(
                        connection: connection,
                        now: options.clock.now,
                        zone: settings.timeZone,
                        known: plugins
                    )
                    let outcome = try body(installer)
                    steps = outcome.steps
                    adopt(Snapshot(outcome.plugins, options))
                    if options.isSafe {
                        steps += try putOff(packages, outcome.former, connection)
                    } else if startsPlugins {
                        if !packages.isEmpty { try requireOffers(of: packages) }
                        let unit = UnitContext(.system(reason: "install"), origin: .install)
                        let session = try makeSession(connection, unit)
                        try Self.whole(session) { session throws(PlatformError) in
                            for package in packages {
                                steps += try deliver(package, outcome.former, session, connection)
                            }
                        }
                    }
                    steps += versionNotes(packages, outcome.former, isUnchanged: steps.isEmpty)
                    if startsPlugins, !options.isSafe { steps += try nameNotes(packages) }
                    if let removed, let package = outcome.former.package(removed) {
                        try ReferenceLedger(removed, former: package, on: connection).keep(on: connection)
                    }
                }
            }
        } catch {
            restore(before)
            throw error
        }
        if dryRun { restore(before) } else { file.noteSaved() }
        return steps
    }

    /// Makes the reference data of a plugin that were never delivered; says how many records of which object.
    private func deliver(
        _ package: PluginPackage,
        _ former: InstalledPlugins,
        _ session: RecordSession,
        _ connection: StoreConnection
    ) throws(PlatformError) -> [Message] {
        let id = package.manifest.id
        let ledger = try ReferenceLedger(id, former: former.package(id), on: connection)
        var data = ReferenceData(package, ledger: ledger)
        let (kept, made) = try data.load(into: session)
        try kept.keep(on: connection)
        return made.sorted { $0.key < $1.key }.map { object, count in
            Message(.planData, ["object": .text(object.rawValue), "count": .text(String(count))])
        }
    }

    /// What the plugins register must have pages, and names of its own.
    private func requireOffers(of packages: [PluginPackage]) throws(PlatformError) {
        let running = try runtime()
        try running.requireUniqueNames()
        for package in packages {
            guard let host = running.hosts.first(where: { $0.id == package.manifest.id }) else { continue }
            for template in host.registrations.templates {
                let pages = PrintPages(package: package, name: template.name)
                if pages.languages.isEmpty { throw PluginReview.missingPage(template.name, of: package) }
            }
        }
    }

    /// Which names of what the plugins offer other plugins have too.
    private func nameNotes(_ packages: [PluginPackage]) throws(PlatformError) -> [Message] {
        guard !packages.isEmpty else { return [] }
        let new = Set(packages.map(\.manifest.id))
        let all = try offers()
        let kinds: [(MessageKey, [ScriptOffer])] = [
            (.runtimeReport, all.reports), (.runtimeCommand, all.commands), (.runtimeTemplate, all.templates),
        ]
        return kinds.flatMap { kind, offers in
            offers.filter { new.contains($0.plugin) && $0.shortestName != $0.name.rawValue }.map { offer in
                let names = offers.filter { $0.name == offer.name }.map(\.fullName).sorted()
                return Message(
                    .planSameName,
                    [
                        "kind": .message(Message(kind)), "name": .text(offer.name.rawValue),
                        "names": .text(names.joined(separator: ", ")),
                    ]
                )
            }
        }
    }

    /// What is to be said of versions that stay the same.
    private func versionNotes(
        _ packages: [PluginPackage],
        _ former: InstalledPlugins,
        isUnchanged: Bool
    ) -> [Message] {
        packages.compactMap { package in
            guard let old = former.package(package.manifest.id), old.manifest.version == package.manifest.version else {
                return nil
            }
            let isSame = old.storedFiles == package.storedFiles
            if isSame, !isUnchanged { return nil }
            return Message(
                isSame ? .planNothing : .planSameVersion,
                [
                    "plugin": .text(package.manifest.id.rawValue),
                    "version": .text(package.manifest.version.description),
                ]
            )
        }
    }
}

extension MessageKey {
    static let planSameName = MessageKey(
        "plan.same_name",
        zhCN: "{kind}「{name}」今后不止一个，请写全名：{names}",
        zhTW: "{kind}「{name}」今後不只一個，請寫全名：{names}",
        en: "The {kind} \"{name}\" is there more than once from now on; call it by its full name: {names}"
    )
    static let planData = MessageKey(
        "plan.data",
        zhCN: "新建对象「{object}」的 {count} 条预置记录",
        zhTW: "新增物件「{object}」的 {count} 筆預置記錄",
        en: "Create {count} records of reference data of \"{object}\""
    )
}
