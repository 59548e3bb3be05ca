import CRMPlatform

// What arguments are called, and the headings of tables.
extension MessageKey {
    static let shellTheObject = MessageKey(
        "shell.the_object",
        zhCN: "对象",
        zhTW: "物件",
        en: "the object"
    )
    static let shellTheRecord = MessageKey(
        "shell.the_record",
        zhCN: "记录，例如 customer/42",
        zhTW: "記錄，例如 customer/42",
        en: "the record, such as customer/42"
    )
    static let shellTheText = MessageKey(
        "shell.the_text",
        zhCN: "要找的文字",
        zhTW: "要找的文字",
        en: "the text to look for"
    )
    static let shellTheFile = MessageKey(
        "shell.the_file",
        zhCN: "文件",
        zhTW: "檔案",
        en: "the file"
    )
    static let shellThePlugin = MessageKey(
        "shell.the_plugin",
        zhCN: "插件",
        zhTW: "外掛",
        en: "the plugin"
    )
    static let shellTheFolder = MessageKey(
        "shell.the_folder",
        zhCN: "插件文件夹",
        zhTW: "外掛資料夾",
        en: "the plugin folder"
    )
    static let shellTheLine = MessageKey(
        "shell.the_line",
        zhCN: "要演示的语句",
        zhTW: "要示範的陳述式",
        en: "the line to explain"
    )
    static let shellFormat = MessageKey(
        "shell.format",
        zhCN: "没有格式「{text}」；可用：csv、xlsx、json、jsonl",
        zhTW: "沒有格式「{text}」；可用：csv、xlsx、json、jsonl",
        en: "There is no format \"{text}\"; there are csv, xlsx, json and jsonl"
    )
    static let shellLineLong = MessageKey(
        "shell.line_long",
        zhCN: "一行超过 1 MB",
        zhTW: "一行超過 1 MB",
        en: "A line is longer than 1 MB"
    )
    static let shellExplainRehearsal = MessageKey(
        "shell.explain_rehearsal",
        zhCN: "演练中不能再演示 Lua；先 .commit 或 .rollback",
        zhTW: "演練中不能再示範 Lua；先 .commit 或 .rollback",
        en: "Lua cannot be explained during a rehearsal; .commit or .rollback first"
    )
    static let shellColumnNumber = MessageKey(
        "shell.column_number",
        zhCN: "序",
        zhTW: "序",
        en: "#"
    )
    static let shellColumnRecord = MessageKey(
        "shell.column_record",
        zhCN: "记录",
        zhTW: "記錄",
        en: "Record"
    )
    static let shellColumnTitle = MessageKey(
        "shell.column_title",
        zhCN: "标题",
        zhTW: "標題",
        en: "Title"
    )
    static let shellColumnSnippet = MessageKey(
        "shell.column_snippet",
        zhCN: "摘要",
        zhTW: "摘要",
        en: "Where"
    )
    static let shellColumnName = MessageKey(
        "shell.column_name",
        zhCN: "名称",
        zhTW: "名稱",
        en: "Name"
    )
    static let shellColumnLabel = MessageKey(
        "shell.column_label",
        zhCN: "标签",
        zhTW: "標籤",
        en: "Label"
    )
    static let shellColumnFields = MessageKey(
        "shell.column_fields",
        zhCN: "字段数",
        zhTW: "欄位數",
        en: "Fields"
    )
    static let shellColumnPlugin = MessageKey(
        "shell.column_plugin",
        zhCN: "插件",
        zhTW: "外掛",
        en: "Plugin"
    )
    static let shellColumnType = MessageKey(
        "shell.column_type",
        zhCN: "类型",
        zhTW: "類型",
        en: "Type"
    )
    static let shellColumnNotes = MessageKey(
        "shell.column_notes",
        zhCN: "说明",
        zhTW: "說明",
        en: "Notes"
    )
    static let shellColumnStep = MessageKey(
        "shell.column_step",
        zhCN: "步骤",
        zhTW: "步驟",
        en: "Step"
    )
    static let shellColumnRule = MessageKey(
        "shell.column_rule",
        zhCN: "规则",
        zhTW: "規則",
        en: "Rule"
    )
    static let shellColumnMicroseconds = MessageKey(
        "shell.column_microseconds",
        zhCN: "微秒",
        zhTW: "微秒",
        en: "µs"
    )
    static let shellColumnEffect = MessageKey(
        "shell.column_effect",
        zhCN: "结果",
        zhTW: "結果",
        en: "Effect"
    )
    static let shellColumnParameters = MessageKey(
        "shell.column_parameters",
        zhCN: "参数",
        zhTW: "參數",
        en: "Parameters"
    )
    static let shellColumnObject = MessageKey(
        "shell.column_object",
        zhCN: "对象",
        zhTW: "物件",
        en: "Object"
    )
    static let shellColumnLanguages = MessageKey(
        "shell.column_languages",
        zhCN: "语言",
        zhTW: "語言",
        en: "Languages"
    )
    static let shellColumnVersion = MessageKey(
        "shell.column_version",
        zhCN: "版本",
        zhTW: "版本",
        en: "Version"
    )
    static let shellColumnState = MessageKey(
        "shell.column_state",
        zhCN: "状态",
        zhTW: "狀態",
        en: "State"
    )
    static let shellColumnAction = MessageKey(
        "shell.column_action",
        zhCN: "动作",
        zhTW: "動作",
        en: "Action"
    )
    static let shellColumnField = MessageKey(
        "shell.column_field",
        zhCN: "字段",
        zhTW: "欄位",
        en: "Field"
    )
    static let shellColumnOld = MessageKey(
        "shell.column_old",
        zhCN: "原值",
        zhTW: "原值",
        en: "Old"
    )
    static let shellColumnNew = MessageKey(
        "shell.column_new",
        zhCN: "新值",
        zhTW: "新值",
        en: "New"
    )
}
