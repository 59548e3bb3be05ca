import CRMModel

/// Looks at everything a file's schema contains before the file is opened for writing.
enum SchemaGuard {
    static func inspect(_ connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement("SELECT type, name FROM sqlite_master")
        defer { statement.reset() }
        while try statement.step() {
            let type = statement.text(0)
            guard type == "table" || type == "index" else {
                throw PlatformError(
                    .storage,
                    Message(
                        .storageHostileSchema,
                        ["file": .text(connection.fileName), "element": .text("\(type) \(statement.text(1))")]
                    )
                )
            }
        }
    }
}
