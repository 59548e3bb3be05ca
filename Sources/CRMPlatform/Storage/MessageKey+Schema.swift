package import CRMModel

extension MessageKey {
    static let schemaRefused = MessageKey(
        "schema.refused",
        zhCN: "不能按新的元数据修改数据表，未作任何改动：",
        zhTW: "無法按新的中繼資料修改資料表，未作任何變更：",
        en: "The tables cannot be changed to the new metadata; nothing was changed:"
    )
    static let schemaChanged = MessageKey(
        "schema.changed",
        zhCN: "数据表在此期间已被修改，请重试",
        zhTW: "資料表在此期間已被修改，請重試",
        en: "The tables have been changed meanwhile; try again"
    )
    static let schemaTooManyFields = MessageKey(
        "schema.too_many_fields",
        zhCN: "对象「{object}」有 {count} 个字段，最多允许 {limit} 个",
        zhTW: "物件「{object}」有 {count} 個欄位，最多允許 {limit} 個",
        en: "The object \"{object}\" has {count} fields; at most {limit} are possible"
    )
    static let schemaIncompatible = MessageKey(
        "schema.incompatible",
        zhCN: "对象「{object}」的字段「{field}」已按「{old}」保存数据，不能改为「{new}」。请另建一个字段",
        zhTW: "物件「{object}」的欄位「{field}」已按「{old}」儲存資料，無法改為「{new}」。請另建一個欄位",
        en:
            "The field \"{field}\" of \"{object}\" holds values of the kind {old}; it cannot become {new}. Add another field"
    )
    package static let schemaDuplicates = MessageKey(
        "schema.duplicates",
        zhCN: "对象「{object}」的 {fields} 不能设为唯一：有 {count} 条记录相同，例如 {first} 和 {last}",
        zhTW: "物件「{object}」的 {fields} 無法設為唯一：有 {count} 筆記錄相同，例如 {first} 和 {last}",
        en: "{fields} of \"{object}\" cannot be unique: {count} records agree, such as {first} and {last}"
    )

    // MARK: - Steps

    static let schemaCreateObject = MessageKey(
        "schema.create_object",
        zhCN: "新建对象「{object}」，{count} 个字段",
        zhTW: "新增物件「{object}」，{count} 個欄位",
        en: "Create the object \"{object}\" with {count} fields"
    )
    static let schemaReviveObject = MessageKey(
        "schema.revive_object",
        zhCN: "恢复已归档的对象「{object}」及其数据",
        zhTW: "恢復已封存的物件「{object}」及其資料",
        en: "Revive the archived object \"{object}\" with its data"
    )
    static let schemaArchiveObject = MessageKey(
        "schema.archive_object",
        zhCN: "归档对象「{object}」（{count} 条记录保留）",
        zhTW: "封存物件「{object}」（{count} 筆記錄保留）",
        en: "Archive the object \"{object}\" (its {count} records stay)"
    )
    static let schemaAddField = MessageKey(
        "schema.add_field",
        zhCN: "对象「{object}」增加字段「{field}」（{type}）",
        zhTW: "物件「{object}」增加欄位「{field}」（{type}）",
        en: "Add the field \"{field}\" ({type}) to \"{object}\""
    )
    static let schemaReviveField = MessageKey(
        "schema.revive_field",
        zhCN: "恢复对象「{object}」已归档的字段「{field}」及其数据",
        zhTW: "恢復物件「{object}」已封存的欄位「{field}」及其資料",
        en: "Revive the archived field \"{field}\" of \"{object}\" with its data"
    )
    static let schemaArchiveField = MessageKey(
        "schema.archive_field",
        zhCN: "归档对象「{object}」的字段「{field}」（{count} 条记录的值保留）",
        zhTW: "封存物件「{object}」的欄位「{field}」（{count} 筆記錄的值保留）",
        en: "Archive the field \"{field}\" of \"{object}\" (its values in {count} records stay)"
    )
    static let schemaCreateIndex = MessageKey(
        "schema.create_index",
        zhCN: "为对象「{object}」的 {fields} 建立索引",
        zhTW: "為物件「{object}」的 {fields} 建立索引",
        en: "Index {fields} of \"{object}\""
    )
    static let schemaCreateUniqueIndex = MessageKey(
        "schema.create_unique_index",
        zhCN: "要求对象「{object}」的 {fields} 唯一",
        zhTW: "要求物件「{object}」的 {fields} 唯一",
        en: "Require {fields} of \"{object}\" to be unique"
    )
    static let schemaDropIndex = MessageKey(
        "schema.drop_index",
        zhCN: "删除对象「{object}」的索引 {index}",
        zhTW: "刪除物件「{object}」的索引 {index}",
        en: "Drop the index {index} of \"{object}\""
    )

    // MARK: - Checks

    static let checkEngine = MessageKey(
        "check.engine",
        zhCN: "文件已损坏：{finding}",
        zhTW: "檔案已損壞：{finding}",
        en: "The file is damaged: {finding}"
    )
    static let checkMissingTable = MessageKey(
        "check.missing_table",
        zhCN: "缺少对象「{object}」的数据表",
        zhTW: "缺少物件「{object}」的資料表",
        en: "The table of the object \"{object}\" is missing"
    )
    static let checkMissingColumn = MessageKey(
        "check.missing_column",
        zhCN: "对象「{object}」的数据表中，字段「{field}」的列缺失或类型不符",
        zhTW: "物件「{object}」的資料表中，欄位「{field}」的欄缺失或型別不符",
        en: "In the table of \"{object}\" the column of the field \"{field}\" is missing or of another type"
    )
}
