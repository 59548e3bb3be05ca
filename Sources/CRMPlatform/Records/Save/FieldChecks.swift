import CRMModel

/// The built-in checks of single values: length, range, form, dictionary, presence.
enum FieldChecks {
    /// Checks one value that is not null.
    static func check(_ value: Value, slot: Int, plan: ObjectPlan, into issues: inout [FieldIssue]) {
        // The whole definition is only needed to say what is wrong.
        var field: FieldDefinition { plan.object.fields[slot] }
        switch value {
        case .text(let text):
            let limit = plan.fields[slot].maxLength
            if text.utf8.count > limit, text.count > limit {
                add(
                    field,
                    "too_long",
                    .fieldTooLong,
                    ["limit": .text(String(limit)), "count": .text(String(text.count))],
                    &issues
                )
            }
            switch plan.fields[slot].check {
            case .email where !isEmail(text):
                add(field, "email", .fieldEmail, ["value": .text(ValueCoder.shown(text))], &issues)
            case .phone where !isPhone(text):
                add(field, "phone", .fieldPhone, ["value": .text(ValueCoder.shown(text))], &issues)
            default: break
            }
            if plan.fields[slot].hasPattern, let regex = plan.patterns[slot], (try? regex.wholeMatch(in: text)) == nil {
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
        let option =
            picklist.dictionary.option(text)
            ?? picklist.dictionary.option(calledByPeople: text, parent: parent)
        guard let option else {
            // A value whose plugin is gone stays as long as nobody changes it.
            guard isChanged else { return }
            let known = picklist.dictionary.options.filter { !$0.isRetired }.prefix(20).map(\.label)
            add(
                field,
                "option",
                .fieldOption,
                ["value": .text(ValueCoder.shown(text)), "options": .label(LocalizedText.list(known))],
                &issues
            )
            return
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

    /// Whether a text has the form `local@domain.tld`, without blanks, at most 254 bytes (RFC 5321 §4.5.3.1).
    static func isEmail(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > bytes.startIndex else {
            return false
        }
        let domain = bytes[bytes.index(after: at)...]
        guard let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > domain.startIndex,
            domain.index(after: dot) < domain.endIndex, domain.first != UInt8(ascii: ".")
        else { return false }
        return !bytes.contains { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }
            && bytes.count(where: { $0 == UInt8(ascii: "@") }) == 1
    }

    /// Whether a text is a telephone number: 3 to 20 digits with the signs people put between, and an extension.
    static func isPhone(_ text: String) -> Bool {
        var digits = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits += 1
            case "+", "-", "(", ")", " ", "/", ".", "#", "*", ",", "x", "X", "转", "轉", "分", "机", "機": break
            default: return false
            }
        }
        return (3...20).contains(digits)
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
