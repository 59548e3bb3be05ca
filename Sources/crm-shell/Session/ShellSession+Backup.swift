import CRMPlatform

extension ShellSession {
    /// Copies the company into a file, looks the copy over and says what is in it.
    func backup(to target: OutputTarget) throws {
        guard let path = target.path else { throw PlatformError(.invalidInput, Message(.shellBackupNeedsFile)) }
        let meter = ProgressMeter(console: console, language: language)
        let report = try platform.backup(to: path, overwriting: target.overwriting) { done, all in
            let percent = all > 0 ? done * 100 / all : 100
            meter.show(Message(.shellBackingUp, ["percent": .text(String(percent))]))
        }
        meter.finish()
        let saved = report.lastSaved
        let shown = try saved?.text(in: platform.settings.timeZone) ?? "–"
        if isJSON {
            console.json([
                "file": .string(path), "bytes": .number(String(report.bytes)), "sha256": .string(report.sha256),
                "last_saved": .text(saved?.description), "checked": true,
            ])
        } else {
            self.report(
                .shellBackedUp,
                [
                    "file": .text(path), "bytes": .text(String(report.bytes)), "sha256": .text(report.sha256),
                    "saved": .text(shown),
                ]
            )
        }
    }
}

extension MessageKey {
    static let shellBackingUp = MessageKey(
        "shell.backing_up",
        zhCN: "正在备份… {percent} %",
        zhTW: "正在備份… {percent} %",
        en: "Copying… {percent} %"
    )
    static let shellBackedUp = MessageKey(
        "shell.backed_up",
        zhCN: "已备份到 {file}（{bytes} 字节，最后一次保存 {saved}），检查无误\nSHA-256 {sha256}",
        zhTW: "已備份到 {file}（{bytes} 位元組，最後一次儲存 {saved}），檢查無誤\nSHA-256 {sha256}",
        en: "Copied to {file} ({bytes} bytes, last saved {saved}); the copy is in order\nSHA-256 {sha256}"
    )
    static let shellBackupNeedsFile = MessageKey(
        "shell.backup_needs_file",
        zhCN: "备份要写到文件里，请用 -o 指定文件名",
        zhTW: "備份要寫到檔案裡，請用 -o 指定檔名",
        en: "A copy is written into a file; name one with -o"
    )
    static let helpBackup = MessageKey(
        "shell.help_backup",
        zhCN: "复制整个文件，使用中也可以；副本检查无误后才保存",
        zhTW: "複製整個檔案，使用中也可以；副本檢查無誤後才儲存",
        en: "Copy the company, also while it is in use; the copy is checked before it is kept"
    )
    static let helpBackupOutput = MessageKey(
        "shell.help_backup_output",
        zhCN: "副本的文件名",
        zhTW: "副本的檔名",
        en: "The file for the copy"
    )
    static let shellLastSaved = MessageKey(
        "shell.last_saved",
        zhCN: "最后一次保存：{saved}",
        zhTW: "最後一次儲存：{saved}",
        en: "Last saved: {saved}"
    )
}
