package import CRMModel

/// A reference field whose plugin is not installed any more, or that its plugin no longer has: its values are kept, and
/// what they point to must be kept with them.
package struct ArchivedReference: Sendable, Hashable {
    /// The object that has the field.
    package let object: ObjectName
    /// The field.
    package let field: FieldName
    /// The object that values point to.
    package let target: ObjectName
    /// The plugin that brought the field; nil for local ones.
    package let plugin: PluginID?
    /// The label that the object had.
    package let objectLabel: LocalizedText
    /// The label that the field had.
    package let fieldLabel: LocalizedText
    /// The title that the plugin had.
    package let pluginTitle: LocalizedText

    private static let layer = "archive"
    private static let kind = "reference"
    private static let rows = PreparedSQL(
        "SELECT name,content FROM crmLayer WHERE layer='archive' AND kind='reference' ORDER BY name"
    )

    /// Makes a note of a field.
    package init(
        object: ObjectName,
        field: FieldName,
        target: ObjectName,
        plugin: PluginID?,
        objectLabel: LocalizedText,
        fieldLabel: LocalizedText,
        pluginTitle: LocalizedText
    ) {
        self.object = object
        self.field = field
        self.target = target
        self.plugin = plugin
        self.objectLabel = objectLabel
        self.fieldLabel = fieldLabel
        self.pluginTitle = pluginTitle
    }

    /// All that are noted.
    ///
    /// - Throws: `storage`, also when a note cannot be read.
    package static func all(on connection: StoreConnection) throws(PlatformError) -> [ArchivedReference] {
        let statement = try connection.statement(rows)
        defer { statement.reset() }
        var found: [ArchivedReference] = []
        while try statement.step() {
            guard let reference = ArchivedReference(name: statement.text(0), content: statement.text(1)) else {
                throw statement.unreadable(1)
            }
            found.append(reference)
        }
        return found
    }

    /// Keeps the note in the file.
    ///
    /// - Throws: `storage`.
    package func keep(on connection: StoreConnection) throws(PlatformError) {
        try LayerTable.set(
            LayerRow(layer: Self.layer, kind: Self.kind, name: name, content: content.serialised()),
            on: connection
        )
    }

    /// Forgets the note: the field is in the catalog again.
    ///
    /// - Throws: `storage`.
    package func forget(on connection: StoreConnection) throws(PlatformError) {
        try LayerTable.remove(layer: Self.layer, kind: Self.kind, name: name, on: connection)
    }

    /// The numbers of at most `limit` records whose field points to a record, lowest first.
    ///
    /// - Throws: `storage`.
    package func records(
        pointingTo number: Int64,
        limit: Int,
        dialect: any SQLDialect,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Int64] {
        let statement = try connection.statement(
            "SELECT \"id\" FROM \(dialect.table(of: object)) WHERE \(dialect.identifier(field))="
                + "\(dialect.placeholder(1)) ORDER BY \"id\" LIMIT \(dialect.placeholder(2))"
        )
        defer { statement.reset() }
        statement.bind(number, at: 1)
        statement.bind(Int64(limit), at: 2)
        var numbers: [Int64] = []
        while try statement.step() { numbers.append(statement.int64(0)) }
        return numbers
    }

    // MARK: - Form in the file

    private var name: String { "\(object).\(field)" }

    private var content: JSONValue {
        [
            "target": .string(target.rawValue), "plugin": .string(plugin?.rawValue ?? ""),
            "object": objectLabel.kept, "field": fieldLabel.kept, "title": pluginTitle.kept,
        ]
    }

    private init?(name: String, content: String) {
        let names = name.split(separator: ".", omittingEmptySubsequences: false)
        guard names.count == 2, let object = ObjectName(rawValue: String(names[0])),
            let field = FieldName(rawValue: String(names[1])),
            let json = try? JSONParser.parse(content), case .string(let targetText)? = json["target"],
            let target = ObjectName(rawValue: targetText), case .string(let pluginText)? = json["plugin"]
        else { return nil }
        self.init(
            object: object,
            field: field,
            target: target,
            plugin: PluginID(rawValue: pluginText),
            objectLabel: LocalizedText(kept: json["object"]),
            fieldLabel: LocalizedText(kept: json["field"]),
            pluginTitle: LocalizedText(kept: json["title"])
        )
    }
}
