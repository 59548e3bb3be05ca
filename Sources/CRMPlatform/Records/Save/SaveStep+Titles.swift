public import CRMModel

extension SaveStep {
    /// What the step does, in a few words.
    public var title: Message { Message(titleKey) }

    private var titleKey: MessageKey {
        switch self {
        case .load: .stepLoad
        case .permission: .stepPermission
        case .normalise: .stepNormalise
        case .defaults: .stepDefaults
        case .beforeValidate: .stepBeforeValidate
        case .check: .stepCheck
        case .validate: .stepValidate
        case .stages: .stepStages
        case .duplicates: .stepDuplicates
        case .beforeSave: .stepBeforeSave
        case .recheck: .stepRecheck
        case .code: .stepCode
        case .write: .stepWrite
        case .childRows: .stepChildRows
        case .afterSave: .stepAfterSave
        case .stageChanged: .stepStageChanged
        case .rollUp: .stepRollUp
        case .afterCommit: .stepAfterCommit
        case .beforeDelete: .stepBeforeDelete
        case .referrers: .stepReferrers
        case .release: .stepRelease
        case .delete: .stepDelete
        case .afterDelete: .stepAfterDelete
        }
    }
}

extension MessageKey {
    static let stepLoad = MessageKey("save_step.load", zhCN: "读取", zhTW: "讀取", en: "read")
    static let stepPermission = MessageKey("save_step.permission", zhCN: "权限", zhTW: "權限", en: "permission")
    static let stepNormalise = MessageKey("save_step.normalise", zhCN: "规范输入", zhTW: "規範輸入", en: "input")
    static let stepDefaults = MessageKey("save_step.defaults", zhCN: "默认值", zhTW: "預設值", en: "defaults")
    static let stepBeforeValidate = MessageKey(
        "save_step.before_validate",
        zhCN: "before_validate 钩子",
        zhTW: "before_validate 鉤子",
        en: "before_validate hook"
    )
    static let stepCheck = MessageKey("save_step.check", zhCN: "检查字段", zhTW: "檢查欄位", en: "checks")
    static let stepValidate = MessageKey("save_step.validate", zhCN: "校验规则", zhTW: "驗證規則", en: "validation rules")
    static let stepStages = MessageKey("save_step.stages", zhCN: "阶段", zhTW: "階段", en: "stages")
    static let stepDuplicates = MessageKey("save_step.duplicates", zhCN: "查重", zhTW: "查重", en: "duplicates")
    static let stepBeforeSave = MessageKey(
        "save_step.before_save",
        zhCN: "before_save 钩子",
        zhTW: "before_save 鉤子",
        en: "before_save hook"
    )
    static let stepRecheck = MessageKey("save_step.recheck", zhCN: "再次检查", zhTW: "再次檢查", en: "checks again")
    static let stepCode = MessageKey("save_step.code", zhCN: "编码", zhTW: "編碼", en: "code")
    static let stepWrite = MessageKey("save_step.write", zhCN: "写入", zhTW: "寫入", en: "write")
    static let stepChildRows = MessageKey("save_step.child_rows", zhCN: "明细行", zhTW: "明細列", en: "child rows")
    static let stepAfterSave = MessageKey(
        "save_step.after_save",
        zhCN: "after_save 钩子",
        zhTW: "after_save 鉤子",
        en: "after_save hook"
    )
    static let stepStageChanged = MessageKey(
        "save_step.stage_changed",
        zhCN: "stage_changed 钩子",
        zhTW: "stage_changed 鉤子",
        en: "stage_changed hook"
    )
    static let stepRollUp = MessageKey("save_step.roll_up", zhCN: "settle 钩子", zhTW: "settle 鉤子", en: "settle hook")
    static let stepAfterCommit = MessageKey(
        "save_step.after_commit",
        zhCN: "after_commit 钩子",
        zhTW: "after_commit 鉤子",
        en: "after_commit hook"
    )
    static let stepBeforeDelete = MessageKey(
        "save_step.before_delete",
        zhCN: "before_delete 钩子",
        zhTW: "before_delete 鉤子",
        en: "before_delete hook"
    )
    static let stepReferrers = MessageKey(
        "save_step.referrers",
        zhCN: "检查引用",
        zhTW: "檢查引用",
        en: "who refers"
    )
    static let stepRelease = MessageKey("save_step.release", zhCN: "相关记录", zhTW: "相關記錄", en: "referring records")
    static let stepDelete = MessageKey("save_step.delete", zhCN: "删除", zhTW: "刪除", en: "delete")
    static let stepAfterDelete = MessageKey(
        "save_step.after_delete",
        zhCN: "after_delete 钩子",
        zhTW: "after_delete 鉤子",
        en: "after_delete hook"
    )
}
