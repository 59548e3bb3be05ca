/// Merges the layers of metadata into one effective catalog, and refuses the whole when anything is wrong.
public struct CatalogBuilder {
    private let collector = ProblemCollector()
    private var drafts: [ObjectName: ObjectDraft] = [:]
    private var dictionaryDrafts: [ElementName: DictionaryDraft] = [:]
    private var dictionaries: [ElementName: PicklistSet] = [:]
    private var layouts: [(layout: Layout, node: MetadataNode)] = []
    private var layoutExtensions: [(layout: Layout, node: MetadataNode)] = []

    private init() {}

    /// Makes the catalog of these layers, lowest first.
    ///
    /// - Throws: `MetadataProblems` with every mistake found, each with its file and line.
    public static func build(
        layers: [MetadataLayer],
        generation: Int64,
        stableIDs: StableIDs = StableIDs()
    ) throws(MetadataProblems) -> Catalog {
        var builder = CatalogBuilder()
        for layer in layers { builder.read(layer) }
        for layer in layers { builder.extend(layer) }
        builder.dictionaries = builder.dictionaryDrafts.mapValues(\.definition)
        try builder.stopOnProblems()
        let objects = builder.drafts.values.sorted { $0.name < $1.name }.compactMap { draft in
            builder.finish(draft, stableIDs: stableIDs)
        }
        builder.checkLayouts(objects)
        ParentCheck(builder.drafts.values).run(builder.dictionaryDrafts) { node, value, known in
            builder.complainUnknown(node, value, .optionWord, known)
        }
        try builder.stopOnProblems()
        let catalog = Catalog(
            generation: generation,
            objects: objects,
            dictionaries: Array(builder.dictionaries.values),
            layouts: builder.mergedLayouts(objects)
        )
        builder.checkAgainst(catalog)
        try builder.stopOnProblems()
        return catalog
    }

    private func stopOnProblems() throws(MetadataProblems) {
        guard collector.problems.isEmpty else { throw MetadataProblems(collector.problems) }
    }

    // MARK: - Reading

    private mutating func read(_ layer: MetadataLayer) {
        for file in layer.files {
            let node = MetadataNode(file, collector)
            let parts = file.path.split(separator: "/").map(String.init)
            switch parts.first {
            case "objects" where !file.path.hasSuffix(".extend.json"):
                guard let draft = ObjectDraft(node, plugin: layer.plugin) else { continue }
                checkFileName(node, "objects/\(draft.name).json")
                if let other = drafts[draft.name] {
                    node.complain(
                        Message(
                            .metadataDuplicate,
                            ["name": .text(draft.name.rawValue), "where": .text(other.plugin?.rawValue ?? "local")]
                        )
                    )
                } else {
                    drafts[draft.name] = draft
                }
            case "dictionaries" where !file.path.hasSuffix(".extend.json"):
                guard let dictionary = DictionaryDraft(node, plugin: layer.plugin) else { continue }
                checkFileName(node, "dictionaries/\(dictionary.name).json")
                if let other = dictionaryDrafts[dictionary.name] {
                    node.complain(
                        Message(
                            .metadataDuplicate,
                            [
                                "name": .text(dictionary.name.rawValue),
                                "where": .text(other.plugin?.rawValue ?? "local"),
                            ]
                        )
                    )
                } else {
                    dictionaryDrafts[dictionary.name] = dictionary
                }
            case "layouts":
                readLayout(node, parts, layer.plugin)
            default: break
            }
        }
    }

    private mutating func readLayout(_ node: MetadataNode, _ parts: [String], _ plugin: PluginID?) {
        let isExtension = parts.last?.hasSuffix(".extend.json") ?? false
        let kindText = parts.last.map { String($0.prefix { $0 != "." }) } ?? ""
        guard parts.count == 3, parts[2] == kindText + (isExtension ? ".extend.json" : ".json"),
            let object = ObjectName(rawValue: parts[1]), let kind = Layout.Kind(rawValue: kindText)
        else {
            node.complain(
                Message(.metadataFileName, ["expected": "layouts/OBJECT/list.json, layouts/OBJECT/detail.json"])
            )
            return
        }
        let layout = RuleReader.layout(node, object: object, kind: kind, plugin: plugin, isExtension: isExtension)
        if isExtension { layoutExtensions.append((layout, node)) } else { layouts.append((layout, node)) }
    }

    private func checkFileName(_ node: MetadataNode, _ expected: String) {
        if node.file.path != expected {
            node.complain(Message(.metadataFileName, ["expected": .text(expected)]))
        }
    }

    private func extend(_ layer: MetadataLayer) {
        for file in layer.files where file.path.hasSuffix(".extend.json") {
            let node = MetadataNode(file, collector)
            switch file.path.prefix(while: { $0 != "/" }) {
            case "objects": extendObject(node, layer)
            case "dictionaries": extendDictionary(node, layer)
            default: break
            }
        }
    }

    private func extendObject(_ node: MetadataNode, _ layer: MetadataLayer) {
        guard let name: ObjectName = node.name("extends") else { return }
        checkFileName(node, "objects/\(name).extend.json")
        guard let draft = drafts[name] else {
            complainUnknown(node.member("extends") ?? node, name.rawValue, .objectWord, drafts.keys.map(\.rawValue))
            return
        }
        draft.extend(node, plugin: layer.plugin)
    }

    private func extendDictionary(_ node: MetadataNode, _ layer: MetadataLayer) {
        guard let name: ElementName = node.name("extends") else { return }
        checkFileName(node, "dictionaries/\(name).extend.json")
        guard let draft = dictionaryDrafts[name] else {
            complainUnknown(
                node.member("extends") ?? node,
                name.rawValue,
                .dictionaryWord,
                dictionaryDrafts.keys.map(\.rawValue)
            )
            return
        }
        draft.extend(node, plugin: layer.plugin)
    }

    // MARK: - Merging

    private func finish(_ draft: ObjectDraft, stableIDs: StableIDs) -> ObjectDefinition? {
        var fields = SystemField.definitions
        var names = Set(fields.map(\.name))
        let ids = stableIDs.fields[draft.name] ?? [:]
        for (field, node) in draft.fields {
            guard names.insert(field.name).inserted else {
                node.complain(
                    Message(
                        .metadataDuplicate,
                        ["name": .text(field.name.rawValue), "where": .text(draft.name.rawValue)]
                    )
                )
                continue
            }
            var field = field
            field.stableID = ids[field.name] ?? 0
            fields.append(field)
        }
        if fields.count > 500 {
            draft.node.complain(Message(.metadataRange, ["low": "1", "high": "500"]))
        }
        let title = draft.titleField ?? fields.first { $0.name.rawValue == "name" }?.name ?? FieldName(system: "id")
        if !names.contains(title) {
            complainUnknown(
                draft.node.member("title_field") ?? draft.node,
                title.rawValue,
                .fieldWord,
                names.map(\.rawValue)
            )
        }
        checkFieldLinks(draft, names)
        return ObjectDefinition(
            name: draft.name,
            label: draft.label,
            fields: fields,
            titleField: title,
            indexes: draft.indexes.map(\.definition),
            codeRules: draft.codeRules.map(\.rule),
            validationRules: draft.validationRules.map(\.rule),
            duplicateRules: draft.duplicateRules.map(\.rule),
            stages: stages(of: draft, names),
            plugin: draft.plugin,
            stableID: stableIDs.objects[draft.name] ?? 0
        )
    }

    /// Checks what fields and rules say of other fields of the same object, of dictionaries and of other objects.
    private func checkFieldLinks(_ draft: ObjectDraft, _ names: Set<FieldName>) {
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
                if case .value(.text(let value)) = field.defaultValue, set.option(value) == nil {
                    node.member("default")?.complain(
                        Message(.metadataBadDefault, ["value": .text(value), "type": .text(dictionary.rawValue)])
                    )
                }
            case .reference(let target, _):
                checkObject(target, node)
            case .children(let object, let via):
                checkObject(object, node)
                if let child = drafts[object], !child.fields.contains(where: { $0.definition.name == via }) {
                    complainUnknown(
                        node.member("via") ?? node,
                        via.rawValue,
                        .fieldWord,
                        child.fields.map(\.definition.name.rawValue)
                    )
                }
            case .autoNumber:
                if let rule = field.codeRule, !draft.codeRules.contains(where: { $0.rule.name == rule }) {
                    complainUnknown(
                        node.member("code_rule") ?? node,
                        rule.rawValue,
                        .ruleWord,
                        draft.codeRules.map(\.rule.name.rawValue)
                    )
                }
            default: break
            }
            if let controller = field.dependsOn { known(controller, node.member("depends_on") ?? node) }
        }
        for (index, node) in draft.indexes { index.fields.forEach { known($0, node) } }
        for (rule, node) in draft.codeRules {
            known(rule.field, node.member("field") ?? node)
            rule.scope.forEach { known($0, node.member("scope") ?? node) }
            for case .field(let path) in rule.tokens { path.first.map { known($0, node.member("pattern") ?? node) } }
        }
        for (rule, node) in draft.validationRules { rule.fields.forEach { known($0, node.member("fields") ?? node) } }
        for (rule, node) in draft.duplicateRules { rule.matches.forEach { known($0.field, node) } }
    }

    private func checkObject(_ name: ObjectName, _ node: MetadataNode) {
        if drafts[name] == nil {
            complainUnknown(node.member("object") ?? node, name.rawValue, .objectWord, drafts.keys.map(\.rawValue))
        }
    }

    private func checkLayouts(_ objects: [ObjectDefinition]) {
        let byName = Dictionary(uniqueKeysWithValues: objects.map { ($0.name, $0) })
        for (layout, node) in layouts + layoutExtensions {
            guard let object = byName[layout.object] else {
                complainUnknown(node, layout.object.rawValue, .objectWord, byName.keys.map(\.rawValue))
                continue
            }
            let known = object.fields.map(\.name.rawValue)
            let lists = node.list("columns") + node.list("sections").flatMap { $0.list("fields") }
            for place in lists + node.list("sort").compactMap({ $0.member("field") }) {
                guard case .string(let name) = place.value, !known.contains(name) else { continue }
                complainUnknown(place, name, .fieldWord, known)
            }
        }
    }

    /// The layouts with what extensions add, to the one that is in force for its object and purpose.
    private func mergedLayouts(_ objects: [ObjectDefinition]) -> [Layout] {
        var merged = layouts.map(\.layout)
        for (addition, _) in layoutExtensions {
            let known = merged.lastIndex { $0.object == addition.object && $0.kind == addition.kind }
            if let known {
                merged[known] = merged[known].appending(addition)
            } else if let object = objects.first(where: { $0.name == addition.object }) {
                merged.append(Layout.standard(addition.kind, of: object).appending(addition))
            }
        }
        return merged
    }

    /// Checks every condition against the finished catalog.
    private func checkAgainst(_ catalog: Catalog) {
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
            node.member("condition")?.complain(
                Message(.metadataExpression, ["condition": .text(condition), "message": .message(error.message)])
            )
        }
    }

    /// Checks the stages of an object against its fields and the dictionary, and gives them.
    private func stages(of draft: ObjectDraft, _ names: Set<FieldName>) -> Stages? {
        guard let stages = draft.stages else { return nil }
        let place = stages.node.member("field") ?? stages.node
        guard let field = draft.fields.first(where: { $0.definition.name == stages.field })?.definition else {
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

    private func complainUnknown(_ node: MetadataNode, _ name: String, _ kind: MessageKey, _ known: [String]) {
        let hint = Suggestion.nearest(to: name, among: known) ?? known.sorted().prefix(12).joined(separator: ", ")
        node.complain(
            Message(
                .metadataUnknownReference,
                ["name": .text(name), "kind": .message(Message(kind)), "hint": .text(hint.isEmpty ? "—" : hint)]
            )
        )
    }
}

extension MessageKey {
    static let objectWord = MessageKey("word.object", zhCN: "对象", zhTW: "物件", en: "object")
    static let fieldWord = MessageKey("word.field", zhCN: "字段", zhTW: "欄位", en: "field")
    static let dictionaryWord = MessageKey("word.dictionary", zhCN: "字典", zhTW: "字典", en: "dictionary")
    static let ruleWord = MessageKey("word.rule", zhCN: "规则", zhTW: "規則", en: "rule")
}
