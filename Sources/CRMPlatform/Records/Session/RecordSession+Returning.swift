package import CRMModel

import struct Foundation.TimeZone

extension RecordSession {
    /// Reads moments of a row by the clocks of the time zone that its export went by.
    ///
    /// - Returns: Whether it was another zone than that of the unit of work.
    /// - Throws: `invalidInput` when this machine does not know the zone; `validationFailed` with every time that its clocks
    ///   never show.
    package func readMoments(
        _ input: inout RecordInput,
        of object: ObjectDefinition,
        by cells: WrittenCells?
    ) throws(PlatformError) -> Bool {
        guard let identifier = cells?.zone, identifier != timeZone.identifier else { return false }
        var issues: [FieldIssue] = []
        var isRead = false
        for entry in input.entries {
            guard case .text(let text) = entry.value, let slot = object.slot(of: entry.field),
                object.fields[slot].storage == .instant, let written = try? LenientInput.moment(text)
            else { continue }
            // A text with its own offset says the same in every zone.
            if case .moment = written { continue }
            guard let zone = TimeZone(identifier: identifier) else {
                throw PlatformError(.invalidInput, Message(.markZone, ["zone": .text(ValueCoder.shown(identifier))]))
            }
            isRead = true
            do throws(InputProblem) {
                let moment = try written.instant(in: zone)
                // Whether the seconds were written is still to be seen.
                input[entry.field] =
                    Self.hasSeconds(text)
                    ? .value(.instant(moment)) : .text(String(moment.text(in: .gmt).dropLast(3)) + "Z")
            } catch {
                let coder = ValueCoder(catalog: catalog, companyTimeZone: companyTimeZone, timeZone: zone)
                issues.append(coder.issue(error, text, object.fields[slot]))
            }
        }
        guard issues.isEmpty else {
            throw PlatformError(
                .validationFailed,
                Message(
                    .validationFailed,
                    ["object": .label(object.label), "count": .text(String(issues.count))]
                ),
                issues: issues,
                context: ErrorContext(object: object.name)
            )
        }
        return isRead
    }

    /// What of a row is to be saved: the cells that do not say what was written any more.
    ///
    /// What nobody has touched in the file then undoes nothing that others have saved since.
    ///
    /// - Parameters:
    ///   - input: What the cells say.
    ///   - record: The record as it is.
    ///   - written: Its values when the row was written.
    ///   - cells: How the row was written.
    /// - Returns: The cells to be saved.
    /// - Throws: `conflict` with every cell that was edited and whose field others have changed since; `storage`.
    package func edits(
        _ input: RecordInput,
        of record: Record,
        written: [Value],
        cells: WrittenCells?
    ) throws(PlatformError) -> RecordInput {
        let plan = try plans.plan(record.object.name)
        var edits = RecordInput()
        var conflicts: [FieldIssue] = []
        func take(_ entry: (field: FieldName, value: InputValue), _ slot: Int) throws(PlatformError) {
            let field = record.object.fields[slot]
            // What the history does not keep may have been what it is all the time.
            if field.isAudited, record.values[slot] != written[slot],
                try !says(entry.value, slot, of: record.values, plan)
            {
                conflicts.append(try conflict(field, record.values[slot], was: written[slot], cells))
            }
            edits.append(entry.field, entry.value)
        }
        for entry in input.entries {
            guard let slot = record.object.slot(of: entry.field) else { continue }
            if case .value(.null) = entry.value {
                // An empty cell that held a value when it was written was emptied; what the history does not keep may have
                // got its value since.
                if written[slot].isNull || record.values[slot].isNull || !record.object.fields[slot].isAudited {
                    continue
                }
            } else if let text = entry.value.text, cells?.has(text, of: entry.field) == true {
                continue
            } else if try says(entry.value, slot, of: written, plan) {
                continue
            }
            try take((entry.field, entry.value), slot)
        }
        // Under another option of the field that controls it, the same label may be that of another option.
        for picklist in plan.picklists {
            guard let controller = picklist.controller, case let field = record.object.fields[picklist.slot].name,
                edits.names(record.object.fields[controller].name), !edits.names(field), let value = input[field],
                let text = value.text, .text(text) != written[picklist.slot]
            else { continue }
            try take((field, value), picklist.slot)
        }
        guard conflicts.isEmpty else {
            throw PlatformError(
                .conflict,
                Message(.markConflicts, ["record": .text(record.recordID.description)]),
                issues: conflicts,
                context: ErrorContext(object: record.object.name, record: record.id)
            )
        }
        return edits
    }

    /// Whether another record here has a code that a row of another company brings.
    ///
    /// The record that has it is no other one when the row says all the same of it; nor does a row get a new code when its title,
    /// being no code, is one that a record has here.
    package func isTaken(
        _ code: String,
        of field: FieldDefinition,
        by input: RecordInput,
        in object: ObjectName
    ) throws(PlatformError) -> Bool {
        let plan = try plans.plan(object)
        guard let slot = plan.object.slot(of: field.name),
            let record = try holder(of: TextNormalisation.trimmed(code), slot, plan, input)
        else { return false }
        if plan.object.titleSlot != slot {
            switch input[plan.object.titleField] {
            case .text(let text), .value(.text(let text)):
                return try ids(plan, plan.object.titleSlot, TextNormalisation.trimmed(text), .system).isEmpty
            default: return true
            }
        }
        for entry in input.entries {
            guard let slot = plan.object.slot(of: entry.field), !plan.object.fields[slot].type.isReference else {
                continue
            }
            if try !says(entry.value, slot, of: record.values, plan) { return true }
        }
        return false
    }

    /// The record that has a code where the one of an input counts: in its scope, or everywhere.
    private func holder(
        of code: String,
        _ slot: Int,
        _ plan: ObjectPlan,
        _ input: RecordInput
    ) throws(PlatformError) -> Record? {
        let field = plan.object.fields[slot]
        let scope = field.isUnique ? [] : plan.object.codeRule(of: field)?.scope ?? []
        // A code is taken, whoever may see by whom.
        for number in try ids(plan, slot, code, .system) {
            guard let record = try reads(.system).record(number, plan) else { continue }
            var isInScope = true
            for name in scope {
                guard let given = input[name], let slot = plan.object.slot(of: name) else { return nil }
                if try !says(given, slot, of: record.values, plan) { isInScope = false }
            }
            if isInScope { return record }
        }
        return nil
    }

    private func conflict(
        _ field: FieldDefinition,
        _ present: Value,
        was: Value,
        _ cells: WrittenCells?
    ) throws(PlatformError) -> FieldIssue {
        let words: [String: Message.Argument] = [
            "field": .label(field.label), "now": try shown(present, field, cells), "was": try shown(was, field, cells),
        ]
        return FieldIssue(field: field.name, code: "changed_since", message: Message(.markConflict, words))
    }

    /// A value as the file shows it.
    private func shown(
        _ value: Value,
        _ field: FieldDefinition,
        _ cells: WrittenCells?
    ) throws(PlatformError) -> Message.Argument {
        switch (value, field.type) {
        case (.null, _): return .message(Message(.markNothing))
        case (.integer(let number), .reference(let target, _)):
            let id = RecordID(object: target, number: number)
            return .text(try record(id, .user)?.title ?? id.description)
        case (.text(let code), .picklist):
            guard let option = catalog.dictionary(of: field)?.option(code) else { return .text(ValueCoder.shown(code)) }
            return .label(cells?.isForPeople == true ? option.label : option.named)
        case (.boolean(let flag), _): return .message(Message(flag ? .yes : .no))
        case (.instant(let moment), _):
            let zone = cells?.zone.flatMap { TimeZone(identifier: $0) }
            return .text(zone.map { moment.readable(in: $0) } ?? moment.description)
        default: return .text(ValueCoder.shown(value.displayText))
        }
    }

    /// Whether an input is read as the value that a slot has in a record's values; false for what cannot be read.
    private func says(
        _ input: InputValue,
        _ slot: Int,
        of values: [Value],
        _ plan: ObjectPlan
    ) throws(PlatformError) -> Bool {
        let field = plan.object.fields[slot]
        let value = values[slot]
        switch ValueCoder(
            catalog: catalog,
            companyTimeZone: companyTimeZone,
            timeZone: timeZone,
            takesRecordNumbers: false
        ).code(input, for: field) {
        case .value(let given):
            if given == value { return true }
            return isSame(given, value, input) || isOption(given, slot, of: values, plan)
        case .issue: return false
        case .lookup(let text):
            guard case .reference(let target, _) = field.type, case .integer(let number) = value else { return false }
            if case .one(let found) = try match(text, in: target, byNumber: false) { return found == number }
            let id = RecordID(object: target, number: number)
            // A title that others have too says what was written when it is the title of this one.
            let title = try record(id, .user)?.title
            if let title, TextNormalisation.trimmed(text) == TextNormalisation.trimmed(title) { return true }
            return try wasWritten(text, for: id)
        }
    }

    /// Whether a moment says another one as spreadsheets show it, without its seconds.
    private func isSame(_ given: Value, _ value: Value, _ input: InputValue) -> Bool {
        guard case .instant(let given) = given, case .instant(let moment) = value, let text = input.text else {
            return false
        }
        let minute = moment.milliseconds - given.milliseconds
        return !Self.hasSeconds(text) && given.milliseconds % 60_000 == 0 && 0..<60_000 ~= minute
    }

    private static func hasSeconds(_ text: String) -> Bool {
        text.contains("秒") || text.count(where: { $0 == ":" || $0 == "：" }) > 1
    }

    /// Whether a text is a label of the option that a slot has.
    private func isOption(_ given: Value, _ slot: Int, of values: [Value], _ plan: ObjectPlan) -> Bool {
        guard case .text(let text) = given, case .text(let stored) = values[slot],
            let picklist = plan.picklists.first(where: { $0.slot == slot })
        else { return false }
        switch picklist.dictionary.match(text, parent: picklist.controller.flatMap { values[$0].textValue }) {
        case .one(let option): return option.value == stored
        case .several(let options): return options.contains { $0.value == stored }
        case .none: return false
        }
    }

    /// Whether an export of this company wrote a reference so when the record went by something else, or was still there.
    private func wasWritten(_ text: String, for id: RecordID) throws(PlatformError) -> Bool {
        guard let written = WrittenReference(text), try written.origin == companyIdentity() else { return false }
        let plan = try plans.plan(id.object)
        let record = try record(id, .user)
        func texts(_ slot: Int, _ history: [HistoryEntry]) -> Set<String> {
            let name = plan.object.fields[slot].name
            let changes = history.flatMap(\.changes).filter { $0.field == name }
            let values = changes.flatMap { [$0.old, $0.new] } + [record?.values[slot] ?? .null]
            return Set(values.map { TextNormalisation.trimmed($0.displayText) })
        }
        let history = try history(of: id, .user)
        let titles = texts(plan.object.titleSlot, history)
        var keys: Set<String> = [id.description]
        for slot in Self.keySlots(plan) { keys.formUnion(texts(slot, history)) }
        return keys.contains { key in
            titles.union([""]).contains { WrittenReference.text(key: key, title: $0, origin: nil) == written.body }
        }
    }
}

extension InputValue {
    /// The text that stands for a value; nil when it is one already.
    fileprivate var text: String? {
        switch self {
        case .text(let text), .value(.text(let text)): text
        default: nil
        }
    }
}

extension RecordInput {
    fileprivate func names(_ field: FieldName) -> Bool { self[field] != nil }
}

extension MessageKey {
    static let markConflicts = MessageKey(
        "record.mark_conflicts",
        zhCN: "{record} 在导出之后被别人改过同样的字段",
        zhTW: "{record} 在匯出之後被別人改過同樣的欄位",
        en: "somebody has changed the same fields of {record} since the export"
    )
    static let markConflict = MessageKey(
        "record.mark_conflict",
        zhCN: "「{field}」导出时是「{was}」，之后已被改为「{now}」，文件里又改成了别的；保留现值请在这一格写现在的值，否则请先导出新的文件再改",
        zhTW: "「{field}」匯出時是「{was}」，之後已被改為「{now}」，檔案裡又改成了別的；保留現值請在這一格寫現在的值，否則請先匯出新的檔案再改",
        en:
            "{field} was \"{was}\" when it was exported and is \"{now}\" by now, and the file says something else again; "
            + "write what it is by now to keep it, or export anew and edit that"
    )
    static let markNothing = MessageKey("record.mark_nothing", zhCN: "（空）", zhTW: "（空）", en: "(empty)")
    static let markZone = MessageKey(
        "record.mark_zone",
        zhCN: "这一行的时刻按时区「{zone}」导出，这台机器不知道这个时区，读不出是什么时刻；请更新系统的时区数据后再导入",
        zhTW: "這一列的時刻按時區「{zone}」匯出，這台機器不知道這個時區，讀不出是什麼時刻；請更新系統的時區資料後再匯入",
        en:
            "the moments of the row were exported by the time zone \"{zone}\", which this machine does not know; update the system's time zones, then import again"
    )
}
