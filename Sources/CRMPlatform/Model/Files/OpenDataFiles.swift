import Foundation
import Synchronization

/// The data files that this process has open.
///
/// The engine's locks belong to the process, and the system drops all of them when the process closes any other handle of
/// the same file. So whoever is about to open a file that people name asks here first.
package enum OpenDataFiles {
    private static let paths = Mutex<[String: Int]>([:])

    /// Notes that a data file is open, by its path with links resolved.
    package static func opened(_ path: String) { paths.withLock { $0[path, default: 0] += 1 } }

    /// Notes that a data file was closed.
    package static func closed(_ path: String) {
        paths.withLock { paths in
            let count = (paths[path] ?? 0) - 1
            paths[path] = count > 0 ? count : nil
        }
    }

    /// Whether the file of this path is open.
    package static func isOpen(at path: String) -> Bool { paths.withLock { $0[path] != nil } }

    /// Whether a path leads to an open data file or to what the engine keeps beside one, by whatever name.
    package static func contain(_ path: String) -> Bool {
        let known = paths.withLock { Array($0.keys) }
        guard !known.isEmpty, let identity = FileIdentity(path: path) else { return false }
        return known.contains { known in
            ["", "-wal", "-shm"].contains { FileIdentity(path: known + $0) == identity }
        }
    }

    /// Refuses a file that somebody names to be read when it is an open data file.
    ///
    /// - Throws: `invalidInput`.
    package static func refuse(reading path: String) throws(PlatformError) {
        guard contain(path) else { return }
        throw PlatformError(.invalidInput, Message(.inputIsOpenCompany, ["file": .text(path)]))
    }
}

extension MessageKey {
    static let inputIsOpenCompany = MessageKey(
        "input.open_company",
        zhCN: "「{file}」是正在使用的数据文件，不能当作输入来读取。请指定另一个文件",
        zhTW: "「{file}」是正在使用的資料檔案，不能當作輸入來讀取。請指定另一個檔案",
        en: "\"{file}\" is the data file in use and cannot be read as an input. Name another file"
    )
}
