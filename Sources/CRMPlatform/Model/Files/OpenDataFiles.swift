import CRMConcurrency
import Foundation

/// The data files that this process has open.
///
/// The engine's locks belong to the process, and the system drops all of them when the process closes any other handle of
/// the same file. So whoever is about to open a file that people name asks here first.
package enum OpenDataFiles {
    private struct State {
        /// How often each is open, by its path with links resolved.
        var counts: [String: Int] = [:]
        /// Those that the engine was not let close.
        var left: Set<FileIdentity> = []
    }

    private static let state = Guarded(State())

    /// Notes that a data file is open, by its path with links resolved.
    package static func opened(_ path: String) { state.withLock { $0.counts[path, default: 0] += 1 } }

    /// Notes that a data file was closed.
    package static func closed(_ path: String) {
        state.withLock { state in
            let count = (state.counts[path] ?? 0) - 1
            state.counts[path] = count > 0 ? count : nil
        }
    }

    /// Notes that the engine keeps a file open for as long as the process lives, because it must not bring its log in.
    package static func abandoned(_ file: FileIdentity) { state.withLock { _ = $0.left.insert(file) } }

    /// Whether the engine keeps the file of this path open so; it would mix what it knows of it with what is there now.
    package static func isAbandoned(_ path: String) -> Bool {
        let left = state.withLock { $0.left }
        return !left.isEmpty && FileIdentity(path: path).map(left.contains) == true
    }

    /// Whether the file of this path is open.
    package static func isOpen(at path: String) -> Bool { state.withLock { $0.counts[path] != nil } }

    /// Whether a path leads to an open data file or to what the engine keeps beside one, by whatever name.
    package static func contain(_ path: String) -> Bool {
        let known = state.withLock { Array($0.counts.keys) }
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
