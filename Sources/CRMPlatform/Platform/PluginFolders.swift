import CRMModel
import CRMRuntime
import CRMScripting
import Foundation

/// Finds plugins on disk, and those that they need beside them.
enum PluginFolders {
    /// The packages to install for some sources: the plugins, and before each what it needs and the file has not; with
    /// the names of the plugins that were asked for.
    ///
    /// - Throws: `notFound` with the folders that were looked in; `invalidPlugin`.
    static func packages(
        _ sources: [PluginSource],
        installed: Set<PluginID>
    ) throws(PlatformError) -> (packages: [PluginPackage], named: Set<PluginID>) {
        var asked: [(package: PluginPackage, searchPath: [String])] = []
        for source in sources {
            let new = try open(source)
            if !asked.contains(where: { $0.package.manifest.id == new.package.manifest.id }) { asked.append(new) }
        }
        let named = Set(asked.map(\.package.manifest.id))
        var gathering = Gathering(asked: asked, seen: installed.subtracting(named))
        for (package, searchPath) in asked { try gathering.add(package, searchPath) }
        return (gathering.found, named)
    }

    /// The plugins that the one in a folder needs, found beside it and then in folders in their order.
    ///
    /// - Throws: `invalidPlugin` when one of them is wrong.
    static func needed(_ folder: String, _ searchPath: [String] = []) throws(PlatformError) -> [PluginPackage] {
        Array(try packages([.folder(folder, searchPath: searchPath)], installed: []).packages.dropLast())
    }

    private static func open(
        _ source: PluginSource
    ) throws(PlatformError) -> (package: PluginPackage, searchPath: [String]) {
        switch source {
        case .folder(let folder, let searchPath):
            let path = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL.path
            let beside = URL(fileURLWithPath: path).deletingLastPathComponent().path
            return (try PluginPackage(folder: path), [beside] + searchPath)
        case .named(let name, let searchPath):
            return (try find(name, searchPath), searchPath)
        }
    }

    /// Puts plugins in the order in which they need each other.
    private struct Gathering {
        let asked: [(package: PluginPackage, searchPath: [String])]
        var seen: Set<PluginID>
        var found: [PluginPackage] = []

        mutating func add(_ package: PluginPackage, _ searchPath: [String]) throws(PlatformError) {
            guard seen.insert(package.manifest.id).inserted else { return }
            for (id, _) in package.manifest.depends where !seen.contains(id) {
                if let given = asked.first(where: { $0.package.manifest.id == id }) {
                    try add(given.package, given.searchPath)
                } else if let needed = try PluginFolders.dependency(id, searchPath) {
                    try add(needed, searchPath)
                }
            }
            found.append(package)
        }
    }

    /// A plugin that another needs; nil when it is nowhere, which the installer tells together with all others that are
    /// missing.
    ///
    /// - Throws: `invalidPlugin` when it is there and wrong.
    private static func dependency(_ id: PluginID, _ searchPath: [String]) throws(PlatformError) -> PluginPackage? {
        do throws(PlatformError) {
            return try find(id.rawValue, searchPath)
        } catch  where error.code == .notFound {
            return nil
        }
    }

    private static func find(_ name: String, _ searchPath: [String]) throws(PlatformError) -> PluginPackage {
        for folder in searchPath where PluginID(rawValue: name) != nil {
            let path = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: path + "/plugin.json") { return try PluginPackage(folder: path) }
        }
        throw PlatformError(
            .notFound,
            Message(
                .pluginNotFound,
                ["name": .text(TextLimits.prefix(name, characters: 80)), "known": .text(known(searchPath))]
            )
        )
    }

    private static func known(_ searchPath: [String]) -> String {
        let names = searchPath.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { name in
                !name.hasPrefix("_") && FileManager.default.fileExists(atPath: "\(folder)/\(name)/plugin.json")
            }
        }
        return names.isEmpty ? "—" : Set(names).sorted().joined(separator: ", ")
    }
}

extension MessageKey {
    static let pluginNotFound = MessageKey(
        "plugin.not_found",
        zhCN: "找不到插件「{name}」。可用的插件：{known}",
        zhTW: "找不到外掛「{name}」。可用的外掛：{known}",
        en: "There is no plugin \"{name}\". Plugins here: {known}"
    )
}
