import CRMPlatform

// The forms in which records and tables are shown.
extension MessageKey {
    static let shellHiddenHint = MessageKey(
        "shell.hidden_hint",
        zhCN: "；--wide 显示全部列，--block 逐条显示",
        zhTW: "；--wide 顯示全部欄，--block 逐筆顯示",
        en: "; --wide shows all columns, --block a record at a time"
    )
    static let helpWide = MessageKey(
        "shell.help_wide",
        zhCN: "显示全部列，不管终端多宽",
        zhTW: "顯示全部欄，不管終端多寬",
        en: "Show all columns, however wide the terminal is"
    )
    static let helpBlock = MessageKey(
        "shell.help_block",
        zhCN: "逐条显示，每个字段一行",
        zhTW: "逐筆顯示，每個欄位一行",
        en: "Show a record at a time, a field on each line"
    )
}
