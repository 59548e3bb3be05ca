import CRMModel
import CRMStorage

/// Gives codes: the last thing before the record is written, from its final values, gapless because the serial is taken
/// in the same transaction.
///
/// A counter that was never used begins behind the highest code of its form that is stored, and a code that proves to be
/// taken is given up for the next free one; the codes stored are looked at then alone.
struct Numbering {
    let pipeline: SavePipeline
    /// The codes given in this save, by their place among the plan's code slots.
    private var given: [(index: Int, serials: [(key: String, serial: Int64)])] = []

    /// How many codes a plugin may give in a row that are all taken.
    private static let attempts = 10_000

    init(pipeline: SavePipeline) {
        self.pipeline = pipeline
    }

    private var session: RecordSession { pipeline.session }
    private var object: ObjectDefinition { pipeline.object }
    private var plan: ObjectPlan { pipeline.plan }

    /// Fills empty auto-numbers, and moves counters on past codes that were given from outside.
    mutating func assign(_ draft: RecordDraft) throws(PlatformError) -> String {
        var effects: [String] = []
        for (index, (slot, rule)) in plan.codeSlots.enumerated() {
            let handler = session.hooks.codeHandler(of: object.name, field: object.fields[slot].name)
            if draft[slot].isNull {
                if let handler {
                    try give(index, by: handler, draft)
                } else if let rule {
                    draft.set(slot, .text(try code(by: rule, index, draft, isTaken: false)))
                    given.append((index, []))
                }
            } else if handler == nil, let rule, draft.isChanged(slot), case .text(let text) = draft[slot] {
                try skip(past: text, rule, index, draft)
            }
            if session.recorder != nil { effects.append(draft[slot].displayText) }
        }
        return effects.joined(separator: ", ")
    }

    /// Whether an error of the write says that a code given here is taken; the place of the code then.
    func taken(_ error: PlatformError) -> Int? {
        guard let cause = error.cause as? PlatformError, let violation = cause.constraintViolation,
            violation.kind == .unique, let column = violation.columns.last
        else { return nil }
        return given.first { object.fields[plan.codeSlots[$0.index].slot].name.rawValue == column }?.index
    }

    /// Gives another code in the place of one that is taken.
    mutating func renew(_ index: Int, _ draft: RecordDraft) throws(PlatformError) -> String {
        let (slot, rule) = plan.codeSlots[index]
        if let handler = session.hooks.codeHandler(of: object.name, field: object.fields[slot].name) {
            try giveFree(index, by: handler, draft)
        } else if let rule {
            draft.set(slot, .text(try code(by: rule, index, draft, isTaken: true)))
        }
        return draft[slot].displayText
    }

    // MARK: - Rules of metadata

    private func code(
        by rule: CodeRule,
        _ index: Int,
        _ draft: RecordDraft,
        isTaken: Bool
    ) throws(PlatformError) -> String {
        let text = CodeText(session: session, rule: rule)
        let record = draft.record
        let day = text.day(of: record)
        let counter = Counter(
            rule: plan.counterKeys[index],
            scope: text.scope(of: record),
            period: rule.period(of: day)
        )
        if isTaken { try counter.skip(to: highest(index, rule, record, day), session.connection) }
        let serial = try counter.take(session.connection) { () throws(PlatformError) in
            try highest(index, rule, record, day)
        }
        do throws(PlatformError) {
            let code = try rule.code(serial, on: day) { (path: [FieldName]) throws(PlatformError) in
                try text.text(path, of: record)
            }
            // What the fields of a pattern hold may be no part of a code; blanks and full-width signs are kept as they are.
            _ = try pipeline.checked(code, plan.codeSlots[index].slot, rule: rule.name.rawValue, as: .validationFailed)
            return code
        } catch {
            var error = error
            error.context = pipeline.context(draft)
            throw error
        }
    }

    /// The highest serial of the codes that are stored in the form of a period, among those that must differ.
    private func highest(
        _ index: Int,
        _ rule: CodeRule,
        _ record: Record,
        _ day: CalendarDate
    ) throws(PlatformError) -> Int64 {
        guard let form = try CodeText(session: session, rule: rule).form(of: record, period: day) else { return 0 }
        return try highest(plan.codeSlots[index].slot, form, record)
    }

    private func highest(_ slot: Int, _ form: CodeForm, _ record: Record) throws(PlatformError) -> Int64 {
        try plan.highestSerial(in: slot, of: form, like: record, on: session.connection)
    }

    /// A code given from outside moves the counter of its own period on, when it has the form of the rule.
    private func skip(
        past code: String,
        _ rule: CodeRule,
        _ index: Int,
        _ draft: RecordDraft
    ) throws(PlatformError) {
        let text = CodeText(session: session, rule: rule)
        let record = draft.record
        let day = text.day(of: record)
        guard let reading = try text.form(of: record, period: nil)?.read(code),
            let period = reading.period(of: rule, near: day)
        else { return }
        let counter = Counter(rule: plan.counterKeys[index], scope: text.scope(of: record), period: period)
        var serial = reading.serial
        if let next = try counter.next(session.connection) {
            if next > serial { return }
        } else if let first = CalendarDate(iso: period + "-01-01".suffix(max(0, 10 - period.count))) {
            serial = max(serial, try highest(index, rule, record, first))
        } else {
            serial = max(serial, try highest(index, rule, record, day))
        }
        try counter.skip(to: serial, session.connection)
    }

    // MARK: - Rules of plugins

    private mutating func give(
        _ index: Int,
        by handler: any CodeHandler,
        _ draft: RecordDraft
    ) throws(PlatformError) {
        let slot = plan.codeSlots[index].slot
        // The counters of the first field have the names that they had when there was one for all fields.
        let isFirst = index == 0
        let rule = "\(object.stableID):\(handler.plugin)" + (isFirst ? "" : ":\(object.fields[slot].name)")
        var serials: [(key: String, serial: Int64)] = []
        // The rule sees the record without the code that it is to give.
        draft.set(slot, .null)
        do throws(PlatformError) {
            let code = try session.acting(as: .plugin(handler.plugin)) { () throws(PlatformError) in
                try handler.code(draft, in: session) { (key: String) throws(PlatformError) in
                    let serial = try CounterTable.take(rule: rule, scope: key, period: "", on: session.connection)
                    serials.append((key, serial))
                    return serial
                }
            }
            let value = try pipeline.checked(code, slot, rule: handler.source, as: .hookFailed)
            guard !value.isNull else {
                throw PlatformError(.hookFailed, Message(.codeNotText, ["rule": .text(handler.source)]))
            }
            draft.set(slot, value)
        } catch {
            throw pipeline.located(error, draft, handler.plugin, "code_rule")
        }
        given.removeAll { $0.index == index }
        given.append((index, serials))
    }

    /// Asks the plugin until it gives a code that is free; where the code shows the serial, the counter is moved behind
    /// the highest code of that form at once.
    private mutating func giveFree(
        _ index: Int,
        by handler: any CodeHandler,
        _ draft: RecordDraft
    ) throws(PlatformError) {
        let slot = plan.codeSlots[index].slot
        let rule = "\(object.stableID):\(handler.plugin)" + (index == 0 ? "" : ":\(object.fields[slot].name)")
        for _ in 0..<Self.attempts {
            guard case .text(let code) = draft[slot] else { return }
            let serials = given.first { $0.index == index }?.serials ?? []
            for (key, serial) in serials {
                guard let form = CodeForm(code, showing: serial) else { continue }
                let highest = try highest(slot, form, draft.record)
                let counter = Counter(rule: rule, scope: key, period: "")
                if let next = try counter.next(session.connection), highest >= next {
                    try counter.skip(to: highest, session.connection)
                }
            }
            try give(index, by: handler, draft)
            guard case .text(let other) = draft[slot], other != code else {
                // The same again will be taken again.
                throw taken(code, handler, draft)
            }
            if try session.reads(.system).ids(plan, slot, is: draft[slot], limit: 1).isEmpty { return }
        }
        throw taken(draft[slot].displayText, handler, draft)
    }

    private func taken(_ code: String, _ handler: any CodeHandler, _ draft: RecordDraft) -> PlatformError {
        pipeline.located(
            PlatformError(
                .hookFailed,
                Message(.codeTaken, ["rule": .text(handler.source), "code": .text(ValueCoder.shown(code))])
            ),
            draft,
            handler.plugin,
            "code_rule"
        )
    }
}

/// One counter of a rule.
private struct Counter {
    let rule: String
    let scope: String
    let period: String

    func next(_ connection: StoreConnection) throws(PlatformError) -> Int64? {
        try CounterTable.next(rule: rule, scope: scope, period: period, on: connection)
    }

    func take(
        _ connection: StoreConnection,
        _ highest: () throws(PlatformError) -> Int64
    ) throws(PlatformError) -> Int64 {
        try CounterTable.take(rule: rule, scope: scope, period: period, highest: highest, on: connection)
    }

    func skip(to serial: Int64, _ connection: StoreConnection) throws(PlatformError) {
        try CounterTable.skip(to: serial, rule: rule, scope: scope, period: period, on: connection)
    }
}

extension ObjectPlan {
    /// The highest serial of the stored codes of a form, among those from which that of a record must differ.
    ///
    /// - Throws: `storage`.
    func highestSerial(
        in slot: Int,
        of form: CodeForm,
        like record: Record,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let field = object.fields[slot]
        // A field that is unique by itself is so over all scopes.
        let scope = field.isUnique ? [] : (object.codeRule(of: field)?.scope ?? []).compactMap { object.slot(of: $0) }
        return try table.highestSerial(
            in: slot,
            of: form,
            where: scope,
            are: scope.map { record.values[$0] },
            on: connection
        )
    }
}

extension SavePipeline {
    /// A code in the form in which the field keeps those that people type, by the same checks; null when it is empty.
    ///
    /// - Throws: `refusal`, naming the rule and what is wrong with the code.
    func checked(
        _ code: String,
        _ slot: Int,
        rule: String,
        as refusal: PlatformError.Code
    ) throws(PlatformError) -> Value {
        let field = object.fields[slot]
        var issues: [FieldIssue] = []
        var result = Value.null
        let given = InputValue.value(.text(code))
        switch plan.fields[slot].plain(given).map(ValueCoder.Outcome.value) ?? session.coder.code(given, for: field) {
        case .value(let value):
            if !value.isNull { FieldChecks.check(value, slot: slot, plan: plan, into: &issues) }
            result = value
        case .issue(let issue): issues.append(issue)
        case .lookup: break
        }
        guard let issue = issues.first else { return result }
        throw PlatformError(
            refusal,
            Message(.codeUnfit, ["rule": .text(rule), "problem": .message(issue.message)])
        )
    }

    /// Writes the record, where who saves it may write; a code given in this save that proves to be taken makes way for the
    /// next free one.
    func write(_ draft: RecordDraft, _ numbering: inout Numbering) throws(PlatformError) {
        var rounds = 0
        while true {
            do throws(PlatformError) {
                try step(.write, draft) { () throws(PlatformError) in try RecordWriter(pipeline: self).write(draft) }
                break
            } catch {
                rounds += 1
                guard rounds <= plan.codeSlots.count * 2, let index = numbering.taken(error) else { throw error }
                try step(.code, draft) { () throws(PlatformError) in try numbering.renew(index, draft) }
            }
        }
        try requireReach(draft)
    }
}

extension CodeForm {
    /// The form of a code in which a serial stands by itself; nil when it stands nowhere, or in more places than one.
    fileprivate init?(_ code: String, showing serial: Int64) {
        let characters = Array(code)
        var found: (start: Int, end: Int)?
        var start = 0
        while start < characters.count {
            guard characters[start].isASCIIDigit else {
                start += 1
                continue
            }
            let end = characters[start...].firstIndex { !$0.isASCIIDigit } ?? characters.count
            if Int64(String(characters[start..<end])) == serial {
                guard found == nil else { return nil }
                found = (start, end)
            }
            start = end
        }
        guard let found else { return nil }
        self.init(head: String(characters[..<found.start]), tail: String(characters[found.end...]))
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension MessageKey {
    static let codeTaken = MessageKey(
        "code.taken",
        zhCN: "编码规则「{rule}」给出的编码「{code}」已被使用；请让规则用 next 取下一个序号",
        zhTW: "編碼規則「{rule}」給出的編碼「{code}」已被使用；請讓規則用 next 取下一個序號",
        en: "the code \"{code}\" that the rule \"{rule}\" gives is taken; let the rule take the next serial with next"
    )
}
