import CRMModel

/// The built-in checks of single values: length, range, form, dictionary, presence.
enum FieldChecks {
    /// Checks one value that is not null.
    static func check(_ value: Value, slot: Int, plan: ObjectPlan, into issues: inout [FieldIssue]) {
        // The whole definition is only needed to say what is wrong.
        var field: FieldDefinition { plan.object.fields[slot] }
        switch value {
        case .text(let text):
            let known = issues.count
            checkLength(text, field: { plan.object.fields[slot] }, limit: plan.fields[slot].maxLength, into: &issues)
            let isTooLong = issues.count > known
            switch plan.fields[slot].check {
            case .email where !ContactForm.isEmail(text):
                add(field, "email", .fieldEmail, ["value": .text(ValueCoder.shown(text))], &issues)
            case .phone where !ContactForm.isPhone(text):
                add(field, "phone", .fieldPhone, ["value": .text(ValueCoder.shown(text))], &issues)
            default: break
            }
            // What a pattern takes grows with the text; one that is too long is told of that.
            if plan.fields[slot].hasPattern, !isTooLong, let pattern = plan.patterns[slot],
                !pattern.matchesWhole(text)
            {
                add(field, "pattern", .fieldPattern, ["pattern": .text(field.pattern ?? "")], &issues)
            }
        default:
            if let minimum = plan.fields[slot].minimum, let order = value.compare(minimum), order < 0 {
                add(field, "too_small", .fieldTooSmall, ["limit": .text(minimum.displayText)], &issues)
            }
            if let maximum = plan.fields[slot].maximum, let order = value.compare(maximum), order > 0 {
                add(field, "too_great", .fieldTooGreat, ["limit": .text(maximum.displayText)], &issues)
            }
        }
    }

    /// Brings a picklist's text to the stored value, and checks that the option may be chosen now.
    static func settle(
        _ picklist: ObjectPlan.Picklist,
        _ draft: RecordDraft,
        plan: ObjectPlan,
        into issues: inout [FieldIssue]
    ) {
        guard case .text(let text) = draft[picklist.slot] else { return }
        let field = draft.object.fields[picklist.slot]
        let parent = picklist.controller.flatMap { draft[$0].textValue }
        let isChanged = draft.isChanged(picklist.slot)
        let option: PicklistSet.Option
        switch picklist.dictionary.match(text, parent: parent) {
        case .one(let meant): option = meant
        case .none:
            // A value whose plugin is gone stays as long as nobody changes it.
            guard isChanged else { return }
            return add(
                field,
                "option",
                .fieldOption,
                ["value": .text(ValueCoder.shown(text)), "options": .label(choices(picklist, under: parent))],
                &issues
            )
        case .several(let meant):
            guard isChanged else { return }
            if parent == nil, let controller = picklist.controller, meant.allSatisfy({ !$0.parents.isEmpty }) {
                return add(
                    field,
                    "option_parent",
                    .fieldOptionNoParent,
                    [
                        "value": .text(ValueCoder.shown(text)),
                        "parent_field": .label(draft.object.fields[controller].label),
                    ],
                    &issues
                )
            }
            return add(
                field,
                "option",
                .fieldOptionAmbiguous,
                [
                    "value": .text(ValueCoder.shown(text)),
                    "options": .label(LocalizedText.list(meant.map(\.named), limit: optionsShown)),
                ],
                &issues
            )
        }
        if option.value != text { draft.set(picklist.slot, .text(option.value)) }
        if option.isRetired, isChanged {
            add(field, "option_retired", .fieldOptionRetired, ["value": .label(option.label)], &issues)
        }
        guard let controller = picklist.controller, !option.parents.isEmpty else { return }
        if parent.map({ !option.parents.contains($0) }) ?? true {
            let parents = plan.picklists.first { $0.slot == controller }?.dictionary
            let label = parent.flatMap { parents?.option($0) }?.label
            add(
                field,
                "option_parent",
                parent == nil ? .fieldOptionNoParent : .fieldOptionParent,
                [
                    "value": .label(option.label), "parent_field": .label(draft.object.fields[controller].label),
                    "parent": label.map { .label($0) } ?? .text(parent.map(ValueCoder.shown) ?? "—"),
                ],
                &issues
            )
        }
    }

    /// How many options a message names before it says how many there are.
    private static let optionsShown = 40

    /// The labels of the options that may be chosen: those under the parent, when it has any.
    private static func choices(_ picklist: ObjectPlan.Picklist, under parent: String?) -> LocalizedText {
        let current = picklist.dictionary.options.filter { !$0.isRetired }
        let fitting = parent.map { parent in current.filter { $0.fits(parent) } } ?? current
        return LocalizedText.list((fitting.isEmpty ? current : fitting).map(\.label), limit: optionsShown)
    }

    /// Refuses a text of more than `limit` characters, or of so many bytes that its characters are heaps of marks.
    private static func checkLength(
        _ text: String,
        field: () -> FieldDefinition,
        limit: Int,
        into issues: inout [FieldIssue]
    ) {
        let size = text.utf8.count
        guard size > limit else { return }
        let bytes = TextLimits.bytes(forCharacters: limit)
        // Characters are only counted in texts that are not beyond the limit already.
        if size > bytes {
            add(
                field(),
                "too_long",
                .fieldTooManyBytes,
                ["limit": .text(String(limit)), "bytes": .text(String(bytes)), "size": .text(String(size))],
                &issues
            )
        } else if text.count > limit {
            add(
                field(),
                "too_long",
                .fieldTooLong,
                ["limit": .text(String(limit)), "count": .text(String(text.count))],
                &issues
            )
        }
    }

    private static func add(
        _ field: FieldDefinition,
        _ code: String,
        _ key: MessageKey,
        _ arguments: [String: Message.Argument],
        _ issues: inout [FieldIssue]
    ) {
        var all = arguments
        all["field"] = .label(field.label)
        issues.append(ValueCoder.issue(field, code, Message(key, all)))
    }
}
