import CRMModel
import CRMScripting
import Foundation

/// A plugin's folder that is watched while the plugin is being developed.
final class LinkedFolder {
    let path: String
    /// What the last look saw, nil before the first one.
    private var seen: [String: Signature]?

    /// What is compared instead of contents.
    private struct Signature: Equatable {
        let size: Int
        let modified: Date
    }

    /// Makes a watch; when the folder's contents differ from what is loaded, or it is gone, the first look says that it
    /// has changed.
    init(path: String, loaded files: [String: [UInt8]]) {
        self.path = path
        // What does not load now differs from what is loaded, so it is tried and told at the first look.
        let current = try? PluginPackage(folder: path)
        if current?.storedFiles == files { seen = Self.look(path) }
    }

    /// Whether a file was added, removed or changed since the last look.
    func hasChanged() -> Bool {
        let now = Self.look(path)
        defer { seen = now }
        return now != seen
    }

    private static func look(_ path: String) -> [String: Signature] {
        let root = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
        let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey, .isRegularFileKey]
        guard
            let walk = FileManager.default.enumerator(
                at: root,
                includingPropertiesForKeys: Array(keys),
                options: [.skipsHiddenFiles]
            )
        else { return [:] }
        var found: [String: Signature] = [:]
        var visited = 0
        for case let url as URL in walk {
            visited += 1
            // No plugin is so large; what lies there does not load anyway.
            guard visited <= PluginPackage.Limits.visited else { break }
            guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true else { continue }
            found[url.path] = Signature(
                size: values.fileSize ?? 0,
                modified: values.contentModificationDate ?? .distantPast
            )
        }
        return found
    }
}
