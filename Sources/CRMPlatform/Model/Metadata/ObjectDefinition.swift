/// An object of the effective catalog: a kind of business thing with its fields and rules.
///
/// Immutable and shared.
public final class ObjectDefinition: Sendable {
    /// The API name; the table is `obj_<name>`.
    public let name: ObjectName
    /// The label, singular.
    public let label: LocalizedText
    /// The fields in order, the system fields first.
    ///
    /// The position of a field is its slot in records.
    public let fields: [FieldDefinition]
    /// The field whose value stands for the record in lists and references.
    public let titleField: FieldName
    /// Additional indexes.
    public let indexes: [IndexDefinition]
    /// Rules that give codes.
    public let codeRules: [CodeRule]
    /// Rules that records must obey.
    public let validationRules: [ValidationRule]
    /// Rules that find duplicates.
    public let duplicateRules: [DuplicateRule]
    /// The way from stage to stage, nil for an object without.
    public let stages: Stages?
    /// The plugin that brought the object, nil for local ones.
    public let plugin: PluginID?
    /// The stable id that survives renaming, 0 until the storage has given one.
    public let stableID: Int64

    private let slots: [FieldName: Int]

    /// Makes a definition from parts that ``CatalogBuilder`` has checked.
    package init(
        name: ObjectName,
        label: LocalizedText,
        fields: [FieldDefinition],
        titleField: FieldName,
        indexes: [IndexDefinition] = [],
        codeRules: [CodeRule] = [],
        validationRules: [ValidationRule] = [],
        duplicateRules: [DuplicateRule] = [],
        stages: Stages? = nil,
        plugin: PluginID? = nil,
        stableID: Int64 = 0
    ) {
        self.name = name
        self.label = label
        self.fields = fields
        self.titleField = titleField
        self.indexes = indexes
        self.codeRules = codeRules
        self.validationRules = validationRules
        self.duplicateRules = duplicateRules
        self.stages = stages
        self.plugin = plugin
        self.stableID = stableID
        slots = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
    }

    /// The same object with the ids that the storage has given it and its fields.
    func numbered(_ ids: StableIDs) -> ObjectDefinition {
        let own = ids.fields[name] ?? [:]
        return ObjectDefinition(
            name: name,
            label: label,
            fields: fields.map { field in
                var field = field
                if !field.isSystem { field.stableID = own[field.name] ?? 0 }
                return field
            },
            titleField: titleField,
            indexes: indexes,
            codeRules: codeRules,
            validationRules: validationRules,
            duplicateRules: duplicateRules,
            stages: stages,
            plugin: plugin,
            stableID: ids.objects[name] ?? 0
        )
    }

    /// The slot of a field in records of this object, nil when there is no such field.
    public func slot(of field: FieldName) -> Int? { slots[field] }

    /// The field of that name, nil when there is none.
    public func field(_ name: FieldName) -> FieldDefinition? { slots[name].map { fields[$0] } }

    /// The slot of the title field.
    public var titleSlot: Int { slots[titleField] ?? SystemField.id.slot }

    /// The field that people mean by `text`: its API name, its label or an alias of it, in any language; nil when none.
    ///
    /// What is written exactly so goes before what differs in width, case, blanks or script alone, names and labels before
    /// aliases, these before names without their unit or remark, and what the object calls so itself before what every record has.
    ///
    /// - Throws: `invalidInput` when more than one field goes by the text equally well.
    public func field(calledByPeople text: String) throws(PlatformError) -> FieldDefinition? {
        let found = fields(calledByPeople: text)
        guard found.count > 1 else { return found.first }
        throw PlatformError(
            .invalidInput,
            Message(.fieldsOfOneName, Self.namesOfOne(text, found.map(\.name.rawValue))),
            context: ErrorContext(object: name)
        )
    }

    /// The fields that people may mean by `text`; more than one when several go by it equally well.
    package func fields(calledByPeople text: String) -> [FieldDefinition] {
        if let name = FieldName(rawValue: text), let field = field(name) { return [field] }
        let heading = ComparableForm.heading
        let wanted = heading.form(of: text)
        let written = TextNormalisation.trimmed(text)
        let tiers: [(FieldDefinition) -> Bool] = [
            { $0.label.texts.values.contains(written) },
            { $0.aliases.contains(written) },
            { field in
                field.name.rawValue == wanted || field.label.texts.values.contains { heading.form(of: $0) == wanted }
            },
            { $0.aliases.contains { heading.form(of: $0) == wanted } },
        ]
        for isSystem in [false, true] {
            for isMeant in tiers {
                let found = fields.filter { $0.isSystem == isSystem && isMeant($0) }
                if !found.isEmpty { return found }
            }
            // A label such as 数量(台) is found by 数量 too, when nothing else is called so.
            if !isSystem, let found = fieldsByPlainName()[wanted] { return found }
        }
        return []
    }

    static func namesOfOne(_ text: String, _ names: [String]) -> [String: Message.Argument] {
        ["text": .text(text), "names": .text(names.joined(separator: ", "))]
    }

    /// The metadata rule that gives the codes of an auto-number field: the one it names, else the first one for it.
    public func codeRule(of field: FieldDefinition) -> CodeRule? {
        guard case .autoNumber = field.type else { return nil }
        return codeRules.first { field.codeRule == nil ? $0.field == field.name : $0.name == field.codeRule }
    }

    /// The fields whose text the full-text search reads.
    public var searchableSlots: [Int] { fields.indices.filter { fields[$0].isSearchable } }
}

/// The fields that every record has, in the slots 0 to 5.
public enum SystemField: String, Sendable, CaseIterable {
    /// The number of the record.
    case id
    /// Counts the saves of the record, from 1.
    case version
    /// When the record was created.
    case createdAt = "created_at"
    /// The user who created it.
    case createdBy = "created_by"
    /// When it was last saved.
    case updatedAt = "updated_at"
    /// The user who last saved it.
    case updatedBy = "updated_by"

    /// The field name.
    public var name: FieldName { Self.definitions[slot].name }

    /// The slot in every record.
    public var slot: Int {
        switch self {
        case .id: 0
        case .version: 1
        case .createdAt: 2
        case .createdBy: 3
        case .updatedAt: 4
        case .updatedBy: 5
        }
    }

    /// The definitions of the system fields, in slot order.
    static let definitions: [FieldDefinition] = [
        make("id", .integer, "编号", "編號", "ID"),
        make("version", .integer, "版本", "版本", "Version"),
        make("created_at", .dateTime, "创建时间", "建立時間", "Created at"),
        make("created_by", .integer, "创建人", "建立人", "Created by"),
        make("updated_at", .dateTime, "更新时间", "更新時間", "Updated at"),
        make("updated_by", .integer, "更新人", "更新人", "Updated by"),
    ]

    private static func make(
        _ name: StaticString,
        _ type: FieldType,
        _ zhCN: String,
        _ zhTW: String,
        _ en: String
    ) -> FieldDefinition {
        var field = FieldDefinition(
            name: FieldName(system: name),
            type: type,
            label: LocalizedText([.zhCN: zhCN, .zhTW: zhTW, .en: en])
        )
        field.isSystem = true
        field.isAudited = false
        return field
    }
}

/// An index over fields of an object.
public struct IndexDefinition: Sendable, Hashable {
    /// The fields in order.
    public let fields: [FieldName]
    /// Whether two records may not agree in all the fields.
    public let isUnique: Bool

    /// Makes an index.
    public init(fields: [FieldName], isUnique: Bool) {
        self.fields = fields
        self.isUnique = isUnique
    }
}

/// A rule that every record must obey when it is saved.
public struct ValidationRule: Sendable, Hashable {
    /// The name, unique within the object.
    public let name: ElementName
    /// The condition that must hold, in the expression language; a condition that is unknown (a value is empty) passes.
    public let condition: String
    /// What to tell the user.
    public let message: LocalizedText
    /// The fields the message belongs to; empty for the record as a whole.
    public let fields: [FieldName]
    /// The plugin that brought the rule.
    public let plugin: PluginID?

    /// Makes a rule.
    public init(
        name: ElementName,
        condition: String,
        message: LocalizedText,
        fields: [FieldName],
        plugin: PluginID?
    ) {
        self.name = name
        self.condition = condition
        self.message = message
        self.fields = fields
        self.plugin = plugin
    }
}

/// A rule that finds records that are probably the same thing.
public struct DuplicateRule: Sendable, Hashable {
    /// How the text of a field is made comparable.
    public enum Normaliser: String, Sendable, Hashable, CaseIterable {
        /// As it is, without blanks around it.
        case exact
        /// Without regard to width, case, accents, script, the number of blanks and the kind of dash.
        case text
        /// As `text`, and without blanks, dots, brackets and punctuation.
        case name
        /// A company name without legal form and brackets.
        case company
        /// A code: as `text`, but with accents.
        case code
        /// An e-mail address without regard to width and case.
        case email
        /// A telephone number without signs and country code 86.
        case phone
    }

    /// One field to compare.
    public struct Match: Sendable, Hashable {
        /// The field.
        public let field: FieldName
        /// How its value is made comparable.
        public let normaliser: Normaliser

        /// Makes a match.
        public init(field: FieldName, normaliser: Normaliser) {
            self.field = field
            self.normaliser = normaliser
        }
    }

    /// What happens when a duplicate is found.
    public enum Action: String, Sendable, Hashable {
        /// The save is refused.
        case block
        /// The save goes on and says so.
        case warn
    }

    /// The name, unique within the object.
    public let name: ElementName
    /// The fields that must all agree; a record with an empty one is never a duplicate by this rule.
    public let matches: [Match]
    /// What happens.
    public let action: Action
    /// What people call the rule, nil when the labels of the fields say enough.
    public let label: LocalizedText?
    /// What to tell the user about a duplicate, nil for the label and the fields.
    public let message: LocalizedText?
    /// The plugin that brought the rule.
    public let plugin: PluginID?

    /// Makes a rule.
    public init(
        name: ElementName,
        matches: [Match],
        action: Action,
        label: LocalizedText? = nil,
        message: LocalizedText? = nil,
        plugin: PluginID?
    ) {
        self.name = name
        self.matches = matches
        self.action = action
        self.label = label
        self.message = message
        self.plugin = plugin
    }
}

extension MessageKey {
    static let fieldsOfOneName = MessageKey(
        "catalog.fields_of_one_name",
        zhCN: "「{text}」不止是一个字段的名称：{names}；请写其中一个英文名",
        zhTW: "「{text}」不只是一個欄位的名稱：{names}；請寫其中一個英文名",
        en: "\"{text}\" is what more than one field is called: {names}; write one of these names"
    )
    static let objectsOfOneName = MessageKey(
        "catalog.objects_of_one_name",
        zhCN: "「{text}」不止是一个对象的名称：{names}；请写其中一个英文名",
        zhTW: "「{text}」不只是一個物件的名稱：{names}；請寫其中一個英文名",
        en: "\"{text}\" is what more than one object is called: {names}; write one of these names"
    )
}

extension ObjectDefinition {
    /// What somebody probably meant who named a field that there is not: the nearest API name, else the nearest label or alias,
    /// else a label of which the text is a part; nil when nothing is near.
    ///
    /// The platform's own fields are meant by their API names alone: what sounds like a label is one of the object's own.
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - isKnown: Whether a field may be told.
    /// - Returns: The name, the label or the alias.
    public func nameNearest(
        to text: String,
        among isKnown: (FieldDefinition) -> Bool = { _ in true }
    ) -> String? {
        let fields = fields.filter(isKnown)
        if let near = Suggestion.nearest(to: text, among: fields.map(\.name.rawValue)) { return near }
        let calls = fields.filter { !$0.isSystem }.flatMap { Array($0.label.texts.values) + $0.aliases }
        if let near = Suggestion.nearest(to: text, among: calls) { return near }
        guard text.count > 1 else { return nil }
        return calls.filter { $0.contains(text) }.min { ($0.count, $0) < ($1.count, $1) }
    }
}
