import CRMModel
import CRMScripting
import Foundation

/// Finds plugins on disk, and those that they need beside them.
enum PluginFolders {
    /// The packages to install for a source: the plugin, and before it what it needs and the file has not.
    ///
    /// - Throws: `notFound` with the folders that were looked in; `invalidPlugin`.
    static func packages(
        _ source: PluginSource,
        installed: Set<PluginID>
    ) throws(PlatformError) -> [PluginPackage] {
        switch source {
        case .folder(let folder):
            let path = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL.path
            let package = try PluginPackage(folder: path)
            let beside = URL(fileURLWithPath: path).deletingLastPathComponent().path
            return try withNeeds(package, [beside], installed)
        case .named(let name, let searchPath):
            return try withNeeds(try find(name, searchPath), searchPath, installed)
        }
    }

    /// The plugins that the one in a folder needs, found beside it.
    ///
    /// - Throws: `invalidPlugin` when one of them is wrong.
    static func needed(_ folder: String) throws(PlatformError) -> [PluginPackage] {
        Array(try packages(.folder(folder), installed: []).dropLast())
    }

    private static func find(_ name: String, _ searchPath: [String]) throws(PlatformError) -> PluginPackage {
        for folder in searchPath where PluginID(rawValue: name) != nil {
            let path = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: path + "/plugin.json") { return try PluginPackage(folder: path) }
        }
        throw PlatformError(
            .notFound,
            Message(.pluginNotFound, ["name": .text(String(name.prefix(80))), "known": .text(known(searchPath))])
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

    private static func withNeeds(
        _ package: PluginPackage,
        _ searchPath: [String],
        _ installed: Set<PluginID>
    ) throws(PlatformError) -> [PluginPackage] {
        var found: [PluginPackage] = []
        var seen = installed.union([package.manifest.id])
        try gather(package, searchPath, &seen, &found)
        return found + [package]
    }

    private static func gather(
        _ package: PluginPackage,
        _ searchPath: [String],
        _ seen: inout Set<PluginID>,
        _ found: inout [PluginPackage]
    ) throws(PlatformError) {
        for (id, _) in package.manifest.depends where seen.insert(id).inserted {
            // One that is nowhere is named by the installer, together with all others that are missing.
            guard let needed = try? find(id.rawValue, searchPath) else { continue }
            try gather(needed, searchPath, &seen, &found)
            found.append(needed)
        }
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
