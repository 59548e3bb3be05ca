import CRMModel

extension MessageKey {
    static let accessObject = MessageKey(
        "access.object",
        zhCN: "您没有{action}「{object}」的权限；需要时请联系管理员",
        zhTW: "您沒有{action}「{object}」的權限；需要時請聯絡管理員",
        en: "You have no right to {action} {object} records; ask the administrator if you need it"
    )
    static let accessRecord = MessageKey(
        "access.record",
        zhCN: "您可以看到 {record}，但没有{action}它的权限；需要时请联系管理员",
        zhTW: "您可以看到 {record}，但沒有{action}它的權限；需要時請聯絡管理員",
        en: "You may see {record} but have no right to {action} it; ask the administrator if you need it"
    )
    static let accessMoved = MessageKey(
        "access.moved",
        zhCN: "没有保存：这样保存以后，这条「{object}」就不在您可以修改的范围内了；要转给别人需要分配权限",
        zhTW: "沒有儲存：這樣儲存以後，這筆「{object}」就不在您可以修改的範圍內了；要轉給別人需要指派權限",
        en: "Not saved: this {object} would then not be among the records that you may change; "
            + "giving records away needs the right to assign"
    )
    static let accessField = MessageKey(
        "access.field",
        zhCN: "您没有填写「{field}」的权限",
        zhTW: "您沒有填寫「{field}」的權限",
        en: "you have no right to give {field} a value"
    )
    static let accessReport = MessageKey(
        "access.report",
        zhCN: "您没有运行报表「{title}」（{name}）的权限；需要时请联系管理员",
        zhTW: "您沒有執行報表「{title}」（{name}）的權限；需要時請聯絡管理員",
        en: "You have no right to run the report \"{title}\" ({name}); ask the administrator if you need it"
    )
    static let accessTemplate = MessageKey(
        "access.template",
        zhCN: "您没有使用打印模板「{title}」（{name}）的权限；需要时请联系管理员",
        zhTW: "您沒有使用列印範本「{title}」（{name}）的權限；需要時請聯絡管理員",
        en: "You have no right to use the print template \"{title}\" ({name}); ask the administrator if you need it"
    )
    static let accessCommand = MessageKey(
        "access.command",
        zhCN: "您没有运行命令「{title}」（{name}）的权限；需要时请联系管理员",
        zhTW: "您沒有執行命令「{title}」（{name}）的權限；需要時請聯絡管理員",
        en: "You have no right to run the command \"{title}\" ({name}); ask the administrator if you need it"
    )
    static let accessAll = MessageKey(
        "access.all",
        zhCN: "这里显示整个文件的情况，只有管理员可以使用",
        zhTW: "這裡顯示整個檔案的情況，只有管理員可以使用",
        en: "This shows the whole file, so only administrators may use it"
    )
    static let actionRead = MessageKey("action.read", zhCN: "查看", zhTW: "檢視", en: "read")
    static let actionCreate = MessageKey("action.create", zhCN: "新建", zhTW: "新增", en: "create")
    static let actionUpdate = MessageKey("action.update", zhCN: "修改", zhTW: "修改", en: "change")
    static let actionDelete = MessageKey("action.delete", zhCN: "删除", zhTW: "刪除", en: "delete")
    static let actionExport = MessageKey("action.export", zhCN: "导出", zhTW: "匯出", en: "export")
    static let actionImport = MessageKey("action.import", zhCN: "导入", zhTW: "匯入", en: "import")
    static let actionAssign = MessageKey("action.assign", zhCN: "分配", zhTW: "指派", en: "assign")
    static let actionPrint = MessageKey("action.print", zhCN: "打印", zhTW: "列印", en: "print")
    static let fieldUniqueHidden = MessageKey(
        "field.unique_hidden",
        zhCN: "「{field}」的值已被一条您无权查看的记录使用，不能重复；请核对，需要时请联系管理员",
        zhTW: "「{field}」的值已被一筆您無權檢視的記錄使用，不能重複；請核對，需要時請聯絡管理員",
        en: "the value of {field} is used by a record that you may not see; check it, "
            + "and ask the administrator if needed"
    )
    static let recordDuplicateHidden = MessageKey(
        "record.duplicate_hidden",
        zhCN: "与一条您无权查看的记录重复：{reason}{told}",
        zhTW: "與一筆您無權檢視的記錄重複：{reason}{told}",
        en: "a duplicate of a record that you may not see: {reason}{told}"
    )
    static let recordDuplicateTold = MessageKey(
        "record.duplicate_told",
        zhCN: "（{values}）",
        zhTW: "（{values}）",
        en: " ({values})"
    )
    static let recordReferredHidden = MessageKey(
        "record.referred_hidden",
        zhCN: "{record} 不能删除：您无权查看的记录引用它；需要时请联系管理员",
        zhTW: "{record} 不能刪除：您無權檢視的記錄引用它；需要時請聯絡管理員",
        en: "{record} cannot be deleted: records that you may not see refer to it; ask the administrator if needed"
    )
}
