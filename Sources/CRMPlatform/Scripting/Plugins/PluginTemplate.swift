package import CRMModel
import Foundation

/// The skeleton of a new plugin, copied from a folder with `{{id}}` and `{{title}}` filled in.
package struct PluginTemplate {
    private let folder: String

    /// Takes the folder of the skeleton.
    package init(folder: String) {
        self.folder = folder
    }

    /// Makes a plugin and returns its files.
    ///
    /// - Throws: `alreadyExists` when the folder is there; `notFound` when the skeleton is not; `storage`.
    package func make(id: PluginID, in parent: String, title: String) throws(PlatformError) -> [String] {
        let target = URL(fileURLWithPath: parent, isDirectory: true).appendingPathComponent(id.rawValue)
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw PlatformError(.alreadyExists, Message(.pluginExists, ["folder": .text(id.rawValue)]))
        }
        let root = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
        guard let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        else {
            throw PlatformError(.notFound, Message(.pluginNoTemplate))
        }
        var made: [String] = []
        do {
            for case let url as URL in walk {
                guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
                let path = String(url.standardizedFileURL.path.dropFirst(root.path.count).drop { $0 == "/" })
                let file = target.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                var text = try String(contentsOf: url, encoding: .utf8)
                // Templates of prints use the same brackets for their own tags.
                if !path.hasPrefix("print/") {
                    text = text.replacing("{{id}}", with: id.rawValue).replacing("{{title}}", with: title)
                }
                try text.write(to: file, atomically: true, encoding: .utf8)
                made.append("\(id.rawValue)/\(path)")
            }
        } catch {
            throw PlatformError(.storage, Message(.pluginNotWritten, ["folder": .text(id.rawValue)]), cause: error)
        }
        guard !made.isEmpty else { throw PlatformError(.notFound, Message(.pluginNoTemplate)) }
        return made.sorted()
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
