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
    /// The options by what they are called: labels, then aliases, then the forms of values and labels, then those of
    /// aliases; what people see comes before what others call it, and what is written exactly before what is similar.
    private let byCall: [[String: [Int]]]

    /// Makes a dictionary whose values ``CatalogBuilder`` has checked for uniqueness.
    package init(name: ElementName, label: LocalizedText, options: [Option], plugin: PluginID?) {
        self.name = name
        self.label = label
        self.options = options
        self.plugin = plugin
        byValue = Dictionary(options.enumerated().map { ($1.value, $0) }, uniquingKeysWith: { first, _ in first })
        let form = ComparableForm.option
        byCall = [
            Self.index(options) { Array($0.label.texts.values) },
            Self.index(options, \.aliases),
            Self.index(options) { ([$0.value] + $0.label.texts.values).map(form.form(of:)) },
            Self.index(options) { $0.aliases.map(form.form(of:)) },
        ]
    }

    private static func index(_ options: [Option], _ names: (Option) -> [String]) -> [String: [Int]] {
        var result: [String: [Int]] = [:]
        for (index, option) in options.enumerated() {
            for name in Set(names(option)) where !name.isEmpty { result[name, default: []].append(index) }
        }
        return result
    }

    /// The option with exactly this stored value, nil when there is none.
    public func option(_ value: String) -> Option? { byValue[value].map { options[$0] } }

    /// What a text says about which option is meant.
    public enum Match: Sendable, Hashable {
        /// No option goes by the text.
        case none
        /// One does.
        case one(Option)
        /// More than one does equally well.
        case several([Option])
    }

    /// The option that people mean by a text: by value, else by label in any language, else by alias, else by what differs
    /// from one of these in width and blanks at the ends alone, else in case, blanks, accents or script.
    ///
    /// Of options that fit equally well, those that may be chosen under `parent` come first, and those that are not
    /// retired.
    public func match(_ text: String, parent: String? = nil) -> Match {
        if let exact = option(text) { return .one(exact) }
        let plain = TextNormalisation.halfWidth(TextNormalisation.trimmed(text))
        let form = ComparableForm.option.form(of: text)
        var similar = byCall[0][plain]
        if let index = byValue[plain], similar?.contains(index) != true { similar = (similar ?? []) + [index] }
        let calls = [
            byCall[0][text], byCall[1][text], similar, byCall[1][plain], byCall[2][form], byCall[3][form],
        ]
        let found = calls.compactMap { call in call.map { $0.map { options[$0] } } }
        if let parent {
            for tier in found {
                let fitting = tier.filter { $0.fits(parent) }
                if !fitting.isEmpty { return Self.match(fitting) }
            }
        }
        return found.first.map(Self.match) ?? .none
    }

    /// What stands for a value in a file for people: its label, or the value itself where the label means another option.
    package func words(for value: String, parent: String?, in language: Language) -> String {
        guard let label = option(value)?.label.text(in: language) else { return value }
        if byValue[label] == nil, byCall[0][label]?.count == 1 { return label }
        guard case .one(let other) = match(label, parent: parent), other.value != value else { return label }
        return value
    }

    private static func match(_ found: [Option]) -> Match {
        let current = found.filter { !$0.isRetired }
        let meant = current.isEmpty ? found : current
        return meant.count == 1 ? .one(meant[0]) : .several(meant)
    }
}

extension PicklistSet.Option {
    /// Whether the option may be chosen under a value of the controlling dictionary.
    public func fits(_ parent: String) -> Bool { parents.isEmpty || parents.contains(parent) }

    /// The value with its label, for messages that tell options of one label apart.
    package var named: LocalizedText { .named(value, label) }
}
