public import CRMModel
public import CRMRuntime
public import CRMScripting
import Foundation

/// A plugin of a file.
public struct PluginInfo: Sendable {
    /// The identifier.
    public let id: PluginID
    /// The version.
    public let version: String
    /// The title.
    public let title: LocalizedText
    /// Whether its code runs; its metadata and data take part all the same.
    public let isEnabled: Bool
    /// Why its code does not run, nil when it does.
    public let suspension: PluginSuspension?
    /// The folder it is linked to while being developed.
    public let linkPath: String?
    /// Why its newest files could not be loaded; the version before goes on.
    public let loadError: PlatformError?
}

/// Where a plugin comes from.
public enum PluginSource: Sendable, Hashable {
    /// A folder; what the plugin needs is looked for beside it, then in folders in their order.
    case folder(String, searchPath: [String] = [])
    /// A name, looked up in folders in their order.
    case named(String, searchPath: [String])
}

/// How far an installation has come.
public struct InstallProgress: Sendable {
    /// How much is done, in rows of the demonstration data.
    public let done: Int
    /// How much there is, nil when that is not known.
    public let total: Int?
    /// What is being done.
    public let message: Message
}

/// Something that an installation has done.
public enum InstallNews: Sendable {
    /// The plugins are installed; with what was done to the tables.
    case installed([PluginInfo], steps: [Message])
    /// A step of the demonstration data is done.
    case demo(Message)
}

/// What an installation did.
public struct InstallReport: Sendable {
    /// The plugins installed, those that were needed first.
    public let installed: [PluginInfo]
    /// What was done to the tables.
    public let steps: [Message]
    /// What the demonstration data brought.
    public let demo: [Message]
}

/// What removing a plugin did.
public struct UninstallReport: Sendable {
    /// What was done to the tables; data are archived, not dropped.
    public let steps: [Message]
}

extension Platform {
    /// The plugins, in the order in which they are loaded.
    ///
    /// - Throws: `busy`; `storage`, also once the file is closed; `invalidPlugin` when the plugins stored cannot be read.
    public var plugins: [PluginInfo] {
        get throws(PlatformError) {
            let entries = try lanes.snapshot().plugins.entries
            let linkErrors = lanes.file.linkErrors
            return entries.map { entry in
                let manifest = entry.package.manifest
                return PluginInfo(
                    id: manifest.id,
                    version: manifest.version.description,
                    title: manifest.title,
                    isEnabled: entry.isEnabled,
                    suspension: entry.suspension,
                    linkPath: entry.linkPath,
                    loadError: linkErrors[manifest.id]
                )
            }
        }
    }

    /// Starts the plugins, as the first save, report or command would: a file can be read although one does not start.
    ///
    /// - Throws: `hookFailed`, `limitExceeded`, `invalidPlugin` naming every plugin that does not start.
    public func startPlugins() throws(PlatformError) {
        try lanes.run(.write) { workspace throws(PlatformError) in
            try workspace.catchUp()
            _ = try workspace.runtimeLookedAt()
        }
    }

    /// Switches plugins off, all or none: their code (hooks, validators, code rules, reports, prints, commands, libraries) does
    /// not run until they are switched on again; their objects, fields, rules of metadata and data stay as they are.
    ///
    /// An upgrade does not switch them on.
    ///
    /// - Returns: What was done.
    /// - Throws: `notFound`; `conflict` naming the plugins that are on and need them; `storage`.
    @discardableResult
    public func disablePlugins(_ ids: [PluginID], as principal: Principal) throws(PlatformError) -> [Message] {
        try lanes.run(.write) { workspace throws(PlatformError) in try workspace.disable(ids, as: principal) }
    }

    /// Switches plugins on again, all or none, when they start; in safe mode without starting them.
    ///
    /// - Returns: What was done.
    /// - Throws: `notFound`; `conflict` naming the plugins that are off and needed by them; `hookFailed`, `limitExceeded`,
    ///   `invalidPlugin` when one does not start; `storage`.
    @discardableResult
    public func enablePlugins(_ ids: [PluginID]) throws(PlatformError) -> [Message] {
        try lanes.run(.write) { workspace throws(PlatformError) in try workspace.enable(ids) }
    }

    /// The plugins that were switched off since this was last asked, because they failed five times in a row: each error
    /// names the plugin and its last failure.
    ///
    /// - Throws: `storage` once the file is closed.
    public func takeSuspensions() throws(PlatformError) -> [PlatformError] {
        try lanes.requireOpen()
        return lanes.file.takeSuspensions()
    }

    /// What installing a plugin would do to the tables; nothing is changed.
    ///
    /// - Throws: as ``installPlugin(_:demo:progress:)``.
    public func planInstall(_ source: PluginSource) throws(PlatformError) -> [Message] {
        try planInstall([source])
    }

    /// The settings of a plugin with the values that are in force.
    ///
    /// - Throws: `notFound`.
    public func settings(of id: PluginID) throws(PlatformError) -> [PluginSetting] {
        try lanes.snapshot().plugins.manifest(of: id).settings
    }

    /// Gives settings of a plugin values as people type them, all or none; an empty text gives the default back.
    ///
    /// They stay with the file when the plugin is upgraded, or uninstalled and installed again.
    ///
    /// - Throws: `notFound`; `invalidInput` with every value that does not fit; `hookFailed` when the plugin does not load
    ///   with them; `storage`.
    public func setSettings(
        _ values: ParameterInput,
        of id: PluginID
    ) throws(PlatformError) {
        try lanes.run(.write) { workspace throws(PlatformError) in try workspace.set(values, of: id) }
    }

    /// What installing plugins together would do to the tables; nothing is changed.
    ///
    /// - Throws: as ``installPlugin(_:demo:progress:)``.
    public func planInstall(_ sources: [PluginSource]) throws(PlatformError) -> [Message] {
        let packages = try PluginFolders.packages(sources, installed: Set(try plugins.map(\.id))).packages
        return try trying(UnitContext(.administrator)) { place throws(PlatformError) in
            try place.lanes.run(.write) { workspace throws(PlatformError) in
                try workspace.install(packages, dryRun: true)
            }
        }
    }

    /// Installs a plugin with those it needs, or upgrades it: all or nothing; its demonstration data follow, but not those
    /// of the plugins it needs.
    ///
    /// - Throws: `notFound`, `invalidPlugin`, `dependencyMissing`, `migrationFailed`, `storage`; when a step of the
    ///   demonstration data fails or a row of it is refused, why: the plugins are installed then, and the steps before
    ///   it stay.
    @discardableResult
    public func installPlugin(
        _ source: PluginSource,
        demo: Bool = false,
        progress: (@Sendable (InstallProgress) -> Void)? = nil
    ) throws(PlatformError) -> InstallReport {
        try installPlugins([source], demo: demo, progress: progress)
    }

    /// Installs plugins together, as ``installPlugin(_:demo:progress:)`` installs one, whatever order they are given in;
    /// demonstration data come in the order in which the plugins depend on each other.
    ///
    /// - Parameters:
    ///   - sources: The plugins.
    ///   - demo: Whether the demonstration data of the plugins named follow.
    ///   - progress: Is told how far a step is.
    ///   - news: Is told each thing that is done as soon as it is, so that it is known when a later one fails.
    /// - Returns: What was done.
    /// - Throws: as ``installPlugin(_:demo:progress:)``.
    @discardableResult
    public func installPlugins(
        _ sources: [PluginSource],
        demo: Bool = false,
        progress: (@Sendable (InstallProgress) -> Void)? = nil,
        news: (@Sendable (InstallNews) -> Void)? = nil
    ) throws(PlatformError) -> InstallReport {
        let (packages, named) = try PluginFolders.packages(sources, installed: Set(try plugins.map(\.id)))
        // Demonstration data without the hooks of its plugin would be other data.
        if demo, let off = try plugins.first(where: { named.contains($0.id) && !$0.isEnabled }) {
            throw PlatformError(
                .conflict,
                Message(.demoPluginOff, ["plugin": .text(off.id.rawValue)]),
                context: ErrorContext(plugin: off.id)
            )
        }
        let steps = try lanes.run(.write) { workspace throws(PlatformError) in
            if demo { try workspace.requirePlugins() }
            return try workspace.install(packages)
        }
        let names = Set(packages.map(\.manifest.id))
        let installed = try plugins.filter { names.contains($0.id) }
        news?(.installed(installed, steps: steps))
        var notes: [Message] = []
        if demo {
            // One day for all steps, though midnight may pass between them.
            let today = try lanes.run(.write) { workspace throws(PlatformError) in workspace.today }
            for package in packages where named.contains(package.manifest.id) {
                try loadDemo(package, today: today, progress) { note in
                    notes.append(note)
                    news?(.demo(note))
                }
            }
        }
        return InstallReport(installed: installed, steps: steps, demo: notes)
    }

    /// Removes a plugin; its tables are archived with their data and come back when it is installed again.
    ///
    /// - Throws: `notFound`; `conflict` naming the plugins that need it; `storage`.
    public func uninstallPlugin(_ id: PluginID) throws(PlatformError) -> UninstallReport {
        UninstallReport(steps: try lanes.run(.write) { workspace throws(PlatformError) in try workspace.uninstall(id) })
    }

    /// What removing a plugin would do; nothing is changed.
    ///
    /// - Throws: as ``uninstallPlugin(_:)``.
    public func planUninstall(_ id: PluginID) throws(PlatformError) -> UninstallReport {
        UninstallReport(
            steps: try trying(UnitContext(.administrator)) { place throws(PlatformError) in
                try place.lanes.run(.write) { workspace throws(PlatformError) in
                    try workspace.uninstall(id, dryRun: true)
                }
            }
        )
    }

    /// Installs a plugin from a folder and follows the folder from now on: changed files are live at the next call.
    ///
    /// - Throws: as ``installPlugin(_:demo:progress:)``.
    @discardableResult
    public func linkPlugin(folder: String) throws(PlatformError) -> [Message] {
        let path = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL.path
        let package = try PluginPackage(folder: path)
        return try lanes.run(.write) { workspace throws(PlatformError) in
            try workspace.install([package], links: [package.manifest.id: path])
        }
    }

    /// Ends the following of a folder; the plugin stays as it was last loaded.
    ///
    /// - Throws: `notFound`.
    public func unlinkPlugin(_ id: PluginID) throws(PlatformError) {
        try lanes.run(.write) { workspace throws(PlatformError) in
            // What was changed behind our back must not be installed anew as if it were right.
            if let damage = workspace.plugins.damage { throw damage }
            try workspace.unlink(id)
        }
    }

    /// Looks at linked folders now, and says how the plugins are.
    ///
    /// - Throws: `storage`.
    public func reload() throws(PlatformError) -> [PluginInfo] { try plugins }

    /// Looks a plugin folder over; every problem with its file, line and remedy.
    ///
    /// What the plugin needs is looked for beside it, then in the folders of `searchPath`.
    public static func checkPlugin(folder: String, searchPath: [String] = []) -> [PlatformError] {
        reviewPlugin(folder: folder, searchPath: searchPath).problems
    }

    /// Looks a plugin folder over: what is wrong, and what is worth a look and stops nothing, such as two fields with one
    /// label.
    ///
    /// What the plugin needs is looked for beside it, then in the folders of `searchPath`.
    public static func reviewPlugin(
        folder: String,
        searchPath: [String] = []
    ) -> (problems: [PlatformError], warnings: [PlatformError]) {
        do throws(PlatformError) {
            let found = PluginCheck(folder: folder, needed: try PluginFolders.needed(folder, searchPath)).run()
            return (found.problems, found.warnings)
        } catch {
            let found = PluginCheck(folder: folder, needed: []).run()
            return (found.problems.isEmpty ? [error] : found.problems, found.warnings)
        }
    }

    /// Looks a plugin folder over and runs its Lua tests, those whose name or file contains `filter`; each problem that
    /// ``checkPlugin(folder:searchPath:)`` finds stands in the report as a failed test.
    ///
    /// What the plugin needs is looked for beside it, then in the folders of `searchPath`.
    ///
    /// - Throws: when the plugin cannot be installed; `cancelled` between two tests when `isCancelled` says so; failures of tests
    ///   are in the report.
    public static func testPlugin(
        folder: String,
        filter: String? = nil,
        searchPath: [String] = [],
        language: Language = .zhCN,
        isCancelled: () -> Bool = { false }
    ) throws(PlatformError) -> PluginTestReport {
        let package = try PluginPackage(folder: folder)
        let problems = checkPlugin(folder: folder, searchPath: searchPath).map { problem in
            PluginTestCase(problem: problem, language: language)
        }
        do throws(PlatformError) {
            let tests = PluginTests(
                package,
                needed: try PluginFolders.needed(folder, searchPath),
                language: language
            )
            return PluginTestReport(tests: problems + (try tests.run(filter: filter, isCancelled: isCancelled).tests))
        } catch {
            // What keeps the plugin from being installed stands among the problems.
            guard problems.isEmpty || error.code == .cancelled else { return PluginTestReport(tests: problems) }
            throw error
        }
    }
}
