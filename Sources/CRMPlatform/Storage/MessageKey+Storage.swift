package import CRMModel

extension MessageKey {
    // MARK: - Locks and use

    static let storageBusy = MessageKey(
        "storage.busy",
        zhCN: "文件「{file}」正被占用（{holder}），等待 {seconds} 秒后放弃。请稍后重试",
        zhTW: "檔案「{file}」正被佔用（{holder}），等待 {seconds} 秒後放棄。請稍後重試",
        en: "The file \"{file}\" is in use ({holder}); gave up after {seconds} s. Try again later"
    )
    static let storageHolderProcess = MessageKey(
        "storage.holder_process",
        zhCN: "进程 {pid}",
        zhTW: "處理程序 {pid}",
        en: "process {pid}"
    )
    static let storageHolderUnknown = MessageKey(
        "storage.holder_unknown",
        zhCN: "另一个进程",
        zhTW: "另一個處理程序",
        en: "another process"
    )
    static let storageHolderSelf = MessageKey(
        "storage.holder_self",
        zhCN: "本进程的另一项工作",
        zhTW: "本處理程序的另一項工作",
        en: "other work of this process"
    )
    static let storageHolderRehearsal = MessageKey(
        "storage.holder_rehearsal",
        zhCN: "用户 {user} 的演练，{since}前开始，进程 {pid}；演练保留或撤回之后才能保存",
        zhTW: "使用者 {user} 的演練，{since}前開始，處理程序 {pid}；演練保留或收回之後才能儲存",
        en: "a rehearsal of {user} begun {since} ago, process {pid}; saves wait until it is kept or taken back"
    )
    static let storageSeconds = MessageKey("storage.seconds", zhCN: "{count} 秒", zhTW: "{count} 秒", en: "{count} s")
    static let storageMinutes = MessageKey(
        "storage.minutes",
        zhCN: "{count} 分钟",
        zhTW: "{count} 分鐘",
        en: "{count} min"
    )
    static let storageEngineBusy = MessageKey(
        "storage.engine_busy",
        zhCN: "文件「{file}」被另一个程序锁定。请关闭该程序后重试",
        zhTW: "檔案「{file}」被另一個程式鎖定。請關閉該程式後重試",
        en: "The file \"{file}\" is locked by another program. Close that program and try again"
    )
    static let storageClosed = MessageKey(
        "storage.closed",
        zhCN: "文件「{file}」已经关闭",
        zhTW: "檔案「{file}」已經關閉",
        en: "The file \"{file}\" has been closed"
    )
    package static let storageCancelled = MessageKey(
        "storage.cancelled",
        zhCN: "操作已中断",
        zhTW: "操作已中斷",
        en: "The operation was interrupted"
    )
    static let storageRehearsalOpen = MessageKey(
        "storage.rehearsal_open",
        zhCN: "已经在演练中。请先用 .commit 保留或用 .rollback 撤回",
        zhTW: "已經在演練中。請先用 .commit 保留或用 .rollback 收回",
        en: "A rehearsal is going on already. Keep it with .commit or take it back with .rollback first"
    )
    static let storageRehearsalNone = MessageKey(
        "storage.rehearsal_none",
        zhCN: "没有正在进行的演练，请先用 .begin 开始",
        zhTW: "沒有正在進行的演練，請先用 .begin 開始",
        en: "No rehearsal is going on; begin one with .begin"
    )
    static let storageRehearsalBusy = MessageKey(
        "storage.rehearsal_busy",
        zhCN: "保存正在进行，不能开始、保留或撤回演练",
        zhTW: "儲存正在進行，不能開始、保留或收回演練",
        en: "A rehearsal cannot be begun or ended while a save is running"
    )
    static let storageTransactionLost = MessageKey(
        "storage.transaction_lost",
        zhCN: "由于之前的错误，整个事务已被撤销",
        zhTW: "由於之前的錯誤，整個交易已被復原",
        en: "An earlier error has undone the whole transaction"
    )

    // MARK: - Failures of the engine

    static let storageDiskFull = MessageKey(
        "storage.disk_full",
        zhCN: "磁盘空间不足，无法写入文件「{file}」，这次的改动没有保存",
        zhTW: "磁碟空間不足，無法寫入檔案「{file}」，這次的變更沒有儲存",
        en: "The disk is full: the file \"{file}\" could not be written, and this change was not saved"
    )
    static let storageReadOnly = MessageKey(
        "storage.read_only",
        zhCN: "文件「{file}」或其所在文件夹不可写。请检查权限",
        zhTW: "檔案「{file}」或其所在資料夾無法寫入。請檢查權限",
        en: "The file \"{file}\" or its folder cannot be written. Check the permissions"
    )
    static let storageCannotOpen = MessageKey(
        "storage.cannot_open",
        zhCN: "无法打开文件「{file}」。请检查路径和权限",
        zhTW: "無法開啟檔案「{file}」。請檢查路徑和權限",
        en: "The file \"{file}\" could not be opened. Check the path and the permissions"
    )
    static let storageInputOutput = MessageKey(
        "storage.input_output",
        zhCN: "读写文件「{file}」时发生错误。请检查磁盘",
        zhTW: "讀寫檔案「{file}」時發生錯誤。請檢查磁碟",
        en: "Reading or writing the file \"{file}\" failed. Check the disk"
    )
    static let storageCorrupt = MessageKey(
        "storage.corrupt",
        zhCN: "文件「{file}」已损坏。请保留原文件，并从备份恢复",
        zhTW: "檔案「{file}」已損壞。請保留原檔案，並從備份還原",
        en: "The file \"{file}\" is damaged. Keep it and restore a backup"
    )
    static let storageTooBig = MessageKey(
        "storage.too_big",
        zhCN: "要保存的内容太大",
        zhTW: "要儲存的內容太大",
        en: "What is to be saved is too large"
    )
    static let storageMemory = MessageKey(
        "storage.memory",
        zhCN: "内存不足",
        zhTW: "記憶體不足",
        en: "There is not enough memory"
    )
    static let storageConstraint = MessageKey(
        "storage.constraint",
        zhCN: "已有相同的值：{columns}",
        zhTW: "已有相同的值：{columns}",
        en: "The same value is there already: {columns}"
    )
    static let storageRefusedValue = MessageKey(
        "storage.refused_value",
        zhCN: "列 {columns} 不能保存此值",
        zhTW: "欄 {columns} 無法儲存此值",
        en: "The column {columns} cannot hold this value"
    )
    package static let storageUnreadable = MessageKey(
        "storage.unreadable",
        zhCN: "列「{column}」中保存的值无法读取，文件可能已损坏。请运行检查",
        zhTW: "欄「{column}」中儲存的值無法讀取，檔案可能已損壞。請執行檢查",
        en: "A value stored in the column \"{column}\" cannot be read; the file may be damaged. Run a check"
    )
    static let storageInternal = MessageKey(
        "storage.internal",
        zhCN: "存储层内部错误（代码 {code}）",
        zhTW: "儲存層內部錯誤（代碼 {code}）",
        en: "Internal error of the storage (code {code})"
    )

    // MARK: - Opening

    static let storageNoFolder = MessageKey(
        "storage.no_folder",
        zhCN: "没有文件夹「{folder}」，放不下文件「{file}」；请先建立文件夹",
        zhTW: "沒有資料夾「{folder}」，放不下檔案「{file}」；請先建立資料夾",
        en: "There is no folder \"{folder}\" for the file \"{file}\"; make the folder first"
    )
    static let storageNotFound = MessageKey(
        "storage.not_found",
        zhCN: "没有文件「{file}」",
        zhTW: "沒有檔案「{file}」",
        en: "There is no file \"{file}\""
    )
    static let storageFileExists = MessageKey(
        "storage.file_exists",
        zhCN: "文件「{file}」已经存在，不会覆盖",
        zhTW: "檔案「{file}」已經存在，不會覆寫",
        en: "The file \"{file}\" exists already and is not overwritten"
    )
    static let storageNotRegular = MessageKey(
        "storage.not_regular",
        zhCN: "「{file}」不是普通文件",
        zhTW: "「{file}」不是一般檔案",
        en: "\"{file}\" is not a regular file"
    )
    static let storageEmpty = MessageKey(
        "storage.empty",
        zhCN: "文件「{file}」是空的，不是本平台的数据文件",
        zhTW: "檔案「{file}」是空的，不是本平台的資料檔案",
        en: "The file \"{file}\" is empty; it is not a data file of this platform"
    )
    static let storageForeign = MessageKey(
        "storage.foreign",
        zhCN: "文件「{file}」不是本平台的数据文件，未作任何改动",
        zhTW: "檔案「{file}」不是本平台的資料檔案，未作任何變更",
        en: "The file \"{file}\" is not a data file of this platform; it was not touched"
    )
    static let storageTruncated = MessageKey(
        "storage.truncated",
        zhCN: "文件「{file}」不完整：应有 {expected} 字节，实有 {actual} 字节。请从备份恢复",
        zhTW: "檔案「{file}」不完整：應有 {expected} 位元組，實有 {actual} 位元組。請從備份還原",
        en: "The file \"{file}\" is incomplete: {expected} bytes expected, {actual} found. Restore a backup"
    )
    static let storageFutureFormat = MessageKey(
        "storage.future_format",
        zhCN: "文件「{file}」的格式版本是 {found}，本程序只支持到 {supported}。请使用更新的程序打开",
        zhTW: "檔案「{file}」的格式版本是 {found}，本程式只支援到 {supported}。請使用更新的程式開啟",
        en:
            "The file \"{file}\" has format version {found}; this program knows versions up to {supported}. Use a newer program"
    )
    static let storageHostileSchema = MessageKey(
        "storage.hostile_schema",
        zhCN: "文件「{file}」中有不属于本平台的结构「{element}」，拒绝打开",
        zhTW: "檔案「{file}」中有不屬於本平台的結構「{element}」，拒絕開啟",
        en: "The file \"{file}\" contains \"{element}\", which this platform does not make; it is not opened"
    )
    static let storageFileLimit = MessageKey(
        "storage.file_limit",
        zhCN: "文件「{file}」超过了系统允许的文件大小（ulimit -f），这次的改动没有保存",
        zhTW: "檔案「{file}」超過了系統允許的檔案大小（ulimit -f），這次的變更沒有儲存",
        en: "The file \"{file}\" would be larger than the system allows (ulimit -f); this change was not saved"
    )
    static let storageLogNeedsWriting = MessageKey(
        "storage.log_needs_writing",
        zhCN:
            "文件「{file}」有尚未并入的日志「{log}」，这里不能写入，所以无法读取（{reason}）。请把两者一起复制到可写的文件夹再打开",
        zhTW:
            "檔案「{file}」有尚未併入的日誌「{log}」，這裡不能寫入，所以無法讀取（{reason}）。請把兩者一起複製到可寫的資料夾再開啟",
        en:
            "The file \"{file}\" has a log \"{log}\" that must be brought in, and nothing can be written here ({reason}). Copy both together into a folder that can be written and open them there"
    )
    static let storageHardLinks = MessageKey(
        "storage.hard_links",
        zhCN: "文件「{file}」有 {count} 个名字（硬链接），用不同名字打开会互相覆盖。请只保留一个名字，或用 backup 命令复制",
        zhTW: "檔案「{file}」有 {count} 個名字（硬連結），用不同名字開啟會互相覆寫。請只保留一個名字，或用 backup 指令複製",
        en:
            "The file \"{file}\" has {count} names (hard links); what is saved under one would be lost under another. Keep one name, or copy it with the command backup"
    )
    static let storageReplaced = MessageKey(
        "storage.replaced",
        zhCN: "文件「{file}」在使用期间被其他程序删除、替换或改动，没有保存。请关闭后重新打开",
        zhTW: "檔案「{file}」在使用期間被其他程式刪除、替換或變更，沒有儲存。請關閉後重新開啟",
        en:
            "The file \"{file}\" was removed, replaced or changed by another program while it was open; nothing was saved. Close it and open it again"
    )
    static let storageReplacedMeanwhile = MessageKey(
        "storage.replaced_meanwhile",
        zhCN: "文件「{file}」在保存的同时被其他程序移走或替换；可能已保存，也可能没有。请重新打开，看过再决定是否重做",
        zhTW: "檔案「{file}」在儲存的同時被其他程式移走或替換；可能已儲存，也可能沒有。請重新開啟，看過再決定是否重做",
        en: "The file \"{file}\" was removed, moved or replaced by another program while this was being saved; it may "
            + "be saved or not. Open the file again and look before you do it once more"
    )
    static let storageNotALock = MessageKey(
        "storage.not_a_lock",
        zhCN: "「{lock}」不是文件「{file}」的锁文件。请将其移走后重试",
        zhTW: "「{lock}」不是檔案「{file}」的鎖檔案。請將其移走後重試",
        en: "\"{lock}\" is not the lock of the file \"{file}\". Move it away and try again"
    )
    static let storageRestored = MessageKey(
        "storage.restored",
        zhCN:
            "日志「{log}」不是为现在的文件「{file}」写的：文件在那之后被替换或改动过。如果刚恢复了备份，请移走「{log}」后重试；如果确要并入日志，请移走「{lock}」后重试",
        zhTW:
            "日誌「{log}」不是為現在的檔案「{file}」寫的：檔案在那之後被替換或變更過。如果剛還原了備份，請移走「{log}」後重試；如果確要併入日誌，請移走「{lock}」後重試",
        en:
            "The log \"{log}\" was not written for the file \"{file}\" as it is now: that was replaced or changed since. If it is a backup that was put back, move \"{log}\" away and try again; to bring the log in all the same, move \"{lock}\" away"
    )
    static let storageStrayLog = MessageKey(
        "storage.stray_log",
        zhCN: "「{log}」不是文件「{file}」的日志。请将其移走后重试",
        zhTW: "「{log}」不是檔案「{file}」的日誌。請將其移走後重試",
        en: "\"{log}\" does not belong to the file \"{file}\". Move it away and try again"
    )
}
