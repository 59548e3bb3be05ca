/// The stages of an object while the catalog is being put together: what its plugin says, and what others add.
final class StagesDraft {
    /// A gate with its place.
    struct GateDraft {
        let gate: Stages.Gate
        let node: MetadataNode
    }

    /// A step with its place.
    struct StepDraft {
        let value: String
        let isStart: Bool
        /// The values that may follow, with their places; nil for any.
        var next: [(value: String, node: MetadataNode)]?
        var gates: [GateDraft]
        let node: MetadataNode
        /// The steps of the object's plugin after which a step of an extension may come, with their places.
        let after: [(value: String, node: MetadataNode)]
    }

    let field: FieldName
    let node: MetadataNode
    private(set) var steps: [StepDraft] = []
    /// Gates that extensions add, by the step they belong to.
    private(set) var added: [(value: String, gate: GateDraft)] = []

    /// Reads what the object's own plugin says.
    init?(_ node: MetadataNode, plugin: PluginID?) {
        guard node.isObject(allowing: ["field", "steps"]), let field: FieldName = node.name("field") else { return nil }
        self.field = field
        self.node = node
        if node.member("steps") == nil { node.complain(Message(.metadataMissing, ["key": "steps"])) }
        for item in node.list("steps") {
            if let step = Self.step(item, ["value", "start", "next", "gates"], plugin) { steps.append(step) }
        }
    }

    /// Adds what an extension file says.
    func extend(_ node: MetadataNode, plugin: PluginID?) {
        guard node.isObject(allowing: ["steps", "gates"]) else { return }
        for item in node.list("steps") {
            if let step = Self.step(item, ["value", "after", "next", "gates"], plugin) { steps.append(step) }
        }
        for item in node.list("gates") {
            item.isObject(allowing: ["value", "name", "condition", "message", "fields"])
            let value = item.requiredText("value")
            guard let gate = Self.gate(item, plugin), let value else { continue }
            added.append((value, gate))
        }
    }

    private static func step(_ item: MetadataNode, _ keys: [String], _ plugin: PluginID?) -> StepDraft? {
        guard item.isObject(allowing: keys), let value = item.requiredText("value") else { return nil }
        let gates = item.list("gates").compactMap { gate -> GateDraft? in
            gate.isObject(allowing: ["name", "condition", "message", "fields"])
            return Self.gate(gate, plugin)
        }
        return StepDraft(
            value: value,
            isStart: item.boolean("start", default: false),
            next: item.member("next").map { _ in texts(item, "next") },
            gates: gates,
            node: item,
            after: texts(item, "after")
        )
    }

    private static func texts(_ item: MetadataNode, _ key: String) -> [(value: String, node: MetadataNode)] {
        item.list(key).compactMap { node in node.text().map { ($0, node) } }
    }

    private static func gate(_ node: MetadataNode, _ plugin: PluginID?) -> GateDraft? {
        let name: ElementName? = node.name("name")
        let condition = node.requiredText("condition")
        let message = node.localized("message")
        if node.member("message") == nil { node.complain(Message(.metadataMissing, ["key": "message"])) }
        guard let name, let condition, let message else { return nil }
        let gate = Stages.Gate(
            name: name,
            condition: condition,
            message: message,
            fields: node.names("fields"),
            plugin: plugin
        )
        return GateDraft(gate: gate, node: node)
    }

    // MARK: - Merging

    /// All gates, of all files.
    var gates: [GateDraft] { steps.flatMap(\.gates) + added.map(\.gate) }

    /// The stages of all files together.
    var definition: Stages {
        Stages(
            field: field,
            steps: steps.map { step in
                let later = steps.filter { other in other.after.contains { $0.value == step.value } }.map(\.value)
                let gates = step.gates + added.filter { $0.value == step.value }.map(\.gate)
                return Stages.Step(
                    value: step.value,
                    isStart: step.isStart,
                    next: step.next.map { next in next.map(\.value) + later },
                    gates: gates.map(\.gate)
                )
            }
        )
    }

    /// Tells everything that is wrong with the stages, given the picklist field and its dictionary.
    func check(
        _ object: ObjectDraft,
        _ field: FieldDefinition,
        _ draft: DictionaryDraft,
        _ complain: Complaint
    ) {
        let dictionary = draft.definition
        let values = dictionary.options.map(\.value)
        var seen: Set<String> = []
        for step in steps {
            let place = step.node.member("value") ?? step.node
            if dictionary.option(step.value) == nil { complain.unknown(place, step.value, .optionWord, values) }
            if !seen.insert(step.value).inserted {
                place.complain(
                    Message(.metadataDuplicate, ["name": .text(step.value), "where": .text("stages.steps")])
                )
            }
        }
        for step in steps {
            for (value, node) in (step.next ?? []) + step.after where !seen.contains(value) {
                complain.unknown(node, value, .stepWord, Array(seen))
            }
        }
        for (value, gate) in added where !seen.contains(value) {
            complain.unknown(gate.node.member("value") ?? gate.node, value, .stepWord, Array(seen))
        }
        checkMissing(object, draft, seen)
        checkGates(complain)
        checkWays(field, dictionary)
    }

    /// Tells of values without a step: of the object's plugin at the steps, of others where they add the value.
    private func checkMissing(_ object: ObjectDraft, _ dictionary: DictionaryDraft, _ seen: Set<String>) {
        let without = dictionary.options.filter { !$0.option.isRetired && !seen.contains($0.option.value) }
        let own = without.filter { $0.plugin == dictionary.plugin || $0.plugin == object.plugin }
        if !own.isEmpty {
            (node.member("steps") ?? node).complain(
                Message(
                    .stagesMissing,
                    [
                        "values": .text(own.map(\.option.value).joined(separator: ", ")),
                        "dictionary": .text(dictionary.name.rawValue),
                    ]
                )
            )
        }
        for (option, plugin, node) in without where plugin != dictionary.plugin && plugin != object.plugin {
            (node.member("value") ?? node).complain(
                Message(.stagesMissingAdded, ["value": .text(option.value), "object": .text(object.name.rawValue)])
            )
        }
    }

    private func checkGates(_ complain: Complaint) {
        var names: Set<ElementName> = []
        for gate in gates {
            if !names.insert(gate.gate.name).inserted {
                (gate.node.member("name") ?? gate.node).complain(
                    Message(
                        .metadataDuplicate,
                        ["name": .text(gate.gate.name.rawValue), "where": .text("stages.gates")]
                    )
                )
            }
            for name in gate.gate.fields where !complain.fields.contains(name) {
                complain.unknown(
                    gate.node.member("fields") ?? gate.node,
                    name.rawValue,
                    .fieldWord,
                    complain.fields.map(\.rawValue)
                )
            }
        }
    }

    /// Finds steps that no record can come to, and a default in which none can begin.
    private func checkWays(_ field: FieldDefinition, _ dictionary: PicklistSet) {
        let stages = definition
        let starts = Set(stages.starts)
        let followed = Set(stages.steps.flatMap(stages.following))
        for step in steps where !starts.contains(step.value) && !followed.contains(step.value) {
            // A retired value stays for the records that have it.
            if dictionary.option(step.value)?.isRetired ?? true { continue }
            (step.node.member("value") ?? step.node).complain(Message(.stagesUnreached, ["value": .text(step.value)]))
        }
        if case .value(.text(let value)) = field.defaultValue, dictionary.option(value) != nil,
            !starts.contains(value), steps.contains(where: { $0.value == value })
        {
            node.complain(
                Message(.stagesDefault, ["value": .text(value), "field": .text(field.name.rawValue)])
            )
        }
    }

    /// How a check tells of a name that is unknown.
    struct Complaint {
        let fields: Set<FieldName>
        let unknown: (MetadataNode, String, MessageKey, [String]) -> Void

        func unknown(_ node: MetadataNode, _ name: String, _ kind: MessageKey, _ known: [String]) {
            unknown(node, name, kind, known)
        }
    }
}

extension MessageKey {
    static let stepWord = MessageKey("word.step", zhCN: "阶段", zhTW: "階段", en: "step of stages")
    static let optionWord = MessageKey("word.option", zhCN: "字典选项", zhTW: "字典選項", en: "option of the dictionary")
    static let stagesNone = MessageKey(
        "metadata.stages_none",
        zhCN: "对象「{object}」没有 stages，不能为它添加阶段或条件；请先在它自己的插件里写 stages",
        zhTW: "物件「{object}」沒有 stages，不能為它新增階段或條件；請先在它自己的外掛裡寫 stages",
        en: "the object \"{object}\" has no stages to add to; its own plugin must declare them"
    )
    static let stagesField = MessageKey(
        "metadata.stages_field",
        zhCN: "阶段字段「{field}」的类型是 {type}，应为 picklist",
        zhTW: "階段欄位「{field}」的類型是 {type}，應為 picklist",
        en: "the field \"{field}\" of the stages is of type {type}; it must be a picklist"
    )
    static let stagesMissing = MessageKey(
        "metadata.stages_missing",
        zhCN: "字典「{dictionary}」的这些值没有对应的阶段：{values}。请为每个值加上 { \"value\": … }，或把它停用（retired）",
        zhTW: "字典「{dictionary}」的這些值沒有對應的階段：{values}。請為每個值加上 { \"value\": … }，或把它停用（retired）",
        en:
            "these values of the dictionary \"{dictionary}\" have no step: {values}. Add { \"value\": … } for each, or retire it"
    )
    static let stagesMissingAdded = MessageKey(
        "metadata.stages_missing_added",
        zhCN: "对象「{object}」的 stages 里没有值「{value}」：请在 objects/{object}.extend.json 的 stages.steps 里为它加一个阶段",
        zhTW: "物件「{object}」的 stages 裡沒有值「{value}」：請在 objects/{object}.extend.json 的 stages.steps 裡為它加一個階段",
        en:
            "the stages of the object \"{object}\" have no step for \"{value}\": add one in objects/{object}.extend.json, stages.steps"
    )
    static let stagesUnreached = MessageKey(
        "metadata.stages_unreached",
        zhCN: "没有记录能到达阶段「{value}」：请写进别的阶段的 next，或设 \"start\": true，或把这个值停用（retired）",
        zhTW: "沒有記錄能到達階段「{value}」：請寫進別的階段的 next，或設 \"start\": true，或把這個值停用（retired）",
        en:
            "nothing leads to the step \"{value}\": name it in next of another step, give it \"start\": true, or retire the value"
    )
    static let stagesDefault = MessageKey(
        "metadata.stages_default",
        zhCN: "字段「{field}」的默认值「{value}」不是可以开始的阶段：请为它设 \"start\": true，或改默认值",
        zhTW: "欄位「{field}」的預設值「{value}」不是可以開始的階段：請為它設 \"start\": true，或改預設值",
        en:
            "the default \"{value}\" of the field \"{field}\" is no step to start in: give it \"start\": true, or change the default"
    )
}
