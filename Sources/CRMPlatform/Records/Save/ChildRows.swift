import CRMModel

/// Saves the child rows that were given with a record: each through the pipeline, all problems of all rows at once.
struct ChildRows {
    let pipeline: SavePipeline

    private var session: RecordSession { pipeline.session }

    /// Brings the children in line with the rows given.
    func save(_ draft: RecordDraft) throws(PlatformError) {
        var issues: [FieldIssue] = []
        for (slot, rows) in draft.rows {
            guard case .children(let object, let via) = draft.object.fields[slot].type else { continue }
            var kept: Set<Int64> = []
            for (index, row) in rows.enumerated() {
                do throws(PlatformError) {
                    kept.insert(try save(row, object, via, parent: draft.id))
                } catch  where error.code == .validationFailed || error.code == .notFound {
                    let reasons = error.issues.isEmpty ? [error.message] : error.issues.map(\.message)
                    issues += reasons.map { reason in
                        FieldIssue(
                            field: draft.object.fields[slot].name,
                            code: "child_row",
                            message: Message(
                                .childRow,
                                [
                                    "field": .label(draft.object.fields[slot].label),
                                    "row": .text(String(index + 1)), "message": .message(reason),
                                ]
                            )
                        )
                    }
                }
            }
            guard issues.isEmpty, !draft.isNew else { continue }
            let plan = try session.plans.plan(object)
            guard let viaSlot = plan.object.slot(of: via) else { continue }
            // Rows that are not seen are not meant by a list without them.
            let present = try session.reads(.user).ids(plan, viaSlot, is: .integer(draft.id), limit: .max)
            for id in present where !kept.contains(id) {
                try session.delete(RecordID(object: object, number: id))
            }
        }
        try pipeline.stop(on: issues, draft)
    }

    private func save(
        _ row: RecordInput,
        _ object: ObjectName,
        _ via: FieldName,
        parent: Int64
    ) throws(PlatformError) -> Int64 {
        var input = row
        let idField = SystemField.id.name
        let given = input[idField]
        input[idField] = nil
        guard let given, let id = Self.number(given) else {
            input[via] = .value(.integer(parent))
            return try session.create(object, input).record.id
        }
        let recordID = RecordID(object: object, number: id)
        guard let current = try session.record(recordID, .user) else { throw RecordSession.notFound(recordID) }
        guard current[via] == .integer(parent) else { throw RecordSession.notFound(recordID) }
        input[via] = nil
        return try session.update(recordID, input).record.id
    }

    private static func number(_ input: InputValue) -> Int64? {
        switch input {
        case .value(let value): value.integerValue
        case .text(let text): Int64(text)
        case .rows: nil
        }
    }
}

extension MessageKey {
    static let childRow = MessageKey(
        "record.child_row",
        zhCN: "「{field}」第 {row} 行：{message}",
        zhTW: "「{field}」第 {row} 列：{message}",
        en: "{field}, row {row}: {message}"
    )
}
