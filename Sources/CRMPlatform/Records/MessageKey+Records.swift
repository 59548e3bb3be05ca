package import CRMModel

package import struct Foundation.TimeZone

extension MessageKey {
    // MARK: - Fields

    package static let fieldRequired = MessageKey(
        "field.required",
        zhCN: "「{field}」不能为空",
        zhTW: "「{field}」不能為空",
        en: "{field} must not be empty"
    )
    package static let fieldUnknown = MessageKey(
        "field.unknown",
        zhCN: "对象「{object}」没有字段「{name}」。是否想写 {hint}？",
        zhTW: "物件「{object}」沒有欄位「{name}」。是否想寫 {hint}？",
        en: "{object} has no field \"{name}\". Did you mean {hint}?"
    )
    package static let fieldReadOnly = MessageKey(
        "field.read_only",
        zhCN: "「{field}」由系统维护，不能填写",
        zhTW: "「{field}」由系統維護，不能填寫",
        en: "{field} is kept by the system and cannot be given"
    )
    package static let fieldKind = MessageKey(
        "field.kind",
        zhCN: "「{field}」应为{kind}，收到「{value}」",
        zhTW: "「{field}」應為{kind}，收到「{value}」",
        en: "{field} must be {kind}, not \"{value}\""
    )
    package static let fieldInput = MessageKey(
        "field.input",
        zhCN: "「{field}」的值「{value}」有误：{problem}",
        zhTW: "「{field}」的值「{value}」有誤：{problem}",
        en: "{field}: \"{value}\" — {problem}"
    )
    package static let fieldTooLong = MessageKey(
        "field.too_long",
        zhCN: "「{field}」最多 {limit} 个字符，现有 {count} 个",
        zhTW: "「{field}」最多 {limit} 個字元，現有 {count} 個",
        en: "{field} may have at most {limit} characters; it has {count}"
    )
    package static let fieldTooSmall = MessageKey(
        "field.too_small",
        zhCN: "「{field}」不能小于 {limit}",
        zhTW: "「{field}」不能小於 {limit}",
        en: "{field} must not be less than {limit}"
    )
    package static let fieldTooGreat = MessageKey(
        "field.too_great",
        zhCN: "「{field}」不能大于 {limit}",
        zhTW: "「{field}」不能大於 {limit}",
        en: "{field} must not be greater than {limit}"
    )
    package static let fieldPattern = MessageKey(
        "field.pattern",
        zhCN: "「{field}」的格式不对，应符合 {pattern}",
        zhTW: "「{field}」的格式不對，應符合 {pattern}",
        en: "{field} does not have the form {pattern}"
    )
    package static let fieldEmail = MessageKey(
        "field.email",
        zhCN: "「{field}」不是有效的邮箱地址：「{value}」",
        zhTW: "「{field}」不是有效的郵件地址：「{value}」",
        en: "{field} is not an e-mail address: \"{value}\""
    )
    package static let fieldPhone = MessageKey(
        "field.phone",
        zhCN: "「{field}」不是有效的电话号码：「{value}」",
        zhTW: "「{field}」不是有效的電話號碼：「{value}」",
        en: "{field} is not a telephone number: \"{value}\""
    )
    package static let fieldControl = MessageKey(
        "field.control",
        zhCN: "「{field}」不能含有空字符",
        zhTW: "「{field}」不能含有空字元",
        en: "{field} must not hold the character NUL"
    )
    package static let fieldCodeControl = MessageKey(
        "field.code_control",
        zhCN: "「{field}」不能含有换行、制表符等控制字符：{value}",
        zhTW: "「{field}」不能含有換行、定位字元等控制字元：{value}",
        en: "{field} must not hold line breaks, tabs and other control characters: {value}"
    )
    package static let fieldOption = MessageKey(
        "field.option",
        zhCN: "「{field}」没有选项「{value}」，可选：{options}",
        zhTW: "「{field}」沒有選項「{value}」，可選：{options}",
        en: "{field} has no option \"{value}\"; choose from: {options}"
    )
    package static let fieldOptionAmbiguous = MessageKey(
        "field.option_ambiguous",
        zhCN: "「{field}」的「{value}」可以是不止一个选项，请填写其中一个的值：{options}",
        zhTW: "「{field}」的「{value}」可以是不止一個選項，請填寫其中一個的值：{options}",
        en: "\"{value}\" may be more than one option of {field}; give the value of one: {options}"
    )
    package static let fieldTooManyBytes = MessageKey(
        "field.too_many_bytes",
        zhCN: "「{field}」最多 {limit} 个字，即 {bytes} 字节，现有 {size} 字节；请删去多余的文字或叠加的符号",
        zhTW: "「{field}」最多 {limit} 個字，即 {bytes} 位元組，現有 {size} 位元組；請刪去多餘的文字或疊加的符號",
        en:
            "{field} takes {limit} characters, that is {bytes} bytes, and has {size} bytes; remove text or stacked marks"
    )
    package static let fieldOptionRetired = MessageKey(
        "field.option_retired",
        zhCN: "「{field}」的选项「{value}」已停用",
        zhTW: "「{field}」的選項「{value}」已停用",
        en: "the option \"{value}\" of {field} is retired"
    )
    package static let fieldOptionParent = MessageKey(
        "field.option_parent",
        zhCN: "「{field}」的选项「{value}」不属于{parent_field}「{parent}」",
        zhTW: "「{field}」的選項「{value}」不屬於{parent_field}「{parent}」",
        en: "the option \"{value}\" of {field} does not belong to {parent_field} \"{parent}\""
    )
    package static let fieldOptionNoParent = MessageKey(
        "field.option_no_parent",
        zhCN: "「{field}」的选项「{value}」要看{parent_field}，请先选择{parent_field}",
        zhTW: "「{field}」的選項「{value}」要看{parent_field}，請先選擇{parent_field}",
        en: "the option \"{value}\" of {field} depends on {parent_field}; choose {parent_field} first"
    )
    package static let fieldReference = MessageKey(
        "field.reference",
        zhCN: "「{field}」指向的记录 {value} 不存在",
        zhTW: "「{field}」指向的記錄 {value} 不存在",
        en: "{field} refers to {value}, which does not exist"
    )
    package static let fieldReferenceText = MessageKey(
        "field.reference_text",
        zhCN: "「{field}」：没有找到{object}「{value}」；可写编码、名称、编号或 {name}/42",
        zhTW: "「{field}」：沒有找到{object}「{value}」；可寫編碼、名稱、編號或 {name}/42",
        en: "{field}: there is no {object} \"{value}\"; give its code, its title, its number or {name}/42"
    )
    static let fieldReferenceTextInFile = MessageKey(
        "field.reference_text_in_file",
        zhCN: "「{field}」：没有找到{object}「{value}」；请写编码或名称",
        zhTW: "「{field}」：沒有找到{object}「{value}」；請寫編碼或名稱",
        en: "{field}: there is no {object} \"{value}\"; give its code or its title"
    )
    static let fieldReferenceAmbiguousInFile = MessageKey(
        "field.reference_ambiguous_in_file",
        zhCN: "「{field}」：名为「{value}」的{object}不止一个：{candidates}；请写编码，或写记录编号并在映射里对此列写 \"by\": \"number\"",
        zhTW: "「{field}」：名為「{value}」的{object}不止一個：{candidates}；請寫編碼，或寫記錄編號並在對應裡對此欄寫 \"by\": \"number\"",
        en:
            "{field}: more than one {object} is called \"{value}\": {candidates}; give a code, or the number of the record with \"by\": \"number\" for this column in the mapping"
    )
    static let fieldReferenceNumber = MessageKey(
        "field.reference_number",
        zhCN: "「{field}」：没有找到{object}「{value}」。文件里的数字不当作记录编号；如果它是本文件的记录编号，请在映射里对此列写 \"by\": \"number\"",
        zhTW: "「{field}」：沒有找到{object}「{value}」。檔案裡的數字不當作記錄編號；如果它是本檔案的記錄編號，請在對應裡對此欄寫 \"by\": \"number\"",
        en:
            "{field}: there is no {object} \"{value}\". Numbers in files are not taken for numbers of records; if they are, let the mapping say \"by\": \"number\" for this column"
    )
    static let fieldReferenceContradicted = MessageKey(
        "field.reference_contradicted",
        zhCN: "「{field}」：写的是「{value}」，而这里的{object}是「{here}」，编码与名称对不上；请改成要引用的那一个",
        zhTW: "「{field}」：寫的是「{value}」，而這裡的{object}是「{here}」，編碼與名稱對不上；請改成要參照的那一個",
        en:
            "{field}: \"{value}\" does not fit the {object} \"{here}\", which has that code and another title; name the one that is meant"
    )
    static let fieldReferenceForeign = MessageKey(
        "field.reference_foreign",
        zhCN:
            "「{field}」：「{value}」是另一个公司文件里的{object}，这里没有编码和名称都与它相同的记录{here}；请写这里的编码或名称，或在映射里对此列写 \"by\": \"title\"（按名称找）",
        zhTW:
            "「{field}」：「{value}」是另一個公司檔案裡的{object}，這裡沒有編碼和名稱都與它相同的記錄{here}；請寫這裡的編碼或名稱，或在對應裡對此欄寫 \"by\": \"title\"（按名稱找）",
        en:
            "{field}: \"{value}\" is a {object} of another company's file, and none here has that code and that title{here}; give the code or title of one here, or let the mapping say \"by\": \"title\" for this column"
    )
    static let fieldReferenceHere = MessageKey(
        "field.reference_here",
        zhCN: "（这里用此编码的是「{here}」）",
        zhTW: "（這裡用此編碼的是「{here}」）",
        en: " (the one with that code here is \"{here}\")"
    )
    package static let fieldReferenceAmbiguous = MessageKey(
        "field.reference_ambiguous",
        zhCN: "「{field}」：名为「{value}」的{object}不止一个：{candidates}；请写编码或 {name}/42 的形式",
        zhTW: "「{field}」：名為「{value}」的{object}不止一個：{candidates}；請寫編碼或 {name}/42 的形式",
        en: "{field}: more than one {object} is called \"{value}\": {candidates}; give a code or {name}/42"
    )
    package static let fieldUnique = MessageKey(
        "field.unique",
        zhCN: "「{field}」的值已被 {other} 使用",
        zhTW: "「{field}」的值已被 {other} 使用",
        en: "the value of {field} is used by {other} already"
    )
    package static let fieldCodeGiven = MessageKey(
        "field.code_given",
        zhCN: "「{field}」由编码规则自动生成，不能填写；原有的编码请用导入",
        zhTW: "「{field}」由編碼規則自動產生，不能填寫；原有的編碼請用匯入",
        en: "{field} is given by a code rule and cannot be set; codes that exist already come in by import"
    )

    // MARK: - Records

    package static let validationFailed = MessageKey(
        "record.validation_failed",
        zhCN: "{object}未保存，有 {count} 个问题：",
        zhTW: "{object}未儲存，有 {count} 個問題：",
        en: "The {object} was not saved, {count} problem(s):"
    )
    package static let recordNotFound = MessageKey(
        "record.not_found",
        zhCN: "记录 {record} 不存在",
        zhTW: "記錄 {record} 不存在",
        en: "There is no record {record}"
    )
    package static let recordConflict = MessageKey(
        "record.conflict",
        zhCN: "记录 {record} 已被他人修改：您读到的是第 {given} 版，现在是第 {current} 版。请重新读取后再保存",
        zhTW: "記錄 {record} 已被他人修改：您讀到的是第 {given} 版，現在是第 {current} 版。請重新讀取後再儲存",
        en:
            "{record} was changed by somebody else: you read version {given}, it is now version {current}. Read it again"
    )
    package static let recordDuplicate = MessageKey(
        "record.duplicate",
        zhCN: "与 {other}（{title}）重复：{reason}",
        zhTW: "與 {other}（{title}）重複：{reason}",
        en: "duplicate of {other} ({title}): {reason}"
    )
    static let recordSameFields = MessageKey(
        "record.same_fields",
        zhCN: "{fields}相同",
        zhTW: "{fields}相同",
        en: "the same {fields}"
    )
    static let recordSameBy = MessageKey(
        "record.same_by",
        zhCN: "{rule}（{fields}）",
        zhTW: "{rule}（{fields}）",
        en: "{rule} ({fields})"
    )
    static let recordSaverHook = MessageKey(
        "record.saver_hook",
        zhCN: "（插件「{plugin}」的 {point} 钩子，{source}）",
        zhTW: "（外掛「{plugin}」的 {point} 鉤子，{source}）",
        en: " (the {point} hook of the plugin \"{plugin}\", {source})"
    )
    static let recordSavedWithin = MessageKey(
        "record.saved_within",
        zhCN: "保存 {record} 时，钩子{hook}自己又保存了它，所以这次保存不能继续。要改正在保存的记录，请在 before_validate 或 before_save 里直接赋值"
            + "（rec.字段 = 值），不要用 crm.update",
        zhTW: "儲存 {record} 時，鉤子{hook}自己又儲存了它，所以這次儲存不能繼續。要改正在儲存的記錄，請在 before_validate 或 before_save 裡直接賦值"
            + "（rec.欄位 = 值），不要用 crm.update",
        en:
            "while {record} was being saved, a hook{hook} saved it as well, so this save cannot go on. To change the record "
            + "that is being saved, assign to it in before_validate or before_save (rec.field = value) instead of crm.update"
    )
    static let recordDeletedWithin = MessageKey(
        "record.deleted_within",
        zhCN: "保存 {record} 时，钩子{hook}把它删除了，所以这次保存不能继续。要拒绝保存请用 crm.reject，要在保存后删除请在 after_save 里做",
        zhTW: "儲存 {record} 時，鉤子{hook}把它刪除了，所以這次儲存不能繼續。要拒絕儲存請用 crm.reject，要在儲存後刪除請在 after_save 裡做",
        en:
            "while {record} was being saved, a hook{hook} deleted it, so this save cannot go on. Use crm.reject to refuse the "
            + "save, or delete it in after_save"
    )
    package static let recordReferred = MessageKey(
        "record.referred",
        zhCN: "{record} 不能删除：{count} 个{object}的「{field}」还指向它，例如 {example}",
        zhTW: "{record} 不能刪除：{count} 個{object}的「{field}」還指向它，例如 {example}",
        en: "{record} cannot be deleted: {count} {object} record(s) refer to it by {field}, such as {example}"
    )
    package static let saveTooDeep = MessageKey(
        "record.too_deep",
        zhCN: "钩子互相触发超过 {limit} 层，已停止。路径：{path}",
        zhTW: "鉤子互相觸發超過 {limit} 層，已停止。路徑：{path}",
        en: "hooks set each other off more than {limit} levels deep and were stopped. The path: {path}"
    )
    package static let codeFieldEmpty = MessageKey(
        "code.field_empty",
        zhCN: "编码规则「{rule}」需要「{field}」，但它是空的",
        zhTW: "編碼規則「{rule}」需要「{field}」，但它是空的",
        en: "the code rule \"{rule}\" needs {field}, which is empty"
    )
    package static let codeNotText = MessageKey(
        "code.not_text",
        zhCN: "编码规则「{rule}」没有给出编码",
        zhTW: "編碼規則「{rule}」沒有給出編碼",
        en: "the code rule \"{rule}\" gave no code"
    )

    package static let codeUnfit = MessageKey(
        "code.unfit",
        zhCN: "编码规则「{rule}」给出的编码不能保存：{problem}",
        zhTW: "編碼規則「{rule}」給出的編碼不能儲存：{problem}",
        en: "the code that the code rule \"{rule}\" gave cannot be saved: {problem}"
    )

    // MARK: - Kinds of values

    static let kindText = MessageKey("kind.text", zhCN: "文本", zhTW: "文字", en: "text")
    static let kindInteger = MessageKey("kind.integer", zhCN: "整数", zhTW: "整數", en: "a whole number")
    static let kindDecimal = MessageKey(
        "kind.decimal",
        zhCN: "数字（最多 {scale} 位小数）",
        zhTW: "數字（最多 {scale} 位小數）",
        en: "a number of at most {scale} places"
    )
    static let kindBoolean = MessageKey("kind.boolean", zhCN: "是或否", zhTW: "是或否", en: "yes or no")
    static let kindDate = MessageKey(
        "kind.date",
        zhCN: "日期，如 2026-11-21",
        zhTW: "日期，如 2026-11-21",
        en: "a date such as 2026-11-21"
    )
    static let kindInstant = MessageKey(
        "kind.instant",
        zhCN: "时间，如 2026-11-21 09:30",
        zhTW: "時間，如 2026-11-21 09:30",
        en: "a time such as 2026-11-21 09:30"
    )
    static let kindRows = MessageKey("kind.rows", zhCN: "子表行", zhTW: "子表列", en: "child rows")
}

extension InputProblem {
    /// The reason for people who go by the clocks of a time zone.
    package func message(in zone: TimeZone) -> Message {
        switch self {
        case .empty: Message(.inputEmpty)
        case .notANumber, .notFinite: Message(.inputNotANumber)
        case .ambiguousSeparator, .badGrouping: Message(.inputSeparators)
        case .foreignDigits: Message(.inputForeignDigits)
        case .tooManyPlaces: Message(.inputTooManyPlaces)
        case .overflow: Message(.inputOverflow)
        case .notAnInteger: Message(.inputNotAnInteger)
        case .notADate: Message(.inputNotADate)
        case .notATime: Message(.inputNotATime)
        case .skippedTime: Message(.inputSkippedTime, ["zone": .text(zone.identifier)])
        case .momentRange: Message(.inputMomentRange)
        case .impossibleDate: Message(.inputImpossibleDate)
        case .shortYear: Message(.inputShortYear)
        case .ambiguousDate: Message(.inputAmbiguousDate)
        case .notABoolean: Message(.inputNotABoolean)
        case .otherCurrency, .ambiguousCurrency: Message(.inputCurrencyHere)
        case .percentHere: Message(.inputPercentHere)
        case .unitHere: Message(.inputUnitHere)
        case .convertedHere: Message(.inputConvertedHere)
        case .monthOnly: Message(.inputMonthOnly)
        }
    }
}

extension MessageKey {
    static let inputOtherCurrency = MessageKey(
        "input.other_currency",
        zhCN: "写的是另一种货币，而此字段的货币是 {currency}；请换算后再填，或去掉货币",
        zhTW: "寫的是另一種貨幣，而此欄位的貨幣是 {currency}；請換算後再填，或去掉貨幣",
        en: "this names another currency, and the field is in {currency}; convert the amount first"
    )
    static let inputAmbiguousCurrency = MessageKey(
        "input.ambiguous_currency",
        zhCN: "这个货币符号不止一种货币用，而此字段的货币是 {currency}；请写 {currency} 或去掉符号",
        zhTW: "這個貨幣符號不止一種貨幣用，而此欄位的貨幣是 {currency}；請寫 {currency} 或去掉符號",
        en:
            "more than one currency has this sign, and the field is in {currency}; write {currency} or leave the sign away"
    )
    static let inputCurrencyHere = MessageKey(
        "input.currency_here",
        zhCN: "此字段不是该货币的金额；请只写数字",
        zhTW: "此欄位不是該貨幣的金額；請只寫數字",
        en: "the field is no amount in that currency; write the number alone"
    )
    static let inputPercentHere = MessageKey(
        "input.percent_here",
        zhCN: "此字段不是百分数；请去掉百分号，写成数值",
        zhTW: "此欄位不是百分數；請去掉百分號，寫成數值",
        en: "the field is no percentage; write the number without the percent sign"
    )
    static let inputUnitHere = MessageKey(
        "input.unit_here",
        zhCN: "标签里已写明单位；请换算成这个单位，只写数字",
        zhTW: "標籤裡已寫明單位；請換算成這個單位，只寫數字",
        en: "the label names the unit; convert it and write the number alone"
    )
    static let inputConvertedHere = MessageKey(
        "input.converted_here",
        zhCN: "映射里这一列要换算（multiply）；单元格只写数字，不写单位、百分号，货币也只能是映射里的 currency",
        zhTW: "對應裡這一欄要換算（multiply）；儲存格只寫數字，不寫單位、百分號，貨幣也只能是對應裡的 currency",
        en: "the mapping converts this column (multiply); write the number alone, without a unit or percent sign, "
            + "and with no currency but the mapping's"
    )
    static let inputMonthOnly = MessageKey(
        "input.month_only",
        zhCN: "只有年、月，没有日；请写到日，导入时也可在映射里对此列写 \"month\": \"first\"",
        zhTW: "只有年、月，沒有日；請寫到日，匯入時也可在對應裡對此欄寫 \"month\": \"first\"",
        en:
            "a month without a day; write the day, or in an import let the mapping say \"month\": \"first\" for this column"
    )
    static let inputEmpty = MessageKey("input.empty", zhCN: "没有内容", zhTW: "沒有內容", en: "there is nothing")
    static let inputNotANumber = MessageKey("input.not_a_number", zhCN: "不是数字", zhTW: "不是數字", en: "not a number")
    static let inputSeparators = MessageKey(
        "input.separators",
        zhCN: "分隔符有歧义，请写成 1234.56 或 1,234.56",
        zhTW: "分隔符號有歧義，請寫成 1234.56 或 1,234.56",
        en: "ambiguous separators; write 1234.56 or 1,234.56"
    )
    static let inputForeignDigits = MessageKey(
        "input.foreign_digits",
        zhCN: "请用阿拉伯数字 0-9",
        zhTW: "請用阿拉伯數字 0-9",
        en: "use the digits 0-9"
    )
    static let inputTooManyPlaces = MessageKey(
        "input.too_many_places",
        zhCN: "小数位太多，请先四舍五入",
        zhTW: "小數位太多，請先四捨五入",
        en: "too many decimal places; round it first"
    )
    static let inputOverflow = MessageKey("input.overflow", zhCN: "数字太大", zhTW: "數字太大", en: "the number is too large")
    static let inputNotAnInteger = MessageKey(
        "input.not_an_integer",
        zhCN: "应为整数",
        zhTW: "應為整數",
        en: "a whole number is needed"
    )
    static let inputNotADate = MessageKey(
        "input.not_a_date",
        zhCN: "不是日期，可写 2026-11-21 或 2026年11月21日",
        zhTW: "不是日期，可寫 2026-11-21 或 2026年11月21日",
        en: "not a date; write 2026-11-21"
    )
    static let inputImpossibleDate = MessageKey(
        "input.impossible_date",
        zhCN: "日历上没有这一天",
        zhTW: "日曆上沒有這一天",
        en: "the calendar has no such day"
    )
    static let inputShortYear = MessageKey(
        "input.short_year",
        zhCN: "年份要写四位",
        zhTW: "年份要寫四位",
        en: "write the year with four digits"
    )
    static let inputAmbiguousDate = MessageKey(
        "input.ambiguous_date",
        zhCN: "日和月分不清，请写成 2026-11-21",
        zhTW: "日和月分不清，請寫成 2026-11-21",
        en: "day and month cannot be told apart; write 2026-11-21"
    )
    static let inputNotABoolean = MessageKey(
        "input.not_a_boolean",
        zhCN: "应为 是 或 否",
        zhTW: "應為 是 或 否",
        en: "yes or no is needed"
    )
}
