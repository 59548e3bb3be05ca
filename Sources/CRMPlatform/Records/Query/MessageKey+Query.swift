package import CRMModel

extension MessageKey {
    static let queryNobody = MessageKey(
        "query.nobody",
        zhCN: "没有名为「{text}」的{object}，与它相等的条件不会成立{near}",
        zhTW: "沒有名為「{text}」的{object}，與它相等的條件不會成立{near}",
        en: "no record of {object} is called \"{text}\", so nothing equals it{near}"
    )
    static let queryNobodyNear = MessageKey(
        "query.nobody_near",
        zhCN: "；是不是：{names}",
        zhTW: "；是不是：{names}",
        en: "; did you mean: {names}"
    )
    static let queryBadSort = MessageKey(
        "query.bad_sort",
        zhCN: "排序「{sort}」写法不对，应如：name desc, id",
        zhTW: "排序「{sort}」寫法不對，應如：name desc, id",
        en: "the order \"{sort}\" makes no sense; write for example: name desc, id"
    )
    static let querySortField = MessageKey(
        "query.sort_field",
        zhCN: "只能按字段排序，「{sort}」不是字段",
        zhTW: "只能依欄位排序，「{sort}」不是欄位",
        en: "records are ordered by fields; \"{sort}\" is not one"
    )
    static let queryTooManyKeys = MessageKey(
        "query.too_many_keys",
        zhCN: "最多按 {limit} 个字段排序",
        zhTW: "最多依 {limit} 個欄位排序",
        en: "at most {limit} sort keys are possible"
    )
    static let queryLimit = MessageKey(
        "query.limit",
        zhCN: "limit 应为 1 到 {limit} 之间的整数",
        zhTW: "limit 應為 1 到 {limit} 之間的整數",
        en: "the limit must be from 1 to {limit}"
    )
    package static let queryCursor = MessageKey(
        "query.cursor",
        zhCN: "翻页标记属于另一个查询（对象、条件或排序不同），请用原来的查询，或从第一页重新开始",
        zhTW: "翻頁標記屬於另一個查詢（物件、條件或排序不同），請用原來的查詢，或從第一頁重新開始",
        en:
            "the page cursor belongs to another query: the object, the condition or the order differs; ask as before, or start again with the first page"
    )
    static let queryUnknownField = MessageKey(
        "query.unknown_field",
        zhCN: "对象「{object}」没有可读取的字段「{field}」",
        zhTW: "物件「{object}」沒有可讀取的欄位「{field}」",
        en: "the object \"{object}\" has no field \"{field}\" that can be read"
    )
    static let queryBadMeasure = MessageKey(
        "query.bad_measure",
        zhCN: "「{measure}」不是统计式，应为 count()、count_distinct(…)、sum(…)、avg(…)、min(…) 或 max(…)",
        zhTW: "「{measure}」不是統計式，應為 count()、count_distinct(…)、sum(…)、avg(…)、min(…) 或 max(…)",
        en: "\"{measure}\" is no measure; use count(), count_distinct(…), sum(…), avg(…), min(…) or max(…)"
    )
    static let queryMeasureKind = MessageKey(
        "query.measure_kind",
        zhCN: "「{measure}」不能这样统计：{found}",
        zhTW: "「{measure}」不能這樣統計：{found}",
        en: "\"{measure}\" cannot be worked out over {found}"
    )
    static let queryAliases = MessageKey(
        "query.aliases",
        zhCN: "统计的列名「{alias}」为空或重复",
        zhTW: "統計的欄名「{alias}」為空或重複",
        en: "the column name \"{alias}\" of the figures is empty or used twice"
    )
    static let queryTooManyTerms = MessageKey(
        "query.too_many_terms",
        zhCN: "分组和统计合计应为 1 到 {limit} 个",
        zhTW: "分組和統計合計應為 1 到 {limit} 個",
        en: "there must be from 1 to {limit} groups and measures"
    )
    static let queryUnknownAlias = MessageKey(
        "query.unknown_alias",
        zhCN: "没有名为「{alias}」的分组或统计，可用：{known}",
        zhTW: "沒有名為「{alias}」的分組或統計，可用：{known}",
        en: "there is no group or measure named \"{alias}\"; there are: {known}"
    )
    static let queryTooDeep = MessageKey(
        "query.too_deep",
        zhCN: "条件嵌套过深，无法查询；请减少层层相套的除法、函数和括号",
        zhTW: "條件巢狀過深，無法查詢；請減少層層相套的除法、函式和括號",
        en: "the condition is nested too deeply to be queried; nest fewer divisions, functions and brackets"
    )
    static let queryMeasureRange = MessageKey(
        "query.measure_range",
        zhCN: "「{measure}」的结果超出可精确保存的范围：不计小数点最多约 9.2×10^18；请用 round 减少小数位，或缩小范围",
        zhTW: "「{measure}」的結果超出可精確保存的範圍：不計小數點最多約 9.2×10^18；請用 round 減少小數位，或縮小範圍",
        en: "\"{measure}\" is beyond what can be kept exactly: about 9.2×10^18 without its decimal point; "
            + "use round for fewer places, or take fewer records"
    )
}
