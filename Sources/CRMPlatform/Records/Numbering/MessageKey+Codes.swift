import CRMModel

extension MessageKey {
    static let codeNoSuchField = MessageKey(
        "code.no_such_field",
        zhCN: "{object}没有名为「{field}」的自动编号字段；自动编号字段有：{fields}",
        zhTW: "{object}沒有名為「{field}」的自動編號欄位；自動編號欄位有：{fields}",
        en: "{object} has no auto-number field \"{field}\"; its auto-number fields: {fields}"
    )
    static let codeRuleless = MessageKey(
        "code.ruleless",
        zhCN: "{object}的「{field}」没有编码规则，也没有用过计数器",
        zhTW: "{object}的「{field}」沒有編碼規則，也沒有用過計數器",
        en: "{field} of {object} has no code rule, and no counter of it was used yet"
    )
    static let codeOneKey = MessageKey(
        "code.one_key",
        zhCN: "「{field}」的编码由插件的程序给出：--scope 只能写一次，填计数器的键（见 code list），且没有 --period",
        zhTW: "「{field}」的編碼由外掛的程式給出：--scope 只能寫一次，填計數器的鍵（見 code list），且沒有 --period",
        en:
            "the codes of {field} are made by a plugin's code: give --scope once, with the key of the counter (see code list), "
            + "and no --period"
    )
    static let codeScopeNeeded = MessageKey(
        "code.scope_needed",
        zhCN: "编码规则「{rule}」按范围分别编号，「{text}」没有说明是哪一个；请写 {scope}，值须是已有的",
        zhTW: "編碼規則「{rule}」按範圍分別編號，「{text}」沒有說明是哪一個；請寫 {scope}，值須是已有的",
        en: "the code rule \"{rule}\" counts for each scope by itself, and \"{text}\" does not say for which; "
            + "write {scope} with values that exist"
    )
    static let codeScopeMissing = MessageKey(
        "code.scope_missing",
        zhCN: "编码规则「{rule}」按范围分别编号，请说明是哪一个：{scope}",
        zhTW: "編碼規則「{rule}」按範圍分別編號，請說明是哪一個：{scope}",
        en: "the code rule \"{rule}\" counts for each scope by itself; say for which: {scope}"
    )
    static let codeScopeWrong = MessageKey(
        "code.scope_wrong",
        zhCN: "「{text}」不是此对象的 字段=值；编码规则「{rule}」不分范围，不需要 --scope",
        zhTW: "「{text}」不是此物件的 欄位=值；編碼規則「{rule}」不分範圍，不需要 --scope",
        en: "\"{text}\" is no field=value of this object; the code rule \"{rule}\" has no scope and needs no --scope"
    )
    static let codeNoPeriod = MessageKey(
        "code.no_period",
        zhCN: "编码规则「{rule}」的序号从不重新开始，没有时期「{text}」；请去掉 --period",
        zhTW: "編碼規則「{rule}」的序號從不重新開始，沒有時期「{text}」；請去掉 --period",
        en:
            "the serial of the code rule \"{rule}\" never starts again, so it has no period \"{text}\"; leave --period out"
    )
    static let codePeriodForm = MessageKey(
        "code.period_form",
        zhCN: "「{text}」不是编码规则「{rule}」的时期；请写成 {example} 的样子",
        zhTW: "「{text}」不是編碼規則「{rule}」的時期；請寫成 {example} 的樣子",
        en: "\"{text}\" is no period of the code rule \"{rule}\"; write it like {example}"
    )
    static let codeNextOutOfRange = MessageKey(
        "code.next_out_of_range",
        zhCN: "下一个序号不能是 {next}；可用 1 到 {greatest}",
        zhTW: "下一個序號不能是 {next}；可用 1 到 {greatest}",
        en: "the next serial cannot be {next}; it may be 1 to {greatest}"
    )
    static let codeNextTooLow = MessageKey(
        "code.next_too_low",
        zhCN: "{object}的「{field}」：{highest} 及以前的序号已经用过，下一个序号不能是 {next}；请写 {lowest} 或更大的数",
        zhTW: "{object}的「{field}」：{highest} 及以前的序號已經用過，下一個序號不能是 {next}；請寫 {lowest} 或更大的數",
        en: "{field} of {object}: serials up to {highest} are in use, so {next} cannot come next; give {lowest} or more"
    )
}
