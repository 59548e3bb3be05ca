package import CRMModel
package import CRMStorage

/// Brings what is kept beside the records in line with changed metadata: keys of new rules and unique fields, and the search
/// index of objects whose searchable fields are others than before.
package struct Reindexing {
    private let connection: StoreConnection
    private let before: Catalog
    private let after: Catalog
    private let converted: [ObjectName: Set<FieldName>]

    /// Makes the work for a change of the catalog, in which the values of some fields were brought into another form.
    package init(
        connection: StoreConnection,
        before: Catalog,
        after: Catalog,
        converted: [ObjectName: Set<FieldName>] = [:]
    ) {
        self.converted = converted
        self.connection = connection
        self.before = before
        self.after = after
    }

    /// Does what is needed; nothing when nothing concerned has changed.
    ///
    /// - Throws: `migrationFailed` when records are the same where each must differ; `storage`.
    package func run() throws(PlatformError) { try run(refusingTwins: true) }

    private func run(refusingTwins: Bool) throws(PlatformError) {
        for object in after.sortedObjects {
            let old = before.objects[object.name]
            try settleAddresses(of: object, old, refusingTwins)
            let others = converted[object.name] ?? []
            let keys = keys(of: object, in: after)
            let known = old.map { self.keys(of: $0, in: before) } ?? []
            let recipes = Set(known.map { $0.key.recipe($0.object) })
            let names = Set(keys.map(\.key.name))
            for gone in known where !names.contains(gone.key.name) {
                try DuplicateKeyTable.remove(objectID: object.stableID, rule: gone.key.name, on: connection)
            }
            let changed = keys.map(\.key).filter { key in
                !recipes.contains(key.recipe(object))
                    || key.parts.contains { others.contains(object.fields[$0.slot].name) }
            }
            if !changed.isEmpty { try makeKeys(changed, of: object) }
            if refusingTwins { try requireDifference(changed, of: object) }
            let isConverted = object.searchableSlots.contains { others.contains(object.fields[$0].name) }
            if isConverted || wording(object, in: after) != old.flatMap({ wording($0, in: before) }) {
                try SearchTable.markAll(objectID: object.stableID, recordsOf: object.name, on: connection)
            }
        }
    }

    /// Everything that is kept beside the records when it was made by another edition of the forms than this program's.
    ///
    /// - Throws: `storage`.
    package static func bringUpToDate(_ connection: StoreConnection, _ catalog: Catalog) throws(PlatformError) {
        // What a company has is not refused because a newer program compares more closely.
        try Reindexing(connection: connection, before: .empty, after: catalog).run(refusingTwins: false)
        try MetaTable.set(.comparableForms, to: String(ComparableForm.edition), on: connection)
    }

    /// Whether what is kept beside the records is of this program's edition.
    ///
    /// - Throws: `storage`.
    package static func isUpToDate(_ connection: StoreConnection) throws(PlatformError) -> Bool {
        try MetaTable.value(.comparableForms, on: connection) == String(ComparableForm.edition)
    }

    /// Brings e-mail addresses that were not kept as such before into the form they are kept in.
    ///
    /// One that would then be another's where each must differ stays, or the change is refused.
    private func settleAddresses(
        of object: ObjectDefinition,
        _ old: ObjectDefinition?,
        _ refusingTwins: Bool
    ) throws(PlatformError) {
        let table = RecordTable(object, dialect: connection.dialect)
        for slot in object.fields.indices where object.fields[slot].type == .email {
            let former = old.flatMap { old in old.slot(of: object.fields[slot].name).map { old.fields[$0].type } }
            guard former != .email else { continue }
            try table.bring(slot, into: .email, on: connection)
            guard refusingTwins, let twins = try table.unsettled(slot, in: .email, on: connection) else { continue }
            throw notUnique([slot], of: object, twins)
        }
    }

    /// Refuses unique fields in which records are the same, though they are written in different ways.
    private func requireDifference(_ keys: [RecordKey], of object: ObjectDefinition) throws(PlatformError) {
        for key in keys where key.purpose == .unique {
            let twins = try DuplicateKeyTable.twins(objectID: object.stableID, rule: key.name, on: connection)
            if let twins { throw notUnique(key.parts.map(\.slot), of: object, twins) }
        }
    }

    private func notUnique(
        _ slots: [Int],
        of object: ObjectDefinition,
        _ twins: (count: Int64, first: Int64, last: Int64)
    ) -> PlatformError {
        PlatformError(
            .migrationFailed,
            Message(
                .schemaDuplicates,
                [
                    "object": .text(object.name.rawValue),
                    "fields": .text(slots.map { object.fields[$0].name.rawValue }.joined(separator: ", ")),
                    "count": .text(String(twins.count)),
                    "first": .text(RecordID(object: object.name, number: twins.first).description),
                    "last": .text(RecordID(object: object.name, number: twins.last).description),
                ]
            ),
            context: ErrorContext(object: object.name)
        )
    }

    private func keys(
        of object: ObjectDefinition,
        in catalog: Catalog
    ) -> [(object: ObjectDefinition, key: RecordKey)] {
        let rules = object.duplicateRules.map { RecordKey.key(of: $0, object) }
        return (rules + RecordKey.keys(of: object, in: catalog)).map { (object, $0) }
    }

    /// By what the records of an object are found: its searchable fields, and the options and objects that these show; nil
    /// for an object without.
    private func wording(_ object: ObjectDefinition, in catalog: Catalog) -> [String]? {
        let slots = object.searchableSlots
        guard !slots.isEmpty else { return nil }
        return slots.map { slot in
            let field = object.fields[slot]
            var word = "\(field.name) \(slot == object.titleSlot)"
            switch field.type {
            case .picklist:
                for option in catalog.dictionary(of: field)?.options ?? [] {
                    let labels = option.label.texts.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
                    word += "\n" + ([option.value] + labels).joined(separator: "\t")
                }
            case .reference(let target, _):
                word += " \(target) " + (catalog.objects[target]?.titleField.rawValue ?? "")
            default: break
            }
            return word
        }
        .sorted()
    }

    private func makeKeys(_ keys: [RecordKey], of object: ObjectDefinition) throws(PlatformError) {
        for key in keys { try DuplicateKeyTable.remove(objectID: object.stableID, rule: key.name, on: connection) }
        let table = RecordTable(object, dialect: connection.dialect)
        try table.forEach(on: connection) { (record: Record) throws(PlatformError) in
            for key in keys {
                try DuplicateKeyTable.set(
                    objectID: object.stableID,
                    rule: key.name,
                    key: key.key { record.values[$0] },
                    insteadOf: nil,
                    record: record.id,
                    on: connection
                )
            }
        }
    }
}
