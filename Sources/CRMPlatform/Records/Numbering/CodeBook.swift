public import CRMModel
import CRMStorage

extension RecordSession {
    /// The counters of an object, or of all, by object, field, scope and period; that of the present period also when it
    /// was never used.
    ///
    /// - Throws: `notFound` when there is no such object; `permissionDenied` for those who may not see everything; `storage`.
    public func codeCounters(of object: ObjectName? = nil) throws(PlatformError) -> [CodeCounter] {
        try requireEveryRight()
        let objects =
            try object.map { name throws(PlatformError) in [try catalog.object(name)] } ?? catalog.sortedObjects
        let rows = try CounterTable.counters(on: connection)
        var counters: [CodeCounter] = []
        for object in objects {
            let plan = try plans.plan(object.name)
            let stored = try storedSerials(plan)
            for (index, (slot, rule)) in plan.codeSlots.enumerated() {
                let book = CodeBook(session: self, plan: plan, index: index)
                for row in rows {
                    guard let plugin = book.plugin(ofCounter: row.rule) else { continue }
                    counters.append(book.counter(of: plugin, key: row.scope, next: row.next))
                }
                guard let rule else { continue }
                var keys = Set(
                    stored.keys.filter { $0.slot == slot && (rule.scope.isEmpty || $0.isUsed(rows, plan, index)) }
                )
                for row in rows where row.rule == plan.counterKeys[index] {
                    keys.insert(SerialKey(slot: slot, scope: row.scope, period: row.period))
                }
                if rule.scope.isEmpty { keys.insert(SerialKey(slot: slot, scope: "", period: rule.period(of: today))) }
                for key in keys.sorted(by: { ($0.scope, $0.period) < ($1.scope, $1.period) }) {
                    counters.append(try book.counter(rule, key, highest: stored[key] ?? 0))
                }
            }
        }
        return counters
    }

    /// The counter that the next record of that kind takes its code from; nothing is used up.
    ///
    /// - Throws: `notFound` and `invalidInput` naming what is unknown, missing or not of that form; `storage`.
    public func codeCounter(_ choice: CodeCounterChoice) throws(PlatformError) -> CodeCounter {
        try requireEveryRight()
        let book = try CodeBook(session: self, choice)
        if let plugin = try book.plugin() {
            return book.counter(of: plugin, key: try book.key(choice), next: try book.next(plugin, choice) ?? 1)
        }
        guard let rule = book.rule else { throw book.noRule }
        let (record, day) = try book.sample(rule, choice)
        return try book.counter(rule, of: record, on: day)
    }

    /// Sets the serial that comes next, from behind the highest stored code of the same form on.
    ///
    /// - Throws: as ``codeCounter(_:)``; `invalidInput` when the serial is below 1, above 15 digits, or not above the
    ///   highest one stored; for codes made by a plugin's code, when it is below the serial that comes next.
    public func setCodeCounter(_ choice: CodeCounterChoice, next: Int64) throws(PlatformError) -> CodeCounter {
        try requireWriting()
        try requireEveryRight()
        let book = try CodeBook(session: self, choice)
        guard (1...CodeForm.greatestSet).contains(next) else { throw book.outOfRange(next) }
        if let plugin = try book.plugin() {
            let key = try book.key(choice)
            if let present = try book.next(plugin, choice), next < present { throw book.below(present, next: next) }
            try CounterTable.set(next: next, rule: book.counterKey(plugin), scope: key, period: "", on: connection)
            return book.counter(of: plugin, key: key, next: next)
        }
        guard let rule = book.rule else { throw book.noRule }
        let (record, day) = try book.sample(rule, choice)
        let highest = try book.counter(rule, of: record, on: day).highest ?? 0
        guard next > highest else { throw book.below(highest + 1, next: next) }
        try CounterTable.set(
            next: next,
            rule: book.plan.counterKeys[book.index],
            scope: CodeText(session: self, rule: rule).scope(of: record),
            period: rule.period(of: day),
            on: connection
        )
        return try book.counter(rule, of: record, on: day)
    }

    /// The highest serial of the stored codes of each counter's form.
    func storedSerials(_ plan: ObjectPlan) throws(PlatformError) -> [SerialKey: Int64] {
        var highest: [SerialKey: Int64] = [:]
        let codes = plan.codeSlots.compactMap { slot, rule in rule.map { (slot, $0) } }
        guard !codes.isEmpty else { return [:] }
        try plan.table.forEach(on: connection) { (record: Record) throws(PlatformError) in
            for (slot, rule) in codes {
                guard case .text(let code) = record.values[slot] else { continue }
                let text = CodeText(session: self, rule: rule)
                guard let reading = try text.form(of: record, period: nil)?.read(code),
                    let period = reading.period(of: rule, near: text.day(of: record))
                else { continue }
                let key = SerialKey(slot: slot, scope: text.scope(of: record), period: period)
                highest[key] = max(highest[key] ?? 0, reading.serial)
            }
        }
        return highest
    }
}

/// A counter of an object by the field whose codes it counts.
struct SerialKey: Hashable {
    let slot: Int
    let scope: String
    let period: String

    /// Whether the counter has a row.
    fileprivate func isUsed(
        _ rows: [(rule: String, scope: String, period: String, next: Int64)],
        _ plan: ObjectPlan,
        _ index: Int
    ) -> Bool {
        rows.contains { $0.rule == plan.counterKeys[index] && $0.scope == scope && $0.period == period }
    }
}

/// The counters of one auto-number field.
private struct CodeBook {
    let session: RecordSession
    let plan: ObjectPlan
    /// The place among the plan's code slots.
    let index: Int

    init(session: RecordSession, plan: ObjectPlan, index: Int) {
        self.session = session
        self.plan = plan
        self.index = index
    }

    /// The counters that a choice means.
    ///
    /// - Throws: `notFound`, `invalidInput` when there is no such object or auto-number field.
    init(session: RecordSession, _ choice: CodeCounterChoice) throws(PlatformError) {
        let object = try session.catalog.object(calledByPeople: choice.object)
        let plan = try session.plans.plan(object.name)
        guard let field = try object.field(calledByPeople: choice.field), let slot = object.slot(of: field.name),
            let index = plan.codeSlots.firstIndex(where: { $0.slot == slot })
        else {
            let names = plan.codeSlots.map { "\(object.name).\(object.fields[$0.slot].name)" }
            throw PlatformError(
                .invalidInput,
                Message(
                    .codeNoSuchField,
                    [
                        "object": .label(object.label), "field": .text(choice.field),
                        "fields": .text(names.isEmpty ? "–" : names.joined(separator: ", ")),
                    ]
                )
            )
        }
        self.init(session: session, plan: plan, index: index)
    }

    var object: ObjectDefinition { plan.object }
    var slot: Int { plan.codeSlots[index].slot }
    var field: FieldDefinition { object.fields[slot] }
    var rule: CodeRule? { plan.codeSlots[index].rule }

    // MARK: - Rules of plugins

    /// The name of the counters of a plugin's code.
    func counterKey(_ plugin: String) -> String {
        "\(object.stableID):\(plugin)" + (index == 0 ? "" : ":\(field.name)")
    }

    /// The plugin whose code uses counters of that name for this field, nil for other counters.
    func plugin(ofCounter name: String) -> String? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, counterKey(parts[1]) == name else { return nil }
        return parts[1]
    }

    /// The plugin whose code gives the codes; where no plugin runs, the one that has given some.
    func plugin() throws(PlatformError) -> String? {
        if let handler = session.hooks.codeHandler(of: object.name, field: field.name) {
            return handler.plugin.rawValue
        }
        return try CounterTable.counters(on: session.connection).lazy.compactMap { plugin(ofCounter: $0.rule) }.first
    }

    /// The one key that a choice names.
    func key(_ choice: CodeCounterChoice) throws(PlatformError) -> String {
        guard choice.scope.count <= 1, choice.period == nil else {
            throw PlatformError(.invalidInput, Message(.codeOneKey, ["field": .label(field.label)]))
        }
        if let key = choice.scope.first { return key }
        // One counter that is used needs no name.
        let rows = try CounterTable.counters(on: session.connection).filter { plugin(ofCounter: $0.rule) != nil }
        return rows.count == 1 ? rows[0].scope : ""
    }

    func next(_ plugin: String, _ choice: CodeCounterChoice) throws(PlatformError) -> Int64? {
        try CounterTable.next(rule: counterKey(plugin), scope: key(choice), period: "", on: session.connection)
    }

    func counter(of plugin: String, key: String, next: Int64) -> CodeCounter {
        CodeCounter(
            object: object.name,
            field: field.name,
            rule: plugin,
            scope: key.isEmpty ? [] : [key],
            period: "",
            next: next,
            highest: nil,
            code: nil
        )
    }

    // MARK: - Rules of metadata

    /// A record with the values of a choice, and the day whose period is meant.
    ///
    /// - Throws: `invalidInput` when a field of the scope is missing, a value does not fit, or the period has not the form.
    func sample(_ rule: CodeRule, _ choice: CodeCounterChoice) throws(PlatformError) -> (Record, CalendarDate) {
        let draft = RecordDraft(object: object, original: nil)
        var given: Set<FieldName> = []
        for word in choice.scope {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let field = try object.field(calledByPeople: parts[0]),
                let slot = object.slot(of: field.name), !field.isSystem
            else { throw scopeNeeded(rule, word) }
            let value = try session.value(.text(parts[1]), for: field)
            guard !value.isNull || TextNormalisation.isBlank(parts[1]) else { throw scopeNeeded(rule, word) }
            draft.set(slot, value)
            given.insert(field.name)
        }
        guard given.isSuperset(of: rule.scope) else { throw scopeNeeded(rule, choice.scope.joined(separator: " ")) }
        let record = draft.record
        guard let text = choice.period else { return (record, CodeText(session: session, rule: rule).day(of: record)) }
        let day = text.count >= rule.period(of: session.today).count ? Self.day(text) : nil
        guard let day, rule.reset != .never else {
            throw PlatformError(
                .invalidInput,
                Message(
                    rule.reset == .never ? .codeNoPeriod : .codePeriodForm,
                    [
                        "rule": .text(rule.name.rawValue), "text": .text(text),
                        "example": .text(rule.period(of: session.today)),
                    ]
                )
            )
        }
        return (record, day)
    }

    /// The first day of a period.
    private static func day(_ period: String) -> CalendarDate? {
        CalendarDate(iso: period + "-01-01".suffix(max(0, 10 - period.count)))
    }

    private func scopeNeeded(_ rule: CodeRule, _ word: String) -> PlatformError {
        PlatformError(
            .invalidInput,
            Message(
                rule.scope.isEmpty ? .codeScopeWrong : word.isEmpty ? .codeScopeMissing : .codeScopeNeeded,
                [
                    "rule": .text(rule.name.rawValue), "text": .text(word),
                    "scope": .text(rule.scope.map { "--scope \($0)=…" }.joined(separator: " ")),
                ]
            )
        )
    }

    /// The counter of a key, its record made again from what the key says.
    func counter(_ rule: CodeRule, _ key: SerialKey, highest: Int64) throws(PlatformError) -> CodeCounter {
        let draft = RecordDraft(object: object, original: nil)
        let texts = key.scope.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        for (name, text) in zip(rule.scope, texts) {
            guard let slot = object.slot(of: name), !text.isEmpty else { continue }
            if case .reference = object.fields[slot].type {
                draft.set(slot, Int64(text).map(Value.integer) ?? .null)
            } else if let value = try? session.value(.text(text), for: object.fields[slot]) {
                draft.set(slot, value)
            }
        }
        return try counter(rule, of: draft.record, on: Self.day(key.period) ?? session.today, atLeast: highest)
    }

    /// The counter of a record on a day.
    func counter(
        _ rule: CodeRule,
        of record: Record,
        on day: CalendarDate,
        atLeast known: Int64 = 0
    ) throws(PlatformError) -> CodeCounter {
        let text = CodeText(session: session, rule: rule)
        let scope = text.scope(of: record)
        var highest = known
        if let form = try text.form(of: record, period: day) {
            highest = max(highest, try plan.highestSerial(in: slot, of: form, like: record, on: session.connection))
        }
        func code(_ serial: Int64) throws(PlatformError) -> String? {
            do throws(PlatformError) {
                return try rule.code(serial, on: day) { (path: [FieldName]) throws(PlatformError) in
                    try text.text(path, of: record)
                }
            } catch {
                guard error.code == .validationFailed else { throw error }
                return nil
            }
        }
        var next =
            try CounterTable.next(
                rule: plan.counterKeys[index],
                scope: scope,
                period: rule.period(of: day),
                on: session.connection
            ) ?? highest + 1
        if next <= highest, let taken = try code(next), try isTaken(taken, by: rule, record) { next = highest + 1 }
        return CodeCounter(
            object: object.name,
            field: field.name,
            rule: rule.name.rawValue,
            scope: rule.scope.map { name in
                let slot = object.slot(of: name)
                let value = slot.map { record.values[$0] } ?? .null
                if let slot, case .reference(let target, _) = object.fields[slot].type, case .integer(let id) = value {
                    return "\(name)=\(RecordID(object: target, number: id))"
                }
                return "\(name)=\(value.displayText)"
            },
            period: rule.period(of: day),
            next: next,
            highest: highest,
            code: try code(next)
        )
    }

    private func isTaken(_ code: String, by rule: CodeRule, _ record: Record) throws(PlatformError) -> Bool {
        let scope = field.isUnique ? [] : rule.scope.compactMap { object.slot(of: $0) }
        return try !session.reads(.system).ids(
            plan,
            [slot] + scope,
            are: [.text(code)] + scope.map { record.values[$0] },
            limit: 1
        ).isEmpty
    }

    // MARK: - Refusals

    var noRule: PlatformError {
        PlatformError(
            .invalidInput,
            Message(.codeRuleless, ["object": .label(object.label), "field": .label(field.label)])
        )
    }

    func outOfRange(_ next: Int64) -> PlatformError {
        PlatformError(
            .invalidInput,
            Message(
                .codeNextOutOfRange,
                ["next": .text(String(next)), "greatest": .text(String(CodeForm.greatestSet))]
            )
        )
    }

    func below(_ lowest: Int64, next: Int64) -> PlatformError {
        PlatformError(
            .invalidInput,
            Message(
                .codeNextTooLow,
                [
                    "object": .label(object.label), "field": .label(field.label), "next": .text(String(next)),
                    "highest": .text(String(lowest - 1)), "lowest": .text(String(lowest)),
                ]
            )
        )
    }
}
