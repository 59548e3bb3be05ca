import CRMModel
import CRMStorage

extension SavePipeline {
    /// Deletes a record: hooks, the records that refer to it, the row itself, hooks again.
    func remove(_ draft: RecordDraft) throws(PlatformError) {
        guard session.deleting.insert(draft.recordID).inserted else { return }
        defer { session.deleting.remove(draft.recordID) }
        try step(.permission, draft) { () throws(PlatformError) in
            try requireRights(.delete, draft)
            return permission
        }
        try runHooks(.beforeDelete, .beforeDelete, draft)
        var issues: [FieldIssue] = []
        try step(.referrers, draft) { () throws(PlatformError) in
            for referrer in session.catalog.referrers(to: object.name) where referrer.onDelete == .restrict {
                let found = try session.referring(referrer, draft.id, limit: 1001)
                issues += try session.obstacles(referrer, draft.recordID, found)
            }
            issues += try session.archivedObstacles(to: draft.recordID)
            issues = RecordSession.once(issues)
            return told(issues[...])
        }
        try stop(on: issues, draft, as: .deletionRefused)
        for referrer in session.catalog.referrers(to: object.name) where referrer.onDelete != .restrict {
            let found = try session.referring(referrer, draft.id, limit: .max)
            guard !found.isEmpty else { continue }
            let field = referrer.object.fields[referrer.slot].name
            try step(.release, draft, rule: "\(referrer.object.name).\(field)") { () throws(PlatformError) in
                try release(found, field, deletes: referrer.onDelete == .cascade)
                let shown = try session.shown(found).count
                return told(Message(.traceRows, ["count": .text(String(shown))]))
            }
        }
        try step(.delete, draft) { () throws(PlatformError) in try RecordWriter(pipeline: self).delete(draft) }
        try runHooks(.afterDelete, .afterDelete, draft)
        try settleIfOutermost()
    }

    /// Empties the references, or deletes the referring records, each through the pipeline.
    ///
    /// Who may delete a record may delete what metadata says goes with it, seen or not: half of it would be worse.
    private func release(
        _ found: [RecordID],
        _ field: FieldName,
        deletes: Bool
    ) throws(PlatformError) {
        for id in found {
            // What the principal does not see is not counted before him either.
            let isShown = try session.isShown(id)
            if deletes {
                try session.delete(id, expectedVersion: nil, .system, isShown: isShown)
            } else {
                var input = RecordInput()
                input.append(field, .value(.null))
                _ = try session.update(id, input, SaveOptions(), .system)
                if isShown { session.deletions.addCleared(id, field) }
            }
        }
    }
}

extension MessageKey {
    static let deletionRefused = MessageKey(
        "record.deletion_refused",
        zhCN: "{object}未删除，有 {count} 个问题：",
        zhTW: "{object}未刪除，有 {count} 個問題：",
        en: "The {object} was not deleted, {count} problem(s):"
    )
    static let recordReferredDropped = MessageKey(
        "record.referred_dropped",
        zhCN:
            "{record} 不能删除：插件「{plugin}」（{id}）现有版本已没有{object}的字段「{field}」，但它留下的 {count} 条记录的值还指向它，例如 {example}；请装回带有该字段的版本再处理",
        zhTW:
            "{record} 不能刪除：外掛「{plugin}」（{id}）現有版本已沒有{object}的欄位「{field}」，但它留下的 {count} 筆記錄的值還指向它，例如 {example}；請裝回帶有該欄位的版本再處理",
        en:
            "{record} cannot be deleted: the plugin {plugin} ({id}) has no field {field} of {object} any more, but the values "
            + "kept of it in {count} record(s) refer to it, such as {example}; install a version with the field to change them"
    )
    static let recordReferredArchived = MessageKey(
        "record.referred_archived",
        zhCN: "{record} 不能删除：已卸载的插件「{plugin}」（{id}）留下的 {count} 个{object}的「{field}」还指向它，例如 {example}；请先装回该插件再处理",
        zhTW: "{record} 不能刪除：已解除安裝的外掛「{plugin}」（{id}）留下的 {count} 個{object}的「{field}」還指向它，例如 {example}；請先裝回該外掛再處理",
        en: "{record} cannot be deleted: {count} {object} record(s) kept of the plugin {plugin} ({id}), which is not "
            + "installed now, refer to it by {field}, such as {example}; install the plugin again to change them"
    )
}
