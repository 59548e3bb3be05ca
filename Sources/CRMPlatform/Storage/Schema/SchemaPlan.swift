package import CRMModel

/// What must be done so that the tables of a file fit a catalog.
package struct SchemaPlan: Sendable {
    /// One thing that is done.
    package struct Step: Sendable {
        /// What is done in the platform's own tables.
        enum Bookkeeping: Sendable {
            case createObject(plugin: PluginID?, fields: [(name: FieldName, storage: FieldStorage, plugin: PluginID?)])
            case setObject(id: Int64, plugin: PluginID?, isArchived: Bool)
            case createField(name: FieldName, storage: FieldStorage, plugin: PluginID?)
            case setField(id: Int64, plugin: PluginID?, isArchived: Bool)
            /// The column keeps its place and holds values of another form.
            case setStorage(id: Int64, storage: FieldStorage)
            /// The column is made anew, behind the others.
            case replaceField(id: Int64, storage: FieldStorage, plugin: PluginID?)
            case nothing
        }

        /// The object concerned.
        package let object: ObjectName
        /// The field concerned, nil for tables and indexes.
        package let field: FieldName?
        /// The statement of the engine, nil when only the platform's own tables change.
        package let sql: String?
        /// What is done, for people; nil for what they need not know.
        package let message: Message?

        let bookkeeping: Bookkeeping

        /// What becomes of the values of the field, nil when they stay.
        var conversion: ColumnConversion?
    }

    /// What is done, in order.
    package let steps: [Step]

    /// The state of the schema that the plan was made for.
    let schemaVersion: Int64

    /// Whether there is nothing to do.
    package var isEmpty: Bool { steps.isEmpty }

    /// What is done, for people.
    package var messages: [Message] { steps.compactMap(\.message) }

    /// As ``apply(noting:on:)``, without a history.
    package func apply(on connection: StoreConnection) throws(PlatformError) {
        var notes: UpgradeNotes?
        try apply(noting: &notes, on: connection)
    }

    /// Does it within the transaction that is open: all, or nothing when it throws.
    ///
    /// `notes` write into the history of records what becomes of their values.
    ///
    /// - Throws: `conflict` when the schema has changed since the plan was made; `storage`.
    package func apply(noting notes: inout UpgradeNotes?, on connection: StoreConnection) throws(PlatformError) {
        guard !isEmpty else { return }
        try connection.withSchemaWork { () throws(PlatformError) in
            try connection.savepoint { connection throws(PlatformError) in
                guard try connection.schemaVersion() == schemaVersion else {
                    throw PlatformError(.conflict, Message(.schemaChanged))
                }
                for step in steps {
                    if let sql = step.sql { try connection.executeOnce(sql) }
                    if let conversion = step.conversion, let field = step.field {
                        try conversion.run(on: field, of: step.object, &notes, connection)
                    }
                    try keepBooks(step, on: connection)
                }
            }
        }
    }

    private func keepBooks(_ step: Step, on connection: StoreConnection) throws(PlatformError) {
        switch step.bookkeeping {
        case .createObject(let plugin, let fields):
            let id = try ObjectTable.insert(step.object, plugin: plugin, on: connection)
            for field in fields {
                try FieldTable.insert(
                    field.name,
                    storage: field.storage,
                    plugin: field.plugin,
                    objectID: id,
                    on: connection
                )
            }
        case .setObject(let id, let plugin, let isArchived):
            try ObjectTable.update(id, plugin: plugin, isArchived: isArchived, on: connection)
        case .createField(let name, let storage, let plugin):
            let id = try ObjectTable.id(of: step.object, on: connection)
            try FieldTable.insert(name, storage: storage, plugin: plugin, objectID: id, on: connection)
        case .setField(let id, let plugin, let isArchived):
            try FieldTable.update(id, plugin: plugin, isArchived: isArchived, on: connection)
        case .setStorage(let id, let storage):
            try FieldTable.setStorage(id, to: storage, on: connection)
        case .replaceField(let id, let storage, let plugin):
            guard let field = step.field else { return }
            try FieldTable.remove(id, on: connection)
            let object = try ObjectTable.id(of: step.object, on: connection)
            try FieldTable.insert(field, storage: storage, plugin: plugin, objectID: object, on: connection)
        case .nothing: break
        }
    }
}
