import CRMModel

extension MessageKey {
    // MARK: - What stands against a change

    static let upgradeOtherObject = MessageKey(
        "upgrade.other_object",
        zhCN: "对象「{object}」已归档的 {count} 条记录属于插件「{plugin}」，不能当作另一个插件的数据；请为新对象另起名称",
        zhTW: "物件「{object}」已封存的 {count} 筆記錄屬於外掛「{plugin}」，不能當作另一個外掛的資料；請為新物件另起名稱",
        en:
            "the {count} archived records of \"{object}\" are of the plugin \"{plugin}\" and cannot become another's; give the new object another name"
    )
    static let upgradeOtherField = MessageKey(
        "upgrade.other_field",
        zhCN: "对象「{object}」的字段「{field}」已归档的值（{count} 条记录）属于插件「{plugin}」，不能当作另一个插件的数据；请为新字段另起名称",
        zhTW: "物件「{object}」的欄位「{field}」已封存的值（{count} 筆記錄）屬於外掛「{plugin}」，不能當作另一個外掛的資料；請為新欄位另起名稱",
        en:
            "the archived values of \"{field}\" of \"{object}\" ({count} records) are of the plugin \"{plugin}\" and cannot become another's; give the new field another name"
    )
    static let upgradeOtherMeaning = MessageKey(
        "upgrade.other_meaning",
        zhCN: "对象「{object}」的字段「{field}」由 {old} 改为 {new}：{count} 条记录已有值（如 {examples}），改后会变成别的意思；请另建一个字段",
        zhTW: "物件「{object}」的欄位「{field}」由 {old} 改為 {new}：{count} 筆記錄已有值（如 {examples}），改後會變成別的意思；請另建一個欄位",
        en:
            "\"{field}\" of \"{object}\" changes from {old} to {new}: {count} records have values (such as {examples}) that would mean something else. Add another field"
    )
    static let upgradeMisfits = MessageKey(
        "upgrade.misfits",
        zhCN: "对象「{object}」的字段「{field}」：{count} 条记录的值不合新的定义，如 {examples}；{problem}。请先改正这些值，或不改定义",
        zhTW: "物件「{object}」的欄位「{field}」：{count} 筆記錄的值不合新的定義，如 {examples}；{problem}。請先改正這些值，或不改定義",
        en:
            "\"{field}\" of \"{object}\": the values of {count} records do not fit the new definition, such as {examples}; {problem}. Mend them first, or keep the definition"
    )
    static let upgradeRequired = MessageKey(
        "upgrade.required",
        zhCN: "对象「{object}」的字段「{field}」改为必填，但 {count} 条记录为空；请先填写，或给出默认值（default）",
        zhTW: "物件「{object}」的欄位「{field}」改為必填，但 {count} 筆記錄為空；請先填寫，或給出預設值（default）",
        en:
            "\"{field}\" of \"{object}\" becomes required, but is empty in {count} records; fill them in first, or give a default"
    )
    static let upgradeNoFit = MessageKey(
        "upgrade.no_fit",
        zhCN: "不能无损地改为 {new}",
        zhTW: "不能無損地改為 {new}",
        en: "they cannot become {new} without loss"
    )
    static let upgradeNoOption = MessageKey(
        "upgrade.no_option",
        zhCN: "字典里没有这个选项；不再使用的选项请设为停用（retired）",
        zhTW: "字典裡沒有這個選項；不再使用的選項請設為停用（retired）",
        en: "the dictionary has no such option; retire options that are no longer used instead of removing them"
    )

    // MARK: - What people should know

    static let upgradeConverted = MessageKey(
        "upgrade.converted",
        zhCN: "对象「{object}」的字段「{field}」由 {old} 改为 {new}，转换 {count} 条记录的值",
        zhTW: "物件「{object}」的欄位「{field}」由 {old} 改為 {new}，轉換 {count} 筆記錄的值",
        en: "Change \"{field}\" of \"{object}\" from {old} to {new}, converting the values of {count} records"
    )
    static let upgradeNewRequired = MessageKey(
        "upgrade.new_required",
        zhCN: "注意：对象「{object}」的字段「{field}」从此必填；已有的 {count} 条记录为空，保持原样，到有人填写为止",
        zhTW: "注意：物件「{object}」的欄位「{field}」從此必填；已有的 {count} 筆記錄為空，保持原樣，到有人填寫為止",
        en:
            "Note: \"{field}\" of \"{object}\" is required from now on; {count} records that are there have none and stay so until somebody fills it in"
    )
    static let upgradeChildren = MessageKey(
        "upgrade.children",
        zhCN: "对象「{object}」的子表「{field}」由 {old} 改为 {new}；原来的子表记录都保留",
        zhTW: "物件「{object}」的子表「{field}」由 {old} 改為 {new}；原來的子表記錄都保留",
        en: "The child rows \"{field}\" of \"{object}\" change from {old} to {new}; the former rows stay as they are"
    )
    static let upgradeLeftOptions = MessageKey(
        "upgrade.left_options",
        zhCN: "注意：对象「{object}」的字段「{field}」有 {count} 条记录的选项不再存在，值保留到有人修改为止，如 {examples}",
        zhTW: "注意：物件「{object}」的欄位「{field}」有 {count} 筆記錄的選項不再存在，值保留到有人修改為止，如 {examples}",
        en:
            "Note: \"{field}\" of \"{object}\" keeps values whose options are gone in {count} records until they are changed, such as {examples}"
    )
}
