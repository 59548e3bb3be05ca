extension MessageKey {
    package static let expressionLocated = MessageKey(
        "expression.located",
        zhCN: "表达式第 {column} 个字符处：{message}\n  {expression}\n  {caret}",
        zhTW: "運算式第 {column} 個字元處：{message}\n  {expression}\n  {caret}",
        en: "At character {column} of the expression: {message}\n  {expression}\n  {caret}"
    )
    static let expressionMasked = MessageKey(
        "expression.masked",
        zhCN: "「{field}」对您只显示一部分，不能用于条件、排序、分组和计算",
        zhTW: "「{field}」對您只顯示一部分，不能用於條件、排序、分組和計算",
        en: "{field} is shown to you in part only, so it cannot be used in conditions, orders, groups and figures"
    )
    static let expressionUserForRecord = MessageKey(
        "expression.user_for_record",
        zhCN: "me()、created_by、updated_by 是用户，这里要的是「{object}」的记录；与用户有关的请写 created_by = me()，记录请写其名称或编码",
        zhTW: "me()、created_by、updated_by 是使用者，這裡要的是「{object}」的記錄；與使用者有關的請寫 created_by = me()，記錄請寫其名稱或編碼",
        en:
            "me(), created_by and updated_by are users, and a record of {object} is wanted here; write created_by = me() for users, and the name or code of the record"
    )
    static let expressionOtherRecords = MessageKey(
        "expression.other_records",
        zhCN: "「{left}」的记录不能与「{right}」的记录比较",
        zhTW: "「{left}」的記錄不能與「{right}」的記錄比較",
        en: "records of {left} cannot be compared with records of {right}"
    )
    static let expressionUnexpected = MessageKey(
        "expression.unexpected",
        zhCN: "这里是「{found}」，应为{expected}",
        zhTW: "這裡是「{found}」，應為{expected}",
        en: "found \"{found}\", expected {expected}"
    )
    static let expressionEnd = MessageKey(
        "expression.end",
        zhCN: "表达式结尾",
        zhTW: "運算式結尾",
        en: "the end of the expression"
    )
    static let expressionOperand = MessageKey(
        "expression.operand",
        zhCN: "字段、值或函数",
        zhTW: "欄位、值或函式",
        en: "a field, a value or a function"
    )
    static let expressionOperator = MessageKey(
        "expression.operator",
        zhCN: "运算符，如 =、and、in 或结尾",
        zhTW: "運算子，如 =、and、in 或結尾",
        en: "an operator such as =, and, in, or the end"
    )
    static let expressionListEnd = MessageKey(
        "expression.list_end",
        zhCN: "逗号或右括号",
        zhTW: "逗號或右括號",
        en: "a comma or a closing bracket"
    )
    static let expressionChained = MessageKey(
        "expression.chained",
        zhCN: "比较不能连写，请用 between … and … 或 and",
        zhTW: "比較不能連寫，請用 between … and … 或 and",
        en: "comparisons cannot be chained; use between … and …, or and"
    )
    static let expressionUnterminated = MessageKey(
        "expression.unterminated",
        zhCN: "文字缺少结尾的引号；文字中的单引号要写两个",
        zhTW: "文字缺少結尾的引號；文字中的單引號要寫兩個",
        en: "the text has no closing quote; write a quote within a text twice"
    )
    static let expressionBadCharacter = MessageKey(
        "expression.bad_character",
        zhCN: "这里不能用「{found}」；文字要写在单引号里",
        zhTW: "這裡不能用「{found}」；文字要寫在單引號裡",
        en: "\"{found}\" has no meaning here; texts are written in single quotes"
    )
    static let expressionBadNumber = MessageKey(
        "expression.bad_number",
        zhCN: "数字「{found}」不能精确保存：最多 18 位数字、9 位小数",
        zhTW: "數字「{found}」不能精確保存：最多 18 位數字、9 位小數",
        en: "the number \"{found}\" cannot be kept exactly: at most 18 digits and 9 decimal places"
    )
    static let expressionTooLong = MessageKey(
        "expression.too_long",
        zhCN: "表达式过长：最多 {limit} 个字符",
        zhTW: "運算式過長：最多 {limit} 個字元",
        en: "the expression is too long: at most {limit} characters"
    )
    static let expressionTooDeep = MessageKey(
        "expression.too_deep",
        zhCN: "表达式嵌套过深：最多 {limit} 层",
        zhTW: "運算式巢狀過深：最多 {limit} 層",
        en: "the expression is nested too deeply: at most {limit} levels"
    )
    static let expressionTooManyTerms = MessageKey(
        "expression.too_many_terms",
        zhCN: "表达式的项过多：最多 {limit} 个字段和值",
        zhTW: "運算式的項過多：最多 {limit} 個欄位和值",
        en: "the expression has too many terms: at most {limit} fields and values"
    )
    package static let expressionUnknownField = MessageKey(
        "expression.unknown_field",
        zhCN: "对象「{object}」没有字段「{field}」{hint}",
        zhTW: "物件「{object}」沒有欄位「{field}」{hint}",
        en: "the object \"{object}\" has no field \"{field}\"{hint}"
    )
    static let expressionDidYouMean = MessageKey(
        "expression.did_you_mean",
        zhCN: "，是不是「{name}」？",
        zhTW: "，是不是「{name}」？",
        en: "; did you mean \"{name}\"?"
    )
    static let expressionQuoteText = MessageKey(
        "expression.quote_text",
        zhCN: "{hint}（文字要写在单引号里：'{text}'）",
        zhTW: "{hint}（文字要寫在單引號裡：'{text}'）",
        en: "{hint} (texts are written in single quotes: '{text}')"
    )
    static let expressionReferenceText = MessageKey(
        "expression.reference_text",
        zhCN: "这里应为文字，而这个字段是引用；请在后面加上所引用记录的字段，如 .{title}",
        zhTW: "這裡應為文字，而這個欄位是參照；請在後面加上所參照記錄的欄位，如 .{title}",
        en: "expected a text, and this field is a reference; name a field of what it refers to behind it, as .{title}"
    )
    static let expressionUseSingleQuotes = MessageKey(
        "expression.use_single_quotes",
        zhCN: "；双引号里是字段名，文字请用单引号",
        zhTW: "；雙引號裡是欄位名，文字請用單引號",
        en: "; double quotes hold names of fields, write texts in single quotes"
    )
    package static let expressionUnknownFunction = MessageKey(
        "expression.unknown_function",
        zhCN: "没有函数「{name}」{hint}。可用的函数：{known}",
        zhTW: "沒有函式「{name}」{hint}。可用的函式：{known}",
        en: "there is no function \"{name}\"{hint}. Functions: {known}"
    )
    static let expressionArguments = MessageKey(
        "expression.arguments",
        zhCN: "函数 {function} 的写法是 {usage}",
        zhTW: "函式 {function} 的寫法是 {usage}",
        en: "the function {function} is written {usage}"
    )
    package static let expressionNotReference = MessageKey(
        "expression.not_reference",
        zhCN: "「{field}」不是引用字段，后面不能再加点号",
        zhTW: "「{field}」不是參照欄位，後面不能再加點號",
        en: "\"{field}\" is not a reference, so no field can follow it"
    )
    static let expressionChildren = MessageKey(
        "expression.children",
        zhCN: "「{field}」是明细行，不能用在表达式里",
        zhTW: "「{field}」是明細列，不能用在運算式裡",
        en: "\"{field}\" is a list of child rows and cannot be used in an expression"
    )
    static let expressionTooManyHops = MessageKey(
        "expression.too_many_hops",
        zhCN: "引用最多连续 {limit} 层",
        zhTW: "參照最多連續 {limit} 層",
        en: "at most {limit} references can be followed"
    )
    static let expressionMismatch = MessageKey(
        "expression.mismatch",
        zhCN: "{left}不能与{right}比较或运算；文字和日期要写在单引号里，如 '2026-01-01'",
        zhTW: "{left}不能與{right}比較或運算；文字和日期要寫在單引號裡，如 '2026-01-01'",
        en:
            "{left} cannot be compared or combined with {right}; texts and days are written in single quotes, as '2026-01-01'"
    )
    static let expressionNeeds = MessageKey(
        "expression.needs",
        zhCN: "这里应为{expected}，实际是{found}",
        zhTW: "這裡應為{expected}，實際是{found}",
        en: "expected {expected}, found {found}"
    )
    static let expressionUnreadable = MessageKey(
        "expression.unreadable",
        zhCN: "「{text}」不是{expected}",
        zhTW: "「{text}」不是{expected}",
        en: "\"{text}\" is not {expected}"
    )
    static let expressionMoment = MessageKey(
        "expression.moment",
        zhCN: "「{text}」有误：{problem}",
        zhTW: "「{text}」有誤：{problem}",
        en: "\"{text}\": {problem}"
    )
    static let expressionUnknownOption = MessageKey(
        "expression.unknown_option",
        zhCN: "字典「{dictionary}」没有选项「{value}」。可选：{options}",
        zhTW: "字典「{dictionary}」沒有選項「{value}」。可選：{options}",
        en: "the dictionary \"{dictionary}\" has no option \"{value}\". Options: {options}"
    )
    static let expressionAmbiguousOption = MessageKey(
        "expression.ambiguous_option",
        zhCN: "字典「{dictionary}」里「{value}」可以是不止一个选项，请写其中一个的值：{options}",
        zhTW: "字典「{dictionary}」裡「{value}」可以是不止一個選項，請寫其中一個的值：{options}",
        en:
            "\"{value}\" may be more than one option of the dictionary \"{dictionary}\"; write the value of one: {options}"
    )
    static let expressionPlaceholders = MessageKey(
        "expression.placeholders",
        zhCN: "表达式有 {expected} 个占位符「?」，却给了 {given} 个参数",
        zhTW: "運算式有 {expected} 個占位符「?」，卻給了 {given} 個參數",
        en: "the expression has {expected} placeholder(s) \"?\", but {given} parameter(s) were given"
    )
    static let expressionConstantPattern = MessageKey(
        "expression.constant_pattern",
        zhCN: "like、contains、starts with 的右边应为文字，如 '华%'",
        zhTW: "like、contains、starts with 的右邊應為文字，如 '華%'",
        en: "the right side of like, contains and starts with must be a text such as 'A%'"
    )
    package static let expressionOutOfRange = MessageKey(
        "expression.out_of_range",
        zhCN: "计算结果超出可精确保存的范围",
        zhTW: "計算結果超出可精確保存的範圍",
        en: "the result is beyond what can be kept exactly"
    )
    package static let expressionDayRange = MessageKey(
        "expression.day_range",
        zhCN: "算出的日期超出 1 到 9999 年，请减少天数",
        zhTW: "算出的日期超出 1 到 9999 年，請減少天數",
        en: "the day that this gives lies outside the years 1 to 9999; use fewer days"
    )
    package static let kindCondition = MessageKey(
        "expression.kind_condition",
        zhCN: "条件（是/否）",
        zhTW: "條件（是/否）",
        en: "a condition"
    )
    package static let kindNumber = MessageKey("expression.kind_number", zhCN: "数字", zhTW: "數字", en: "a number")
    package static let kindInteger = MessageKey("expression.kind_integer", zhCN: "整数", zhTW: "整數", en: "a whole number")
    package static let kindText = MessageKey("expression.kind_text", zhCN: "文字", zhTW: "文字", en: "a text")
    package static let kindDate = MessageKey("expression.kind_date", zhCN: "日期", zhTW: "日期", en: "a date")
    package static let kindInstant = MessageKey(
        "expression.kind_instant",
        zhCN: "日期时间",
        zhTW: "日期時間",
        en: "a date with time"
    )
    package static let kindReference = MessageKey(
        "expression.kind_reference",
        zhCN: "记录编号",
        zhTW: "記錄編號",
        en: "the number of a record"
    )
    package static let kindNull = MessageKey("expression.kind_null", zhCN: "空值", zhTW: "空值", en: "null")
}
