import CRMModel
import CRMScripting
import CRMStorage

/// A file of an installed plugin that is not as it was when it was installed.
struct PluginDamage {
    /// The plugin.
    let plugin: PluginID
    /// The path of the file within it.
    let path: String

    /// The error of whoever would run its code.
    var error: PlatformError {
        PlatformError(
            .invalidPlugin,
            Message(.pluginDamaged, ["plugin": .text(plugin.rawValue), "path": .text(path)]),
            context: ErrorContext(plugin: plugin)
        )
    }

    /// Everything of this kind in a file.
    ///
    /// - Throws: `storage`.
    static func all(on connection: StoreConnection) throws(PlatformError) -> [PluginDamage] {
        var found: [PluginDamage] = []
        for row in try PluginTable.rows(on: connection) {
            for file in try PluginFileTable.rows(of: row.id, on: connection)
            where !KnownDigests.fits(file.sha256, file.content) {
                found.append(PluginDamage(plugin: row.id, path: file.path))
            }
        }
        return found
    }
}

extension MessageKey {
    static let pluginDamaged = MessageKey(
        "plugin.damaged",
        zhCN: "插件「{plugin}」的文件 {path} 与安装时不同（校验值不符），它的代码不会运行。请从可信的来源重新安装该插件",
        zhTW: "外掛「{plugin}」的檔案 {path} 與安裝時不同（校驗值不符），它的程式碼不會執行。請從可信的來源重新安裝該外掛",
        en:
            "the file {path} of the plugin \"{plugin}\" is not as it was installed (its checksum differs), so its code is not run. Install the plugin again from a source you trust"
    )
}
