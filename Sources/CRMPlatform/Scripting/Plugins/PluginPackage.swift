public import CRMModel
import Foundation

/// A plugin with all its files, read from a folder or from the file it is installed in.
public struct PluginPackage: Sendable {
    /// What `plugin.json` says.
    public package(set) var manifest: PluginManifest
    /// The files by their path within the plugin.
    public let files: [String: [UInt8]]

    /// Limits of a plugin folder.
    public enum Limits {
        /// The greatest number of files.
        public static let files = 1000
        /// The greatest size of all files together, in bytes.
        public static let totalBytes = 50 << 20
        /// How many files and folders of any kind are looked at before a folder is taken for something else than a plugin.
        public static let visited = 10_000
        /// The greatest length of a path, in bytes.
        public static let pathBytes = 200
    }

    /// Makes a package of files that are at hand.
    ///
    /// - Throws: `MetadataProblems` when the manifest is missing or wrong.
    public init(files: [String: [UInt8]]) throws(MetadataProblems) {
        guard let manifest = files["plugin.json"] else {
            throw MetadataProblems([
                MetadataProblem(file: "plugin.json", line: nil, path: "", message: Message(.pluginNoManifest))
            ])
        }
        self.manifest = try PluginManifest(manifest)
        self.files = files
    }

    /// Reads a folder: regular files with plain names only, within the limits, nothing that leads out of it.
    ///
    /// - Throws: `PlatformError` `notFound` when there is no such folder, `invalidPlugin` with every problem.
    public init(folder: String) throws(PlatformError) {
        let name = URL(fileURLWithPath: folder).lastPathComponent
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw PlatformError(.notFound, Message(.pluginNoFolder, ["folder": .text(name)]))
        }
        var problems: [MetadataProblem] = []
        // The folder of something else, such as `/`, is not walked through at all.
        var manifest = stat()
        let hasManifest = lstat(folder + "/plugin.json", &manifest) == 0
        let files = hasManifest ? Self.read(folder, &problems) : [:]
        guard problems.isEmpty else { throw MetadataProblems(problems).platformError(plugin: PluginID(rawValue: name)) }
        do {
            try self.init(files: files)
        } catch {
            throw error.platformError(plugin: PluginID(rawValue: name))
        }
    }

    private static func read(_ folder: String, _ problems: inout [MetadataProblem]) -> [String: [UInt8]] {
        func complain(_ path: String, _ key: MessageKey, _ arguments: [String: Message.Argument] = [:]) {
            problems.append(
                MetadataProblem(file: path, line: nil, path: "", message: Message(key, arguments))
            )
        }
        let limits: [String: Message.Argument] = [
            "files": .text(String(Limits.files)), "megabytes": .text(String(Limits.totalBytes >> 20)),
        ]
        // A folder that is named by a link is walked through as the one it leads to; links within it are refused.
        let root = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath().standardizedFileURL
        let keys: [URLResourceKey] = [.isRegularFileKey, .isDirectoryKey, .isSymbolicLinkKey, .fileSizeKey]
        var closed: [String] = []
        guard
            let walk = FileManager.default.enumerator(
                at: root,
                includingPropertiesForKeys: keys,
                options: [.skipsHiddenFiles],
                errorHandler: { url, _ in
                    closed.append(url.lastPathComponent)
                    return true
                }
            )
        else { return [:] }
        var files: [String: [UInt8]] = [:]
        var folded: [String: String] = [:]
        var total = 0
        var visited = 0
        for case let url as URL in walk {
            visited += 1
            guard visited <= Limits.visited else {
                complain("", .pluginNoPluginFolder, ["limit": .text(String(Limits.visited))])
                break
            }
            let path = url.standardizedFileURL.path.dropFirst(root.path.count).drop { $0 == "/" }
            let name = String(path)
            // A file that is gone since it was listed is no regular file any more.
            let values = try? url.resourceValues(forKeys: Set(keys))
            if values?.isSymbolicLink == true {
                complain(name, .pluginLink)
                continue
            }
            if values?.isDirectory == true { continue }
            guard values?.isRegularFile == true else {
                complain(name, .pluginLink)
                continue
            }
            guard isPlain(name) else {
                complain(DisplayWidth.escapingControls(TextLimits.prefix(name, characters: 80)), .pluginFileName)
                continue
            }
            guard !OpenDataFiles.contain(url.path) else {
                complain(name, .pluginDataFile)
                continue
            }
            if let twin = folded[name.lowercased()] {
                complain(name, .pluginTwin, ["twin": .text(twin)])
                continue
            }
            folded[name.lowercased()] = name
            total += values?.fileSize ?? 0
            guard files.count < Limits.files, total <= Limits.totalBytes else {
                complain(name, .pluginTooLarge, limits)
                break
            }
            guard let data = try? Data(contentsOf: url) else {
                complain(name, .pluginUnreadable)
                continue
            }
            files[name] = [UInt8](data)
        }
        // What lies in a folder that cannot be looked into would be taken for gone.
        for name in closed { complain(name, .pluginUnreadable) }
        return files
    }

    /// Whether a path has only the signs `A-Z a-z 0-9 . _ - /` and no part that begins with a dot.
    private static func isPlain(_ path: String) -> Bool {
        guard path.utf8.count <= Limits.pathBytes else { return false }
        let isLegal = path.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F: true
            default: false
            }
        }
        return isLegal
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && !part.hasPrefix(".")
            }
    }

    /// The files that are kept in the company's file: all but tests and demonstration data.
    package var storedFiles: [String: [UInt8]] {
        files.filter { !$0.key.hasPrefix("tests/") && !$0.key.hasPrefix("demo/") }
    }

    /// The text of a file, nil when there is none or it is not UTF-8.
    package func text(_ path: String) -> String? {
        files[path].flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The layer of metadata that the plugin brings.
    ///
    /// - Throws: `MetadataProblems` for each file that is not strict JSON.
    package func layer() throws(MetadataProblems) -> MetadataLayer {
        var parsed: [MetadataFile] = []
        var problems: [MetadataProblem] = []
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) where MetadataLayer.isMetadata(path: path) {
            do {
                parsed.append(try MetadataFile(path: path, bytes: bytes))
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw MetadataProblems(problems) }
        return MetadataLayer(
            plugin: manifest.id,
            files: parsed,
            version: manifest.version.description,
            depends: Set(manifest.depends.map(\.id))
        )
    }
}

extension MessageKey {
    package static let pluginNoManifest = MessageKey(
        "plugin.no_manifest",
        zhCN: "文件夹里没有 plugin.json",
        zhTW: "資料夾裡沒有 plugin.json",
        en: "there is no plugin.json in the folder"
    )
    package static let pluginNoFolder = MessageKey(
        "plugin.no_folder",
        zhCN: "找不到插件「{folder}」的文件夹",
        zhTW: "找不到外掛「{folder}」的資料夾",
        en: "there is no folder of a plugin \"{folder}\""
    )
    package static let pluginLink = MessageKey(
        "plugin.link",
        zhCN: "插件里只能有普通文件，不能有链接或设备",
        zhTW: "外掛裡只能有一般檔案，不能有連結或裝置",
        en: "a plugin may hold regular files only, no links or devices"
    )
    package static let pluginFileName = MessageKey(
        "plugin.file_name",
        zhCN: "文件名只能用英文字母、数字和 . _ - ，最长 200 字节",
        zhTW: "檔名只能用英文字母、數字和 . _ - ，最長 200 位元組",
        en: "file names may have letters, digits and . _ - only, at most 200 bytes"
    )
    package static let pluginUnreadable = MessageKey(
        "plugin.unreadable",
        zhCN: "文件读不出来；请检查它的权限",
        zhTW: "檔案讀不出來；請檢查它的權限",
        en: "the file cannot be read; look at its rights"
    )
    package static let pluginNoPluginFolder = MessageKey(
        "plugin.no_plugin_folder",
        zhCN: "文件夹里有 {limit} 个以上的文件和文件夹，不像一个插件；请指定插件自己的文件夹（有 plugin.json 的那一个）",
        zhTW: "資料夾裡有 {limit} 個以上的檔案和資料夾，不像一個外掛；請指定外掛自己的資料夾（有 plugin.json 的那一個）",
        en:
            "the folder holds more than {limit} files and folders, which no plugin does; name the folder of the plugin itself, the one with plugin.json"
    )
    package static let pluginTwin = MessageKey(
        "plugin.twin",
        zhCN: "与「{twin}」只有大小写之别，请改名",
        zhTW: "與「{twin}」只有大小寫之別，請改名",
        en: "differs from \"{twin}\" in case only; rename one"
    )
    package static let pluginDataFile = MessageKey(
        "plugin.data_file",
        zhCN: "这是正在使用的数据文件，不属于插件。请移出插件文件夹",
        zhTW: "這是正在使用的資料檔案，不屬於外掛。請移出外掛資料夾",
        en: "this is the data file in use and no part of a plugin; move it out of the folder"
    )
    package static let pluginTooLarge = MessageKey(
        "plugin.too_large",
        zhCN: "插件太大：最多 {files} 个文件、{megabytes} MB",
        zhTW: "外掛太大：最多 {files} 個檔案、{megabytes} MB",
        en: "the plugin is too large: at most {files} files and {megabytes} MB"
    )
}
