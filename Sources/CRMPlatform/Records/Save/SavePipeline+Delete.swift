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

extension RecordSession {
    /// The records whose field points to a record, seen or not, without those that are being deleted.
    func referring(
        _ referrer: Catalog.Referrer,
        _ number: Int64,
        limit: Int
    ) throws(PlatformError) -> [RecordID] {
        let plan = try plans.plan(referrer.object.name)
        let ids = try reads(.system).ids(plan, referrer.slot, is: .integer(number), limit: limit)
        return ids.map { RecordID(object: referrer.object.name, number: $0) }.filter { !deleting.contains($0) }
    }

    /// Why a record cannot be deleted while others refer to it; of those that the principal may not see, no more than that
    /// there are any.
    func obstacles(
        _ referrer: Catalog.Referrer,
        _ id: RecordID,
        _ found: [RecordID]
    ) throws(PlatformError) -> [FieldIssue] {
        let shown = try shown(found)
        let hidden = shown.count < found.count ? [hiddenObstacle(to: id)] : []
        return [obstacle(referrer, id, shown)].compactMap { $0 } + hidden
    }

    private func hiddenObstacle(to id: RecordID) -> FieldIssue {
        FieldIssue(
            field: nil,
            code: "referred",
            message: Message(.recordReferredHidden, ["record": .text(id.description)])
        )
    }

    /// Each of the obstacles once.
    static func once(_ issues: [FieldIssue]) -> [FieldIssue] {
        var known: Set<FieldIssue> = []
        return issues.filter { known.insert($0).inserted }
    }

    private func obstacle(_ referrer: Catalog.Referrer, _ id: RecordID, _ found: [RecordID]) -> FieldIssue? {
        guard let example = found.first else { return nil }
        return FieldIssue(
            field: nil,
            code: "referred",
            message: Message(
                .recordReferred,
                [
                    "record": .text(id.description),
                    "count": .text(found.count > 1000 ? "1000+" : String(found.count)),
                    "object": .label(referrer.object.label),
                    "field": .label(referrer.object.fields[referrer.slot].label),
                    "example": .text(example.description),
                ]
            ),
            conflicting: example
        )
    }

    /// What references of plugins that are not installed have against the deletion of a record: their data wait for the
    /// plugin to come back, and would point to nothing then.
    func archivedObstacles(to id: RecordID) throws(PlatformError) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        let archived = try ArchivedReference.all(on: connection).filter { $0.target == id.object }
        guard !archived.isEmpty else { return [] }
        let installed = Set(try PluginTable.rows(on: connection).map(\.id))
        for reference in archived {
            let found = try reference.records(
                pointingTo: id.number,
                limit: 1001,
                dialect: plans.dialect,
                on: connection
            )
            guard let first = found.first else { continue }
            guard !isRestricted else {
                issues.append(hiddenObstacle(to: id))
                continue
            }
            issues.append(
                FieldIssue(
                    field: nil,
                    code: "referred",
                    message: Message(
                        // A field of the company's own layer, or one that its plugin does without, waits as well.
                        reference.plugin.map(installed.contains) ?? true
                            ? .recordReferredDropped : .recordReferredArchived,
                        [
                            "record": .text(id.description),
                            "count": .text(found.count > 1000 ? "1000+" : String(found.count)),
                            "object": .label(reference.objectLabel), "field": .label(reference.fieldLabel),
                            "plugin": .label(reference.pluginTitle), "id": .text(reference.plugin?.rawValue ?? "local"),
                            "example": .text("\(reference.object)/\(first)"),
                        ]
                    ),
                    plugin: reference.plugin
                )
            )
        }
        return issues
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
