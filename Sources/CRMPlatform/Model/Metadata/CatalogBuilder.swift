/// Merges the layers of metadata into one effective catalog, and refuses the whole when anything is wrong.
public struct CatalogBuilder {
    let collector = ProblemCollector()
    var drafts: [ObjectName: ObjectDraft] = [:]
    var dictionaryDrafts: [ElementName: DictionaryDraft] = [:]
    var dictionaries: [ElementName: PicklistSet] = [:]
    var layouts: [(layout: Layout, node: MetadataNode)] = []
    var layoutExtensions: [(layout: Layout, node: MetadataNode)] = []

    /// What could not be read, so that nobody is told that it is not there.
    let broken = BrokenNames()
    /// What each plugin needs, directly or by way of others; nothing for those that may use the metadata of all.
    var reach: [PluginID: Set<PluginID>] = [:]
    /// The versions of the plugins.
    var versions: [PluginID: String] = [:]

    /// The greatest number of fields of an object, the system's included.
    static let fieldLimit = 500

    /// The plugins that come anew: where a name is taken, it is theirs that is one too many.
    private let newcomers: Set<PluginID>
    /// The plugins that come in another version.
    private let changed: Set<PluginID>
    /// Who has which names.
    private var takenObjects: [ObjectName: (plugin: PluginID?, node: MetadataNode)] = [:]
    private var takenDictionaries: [ElementName: (plugin: PluginID?, node: MetadataNode)] = [:]

    private init(newcomers: Set<PluginID>, changed: Set<PluginID>) {
        self.newcomers = newcomers
        self.changed = changed
    }

    /// Makes the catalog of these layers, lowest first; where two have one name, that of `newcomers` is to blame, then that of
    /// `changed`.
    ///
    /// - Throws: `MetadataProblems` with every mistake found, each with its file and line.
    public static func build(
        layers: [MetadataLayer],
        generation: Int64,
        stableIDs: StableIDs = StableIDs(),
        newcomers: Set<PluginID> = [],
        changed: Set<PluginID> = []
    ) throws(MetadataProblems) -> Catalog {
        var builder = CatalogBuilder(newcomers: newcomers, changed: changed)
        builder.note(layers)
        for layer in layers { builder.read(layer) }
        for layer in layers { builder.extend(layer) }
        builder.dictionaries = builder.dictionaryDrafts.mapValues(\.definition)
        let objects = builder.drafts.values.sorted { $0.name < $1.name }.compactMap { draft in
            builder.finish(draft, stableIDs: stableIDs)
        }
        builder.checkLayouts(objects)
        ParentCheck(builder.drafts.values).run(builder.dictionaryDrafts) { node, value, known in
            builder.complainUnknown(node, value, .optionWord, known)
        }
        let catalog = Catalog(
            generation: generation,
            objects: objects,
            dictionaries: Array(builder.dictionaries.values),
            layouts: builder.mergedLayouts(objects)
        )
        builder.checkConditions(in: catalog)
        let problems = builder.collector.problems
        guard problems.isEmpty else { throw MetadataProblems(problems) }
        return catalog
    }

    // MARK: - Reading

    private mutating func read(_ layer: MetadataLayer) {
        for file in layer.files {
            let node = MetadataNode(file, collector, plugin: layer.plugin)
            let parts = file.path.split(separator: "/").map(String.init)
            switch parts.first {
            case "objects" where !file.path.hasSuffix(".extend.json"):
                guard let draft = ObjectDraft(node, plugin: layer.plugin) else {
                    broken.add(object: parts.last)
                    continue
                }
                checkFileName(node, "objects/\(draft.name).json")
                if let taken = takenObjects[draft.name] {
                    refuse(draft.name.rawValue, node, layer.plugin, beside: taken)
                    broken.add(object: parts.last)
                    drafts[draft.name] = nil
                } else {
                    takenObjects[draft.name] = (layer.plugin, node)
                    drafts[draft.name] = draft
                }
            case "dictionaries" where !file.path.hasSuffix(".extend.json"):
                guard let dictionary = DictionaryDraft(node, plugin: layer.plugin) else {
                    broken.add(dictionary: parts.last)
                    continue
                }
                checkFileName(node, "dictionaries/\(dictionary.name).json")
                if let taken = takenDictionaries[dictionary.name] {
                    refuse(dictionary.name.rawValue, node, layer.plugin, beside: taken)
                    broken.add(dictionary: parts.last)
                    dictionaryDrafts[dictionary.name] = nil
                } else {
                    takenDictionaries[dictionary.name] = (layer.plugin, node)
                    dictionaryDrafts[dictionary.name] = dictionary
                }
            case "layouts":
                readLayout(node, parts, layer.plugin)
            default: break
            }
        }
    }

    /// Tells the one of two plugins whose name is one too many, and nothing of what follows from it.
    ///
    /// That is the one that comes anew, else the one that is changed, else the one that is loaded later.
    private func refuse(
        _ name: String,
        _ node: MetadataNode,
        _ plugin: PluginID?,
        beside taken: (plugin: PluginID?, node: MetadataNode)
    ) {
        let isOthersFault = novelty(taken.plugin) > novelty(plugin)
        let (owner, newcomer) = isOthersFault ? (plugin, taken.plugin) : (taken.plugin, plugin)
        (isOthersFault ? taken.node : node).complain(
            Message(
                .metadataTaken,
                [
                    "name": .text(name), "where": .text(owner?.rawValue ?? "local"),
                    "prefix": .text(newcomer?.fieldPrefix ?? ""),
                ]
            )
        )
    }

    private func novelty(_ plugin: PluginID?) -> Int {
        guard let plugin else { return 0 }
        return newcomers.contains(plugin) ? 2 : changed.contains(plugin) ? 1 : 0
    }

    private mutating func readLayout(_ node: MetadataNode, _ parts: [String], _ plugin: PluginID?) {
        let isExtension = parts.last?.hasSuffix(".extend.json") ?? false
        let kindText = parts.last.map { String($0.prefix { $0 != "." }) } ?? ""
        guard parts.count == 3, parts[2] == kindText + (isExtension ? ".extend.json" : ".json"),
            let kind = Layout.Kind(rawValue: kindText)
        else {
            node.complain(
                Message(.metadataFileName, ["expected": "layouts/OBJECT/list.json, layouts/OBJECT/detail.json"])
            )
            return
        }
        guard let object = ObjectName(rawValue: parts[1]) else {
            return node.complain(MetadataNode.refusal(of: parts[1], as: ObjectName.self))
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
            let node = MetadataNode(file, collector, plugin: layer.plugin)
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
        checkUse(of: name.rawValue, from: draft.plugin, by: layer.plugin, node.member("extends") ?? node)
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
        checkUse(of: name.rawValue, from: draft.plugin, by: layer.plugin, node.member("extends") ?? node)
        draft.extend(node, plugin: layer.plugin)
    }

    // MARK: - Merging

    private func finish(_ draft: ObjectDraft, stableIDs: StableIDs) -> ObjectDefinition? {
        var fields = SystemField.definitions
        var names = Set(fields.map(\.name))
        let ids = stableIDs.fields[draft.name] ?? [:]
        for (field, node) in draft.fields {
            guard names.insert(field.name).inserted else {
                if SystemField(rawValue: field.name.rawValue) != nil {
                    (node.member("name") ?? node).complain(
                        Message(
                            .metadataSystemField,
                            ["name": .text(field.name.rawValue), "object": .text(draft.name.rawValue)]
                        )
                    )
                    continue
                }
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
        let limit = Self.fieldLimit
        if fields.count > limit {
            let own = SystemField.allCases.count
            draft.node.complain(
                Message(
                    .metadataTooManyFields,
                    [
                        "object": .text(draft.name.rawValue), "count": .text(String(fields.count - own)),
                        "limit": .text(String(limit - own)),
                    ]
                )
            )
        }
        let title = draft.titleField ?? fields.first { $0.name.rawValue == "name" }?.name ?? FieldName(system: "id")
        names.formUnion(draft.brokenFields)
        if !names.contains(title) {
            complainUnknown(
                draft.node.member("title_field") ?? draft.node,
                title.rawValue,
                .fieldWord,
                names.map(\.rawValue)
            )
        }
        if let field = fields.first(where: { $0.name == title }), field.storage == .none {
            draft.node.member("title_field")?.complain(
                Message(.metadataTitleChildren, ["field": .text(title.rawValue)])
            )
        }
        checkFieldLinks(draft, names)
        checkRuleNames(draft)
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

}
