extension MessageKey {
    package static let metadataProblem = MessageKey(
        "metadata.problem",
        zhCN: "{place}：{message}",
        zhTW: "{place}：{message}",
        en: "{place}: {message}"
    )
    package static let invalidMetadata = MessageKey(
        "metadata.invalid",
        zhCN: "插件「{plugin}」的元数据有 {count} 处错误，没有任何改动：",
        zhTW: "外掛「{plugin}」的中繼資料有 {count} 處錯誤，沒有任何變更：",
        en: "The metadata of plugin \"{plugin}\" has {count} mistake(s); nothing was changed:"
    )
    package static let metadataWrongType = MessageKey(
        "metadata.wrong_type",
        zhCN: "类型不对，应为 {expected}",
        zhTW: "類型不對，應為 {expected}",
        en: "wrong kind of value, expected {expected}"
    )
    package static let metadataUnknownKey = MessageKey(
        "metadata.unknown_key",
        zhCN: "不认识的属性「{key}」。是否想写 {hint}？可用的属性：{allowed}",
        zhTW: "不認識的屬性「{key}」。是否想寫 {hint}？可用的屬性：{allowed}",
        en: "unknown property \"{key}\". Did you mean {hint}? Properties allowed here: {allowed}"
    )
    package static let metadataStrangeKey = MessageKey(
        "metadata.strange_key",
        zhCN: "不认识的属性「{key}」，请删去。可用的属性：{allowed}",
        zhTW: "不認識的屬性「{key}」，請刪去。可用的屬性：{allowed}",
        en: "unknown property \"{key}\"; remove it. Properties allowed here: {allowed}"
    )
    package static let metadataMissing = MessageKey(
        "metadata.missing",
        zhCN: "缺少属性「{key}」，请补上",
        zhTW: "缺少屬性「{key}」，請補上",
        en: "the property \"{key}\" is missing; add it"
    )
    static let metadataTooLong = MessageKey(
        "metadata.too_long",
        zhCN: "文字太长：一种语言最多 {limit} 字节",
        zhTW: "文字太長：一種語言最多 {limit} 位元組",
        en: "the text is too long: at most {limit} bytes in one language"
    )
    package static let metadataEmpty = MessageKey(
        "metadata.empty",
        zhCN: "不能为空",
        zhTW: "不能為空",
        en: "must not be empty"
    )
    package static let metadataRange = MessageKey(
        "metadata.range",
        zhCN: "应为 {low} 到 {high} 之间的整数",
        zhTW: "應為 {low} 到 {high} 之間的整數",
        en: "must be a whole number from {low} to {high}"
    )
    package static let metadataBadName = MessageKey(
        "metadata.bad_name",
        zhCN: "名称「{name}」不合规：小写英文字母开头，只含小写字母、数字和下划线，最多 63 个字符",
        zhTW: "名稱「{name}」不合規：小寫英文字母開頭，只含小寫字母、數字和底線，最多 63 個字元",
        en:
            "\"{name}\" is not a legal name: begin with a lower-case letter, use only a-z, 0-9 and _, at most 63 characters"
    )
    package static let metadataReservedName = MessageKey(
        "metadata.reserved_name",
        zhCN: "名称「{name}」留给平台自己使用，请另起名称；保留的有：{words}",
        zhTW: "名稱「{name}」留給平台自己使用，請另起名稱；保留的有：{words}",
        en: "\"{name}\" is a name of the platform's own; choose another one. Reserved are: {words}"
    )
    package static let metadataSystemField = MessageKey(
        "metadata.system_field",
        zhCN: "字段「{name}」是平台给每条记录的，不能再定义；请另起名称，如 {object}_{name}",
        zhTW: "欄位「{name}」是平台給每筆記錄的，不能再定義；請另起名稱，如 {object}_{name}",
        en:
            "\"{name}\" is a field of the platform's own that every record has; choose another name, such "
            + "as {object}_{name}"
    )
    package static let metadataKeyword = MessageKey(
        "metadata.keyword",
        zhCN: "字段不能叫「{name}」：它是条件表达式里的词；请另起名称",
        zhTW: "欄位不能叫「{name}」：它是條件運算式裡的詞；請另起名稱",
        en: "a field cannot be called \"{name}\", which is a word of the expression language; choose another name"
    )
    package static let metadataTooManyFields = MessageKey(
        "metadata.too_many_fields",
        zhCN: "对象「{object}」有 {count} 个字段，最多 {limit} 个（平台另有 6 个）；请把一部分放到另一个对象",
        zhTW: "物件「{object}」有 {count} 個欄位，最多 {limit} 個（平台另有 6 個）；請把一部分放到另一個物件",
        en:
            "the object \"{object}\" has {count} fields; at most {limit} are possible besides the "
            + "platform's 6. Move some to another object"
    )
    package static let metadataBadOption = MessageKey(
        "metadata.bad_option",
        zhCN: "默认值「{value}」不是字典「{dictionary}」的选项",
        zhTW: "預設值「{value}」不是字典「{dictionary}」的選項",
        en: "the default \"{value}\" is no option of the dictionary \"{dictionary}\""
    )
    package static let metadataDefaultReference = MessageKey(
        "metadata.default_reference",
        zhCN: "引用字段不能有默认值：记录编号因文件而异；请用 before_validate 钩子填写",
        zhTW: "參照欄位不能有預設值：記錄編號因檔案而異；請用 before_validate 鉤子填寫",
        en:
            "a reference cannot have a default, since numbers of records differ from file to file; fill it "
            + "in a before_validate hook"
    )
    package static let metadataClearRequired = MessageKey(
        "metadata.clear_required",
        zhCN: "必填的引用不能用 on_delete: clear，清空后记录就不合规；请改用 restrict 或 cascade",
        zhTW: "必填的參照不能用 on_delete: clear，清空後記錄就不合規；請改用 restrict 或 cascade",
        en:
            "a required reference cannot have on_delete: clear, which would leave the record without it; "
            + "use restrict or cascade"
    )
    package static let metadataTitleChildren = MessageKey(
        "metadata.title_children",
        zhCN: "title_field「{field}」是子表，没有可作标题的值；请选一个有值的字段",
        zhTW: "title_field「{field}」是子表，沒有可作標題的值；請選一個有值的欄位",
        en: "the title field \"{field}\" holds child rows, which make no title; choose a field with a value"
    )
    package static let metadataTextLength = MessageKey(
        "metadata.text_length",
        zhCN: "最长 {limit} 个字符，现有 {count} 个",
        zhTW: "最長 {limit} 個字元，現有 {count} 個",
        en: "at most {limit} characters; there are {count}"
    )
    package static let metadataLineBreak = MessageKey(
        "metadata.line_break",
        zhCN: "标签只能有一行，不能含换行等控制字符",
        zhTW: "標籤只能有一行，不能含換行等控制字元",
        en: "a label is one line without control characters"
    )
    package static let metadataChoice = MessageKey(
        "metadata.choice",
        zhCN: "不支持的值「{value}」，可用：{allowed}",
        zhTW: "不支援的值「{value}」，可用：{allowed}",
        en: "\"{value}\" is not one of: {allowed}"
    )
    package static let metadataLanguage = MessageKey(
        "metadata.language",
        zhCN: "不支持的语言「{tag}」，可用：zh-CN, zh-TW, en",
        zhTW: "不支援的語言「{tag}」，可用：zh-CN, zh-TW, en",
        en: "the language \"{tag}\" is not supported; use zh-CN, zh-TW, en"
    )
    static let metadataTaken = MessageKey(
        "metadata.taken",
        zhCN: "「{name}」已经定义过（{where}）；请给这里的改名，如以「{prefix}」开头",
        zhTW: "「{name}」已經定義過（{where}）；請給這裡的改名，如以「{prefix}」開頭",
        en:
            "\"{name}\" is defined already ({where}); rename the one here, such as with \"{prefix}\" before it"
    )
    package static let metadataDuplicate = MessageKey(
        "metadata.duplicate",
        zhCN: "「{name}」已经定义过（{where}），请改名或删去一个",
        zhTW: "「{name}」已經定義過（{where}），請改名或刪去一個",
        en: "\"{name}\" is defined already ({where}); rename or remove one"
    )
    package static let metadataUnknownReference = MessageKey(
        "metadata.unknown_reference",
        zhCN: "没有名为「{name}」的{kind}。是否想写 {hint}？",
        zhTW: "沒有名為「{name}」的{kind}。是否想寫 {hint}？",
        en: "there is no {kind} named \"{name}\". Did you mean {hint}?"
    )
    package static let metadataUnknownAltogether = MessageKey(
        "metadata.unknown_altogether",
        zhCN: "没有名为「{name}」的{kind}{known}{advice}",
        zhTW: "沒有名為「{name}」的{kind}{known}{advice}",
        en: "there is no {kind} named \"{name}\"{known}{advice}"
    )
    package static let metadataKnown = MessageKey(
        "metadata.known",
        zhCN: "（现有：{names}）",
        zhTW: "（現有：{names}）",
        en: " (there are: {names})"
    )
    package static let metadataAddToDepends = MessageKey(
        "metadata.add_to_depends",
        zhCN: "；如果它由另一个插件定义，请把该插件写进 plugin.json 的 depends",
        zhTW: "；如果它由另一個外掛定義，請把該外掛寫進 plugin.json 的 depends",
        en: "; if another plugin defines it, add that plugin to depends in plugin.json"
    )
    package static let metadataNotForType = MessageKey(
        "metadata.not_for_type",
        zhCN: "类型为 {type} 的字段不能有属性「{key}」",
        zhTW: "類型為 {type} 的欄位不能有屬性「{key}」",
        en: "a field of type {type} cannot have the property \"{key}\""
    )
    package static let metadataBadDefault = MessageKey(
        "metadata.bad_default",
        zhCN: "默认值「{value}」不适合类型 {type}",
        zhTW: "預設值「{value}」不適合類型 {type}",
        en: "the default \"{value}\" does not fit the type {type}"
    )
    static let metadataNoLanguage = MessageKey(
        "metadata.no_language",
        zhCN: "一种语言也没有；请写 {\"zh-CN\": \"…\", \"zh-TW\": \"…\", \"en\": \"…\"} 或一段文本",
        zhTW: "一種語言也沒有；請寫 {\"zh-CN\": \"…\", \"zh-TW\": \"…\", \"en\": \"…\"} 或一段文字",
        en: "no language is there; write {\"zh-CN\": \"…\", \"zh-TW\": \"…\", \"en\": \"…\"} or one text"
    )
    package static let metadataBadPattern = MessageKey(
        "metadata.bad_pattern",
        zhCN: "「{pattern}」不是合法的正则表达式（第 {place} 个字符）",
        zhTW: "「{pattern}」不是合法的正規表示式（第 {place} 個字元）",
        en: "\"{pattern}\" is not a legal regular expression (character {place})"
    )
    package static let metadataPatternPart = MessageKey(
        "metadata.pattern_part",
        zhCN: "正则表达式「{pattern}」中的 {part} 不受支持：匹配时间须有上限。可用：[…]、\\d \\w \\s、\\p{Han}、( )、|、* + ? {m,n}、^ $ \\b、(?i)",
        zhTW: "正規表示式「{pattern}」中的 {part} 不受支援：比對時間須有上限。可用：[…]、\\d \\w \\s、\\p{Han}、( )、|、* + ? {m,n}、^ $ \\b、(?i)",
        en:
            "{part} in the regular expression \"{pattern}\" is not supported: matching must have a limit of time. There are "
            + "[…], \\d \\w \\s, \\p{Han}, ( ), |, * + ? {m,n}, ^ $ \\b and (?i)"
    )
    package static let metadataPatternLarge = MessageKey(
        "metadata.pattern_large",
        zhCN: "正则表达式「{pattern}」太大（展开后超过 {limit} 步）；请减少重复次数",
        zhTW: "正規表示式「{pattern}」太大（展開後超過 {limit} 步）；請減少重複次數",
        en: "the regular expression \"{pattern}\" is too large (more than {limit} steps when written out); repeat less"
    )
    package static let metadataPatternLong = MessageKey(
        "metadata.pattern_long",
        zhCN: "正则表达式「{pattern}」用于最长 {length} 个字符的字段太慢；请把 max_length 减到 {most} 以内，或简化它",
        zhTW: "正規表示式「{pattern}」用於最長 {length} 個字元的欄位太慢；請把 max_length 減到 {most} 以內，或簡化它",
        en:
            "the regular expression \"{pattern}\" is too slow for values of {length} characters; bring max_length down to "
            + "{most}, or make it simpler"
    )
    package static let metadataCodePattern = MessageKey(
        "metadata.code_pattern",
        zhCN: "编码格式「{pattern}」不合规：可用 {yyyy} {yy} {MM} {dd} {seq:N} 和字段名，且必须恰有一个 seq",
        zhTW: "編碼格式「{pattern}」不合規：可用 {yyyy} {yy} {MM} {dd} {seq:N} 和欄位名，且必須恰有一個 seq",
        en:
            "the code pattern \"{pattern}\" is not legal: use {yyyy} {yy} {MM} {dd} {seq:N} and field names, with exactly one seq"
    )
    package static let metadataCodeReset = MessageKey(
        "metadata.code_reset",
        zhCN: "编码按 {reset} 重新计数，但格式「{pattern}」里没有相应的日期部分，会产生重复编码；请加上 {needed}",
        zhTW: "編碼按 {reset} 重新計數，但格式「{pattern}」裡沒有相應的日期部分，會產生重複編碼；請加上 {needed}",
        en:
            "the serial starts again each {reset}, but the pattern \"{pattern}\" does not show it, so codes would repeat; add {needed}"
    )
    package static let metadataCodeNoDay = MessageKey(
        "metadata.code_no_day",
        zhCN: "编码格式「{pattern}」里没有 {yyyy}、{yy}、{MM} 或 {dd}，date_field 不起作用；请删去其一或补上",
        zhTW: "編碼格式「{pattern}」裡沒有 {yyyy}、{yy}、{MM} 或 {dd}，date_field 不起作用；請刪去其一或補上",
        en:
            "the code pattern \"{pattern}\" shows no {yyyy}, {yy}, {MM} or {dd}, so date_field does nothing; "
            + "remove it or add one"
    )
    package static let metadataCodeDate = MessageKey(
        "metadata.code_date",
        zhCN: "date_field「{field}」的类型是 {type}，应为 date 或 date_time",
        zhTW: "date_field「{field}」的類型是 {type}，應為 date 或 date_time",
        en: "the field \"{field}\" of date_field is of type {type}; it must be a date or date_time"
    )
    package static let metadataCodeOtherField = MessageKey(
        "metadata.code_other_field",
        zhCN: "编码规则「{rule}」是字段「{field}」的，不能再用于别的字段；请另写一条规则",
        zhTW: "編碼規則「{rule}」是欄位「{field}」的，不能再用於別的欄位；請另寫一條規則",
        en:
            "the code rule \"{rule}\" is for the field \"{field}\"; two fields cannot share a counter, "
            + "write another rule"
    )
    package static let metadataCodeScope = MessageKey(
        "metadata.code_scope",
        zhCN: "编码规则「{rule}」的 scope 不能有字段「{field}」：它没有存储的值",
        zhTW: "編碼規則「{rule}」的 scope 不能有欄位「{field}」：它沒有儲存的值",
        en: "the scope of the code rule \"{rule}\" cannot have the field \"{field}\", which holds no value of its own"
    )
    package static let metadataPrefix = MessageKey(
        "metadata.prefix",
        zhCN: "扩展其他插件的对象时，字段名必须以「{prefix}」开头",
        zhTW: "擴充其他外掛的物件時，欄位名必須以「{prefix}」開頭",
        en: "a field added to another plugin's object must have a name that begins with \"{prefix}\""
    )
    package static let metadataFileName = MessageKey(
        "metadata.file_name",
        zhCN: "文件名应为「{expected}」，与其中的名称一致",
        zhTW: "檔名應為「{expected}」，與其中的名稱一致",
        en: "the file must be called \"{expected}\", as the name inside says"
    )
    package static let metadataExpression = MessageKey(
        "metadata.expression",
        zhCN: "条件「{condition}」有误：{message}",
        zhTW: "條件「{condition}」有誤：{message}",
        en: "the condition \"{condition}\" is wrong: {message}"
    )
}
