import CRMModel

/// Which log and which shared memory the engine has open for a file.
///
/// While a connection is open both keep their names. When somebody removes or moves one of them, the engine goes on with
/// what no other process finds: a second one would begin a log of its own, and the saves of one of the two were lost.
struct LogFiles: Sendable {
    /// What became of them.
    enum Loss: Sendable, Hashable {
        /// One of them lies under its name no more.
        case removed
        /// Another one lies there, which another program has made.
        case replaced
    }

    private let logPath: String
    private let sharedMemoryPath: String
    private let log: FileIdentity
    private let sharedMemory: FileIdentity

    /// Notes what lies beside a file that the engine has just opened; nil when the engine keeps nothing there.
    init?(of file: DataFile) {
        (logPath, sharedMemoryPath) = (file.logPath, file.sharedMemoryPath)
        guard let log = FileIdentity(path: logPath), let sharedMemory = FileIdentity(path: sharedMemoryPath) else {
            return nil
        }
        (self.log, self.sharedMemory) = (log, sharedMemory)
    }

    /// What became of them; nil when both lie where they were.
    ///
    /// It costs two calls of the system.
    /// No number is given to another file as long as the engine has it open, so another one never looks like it.
    var loss: Loss? {
        let (log, sharedMemory) = (FileIdentity(path: logPath), FileIdentity(path: sharedMemoryPath))
        if log == self.log, sharedMemory == self.sharedMemory { return nil }
        return log ?? self.log == self.log && sharedMemory ?? self.sharedMemory == self.sharedMemory
            ? .removed : .replaced
    }
}

extension DataFile {
    /// The error of a log or a shared memory that is not the one that the engine has open.
    func error(_ loss: LogFiles.Loss) -> PlatformError {
        PlatformError(
            .storage,
            Message(
                loss == .removed ? .storageLogRemoved : .storageLogReplaced,
                ["file": .text(name), "log": .text(FilePath.last(logPath))]
            )
        )
    }

    /// The error of a file that another process has open while its log is not there.
    func logMissing(process: Int32) -> PlatformError {
        PlatformError(
            .storage,
            Message(
                .storageLogMissing,
                ["file": .text(name), "log": .text(FilePath.last(logPath)), "pid": .text(String(process))]
            )
        )
    }

    /// The error of a log with saves that is gone although nobody has brought it in.
    var logLost: PlatformError {
        PlatformError(
            .storage,
            Message(
                .storageLogLost,
                ["file": .text(name), "log": .text(FilePath.last(logPath))]
            )
        )
    }

    /// The error of a log from which saves are missing at its end.
    var logCut: PlatformError {
        PlatformError(
            .storage,
            Message(.storageLogCut, ["file": .text(name), "log": .text(FilePath.last(logPath))])
        )
    }

    /// The error of a file that this process has let be without closing it.
    var abandoned: PlatformError { PlatformError(.storage, Message(.storageAbandoned, ["file": .text(name)])) }
}

extension MessageKey {
    static let storageLogRemoved = MessageKey(
        "storage.log_removed",
        zhCN:
            "文件「{file}」正在使用时，它的日志「{log}」（或 -shm）被删除或移走了，所以不再读写，这次没有保存。此前的保存没有丢，已并入文件或在关闭时并入。请关闭后重新打开；文件使用期间不要动 -wal 和 -shm",
        zhTW:
            "檔案「{file}」正在使用時，它的日誌「{log}」（或 -shm）被刪除或移走了，所以不再讀寫，這次沒有儲存。此前的儲存沒有遺失，已併入檔案或在關閉時併入。請關閉後重新開啟；檔案使用期間不要動 -wal 和 -shm",
        en:
            "The log \"{log}\" (or -shm) of the file \"{file}\" was removed or moved away while the file was open, so it is neither read nor written any more, and nothing was saved now. What was saved before is not lost: it was brought into the file, or will be when it is closed. Close the file and open it again; leave -wal and -shm alone while it is in use"
    )
    static let storageLogReplaced = MessageKey(
        "storage.log_replaced",
        zhCN:
            "文件「{file}」正在使用时，它的日志「{log}」（或 -shm）被删除，别的程序又建了一个，所以不再读写，没有保存。这里先前的保存可能没有进入文件。请关闭后重新打开，核对最近的保存",
        zhTW:
            "檔案「{file}」正在使用時，它的日誌「{log}」（或 -shm）被刪除，別的程式又建了一個，所以不再讀寫，沒有儲存。這裡先前的儲存可能沒有進入檔案。請關閉後重新開啟，核對最近的儲存",
        en:
            "The log \"{log}\" (or -shm) of the file \"{file}\" was removed while the file was open, and another program has begun a new one, so the file is neither read nor written any more and nothing was saved. What was saved here before may not be in the file. Close it, open it again and look at the last saves"
    )
    static let storageLogMissing = MessageKey(
        "storage.log_missing",
        zhCN:
            "文件「{file}」正由另一个程序（进程 {pid}）使用，而它的日志「{log}」（或 -shm）已被删除或移走；现在打开会丢失保存的内容。请先正常关闭那个程序，它会把日志并入文件，然后再打开",
        zhTW:
            "檔案「{file}」正由另一個程式（程序 {pid}）使用，而它的日誌「{log}」（或 -shm）已被刪除或移走；現在開啟會遺失儲存的內容。請先正常關閉那個程式，它會把日誌併入檔案，然後再開啟",
        en:
            "Another program (process {pid}) has the file \"{file}\" open, but its log \"{log}\" (or -shm) was removed or moved away; to open it now would lose what was saved. Close that program in the usual way, which brings the log into the file, and then open it"
    )
    static let storageLogLost = MessageKey(
        "storage.log_lost",
        zhCN:
            "文件「{file}」旁边没有它的日志「{log}」（或日志是空的），而其中有还没有并入文件的保存。请把日志放回原处再打开：文件改过名，或只复制了它时，日志还在原来的文件旁边。如果确实找不回来，请运行 crm-shell check 「{file}」 --accept-loss：文件停在日志之前的状态，其后的保存就没有了",
        zhTW:
            "檔案「{file}」旁邊沒有它的日誌「{log}」（或日誌是空的），而其中有還沒有併入檔案的儲存。請把日誌放回原處再開啟：檔案改過名，或只複製了它時，日誌還在原來的檔案旁邊。如果確實找不回來，請執行 crm-shell check 「{file}」 --accept-loss：檔案停在日誌之前的狀態，其後的儲存就沒有了",
        en:
            "The log \"{log}\" of the file \"{file}\" is not beside it (or is empty), and it held saves that are not in the file yet. Put it back and open the file: when the file was given another name, or it alone was copied, the log still lies beside the old one. If it cannot be found, run crm-shell check \"{file}\" --accept-loss: the file is as it was before the log, without what was saved since"
    )
    static let storageLogCut = MessageKey(
        "storage.log_cut",
        zhCN:
            "文件「{file}」的日志「{log}」被截短或改动过，最近的保存不在其中了。请把完整的日志放回原处再打开。如果找不回来，请运行 crm-shell check 「{file}」 --accept-loss：日志里还在的保存留下，缺的就没有了",
        zhTW:
            "檔案「{file}」的日誌「{log}」被截短或改動過，最近的儲存不在其中了。請把完整的日誌放回原處再開啟。如果找不回來，請執行 crm-shell check 「{file}」 --accept-loss：日誌裡還在的儲存留下，缺的就沒有了",
        en:
            "The log \"{log}\" of the file \"{file}\" was cut or changed, and the last saves are no longer in it. Put the whole log back and open the file. If it cannot be found, run crm-shell check \"{file}\" --accept-loss: what is still in the log stays, what is missing is lost"
    )
    static let storageAbandoned = MessageKey(
        "storage.abandoned",
        zhCN: "文件「{file}」或它的日志在本程序使用期间被替换过，本程序不能再打开它。请结束本程序，然后重新打开",
        zhTW: "檔案「{file}」或它的日誌在本程式使用期間被替換過，本程式不能再開啟它。請結束本程式，然後重新開啟",
        en:
            "The file \"{file}\" or its log was replaced while this program had it open, so this program cannot open it again. End the program and start it anew"
    )
}
