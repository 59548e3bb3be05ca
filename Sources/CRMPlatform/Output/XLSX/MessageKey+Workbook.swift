internal import CRMModel

extension MessageKey {
    static let workbookOld = MessageKey(
        "workbook.old",
        zhCN: "这是旧格式的工作簿（.xls）；请在表格软件里另存为 .xlsx 或 CSV",
        zhTW: "這是舊格式的活頁簿（.xls）；請在試算表軟體裡另存為 .xlsx 或 CSV",
        en: "this is a workbook of the old format (.xls); save it as .xlsx or CSV"
    )
    static let workbookEncrypted = MessageKey(
        "workbook.encrypted",
        zhCN: "工作簿有密码保护；请去掉密码后再导入",
        zhTW: "活頁簿有密碼保護；請去掉密碼後再匯入",
        en: "the workbook is locked with a password; take the password off and import it again"
    )
    static let workbookKind = MessageKey(
        "workbook.kind",
        zhCN: "不支持 {kind} 文件；请在表格软件里另存为 .xlsx 或 CSV",
        zhTW: "不支援 {kind} 檔案；請在試算表軟體裡另存為 .xlsx 或 CSV",
        en: "{kind} files are not read; save it as .xlsx or CSV"
    )
    static let workbookNone = MessageKey(
        "workbook.none",
        zhCN: "这是压缩包，里面没有工作簿；请选择 .xlsx 或 CSV 文件",
        zhTW: "這是壓縮檔，裡面沒有活頁簿；請選擇 .xlsx 或 CSV 檔案",
        en: "this is an archive without a workbook in it; choose an .xlsx or CSV file"
    )
    static let workbookWebPage = MessageKey(
        "workbook.web_page",
        zhCN: "这其实是网页或 XML 文件，不是工作簿；请在表格软件里打开后另存为 .xlsx 或 CSV",
        zhTW: "這其實是網頁或 XML 檔案，不是活頁簿；請在試算表軟體裡開啟後另存為 .xlsx 或 CSV",
        en: "this is really a web page or XML and no workbook; open it in a spreadsheet and save it as .xlsx or CSV"
    )
    static let workbookDamaged = MessageKey(
        "workbook.damaged",
        zhCN: "文件不完整或已损坏，打不开；请重新取得此文件",
        zhTW: "檔案不完整或已損壞，打不開；請重新取得此檔案",
        en: "the file is cut off or damaged and cannot be opened; get it again"
    )
    static let workbookPartDamaged = MessageKey(
        "workbook.part_damaged",
        zhCN: "工作簿的部件 {part} 已损坏；请在表格软件里打开并重新保存",
        zhTW: "活頁簿的部件 {part} 已損壞；請在試算表軟體裡開啟並重新儲存",
        en: "the part {part} of the workbook is damaged; open it in a spreadsheet and save it again"
    )
    static let workbookPartTwice = MessageKey(
        "workbook.part_twice",
        zhCN: "工作簿里部件 {part} 出现了两次，不能确定用哪一个",
        zhTW: "活頁簿裡部件 {part} 出現了兩次，不能確定用哪一個",
        en: "the workbook has the part {part} twice, and it is not known which one counts"
    )
    static let workbookPartMissing = MessageKey(
        "workbook.part_missing",
        zhCN: "工作簿缺少部件 {part}",
        zhTW: "活頁簿缺少部件 {part}",
        en: "the part {part} of the workbook is missing"
    )
    static let workbookTooLarge = MessageKey(
        "workbook.too_large",
        zhCN: "工作簿的部件 {part} 展开后超过 {megabytes} MB，不予读取；数据确实很多时请另存为 CSV",
        zhTW: "活頁簿的部件 {part} 展開後超過 {megabytes} MB，不予讀取；資料確實很多時請另存為 CSV",
        en:
            "the part {part} of the workbook unpacks to more than {megabytes} MB and is not read; save it as CSV instead"
    )
    static let workbookHostile = MessageKey(
        "workbook.hostile",
        zhCN: "工作簿的部件 {part} 含有正常工作簿不会有的内容（文档类型声明、实体或过深的嵌套），不予读取",
        zhTW: "活頁簿的部件 {part} 含有正常活頁簿不會有的內容（文件類型宣告、實體或過深的巢狀），不予讀取",
        en:
            "the part {part} holds what no workbook does (a document type, entities or too deep nesting) and is not read"
    )
    static let workbookDisordered = MessageKey(
        "workbook.disordered",
        zhCN: "工作簿的部件 {part} 中，{cell} 的次序或位置不对；请在表格软件里打开并重新保存",
        zhTW: "活頁簿的部件 {part} 中，{cell} 的次序或位置不對；請在試算表軟體裡開啟並重新儲存",
        en: "in the part {part} of the workbook {cell} is out of place; open it in a spreadsheet and save it again"
    )
    static let sheetUnknown = MessageKey(
        "sheet.unknown",
        zhCN: "工作簿里没有工作表「{sheet}」；有：{known}",
        zhTW: "活頁簿裡沒有工作表「{sheet}」；有：{known}",
        en: "the workbook has no sheet \"{sheet}\"; it has: {known}"
    )
    static let sheetNone = MessageKey(
        "sheet.none",
        zhCN: "工作簿里没有可见的工作表",
        zhTW: "活頁簿裡沒有可見的工作表",
        en: "the workbook has no sheet that is shown"
    )
    static let sheetEmpty = MessageKey(
        "sheet.empty",
        zhCN: "工作表「{sheet}」是空的，没有表头也没有数据",
        zhTW: "工作表「{sheet}」是空的，沒有表頭也沒有資料",
        en: "the sheet \"{sheet}\" is empty: it has neither headings nor rows"
    )
    static let sheetBeyondEnd = MessageKey(
        "sheet.beyond_end",
        zhCN: "工作表「{sheet}」从第 {row} 行起什么也没有，到第 {last} 行为止；请用 --header-row 写表头所在的行",
        zhTW: "工作表「{sheet}」從第 {row} 列起什麼也沒有，到第 {last} 列為止；請用 --header-row 寫表頭所在的列",
        en:
            "there is nothing from row {row} on: the sheet \"{sheet}\" ends with row {last}; give the row of the headings as --header-row"
    )
    static let sheetOfText = MessageKey(
        "sheet.of_text",
        zhCN: "文件不是工作簿，没有工作表「{sheet}」；请去掉 --sheet",
        zhTW: "檔案不是活頁簿，沒有工作表「{sheet}」；請去掉 --sheet",
        en: "the file is no workbook and has no sheet \"{sheet}\"; leave --sheet away"
    )
    static let sheetMerged = MessageKey(
        "sheet.merged",
        zhCN: "有 {count} 处合并单元格（{ranges}）：只有左上角的单元格有值，其余按空处理",
        zhTW: "有 {count} 處合併儲存格（{ranges}）：只有左上角的儲存格有值，其餘按空處理",
        en:
            "{count} ranges of cells are merged ({ranges}): only the first cell of each has the value, the others are empty"
    )
    static let sheetStray = MessageKey(
        "sheet.stray",
        zhCN: "表头右侧没有标题的列里有内容，未导入（例如 {cell}）",
        zhTW: "表頭右側沒有標題的欄裡有內容，未匯入（例如 {cell}）",
        en: "cells right of the last heading were not imported (for instance {cell})"
    )
    static let cellIn = MessageKey(
        "cell.in",
        zhCN: "第 {cell} 行：{problem}",
        zhTW: "第 {cell} 列：{problem}",
        en: "row {cell}: {problem}"
    )
    static let cellHeading = MessageKey(
        "cell.heading",
        zhCN: "单元格 {cell} 不是可用的标题",
        zhTW: "儲存格 {cell} 不是可用的標題",
        en: "the cell {cell} is no heading that can be used"
    )
    static let cellError = MessageKey(
        "cell.error",
        zhCN: "单元格 {cell} 是错误值 {error}",
        zhTW: "儲存格 {cell} 是錯誤值 {error}",
        en: "the cell {cell} is the error {error}"
    )
    static let cellErrorText = MessageKey(
        "cell.error_text",
        zhCN: "列「{column}」是表格软件的错误值（如 #N/A），不是内容",
        zhTW: "欄「{column}」是試算表軟體的錯誤值（如 #N/A），不是內容",
        en: "column \"{column}\" holds what spreadsheets write for an error (such as #N/A)"
    )
    static let cellNotShown = MessageKey(
        "cell.not_shown",
        zhCN: "单元格 {cell} 的数字格式除数字外还显示别的，读不出显示的是什么；请把它改成文本，照看到的写",
        zhTW: "儲存格 {cell} 的數字格式除數字外還顯示別的，讀不出顯示的是什麼；請把它改成文字，照看到的寫",
        en:
            "the format of the cell {cell} shows more than its number, and it cannot be told what; make it a text and write what is shown"
    )
    static let cellNoBoolean = MessageKey(
        "cell.no_boolean",
        zhCN: "单元格 {cell} 是逻辑值，内容却既不是 TRUE 也不是 FALSE；请重新填写",
        zhTW: "儲存格 {cell} 是邏輯值，內容卻既不是 TRUE 也不是 FALSE；請重新填寫",
        en: "the cell {cell} is a logical value, but neither TRUE nor FALSE; write it again"
    )
    static let cellNotCalculated = MessageKey(
        "cell.not_calculated",
        zhCN: "单元格 {cell} 的公式没有计算结果；请在表格软件里打开并保存一次",
        zhTW: "儲存格 {cell} 的公式沒有計算結果；請在試算表軟體裡開啟並儲存一次",
        en: "the formula of the cell {cell} was never calculated; open the workbook in a spreadsheet and save it"
    )
    static let cellNoSuchDay = MessageKey(
        "cell.no_such_day",
        zhCN: "单元格 {cell} 的格式是日期，但它的数值不是存在的日期",
        zhTW: "儲存格 {cell} 的格式是日期，但它的數值不是存在的日期",
        en: "the cell {cell} is formatted as a date, but its number is no day that there is"
    )
    static let cellCutOff = MessageKey(
        "cell.cut_off",
        zhCN: "单元格 {cell} 是超过 15 位的数值，后面的数字已被表格软件舍成 0；请把此列设为文本后重新填写",
        zhTW: "儲存格 {cell} 是超過 15 位的數值，後面的數字已被試算表軟體捨成 0；請把此欄設為文字後重新填寫",
        en:
            "the cell {cell} is a number of more than 15 digits, whose last digits the spreadsheet has made 0; format the column as text and enter it again"
    )
    static let cellMissingText = MessageKey(
        "cell.missing_text",
        zhCN: "单元格 {cell} 引用的文字不存在，工作簿已损坏",
        zhTW: "儲存格 {cell} 參照的文字不存在，活頁簿已損壞",
        en: "the cell {cell} refers to a text that is not there; the workbook is damaged"
    )
}
