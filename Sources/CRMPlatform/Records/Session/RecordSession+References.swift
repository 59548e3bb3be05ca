package import CRMModel

/// What a text says about which record of an object is meant.
package enum ReferenceMatch: Sendable, Hashable {
    /// No record goes by the text.
    case none
    /// One does.
    case one(Int64)
    /// More than one does; their numbers, at most six.
    case several([Int64])
    /// The text names a code and a title, and the record of that code has another title; its number.
    case contradicted(Int64)
    /// The text was written by the export of another company, and no record has both its code and its title; the number
    /// of the one that has the code, if there is one.
    case foreign(Int64?)
}

/// The records that texts were found to mean, kept for one unit of work; so the rows of an import that refer to the
/// same few records do not look them up each time.
///
/// Within a unit of work nobody else writes. Everything known of an object is forgotten when a record of it is written,
/// and everything when something is undone; what was not found is not kept at all.
struct KnownReferences {
    /// How many texts of one object are kept before all of them are let go.
    static let limit = 4096

    private var known: [ObjectName: [String: Int64]] = [:]

    subscript(text: String, object: ObjectName) -> Int64? {
        known[object]?[text]
    }

    mutating func keep(_ id: Int64, _ text: String, _ object: ObjectName) {
        if let count = known[object]?.count, count >= Self.limit { known[object] = nil }
        known[object, default: [:]][text] = id
    }

    mutating func forget(_ object: ObjectName) {
        if !known.isEmpty { known[object] = nil }
    }

    mutating func forgetAll() {
        if !known.isEmpty { known.removeAll(keepingCapacity: true) }
    }
}

extension RecordSession {
    /// The one record that people mean by a text: a code, another unique value, its title, code and title together, what
    /// an export has written (``WrittenReference``), or its number.
    ///
    /// - Parameters:
    ///   - text: The text, without blanks around it.
    ///   - object: The object of the record.
    ///   - byNumber: Whether a bare number is taken for the number of a record.
    /// - Returns: The record, or why it is none.
    /// - Throws: `notFound` when there is no such object; `storage`.
    package func match(
        _ text: String,
        in object: ObjectName,
        byNumber: Bool = true
    ) throws(PlatformError) -> ReferenceMatch {
        // What is known was looked up with the same eyes: acting for the system forgets it before and after.
        if let id = knownReferences[text, object] { return .one(id) }
        let plan = try plans.plan(object)
        var fallback = ReferenceMatch.none
        if let written = WrittenReference(text) {
            fallback = try match(written, plan)
            if case .one(let id) = fallback {
                knownReferences.keep(id, text, object)
                return fallback
            }
        }
        let found = try match(whole: text, plan)
        switch found {
        case .one(let id): knownReferences.keep(id, text, object)
        case .none:
            if fallback == .none { fallback = try match(pair: text, plan, isOurs: false) }
            if case .one(let id) = fallback { knownReferences.keep(id, text, object) }
            if fallback != .none { return fallback }
        default: break
        }
        guard found == .none, byNumber else { return found }
        guard let number = Int64(text), try reads(.user).exists(number, plan) else { return .none }
        return .one(number)
    }

    private func match(whole text: String, _ plan: ObjectPlan) throws(PlatformError) -> ReferenceMatch {
        var several: [Int64] = []
        for slot in Self.keySlots(plan) + [plan.object.titleSlot] {
            let found = try ids(plan, slot, text, .user)
            if found.count == 1 { return .one(found[0]) }
            if several.isEmpty { several = found }
        }
        if several.isEmpty { several = try recordsSimilar(to: text, plan) }
        if several.count == 1 { return .one(several[0]) }
        return several.isEmpty ? .none : .several(several)
    }

    /// The records that a text names by its comparable form: a code in capitals or small letters, another unique value, or
    /// the title.
    private func recordsSimilar(to text: String, _ plan: ObjectPlan) throws(PlatformError) -> [Int64] {
        for (slot, _) in plan.codeSlots {
            for written in TextNormalisation.codes(text).dropFirst() {
                let found = try reads(.user).ids(plan, slot, is: .text(written), limit: 6)
                if !found.isEmpty { return found }
            }
        }
        for key in plan.keys where key.parts.count == 1 && (key.purpose == .unique || key.isTitle) {
            guard let form = key.key({ _ in .text(text) }) else { continue }
            let found = try reads(.user).ids(plan, having: form, by: key, limit: 6)
            if !found.isEmpty { return found }
        }
        return []
    }

    /// The number of the one record that people mean by a text, nil when there is none or more than one.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`.
    package func resolve(_ text: String, in object: ObjectName) throws(PlatformError) -> Int64? {
        if case .one(let id) = try match(text, in: object) { return id }
        return nil
    }

    /// The numbers of at most `limit` records that have certain values in certain fields, lowest first; none when the
    /// object has no such field.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`.
    package func numbers(
        of object: ObjectName,
        having values: [(field: FieldName, value: Value)],
        limit: Int
    ) throws(PlatformError) -> [Int64] {
        let plan = try plans.plan(object)
        let slots = values.compactMap { plan.object.slot(of: $0.field) }
        guard slots.count == values.count else { return [] }
        let wanted = zip(slots, values).map { slot, entry -> Value in
            let type = plan.object.fields[slot].type
            guard type == .email || type == .autoNumber, case .text(let text) = entry.value else { return entry.value }
            return .text(type.keptForm(of: text))
        }
        var exact = try reads(.user).ids(plan, slots, are: wanted, limit: limit)
        let given = values.map(\.value)
        // Codes of rules and of earlier versions may stand as they are written.
        if exact.isEmpty, given != wanted { exact = try reads(.user).ids(plan, slots, are: given, limit: limit) }
        return exact.isEmpty ? try similarRecords(plan, slots, wanted, limit) : exact
    }

    /// The records that have values of the same comparable forms.
    private func similarRecords(
        _ plan: ObjectPlan,
        _ slots: [Int],
        _ values: [Value],
        _ limit: Int
    ) throws(PlatformError) -> [Int64] {
        let given = Dictionary(zip(slots, values), uniquingKeysWith: { first, _ in first })
        let forms = slots.compactMap { slot in RecordKey.form(of: plan.object.fields[slot].type).map { (slot, $0) } }
        guard !forms.isEmpty else { return [] }
        var candidates: [Int64]?
        for key in plan.keys where key.parts.allSatisfy({ given[$0.slot] != nil }) {
            guard let form = key.key({ given[$0] ?? .null }) else { continue }
            candidates = try reads(.user).ids(plan, having: form, by: key, limit: 100)
            break
        }
        if candidates == nil {
            candidates = try reads(.user).ids(
                plan,
                slots,
                are: zip(slots, values).map { slot, value in
                    guard let form = RecordKey.form(of: plan.object.fields[slot].type) else { return value }
                    return .text(form.form(of: value.displayText))
                },
                forms: slots.map { RecordKey.form(of: plan.object.fields[$0].type) },
                limit: limit
            )
            return candidates ?? []
        }
        var found: [Int64] = []
        for id in candidates ?? [] where found.count < limit {
            guard let record = try reads(.user).record(id, plan) else { continue }
            let isSame = given.allSatisfy { slot, value in
                guard let form = RecordKey.form(of: plan.object.fields[slot].type) else {
                    return record.values[slot] == value
                }
                return form.isSame(record.values[slot].displayText, value.displayText)
            }
            if isSame { found.append(id) }
        }
        return found
    }

    /// Why a reference cannot be set by a text that matches no single record.
    func referenceIssue(
        _ match: ReferenceMatch,
        _ text: String,
        _ target: ObjectName,
        _ field: FieldDefinition,
        byNumber: Bool = true
    ) throws(PlatformError) -> FieldIssue {
        let label = try catalog.object(target).label
        var arguments: [String: Message.Argument] = [
            "field": .label(field.label), "value": .text(ValueCoder.shown(text)), "object": .label(label),
            "name": .text(target.rawValue),
        ]
        switch match {
        case .contradicted(let number):
            arguments["here"] = .text(try shown(number, of: target))
            return ValueCoder.issue(field, "reference", Message(.fieldReferenceContradicted, arguments))
        case .foreign(let number):
            arguments["here"] =
                if let number {
                    .message(Message(.fieldReferenceHere, ["here": .text(try shown(number, of: target))]))
                } else {
                    ""
                }
            return ValueCoder.issue(field, "reference", Message(.fieldReferenceForeign, arguments))
        case .none, .one:
            let isNumber = Int64(text) != nil || RecordID(text)?.object == target
            return ValueCoder.issue(
                field,
                "reference",
                Message(
                    byNumber ? .fieldReferenceText : isNumber ? .fieldReferenceNumber : .fieldReferenceTextInFile,
                    arguments
                )
            )
        case .several(let numbers):
            arguments["candidates"] = .text(try candidates(numbers, of: target))
            return ValueCoder.issue(
                field,
                "reference",
                Message(byNumber ? .fieldReferenceAmbiguous : .fieldReferenceAmbiguousInFile, arguments)
            )
        }
    }

    private func candidates(_ numbers: [Int64], of target: ObjectName) throws(PlatformError) -> String {
        var names: [String] = []
        for number in numbers.prefix(5) {
            let id = RecordID(object: target, number: number)
            let slot = try plans.plan(target).codeSlots.first?.slot
            let code = try slot.flatMap { slot throws(PlatformError) in try record(id, .user)?.values[slot].displayText
            }
            names.append(code.map { $0.isEmpty ? "\(id)" : "\(id) \(ValueCoder.shown($0))" } ?? "\(id)")
        }
        return names.joined(separator: ", ") + (numbers.count > 5 ? " …" : "")
    }
}
