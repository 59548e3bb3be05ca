package import CRMModel
import Foundation

/// The skeleton of a new plugin, copied from a folder with `{{id}}` and `{{title}}` filled in.
package struct PluginTemplate {
    private let folder: String

    /// Takes the folder of the skeleton.
    package init(folder: String) {
        self.folder = folder
    }

    /// Makes a plugin and returns its files; the folder appears when all of it is written.
    ///
    /// - Throws: `alreadyExists` when something of that name is there; `notFound` when the skeleton is not; `storage`.
    package func make(id: PluginID, in parent: String, title: String) throws(PlatformError) -> [String] {
        let texts = try self.texts(id: id, title: title)
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
    private func texts(id: PluginID, title: String) throws(PlatformError) -> [(path: String, text: String)] {
        let root = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
        guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        else {
            throw PlatformError(.notFound, Message(.pluginNoTemplate))
        }
        var texts: [(path: String, text: String)] = []
        do {
            for case let url as URL in walk {
                guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
                let path = String(url.standardizedFileURL.path.dropFirst(root.path.count).drop { $0 == "/" })
                var text = try String(contentsOf: url, encoding: .utf8)
                // Templates of prints use the same brackets for their own tags.
                if !path.hasPrefix("print/") {
                    text = text.replacing("{{id}}", with: id.rawValue).replacing("{{title}}", with: title)
                }
                texts.append((path, text))
            }
        } catch {
            throw PlatformError(.notFound, Message(.pluginNoTemplate), cause: error)
        }
        guard !texts.isEmpty else { throw PlatformError(.notFound, Message(.pluginNoTemplate)) }
        return texts.sorted { $0.path < $1.path }
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
