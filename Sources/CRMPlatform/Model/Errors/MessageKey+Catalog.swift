extension MessageKey {
    package static let yes = MessageKey("output.yes", zhCN: "是", zhTW: "是", en: "yes")
    package static let no = MessageKey("output.no", zhCN: "否", zhTW: "否", en: "no")
    package static let unknownObject = MessageKey(
        "catalog.unknown_object",
        zhCN: "没有名为「{object}」的对象。现有对象：{known}",
        zhTW: "沒有名為「{object}」的物件。現有物件：{known}",
        en: "There is no object named \"{object}\". Objects here: {known}"
    )
    package static let unknownObjectNear = MessageKey(
        "catalog.unknown_object_near",
        zhCN: "没有名为「{object}」的对象。是否想写「{near}」？现有对象：{known}",
        zhTW: "沒有名為「{object}」的物件。是否想寫「{near}」？現有物件：{known}",
        en: "There is no object named \"{object}\". Did you mean \"{near}\"? Objects here: {known}"
    )
    package static let unknownField = MessageKey(
        "catalog.unknown_field",
        zhCN: "对象「{object}」没有名为「{field}」的字段{hint}",
        zhTW: "物件「{object}」沒有名為「{field}」的欄位{hint}",
        en: "The object \"{object}\" has no field named \"{field}\"{hint}"
    )
}
