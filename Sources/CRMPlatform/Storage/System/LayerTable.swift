package import CRMModel

/// One document of metadata in one layer.
package struct LayerRow: Sendable, Hashable {
    /// The layer: a plugin's identifier, or `local`.
    package let layer: String
    /// The kind of document, such as `object` or `dictionary`.
    package let kind: String
    /// The name of the document within its kind, such as `customer` or `customer.extend`.
    package let name: String
    /// The document as JSON.
    package let content: String

    /// Makes a row.
    package init(layer: String, kind: String, name: String, content: String) {
        self.layer = layer
        self.kind = kind
        self.name = name
        self.content = content
    }
}

/// The metadata of the layers.
package enum LayerTable {
    private static let all = PreparedSQL("SELECT layer,kind,name,content FROM crmLayer ORDER BY layer,kind,name")
    private static let write = PreparedSQL(
        "INSERT INTO crmLayer(layer,kind,name,content) VALUES(?1,?2,?3,?4) "
            + "ON CONFLICT(layer,kind,name) DO UPDATE SET content=excluded.content"
    )
    private static let removeOne = PreparedSQL("DELETE FROM crmLayer WHERE layer=?1 AND kind=?2 AND name=?3")
    private static let removeLayer = PreparedSQL("DELETE FROM crmLayer WHERE layer=?1")

    /// All documents of all layers, in the order of layer, kind and name.
    ///
    /// - Throws: `storage`.
    package static func rows(on connection: StoreConnection) throws(PlatformError) -> [LayerRow] {
        let statement = try connection.statement(all)
        defer { statement.reset() }
        var rows: [LayerRow] = []
        while try statement.step() {
            rows.append(
                LayerRow(
                    layer: statement.text(0),
                    kind: statement.text(1),
                    name: statement.text(2),
                    content: statement.text(3)
                )
            )
        }
        return rows
    }

    /// Enters a document, in place of one of the same layer, kind and name.
    ///
    /// - Throws: `storage`.
    package static func set(_ row: LayerRow, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(write)
        statement.bind(row.layer, at: 1)
        statement.bind(row.kind, at: 2)
        statement.bind(row.name, at: 3)
        statement.bind(row.content, at: 4)
        try statement.execute()
    }

    /// Removes a document.
    ///
    /// - Throws: `storage`.
    package static func remove(
        layer: String,
        kind: String,
        name: String,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(removeOne)
        statement.bind(layer, at: 1)
        statement.bind(kind, at: 2)
        statement.bind(name, at: 3)
        try statement.execute()
    }

    /// Removes a layer.
    ///
    /// - Throws: `storage`.
    package static func remove(layer: String, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(removeLayer)
        statement.bind(layer, at: 1)
        try statement.execute()
    }
}
