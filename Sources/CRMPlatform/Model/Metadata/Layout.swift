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

    /// The layout with what an extension adds; what is shown already is not shown twice.
    func appending(_ extension: Layout) -> Layout {
        var seen = Set(fields)
        var added: [Section] = []
        for section in `extension`.sections {
            let new = section.fields.filter { seen.insert($0).inserted }
            if !new.isEmpty { added.append(Section(label: section.label, fields: new)) }
        }
        var all = sections + added
        if kind == .list { all = [Section(label: nil, fields: all.flatMap(\.fields))] }
        return Layout(object: object, kind: kind, sections: all, sort: sort, plugin: plugin)
    }

    /// What stands for a layout when the plugin of the object gives none: its own fields, in a list the first of them.
    static func standard(_ kind: Kind, of object: ObjectDefinition) -> Layout {
        let own = object.fields.filter { !$0.isSystem && $0.plugin == object.plugin }.map(\.name)
        let stored = own.filter { object.field($0)?.storage != FieldStorage.none && $0 != object.titleField }
        let fields = kind == .detail ? own : [object.titleField] + stored.prefix(5)
        return Layout(
            object: object.name,
            kind: kind,
            sections: [Section(label: nil, fields: fields)],
            sort: [],
            plugin: object.plugin
        )
    }

    /// All fields in order.
    public var fields: [FieldName] { sections.flatMap(\.fields) }
}
