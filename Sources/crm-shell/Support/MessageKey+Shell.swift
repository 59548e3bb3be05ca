import CRMPlatform

// What the shell says about errors, records and files.
extension MessageKey {
    static let shellErrorHead = MessageKey(
        "shell.error_head",
        zhCN: "错误：{message}",
        zhTW: "錯誤：{message}",
        en: "Error: {message}"
    )
    static let shellErrorHeadCode = MessageKey(
        "shell.error_head_code",
        zhCN: "错误：{message}（{code}）",
        zhTW: "錯誤：{message}（{code}）",
        en: "Error: {message} ({code})"
    )
    static let shellPlain = MessageKey("shell.plain", zhCN: "{text}", zhTW: "{text}", en: "{text}")
    static let shellErrorPlace = MessageKey(
        "shell.error_place",
        zhCN: "位置：{place}",
        zhTW: "位置：{place}",
        en: "Where: {place}"
    )
    static let shellWarning = MessageKey(
        "shell.warning",
        zhCN: "提醒：{text}",
        zhTW: "提醒：{text}",
        en: "Warning: {text}"
    )
    static let shellInterrupted = MessageKey(
        "shell.interrupted",
        zhCN: "已中断",
        zhTW: "已中斷",
        en: "Interrupted"
    )
    static let shellUnforeseen = MessageKey(
        "shell.unforeseen",
        zhCN: "意外的错误：{error}",
        zhTW: "意外的錯誤：{error}",
        en: "Unforeseen error: {error}"
    )
    static let shellObject = MessageKey(
        "shell.object",
        zhCN: "对象 {object}",
        zhTW: "物件 {object}",
        en: "object {object}"
    )
    static let shellField = MessageKey(
        "shell.field",
        zhCN: "字段 {field}",
        zhTW: "欄位 {field}",
        en: "field {field}"
    )
    static let shellRow = MessageKey(
        "shell.row",
        zhCN: "第 {row} 行",
        zhTW: "第 {row} 列",
        en: "row {row}"
    )
    static let shellRule = MessageKey(
        "shell.rule",
        zhCN: "规则 {rule}",
        zhTW: "規則 {rule}",
        en: "rule {rule}"
    )
    static let shellPlugin = MessageKey(
        "shell.plugin",
        zhCN: "插件 {plugin}",
        zhTW: "外掛 {plugin}",
        en: "plugin {plugin}"
    )
    static let shellListSeparator = MessageKey(
        "shell.list_separator",
        zhCN: "，",
        zhTW: "，",
        en: ", "
    )
    static let shellMeant = MessageKey(
        "shell.meant",
        zhCN: "（是不是「{name}」？）",
        zhTW: "（是不是「{name}」？）",
        en: " (did you mean \"{name}\"?)"
    )
    static let shellOptionValue = MessageKey(
        "shell.option_value",
        zhCN: "选项 {option} 后面要有值",
        zhTW: "選項 {option} 後面要有值",
        en: "The option {option} needs a value"
    )
    static let shellUnknownOption = MessageKey(
        "shell.unknown_option",
        zhCN: "{command} 没有选项 {option}。可用选项：{known}",
        zhTW: "{command} 沒有選項 {option}。可用選項：{known}",
        en: "{command} has no option {option}. Its options: {known}"
    )
    static let shellMissingArgument = MessageKey(
        "shell.missing_argument",
        zhCN: "{command} 缺少{what}。输入 .help {command} 看用法",
        zhTW: "{command} 缺少{what}。輸入 .help {command} 看用法",
        en: "{command} lacks {what}. Type .help {command} to see how it is used"
    )
    static let shellNumberExpected = MessageKey(
        "shell.number_expected",
        zhCN: "{option} 要一个大于 0 的整数，不能是「{text}」",
        zhTW: "{option} 要一個大於 0 的整數，不能是「{text}」",
        en: "{option} takes a whole number above 0, not \"{text}\""
    )
    static let shellOpenQuote = MessageKey(
        "shell.open_quote",
        zhCN: "引号 {quote} 没有结束",
        zhTW: "引號 {quote} 沒有結束",
        en: "The quotation mark {quote} has no end"
    )
    static let shellRecordForm = MessageKey(
        "shell.record_form",
        zhCN: "「{text}」不是一条记录；请写成 对象/编号、对象/编码 或 对象/标题，例如 customer/42",
        zhTW: "「{text}」不是一筆記錄；請寫成 物件/編號、物件/編碼 或 物件/標題，例如 customer/42",
        en: "\"{text}\" is not a record; write object/number, object/code or object/title, such as customer/42"
    )
    static let shellNoRecord = MessageKey(
        "shell.no_record",
        zhCN: "没有记录 {record}",
        zhTW: "沒有記錄 {record}",
        en: "There is no record {record}"
    )
    static let shellCursor = MessageKey(
        "shell.cursor",
        zhCN: "「{text}」不是上一页给出的位置",
        zhTW: "「{text}」不是上一頁給出的位置",
        en: "\"{text}\" is not a place that a page before has given"
    )
    static let shellMoreRecords = MessageKey(
        "shell.more_records",
        zhCN: "{count} 条，还有更多；下一页：--after {cursor}",
        zhTW: "{count} 筆，還有更多；下一頁：--after {cursor}",
        en: "{count} {count|record|records}, and there are more; the next page: --after {cursor}"
    )
    static let shellMoreHits = MessageKey(
        "shell.more_hits",
        zhCN: "{count} 条，还有更多；请多输入一些字，或用 --limit 多显示一些",
        zhTW: "{count} 筆，還有更多；請多輸入一些字，或用 --limit 多顯示一些",
        en: "{count} records, and more; type more of it, or show more with --limit"
    )
    static let shellIndexing = MessageKey(
        "shell.indexing",
        zhCN: "正在为搜索建立索引：{done}/{all} 条",
        zhTW: "正在為搜尋建立索引：{done}/{all} 筆",
        en: "Indexing for the search: {done} of {all} records"
    )
    static let shellRecordCount = MessageKey(
        "shell.record_count",
        zhCN: "{count} 条",
        zhTW: "{count} 筆",
        en: "{count} {count|record|records}"
    )
    static let shellNothingToSave = MessageKey(
        "shell.nothing_to_save",
        zhCN: "没有要修改的字段；请写成 字段=值",
        zhTW: "沒有要修改的欄位；請寫成 欄位=值",
        en: "There is no field to change; write field=value"
    )
    static let shellAssignment = MessageKey(
        "shell.assignment",
        zhCN: "「{text}」不是 字段=值 的形式",
        zhTW: "「{text}」不是 欄位=值 的形式",
        en: "\"{text}\" is not of the form field=value"
    )
    static let shellFieldTwice = MessageKey(
        "shell.field_twice",
        zhCN: "字段「{field}」写了两次",
        zhTW: "欄位「{field}」寫了兩次",
        en: "The field \"{field}\" is given twice"
    )
    static let shellCreated = MessageKey(
        "shell.created",
        zhCN: "已新建 {record}  {title}",
        zhTW: "已新建 {record}  {title}",
        en: "Created {record}  {title}"
    )
    static let shellUpdated = MessageKey(
        "shell.updated",
        zhCN: "已更新 {record}  {title}（版本 {version}）",
        zhTW: "已更新 {record}  {title}（版本 {version}）",
        en: "Updated {record}  {title} (version {version})"
    )
    static let shellUnchanged = MessageKey(
        "shell.unchanged",
        zhCN: "没有变化：{record}  {title}（版本 {version}）",
        zhTW: "沒有變化：{record}  {title}（版本 {version}）",
        en: "Nothing has changed: {record}  {title} (version {version})"
    )
    static let shellDeleted = MessageKey(
        "shell.deleted",
        zhCN: "已删除 {record}  {title}",
        zhTW: "已刪除 {record}  {title}",
        en: "Deleted {record}  {title}"
    )
    static let shellExplained = MessageKey(
        "shell.explained",
        zhCN: "以上只是演示，没有保存任何内容",
        zhTW: "以上只是示範，沒有儲存任何內容",
        en: "This was only shown; nothing has been saved"
    )
    static let shellNoObjects = MessageKey(
        "shell.no_objects",
        zhCN: "还没有对象；请先安装插件：crm-shell plugin install FILE PLUGIN",
        zhTW: "還沒有物件；請先安裝外掛：crm-shell plugin install FILE PLUGIN",
        en: "There are no objects yet; install a plugin: crm-shell plugin install FILE PLUGIN"
    )
    static let shellNoPlugins = MessageKey(
        "shell.no_plugins",
        zhCN: "没有安装插件",
        zhTW: "沒有安裝外掛",
        en: "No plugin is installed"
    )
    static let shellNoChanges = MessageKey(
        "shell.no_changes",
        zhCN: "没有变化",
        zhTW: "沒有變化",
        en: "Nothing has changed"
    )
    static let shellValidationRule = MessageKey(
        "shell.validation_rule",
        zhCN: "校验规则 {name}：{condition}（{message}）",
        zhTW: "驗證規則 {name}：{condition}（{message}）",
        en: "Validation rule {name}: {condition} ({message})"
    )
    static let shellDuplicateRule = MessageKey(
        "shell.duplicate_rule",
        zhCN: "查重规则 {name}：{fields}（{effect}）",
        zhTW: "查重規則 {name}：{fields}（{effect}）",
        en: "Duplicate rule {name}: {fields} ({effect})"
    )
    static let shellCodeRule = MessageKey(
        "shell.code_rule",
        zhCN: "编号规则 {field}：{pattern}（重置 {reset}）",
        zhTW: "編號規則 {field}：{pattern}（重置 {reset}）",
        en: "Code rule {field}: {pattern} (starts again: {reset})"
    )
    static let shellRequired = MessageKey(
        "shell.required",
        zhCN: "必填",
        zhTW: "必填",
        en: "required"
    )
    static let shellUnique = MessageKey(
        "shell.unique",
        zhCN: "唯一",
        zhTW: "唯一",
        en: "unique"
    )
    static let shellSearchable = MessageKey(
        "shell.searchable",
        zhCN: "可搜索",
        zhTW: "可搜尋",
        en: "searchable"
    )
    static let shellCharacters = MessageKey(
        "shell.characters",
        zhCN: "字",
        zhTW: "字",
        en: "characters"
    )
    static let shellCheckClean = MessageKey(
        "shell.check_clean",
        zhCN: "检查通过：文件、结构、编号和索引都正常",
        zhTW: "檢查通過：檔案、結構、編號和索引都正常",
        en: "Clean: file, schema, counters and index are as they should be"
    )
    static let shellCheckFailed = MessageKey(
        "shell.check_failed",
        zhCN: "检查发现 {count} 个问题",
        zhTW: "檢查發現 {count} 個問題",
        en: "The check found {count} {count|problem|problems}"
    )
    static let shellWritten = MessageKey(
        "shell.written",
        zhCN: "已写入 {file}",
        zhTW: "已寫入 {file}",
        en: "Written: {file}"
    )
    static let shellNoFile = MessageKey(
        "shell.no_file",
        zhCN: "找不到文件 {file}",
        zhTW: "找不到檔案 {file}",
        en: "There is no file {file}"
    )
    static let shellNoCompany = MessageKey(
        "shell.no_company",
        zhCN: "找不到文件 {file}。新建：crm-shell new {file} --with PLUGIN",
        zhTW: "找不到檔案 {file}。新建：crm-shell new {file} --with PLUGIN",
        en: "There is no file {file}. To make it: crm-shell new {file} --with PLUGIN"
    )
    static let shellOutputTwice = MessageKey(
        "shell.output_twice",
        zhCN: "两份输出不能写到同一处「{file}」。请换一个文件名",
        zhTW: "兩份輸出不能寫到同一處「{file}」。請換一個檔名",
        en: "Two results cannot go to one place, \"{file}\". Take another name for one of them"
    )
    static let shellOutputLost = MessageKey(
        "shell.output_lost",
        zhCN: "标准输出",
        zhTW: "標準輸出",
        en: "standard output"
    )
    static let shellSavedUntold = MessageKey(
        "shell.saved_untold",
        zhCN: "已经保存，请不要再保存一次；只是结果没有能写出来：{problem}",
        zhTW: "已經儲存，請不要再儲存一次；只是結果沒有能寫出來：{problem}",
        en: "It is saved, do not save it again; only the answer could not be written: {problem}"
    )
    static let shellNotText = MessageKey(
        "shell.not_text",
        zhCN: "文件 {file} 不是 UTF-8 文本",
        zhTW: "檔案 {file} 不是 UTF-8 文字",
        en: "The file {file} is not UTF-8 text"
    )
    static let shellImporting = MessageKey(
        "shell.importing",
        zhCN: "正在导入 {done} 行{percent}",
        zhTW: "正在匯入 {done} 列{percent}",
        en: "Importing {done} {done|row|rows}{percent}"
    )
    static let shellInstalling = MessageKey(
        "shell.installing",
        zhCN: "{message}：{done} 行",
        zhTW: "{message}：{done} 列",
        en: "{message}: {done} {done|row|rows}"
    )
    static let shellImportRejected = MessageKey(
        "shell.import_rejected",
        zhCN: "有 {count} 行没有导入；用 --errors OUT 写出这些行和原因",
        zhTW: "有 {count} 列沒有匯入；用 --errors OUT 寫出這些列和原因",
        en: "{count} {count|row was|rows were} not imported; --errors OUT writes them with the reasons"
    )
    static let shellImportRejectedTo = MessageKey(
        "shell.import_rejected_to",
        zhCN: "有 {count} 行没有导入，这些行和原因写在 {file}",
        zhTW: "有 {count} 列沒有匯入，這些列和原因寫在 {file}",
        en: "{count} {count|row was|rows were} not imported; {file} holds them with the reasons"
    )
    static let shellExported = MessageKey(
        "shell.exported",
        zhCN: "已导出 {count} 条到 {file}",
        zhTW: "已匯出 {count} 筆到 {file}",
        en: "Exported {count} {count|record|records} to {file}"
    )
}
