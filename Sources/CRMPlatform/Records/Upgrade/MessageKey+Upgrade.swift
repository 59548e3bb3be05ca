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
        zhCN: "对象「{object}」的字段「{field}」改为必填，但 {count} 条记录为空；请先填写，或给出固定的默认值（default），安装时会填入（唯一或受其他选项限制的字段除外）",
        zhTW: "物件「{object}」的欄位「{field}」改為必填，但 {count} 筆記錄為空；請先填寫，或給出固定的預設值（default），安裝時會填入（唯一或受其他選項限制的欄位除外）",
        en:
            "\"{field}\" of \"{object}\" becomes required, but is empty in {count} records; fill them in first, or give a fixed default, which the installation fills in (unless the field is unique or depends on another)"
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

    static let upgradeNotAnOption = MessageKey(
        "upgrade.not_an_option",
        zhCN: "{new} 里没有这些选项",
        zhTW: "{new} 裡沒有這些選項",
        en: "{new} has no such options"
    )
    static let upgradeNotOptions = MessageKey(
        "upgrade.not_options",
        zhCN:
            "对象「{object}」的字段「{field}」由 {old} 改为 {new}：{count} 条记录的值不是其中的选项，也不是选项的名称或别名：{values}（如 {examples}）；另有 {fitting} 条可以转换。请在字典里为它们增加选项或别名（aliases），或先改正这些值",
        zhTW:
            "物件「{object}」的欄位「{field}」由 {old} 改為 {new}：{count} 筆記錄的值不是其中的選項，也不是選項的名稱或別名：{values}（如 {examples}）；另有 {fitting} 筆可以轉換。請在字典裡為它們增加選項或別名（aliases），或先改正這些值",
        en:
            "\"{field}\" of \"{object}\" changes from {old} to {new}: the values of {count} records are no options of it, nor labels or aliases of options: {values} (such as {examples}); {fitting} others can be converted. Add options or aliases for them to the dictionary, or mend the values first"
    )
    static let upgradeOtherOption = MessageKey(
        "upgrade.other_option",
        zhCN:
            "对象「{object}」的字段「{field}」：值「{value}」原来是「{old}」，改后是「{new}」，{count} 条记录（如 {example}）会变成别的意思；请另加一个值，原来的不再用就设为停用（retired）。如果意思没变，请把原来的名称写进该选项的 aliases",
        zhTW:
            "物件「{object}」的欄位「{field}」：值「{value}」原來是「{old}」，改後是「{new}」，{count} 筆記錄（如 {example}）會變成別的意思；請另加一個值，原來的不再用就設為停用（retired）。如果意思沒變，請把原來的名稱寫進該選項的 aliases",
        en:
            "\"{field}\" of \"{object}\": the value \"{value}\" was \"{old}\" and would be \"{new}\", so {count} records (such as {example}) would mean something else. Add another value, and retire the old one when it is no longer used; if the meaning is the same, name the former label in the option's aliases"
    )
    static let upgradeOtherLabel = MessageKey(
        "upgrade.other_label",
        zhCN:
            "对象「{object}」的字段「{field}」由「{old}」改名为「{new}」，而「{new}」原来是字段「{other}」的名称：{count} 条记录的值会被看成别的意思；请另建一个字段，或改用别的名称",
        zhTW:
            "物件「{object}」的欄位「{field}」由「{old}」改名為「{new}」，而「{new}」原來是欄位「{other}」的名稱：{count} 筆記錄的值會被看成別的意思；請另建一個欄位，或改用別的名稱",
        en:
            "\"{field}\" of \"{object}\" is renamed from \"{old}\" to \"{new}\", which was the label of \"{other}\": the values of {count} records would be read as something else. Add another field, or choose another label"
    )
    static let upgradeRenamedObject = MessageKey(
        "upgrade.renamed_object",
        zhCN:
            "新对象「{object}」（{label}）看来就是去掉的对象「{old}」，而「{old}」有 {count} 条记录：改 API 名之后这些记录就看不到了；请保留「{old}」这个名字，真是另一个对象的请用别的名称和字段",
        zhTW:
            "新物件「{object}」（{label}）看來就是去掉的物件「{old}」，而「{old}」有 {count} 筆記錄：改 API 名之後這些記錄就看不到了；請保留「{old}」這個名字，真是另一個物件的請用別的名稱和欄位",
        en:
            "the new object \"{object}\" ({label}) seems to be \"{old}\", which is dropped with {count} records: nobody would see them any more. Keep the name \"{old}\"; if it really is another object, choose another label and other fields"
    )
    static let upgradeRenamed = MessageKey(
        "upgrade.renamed",
        zhCN:
            "对象「{object}」的新字段「{field}」与去掉的字段「{old}」同名同类型（{label}），而「{old}」有 {count} 条记录的值：改 API 名之后这些值就看不到了；请保留「{old}」这个名字，真是另一个字段的请用别的名称",
        zhTW:
            "物件「{object}」的新欄位「{field}」與去掉的欄位「{old}」同名同類型（{label}），而「{old}」有 {count} 筆記錄的值：改 API 名之後這些值就看不到了；請保留「{old}」這個名字，真是另一個欄位的請用別的名稱",
        en:
            "the new field \"{field}\" of \"{object}\" has the label ({label}) and type of \"{old}\", which is dropped with the values of {count} records: nobody would see them any more. Keep the name \"{old}\"; if it really is another field, choose another label"
    )
    static let upgradeOtherUnit = MessageKey(
        "upgrade.other_unit",
        zhCN: "对象「{object}」的字段「{field}」的名称里，单位由「{old}」改为「{new}」：{count} 条记录的数值会变成别的意思；请另建一个字段，或保留原来的单位",
        zhTW: "物件「{object}」的欄位「{field}」的名稱裡，單位由「{old}」改為「{new}」：{count} 筆記錄的數值會變成別的意思；請另建一個欄位，或保留原來的單位",
        en:
            "the label of \"{field}\" of \"{object}\" changes its unit from \"{old}\" to \"{new}\": the numbers of {count} records would mean something else. Add another field, or keep the unit"
    )

    // MARK: - What people should know

    static let upgradeFilled = MessageKey(
        "upgrade.filled",
        zhCN: "对象「{object}」的字段「{field}」从此必填：{count} 条记录为空，填入默认值「{value}」",
        zhTW: "物件「{object}」的欄位「{field}」從此必填：{count} 筆記錄為空，填入預設值「{value}」",
        en:
            "\"{field}\" of \"{object}\" is required from now on: fill {count} records that have none with the default \"{value}\""
    )
    static let upgradeRelabelled = MessageKey(
        "upgrade.relabelled",
        zhCN: "对象「{object}」的字段「{field}」：值「{value}」的名称由「{old}」改为「{new}」，{count} 条记录",
        zhTW: "物件「{object}」的欄位「{field}」：值「{value}」的名稱由「{old}」改為「{new}」，{count} 筆記錄",
        en:
            "\"{field}\" of \"{object}\": the label of \"{value}\" changes from \"{old}\" to \"{new}\" in {count} records"
    )
    static let upgradeMovedOption = MessageKey(
        "upgrade.moved_option",
        zhCN: "对象「{object}」的字段「{field}」：值「{value}」改存为「{new}」，转换 {count} 条记录",
        zhTW: "物件「{object}」的欄位「{field}」：值「{value}」改存為「{new}」，轉換 {count} 筆記錄",
        en: "\"{field}\" of \"{object}\": keep \"{value}\" as \"{new}\" in {count} records"
    )

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
    static let upgradeBackRequired = MessageKey(
        "upgrade.back_required",
        zhCN: "注意：对象「{object}」的字段「{field}」又回来了，它是必填的；原有的 {count} 条记录为空，保持原样，到有人填写为止",
        zhTW: "注意：物件「{object}」的欄位「{field}」又回來了，它是必填的；原有的 {count} 筆記錄為空，保持原樣，到有人填寫為止",
        en:
            "Note: \"{field}\" of \"{object}\" is back, and it is required; {count} records that were there before have none and stay so until somebody fills it in"
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
