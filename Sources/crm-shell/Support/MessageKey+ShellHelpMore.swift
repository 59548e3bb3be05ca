import CRMPlatform

// The help of commands about plugins, output and files.
extension MessageKey {
    static let helpPrint = MessageKey(
        "shell.help_print",
        zhCN: "用打印模板生成 HTML；不写模板则列出全部",
        zhTW: "用列印範本產生 HTML；不寫範本則列出全部",
        en: "Print a record as HTML; list the templates when none is named"
    )
    static let helpTemplate = MessageKey(
        "shell.help_template",
        zhCN: "打印模板的名称或标题",
        zhTW: "列印範本的名稱或標題",
        en: "Name or title of the print template"
    )
    static let helpReport = MessageKey(
        "shell.help_report",
        zhCN: "运行报表；不写名称则列出全部",
        zhTW: "執行報表；不寫名稱則列出全部",
        en: "Run a report; list them when none is named"
    )
    static let helpReportName = MessageKey(
        "shell.help_report_name",
        zhCN: "报表的名称或标题",
        zhTW: "報表的名稱或標題",
        en: "Name or title of the report"
    )
    static let helpParam = MessageKey(
        "shell.help_param",
        zhCN: "参数 名称=值",
        zhTW: "參數 名稱=值",
        en: "A parameter, name=value"
    )
    static let helpHTML = MessageKey(
        "shell.help_h_t_m_l",
        zhCN: "另存为 HTML",
        zhTW: "另存為 HTML",
        en: "Also write it as HTML"
    )
    static let helpCSV = MessageKey(
        "shell.help_c_s_v",
        zhCN: "另存为 CSV",
        zhTW: "另存為 CSV",
        en: "Also write it as CSV"
    )
    static let helpRun = MessageKey(
        "shell.help_run",
        zhCN: "运行 Lua 脚本",
        zhTW: "執行 Lua 腳本",
        en: "Run a Lua script"
    )
    static let helpScript = MessageKey(
        "shell.help_script",
        zhCN: "Lua 脚本文件",
        zhTW: "Lua 腳本檔",
        en: "The Lua file"
    )
    static let helpScriptArguments = MessageKey(
        "shell.help_script_arguments",
        zhCN: "传给脚本的参数",
        zhTW: "傳給腳本的參數",
        en: "Arguments for the script"
    )
    static let helpCommand = MessageKey(
        "shell.help_command",
        zhCN: "运行插件的命令；不写名称则列出全部",
        zhTW: "執行外掛的命令；不寫名稱則列出全部",
        en: "Run a command of a plugin; list them when none is named"
    )
    static let helpCommandName = MessageKey(
        "shell.help_command_name",
        zhCN: "命令的名称或标题",
        zhTW: "命令的名稱或標題",
        en: "Name or title of the command"
    )
    static let helpSandbox = MessageKey(
        "shell.help_sandbox",
        zhCN: "在插件限制下运行脚本并报告结果",
        zhTW: "在外掛限制下執行腳本並報告結果",
        en: "Run a script under the limits of plugins and report the outcome"
    )
    static let helpSandboxAfter = MessageKey(
        "shell.help_sandbox_after",
        zhCN: "先在另一个插件里运行的脚本",
        zhTW: "先在另一個外掛裡執行的腳本",
        en: "A script that another plugin runs first"
    )
    static let helpNew = MessageKey(
        "shell.help_new",
        zhCN: "新建公司文件",
        zhTW: "新建公司檔案",
        en: "Make a company file"
    )
    static let helpWith = MessageKey(
        "shell.help_with",
        zhCN: "要安装的插件，用逗号分开",
        zhTW: "要安裝的外掛，用逗號分開",
        en: "Plugins to install, parted by commas"
    )
    static let helpDemo = MessageKey(
        "shell.help_demo",
        zhCN: "同时装入演示数据",
        zhTW: "同時裝入示範資料",
        en: "Load the demonstration data too"
    )
    static let helpCheck = MessageKey(
        "shell.help_check",
        zhCN: "检查文件、结构、编号和索引",
        zhTW: "檢查檔案、結構、編號和索引",
        en: "Check file, schema, counters and index"
    )
    static let helpAcceptLoss = MessageKey(
        "shell.help_accept_loss",
        zhCN: "日志找不回来时，放弃其中的保存，打开文件现有的内容",
        zhTW: "日誌找不回來時，放棄其中的儲存，開啟檔案現有的內容",
        en: "When the log cannot be found, give up the saves in it and go on with the file as it is"
    )
    static let shellLossAccepted = MessageKey(
        "shell.loss_accepted",
        zhCN: "「{file}」不再等待缺少的日志；其中的保存已放弃",
        zhTW: "「{file}」不再等待缺少的日誌；其中的儲存已放棄",
        en: "\"{file}\" waits for the missing log no more; the saves in it are given up"
    )
    static let shellNoLoss = MessageKey(
        "shell.no_loss",
        zhCN: "「{file}」不缺日志，什么都没有放弃",
        zhTW: "「{file}」不缺日誌，什麼都沒有放棄",
        en: "\"{file}\" misses no log; nothing was given up"
    )
    static let helpObjects = MessageKey(
        "shell.help_objects",
        zhCN: "列出对象",
        zhTW: "列出物件",
        en: "List the objects"
    )
    static let helpDescribe = MessageKey(
        "shell.help_describe",
        zhCN: "显示对象的字段和规则",
        zhTW: "顯示物件的欄位和規則",
        en: "Show the fields and rules of an object"
    )
    static let helpDotPlugin = MessageKey(
        "shell.help_dot_plugin",
        zhCN: "新建插件文件夹，检查它，运行它的测试",
        zhTW: "新增外掛資料夾，檢查它，執行它的測試",
        en: "Make the folder of a plugin, look it over, run its tests"
    )
    static let helpStubs = MessageKey(
        "shell.help_stubs",
        zhCN: "生成 Lua 编辑器补全文件",
        zhTW: "產生 Lua 編輯器補全檔",
        en: "Write stubs for Lua editors"
    )
    static let helpStubsFolder = MessageKey(
        "shell.help_stubs_folder",
        zhCN: "写到这个文件夹",
        zhTW: "寫到這個資料夾",
        en: "The folder to write to"
    )
    static let helpStubsReference = MessageKey(
        "shell.help_stubs_reference",
        zhCN: "同时把 Lua 接口参考写到这个文件夹",
        zhTW: "同時把 Lua 介面參考寫到這個資料夾",
        en: "Write the reference of the Lua interface to this folder too"
    )
    static let helpDoctor = MessageKey(
        "shell.help_doctor",
        zhCN: "显示 Lua 和 SQLite 的版本与提醒",
        zhTW: "顯示 Lua 和 SQLite 的版本與提醒",
        en: "Show the versions of Lua and SQLite, with warnings"
    )
    static let helpPlugin = MessageKey(
        "shell.help_plugin",
        zhCN: "插件的安装与开发",
        zhTW: "外掛的安裝與開發",
        en: "Install and develop plugins"
    )
    static let helpPluginInstall = MessageKey(
        "shell.help_plugin_install",
        zhCN: "安装或升级插件",
        zhTW: "安裝或升級外掛",
        en: "Install or upgrade a plugin"
    )
    static let helpPluginUninstall = MessageKey(
        "shell.help_plugin_uninstall",
        zhCN: "卸载插件",
        zhTW: "解除安裝外掛",
        en: "Uninstall a plugin"
    )
    static let helpPluginDisable = MessageKey(
        "shell.help_plugin_disable",
        zhCN: "停用插件：代码不再运行，对象、字段、规则和数据不变",
        zhTW: "停用外掛：程式碼不再執行，物件、欄位、規則和資料不變",
        en: "Switch plugins off: their code does not run; objects, fields, rules and data stay"
    )
    static let helpPluginEnable = MessageKey(
        "shell.help_plugin_enable",
        zhCN: "重新启用插件",
        zhTW: "重新啟用外掛",
        en: "Switch plugins on again"
    )
    static let helpPluginList = MessageKey(
        "shell.help_plugin_list",
        zhCN: "列出插件",
        zhTW: "列出外掛",
        en: "List the plugins"
    )
    static let helpPluginLink = MessageKey(
        "shell.help_plugin_link",
        zhCN: "链接插件文件夹，开发时随改随用",
        zhTW: "連結外掛資料夾，開發時隨改隨用",
        en: "Read a plugin from its folder while developing"
    )
    static let helpPluginUnlink = MessageKey(
        "shell.help_plugin_unlink",
        zhCN: "取消链接",
        zhTW: "取消連結",
        en: "End a link"
    )
    static let helpPluginNew = MessageKey(
        "shell.help_plugin_new",
        zhCN: "新建插件文件夹",
        zhTW: "新建外掛資料夾",
        en: "Make the folder of a new plugin"
    )
    static let helpPluginNewFolder = MessageKey(
        "shell.help_plugin_new_folder",
        zhCN: "建在这个文件夹里",
        zhTW: "建在這個資料夾裡",
        en: "The folder to make it in"
    )
    static let helpPluginTitle = MessageKey(
        "shell.help_plugin_title",
        zhCN: "插件的标题",
        zhTW: "外掛的標題",
        en: "The title of the plugin"
    )
    static let helpPluginCheck = MessageKey(
        "shell.help_plugin_check",
        zhCN: "检查插件文件夹",
        zhTW: "檢查外掛資料夾",
        en: "Check a plugin folder"
    )
    static let helpPluginTest = MessageKey(
        "shell.help_plugin_test",
        zhCN: "运行插件的测试",
        zhTW: "執行外掛的測試",
        en: "Run the tests of a plugin"
    )
    static let helpFilter = MessageKey(
        "shell.help_filter",
        zhCN: "只运行名称含有这段文字的测试",
        zhTW: "只執行名稱含有這段文字的測試",
        en: "Only the tests whose name contains this"
    )
    static let helpPluginSource = MessageKey(
        "shell.help_plugin_source",
        zhCN: "插件名称，或插件文件夹的路径",
        zhTW: "外掛名稱，或外掛資料夾的路徑",
        en: "Name of a plugin, or path of its folder"
    )
    static let helpPluginID = MessageKey(
        "shell.help_plugin_i_d",
        zhCN: "插件名称",
        zhTW: "外掛名稱",
        en: "Name of the plugin"
    )
    static let helpFolder = MessageKey(
        "shell.help_folder",
        zhCN: "插件文件夹",
        zhTW: "外掛資料夾",
        en: "The plugin folder"
    )
    static let helpPlan = MessageKey(
        "shell.help_plan",
        zhCN: "只显示将做的改动",
        zhTW: "只顯示將做的改動",
        en: "Only show what would be changed"
    )
    static let helpOpen = MessageKey(
        "shell.help_open",
        zhCN: "打开交互界面（可省略 open）",
        zhTW: "開啟互動介面（可省略 open）",
        en: "Open the interactive shell (\"open\" may be left out)"
    )
    static let helpDotExplain = MessageKey(
        "shell.help_dot_explain",
        zhCN: "演示一次保存、删除或一段 Lua 的全部步骤，不保存",
        zhTW: "示範一次儲存、刪除或一段 Lua 的全部步驟，不儲存",
        en: "Show what a save, a deletion or a piece of Lua would do, and save nothing"
    )
    static let helpDotBegin = MessageKey(
        "shell.help_dot_begin",
        zhCN: "开始演练：之后的改动可以整体撤回",
        zhTW: "開始演練：之後的改動可以整體撤回",
        en: "Begin a rehearsal, whose changes can be taken back"
    )
    static let helpDotDiff = MessageKey(
        "shell.help_dot_diff",
        zhCN: "显示演练中的改动",
        zhTW: "顯示演練中的改動",
        en: "Show what the rehearsal has changed"
    )
    static let helpDotCommit = MessageKey(
        "shell.help_dot_commit",
        zhCN: "保留演练中的改动",
        zhTW: "保留演練中的改動",
        en: "Keep the changes of the rehearsal"
    )
    static let helpDotRollback = MessageKey(
        "shell.help_dot_rollback",
        zhCN: "撤回演练中的改动",
        zhTW: "撤回演練中的改動",
        en: "Take back the changes of the rehearsal"
    )
    static let helpDotReload = MessageKey(
        "shell.help_dot_reload",
        zhCN: "重新加载链接的插件",
        zhTW: "重新載入連結的外掛",
        en: "Load linked plugins anew"
    )
    static let helpDotLang = MessageKey(
        "shell.help_dot_lang",
        zhCN: "显示或改变语言",
        zhTW: "顯示或改變語言",
        en: "Show or change the language"
    )
    static let helpDotJSON = MessageKey(
        "shell.help_dot_j_s_o_n",
        zhCN: "输出 JSON，或恢复表格",
        zhTW: "輸出 JSON，或恢復表格",
        en: "Write JSON, or tables again"
    )
    static let helpDotHelp = MessageKey(
        "shell.help_dot_help",
        zhCN: "显示命令，或一个命令的用法",
        zhTW: "顯示命令，或一個命令的用法",
        en: "Show the commands, or how one is used"
    )
    static let helpDotQuit = MessageKey(
        "shell.help_dot_quit",
        zhCN: "退出",
        zhTW: "離開",
        en: "Leave"
    )
    static let helpLine = MessageKey(
        "shell.help_line",
        zhCN: "执行这一行后退出；可重复",
        zhTW: "執行這一行後離開；可重複",
        en: "Run this line and leave; may be repeated"
    )
}
