package import CRMModel
package import CRMStorage

/// Brings what is kept beside the records in line with changed metadata: duplicate keys of new rules, and the search
/// index of objects whose searchable fields are others than before.
package struct Reindexing {
    private let connection: StoreConnection
    private let before: Catalog
    private let after: Catalog

    /// Makes the work for a change of the catalog.
    package init(connection: StoreConnection, before: Catalog, after: Catalog) {
        self.connection = connection
        self.before = before
        self.after = after
    }

    /// Does what is needed; nothing when nothing concerned has changed.
    ///
    /// - Throws: `storage`.
    package func run() throws(PlatformError) {
        for object in after.sortedObjects {
            let old = before.objects[object.name]
            let changedRules = object.duplicateRules.filter { !(old?.duplicateRules.contains($0) ?? false) }
            let goneRules = (old?.duplicateRules ?? []).filter { rule in
                !object.duplicateRules.contains { $0.name == rule.name }
            }
            for rule in goneRules {
                try DuplicateKeyTable.remove(objectID: object.stableID, rule: rule.name.rawValue, on: connection)
            }
            let searchable = Set(object.searchableSlots.map { object.fields[$0].name })
            let wasSearchable = Set((old?.searchableSlots ?? []).compactMap { old?.fields[$0].name })
            let mustSearch = searchable != wasSearchable
            guard !changedRules.isEmpty || mustSearch else { continue }
            try visit(object, changedRules, mustSearch)
        }
    }

    private func visit(
        _ object: ObjectDefinition,
        _ rules: [DuplicateRule],
        _ mustSearch: Bool
    ) throws(PlatformError) {
        let plan = try ObjectPlans(catalog: after, dialect: .sqlite, secondsFromUTC: 0).plan(object.name)
        let duplicates = plan.duplicates.filter { rules.contains($0.rule) }
        for rule in duplicates {
            try DuplicateKeyTable.remove(objectID: object.stableID, rule: rule.rule.name.rawValue, on: connection)
        }
        try plan.table.forEach(on: connection) { (record: Record) throws(PlatformError) in
            for rule in duplicates {
                try DuplicateKeyTable.set(
                    objectID: object.stableID,
                    rule: rule.rule.name.rawValue,
                    key: SavePipeline.duplicateKey(rule) { record.values[$0] },
                    record: record.id,
                    isNew: true,
                    on: connection
                )
            }
            if mustSearch {
                try SearchTable.mark(objectID: object.stableID, record: record.id, on: connection)
            }
        }
    }
}
