import CRMModel
import CRMStorage

extension SavePipeline {
    /// Refuses fields that do not exist and fields that nobody may give, naming each.
    func checkRights(_ input: RecordInput, _ draft: RecordDraft, _ issues: inout [FieldIssue]) {
        let rights = session.rights(mode, on: object)
        for (position, entry) in input.entries.enumerated() {
            guard let slot = plan.slot(of: entry.field, at: position), rights?.hidden.contains(slot) != true else {
                // Nobody reads more; the save is refused anyway.
                guard issues.count < 100 else { return }
                let fields = object.fields
                let known = fields.indices.filter { rights?.hidden.contains($0) != true }
                let hint = Suggestion.hint(
                    for: entry.field.rawValue,
                    among: known.lazy.map { fields[$0] }.filter { !$0.isSystem }.flatMap {
                        [$0.name.rawValue] + $0.label.texts.values
                    }
                )
                issues.append(
                    FieldIssue(
                        field: entry.field,
                        code: "unknown_field",
                        message: Message(
                            .fieldUnknown,
                            [
                                "object": .label(object.label), "name": .text(entry.field.rawValue),
                                "hint": .text(hint),
                            ]
                        )
                    )
                )
                continue
            }
            if rights?.unwritable.contains(slot) == true {
                let field = object.fields[slot]
                issues.append(ValueCoder.issue(field, "not_permitted", Message(.accessField, ValueCoder.label(field))))
            } else if plan.fields[slot].isSystem {
                let field = object.fields[slot]
                issues.append(ValueCoder.issue(field, "read_only", Message(.fieldReadOnly, ValueCoder.label(field))))
            } else if plan.fields[slot].isAutoNumber, !options.allowsExplicitCodes, !Self.isEmpty(entry.value) {
                let field = object.fields[slot]
                issues.append(ValueCoder.issue(field, "code_given", Message(.fieldCodeGiven, ValueCoder.label(field))))
            }
        }
    }

    private static func isEmpty(_ input: InputValue) -> Bool {
        switch input {
        case .value(let value): value.isNull || value.textValue.map { TextNormalisation.isBlank($0) } == true
        case .text(let text): TextNormalisation.isBlank(text)
        case .rows(let rows): rows.isEmpty
        }
    }

    /// Brings what was given into the draft.
    func normalise(_ input: RecordInput, _ draft: RecordDraft, _ issues: inout [FieldIssue]) throws(PlatformError) {
        let coder = ValueCoder(
            catalog: session.catalog,
            companyTimeZone: session.companyTimeZone,
            timeZone: session.timeZone,
            takesRecordNumbers: options.takesRecordNumbers
        )
        for (position, entry) in input.entries.enumerated() {
            guard let slot = plan.slot(of: entry.field, at: position), !plan.fields[slot].isSystem else { continue }
            if let value = plan.fields[slot].plain(entry.value) {
                draft.set(slot, value)
                continue
            }
            let field = object.fields[slot]
            if case .rows(let rows) = entry.value, case .children = field.type {
                draft.rows.append((slot, rows))
                continue
            }
            try set(coder.code(entry.value, for: field), slot, draft, &issues)
        }
        if let rights = session.rights(mode, on: object) { try refuseHidden(input, rights, draft, &issues) }
        settlePicklists(draft, &issues)
    }

    /// What the input says, as it has been read.
    func given(_ input: RecordInput, _ draft: RecordDraft) -> [GivenValue] {
        var given: [GivenValue] = []
        given.reserveCapacity(input.entries.count)
        for (position, entry) in input.entries.enumerated() {
            guard let slot = plan.slot(of: entry.field, at: position), !draft[slot].isNull else { continue }
            given.append(GivenValue(slot: slot, value: draft[slot]))
        }
        return given
    }

    /// What the input says, without saving anything; nil when something of it cannot be read.
    func given(_ input: RecordInput) throws(PlatformError) -> [GivenValue]? {
        let draft = RecordDraft(object: object, original: nil)
        defer { draft.isFinished = true }
        var issues: [FieldIssue] = []
        try normalise(input, draft, &issues)
        return issues.isEmpty ? given(input, draft) : nil
    }

    /// Refuses references that somebody gives to records that he may not see, in the words for records that are not there.
    private func refuseHidden(
        _ input: RecordInput,
        _ rights: ObjectAccess,
        _ draft: RecordDraft,
        _ issues: inout [FieldIssue]
    ) throws(PlatformError) {
        for reference in plan.references where draft.isChanged(reference.slot) {
            guard !rights.hidden.contains(reference.slot), case .integer(let id) = draft[reference.slot],
                input[object.fields[reference.slot].name] != nil,
                try !session.reads(.user).exists(id, session.plans.plan(reference.target))
            else { continue }
            issues.append(noRecord(id, reference))
        }
    }

    /// Why a reference to a record that is not there cannot be set.
    func noRecord(_ id: Int64, _ reference: ObjectPlan.Reference) -> FieldIssue {
        let field = object.fields[reference.slot]
        return ValueCoder.issue(
            field,
            "reference",
            Message(.fieldReference, ["field": .label(field.label), "value": .text("\(reference.target)/\(id)")])
        )
    }

    func set(
        _ outcome: ValueCoder.Outcome,
        _ slot: Int,
        _ draft: RecordDraft,
        _ issues: inout [FieldIssue]
    ) throws(PlatformError) {
        switch outcome {
        case .value(let value):
            // A code that was kept with a dash of its own is the same one.
            if plan.fields[slot].isAutoNumber, case .text(let old) = draft.oldValue(slot),
                value == .text(object.fields[slot].type.keptForm(of: old))
            {
                return draft.set(slot, .text(old))
            }
            draft.set(slot, value)
        case .issue(let issue): issues.append(issue)
        case .lookup(let text):
            let field = object.fields[slot]
            guard case .reference(let target, _) = field.type else { return }
            let byNumber = options.takesRecordNumbers
            let match = try session.match(text, in: target, byNumber: byNumber)
            if case .one(let id) = match {
                draft.set(slot, .integer(id))
            } else {
                issues.append(try session.referenceIssue(match, text, target, field, byNumber: byNumber))
            }
        }
    }

    private func settlePicklists(_ draft: RecordDraft, _ issues: inout [FieldIssue]) {
        for picklist in plan.picklists where draft.isChanged(picklist.slot) || isControllerChanged(picklist, draft) {
            FieldChecks.settle(picklist, draft, plan: plan, into: &issues)
        }
    }

    private func isControllerChanged(_ picklist: ObjectPlan.Picklist, _ draft: RecordDraft) -> Bool {
        picklist.controller.map { draft.isChanged($0) } ?? false
    }

    /// Gives empty fields of a new record their defaults.
    func applyDefaults(_ draft: RecordDraft) -> String {
        let before = session.recorder == nil ? nil : draft.values
        for (slot, fallback) in plan.defaults where draft[slot].isNull {
            switch fallback {
            case .value(let value): draft.set(slot, value)
            case .today: draft.set(slot, .date(session.today))
            case .now: draft.set(slot, .instant(session.now))
            case .me: draft.set(slot, .integer(session.principal.userID))
            }
        }
        return effect(of: draft, since: before)
    }
}

extension MessageKey {
    static let assignOutside = MessageKey(
        "record.assign_outside",
        zhCN: "此处不能给「{field}」赋值；只有 before_validate 和 before_save 钩子可以，其他地方请用 crm.update",
        zhTW: "此處不能給「{field}」賦值；只有 before_validate 和 before_save 鉤子可以，其他地方請用 crm.update",
        en: "{field} cannot be assigned here; only before_validate and before_save hooks may, elsewhere use crm.update"
    )
}

extension SavePipeline {
    /// The values that fields of a new record would have when it comes to the checks.
    ///
    /// They are read, with defaults, and as `before_validate` hooks leave them. Whatever those hooks write is undone. Nil when there are no such hooks, and
    /// when the input is wrong or a hook refuses it: the save says why.
    func prepared(_ input: RecordInput, _ fields: [FieldName]) throws(PlatformError) -> [Value]? {
        guard session.recorder == nil, !session.hooks.handlers(at: .beforeValidate, of: object.name).isEmpty else {
            return nil
        }
        try session.requireWhole()
        let draft = RecordDraft(object: object, original: nil)
        var values: [Value]?
        session.depth += 1
        session.underWay.append(draft)
        defer {
            session.underWay.removeLast()
            session.depth -= 1
            draft.isFinished = true
        }
        do {
            try session.undone { () throws(PlatformError) in
                var issues: [FieldIssue] = []
                try normalise(input, draft, &issues)
                guard issues.isEmpty else { return }
                _ = applyDefaults(draft)
                try runHooks(.beforeValidate, .beforeValidate, draft)
                values = fields.map { field in object.slot(of: field).map { draft[$0] } ?? .null }
            }
        } catch {
            guard session.lostBy == nil else { throw error }
            return nil
        }
        return values
    }
}

extension SavePipeline {
    /// What stands against an input by itself: what cannot be read, and of a new record what is missing and what the
    /// checks say; without hooks, rules and validators, and without writing anything.
    func objections(to input: RecordInput, isNew: Bool) throws(PlatformError) -> [FieldIssue] {
        let draft = RecordDraft(object: object, original: nil)
        defer { draft.isFinished = true }
        var issues: [FieldIssue] = []
        checkRights(input, draft, &issues)
        try normalise(input, draft, &issues)
        guard isNew else { return issues }
        _ = applyDefaults(draft)
        let hasHooks = !session.hooks.handlers(at: .beforeValidate, of: object.name).isEmpty
        try check(draft, given: hasHooks ? input : nil, into: &issues)
        return issues
    }
}
