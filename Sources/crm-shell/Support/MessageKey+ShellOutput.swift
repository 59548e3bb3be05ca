import CRMPlatform

/// What the shell says about the results of reports, commands and prints.
extension MessageKey {
    static let helpParameters = MessageKey(
        "shell.help_parameters",
        zhCN: "参数：按顺序写值，或写 名称=值",
        zhTW: "參數：按順序寫值，或寫 名稱=值",
        en: "Parameters: values in their order, or name=value"
    )
    static let helpResultOutput = MessageKey(
        "shell.help_result_output",
        zhCN: "写到文件而不是屏幕：.txt、.html、.svg（图表）、.csv、.xlsx 或 .json",
        zhTW: "寫到檔案而不是螢幕：.txt、.html、.svg（圖表）、.csv、.xlsx 或 .json",
        en: "Write to a file instead: .txt, .html, .svg (the chart), .csv, .xlsx or .json"
    )
    static let shellResultEnding = MessageKey(
        "shell.result_ending",
        zhCN: "不知道「{file}」该写成什么格式；文件名请以 .txt、.html、.svg、.csv、.xlsx 或 .json 结尾",
        zhTW: "不知道「{file}」該寫成什麼格式；檔案名稱請以 .txt、.html、.svg、.csv、.xlsx 或 .json 結尾",
        en: "The form of \"{file}\" is not clear; end its name in .txt, .html, .svg, .csv, .xlsx or .json"
    )
    static let shellNoChart = MessageKey(
        "shell.no_chart",
        zhCN: "结果里没有可画的图表，没有写「{file}」；请改用 .html、.csv 或 .txt",
        zhTW: "結果裡沒有可畫的圖表，沒有寫「{file}」；請改用 .html、.csv 或 .txt",
        en: "The result has no chart to draw, so \"{file}\" was not written; use .html, .csv or .txt"
    )
    static let shellNotATable = MessageKey(
        "shell.not_a_table",
        zhCN: "命令已经执行并保存，但它没有返回表格，所以没有写「{file}」；文本结果请用 .txt",
        zhTW: "命令已經執行並儲存，但它沒有傳回表格，所以沒有寫「{file}」；文字結果請用 .txt",
        en:
            "The command was run and its changes are kept, but it returned no table, so \"{file}\" was not written; use .txt for a text"
    )
    static let shellMoreChildren = MessageKey(
        "shell.more_children",
        zhCN: "只列出前 {count} 条；全部：find {object} \"{condition}\"",
        zhTW: "只列出前 {count} 筆；全部：find {object} \"{condition}\"",
        en: "only the first {count} are listed; all of them: find {object} \"{condition}\""
    )
    static let shellPageEnding = MessageKey(
        "shell.page_ending",
        zhCN: "这个打印页是 {format}，不能写成「{file}」；文件名请以 .{format} 结尾",
        zhTW: "這個列印頁是 {format}，不能寫成「{file}」；檔案名稱請以 .{format} 結尾",
        en: "This page is {format}, so it cannot be \"{file}\"; end the name in .{format}"
    )
}
