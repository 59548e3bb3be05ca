package import CRMModel
import Foundation
import GRDBSQLite
import Synchronization

extension SQLiteStore {
    /// The pages that are copied between two looks at whether to stop.
    private static let backupPages: Int32 = 1000

    /// Copies the file as it is at this moment, with what is in its log, while others go on reading and writing.
    ///
    /// - Parameters:
    ///   - target: The file that is being made; it is not published here.
    ///   - progress: Is told how many pages are copied, and how many there are.
    /// - Throws: `cancelled` when it was interrupted; `storage`; `invalidInput` when the store is in memory.
    package func copy(
        into target: OutputFile,
        progress: (_ done: Int, _ all: Int) -> Void
    ) throws(PlatformError) {
        guard let file else { throw PlatformError(.invalidInput, Message(.backupOfMemory)) }
        isBackupStopped.store(false, ordering: .relaxed)
        // A connection of its own: what a rehearsal of this process has not kept is not in the copy.
        let source = try SQLiteSession(readerOf: file, options: options, log: logFiles, isImmutable: isReadOnly)
        defer { source.close() }
        // While the view is open the copy is of one moment, whatever is written meanwhile.
        try source.connection.beginView()
        defer { source.connection.endView() }
        _ = try SystemSchema.version(on: source.connection)
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(target.unfinishedPath, &opened, flags, nil)
        defer { sqlite3_close_v2(opened) }
        func failure(_ code: Int32) -> PlatformError {
            SQLiteFailure.error(handle: opened, code: code, file: target.name)
        }
        guard code == SQLITE_OK, let opened else { throw failure(code) }
        // Nobody sees the file before it is complete, so it needs no journal; it is brought to the disk in the end.
        sqlite3_exec(opened, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", nil, nil, nil)
        guard let backup = sqlite3_backup_init(opened, "main", source.connection.handle, "main") else {
            throw failure(sqlite3_errcode(opened))
        }
        var step = SQLITE_OK
        while step == SQLITE_OK, !isBackupStopped.load(ordering: .relaxed) {
            step = sqlite3_backup_step(backup, Self.backupPages)
            let all = Int(sqlite3_backup_pagecount(backup))
            progress(all - Int(sqlite3_backup_remaining(backup)), all)
        }
        let end = sqlite3_backup_finish(backup)
        if isBackupStopped.load(ordering: .relaxed) { throw PlatformError(.cancelled, Message(.storageCancelled)) }
        guard step == SQLITE_DONE, end == SQLITE_OK else { throw failure(step == SQLITE_DONE ? end : step) }
    }

    /// Refuses a place for a copy beside which lies what the engine would take for its own.
    package static func refuse(backupAt path: String) throws(PlatformError) {
        let file = DataFile(path: path)
        guard file.hasLog else { return }
        throw PlatformError(
            .invalidInput,
            Message(
                .backupBesideLog,
                ["file": .text(path), "log": .text(FilePath.last(file.logPath))]
            )
        )
    }
}

extension MessageKey {
    static let backupOfMemory = MessageKey(
        "backup.memory",
        zhCN: "这里没有文件可以备份",
        zhTW: "這裡沒有檔案可以備份",
        en: "There is no file of which a copy could be made"
    )
    static let backupBesideLog = MessageKey(
        "backup.beside_log",
        zhCN: "「{file}」旁边有日志「{log}」：它正被使用，或没有正常关闭。请换一个文件名",
        zhTW: "「{file}」旁邊有日誌「{log}」：它正被使用，或沒有正常關閉。請換一個檔名",
        en: "Beside \"{file}\" lies the log \"{log}\": it is in use, or was not closed. Take another name"
    )
}
