/// An object while the catalog is being put together: what its plugin says, and what others add.
final class ObjectDraft {
    let name: ObjectName
    let label: LocalizedText
    let titleField: FieldName?
    let plugin: PluginID?
    let node: MetadataNode
    var fields: [(definition: FieldDefinition, node: MetadataNode)] = []
    var indexes: [(definition: IndexDefinition, node: MetadataNode)] = []
    var codeRules: [(rule: CodeRule, node: MetadataNode)] = []
    var validationRules: [(rule: ValidationRule, node: MetadataNode)] = []
    var duplicateRules: [(rule: DuplicateRule, node: MetadataNode)] = []
    private(set) var stages: StagesDraft?
    /// The names of fields whose definitions are wrong, so that nobody is told that there are no such fields.
    private(set) var brokenFields: Set<FieldName> = []

    private static let ruleKeys = ["fields", "indexes", "code_rules", "validation_rules", "duplicate_rules"]

    init?(_ node: MetadataNode, plugin: PluginID?) {
        guard node.isObject(allowing: ["name", "label", "title_field", "stages"] + Self.ruleKeys),
            let name: ObjectName = node.name("name")
        else { return nil }
        self.name = name
        self.plugin = plugin
        self.node = node
        label = node.label(orName: name.rawValue)
        titleField = node.optionalName("title_field")
        if node.member("fields") == nil { node.complain(Message(.metadataMissing, ["key": "fields"])) }
        add(node, plugin: plugin, prefix: nil)
        stages = node.member("stages").flatMap { StagesDraft($0, plugin: plugin) }
    }

    /// Adds what an extension file of another plugin says.
    func extend(_ node: MetadataNode, plugin: PluginID?) {
        node.isObject(allowing: ["extends", "stages"] + Self.ruleKeys)
        add(node, plugin: plugin, prefix: plugin == self.plugin ? nil : plugin?.fieldPrefix)
        guard let more = node.member("stages") else { return }
        if let stages {
            stages.extend(more, plugin: plugin)
        } else if self.node.member("stages") == nil {
            more.complain(Message(.stagesNone, ["object": .text(name.rawValue)]))
        }
    }

    private func add(_ node: MetadataNode, plugin: PluginID?, prefix: String?) {
        for item in node.list("fields") {
            guard let field = FieldReader.read(item, plugin: plugin) else {
                if case .string(let text)? = item.member("name")?.value, let name = FieldName(rawValue: text) {
                    brokenFields.insert(name)
                }
                continue
            }
            if let prefix, !field.name.rawValue.hasPrefix(prefix) {
                item.complain(Message(.metadataPrefix, ["prefix": .text(prefix)]))
            }
            fields.append((field, item))
        }
        for item in node.list("indexes") {
            item.isObject(allowing: ["fields", "unique"])
            let names: [FieldName] = item.names("fields")
            if names.isEmpty { item.complain(Message(.metadataMissing, ["key": "fields"])) }
            indexes.append((IndexDefinition(fields: names, isUnique: item.boolean("unique", default: false)), item))
        }
        for item in node.list("code_rules") {
            if let rule = RuleReader.codeRule(item, plugin: plugin) { codeRules.append((rule, item)) }
        }
        for item in node.list("validation_rules") {
            if let rule = RuleReader.validationRule(item, plugin: plugin) { validationRules.append((rule, item)) }
        }
        for item in node.list("duplicate_rules") {
            if let rule = RuleReader.duplicateRule(item, plugin: plugin) { duplicateRules.append((rule, item)) }
        }
    }
}
