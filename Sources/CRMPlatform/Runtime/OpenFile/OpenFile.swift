import CRMAutomation
package import CRMModel
package import CRMRecords
package import CRMScripting
package import CRMStorage
import Foundation
package import LuaBridge

/// A file that is open: its storage, its metadata and its running plugins.
///
/// Is used by one thread at a time.
///
/// Every unit of work begins by looking whether another process has changed the metadata since.
package final class OpenFile {
    /// The storage.
    package let store: any Store
    /// How the file is worked with.
    package let options: PlatformOptions
    private let scripts: LuaStateGroup
    /// What the file says of the company, as it is now.
    package private(set) var settings: FileSettings
    /// The plugins and the catalog, as they are now.
    package private(set) var plugins: InstalledPlugins
    private var plans: ObjectPlans
    private(set) var loaded: PluginRuntime?
    private var links: [PluginID: LinkedFolder] = [:]
    /// Why linked plugins could not be loaded anew; their former versions go on.
    package private(set) var linkErrors: [PluginID: PlatformError] = [:]
    /// What after_commit hooks could not do since somebody last asked, at most 100 of them; the writes they
    /// followed are kept.
    var afterCommitErrors: [PlatformError] = []
    /// What plugins say, until it is written down.
    let said = SaidLines()
    /// As whom this file takes jobs.
    let jobRunner = JobRunner()
    /// How often in a row plugins have failed.
    let failures = FailureTally()
    /// What was switched off because of that, until somebody asks.
    var suspensions: [PlatformError] = []
    /// How much work of many transactions is going on.
    var longWork = 0
    /// Whether whoever does that work was asked to stop.
    var isStopAsked: () -> Bool = { false }
    private var linkDepth = 0
    /// What hooks, validators and code rules may use; other figures are for tests.
    var hookBudget = ScriptBudget.hook
    /// The number of the last history entry before the rehearsal that is going on.
    var rehearsalStart: Int64 = 0

    /// Opens a company over a store.
    ///
    /// - Throws: `invalidPlugin` when the plugins stored cannot be read; `storage`.
    package init(
        store: any Store,
        options: PlatformOptions,
        scripts: LuaStateGroup = LuaStateGroup()
    ) throws(PlatformError) {
        self.store = store
        self.options = options
        self.scripts = scripts
        plugins = try store.read { connection throws(PlatformError) in try InstalledPlugins.load(from: connection) }
        settings = Self.settings(plugins, options)
        plans = Self.plans(plugins.catalog, store, settings)
        failures.kept = try store.read { connection throws(PlatformError) in
            try PluginFailures.counts(on: connection)
        }
        try bringFormsUpToDate()
        watchLinks()
    }

    private static func plans(_ catalog: Catalog, _ store: any Store, _ settings: FileSettings) -> ObjectPlans {
        ObjectPlans(catalog: catalog, dialect: store.dialect, timeZone: settings.timeZone)
    }

    private static func settings(
        _ plugins: InstalledPlugins,
        _ options: PlatformOptions
    ) -> FileSettings {
        FileSettings(given: plugins.settings, usualTimeZone: options.timeZone)
    }

    /// What scripts are told of the file.
    var surroundings: ScriptSurroundings { options.surroundings(scripts, settings, log: log) }

    /// The language of those who name none.
    package var language: Language { options.language ?? settings.language }

    /// The day in the company's time zone.
    package var today: CalendarDate { options.clock.now.date(in: settings.timeZone) }

    /// The effective catalog.
    package var catalog: Catalog { plugins.catalog }

    // MARK: - Units of work

    /// Runs `body` in one transaction that is kept when it returns, together with the after_commit hooks that its saves
    /// ask for; they are run then.
    ///
    /// - Throws: what `body` throws; `busy`, `storage`.
    @discardableResult
    package func write<T>(
        _ unit: UnitContext,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        var effects: [HookJob] = []
        defer { keepFailures() }
        let result = try timed(unit) { () throws(PlatformError) -> T in
            try requirePlugins()
            try followLinks()
            return try store.write { connection throws(PlatformError) -> T in
                try refresh(connection)
                let session = try makeSession(connection, unit)
                let known = failures.news
                defer {
                    unwatch(connection, unit)
                    // What fails in work that is done again fails there once more.
                    if session.isDoneAgain { failures.forgetNews(since: known) }
                }
                let result = try Self.whole(session, body)
                try unit.requireTime()
                effects = try Outbox.keep(
                    session,
                    origin: session.unit.origin,
                    language: session.language,
                    on: connection
                )
                return result
            }
        }
        run(effects)
        return result
    }

    /// As ``write(_:_:)``, in the language of the program or the file.
    @discardableResult
    package func write<T>(
        as principal: Principal,
        origin: Origin,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try write(UnitContext(principal, origin: origin), body)
    }

    /// Runs `body` for a unit; when its time is over, that is the error, whatever became of it within.
    func timed<T>(_ unit: UnitContext, _ body: () throws(PlatformError) -> T) throws(PlatformError) -> T {
        try unit.requireTime()
        do throws(PlatformError) {
            return try body()
        } catch  where unit.isLate && [.limitExceeded, .cancelled].contains(error.code) {
            throw unit.late(error)
        }
    }

    /// Runs `body` on one unchanging view of the records.
    ///
    /// - Throws: what `body` throws; `busy`, `storage`.
    package func read<T>(
        _ unit: UnitContext,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try timed(unit) { () throws(PlatformError) -> T in
            try followLinks()
            return try store.read { connection throws(PlatformError) -> T in
                try refresh(connection)
                try settings.requireZone()
                watch(connection, unit)
                defer { unwatch(connection, unit) }
                // Reading needs no plugin to run: a file can be looked at although one of its plugins does not start.
                return try body(session(readingFrom: connection, unit))
            }
        }
    }

    /// As ``read(_:_:)``, in the language of the program or the file.
    package func read<T>(
        as principal: Principal,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try read(UnitContext(principal), body)
    }

    /// A session in which no plugin runs.
    func session(readingFrom connection: StoreConnection, _ unit: UnitContext) -> RecordSession {
        var unit = whole(unit)
        unit.access = .reading
        return RecordSession(
            connection: connection,
            plans: plans,
            hooks: NoHooks(),
            unit: unit,
            access: options.access,
            clock: options.clock
        )
    }

    /// The context with what was left open.
    private func whole(_ unit: UnitContext) -> UnitContext {
        var unit = unit
        unit.language = unit.language ?? language
        return unit
    }

    /// Lets statements end with the script that asks them, and when the time of the unit is over.
    private func watch(_ connection: StoreConnection, _ unit: UnitContext) {
        if unit.deadline == nil {
            connection.stop { LuaState.isThreadStopped }
        } else {
            connection.stop { LuaState.isThreadStopped || unit.isLate }
        }
    }

    /// Makes what is kept beside the records anew when another edition of the comparable forms made it.
    private func bringFormsUpToDate() throws(PlatformError) {
        let isUpToDate = try store.read { connection throws(PlatformError) in
            try Reindexing.isUpToDate(connection)
        }
        guard !isUpToDate else { return }
        // Addresses, telephone numbers and names would be looked for in another form than they are kept in.
        guard !store.isReadOnly else {
            throw PlatformError(.conflict, Message(.openFileOlder, ["file": .text(store.name)]))
        }
        try store.write { connection throws(PlatformError) in
            guard try !Reindexing.isUpToDate(connection) else { return }
            try Reindexing.bringUpToDate(connection, plugins.catalog)
        }
    }

    /// Lets what comes after the unit take its time.
    private func unwatch(_ connection: StoreConnection, _ unit: UnitContext) {
        if unit.deadline != nil { connection.stop { LuaState.isThreadStopped } }
    }

    /// Runs `body` as ``write(_:_:)`` does, writes down every step in the language of the unit, and undoes it all.
    ///
    /// - Throws: `busy`, `storage`; what stops the save is in the trace.
    package func explain(
        _ unit: UnitContext,
        _ body: (RecordSession) throws(PlatformError) -> Void
    ) throws(PlatformError) -> SaveTrace {
        try requirePlugins()
        try unit.requireTime()
        try followLinks()
        // What is only tried counts for nothing.
        defer { failures.forgetNews() }
        return try store.write { connection throws(PlatformError) -> SaveTrace in
            try refresh(connection)
            let recorder = SaveRecorder(language: unit.language ?? language)
            let session = try makeSession(connection, unit, recorder)
            defer { unwatch(connection, unit) }
            var failure: PlatformError?
            try connection.savepoint(rollback: true) { _ throws(PlatformError) in
                do throws(PlatformError) { try Self.whole(session, body) } catch { failure = error }
            }
            return SaveTrace(steps: recorder.steps, error: failure)
        }
    }

    /// Runs `body`; when a limit has struck a script in it, that is the error, whatever became of it within.
    static func whole<T>(
        _ session: RecordSession,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        do throws(PlatformError) {
            let result = try body(session)
            try session.settleAll()
            try session.requireWhole()
            return result
        } catch {
            // Those around it may have run out of time with it: the first one struck is the one to be named.
            throw session.lostBy ?? error
        }
    }

    func makeSession(
        _ connection: StoreConnection,
        _ unit: UnitContext,
        _ recorder: SaveRecorder? = nil
    ) throws(PlatformError) -> RecordSession {
        // What a script asks of the file ends with the script.
        watch(connection, unit)
        return RecordSession(
            connection: connection,
            plans: plans,
            hooks: try runtime(),
            unit: whole(unit),
            access: options.access,
            clock: options.clock,
            recorder: recorder
        )
    }

    // MARK: - Metadata

    /// Reads the metadata again when another process has changed it.
    func refresh(_ connection: StoreConnection) throws(PlatformError) {
        guard !connection.isFileUnchanged else { return }
        let state = try MetaTable.state(on: connection)
        failures.kept = PluginFailures.counts(state.failures)
        guard state.generation != plugins.catalog.generation else { return }
        try connection.requireKnownFormat()
        try adopt(try InstalledPlugins.load(from: connection))
    }

    /// Brings plugins and metadata up to date before something is looked up in them that is to be run.
    ///
    /// - Throws: `busy`, `storage`; `invalidPlugin` when the plugins stored cannot be read.
    package func catchUp() throws(PlatformError) {
        try followLinks()
        try store.read { connection throws(PlatformError) in try refresh(connection) }
    }

    /// Goes on with plugins, metadata and settings that were read from the file.
    func adopt(_ new: InstalledPlugins) throws(PlatformError) {
        settings = Self.settings(new, options)
        plugins = new
        plans = Self.plans(new.catalog, store, settings)
        loaded = nil
        watchLinks()
    }

    /// The running plugins; they are started when first needed, and again after a limit has struck one.
    ///
    /// - Throws: `hookFailed`, `limitExceeded`, `invalidPlugin` when a plugin does not load.
    package func runtime() throws(PlatformError) -> PluginRuntime {
        if let loaded, !loaded.needsRestart { return loaded }
        try requirePlugins()
        if let damage = plugins.runningDamage { throw damage }
        let new = PluginRuntime(
            plugins: plugins.entries.filter(\.isEnabled).map(\.package),
            catalog: catalog,
            surroundings: surroundings,
            budget: hookBudget,
            failures: failures
        )
        try new.start()
        loaded = new
        return new
    }

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
        for id in links.keys { linkErrors[id] = nil }
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
        let before = (plugins, plans, loaded, settings)
        // Who changes plugins is told that they do not start.
        defer { if startsPlugins { failures.forgetNews() } }
        var steps: [Message] = []
        do throws(PlatformError) {
            try store.write { connection throws(PlatformError) in
                try connection.savepoint(rollback: dryRun) { connection throws(PlatformError) in
                    let installer = PluginInstaller(
                        connection: connection,
                        dialect: store.dialect,
                        now: options.clock.now,
                        zone: settings.timeZone,
                        known: plugins
                    )
                    let outcome = try body(installer)
                    steps = outcome.steps
                    try adopt(outcome.plugins)
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
                    if let removed, let package = outcome.former.package(removed) {
                        try ReferenceLedger(removed, former: package, on: connection).keep(on: connection)
                    }
                }
            }
        } catch {
            (plugins, plans, loaded, settings) = before
            throw error
        }
        if dryRun { (plugins, plans, loaded, settings) = before }
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

    // MARK: - Linked folders

    private func watchLinks() {
        let linked = plugins.entries.compactMap { entry in
            entry.linkPath.map { (entry.package.manifest.id, $0, entry.linkToken, entry.package) }
        }
        var new: [PluginID: LinkedFolder] = [:]
        linkErrors = linkErrors.filter { links[$0.key] != nil }
        for (id, path, token, package) in linked {
            guard linkTrust?.knows(token, plugin: id, path: path) == true else {
                linkErrors[id] = PlatformError(.invalidPlugin, Message(.linkUntrusted, ["folder": .text(path)]))
                continue
            }
            if let folder = links[id], folder.path == path {
                new[id] = folder
            } else {
                new[id] = LinkedFolder(path: path, loaded: package.storedFiles)
            }
        }
        links = new
        linkErrors = linkErrors.filter { error in linked.contains { $0.0 == error.key } }
    }

    private var linkTrust: LinkTrust? { LinkTrust(stateFolder: options.stateFolder) }

    /// Remembers on this machine which folders are linked, unless it knows them; what the file must say of each new one.
    private func rememberLinks(_ links: [PluginID: String]) throws(PlatformError) -> [PluginID: String] {
        var tokens: [PluginID: String] = [:]
        for (id, path) in links {
            let entry = plugins.entries.first { $0.package.manifest.id == id }
            if entry?.linkPath == path, linkTrust?.knows(entry?.linkToken, plugin: id, path: path) == true { continue }
            guard let linkTrust else { throw PlatformError(.storage, Message(.linkNoState)) }
            let token = LinkTrust.makeToken()
            try linkTrust.remember(token, plugin: id, path: path)
            tokens[id] = token
        }
        return tokens
    }

    /// Looks at linked folders as if for the first time: what was loaded of them may have been undone.
    ///
    /// - Throws: `busy`, `storage`; `invalidPlugin` when the plugins stored cannot be read.
    func watchLinksAnew() throws(PlatformError) {
        try store.read { connection throws(PlatformError) in
            try refresh(connection)
            failures.kept = try PluginFailures.counts(on: connection)
        }
        links.removeAll()
        watchLinks()
    }

    /// Loads linked plugins whose files have changed; those that do not load are named and their old versions go on.
    package func followLinks() throws(PlatformError) {
        guard !links.isEmpty, linkDepth == 0, !options.isSafe else { return }
        linkDepth += 1
        defer { linkDepth -= 1 }
        for (id, folder) in links.sorted(by: { $0.key < $1.key }) where folder.hasChanged() {
            do throws(PlatformError) {
                _ = try install([try PluginPackage(folder: folder.path)], links: [id: folder.path])
            } catch {
                linkErrors[id] = error
            }
        }
    }
}

extension MessageKey {
    static let openFileOlder = MessageKey(
        "file.older_read_only",
        zhCN: "文件「{file}」是旧版程序写的，要先升级才能查得准，而它在这里只能读取。请把它复制到可以写入的文件夹，再在那里打开",
        zhTW: "檔案「{file}」是舊版程式寫的，要先升級才能查得準，而它在這裡只能讀取。請把它複製到可以寫入的資料夾，再在那裡開啟",
        en:
            "The file \"{file}\" was written by an earlier program and must be brought up to date before anything can be found in "
            + "it, but it can only be read here. Copy it into a folder that can be written, and open it there"
    )
    static let planData = MessageKey(
        "plan.data",
        zhCN: "新建对象「{object}」的 {count} 条预置记录",
        zhTW: "新增物件「{object}」的 {count} 筆預置記錄",
        en: "Create {count} records of reference data of \"{object}\""
    )
}
