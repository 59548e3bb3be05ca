import Foundation

/// Why the system refused something, in words.
public enum SystemFailure {
    /// The words for a number of the system (`errno`).
    public static func reason(_ number: Int32) -> Message.Argument {
        switch number {
        case ENOENT, ENOTDIR: .message(Message(.systemNoFolder))
        case EACCES, EPERM: .message(Message(.systemNoRight))
        case EROFS: .message(Message(.systemReadOnly))
        case ENOSPC, EDQUOT: .message(Message(.systemDiskFull))
        case EFBIG: .message(Message(.systemFileLimit))
        case EISDIR: .message(Message(.systemIsFolder))
        case ELOOP: .message(Message(.systemLink))
        case EIO: .message(Message(.systemInputOutput))
        case EMFILE, ENFILE: .message(Message(.systemTooManyFiles))
        case ENAMETOOLONG: .message(Message(.systemNameTooLong))
        default: .message(Message(.systemOther, ["number": .text(String(number))]))
        }
    }
}

extension MessageKey {
    static let systemNoFolder = MessageKey(
        "system.no_folder",
        zhCN: "文件夹不存在",
        zhTW: "資料夾不存在",
        en: "there is no such folder"
    )
    static let systemNoRight = MessageKey(
        "system.no_right",
        zhCN: "没有权限",
        zhTW: "沒有權限",
        en: "you have no right to do so"
    )
    static let systemReadOnly = MessageKey(
        "system.read_only",
        zhCN: "磁盘是只读的",
        zhTW: "磁碟是唯讀的",
        en: "the disk is read-only"
    )
    static let systemDiskFull = MessageKey(
        "system.disk_full",
        zhCN: "磁盘已满",
        zhTW: "磁碟已滿",
        en: "the disk is full"
    )
    static let systemFileLimit = MessageKey(
        "system.file_limit",
        zhCN: "超过了系统允许的文件大小",
        zhTW: "超過了系統允許的檔案大小",
        en: "it would be larger than the system allows a file to be"
    )
    static let systemIsFolder = MessageKey(
        "system.is_folder",
        zhCN: "这是一个文件夹",
        zhTW: "這是一個資料夾",
        en: "it is a folder"
    )
    static let systemInputOutput = MessageKey(
        "system.input_output",
        zhCN: "磁盘或设备读写出错",
        zhTW: "磁碟或裝置讀寫出錯",
        en: "the disk or the device fails"
    )
    static let systemTooManyFiles = MessageKey(
        "system.too_many_files",
        zhCN: "同时打开的文件太多",
        zhTW: "同時開啟的檔案太多",
        en: "too many files are open"
    )
    static let systemNameTooLong = MessageKey(
        "system.name_too_long",
        zhCN: "名称太长",
        zhTW: "名稱太長",
        en: "the name is too long"
    )
    static let systemOther = MessageKey(
        "system.other",
        zhCN: "系统错误 {number}",
        zhTW: "系統錯誤 {number}",
        en: "error {number} of the system"
    )
    static let systemLink = MessageKey(
        "system.link",
        zhCN: "这是一个链接",
        zhTW: "這是一個連結",
        en: "it is a link"
    )
}
