import CRMModel

/// Values of a record in comparable form, kept beside it so that records are found by them: the key of a duplicate rule,
/// of a unique field or index, of a field that people look records up by, or of the title that references are given by.
struct RecordKey: Sendable {
    /// What is found by the key.
    enum Purpose: Sendable, Hashable {
        /// Records that a duplicate rule takes for the same.
        case duplicates
        /// The one record that may have the values.
        case unique
        /// Records that people name by the value.
        case lookup
    }

    /// One field of the key.
    struct Part: Sendable, Hashable {
        let slot: Int
        let form: ComparableForm
    }

    /// Under which name the keys are kept; those that are no duplicate rule begin with a sign that no rule has.
    let name: String
    let purpose: Purpose
    let parts: [Part]

    /// Whether the key is that of the title.
    var isTitle: Bool { name == Self.titleName }

    private static let titleName = "~title"

    /// The key of a record by its values; nil when one of them is empty.
    func key(_ value: (Int) -> Value) -> String? {
        if parts.count == 1 {
            let form = parts[0].form.form(of: value(parts[0].slot).displayText)
            return form.isEmpty ? nil : form
        }
        var key = ""
        for part in parts {
            let form = part.form.form(of: value(part.slot).displayText)
            guard !form.isEmpty else { return nil }
            if !key.isEmpty { key += "\u{1F}" }
            key += form
        }
        return key.isEmpty ? nil : key
    }

    /// What the key is made of, by names, so that keys of different catalogs can be compared.
    func recipe(_ object: ObjectDefinition) -> [String] {
        [name] + parts.map { "\(object.fields[$0.slot].name):\($0.form.rawValue)" }
    }

    /// The key of a duplicate rule.
    static func key(of rule: DuplicateRule, _ object: ObjectDefinition) -> RecordKey {
        let parts = rule.matches.compactMap { match in
            object.slot(of: match.field).map { Part(slot: $0, form: match.normaliser.form) }
        }
        return RecordKey(name: rule.name.rawValue, purpose: .duplicates, parts: parts)
    }

    /// The keys of an object besides those of its duplicate rules.
    ///
    /// Numbers, days and e-mail addresses compare as they stand and need none; codes that the platform gives are found in
    /// capitals or small letters without.
    static func keys(of object: ObjectDefinition, in catalog: Catalog) -> [RecordKey] {
        var keys: [RecordKey] = []
        var single: Set<Int> = []
        let fields = object.fields
        for slot in fields.indices where fields[slot].isUnique {
            guard let form = form(of: fields[slot].type) else { continue }
            single.insert(slot)
            keys.append(key("=\(fields[slot].name)", .unique, [Part(slot: slot, form: form)]))
        }
        for index in object.indexes {
            let slots = index.fields.compactMap { object.slot(of: $0) }
            guard slots.count == index.fields.count, let first = slots.first else { continue }
            if index.isUnique, !slots.contains(where: { fields[$0].isUnique }) {
                let parts = slots.map { Part(slot: $0, form: form(of: fields[$0].type) ?? .exact) }
                guard parts.contains(where: { $0.form != .exact }) else { continue }
                if parts.count == 1 { single.insert(first) }
                keys.append(key("=" + index.fields.map(\.rawValue).joined(separator: "+"), .unique, parts))
            }
            if !single.contains(first), let form = form(of: fields[first].type) {
                single.insert(first)
                // Texts that are the same as codes have the same form of this kind, which beginnings are sought by too.
                let part = Part(slot: first, form: form == .code ? .text : form)
                keys.append(key("~\(fields[first].name)", .lookup, [part]))
            }
        }
        let title = object.titleSlot
        if case .text = fields[title].type, !catalog.referrers(to: object.name).isEmpty {
            keys.append(key(titleName, .lookup, [Part(slot: title, form: .name)]))
        }
        return keys
    }

    private static func key(_ name: String, _ purpose: Purpose, _ parts: [Part]) -> RecordKey {
        RecordKey(name: name, purpose: purpose, parts: parts)
    }

    /// How values of a type are compared when they are keys; nil for types whose values compare as they stand.
    static func form(of type: FieldType) -> ComparableForm? {
        switch type {
        case .text: .code
        case .phone: .phone
        // Addresses are kept in their comparable form.
        default: nil
        }
    }
}

extension DuplicateRule.Normaliser {
    /// The comparable form that the normaliser stands for.
    var form: ComparableForm {
        switch self {
        case .exact: .exact
        case .text: .text
        case .name: .name
        case .company: .company
        case .code: .code
        case .email: .email
        case .phone: .phone
        }
    }
}
