import CRMPlatform
import Foundation

/// Where plugins are looked for when they are named and not given as a folder.
enum PluginSearch {
    /// What a person means by a plugin's name or a path: a text with a slash, or `.`, is a path.
    ///
    /// - Throws: `PlatformError` `notFound` for a name when no folder has plugins, with the folders that were looked in.
    static func source(_ text: String, among places: [String] = places) throws(PlatformError) -> PluginSource {
        let folders = existing(places)
        if text.contains("/") || text == "." || text == ".." { return .folder(text, searchPath: folders) }
        guard folders.contains(where: hasPlugins) else {
            throw PlatformError(
                .notFound,
                Message(
                    .shellNoPluginFolder,
                    ["plugin": .text(text), "folders": .text(places.joined(separator: ", "))]
                )
            )
        }
        return .named(text, searchPath: folders)
    }

    /// The plugins that a word of a command names: several with commas between, as `new --with` has them, or a path.
    static func named(_ text: String) -> [String] {
        if text.contains("/") { return [text] }
        return text.split(whereSeparator: { ",，、".contains($0) }).map(TextNormalisation.trimmed).filter { !$0.isEmpty }
    }

    private static func hasPlugins(_ folder: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains { FileManager.default.fileExists(atPath: "\(folder)/\($0)/plugin.json") }
    }

    /// The folder that a person means: the path as it is, else a plugin of that name where plugins are looked for.
    static func folder(_ text: String) -> String {
        guard !FileManager.default.fileExists(atPath: text), !text.contains("/") else { return text }
        let found = folders.map { $0 + "/" + text }.first {
            FileManager.default.fileExists(atPath: $0 + "/plugin.json")
        }
        return found ?? text
    }

    /// The folder from which new plugins are made, `_template` in the first folder that has one.
    ///
    /// - Throws: `PlatformError` `notFound`.
    static func template() throws(PlatformError) -> String {
        let found = folders.map { $0 + "/_template" }.first { path in
            FileManager.default.fileExists(atPath: path + "/plugin.json")
        }
        guard let found else { throw PlatformError(.notFound, Message(.shellNoTemplate)) }
        return found
    }

    /// `$CRM_PLUGINS` (folders parted by colons), `./plugins`, and `plugins` beside the executable or above it.
    static var folders: [String] { existing(places) }

    /// The folders of ``folders`` with those that are not there.
    static var places: [String] {
        var folders: [String] = []
        if let named = ProcessInfo.processInfo.environment["CRM_PLUGINS"] {
            folders += named.split(separator: ":").map(String.init)
        }
        folders.append("plugins")
        if let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() {
            // `.build/<platform>/release/crm-shell` lies four steps below the root of the repository.
            var folder = executable.deletingLastPathComponent()
            for _ in 0..<5 where folder.path != "/" {
                folders.append(folder.appendingPathComponent("plugins").path)
                folder = folder.deletingLastPathComponent()
            }
        }
        return folders
    }

    private static func existing(_ places: [String]) -> [String] {
        places.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }
    }
}
