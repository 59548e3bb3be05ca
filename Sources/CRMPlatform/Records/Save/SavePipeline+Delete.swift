import CRMModel
import CRMStorage

extension SavePipeline {
    /// Deletes a record: hooks, the records that refer to it, the row itself, hooks again.
    func remove(_ draft: RecordDraft) throws(PlatformError) {
        guard session.deleting.insert(draft.recordID).inserted else { return }
        defer { session.deleting.remove(draft.recordID) }
        try runHooks(.beforeDelete, .beforeSave, draft)
        var issues: [FieldIssue] = []
        try step(.check, draft) { () throws(PlatformError) in
            for referrer in session.catalog.referrers(to: object.name) where referrer.onDelete == .restrict {
                if let issue = try obstacle(referrer, draft) { issues.append(issue) }
            }
            return issues.map { $0.message.text(in: .zhCN) }.joined(separator: "; ")
        }
        try stop(on: issues, draft, as: .deletionRefused)
        for referrer in session.catalog.referrers(to: object.name) where referrer.onDelete != .restrict {
            try release(referrer, draft)
        }
        try step(.write, draft) { () throws(PlatformError) in try RecordWriter(pipeline: self).delete(draft) }
        try runHooks(.afterDelete, .afterSave, draft)
        try settleIfOutermost()
    }

    private func referring(
        _ referrer: Catalog.Referrer,
        _ draft: RecordDraft,
        limit: Int
    ) throws(PlatformError) -> [RecordID] {
        let ids = try session.plans.plan(referrer.object.name).table.ids(
            where: referrer.slot,
            is: .integer(draft.id),
            limit: limit,
            on: session.connection
        )
        return ids.map { RecordID(object: referrer.object.name, number: $0) }.filter { !session.deleting.contains($0) }
    }

    private func obstacle(_ referrer: Catalog.Referrer, _ draft: RecordDraft) throws(PlatformError) -> FieldIssue? {
        let found = try referring(referrer, draft, limit: 1001)
        guard let example = found.first else { return nil }
        return FieldIssue(
            field: nil,
            code: "referred",
            message: Message(
                .recordReferred,
                [
                    "record": .text(draft.recordID.description),
                    "count": .text(found.count > 1000 ? "1000+" : String(found.count)),
                    "object": .label(referrer.object.label),
                    "field": .label(referrer.object.fields[referrer.slot].label),
                    "example": .text(example.description),
                ]
            ),
            conflicting: example
        )
    }

    /// Empties the references, or deletes the referring records, each through the pipeline.
    private func release(_ referrer: Catalog.Referrer, _ draft: RecordDraft) throws(PlatformError) {
        for id in try referring(referrer, draft, limit: .max) {
            if referrer.onDelete == .cascade {
                try session.delete(id)
            } else {
                var input = RecordInput()
                input.append(referrer.object.fields[referrer.slot].name, .value(.null))
                _ = try session.update(id, input)
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
}
