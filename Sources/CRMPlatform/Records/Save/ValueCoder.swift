import CRMModel

import struct Foundation.TimeZone

/// Brings what callers give into the form in which a field keeps it.
///
/// The same for every door: shell, import, scripts and programs. Nothing is rounded or cut in silence.
struct ValueCoder {
    let catalog: Catalog
    /// The zone by which a moment belongs to a day.
    let companyTimeZone: TimeZone
    /// The zone in which moments are typed.
    let timeZone: TimeZone
    /// Whether references may be given by the numbers of records.
    var takesRecordNumbers = true

    /// What became of an input.
    enum Outcome {
        case value(Value)
        /// A reference given by a text that only the database can resolve.
        case lookup(String)
        case issue(FieldIssue)
    }

    func code(_ input: InputValue, for field: FieldDefinition) -> Outcome {
        switch input {
        case .value(let value): typed(value, field)
        case .text(let text): read(text, field)
        case .rows: wrongKind("[…]", field)
        }
    }

    // MARK: - Typed values

    private func typed(_ value: Value, _ field: FieldDefinition) -> Outcome {
        switch (field.storage, value) {
        case (_, .null): return .value(.null)
        case (.text, .text(let text)): return self.text(text, field)
        // The least number has no text that reads back: the sign comes to a number one too great.
        case (.integer, .integer(.min)): return problem(.overflow, String(Int64.min), field)
        case (.integer, .integer), (.boolean, .boolean), (.date, .date): return .value(value)
        case (.instant, .instant(let moment)):
            guard moment.isWritable else { return problem(.momentRange, moment.description, field) }
            return .value(.instant(moment.wholeSeconds))
        case (.integer, .decimal(let decimal)):
            guard let whole = decimal.exactInteger else { return wrongKind(decimal.description, field) }
            return .value(.integer(whole))
        case (.scaled(let scale), .integer(let number)):
            guard let decimal = FixedDecimal(number).rescaled(to: scale, rounding: .down) else {
                return problem(.overflow, String(number), field)
            }
            return .value(.decimal(decimal))
        case (.scaled(let scale), .decimal(let decimal)):
            if decimal.scale == scale { return .value(value) }
            guard let scaled = decimal.rescaled(to: scale, rounding: .down) else {
                return problem(.overflow, decimal.description, field)
            }
            guard scaled == decimal else { return problem(.tooManyPlaces, decimal.description, field) }
            return .value(.decimal(scaled))
        case (.date, .instant(let instant)):
            guard let day = ZoneDays.of(companyTimeZone).day(of: instant) else {
                return problem(.momentRange, instant.description, field)
            }
            return .value(.date(day))
        case (_, .text(let text)): return read(text, field)
        default: return wrongKind(value.displayText, field)
        }
    }

    // MARK: - Text from people

    private func read(_ text: String, _ field: FieldDefinition) -> Outcome {
        do {
            switch field.storage {
            case .text: return self.text(text, field)
            case .integer:
                if case .reference(let target, _) = field.type { return reference(text, target, field) }
                if TextNormalisation.isBlank(text) { return .value(.null) }
                return .value(.integer(try LenientInput.integer(text, for: field)))
            case .scaled(let scale):
                if TextNormalisation.isBlank(text) { return .value(.null) }
                return .value(.decimal(try LenientInput.decimal(text, for: field, scale: scale)))
            case .boolean:
                if TextNormalisation.isBlank(text) { return .value(.null) }
                return .value(.boolean(try LenientInput.boolean(text)))
            case .date:
                if TextNormalisation.isBlank(text) { return .value(.null) }
                return .value(.date(try LenientInput.date(text)))
            case .instant:
                if TextNormalisation.isBlank(text) { return .value(.null) }
                return .value(.instant(try LenientInput.instant(text, in: timeZone).wholeSeconds))
            case .none:
                return TextNormalisation.isBlank(text) ? .value(.null) : wrongKind(text, field)
            }
        } catch {
            return problem(error, text, field)
        }
    }

    private func reference(_ text: String, _ target: ObjectName, _ field: FieldDefinition) -> Outcome {
        let trimmed = TextNormalisation.trimmed(text)
        if trimmed.isEmpty { return .value(.null) }
        if takesRecordNumbers, let id = RecordID(trimmed), id.object == target { return .value(.integer(id.number)) }
        return .lookup(trimmed)
    }

    private func text(_ given: String, _ field: FieldDefinition) -> Outcome {
        if given.utf8.contains(0) {
            return .issue(Self.issue(field, "control", Message(.fieldControl, Self.label(field))))
        }
        switch field.type {
        case .picklist:
            // Labels and dependent options need the value of another field; `FieldChecks` finishes this.
            return .value(TextNormalisation.isBlank(given) ? .null : .text(given))
        case .longText:
            return .value(TextNormalisation.isBlank(given) ? .null : .text(given))
        case .email, .phone, .autoNumber:
            let text = field.type.keptForm(of: given)
            if case .autoNumber = field.type, text.unicodeScalars.contains(where: \.properties.breaksLine) {
                return .issue(
                    Self.issue(
                        field,
                        "control",
                        Message(.fieldCodeControl, ["field": .label(field.label), "value": .text(Self.shown(text))])
                    )
                )
            }
            return .value(text.isEmpty ? .null : .text(text))
        default:
            let text = Self.needsTrimming(given) ? TextNormalisation.trimmed(given) : given
            return .value(text.isEmpty ? .null : .text(text))
        }
    }

    /// Whether the text begins or ends with something other than a visible ASCII sign or a character of a script;
    /// the usual text does not, and is spared the walk over its characters.
    private static func needsTrimming(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return first <= 0x20 || last <= 0x20 || first == 0xE2 || first == 0xE3 || first == 0xEF || first == 0xC2
            || last >= 0x80
    }

    // MARK: - Issues

    static func label(_ field: FieldDefinition) -> [String: Message.Argument] { ["field": .label(field.label)] }

    static func issue(_ field: FieldDefinition, _ code: String, _ message: Message) -> FieldIssue {
        FieldIssue(field: field.name, code: code, message: message)
    }

    private func problem(_ problem: InputProblem, _ text: String, _ field: FieldDefinition) -> Outcome {
        .issue(issue(problem, text, field))
    }

    /// What is wrong with a text that was given for a field.
    func issue(_ problem: InputProblem, _ text: String, _ field: FieldDefinition) -> FieldIssue {
        Self.issue(
            field,
            problem.rawValue,
            Message(
                .fieldInput,
                [
                    "field": .label(field.label), "value": .text(Self.shown(text)),
                    "problem": .message(message(problem, field)),
                ]
            )
        )
    }

    /// The reason for people; of a currency that is not the field's, with the field's; of a moment, with a moment.
    private func message(_ problem: InputProblem, _ field: FieldDefinition) -> Message {
        switch (problem, field.type) {
        case (.otherCurrency, .currency(let code, _)):
            return Message(.inputOtherCurrency, ["currency": .text(code)])
        case (.ambiguousCurrency, .currency(let code, _)):
            return Message(.inputAmbiguousCurrency, ["currency": .text(code)])
        case (.notADate, .dateTime): return Message(.inputNotAMoment)
        default: return problem.message(in: timeZone)
        }
    }

    private func wrongKind(_ text: String, _ field: FieldDefinition) -> Outcome {
        .issue(
            Self.issue(
                field,
                "wrong_kind",
                Message(
                    .fieldKind,
                    [
                        "field": .label(field.label), "value": .text(Self.shown(text)),
                        "kind": .message(Self.kind(field)),
                    ]
                )
            )
        )
    }

    /// A value as messages quote it: without control signs, at most 60 characters.
    static func shown(_ text: String) -> String {
        let start = TextLimits.prefix(text, characters: 60)
        let safe = DisplayWidth.escapingControls(start)
        return start.utf8.count < text.utf8.count ? safe + "…" : safe
    }

    private static func kind(_ field: FieldDefinition) -> Message {
        switch field.storage {
        case .text: Message(.kindText)
        case .integer: Message(.kindInteger)
        case .scaled(let scale): Message(.kindDecimal, ["scale": .text(String(scale))])
        case .boolean: Message(.kindBoolean)
        case .date: Message(.kindDate)
        case .instant: Message(.kindInstant)
        case .none: Message(.kindRows)
        }
    }
}
