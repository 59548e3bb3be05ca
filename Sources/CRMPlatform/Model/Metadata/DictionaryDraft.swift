/// A dictionary while the catalog is being put together: what its plugin says, and the options that others add.
final class DictionaryDraft {
    let name: ElementName
    let plugin: PluginID?
    /// Where it is defined.
    let node: MetadataNode
    private let label: LocalizedText
    private(set) var options: [(option: PicklistSet.Option, plugin: PluginID?, node: MetadataNode)] = []

    /// The values of controlling dictionaries that options name, with their places.
    private(set) var parents: [(value: String, node: MetadataNode)] = []

    /// The greatest length of a value, in characters.
    private static let valueLimit = 120

    private static let optionKeys = ["value", "label", "parents", "retired", "colour", "aliases"]

    init?(_ node: MetadataNode, plugin: PluginID?) {
        guard node.isObject(allowing: ["name", "label", "options"]), let name: ElementName = node.name("name") else {
            return nil
        }
        self.name = name
        self.plugin = plugin
        self.node = node
        label = node.label(orName: name.rawValue)
        for item in node.list("options") { add(item, plugin: plugin, prefix: nil) }
        if options.isEmpty { node.complain(Message(.metadataMissing, ["key": "options"])) }
    }

    /// Adds what an extension file says; options of another plugin than the dictionary's have that plugin's prefix.
    func extend(_ node: MetadataNode, plugin: PluginID?) {
        node.isObject(allowing: ["extends", "options"])
        if node.member("options") == nil { node.complain(Message(.metadataMissing, ["key": "options"])) }
        let prefix = plugin == self.plugin ? nil : plugin?.fieldPrefix
        for item in node.list("options") {
            if let value = item.text("value"), let known = options.firstIndex(where: { $0.option.value == value }),
                options[known].plugin != plugin
            {
                addTo(item, known)
            } else {
                add(item, plugin: plugin, prefix: prefix)
            }
        }
    }

    private func add(_ item: MetadataNode, plugin: PluginID?, prefix: String?) {
        item.isObject(allowing: Self.optionKeys)
        guard let value = item.requiredText("value") else { return }
        if value.count > Self.valueLimit {
            item.member("value")?.complain(
                Message(
                    .metadataTextLength,
                    ["limit": .text(String(Self.valueLimit)), "count": .text(String(value.count))]
                )
            )
        }
        if options.contains(where: { $0.option.value == value }) {
            item.complain(Message(.metadataDuplicate, ["name": .text(value), "where": .text(name.rawValue)]))
            return
        }
        if let prefix, !value.hasPrefix(prefix) {
            (item.member("value") ?? item).complain(Message(.dictionaryPrefix, ["prefix": .text(prefix)]))
        }
        let option = PicklistSet.Option(
            value: value,
            label: item.localized("label") ?? LocalizedText(value),
            parents: readParents(item),
            isRetired: item.boolean("retired", default: false),
            colour: item.text("colour") ?? "",
            aliases: item.list("aliases").compactMap { $0.text() }
        )
        options.append((option, plugin, item))
    }

    private func readParents(_ item: MetadataNode) -> [String] {
        item.list("parents").compactMap { node in
            guard let value = node.text() else { return nil }
            parents.append((value, node))
            return value
        }
    }

    /// Lets an option of another plugin fit further values of the controlling dictionary, or go by further names.
    private func addTo(_ item: MetadataNode, _ index: Int) {
        let old = options[index].option
        let parents = readParents(item)
        let aliases = item.list("aliases").compactMap { $0.text() }
        guard item.isObject(allowing: Self.optionKeys), !parents.isEmpty || !aliases.isEmpty,
            item.member("label") == nil,
            item.member("retired") == nil, item.member("colour") == nil
        else {
            item.complain(
                Message(
                    .dictionaryOptionOfOther,
                    ["value": .text(old.value), "plugin": .text(options[index].plugin?.rawValue ?? "local")]
                )
            )
            return
        }
        // An option without parents fits all values already.
        let further = old.parents.isEmpty ? [] : parents.filter { !old.parents.contains($0) }
        options[index].option = PicklistSet.Option(
            value: old.value,
            label: old.label,
            parents: old.parents + further,
            isRetired: old.isRetired,
            colour: old.colour,
            aliases: old.aliases + aliases.filter { !old.aliases.contains($0) }
        )
    }

    /// The dictionary of all files together.
    var definition: PicklistSet {
        PicklistSet(name: name, label: label, options: options.map(\.option), plugin: plugin)
    }
}

extension PluginID {
    /// How the names of fields begin that the plugin adds to objects of others, and the values it adds to dictionaries.
    var fieldPrefix: String { rawValue.replacing(".", with: "_") + "_" }
}

extension MessageKey {
    static let dictionaryPrefix = MessageKey(
        "metadata.dictionary_prefix",
        zhCN: "为其他插件的字典添加的值必须以「{prefix}」开头",
        zhTW: "為其他外掛的字典新增的值必須以「{prefix}」開頭",
        en: "a value added to another plugin's dictionary must begin with \"{prefix}\""
    )
    static let dictionaryOptionOfOther = MessageKey(
        "metadata.dictionary_option_of_other",
        zhCN: "值「{value}」是插件「{plugin}」的：这里只能用 parents 增加上级、用 aliases 增加别名，不能改别的",
        zhTW: "值「{value}」是外掛「{plugin}」的：這裡只能用 parents 增加上級、用 aliases 增加別名，不能改別的",
        en: "the value \"{value}\" is of the plugin \"{plugin}\": here only parents and aliases can be added to it"
    )
}
