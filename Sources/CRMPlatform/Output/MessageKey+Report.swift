internal import CRMModel

extension MessageKey {
    static let reportTotalTooGreat = MessageKey(
        "report.total_too_great",
        zhCN: "「{columns}」的合计太大，超出可以表示的范围，所以没有写出",
        zhTW: "「{columns}」的合計太大，超出可以表示的範圍，所以沒有寫出",
        en: "the total of {columns} is greater than can be shown and was left out"
    )
    static let total = MessageKey("report.total", zhCN: "合计", zhTW: "合計", en: "Total")
    static let noRows = MessageKey("report.no_rows", zhCN: "（没有数据）", zhTW: "（沒有資料）", en: "(no rows)")
    static let hiddenColumns = MessageKey(
        "table.hidden_columns",
        zhCN: "（终端太窄，未显示的列：{names}{hint}）",
        zhTW: "（終端太窄，未顯示的欄：{names}{hint}）",
        en: "(the terminal is too narrow for these columns: {names}{hint})"
    )
    static let hiddenReportColumns = MessageKey(
        "report.hidden_columns",
        zhCN: "；用 -o 写到文件可得到全部列",
        zhTW: "；用 -o 寫到檔案可得到全部欄",
        en: "; -o FILE writes all of them"
    )
    static let moreRows = MessageKey(
        "report.more_rows",
        zhCN: "……另有 {count} 行未画出",
        zhTW: "……另有 {count} 列未畫出",
        en: "… {count} more rows are not drawn"
    )
    static let reportMalformed = MessageKey(
        "report.malformed",
        zhCN: "报表「{report}」给出的结果不能用：",
        zhTW: "報表「{report}」給出的結果不能用：",
        en: "The result of the report \"{report}\" cannot be used:"
    )
    static let reportWithoutColumns = MessageKey(
        "report.no_columns",
        zhCN: "没有列；请在 columns 中至少给出一列",
        zhTW: "沒有欄；請在 columns 中至少給出一欄",
        en: "it has no columns; give at least one in columns"
    )
    static let reportTooWide = MessageKey(
        "report.too_wide",
        zhCN: "列数超过上限 {limit}",
        zhTW: "欄數超過上限 {limit}",
        en: "it has more than {limit} columns"
    )
    static let reportTooLong = MessageKey(
        "report.too_long",
        zhCN: "行数超过上限 {limit}；请先汇总",
        zhTW: "列數超過上限 {limit}；請先彙總",
        en: "it has more than {limit} rows; aggregate first"
    )
    static let reportColumnTwice = MessageKey(
        "report.column_twice",
        zhCN: "列名「{column}」为空或重复",
        zhTW: "欄名「{column}」為空或重複",
        en: "the column name \"{column}\" is empty or used twice"
    )
    static let reportTotalOfText = MessageKey(
        "report.total_of_text",
        zhCN: "列「{column}」不是数值，不能合计",
        zhTW: "欄「{column}」不是數值，不能合計",
        en: "the column \"{column}\" is not numeric and cannot have a total"
    )
    static let reportRowCount = MessageKey(
        "report.row_count",
        zhCN: "第 {row} 行有 {count} 个值，应为 {expected} 个",
        zhTW: "第 {row} 列有 {count} 個值，應為 {expected} 個",
        en: "row {row} has {count} values instead of {expected}"
    )
    static let reportValueType = MessageKey(
        "report.value_type",
        zhCN: "第 {row} 行、列「{column}」的值「{value}」不是 {type}",
        zhTW: "第 {row} 列、欄「{column}」的值「{value}」不是 {type}",
        en: "row {row}, column \"{column}\": \"{value}\" is not of the type {type}"
    )
    static let reportChartEmpty = MessageKey(
        "report.chart_empty",
        zhCN: "图表需要 1 至 8 个数值列",
        zhTW: "圖表需要 1 至 8 個數值欄",
        en: "a chart needs 1 to 8 value columns"
    )
    static let reportChartFunnel = MessageKey(
        "report.chart_funnel",
        zhCN: "漏斗图只能有一个数值列",
        zhTW: "漏斗圖只能有一個數值欄",
        en: "a funnel has one value column"
    )
    static let reportChartColumn = MessageKey(
        "report.chart_column",
        zhCN: "图表引用的列「{column}」不存在。现有列：{known}",
        zhTW: "圖表引用的欄「{column}」不存在。現有欄：{known}",
        en: "the chart names the column \"{column}\", which does not exist. Columns here: {known}"
    )
    static let reportChartOfText = MessageKey(
        "report.chart_of_text",
        zhCN: "图表的列「{column}」不是数值",
        zhTW: "圖表的欄「{column}」不是數值",
        en: "the chart's column \"{column}\" is not numeric"
    )
}
