import CRMModel

extension SavePipeline {
    /// The built-in checks: presence of required fields, and everything about fields that have changed.
    ///
    /// A record made before a field was required can be saved without it, until somebody empties it: other plugins that
    /// save the record know nothing of the field.
    ///
    /// `given` is the input when hooks that might have filled the rest did not run: of the required fields, only those
    /// that were given empty are told then.
    func check(
        _ draft: RecordDraft,
        given: RecordInput? = nil,
        into issues: inout [FieldIssue]
    ) throws(PlatformError) {
        let complained = Set(issues.compactMap(\.field))
        let fields = object.fields
        for slot in plan.requiredSlots where Self.isMissing(draft[slot]) && !complained.contains(fields[slot].name) {
            guard draft.isNew || draft.isChanged(slot) else { continue }
            if let given, given[fields[slot].name] == nil { continue }
            if case .autoNumber = fields[slot].type { continue }
            if case .children = fields[slot].type { continue }
            issues.append(
                ValueCoder.issue(
                    fields[slot],
                    "required",
                    Message(.fieldRequired, ValueCoder.label(fields[slot]))
                )
            )
        }
        for slot in fields.indices.dropFirst(SystemField.allCases.count) where draft.isChanged(slot) {
            let value = draft[slot]
            if !value.isNull { FieldChecks.check(value, slot: slot, plan: plan, into: &issues) }
        }
        for reference in plan.references where draft.isChanged(reference.slot) {
            try checkReference(reference, draft, &issues)
        }
        // What cannot be saved is not looked for among what others have: it has one meaning, that of a mistake.
        let wrong = Set(issues.compactMap(\.field))
        for slot in plan.uniqueSlots where draft.isChanged(slot) && !draft[slot].isNull {
            if !plan.keyedSlots.contains(slot), !wrong.contains(fields[slot].name) {
                try checkUnique(slot, draft, &issues)
            }
        }
        for key in plan.keys where key.purpose == .unique && Self.concerns(key, draft) {
            if key.parts.contains(where: { wrong.contains(fields[$0.slot].name) }) { continue }
            try checkUnique(key, draft, &issues)
        }
    }

    private static func isMissing(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .text(let text): text.isEmpty || (text.utf8.count < 64 && TextNormalisation.isBlank(text))
        default: false
        }
    }

    private func checkReference(
        _ reference: ObjectPlan.Reference,
        _ draft: RecordDraft,
        _ issues: inout [FieldIssue]
    ) throws(PlatformError) {
        guard case .integer(let id) = draft[reference.slot] else { return }
        // What was given was looked at with the eyes of who gave it; what hooks and defaults chose need only be there.
        if try session.reads(.system).exists(id, session.plans.plan(reference.target)) { return }
        let issue = noRecord(id, reference)
        if !issues.contains(issue) { issues.append(issue) }
    }

    private func checkUnique(
        _ slot: Int,
        _ draft: RecordDraft,
        _ issues: inout [FieldIssue]
    ) throws(PlatformError) {
        let found = try session.reads(.system).ids(plan, slot, is: draft[slot], limit: 2)
        guard let other = found.first(where: { $0 != draft.id }) else { return }
        issues.append(try uniqueIssue(object.fields[slot], other))
    }

    /// Refuses values whose comparable form another record has.
    private func checkUnique(
        _ key: RecordKey,
        _ draft: RecordDraft,
        _ issues: inout [FieldIssue]
    ) throws(PlatformError) {
        guard let form = key.key({ draft[$0] }),
            let other = try session.reads(.system).twin(plan, having: form, by: key.name, otherThan: draft.id)
        else { return }
        guard key.parts.count > 1 else {
            return issues.append(try uniqueIssue(object.fields[key.parts[0].slot], other))
        }
        issues.append(try uniqueTogetherIssue(key.parts.map(\.slot), draft, other))
    }

    /// Why values cannot be saved that only one record may have together.
    func uniqueTogetherIssue(
        _ slots: [Int],
        _ draft: RecordDraft,
        _ other: Int64
    ) throws(PlatformError) -> FieldIssue {
        if let issue = try hiddenUnique(slots, other) { return issue }
        var values: [LocalizedText] = []
        for slot in slots { values.append(try called(draft[slot], of: object.fields[slot])) }
        let id = RecordID(object: object.name, number: other)
        return FieldIssue(
            field: slots.last.map { object.fields[$0].name },
            code: "unique",
            message: Message(
                .fieldUniqueTogether,
                [
                    "fields": .label(LocalizedText.list(slots.map { object.fields[$0].label })),
                    "values": .label(LocalizedText.list(values)), "other": .text(try titled(id)),
                ]
            ),
            conflicting: id
        )
    }

    /// Why a value cannot be saved that another record has.
    func uniqueIssue(_ field: FieldDefinition, _ other: Int64) throws(PlatformError) -> FieldIssue {
        if let slot = object.slot(of: field.name), let issue = try hiddenUnique([slot], other) { return issue }
        let id = RecordID(object: object.name, number: other)
        return FieldIssue(
            field: field.name,
            code: "unique",
            message: Message(.fieldUnique, ["field": .label(field.label), "other": .text(try titled(id))]),
            conflicting: id
        )
    }

    /// Why values cannot be saved that a record has which the principal may not see: that they are taken, and no more.
    private func hiddenUnique(_ slots: [Int], _ other: Int64) throws(PlatformError) -> FieldIssue? {
        guard try !session.isShown(RecordID(object: object.name, number: other)) else { return nil }
        return FieldIssue(
            field: slots.last.map { object.fields[$0].name },
            code: "unique",
            message: Message(
                .fieldUniqueHidden,
                ["field": .label(LocalizedText.list(slots.map { object.fields[$0].label }))]
            )
        )
    }

    /// A value as people call it: the title of the record that is referred to, the label of an option.
    private func called(_ value: Value, of field: FieldDefinition) throws(PlatformError) -> LocalizedText {
        switch (value, field.type) {
        case (.integer(let number), .reference(let target, _)):
            let record = try session.record(RecordID(object: target, number: number), .user)
            return LocalizedText(ValueCoder.shown(record?.title ?? "\(target)/\(number)"))
        case (.text(let code), .picklist):
            return session.catalog.dictionary(of: field)?.option(code)?.label ?? LocalizedText(ValueCoder.shown(code))
        default: return LocalizedText(ValueCoder.shown(value.displayText))
        }
    }

    /// A record with its number and its title: `customer/12 (武汉达川)`.
    private func titled(_ id: RecordID) throws(PlatformError) -> String {
        guard let title = try session.record(id, .user)?.title, title != id.description else { return id.description }
        return "\(id) (\(ValueCoder.shown(title)))"
    }

    /// Asks the validation rules of metadata, then the validators of plugins; all of them.
    func validate(_ draft: RecordDraft, into issues: inout [FieldIssue]) throws(PlatformError) {
        for rule in plan.rules {
            var found: FieldIssue?
            try step(.validate, draft, plugin: rule.rule.plugin, rule: rule.rule.name.rawValue) {
                () throws(PlatformError) in
                found = try objection(of: rule, draft)
                return found.map { told([$0]) } ?? ""
            }
            if let found { issues.append(found) }
        }
        for validator in session.hooks.validators(of: object.name) {
            var found: [FieldIssue] = []
            let isIncomplete = !issues.isEmpty
            try step(.validate, draft, plugin: validator.plugin, rule: validator.source) { () throws(PlatformError) in
                do throws(PlatformError) {
                    found = try session.acting(as: .plugin(validator.plugin)) { () throws(PlatformError) in
                        try validator.validate(draft, in: session)
                    }
                } catch  where isIncomplete && error.code == .hookFailed {
                    // The record is refused already; a validator that stumbles over what is missing adds nothing.
                    return session.recorder.map { error.text(in: $0.language) } ?? ""
                } catch {
                    throw located(error, draft, validator.plugin, "validate")
                }
                return told(found[...])
            }
            issues += found
        }
    }

    /// Whether the condition of a rule or gate is true or false, nil when it is unknown.
    func holds(
        _ condition: CheckedExpression,
        of rule: ElementName,
        _ draft: RecordDraft
    ) throws(PlatformError) -> Bool? {
        do {
            return try condition.holds(in: DraftContext(draft: draft, session: session))
        } catch let error as PlatformError {
            throw error
        } catch {
            throw PlatformError(.internal, Message(.ruleFailed, ["rule": .text(rule.rawValue)]), cause: error)
        }
    }

    /// What a validation rule has against the record, nil when it passes: when it is true or unknown.
    private func objection(of rule: ObjectPlan.Rule, _ draft: RecordDraft) throws(PlatformError) -> FieldIssue? {
        let definition = rule.rule
        guard try holds(rule.condition, of: definition.name, draft) == false else { return nil }
        return FieldIssue(
            field: definition.fields.first,
            code: "rule",
            message: Message(custom: definition.message),
            rule: definition.name.rawValue,
            plugin: definition.plugin
        )
    }

    /// Asks the duplicate rules.
    func findDuplicates(
        _ draft: RecordDraft,
        _ issues: inout [FieldIssue],
        _ warnings: inout [FieldIssue]
    ) throws(PlatformError) {
        let wrong = Set(issues.lazy.filter { $0.code != "unique" }.compactMap(\.field))
        for duplicates in plan.duplicates where Self.concerns(duplicates.key, draft) {
            if duplicates.key.parts.contains(where: { wrong.contains(object.fields[$0.slot].name) }) { continue }
            guard let key = duplicates.key.key({ draft[$0] }),
                let other = try session.reads(.system)
                    .twin(plan, having: key, by: duplicates.rule.name.rawValue, otherThan: draft.id)
            else { continue }
            let issue = try duplicateIssue(duplicates, other)
            switch duplicates.rule.action {
            case .block: issues.append(issue)
            case .warn: warnings.append(issue)
            }
        }
    }

    /// That another record counts as the same; of one that the principal may not see, what the policy lets be told.
    private func duplicateIssue(_ duplicates: ObjectPlan.Duplicates, _ other: Int64) throws(PlatformError) -> FieldIssue
    {
        let id = RecordID(object: object.name, number: other)
        let isShown = try session.isShown(id)
        let message: Message
        if isShown {
            let title = try session.record(id, .user)?.title ?? ""
            message = Message(
                .recordDuplicate,
                [
                    "other": .text(id.description), "title": .text(ValueCoder.shown(title)),
                    "reason": reason(duplicates),
                ]
            )
        } else {
            let told = try disclosed(id)
            message = Message(
                .recordDuplicateHidden,
                [
                    "reason": reason(duplicates),
                    "told": told.map { .message(Message(.recordDuplicateTold, ["values": .label($0)])) } ?? "",
                ]
            )
        }
        return FieldIssue(
            field: duplicates.rule.matches.first?.field,
            code: "duplicate",
            message: message,
            rule: duplicates.rule.name.rawValue,
            plugin: duplicates.rule.plugin,
            conflicting: isShown ? id : nil
        )
    }

    /// What the policy lets be told of a duplicate that the principal may not see; nil for nothing.
    private func disclosed(_ id: RecordID) throws(PlatformError) -> LocalizedText? {
        guard let rights = session.rightsOfPrincipal(on: object), !rights.disclosed.isEmpty,
            let record = try session.record(id, .system)
        else { return nil }
        var parts: [LocalizedText] = []
        for slot in rights.disclosed where !record.values[slot].isNull {
            let field = object.fields[slot]
            var value = try called(record.values[slot], of: field)
            if case .reference(let target, _) = field.type, case .integer(let number) = record.values[slot],
                let named = try session.record(RecordID(object: target, number: number), .system)
            {
                value = LocalizedText(ValueCoder.shown(named.title))
            }
            parts.append(LocalizedText.pair(field.label, value))
        }
        return parts.isEmpty ? nil : LocalizedText.list(parts)
    }

    /// Why two records count as one: the rule's own words, else what the rule is called and the fields that agree.
    private func reason(_ duplicates: ObjectPlan.Duplicates) -> Message.Argument {
        if let message = duplicates.rule.message { return .label(message) }
        let fields = LocalizedText.list(duplicates.key.parts.map { object.fields[$0.slot].label })
        guard let label = duplicates.rule.label else {
            return .message(Message(.recordSameFields, ["fields": .label(fields)]))
        }
        return .message(Message(.recordSameBy, ["rule": .label(label), "fields": .label(fields)]))
    }

    static func concerns(_ key: RecordKey, _ draft: RecordDraft) -> Bool {
        draft.isNew || key.parts.contains { draft.isChanged($0.slot) }
    }

    /// Checks again what before_save hooks have changed: the built-in checks, the rules of metadata and duplicates.
    func recheck(_ draft: RecordDraft, _ warnings: inout [FieldIssue]) throws(PlatformError) {
        var issues: [FieldIssue] = []
        warnings = []
        for picklist in plan.picklists where draft.isChanged(picklist.slot) {
            FieldChecks.settle(picklist, draft, plan: plan, into: &issues)
        }
        try check(draft, into: &issues)
        for rule in plan.rules {
            if let found = try objection(of: rule, draft) { issues.append(found) }
        }
        try findDuplicates(draft, &issues, &warnings)
        try stop(on: issues, draft)
    }
}

extension MessageKey {
    static let ruleFailed = MessageKey(
        "record.rule_failed",
        zhCN: "验证规则「{rule}」无法计算",
        zhTW: "驗證規則「{rule}」無法計算",
        en: "the validation rule \"{rule}\" could not be computed"
    )
}
