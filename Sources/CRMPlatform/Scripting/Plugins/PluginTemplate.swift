package import CRMModel
import Foundation

/// The skeleton of a new plugin, copied from a folder with its own names filled in.
package struct PluginTemplate {
    /// What the maker of a plugin chooses.
    package struct Choice: Sendable {
        /// The title; the identifier when nothing is said.
        package var title: String?
        /// The language of the title.
        package var language: Language
        /// The name of the example object.
        package var object: String?
        /// The plugins that are needed.
        package var depends: [String]

        /// Makes a choice.
        package init(title: String? = nil, language: Language = .zhCN, object: String? = nil, depends: [String] = []) {
            self.title = title
            self.language = language
            self.object = object
            self.depends = depends
        }
    }

    private let folder: String

    /// Takes the folder of the skeleton.
    package init(folder: String) {
        self.folder = folder
    }

    /// Makes a plugin and returns its files; the folder appears when all of it is written.
    ///
    /// - Throws: `invalidInput` for a name that is reserved; `alreadyExists` when something of that name is there; `notFound` when the skeleton is not; `storage`.
    package func make(id: PluginID, in parent: String, _ choice: Choice) throws(PlatformError) -> [String] {
        if let reason = PluginManifest.refusal(of: id) { throw PlatformError(.invalidInput, reason) }
        let words = try choice.words(for: id)
        let texts = try self.texts(words)
        let root = URL(fileURLWithPath: parent, isDirectory: true)
        let target = root.appendingPathComponent(id.rawValue).path
        let unfinished = root.appendingPathComponent(".crm-\(String(UInt64.random(in: .min ... .max), radix: 36)).part")
        var status = stat()
        guard lstat(target, &status) != 0 else {
            throw PlatformError(.alreadyExists, Message(.pluginExists, ["folder": .text(id.rawValue)]))
        }
        do {
            for (path, text) in texts {
                let file = unfinished.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try OutputFile.write(Array(text.utf8), to: file.path, isPrivate: false)
            }
            guard rename(unfinished.path, target) == 0 else { throw OutputFile.unwritable(id.rawValue, errno) }
        } catch {
            try? FileManager.default.removeItem(at: unfinished)
            throw PlatformError(.storage, Message(.pluginNotWritten, ["folder": .text(id.rawValue)]), cause: error)
        }
        return texts.map { "\(id.rawValue)/\($0.path)" }
    }

    /// The files of the skeleton with the names filled in, sorted by path.
    private func texts(_ words: TemplateWords) throws(PlatformError) -> [(path: String, text: String)] {
        let root = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
        guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        else {
            throw PlatformError(.notFound, Message(.pluginNoTemplate))
        }
        var texts: [(path: String, text: String)] = []
        do {
            for case let url as URL in walk {
                guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
                let source = String(url.standardizedFileURL.path.dropFirst(root.path.count).drop { $0 == "/" })
                let path = words.renamed(source)
                let text = try String(contentsOf: url, encoding: .utf8)
                texts.append(
                    (path, words.filled(text, isPrint: source.hasPrefix("print/"), isManifest: source == "plugin.json"))
                )
            }
        } catch {
            throw PlatformError(.notFound, Message(.pluginNoTemplate), cause: error)
        }
        guard !texts.isEmpty else { throw PlatformError(.notFound, Message(.pluginNoTemplate)) }
        return texts.sorted { $0.path < $1.path }
    }
}

/// The words that stand in the files of a new plugin.
private struct TemplateWords {
    let id: PluginID
    let titles: [Language: String]
    let object: ObjectName?
    let depends: [PluginID]

    /// The dictionary of the skeleton, and the name it gets: dictionaries are known by their names in the whole company, so
    /// it begins with the plugin's.
    private var dictionary: (of: String, name: String) {
        let prefix = id.rawValue.replacing(".", with: "_").prefix(40)
        return ("sample_status", "\(prefix)_\(object?.rawValue.prefix(15) ?? "sample")_status")
    }

    /// The path of a file, with the object's own name.
    func renamed(_ path: String) -> String {
        if path == "dictionaries/\(dictionary.of).json" { return "dictionaries/\(dictionary.name).json" }
        return object.map { path.replacing("sample", with: $0.rawValue) } ?? path
    }

    /// The text of a file.
    func filled(_ source: String, isPrint: Bool, isManifest: Bool) -> String {
        var text = source
        // Templates of prints use the same brackets for their own tags.
        if !isPrint { text = text.replacing("{{id}}", with: id.rawValue) }
        if isManifest {
            for (language, title) in titles {
                let quoted = JSONValue.string(title).serialised()
                text = text.replacing(
                    "\"\(language.rawValue)\": \"{{title}}\"",
                    with: "\"\(language.rawValue)\": \(quoted)"
                )
            }
            if !depends.isEmpty {
                let list = depends.map { "\"\($0)\": \"*\"" }.joined(separator: ", ")
                text = text.replacing("  \"settings\":", with: "  \"depends\": { \(list) },\n  \"settings\":")
            }
        }
        if !isPrint { text = text.replacing("{{title}}", with: titles[.zhCN] ?? id.rawValue) }
        let parts = text.split(separator: "\"\(dictionary.of)\"", omittingEmptySubsequences: false).map { part in
            object.map { String(part).replacing("sample", with: $0.rawValue) } ?? String(part)
        }
        return parts.joined(separator: "\"\(dictionary.name)\"")
    }
}

extension PluginTemplate.Choice {
    /// The words for a plugin.
    ///
    /// - Throws: `invalidInput` when a name is none.
    fileprivate func words(for id: PluginID) throws(PlatformError) -> TemplateWords {
        let name = object.flatMap { ObjectName(rawValue: $0) }
        if let object, name == nil {
            throw PlatformError(.invalidInput, MetadataNode.refusal(of: object, as: ObjectName.self))
        }
        var needed: [PluginID] = []
        for text in depends {
            guard let plugin = PluginID(rawValue: text) else {
                throw PlatformError(.invalidInput, MetadataNode.refusal(of: text, as: PluginID.self))
            }
            needed.append(plugin)
        }
        // A title is in one language; the others show the identifier until somebody translates it.
        var titles = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, id.rawValue) })
        if let title { titles[language] = title }
        return TemplateWords(id: id, titles: titles, object: name, depends: needed)
    }
}

extension MessageKey {
    static let pluginExists = MessageKey(
        "plugin.exists",
        zhCN: "文件夹「{folder}」已经存在",
        zhTW: "資料夾「{folder}」已經存在",
        en: "The folder \"{folder}\" is there already"
    )
    static let pluginNoTemplate = MessageKey(
        "plugin.no_template",
        zhCN: "找不到新插件的模板文件夹 _template",
        zhTW: "找不到新外掛的範本資料夾 _template",
        en: "The template folder _template was not found"
    )
    static let pluginNotWritten = MessageKey(
        "plugin.not_written",
        zhCN: "无法写入文件夹「{folder}」",
        zhTW: "無法寫入資料夾「{folder}」",
        en: "The folder \"{folder}\" cannot be written"
    )
}
