import CRMModel
import CRMStorage

/// Gives codes: the last thing before the record is written, from its final values, gapless because the serial is taken
/// in the same transaction.
struct Numbering {
    let pipeline: SavePipeline

    private var session: RecordSession { pipeline.session }
    private var object: ObjectDefinition { pipeline.object }

    /// Fills empty auto-numbers, and moves counters on past codes that were given from outside.
    func assign(_ draft: RecordDraft) throws(PlatformError) -> String {
        var given: [String] = []
        for (index, (slot, rule)) in pipeline.plan.codeSlots.enumerated() {
            if draft[slot].isNull {
                if let handler = session.hooks.codeHandler(of: object.name, field: object.fields[slot].name) {
                    draft.set(slot, .text(try code(by: handler, draft)))
                } else if let rule {
                    draft.set(slot, .text(try code(by: rule, pipeline.plan.counterKeys[index], draft)))
                }
            } else if let rule, draft.isChanged(slot), case .text(let text) = draft[slot] {
                try skip(past: text, rule, pipeline.plan.counterKeys[index], draft)
            }
            if session.recorder != nil { given.append(draft[slot].displayText) }
        }
        return given.joined(separator: ", ")
    }

    private func code(by handler: any CodeHandler, _ draft: RecordDraft) throws(PlatformError) -> String {
        do throws(PlatformError) {
            let code = try session.actingForPlugin { () throws(PlatformError) in
                try handler.code(draft, in: session) { (key: String) throws(PlatformError) in
                    try CounterTable.take(
                        rule: "\(object.stableID):\(handler.plugin)",
                        scope: key,
                        period: "",
                        on: session.connection
                    )
                }
            }
            guard !code.isEmpty else {
                throw PlatformError(.hookFailed, Message(.codeNotText, ["rule": .text(handler.source)]))
            }
            return code
        } catch {
            throw pipeline.located(error, draft, handler.plugin, "code_rule")
        }
    }

    private func code(by rule: CodeRule, _ counter: String, _ draft: RecordDraft) throws(PlatformError) -> String {
        let day = session.today
        let serial = try CounterTable.take(
            rule: counter,
            scope: scope(rule, draft),
            period: rule.period(of: day),
            on: session.connection
        )
        var code = ""
        for token in rule.tokens {
            if case .serial(let width) = token {
                let digits = String(serial)
                code += String(repeating: "0", count: max(0, width - digits.count)) + digits
            } else {
                code += try text(token, rule, draft, day)
            }
        }
        return code
    }

    /// A code given from outside moves the counter on when it has the form of the rule.
    private func skip(
        past code: String,
        _ rule: CodeRule,
        _ counter: String,
        _ draft: RecordDraft
    ) throws(PlatformError) {
        let day = session.today
        var prefix = ""
        var suffix = ""
        var isBehind = false
        for token in rule.tokens {
            if case .serial = token {
                isBehind = true
            } else if isBehind {
                suffix += try text(token, rule, draft, day)
            } else {
                prefix += try text(token, rule, draft, day)
            }
        }
        guard code.hasPrefix(prefix), code.hasSuffix(suffix), code.count > prefix.count + suffix.count else { return }
        let digits = code.dropFirst(prefix.count).dropLast(suffix.count)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let serial = Int64(digits), serial < .max else {
            return
        }
        try CounterTable.skip(
            to: serial,
            rule: counter,
            scope: scope(rule, draft),
            period: rule.period(of: day),
            on: session.connection
        )
    }

    private func scope(_ rule: CodeRule, _ draft: RecordDraft) -> String {
        rule.scope.map { field in
            object.slot(of: field).map { draft[$0].displayText } ?? ""
        }.joined(separator: "\u{1F}")
    }

    private func text(
        _ token: CodeRule.Token,
        _ rule: CodeRule,
        _ draft: RecordDraft,
        _ day: CalendarDate
    ) throws(PlatformError) -> String {
        switch token {
        case .literal(let text): return text
        case .year: return String(day.description.prefix(4))
        case .shortYear: return String(day.description.prefix(4).suffix(2))
        case .month: return String(day.description.dropFirst(5).prefix(2))
        case .day: return String(day.description.suffix(2))
        case .serial: return ""
        case .field(let path):
            let value = try value(path, draft)
            guard !value.isNull else {
                let label = path.first.flatMap { object.field($0)?.label } ?? LocalizedText("")
                throw PlatformError(
                    .validationFailed,
                    Message(.codeFieldEmpty, ["rule": .text(rule.name.rawValue), "field": .label(label)]),
                    context: pipeline.context(draft)
                )
            }
            return value.displayText
        }
    }

    private func value(_ path: [FieldName], _ draft: RecordDraft) throws(PlatformError) -> Value {
        var record = draft.record
        for (index, name) in path.enumerated() {
            guard let slot = record.object.slot(of: name) else { return .null }
            let value = record.values[slot]
            if index == path.count - 1 { return value }
            guard case .reference(let target, _) = record.object.fields[slot].type, case .integer(let id) = value,
                let next = try session.get(RecordID(object: target, number: id))
            else { return .null }
            record = next
        }
        return .null
    }
}
