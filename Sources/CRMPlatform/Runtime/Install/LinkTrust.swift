import CRMModel
import CRMScripting
import Foundation

/// The links of folders that were made on this machine by this user.
///
/// A company file travels; the folders of a machine do not. A link is followed only when the state folder of the user
/// knows its token with the very plugin and folder: a file from elsewhere that names a folder has no such token, whatever
/// it says.
struct LinkTrust {
    private let folder: String

    /// Looks in a state folder; nil when the user has none.
    init?(stateFolder: String?) {
        guard let stateFolder, !stateFolder.isEmpty else { return nil }
        folder = stateFolder + "/links"
    }

    /// A token that nobody can guess.
    static func makeToken() -> String {
        (0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
    }

    /// Whether a link with this token was made here.
    func knows(_ token: String?, plugin: PluginID, path: String) -> Bool {
        guard let token, Self.isToken(token),
            let data = FileManager.default.contents(atPath: folder + "/" + token)
        else { return false }
        return [UInt8](data) == Self.content(plugin, path)
    }

    /// Remembers a link.
    ///
    /// - Throws: `storage` when the state folder cannot be written.
    func remember(_ token: String, plugin: PluginID, path: String) throws(PlatformError) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw OutputFile.unwritable(folder, EACCES)
        }
        try OutputFile.write(Self.content(plugin, path), to: folder + "/" + token)
    }

    /// Forgets a link.
    func forget(_ token: String?) {
        if let token, Self.isToken(token) { unlink(folder + "/" + token) }
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64 && text.allSatisfy { $0.isHexDigit && $0.isASCII || $0 == "-" }
    }

    private static func content(_ plugin: PluginID, _ path: String) -> [UInt8] {
        Array("\(plugin.rawValue)\n\(path)\n".utf8)
    }
}

extension MessageKey {
    static let linkUntrusted = MessageKey(
        "plugin.link_untrusted",
        zhCN: "文件里记录的文件夹「{folder}」不是在这台机器上由当前用户链接的，没有读取。确要使用，请运行 plugin link 重新链接该文件夹",
        zhTW: "檔案裡記錄的資料夾「{folder}」不是在這台機器上由目前使用者連結的，沒有讀取。確要使用，請執行 plugin link 重新連結該資料夾",
        en:
            "the folder \"{folder}\" that the file names was not linked on this machine by this user and was not read. To use it, link it again with plugin link"
    )
    static let linkNoState = MessageKey(
        "plugin.link_no_state",
        zhCN: "找不到用户的状态文件夹，不能记住链接。请设置环境变量 HOME 或 XDG_STATE_HOME",
        zhTW: "找不到使用者的狀態資料夾，不能記住連結。請設定環境變數 HOME 或 XDG_STATE_HOME",
        en: "there is no state folder of the user in which a link could be remembered. Set HOME or XDG_STATE_HOME"
    )
}
