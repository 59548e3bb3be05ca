import CRMModel
import CRMStorage

/// Writes a record, its history, its duplicate keys and its mark for the search index: one step of the pipeline.
struct RecordWriter {
    let pipeline: SavePipeline

    private var session: RecordSession { pipeline.session }
    private var plan: ObjectPlan { pipeline.plan }
    private var connection: StoreConnection { pipeline.session.connection }

    /// Writes the draft; a new record gets its number.
    func write(_ draft: RecordDraft) throws(PlatformError) -> String {
        let now = session.now
        let user = session.principal.userID
        draft.set(SystemField.updatedAt.slot, .instant(now))
        draft.set(SystemField.updatedBy.slot, .integer(user))
        do {
            if draft.isNew {
                draft.set(SystemField.version.slot, .integer(1))
                draft.set(SystemField.createdAt.slot, .instant(now))
                draft.set(SystemField.createdBy.slot, .integer(user))
                let id = try plan.table.insert(draft.values, on: connection)
                draft.id = id
                draft.set(SystemField.id.slot, .integer(id))
            } else {
                try update(draft)
            }
        } catch {
            session.knownRecords.forget(draft.id, of: plan.object)
            throw try unique(error, draft)
        }
        if session.depth > 1 || !draft.rows.isEmpty {
            session.knownRecords.keep(draft.record, draft.id)
        } else {
            // Nobody comes back to a record that is saved by itself.
            session.knownRecords.forget(draft.id, of: plan.object)
        }
        session.recordWritten()
        session.knownReferences.forget(plan.object.name)
        try writeHistory(draft, draft.isNew ? .create : .update, now)
        for duplicates in plan.duplicates { try keep(duplicates.key, draft) }
        for key in plan.keys { try keep(key, draft) }
        if plan.searchableSlots.contains(where: { draft.isChanged($0) }) {
            try SearchTable.mark(objectID: plan.object.stableID, record: draft.id, on: connection)
        }
        if !plan.titleReaders.isEmpty, !draft.isNew, draft.isChanged(plan.object.titleSlot) {
            try markTitleReaders(of: draft.id)
        }
        return pipeline.told(
            Message(
                .traceWritten,
                ["record": .text(draft.recordID.description), "version": .text(String(draft.record.version))]
            )
        )
    }

    private func update(_ draft: RecordDraft) throws(PlatformError) {
        let version = draft.original?.version ?? 0
        let (next, overflow) = version.addingReportingOverflow(1)
        guard !overflow else {
            throw PlatformError(
                .limitExceeded,
                Message(.versionExhausted, ["record": .text(draft.recordID.description)]),
                context: pipeline.context(draft)
            )
        }
        draft.set(SystemField.version.slot, .integer(next))
        let slots = plan.table.storedSlots.filter { $0 != SystemField.id.slot && draft.isChanged($0) }
        let done = try plan.table.update(
            draft.id,
            slots: slots,
            values: draft.values,
            version: version,
            on: connection
        )
        guard done else {
            if let overtaking = draft.overtakenBy { throw pipeline.refusal(of: draft, overtakenBy: overtaking) }
            let current = try session.record(draft.recordID, .system)?.version ?? 0
            throw pipeline.conflict(draft, given: version, current: current)
        }
        overtake(draft, isDeletion: false)
    }

    /// Tells the saves of the same record within which this one runs that the record is another now, or gone.
    private func overtake(_ draft: RecordDraft, isDeletion: Bool) {
        session.rewritten?.insert(draft.recordID)
        for outer in session.underWay.dropLast() where outer.id == draft.id && outer.object.name == draft.object.name {
            outer.overtakenBy = Overtaking(hook: session.active.last, isDeletion: isDeletion)
        }
    }

    private func keep(_ key: RecordKey, _ draft: RecordDraft) throws(PlatformError) {
        guard SavePipeline.concerns(key, draft) else { return }
        try DuplicateKeyTable.set(
            objectID: plan.object.stableID,
            rule: key.name,
            key: key.key { draft[$0] },
            insteadOf: draft.isNew ? nil : key.key { draft.oldValue($0) },
            record: draft.id,
            on: connection
        )
    }

    /// Marks the records that are found by the title of this one.
    private func markTitleReaders(of record: Int64) throws(PlatformError) {
        for reader in plan.titleReaders {
            try SearchTable.mark(
                objectID: reader.objectID,
                recordsOf: reader.object,
                referringBy: reader.field,
                to: record,
                on: connection
            )
        }
    }

    /// Removes the record and all that was kept beside it.
    func delete(_ draft: RecordDraft) throws(PlatformError) -> String {
        try plan.table.delete(draft.id, on: connection)
        session.knownRecords.forget(draft.id, of: plan.object)
        overtake(draft, isDeletion: true)
        session.recordWritten()
        session.knownReferences.forget(plan.object.name)
        try writeHistory(draft, .delete, session.now)
        for key in plan.duplicates.map(\.key) + plan.keys {
            try DuplicateKeyTable.set(
                objectID: plan.object.stableID,
                rule: key.name,
                key: nil,
                insteadOf: key.key { draft.oldValue($0) },
                record: draft.id,
                on: connection
            )
        }
        if !plan.searchableSlots.isEmpty {
            try SearchTable.mark(objectID: plan.object.stableID, record: draft.id, on: connection)
        }
        return draft.recordID.description
    }

    // MARK: - History

    private func writeHistory(
        _ draft: RecordDraft,
        _ action: AuditTable.Action,
        _ now: Instant
    ) throws(PlatformError) {
        describe(draft, action, to: &session.plans.historyWriter)
        let entry = AuditTable.Entry(
            at: now,
            userID: session.principal.userID,
            origin: session.originText,
            unit: session.auditUnit,
            objectID: plan.object.stableID,
            recordID: draft.id,
            action: action,
            reason: session.writtenReason
        )
        let number = try AuditTable.write(entry, changes: session.plans.historyWriter.bytes, on: connection)
        if session.auditUnit == 0 { session.auditUnit = number }
    }

    /// Writes what is new in the fields, and what was there before.
    private func describe(_ draft: RecordDraft, _ action: AuditTable.Action, to writer: inout JSONWriter) {
        writer.removeAll()
        writer.beginObject()
        for slot in plan.auditedSlots {
            switch action {
            case .create:
                guard !draft[slot].isNull else { continue }
                writer.key(plan.auditKeys[slot])
                writer.value(draft[slot])
            case .update:
                guard draft.isChanged(slot) else { continue }
                writer.key(plan.auditKeys[slot])
                writer.beginArray()
                writer.value(draft.oldValue(slot))
                writer.value(draft[slot])
                writer.endArray()
            case .delete:
                guard !draft.oldValue(slot).isNull else { continue }
                writer.key(plan.auditKeys[slot])
                writer.value(draft.oldValue(slot))
            }
        }
        writer.endObject()
    }

    // MARK: - Unique indexes

    /// A unique index that objected, as an issue of its first field that people know.
    private func unique(_ error: PlatformError, _ draft: RecordDraft) throws(PlatformError) -> PlatformError {
        guard let violation = error.constraintViolation, violation.kind == .unique else { return error }
        let slots = violation.columns.compactMap { FieldName(rawValue: $0) }.compactMap { plan.object.slot(of: $0) }
        guard !slots.isEmpty else { return error }
        let found = try session.reads(.system).ids(plan, slots, are: slots.map { draft[$0] }, limit: 2)
        guard let other = found.first(where: { $0 != draft.id }) else { return error }
        let issue = try pipeline.uniqueTogetherIssue(slots, draft, other)
        return PlatformError(
            .validationFailed,
            Message(.validationFailed, ["object": .label(plan.object.label), "count": "1"]),
            issues: [issue],
            context: pipeline.context(draft),
            cause: error
        )
    }
}

extension MessageKey {
    static let versionExhausted = MessageKey(
        "record.version_exhausted",
        zhCN: "{record} 的版本号已到尽头，不能再保存；文件可能被改动过，请用 check 检查",
        zhTW: "{record} 的版本號已到盡頭，不能再儲存；檔案可能被改動過，請用 check 檢查",
        en: "{record} cannot be saved any more, its version is at the end of the numbers; the file may have been "
            + "tampered with, look at it with check"
    )
    static let fieldUniqueTogether = MessageKey(
        "field.unique_together",
        zhCN: "{other} 的「{fields}」同为「{values}」，不能重复",
        zhTW: "{other} 的「{fields}」同為「{values}」，不能重複",
        en: "{other} has the {fields} \"{values}\" already"
    )
}
