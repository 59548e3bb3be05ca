import CRMModel
import CRMStorage

/// The order of a query, and whether a cursor belongs to it.
struct PageOrder {
    /// A column of the result.
    struct Column {
        let source: FieldSource
        let column: CompiledQuery.Column
    }

    /// A key of the order.
    struct Key {
        let source: FieldSource
        let storage: FieldStorage
        /// The column of the result that holds it, 0 and up.
        let column: Int
        let descending: Bool

        /// Whether every record has a value.
        var isNeverNull: Bool {
            if case .own(let slot) = source { return slot < SystemField.allCases.count }
            return false
        }
    }

    let keys: [Key]

    /// A text by which a cursor knows its query: object and order, and a digest of the condition and its values.
    static func signature(of keys: [Key], object: ObjectDefinition, query: Query) -> String {
        let parts = keys.map { key in
            // By names: slots mean other fields once the metadata has changed.
            var owner = object
            var path = ""
            for hop in key.source.hops {
                path += owner.fields[hop.slot].name.rawValue + "."
                owner = hop.target
            }
            return path + owner.fields[key.source.slot].name.rawValue + (key.descending ? "-" : "+")
        }
        return object.name.rawValue + " " + parts.joined() + digest(of: query)
    }

    private static func digest(of query: Query) -> String {
        let filter = TextNormalisation.trimmed(query.filter ?? "")
        guard !filter.isEmpty else { return "" }
        var bytes = Array(filter.utf8)
        for value in query.parameters {
            let kind: StaticString =
                switch value {
                case .null: "null"
                case .boolean: "boolean"
                case .integer, .decimal: "number"
                case .text: "text"
                case .date: "date"
                case .instant: "moment"
                }
            let text = value.displayText
            bytes += Array("\u{1F}\(kind)\(text.utf8.count):\(text)".utf8)
        }
        return " " + SHA256.hexDigest(bytes).prefix(12)
    }

    /// Whether the values of a cursor are of the kinds that the keys have.
    static func fits(_ cursor: PageCursor, _ keys: [Key]) -> Bool {
        guard cursor.keys.count == keys.count - 1 else { return false }
        return zip(cursor.keys, keys).allSatisfy { value, key in
            switch value {
            case .null: !key.isNeverNull
            case .integer: key.storage == .integer || key.storage == .boolean || key.storage.isScaled
            case .text: key.storage == .text || key.storage == .date || key.storage == .instant
            default: false
            }
        }
    }

    /// The keys as the engine orders by them.
    func keys(with writer: inout ExpressionSQL) throws -> [SQLOrderKey] {
        try keys.map { key in
            SQLOrderKey(
                try writer.written(key.source),
                as: key.storage,
                column: key.column,
                descending: key.descending,
                isNeverNull: key.isNeverNull
            )
        }
    }
}

extension FieldStorage {
    var isScaled: Bool {
        if case .scaled = self { return true }
        return false
    }
}
