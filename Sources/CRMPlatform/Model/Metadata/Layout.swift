/// How the fields of an object are arranged for one purpose.
public struct Layout: Sendable, Hashable {
    /// The purpose.
    public enum Kind: String, Sendable, Hashable {
        /// A table of records.
        case list
        /// One record.
        case detail
    }

    /// Fields under a heading.
    public struct Section: Sendable, Hashable {
        /// The heading, nil for none.
        public let label: LocalizedText?
        /// The fields in order.
        public let fields: [FieldName]

        /// Makes a section.
        public init(label: LocalizedText?, fields: [FieldName]) {
            self.label = label
            self.fields = fields
        }
    }

    /// One order of records.
    public struct Sort: Sendable, Hashable {
        /// The field.
        public let field: FieldName
        /// Whether the greatest value comes first.
        public let descending: Bool

        /// Makes an order.
        public init(field: FieldName, descending: Bool) {
            self.field = field
            self.descending = descending
        }
    }

    /// The object.
    public let object: ObjectName
    /// The purpose.
    public let kind: Kind
    /// The sections; a list has one, whose fields are its columns.
    public let sections: [Section]
    /// The order of a list.
    public let sort: [Sort]
    /// The plugin that brought the layout.
    public let plugin: PluginID?

    /// Makes a layout.
    public init(object: ObjectName, kind: Kind, sections: [Section], sort: [Sort], plugin: PluginID?) {
        self.object = object
        self.kind = kind
        self.sections = sections
        self.sort = sort
        self.plugin = plugin
    }

    /// All fields in order.
    public var fields: [FieldName] { sections.flatMap(\.fields) }
}
