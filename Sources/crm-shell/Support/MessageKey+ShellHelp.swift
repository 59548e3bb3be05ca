import CRMPlatform

// The help of commands about records.
extension MessageKey {
    static let helpRoot = MessageKey(
        "shell.help_root",
        zhCN: "CRM 平台的命令行：一个文件就是一家公司",
        zhTW: "CRM 平台的命令列：一個檔案就是一家公司",
        en: "The command line of the CRM platform: a file is a company"
    )
    static let helpRootMore = MessageKey(
        "shell.help_root_more",
        zhCN:
            "crm-shell FILE 打开交互界面；crm-shell FILE < 命令文件 逐行执行，遇到第一个错误就停止。--json、--lang 和 --verbose 可以写在子命令前后。退出状态：0 成功，64 写法不对，65 内容被拒绝，66 找不到，70 内部错误，73 已经有了，75 忙或冲突，77 没有权限，130 已中断",
        zhTW:
            "crm-shell FILE 開啟互動介面；crm-shell FILE < 命令檔 逐行執行，遇到第一個錯誤就停止。--json、--lang 和 --verbose 可以寫在子命令前後。結束狀態：0 成功，64 寫法不對，65 內容被拒絕，66 找不到，70 內部錯誤，73 已經有了，75 忙或衝突，77 沒有權限，130 已中斷",
        en:
            "crm-shell FILE opens the interactive shell; crm-shell FILE < commands runs them line by line and stops at the first error. --json, --lang and --verbose may stand before or behind the sub-command. Exit status: 0 done, 64 wrong usage, 65 data refused, 66 not found, 70 internal error, 73 exists already, 75 busy or conflict, 77 not permitted, 130 interrupted"
    )
    static let helpJSON = MessageKey(
        "shell.help_j_s_o_n",
        zhCN: "输出 JSON；错误以 JSON 写到标准错误",
        zhTW: "輸出 JSON；錯誤以 JSON 寫到標準錯誤",
        en: "Write JSON; errors go to standard error as JSON"
    )
    static let helpLang = MessageKey(
        "shell.help_lang",
        zhCN: "语言（默认看 CRM_LANG 和系统语言，否则 zh-CN）",
        zhTW: "語言（預設看 CRM_LANG 和系統語言，否則 zh-CN）",
        en: "Language (else CRM_LANG, else the locale, else zh-CN)"
    )
    static let helpSafe = MessageKey(
        "shell.help_safe",
        zhCN: "安全模式：打开文件但不运行插件的代码，只能查看、导出、检查和管理插件",
        zhTW: "安全模式：開啟檔案但不執行外掛的程式碼，只能檢視、匯出、檢查和管理外掛",
        en: "Safe mode: open the file without running code of plugins; for reading, export, check and managing plugins"
    )
    static let helpVerbose = MessageKey(
        "shell.help_verbose",
        zhCN: "错误后面写出错误代码和脚本位置",
        zhTW: "錯誤後面寫出錯誤代碼和腳本位置",
        en: "Show the code of an error, and where scripts stood"
    )
    static let helpFile = MessageKey(
        "shell.help_file",
        zhCN: "公司文件，例如 demo.crm",
        zhTW: "公司檔案，例如 demo.crm",
        en: "The company file, such as demo.crm"
    )
    static let helpObject = MessageKey(
        "shell.help_object",
        zhCN: "对象的名称或标签，例如 customer 或 客户",
        zhTW: "物件的名稱或標籤，例如 customer 或 客戶",
        en: "Name or label of the object, such as customer"
    )
    static let helpExpression = MessageKey(
        "shell.help_expression",
        zhCN: "条件，例如 \"grade = 'A' and name like '华%'\"",
        zhTW: "條件，例如 \"grade = 'A' and name like '華%'\"",
        en: "Condition, such as \"grade = 'A' and name like 'Ac%'\""
    )
    static let helpRecord = MessageKey(
        "shell.help_record",
        zhCN: "记录，例如 customer/42",
        zhTW: "記錄，例如 customer/42",
        en: "The record, such as customer/42"
    )
    static let helpText = MessageKey(
        "shell.help_text",
        zhCN: "要找的文字（可用拼音首字母）",
        zhTW: "要找的文字（可用拼音首字母）",
        en: "The text to look for"
    )
    static let helpSort = MessageKey(
        "shell.help_sort",
        zhCN: "排序字段，默认按列表布局",
        zhTW: "排序欄位，預設依列表版面",
        en: "Fields to sort by"
    )
    static let helpLimit = MessageKey(
        "shell.help_limit",
        zhCN: "最多几条",
        zhTW: "最多幾筆",
        en: "The greatest number of records"
    )
    static let helpFields = MessageKey(
        "shell.help_fields",
        zhCN: "显示哪些字段，用逗号分开",
        zhTW: "顯示哪些欄位，用逗號分開",
        en: "The fields to show, parted by commas"
    )
    static let helpAfter = MessageKey(
        "shell.help_after",
        zhCN: "从上一页给出的位置继续",
        zhTW: "從上一頁給出的位置繼續",
        en: "Go on where the page before ended"
    )
    static let helpFind = MessageKey(
        "shell.help_find",
        zhCN: "查询记录",
        zhTW: "查詢記錄",
        en: "Find records"
    )
    static let helpCount = MessageKey(
        "shell.help_count",
        zhCN: "统计记录数",
        zhTW: "統計記錄數",
        en: "Count records"
    )
    static let helpShow = MessageKey(
        "shell.help_show",
        zhCN: "显示一条记录",
        zhTW: "顯示一筆記錄",
        en: "Show a record"
    )
    static let helpSearch = MessageKey(
        "shell.help_search",
        zhCN: "全文搜索",
        zhTW: "全文搜尋",
        en: "Search all text"
    )
    static let helpSearchObject = MessageKey(
        "shell.help_search_object",
        zhCN: "只在这个对象里找",
        zhTW: "只在這個物件裡找",
        en: "Look in this object only"
    )
    static let helpCreate = MessageKey(
        "shell.help_create",
        zhCN: "新建记录",
        zhTW: "新建記錄",
        en: "Create a record"
    )
    static let helpUpdate = MessageKey(
        "shell.help_update",
        zhCN: "修改记录",
        zhTW: "修改記錄",
        en: "Change a record"
    )
    static let helpDelete = MessageKey(
        "shell.help_delete",
        zhCN: "删除记录",
        zhTW: "刪除記錄",
        en: "Delete a record"
    )
    static let helpAssignments = MessageKey(
        "shell.help_assignments",
        zhCN: "字段=值，字段可用名称或标签",
        zhTW: "欄位=值，欄位可用名稱或標籤",
        en: "field=value, the field by name or label"
    )
    static let helpExplain = MessageKey(
        "shell.help_explain",
        zhCN: "只演示每一步做什么，不保存",
        zhTW: "只示範每一步做什麼，不儲存",
        en: "Show what each step would do and save nothing"
    )
    static let helpVersion = MessageKey(
        "shell.help_version",
        zhCN: "只在记录仍是这个版本时才改",
        zhTW: "只在記錄仍是這個版本時才改",
        en: "Only when the record still has this version"
    )
    static let helpImport = MessageKey(
        "shell.help_import",
        zhCN: "从 CSV 或 Excel（.xlsx）文件导入记录",
        zhTW: "從 CSV 或 Excel（.xlsx）檔匯入記錄",
        en: "Import records from a CSV or Excel (.xlsx) file"
    )
    static let helpData = MessageKey(
        "shell.help_data",
        zhCN: "数据文件：CSV（UTF-8 或 GB18030）或 .xlsx",
        zhTW: "資料檔：CSV（UTF-8 或 GB18030）或 .xlsx",
        en: "The data file: CSV (UTF-8 or GB18030) or .xlsx"
    )
    static let helpMap = MessageKey(
        "shell.help_map",
        zhCN: "列与字段对应关系的 JSON 文件",
        zhTW: "欄與欄位對應關係的 JSON 檔",
        en: "JSON file that says which column is which field"
    )
    static let helpDryRun = MessageKey(
        "shell.help_dry_run",
        zhCN: "只检查，不保存",
        zhTW: "只檢查，不儲存",
        en: "Check only, save nothing"
    )
    static let helpErrors = MessageKey(
        "shell.help_errors",
        zhCN: "把没有导入的行和原因写到这个文件",
        zhTW: "把沒有匯入的列和原因寫到這個檔案",
        en: "Write the rows that were not taken, with the reasons"
    )
    static let helpFromRow = MessageKey(
        "shell.help_from_row",
        zhCN: "从第几行数据开始（1 为第一行；工作簿按工作表的行号）",
        zhTW: "從第幾列資料開始（1 為第一列；活頁簿按工作表的列號）",
        en: "The first data row to take, from 1; in a workbook as the sheet numbers it"
    )
    static let helpSheet = MessageKey(
        "shell.help_sheet",
        zhCN: "工作簿中的工作表；不写则取第一个可见的",
        zhTW: "活頁簿中的工作表；不寫則取第一個可見的",
        en: "The sheet of a workbook; the first one shown unless given"
    )
    static let helpExport = MessageKey(
        "shell.help_export",
        zhCN: "导出记录",
        zhTW: "匯出記錄",
        en: "Export records"
    )
    static let helpOutput = MessageKey(
        "shell.help_output",
        zhCN: "写到这个文件，默认标准输出（也可写作 -）",
        zhTW: "寫到這個檔案，預設標準輸出（也可寫作 -）",
        en: "Write to this file instead of standard output, which is -"
    )
    static let helpForce = MessageKey(
        "shell.help_force",
        zhCN: "输出文件已存在时覆盖它",
        zhTW: "輸出檔案已存在時覆寫它",
        en: "Overwrite output files that are there already"
    )
    static let helpFormat = MessageKey(
        "shell.help_format",
        zhCN: "格式：csv、xlsx、json 或 jsonl，默认按文件名",
        zhTW: "格式：csv、xlsx、json 或 jsonl，預設按檔案名稱",
        en: "The format: csv, xlsx, json or jsonl; by default what the name says"
    )
}
