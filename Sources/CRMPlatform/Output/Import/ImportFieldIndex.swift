internal import CRMModel

/// The fields of an object by every name that a heading may have.
struct ImportFieldIndex {
    /// What fields are called exactly: API names, then labels, then aliases.
    private var written: [String: [FieldDefinition]] = [:]
    /// The same in the form in which headings are compared.
    private var byName: [String: [FieldDefinition]] = [:]
    /// The labels of the fields, for messages.
    let known: LocalizedText

    init(_ object: ObjectDefinition) {
        let own = object.fields.filter { !$0.isSystem }
        known = LocalizedText.list(own.filter { $0.storage != .none }.prefix(40).map(\.label))
        let system = object.fields.filter(\.isSystem)
        Self.enter(object.fields, into: &written) { [$0.name.rawValue] }
        Self.enter(own, into: &written) { Array($0.label.texts.values) }
        Self.enter(own, into: &written) { $0.aliases }
        enter(own) { [$0.name.rawValue] + $0.label.texts.values.map(Self.folded) }
        enter(own) { $0.aliases.map(Self.folded) }
        // A label such as 金额(元) is found by 金额 too.
        enter(own.filter(\.type.isNumeric)) { field in
            (Array(field.label.texts.values) + field.aliases).compactMap { HeadingUnit.sure($0)?.name }
        }
        // Own fields come first: a label such as 编号 belongs to the object's code and not to the kernel's number.
        enter(system) { [$0.name.rawValue] + $0.label.texts.values.map(Self.folded) }
        enter(system) { $0.aliases.map(Self.folded) }
    }

    /// Enters names, of which those that are there already stay what they are.
    private mutating func enter(_ fields: [FieldDefinition], _ names: (FieldDefinition) -> [String]) {
        Self.enter(fields, into: &byName, names)
    }

    private static func enter(
        _ fields: [FieldDefinition],
        into known: inout [String: [FieldDefinition]],
        _ names: (FieldDefinition) -> [String]
    ) {
        var added: [String: [FieldDefinition]] = [:]
        for field in fields {
            for name in Set(names(field)) where !name.isEmpty && known[name] == nil {
                added[name, default: []].append(field)
            }
        }
        known.merge(added) { first, _ in first }
    }

    /// The fields that a heading may mean: none, one, or several that go by it equally well.
    func fields(_ text: String) -> [FieldDefinition] {
        if let fields = written[TextNormalisation.trimmed(text)] { return fields }
        if let fields = byName[Self.folded(text)] { return fields }
        if let name = Self.withoutBracket(Self.folded(text)), let fields = byName[name] { return fields }
        for part in HeadingUnit.parts(of: text) {
            let fields = byName[part.name]?.filter(\.type.isNumeric) ?? []
            if !fields.isEmpty { return fields }
        }
        return []
    }

    /// The one field that a text means; nil when it is none or more than one.
    func field(_ text: String) -> FieldDefinition? {
        let found = fields(text)
        return found.count == 1 ? found[0] : nil
    }

    /// The name that is nearest to a text; nil when none is near.
    func near(_ text: String) -> String? { Suggestion.nearest(to: Self.folded(text), among: byName.keys) }

    /// What to say of a name that no field goes by.
    func hint(for text: String) -> Message.Argument {
        guard let near = Suggestion.nearest(to: text, among: byName.keys) else { return "" }
        return .message(Message(.templateNear, ["name": .text(near)]))
    }

    // MARK: - Headings

    /// A heading as headings are compared.
    static func folded(_ text: String) -> String { ComparableForm.heading.form(of: text) }

    /// The names that a heading may stand for, folded: itself, and itself without a unit.
    static func namesMeant(by heading: String) -> [String] {
        let whole = folded(heading)
        return [whole] + [withoutBracket(whole)].compactMap { $0 } + HeadingUnit.parts(of: heading).map(\.name)
    }

    /// A folded heading without what stands in brackets at its end: `意向面积(m2)` is `意向面积`.
    static func withoutBracket(_ folded: String) -> String? {
        guard folded.hasSuffix(")") || folded.hasSuffix("]") || folded.hasSuffix("】"),
            let open = folded.lastIndex(where: { "([【".contains($0) }), open > folded.startIndex
        else { return nil }
        return String(folded[..<open])
    }
}

extension MessageKey {
    static let headingAmbiguous = MessageKey(
        "import.heading_ambiguous",
        zhCN: "列「{header}」可以是几个字段：{names}；请把列名改成其中一个，或在映射的 columns 里说明",
        zhTW: "欄「{header}」可以是幾個欄位：{names}；請把欄名改成其中一個，或在對應的 columns 裡說明",
        en:
            "the column \"{header}\" may be any of several fields: {names}; rename it to one of them, or let columns of the mapping say which"
    )
}
