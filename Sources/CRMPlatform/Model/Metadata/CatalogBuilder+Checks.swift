extension CatalogBuilder {
    // MARK: - Links

    /// Checks what fields and rules say of other fields of the same object, of dictionaries and of other objects.
    func checkFieldLinks(_ draft: ObjectDraft, _ names: Set<FieldName>) {
        func known(_ name: FieldName, _ node: MetadataNode) {
            if !names.contains(name) { complainUnknown(node, name.rawValue, .fieldWord, names.map(\.rawValue)) }
        }
        for (field, node) in draft.fields {
            switch field.type {
            case .picklist(let dictionary):
                guard let set = dictionaries[dictionary] else {
                    complainUnknown(
                        node.member("dictionary") ?? node,
                        dictionary.rawValue,
                        .dictionaryWord,
                        dictionaries.keys.map(\.rawValue)
                    )
                    continue
                }
                checkUse(
                    of: dictionary.rawValue,
                    from: set.plugin,
                    by: field.plugin,
                    node.member("dictionary") ?? node
                )
                if case .value(.text(let value)) = field.defaultValue, set.option(value) == nil {
                    node.member("default")?.complain(
                        Message(.metadataBadOption, ["value": .text(value), "dictionary": .text(dictionary.rawValue)])
                    )
                }
            case .reference(let target, _):
                checkObject(target, node, by: field.plugin)
            case .children(let object, let via):
                checkObject(object, node, by: field.plugin)
                checkVia(via, of: object, node, draft)
            case .autoNumber:
                checkCodeRule(of: field, node, draft)
            default: break
            }
            if let controller = field.dependsOn { known(controller, node.member("depends_on") ?? node) }
        }
        for (index, node) in draft.indexes { index.fields.forEach { known($0, node) } }
        for (rule, node) in draft.codeRules {
            known(rule.field, node.member("field") ?? node)
            rule.scope.forEach { known($0, node.member("scope") ?? node) }
            checkCodeFields(rule, node, draft)
            for case .field(let path) in rule.tokens { path.first.map { known($0, node.member("pattern") ?? node) } }
            if let day = rule.dateField { known(day, node.member("date_field") ?? node) }
        }
        for (rule, node) in draft.validationRules { rule.fields.forEach { known($0, node.member("fields") ?? node) } }
        for (rule, node) in draft.duplicateRules { rule.matches.forEach { known($0.field, node) } }
    }

    /// The field by which child rows know their record must be a reference to it.
    private func checkVia(_ via: FieldName, of object: ObjectName, _ node: MetadataNode, _ draft: ObjectDraft) {
        guard let child = drafts[object], !child.brokenFields.contains(via) else { return }
        let place = node.member("via") ?? node
        func refers(_ field: FieldDefinition) -> Bool {
            if case .reference(draft.name, _) = field.type { true } else { false }
        }
        guard let field = child.fields.first(where: { $0.definition.name == via })?.definition else {
            return complainUnknown(place, via.rawValue, .fieldWord, child.fields.map(\.definition.name.rawValue))
        }
        guard !refers(field) else { return }
        let fitting = child.fields.map(\.definition).filter(refers).map(\.name.rawValue)
        place.complain(
            Message(
                .metadataVia,
                [
                    "field": .text("\(object).\(via)"),
                    "type": .text(field.type.isReference ? field.type.shown : field.type.name),
                    "object": .text(draft.name.rawValue),
                    "known": .text(fitting.isEmpty ? "–" : fitting.joined(separator: ", ")),
                ]
            )
        )
    }

    /// A field's code rule must be there, and be for this field: two fields would share a counter and leave gaps.
    private func checkCodeRule(of field: FieldDefinition, _ node: MetadataNode, _ draft: ObjectDraft) {
        guard let name = field.codeRule else { return }
        let place = node.member("code_rule") ?? node
        guard let rule = draft.codeRules.first(where: { $0.rule.name == name })?.rule else {
            return complainUnknown(place, name.rawValue, .ruleWord, draft.codeRules.map(\.rule.name.rawValue))
        }
        guard rule.field != field.name else { return }
        place.complain(
            Message(
                .metadataCodeOtherField,
                ["rule": .text(name.rawValue), "field": .text(rule.field.rawValue)]
            )
        )
    }

    /// The fields of a code rule must be of types that it can use.
    private func checkCodeFields(_ rule: CodeRule, _ node: MetadataNode, _ draft: ObjectDraft) {
        func type(_ name: FieldName) -> FieldType? {
            (draft.fields.map(\.definition) + SystemField.definitions).first { $0.name == name }?.type
        }
        if let day = rule.dateField, let type = type(day), type != .date, type != .dateTime {
            node.member("date_field")?.complain(
                Message(.metadataCodeDate, ["field": .text(day.rawValue), "type": .text(type.name)])
            )
        }
        for case .field(let path) in rule.tokens { checkPath(path, of: rule, node.member("pattern") ?? node, draft) }
        for name in rule.scope where name == rule.field {
            node.member("scope")?.complain(
                Message(.metadataCodeItself, ["rule": .text(rule.name.rawValue), "field": .text(name.rawValue)])
            )
        }
        for name in rule.scope where type(name)?.storage == FieldStorage.none {
            node.member("scope")?.complain(
                Message(.metadataCodeScope, ["rule": .text(rule.name.rawValue), "field": .text(name.rawValue)])
            )
        }
    }

    /// What a pattern names must have a value when the code is given: a field that is filled in by then, or one of a record to
    /// which it leads over references.
    private func checkPath(_ path: [FieldName], of rule: CodeRule, _ place: MetadataNode, _ draft: ObjectDraft) {
        func complain(_ key: MessageKey, _ field: FieldName, _ type: FieldType) {
            let words = ["rule": rule.name.rawValue, "field": field.rawValue, "type": type.name]
            place.complain(Message(key, words.mapValues { .text($0) }))
        }
        let codes = draft.fields.map(\.definition).filter { if case .autoNumber = $0.type { true } else { false } }
        let own = codes.firstIndex { $0.name == rule.field } ?? codes.endIndex
        var holder = draft
        for (index, name) in path.enumerated() {
            let fields = holder.fields.map(\.definition)
            guard let field = (fields + SystemField.definitions).first(where: { $0.name == name }) else {
                if index > 0, !holder.brokenFields.contains(name) {
                    complainUnknown(place, name.rawValue, .fieldWord, fields.map(\.name.rawValue))
                }
                return
            }
            if index == 0 {
                if field.name == rule.field { return complain(.metadataCodeItself, name, field.type) }
                let isLater = codes.firstIndex { $0.name == name }.map { $0 > own } ?? false
                if field.isSystem || isLater { return complain(.metadataCodeLater, name, field.type) }
            }
            if index == path.count - 1 {
                if field.storage == .none { complain(.metadataCodeValue, name, field.type) }
                return
            }
            guard case .reference(let target, _) = field.type else {
                return complain(.metadataCodeWay, name, field.type)
            }
            guard let next = drafts[target] else { return }
            holder = next
        }
    }

    private func checkObject(_ name: ObjectName, _ node: MetadataNode, by user: PluginID?) {
        let place = node.member("object") ?? node
        guard let draft = drafts[name] else {
            return complainUnknown(place, name.rawValue, .objectWord, drafts.keys.map(\.rawValue))
        }
        checkUse(of: name.rawValue, from: draft.plugin, by: user, place)
    }

    /// Tells of rules of an object that have the same name.
    func checkRuleNames(_ draft: ObjectDraft) {
        func check(_ rules: [(name: ElementName, plugin: PluginID?, node: MetadataNode)]) {
            var seen: [ElementName: PluginID?] = [:]
            for rule in rules {
                guard let other = seen.updateValue(rule.plugin, forKey: rule.name) else { continue }
                (rule.node.member("name") ?? rule.node).complain(
                    Message(
                        .metadataDuplicate,
                        ["name": .text(rule.name.rawValue), "where": .text(other?.rawValue ?? "local")]
                    )
                )
            }
        }
        check(draft.codeRules.map { ($0.rule.name, $0.rule.plugin, $0.node) })
        check(draft.validationRules.map { ($0.rule.name, $0.rule.plugin, $0.node) })
        check(draft.duplicateRules.map { ($0.rule.name, $0.rule.plugin, $0.node) })
    }

    func checkLayouts(_ objects: [ObjectDefinition]) {
        let byName = Dictionary(uniqueKeysWithValues: objects.map { ($0.name, $0) })
        for (layout, node) in layouts + layoutExtensions {
            guard let object = byName[layout.object] else {
                complainUnknown(node, layout.object.rawValue, .objectWord, byName.keys.map(\.rawValue))
                continue
            }
            checkUse(of: object.name.rawValue, from: object.plugin, by: layout.plugin, node)
            let broken = drafts[layout.object]?.brokenFields.map(\.rawValue) ?? []
            let known = object.fields.map(\.name.rawValue) + broken
            let lists = node.list("columns") + node.list("sections").flatMap { $0.list("fields") }
            for place in lists + node.list("sort").compactMap({ $0.member("field") }) {
                guard case .string(let name) = place.value, !known.contains(name) else { continue }
                complainUnknown(place, name, .fieldWord, known)
            }
        }
    }

    /// Checks every condition against the finished catalog; of what could not be read nothing is said to be missing.
    func checkConditions(in catalog: Catalog) {
        for draft in drafts.values.sorted(by: { $0.name < $1.name }) {
            guard let object = catalog.objects[draft.name] else { continue }
            for (rule, node) in draft.validationRules { check(rule.condition, node, object, catalog) }
            for gate in draft.stages?.gates ?? [] { check(gate.gate.condition, gate.node, object, catalog) }
        }
    }

    private func check(_ condition: String, _ node: MetadataNode, _ object: ObjectDefinition, _ catalog: Catalog) {
        do {
            _ = try Expression.parse(condition).checkCondition(against: object, in: catalog)
        } catch {
            guard !mayBeUnread(error.message.key, condition) else { return }
            node.member("condition")?.complain(
                Message(.metadataExpression, ["condition": .text(condition), "message": .message(error.message)])
            )
        }
    }

    /// Whether a condition may be right, and only name what another mistake has kept from being read.
    private func mayBeUnread(_ key: MessageKey?, _ condition: String) -> Bool {
        let namesUnread = drafts.values.contains { draft in
            draft.brokenFields.contains { condition.contains($0.rawValue) }
        }
        switch key {
        case .expressionUnknownField:
            return namesUnread || broken.hasUnread || broken.hasMissing && condition.contains(".")
        case .expressionUnknownOption, .expressionNotReference, .expressionMismatch, .expressionNeeds:
            return namesUnread || broken.isAny
        default: return false
        }
    }

    /// Checks the stages of an object against its fields and the dictionary, and gives them.
    func stages(of draft: ObjectDraft, _ names: Set<FieldName>) -> Stages? {
        guard let stages = draft.stages else { return nil }
        let place = stages.node.member("field") ?? stages.node
        guard let field = draft.fields.first(where: { $0.definition.name == stages.field })?.definition else {
            if names.contains(stages.field) { return nil }
            let picklists = draft.fields.map(\.definition).filter {
                if case .picklist = $0.type { true } else { false }
            }
            complainUnknown(place, stages.field.rawValue, .fieldWord, picklists.map(\.name.rawValue))
            return nil
        }
        guard case .picklist(let name) = field.type else {
            place.complain(
                Message(.stagesField, ["field": .text(field.name.rawValue), "type": .text(field.type.name)])
            )
            return nil
        }
        // A dictionary that is not there is told where the field is defined.
        guard let dictionary = dictionaryDrafts[name] else { return nil }
        stages.check(draft, field, dictionary, StagesDraft.Complaint(fields: names, unknown: complainUnknown))
        return stages.definition
    }

    func complainUnknown(_ node: MetadataNode, _ name: String, _ kind: MessageKey, _ known: [String]) {
        guard !broken.contains(name, kind) else { return }
        // What may come from another plugin is there for those that depend on it.
        let isShared = kind == .objectWord || kind == .dictionaryWord
        if isShared { broken.hasMissing = true }
        let arguments: [String: Message.Argument] = ["name": .text(name), "kind": .message(Message(kind))]
        if let near = Suggestion.nearest(to: name, among: known) {
            return node.complain(
                Message(.metadataUnknownReference, arguments.merging(["hint": .text(near)]) { $1 })
            )
        }
        let names = known.sorted().prefix(12).joined(separator: ", ")
        node.complain(
            Message(
                .metadataUnknownAltogether,
                arguments.merging([
                    "known": names.isEmpty ? "" : .message(Message(.metadataKnown, ["names": .text(names)])),
                    "advice": isShared ? .message(Message(.metadataAddToDepends)) : "",
                ]) { $1 }
            )
        )
    }

    // MARK: - Who may use what

    /// Notes which plugins each plugin needs.
    mutating func note(_ layers: [MetadataLayer]) {
        for layer in layers {
            guard let plugin = layer.plugin else { continue }
            versions[plugin] = layer.version
            guard let depends = layer.depends else { continue }
            // Layers come in an order in which what a plugin needs stands before it.
            reach[plugin] = depends.reduce(into: depends) { $0.formUnion(reach[$1] ?? []) }
        }
    }

    /// Tells of the use of another plugin's metadata that `depends` does not cover.
    func checkUse(of name: String, from owner: PluginID?, by user: PluginID?, _ node: MetadataNode) {
        guard let owner, let user, owner != user, let reached = reach[user], !reached.contains(owner) else { return }
        node.complain(
            Message(
                .metadataUndeclared,
                [
                    "name": .text(name), "owner": .text(owner.rawValue),
                    "range": .text(versions[owner].map { $0.isEmpty ? "*" : "^" + $0 } ?? "*"),
                ]
            )
        )
    }
}

extension MessageKey {
    static let objectWord = MessageKey("word.object", zhCN: "对象", zhTW: "物件", en: "object")
    static let fieldWord = MessageKey("word.field", zhCN: "字段", zhTW: "欄位", en: "field")
    static let dictionaryWord = MessageKey("word.dictionary", zhCN: "字典", zhTW: "字典", en: "dictionary")
    static let ruleWord = MessageKey("word.rule", zhCN: "规则", zhTW: "規則", en: "rule")
    static let metadataVia = MessageKey(
        "metadata.via",
        zhCN: "via 要写子表里指向 {object} 的引用字段，而 {field} 的类型是 {type}；可写：{known}",
        zhTW: "via 要寫子表裡指向 {object} 的引用欄位，而 {field} 的類型是 {type}；可寫：{known}",
        en:
            "via names the reference to {object} in the child rows, and {field} is of the type {type}; fields that fit: {known}"
    )
    static let metadataCodeItself = MessageKey(
        "metadata.code_itself",
        zhCN: "编码规则「{rule}」用到了它自己要给的字段「{field}」，那时它还是空的；请去掉",
        zhTW: "編碼規則「{rule}」用到了它自己要給的欄位「{field}」，那時它還是空的；請去掉",
        en:
            "the code rule \"{rule}\" uses the field \"{field}\" that it gives itself, which is empty then; leave it away"
    )
    static let metadataCodeLiteral = MessageKey(
        "metadata.code_literal",
        zhCN: "编码格式里照写的文字最多 200 个字符，不能有换行、制表符等控制字符",
        zhTW: "編碼格式裡照寫的文字最多 200 個字元，不能有換行、定位字元等控制字元",
        en:
            "the text that a code pattern writes as it stands has at most 200 characters, and no line breaks, tabs or other "
            + "control characters"
    )
    static let metadataCodeLater = MessageKey(
        "metadata.code_later",
        zhCN: "编码规则「{rule}」用到的「{field}」要到编码之后才有值；请换一个字段，或把这个自动编号字段排到前面",
        zhTW: "編碼規則「{rule}」用到的「{field}」要到編碼之後才有值；請換一個欄位，或把這個自動編號欄位排到前面",
        en:
            "the code rule \"{rule}\" uses \"{field}\", which gets its value after the code; use another field, or put that "
            + "auto-number field before"
    )
    static let metadataCodeValue = MessageKey(
        "metadata.code_value",
        zhCN: "编码规则「{rule}」用到的「{field}」的类型是 {type}，没有自己的值",
        zhTW: "編碼規則「{rule}」用到的「{field}」的類型是 {type}，沒有自己的值",
        en: "the code rule \"{rule}\" uses \"{field}\", which is of the type {type} and holds no value of its own"
    )
    static let metadataCodeWay = MessageKey(
        "metadata.code_way",
        zhCN: "编码规则「{rule}」里「{field}」后面有点号，但它的类型是 {type}，不是引用",
        zhTW: "編碼規則「{rule}」裡「{field}」後面有點號，但它的類型是 {type}，不是引用",
        en: "the code rule \"{rule}\" goes on behind \"{field}\", which is of the type {type} and no reference"
    )
    static let metadataUndeclared = MessageKey(
        "metadata.undeclared",
        zhCN: "「{name}」是插件「{owner}」的：请在 plugin.json 的 depends 里加上 \"{owner}\": \"{range}\"",
        zhTW: "「{name}」是外掛「{owner}」的：請在 plugin.json 的 depends 裡加上 \"{owner}\": \"{range}\"",
        en: "\"{name}\" is of the plugin \"{owner}\": add \"{owner}\": \"{range}\" to depends in plugin.json"
    )
}
