package import CRMModel

/// An object that the file has, or once had, a table for.
package struct ObjectRow: Sendable, Hashable {
    /// The stable id.
    package let id: Int64
    /// The API name.
    package let name: ObjectName
    /// The plugin that brought it, nil for local ones.
    package let plugin: PluginID?
    /// Whether the catalog no longer has the object; its table and data are still there.
    package let isArchived: Bool
}

/// A field that the file has, or once had, a column for.
package struct FieldRow: Sendable, Hashable {
    /// The stable id.
    package let id: Int64
    /// The stable id of the object.
    package let objectID: Int64
    /// The API name.
    package let name: FieldName
    /// The plugin that brought it, nil for local ones and the kernel's.
    package let plugin: PluginID?
    /// Whether the catalog no longer has the field; its column and data are still there.
    package let isArchived: Bool
    /// How values are kept.
    package let storage: FieldStorage
}

/// The objects that have tables.
package enum ObjectTable {
    private static let all = PreparedSQL("SELECT id,name,plugin,isArchived FROM crmObject ORDER BY id")
    private static let insert = PreparedSQL(
        "INSERT INTO crmObject(name,plugin,isArchived) VALUES(?1,?2,0) RETURNING id"
    )
    private static let find = PreparedSQL("SELECT id FROM crmObject WHERE name=?1")
    private static let update = PreparedSQL("UPDATE crmObject SET plugin=?2,isArchived=?3 WHERE id=?1")

    /// All objects, archived ones too, in the order in which they were made.
    ///
    /// - Throws: `storage`, also when a name in the file is none.
    package static func rows(on connection: StoreConnection) throws(PlatformError) -> [ObjectRow] {
        let statement = try connection.statement(all)
        defer { statement.reset() }
        var rows: [ObjectRow] = []
        while try statement.step() {
            guard let name = ObjectName(rawValue: statement.text(1)) else { throw statement.unreadable(1) }
            rows.append(
                ObjectRow(
                    id: statement.int64(0),
                    name: name,
                    plugin: statement.optionalText(2).flatMap { PluginID(rawValue: $0) },
                    isArchived: statement.int64(3) != 0
                )
            )
        }
        return rows
    }

    /// The stable id of an object that is there.
    static func id(of name: ObjectName, on connection: StoreConnection) throws(PlatformError) -> Int64 {
        let statement = try connection.statement(find)
        defer { statement.reset() }
        statement.bind(name.rawValue, at: 1)
        return try statement.step() ? statement.int64(0) : 0
    }

    /// Enters an object and returns its stable id.
    static func insert(
        _ name: ObjectName,
        plugin: PluginID?,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let statement = try connection.statement(insert)
        defer { statement.reset() }
        statement.bind(name.rawValue, at: 1)
        statement.bind(plugin?.rawValue, at: 2)
        guard try statement.step() else { return 0 }
        let id = statement.int64(0)
        try statement.execute()
        return id
    }

    /// Changes whose an object is, and whether it is archived.
    static func update(
        _ id: Int64,
        plugin: PluginID?,
        isArchived: Bool,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(update)
        statement.bind(id, at: 1)
        statement.bind(plugin?.rawValue, at: 2)
        statement.bind(isArchived ? 1 : 0, at: 3)
        try statement.execute()
    }
}

/// The fields that have columns.
package enum FieldTable {
    private static let all = PreparedSQL(
        "SELECT id,objectID,name,plugin,isArchived,storage FROM crmField ORDER BY objectID,id"
    )
    private static let insert = PreparedSQL(
        "INSERT INTO crmField(objectID,name,plugin,isArchived,storage) VALUES(?1,?2,?3,0,?4) RETURNING id"
    )
    private static let update = PreparedSQL("UPDATE crmField SET plugin=?2,isArchived=?3 WHERE id=?1")
    private static let storage = PreparedSQL("UPDATE crmField SET storage=?2 WHERE id=?1")
    private static let removal = PreparedSQL("DELETE FROM crmField WHERE id=?1")

    /// All fields, archived ones too, object by object in the order in which they were made.
    ///
    /// - Throws: `storage`, also when a name or a storage in the file is none.
    package static func rows(on connection: StoreConnection) throws(PlatformError) -> [FieldRow] {
        let statement = try connection.statement(all)
        defer { statement.reset() }
        var rows: [FieldRow] = []
        while try statement.step() {
            guard let name = FieldName(rawValue: statement.text(2)) else { throw statement.unreadable(2) }
            guard let storage = FieldStorage(databaseText: statement.text(5)) else { throw statement.unreadable(5) }
            rows.append(
                FieldRow(
                    id: statement.int64(0),
                    objectID: statement.int64(1),
                    name: name,
                    plugin: statement.optionalText(3).flatMap { PluginID(rawValue: $0) },
                    isArchived: statement.int64(4) != 0,
                    storage: storage
                )
            )
        }
        return rows
    }

    /// Enters a field and returns its stable id.
    @discardableResult
    static func insert(
        _ name: FieldName,
        storage: FieldStorage,
        plugin: PluginID?,
        objectID: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let statement = try connection.statement(insert)
        defer { statement.reset() }
        statement.bind(objectID, at: 1)
        statement.bind(name.rawValue, at: 2)
        statement.bind(plugin?.rawValue, at: 3)
        statement.bind(storage.databaseText, at: 4)
        guard try statement.step() else { return 0 }
        let id = statement.int64(0)
        try statement.execute()
        return id
    }

    /// Changes how the values of a field are kept.
    static func setStorage(
        _ id: Int64,
        to storage: FieldStorage,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(Self.storage)
        statement.bind(id, at: 1)
        statement.bind(storage.databaseText, at: 2)
        try statement.execute()
    }

    /// Forgets a field; its column is gone or made anew.
    static func remove(_ id: Int64, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(removal)
        statement.bind(id, at: 1)
        try statement.execute()
    }

    /// Changes whose a field is, and whether it is archived.
    static func update(
        _ id: Int64,
        plugin: PluginID?,
        isArchived: Bool,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(update)
        statement.bind(id, at: 1)
        statement.bind(plugin?.rawValue, at: 2)
        statement.bind(isArchived ? 1 : 0, at: 3)
        try statement.execute()
    }
}

extension FieldStorage {
    /// How the file names this kind of column, such as `scaled:2`.
    var databaseText: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .scaled(let scale): "scaled:\(scale)"
        case .boolean: "boolean"
        case .date: "date"
        case .instant: "instant"
        case .none: "none"
        }
    }

    /// Reads ``databaseText``; nil for anything else.
    init?(databaseText text: String) {
        switch text {
        case "text": self = .text
        case "integer": self = .integer
        case "boolean": self = .boolean
        case "date": self = .date
        case "instant": self = .instant
        case "none": self = .none
        default:
            guard text.hasPrefix("scaled:"), let scale = Int(text.dropFirst(7)),
                (0...FixedDecimal.maximumScale).contains(scale)
            else { return nil }
            self = .scaled(scale)
        }
    }
}
