import CRMPlatform
import Foundation

/// Where plugins are looked for when they are named and not given as a folder.
enum PluginSearch {
    /// What a person means by a plugin's name or a path: a text with a slash, or `.`, is a path.
    static func source(_ text: String) -> PluginSource {
        if text.contains("/") || text == "." || text == ".." { return .folder(text, searchPath: folders) }
        return .named(text, searchPath: folders)
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
    static var folders: [String] {
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
        return folders.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }
    }
}
