/// What limits and defaults say must be such that a record can be saved with them: a default goes past all who type, and nobody
/// could type it again.
extension FieldReader {
    /// Tells of limits between which there is no value.
    static func complainOfLimits(_ node: MetadataNode, _ field: FieldDefinition) {
        guard let minimum = field.minimum, let maximum = field.maximum, let order = minimum.compare(maximum), order > 0
        else { return }
        node.member("max")?.complain(
            Message(
                .metadataLimits,
                ["low": .text(minimum.displayText), "high": .text(maximum.displayText)]
            )
        )
    }

    /// Tells of a default that a save would refuse or keep otherwise.
    static func complainOfDefault(_ node: MetadataNode, _ field: FieldDefinition) {
        guard let child = node.member("default") else { return }
        if case .autoNumber = field.type { return child.complain(Message(.metadataDefaultCode)) }
        guard case .value(let value) = field.defaultValue else { return }
        if let problem = problem(of: value, field) {
            child.complain(
                Message(.metadataDefaultRefused, ["value": .text(shown(value)), "problem": .message(problem)])
            )
        }
    }

    private static func shown(_ value: Value) -> String { TextLimits.prefix(value.displayText, characters: 80) }

    private static func problem(of value: Value, _ field: FieldDefinition) -> Message? {
        switch value {
        case .text(let text): return problem(of: text, field)
        default: break
        }
        if let minimum = field.minimum, let order = value.compare(minimum), order < 0 {
            return Message(.metadataBelowMinimum, ["limit": .text(minimum.displayText)])
        }
        if let maximum = field.maximum, let order = value.compare(maximum), order > 0 {
            return Message(.metadataAboveMaximum, ["limit": .text(maximum.displayText)])
        }
        return nil
    }

    private static func problem(of text: String, _ field: FieldDefinition) -> Message? {
        if TextNormalisation.isBlank(text) { return Message(.metadataEmpty) }
        let kept = field.type.keptForm(of: text)
        // Equal texts may still be of other bytes.
        guard kept.utf8.elementsEqual(text.utf8) else {
            return Message(.metadataKeptOtherwise, ["kept": .text(TextLimits.prefix(kept, characters: 80))])
        }
        if let limit = field.maxLength,
            text.utf8.count > TextLimits.bytes(forCharacters: limit) || text.utf8.count > limit && text.count > limit
        {
            return Message(.metadataTooLongFor, ["limit": .text(String(limit))])
        }
        switch field.type {
        case .email where !ContactForm.isEmail(text): return Message(.metadataNoEmail)
        case .phone where !ContactForm.isPhone(text): return Message(.metadataNoPhone)
        default: break
        }
        // What is wrong with the pattern itself is told at the pattern.
        guard let pattern = field.pattern, let compiled = try? TextPattern(pattern), !compiled.matchesWhole(text) else {
            return nil
        }
        return Message(.metadataAgainstPattern, ["pattern": .text(pattern)])
    }
}

extension MessageKey {
    static let metadataBadLimit = MessageKey(
        "metadata.bad_limit",
        zhCN: "「{key}」的值「{value}」不适合类型 {type}",
        zhTW: "「{key}」的值「{value}」不適合類型 {type}",
        en: "\"{value}\" as \"{key}\" does not fit the type {type}"
    )
    static let metadataLimits = MessageKey(
        "metadata.limits",
        zhCN: "min {low} 大于 max {high}，没有值能在其间；请改其中一个",
        zhTW: "min {low} 大於 max {high}，沒有值能在其間；請改其中一個",
        en: "min {low} is greater than max {high}, so that no value lies between; change one of them"
    )
    static let metadataDefaultCode = MessageKey(
        "metadata.default_code",
        zhCN: "自动编号字段不能有默认值：每条记录的编码不同；请用 code_rules",
        zhTW: "自動編號欄位不能有預設值：每筆記錄的編碼不同；請用 code_rules",
        en: "an auto-number field cannot have a default, as each record has another code; use code_rules"
    )
    static let metadataDefaultRefused = MessageKey(
        "metadata.default_refused",
        zhCN: "默认值「{value}」不能用：{problem}",
        zhTW: "預設值「{value}」不能用：{problem}",
        en: "the default \"{value}\" cannot be used: {problem}"
    )
    static let metadataBelowMinimum = MessageKey(
        "metadata.below_minimum",
        zhCN: "小于 min {limit}",
        zhTW: "小於 min {limit}",
        en: "it is less than min {limit}"
    )
    static let metadataAboveMaximum = MessageKey(
        "metadata.above_maximum",
        zhCN: "大于 max {limit}",
        zhTW: "大於 max {limit}",
        en: "it is greater than max {limit}"
    )
    static let metadataKeptOtherwise = MessageKey(
        "metadata.kept_otherwise",
        zhCN: "输入它会保存成「{kept}」；请这样写",
        zhTW: "輸入它會儲存成「{kept}」；請這樣寫",
        en: "typed, it would be kept as \"{kept}\"; write it so"
    )
    static let metadataTooLongFor = MessageKey(
        "metadata.too_long_for",
        zhCN: "超过 {limit} 个字符",
        zhTW: "超過 {limit} 個字元",
        en: "it has more than {limit} characters"
    )
    static let metadataNoEmail = MessageKey(
        "metadata.no_email",
        zhCN: "不是电子邮件地址",
        zhTW: "不是電子郵件地址",
        en: "it is no e-mail address"
    )
    static let metadataNoPhone = MessageKey(
        "metadata.no_phone",
        zhCN: "不是电话号码",
        zhTW: "不是電話號碼",
        en: "it is no telephone number"
    )
    static let metadataAgainstPattern = MessageKey(
        "metadata.against_pattern",
        zhCN: "不符合 pattern {pattern}",
        zhTW: "不符合 pattern {pattern}",
        en: "it does not match the pattern {pattern}"
    )
}
