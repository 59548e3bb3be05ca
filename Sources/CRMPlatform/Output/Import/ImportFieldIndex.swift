internal import CRMModel

/// The fields of an object by every name that a heading may have.
struct ImportFieldIndex {
    /// What fields are called exactly: API names, then labels, then aliases.
    private var written: [String: [FieldDefinition]] = [:]
    /// The same in the form in which headings are compared.
    private var byName: [String: [FieldDefinition]] = [:]
    /// The numbers with what their names say beside their units.
    private let remarks: [(field: FieldDefinition, said: [LabelRemark])]
    /// The labels of the fields, for messages.
    let known: LocalizedText

    init(_ object: ObjectDefinition) {
        let own = object.fields.filter { !$0.isSystem }
        known = LocalizedText.list(own.filter { $0.storage != .none }.prefix(40).map(\.label))
        remarks = own.filter { $0.type.isNumeric && $0.storage != .none }.map { field in
            (field, field.callsByPeople.map { LabelRemark($0) })
        }
        let system = object.fields.filter(\.isSystem)
        Self.enter(object.fields, into: &written) { [$0.name.rawValue] }
        Self.enter(own, into: &written) { Array($0.label.texts.values) }
        Self.enter(own, into: &written) { $0.aliases }
        enter(own) { [$0.name.rawValue] + $0.label.texts.values.map(Self.folded) }
        enter(own) { $0.aliases.map(Self.folded) }
        // A label such as 金额(元) is found by 金额 too.
        byName.merge(object.fieldsByPlainName()) { first, _ in first }
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
        let remark = LabelRemark(text)
        let fitting = remark.said.isEmpty ? [] : remarks.filter { $0.said.contains { $0.isSame(remark) } }
        if !fitting.isEmpty { return fitting.map(\.field) }
        let found = fieldsWithoutUnit(text)
        guard found.count == 1, let said = remarks.first(where: { $0.field.name == found[0].name })?.said,
            remark.saysMore(than: said)
        else { return found }
        // 成本(含税) may be 采购成本(含税), rather than 成本 of which nothing is said.
        let others = remarks.filter { $0.said.contains { $0.said == remark.said && $0.name.contains(remark.name) } }
        return found + others.map(\.field)
    }

    private func fieldsWithoutUnit(_ text: String) -> [FieldDefinition] {
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

    /// The name that is nearest to a text, or else the shortest of which it is a part; nil when none is near.
    func near(_ text: String) -> String? {
        let folded = Self.folded(text)
        if let near = Suggestion.nearest(to: folded, among: byName.keys) { return near }
        guard folded.count > 1 else { return nil }
        return byName.keys.filter { $0.contains(folded) }.min { ($0.count, $0) < ($1.count, $1) }
    }

    /// What to say of a name that no field goes by.
    func hint(for text: String) -> Message.Argument {
        guard let near = near(text) else { return "" }
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
    static func withoutBracket(_ folded: String) -> String? { LabelRemark.parted(folded)?.name }
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
