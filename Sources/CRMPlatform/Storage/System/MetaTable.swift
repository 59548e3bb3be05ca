package import CRMModel

/// Settings of the file, by key.
package enum MetaTable {
    /// The keys that the platform uses.
    package enum Key: String, Sendable, Hashable, CaseIterable {
        /// Counts the changes of metadata.
        case generation
        /// When the file was made.
        case createdAt
        /// Tells this company from every other: a copy of the file has it too, a new file never.
        case identity
        /// What the company is called.
        case name
        /// The language of the company.
        case language
        /// The time zone of the company, such as `Asia/Shanghai`.
        case timeZone
        /// The currency of the company's books.
        case currency
        /// The day with which the company's weeks begin.
        case weekStart
        /// The month in which the company's fiscal years begin.
        case fiscalYearStart
        /// The edition of the comparable forms that are kept beside the records.
        case comparableForms
        /// How often in a row plugins have failed.
        case pluginFailures
        /// The day on which old idempotency keys were last forgotten.
        case idempotencyPruned
    }

    private static let find = PreparedSQL("SELECT value FROM crmMeta WHERE key=?1")
    private static let state = PreparedSQL(
        "SELECT (SELECT value FROM crmMeta WHERE key=?1),(SELECT value FROM crmMeta WHERE key=?2)"
    )
    private static let write = PreparedSQL(
        "INSERT INTO crmMeta(key,value) VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET value=excluded.value"
    )
    private static let remove = PreparedSQL("DELETE FROM crmMeta WHERE key=?1")

    /// The value of a setting, nil when it was never set.
    ///
    /// - Throws: `storage`.
    package static func value(_ key: Key, on connection: StoreConnection) throws(PlatformError) -> String? {
        try value(key.rawValue, on: connection)
    }

    /// Sets a setting; nil removes it.
    ///
    /// - Throws: `storage`.
    package static func set(_ key: Key, to value: String?, on connection: StoreConnection) throws(PlatformError) {
        try set(key.rawValue, to: value, on: connection)
    }

    /// The value of a setting with a key made at run time, such as one of a plugin.
    ///
    /// - Throws: `storage`.
    package static func value(_ key: String, on connection: StoreConnection) throws(PlatformError) -> String? {
        let statement = try connection.statement(find)
        defer { statement.reset() }
        statement.bind(key, at: 1)
        return try statement.step() ? statement.text(0) : nil
    }

    /// Sets a setting with a key made at run time; nil removes it.
    ///
    /// - Throws: `storage`.
    package static func set(
        _ key: String,
        to value: String?,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(value == nil ? remove : write)
        statement.bind(key, at: 1)
        if let value { statement.bind(value, at: 2) }
        try statement.execute()
    }

    /// The value of a setting that is kept as a JSON object, nil when it is not set.
    ///
    /// - Throws: `storage`, also when what is kept cannot be read: it must not be taken for nothing.
    package static func object(_ key: String, on connection: StoreConnection) throws(PlatformError) -> JSONObject? {
        guard let text = try value(key, on: connection) else { return nil }
        if case .object(let object)? = try? JSONParser.parse(text) { return object }
        throw PlatformError(.storage, Message(.storageUnreadable, ["column": .text("crmMeta.\(key)")]))
    }

    /// The type that a field had when it was archived, nil when that is not known.
    ///
    /// - Throws: `storage`.
    package static func archivedType(
        of fieldID: Int64,
        on connection: StoreConnection
    ) throws(PlatformError) -> FieldType? {
        try value("archived.type.\(fieldID)", on: connection).flatMap { FieldType(descriptor: $0) }
    }

    /// Keeps the type of a field that is being archived; nil forgets it.
    ///
    /// - Throws: `storage`.
    package static func setArchivedType(
        of fieldID: Int64,
        to type: FieldType?,
        on connection: StoreConnection
    ) throws(PlatformError) {
        try set("archived.type.\(fieldID)", to: type?.descriptor, on: connection)
    }

    /// How often metadata was changed.
    ///
    /// - Throws: `storage`.
    package static func generation(on connection: StoreConnection) throws(PlatformError) -> Int64 {
        try value(.generation, on: connection).flatMap { Int64($0) } ?? 0
    }

    /// How often metadata was changed, and what is kept of failures of plugins, in one statement.
    ///
    /// - Throws: `storage`.
    package static func state(
        on connection: StoreConnection
    ) throws(PlatformError) -> (generation: Int64, failures: String?) {
        let statement = try connection.statement(state)
        defer { statement.reset() }
        statement.bind(Key.generation.rawValue, at: 1)
        statement.bind(Key.pluginFailures.rawValue, at: 2)
        guard try statement.step() else { return (0, nil) }
        return (statement.optionalText(0).flatMap { Int64($0) } ?? 0, statement.optionalText(1))
    }

    /// Counts a change of metadata and returns the new number.
    ///
    /// - Throws: `storage`.
    @discardableResult
    package static func raiseGeneration(on connection: StoreConnection) throws(PlatformError) -> Int64 {
        // A number that a stranger wrote begins anew; only that it is another one matters.
        let present = try generation(on: connection)
        let next = (0..<CodeForm.greatestSerial).contains(present) ? present + 1 : 1
        try set(.generation, to: String(next), on: connection)
        return next
    }

    // MARK: - Identity

    /// The eight signs that tell the company from others; nil for a file of before there were any that cannot be written.
    ///
    /// - Throws: `storage`.
    package static func identity(on connection: StoreConnection) throws(PlatformError) -> String? {
        try value(.identity, on: connection)
    }

    /// Gives a company its identity, unless it has one.
    ///
    /// - Throws: `storage`.
    static func makeIdentity(on connection: StoreConnection) throws(PlatformError) {
        guard try identity(on: connection) == nil else { return }
        let signs = Array("23456789abcdefghjkmnpqrstuvwxyz")
        try set(.identity, to: String((0..<8).compactMap { _ in signs.randomElement() }), on: connection)
    }
}
