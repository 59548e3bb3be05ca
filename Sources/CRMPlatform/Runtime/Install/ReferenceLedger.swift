import CRMModel
import CRMScripting
import CRMStorage

/// Which records of a plugin's reference data a file was given, so that what the company has deleted or given another
/// key does not come again.
struct ReferenceLedger {
    private let plugin: PluginID
    /// Object → what the record was known by → its number, 0 when it was not there any more.
    private var records: [String: [String: Int64]]
    private var isChanged = false

    private static func key(_ plugin: PluginID) -> String { "delivered.\(plugin.rawValue)" }

    /// The ledger of a plugin; of a file that keeps none yet, what the version that is there has brought counts as
    /// delivered.
    ///
    /// - Throws: `storage`, also when the ledger cannot be read: what was deleted would come again.
    init(_ plugin: PluginID, former: PluginPackage?, on connection: StoreConnection) throws(PlatformError) {
        self.plugin = plugin
        records = [:]
        if let kept = try MetaTable.object(Self.key(plugin), on: connection) {
            for (object, entries) in kept.entries {
                for (identity, number) in entries.objectValue?.entries ?? [] {
                    records[object, default: [:]][identity] = number.integerValue ?? 0
                }
            }
        } else if let former {
            for (object, identity) in ReferenceData.identities(of: former) { note(0, object, identity) }
        }
    }

    /// Whether a record was delivered before.
    func has(_ object: ObjectName, _ identity: String) -> Bool { records[object.rawValue]?[identity] != nil }

    /// Notes that a record is there under a number.
    mutating func note(_ number: Int64, _ object: ObjectName, _ identity: String) {
        records[object.rawValue, default: [:]][identity] = number
        isChanged = true
    }

    /// Writes the ledger into the file.
    ///
    /// - Throws: `storage`.
    func keep(on connection: StoreConnection) throws(PlatformError) {
        guard isChanged else { return }
        try begin(on: connection)
    }

    /// Writes what was delivered until now into the file: what is not in it is still to come.
    ///
    /// - Throws: `storage`.
    func begin(on connection: StoreConnection) throws(PlatformError) {
        var root = JSONObject()
        for (object, entries) in records.sorted(by: { $0.key < $1.key }) {
            var members = JSONObject()
            for (identity, number) in entries.sorted(by: { $0.key < $1.key }) { members[identity] = .integer(number) }
            root[object] = .object(members)
        }
        try MetaTable.set(Self.key(plugin), to: JSONValue.object(root).serialised(), on: connection)
    }
}
