package import CRMModel

/// Looks for damage in a file: what the engine sees, and tables that do not fit what the platform knows of them.
package enum IntegrityCheck {
    /// How much a file holds.
    package struct Sizes: Sendable, Hashable {
        /// The pages of the file.
        package let pages: Int64
        /// The size of a page, in bytes.
        package let pageBytes: Int64
        /// The pages that are free for use.
        package let freePages: Int64
        /// The pages in the log that are not in the file yet.
        package let logPages: Int64

        /// The size of the file, in bytes.
        package var bytes: Int64 { pages * pageBytes }
    }

    /// At most so many findings of the engine are listed.
    static let engineLimit = 100

    /// Everything that is wrong, in the order in which it was found; empty when nothing is.
    ///
    /// - Throws: `storage` when the file is so damaged that it cannot be examined; `cancelled`.
    package static func findings(on connection: StoreConnection) throws(PlatformError) -> [Message] {
        try connection.withSchemaWork { () throws(PlatformError) in
            var findings = try connection.findings(limit: engineLimit).map { finding in
                Message(.checkEngine, ["finding": .text(finding)])
            }
            do throws(PlatformError) {
                try SchemaGuard.inspect(connection)
            } catch {
                findings.append(error.message)
            }
            findings += try schemaFindings(on: connection)
            return findings
        }
    }

    /// How much the file holds.
    ///
    /// - Throws: `storage`.
    package static func sizes(on connection: StoreConnection) throws(PlatformError) -> Sizes {
        try connection.withSchemaWork { () throws(PlatformError) in try connection.sizes() }
    }

    private static func schemaFindings(on connection: StoreConnection) throws(PlatformError) -> [Message] {
        var findings: [Message] = []
        let dialect = connection.dialect
        let state = try SchemaState.read(on: connection)
        for object in state.objects.values.sorted(by: { $0.row.id < $1.row.id }) {
            let name = object.row.name
            let columns = try connection.columnTypes(of: dialect.tableName(of: name))
            if columns.isEmpty {
                findings.append(Message(.checkMissingTable, ["object": .text(name.rawValue)]))
                continue
            }
            for field in object.fieldsInOrder where field.storage != .none {
                let expected = dialect.columnType(field.storage)
                guard columns[field.name.rawValue] != expected else { continue }
                findings.append(
                    Message(
                        .checkMissingColumn,
                        ["object": .text(name.rawValue), "field": .text(field.name.rawValue)]
                    )
                )
            }
        }
        return findings
    }
}
