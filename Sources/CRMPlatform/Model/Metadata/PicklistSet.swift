/// A dictionary of the business: the values a picklist may have.
public final class PicklistSet: Sendable {
    /// One value.
    public struct Option: Sendable, Hashable {
        /// The stored value.
        public let value: String
        /// What people see.
        public let label: LocalizedText
        /// The values of the controlling dictionary with which this one may be chosen; empty for all.
        public let parents: [String]
        /// Whether the value is kept for old records only.
        public let isRetired: Bool
        /// A colour as `#rrggbb`, or empty.
        public let colour: String
        /// Further texts that mean the value when people type or import them.
        public let aliases: [String]

        /// Makes an option.
        public init(
            value: String,
            label: LocalizedText,
            parents: [String],
            isRetired: Bool,
            colour: String,
            aliases: [String] = []
        ) {
            self.aliases = aliases
            self.value = value
            self.label = label
            self.parents = parents
            self.isRetired = isRetired
            self.colour = colour
        }
    }

    /// The name, unique within the catalog.
    public let name: ElementName
    /// The label.
    public let label: LocalizedText
    /// The values in the order of display.
    public let options: [Option]
    /// The plugin that brought the dictionary.
    public let plugin: PluginID?

    private let byValue: [String: Int]
    private let byLabel: [String: [Int]]

    /// Makes a dictionary whose values ``CatalogBuilder`` has checked for uniqueness.
    package init(name: ElementName, label: LocalizedText, options: [Option], plugin: PluginID?) {
        self.name = name
        self.label = label
        self.options = options
        self.plugin = plugin
        byValue = Dictionary(options.enumerated().map { ($1.value, $0) }, uniquingKeysWith: { first, _ in first })
        var labels: [String: [Int]] = [:]
        for (index, option) in options.enumerated() {
            for text in Set(option.label.texts.values) { labels[text, default: []].append(index) }
        }
        // After all labels, so that what people see comes before what others call it.
        for (index, option) in options.enumerated() {
            for text in Set(option.aliases) where labels[text]?.contains(index) != true {
                labels[text, default: []].append(index)
            }
        }
        byLabel = labels
    }

    /// The option with exactly this stored value, nil when there is none.
    public func option(_ value: String) -> Option? { byValue[value].map { options[$0] } }

    /// The option that people mean: by value, else by label in any language, else by alias, preferring one allowed under
    /// `parent`.
    public func option(calledByPeople text: String, parent: String?) -> Option? {
        if let exact = option(text) { return exact }
        let found = byLabel[text] ?? byLabel[TextNormalisation.halfWidth(TextNormalisation.trimmed(text))] ?? []
        let candidates = found.map { options[$0] }
        guard let parent else { return candidates.first }
        return candidates.first { $0.parents.isEmpty || $0.parents.contains(parent) } ?? candidates.first
    }
}
