package import CRMModel
package import CRMStorage

/// Brings what is kept beside the records in line with changed metadata: duplicate keys of new rules, and the search
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
    /// - Throws: `storage`.
    package func run() throws(PlatformError) {
        for object in after.sortedObjects {
            let old = before.objects[object.name]
            let others = converted[object.name] ?? []
            let changedRules = object.duplicateRules.filter { rule in
                !(old?.duplicateRules.contains(rule) ?? false) || rule.matches.contains { others.contains($0.field) }
            }
            let goneRules = (old?.duplicateRules ?? []).filter { rule in
                !object.duplicateRules.contains { $0.name == rule.name }
            }
            for rule in goneRules {
                try DuplicateKeyTable.remove(objectID: object.stableID, rule: rule.name.rawValue, on: connection)
            }
            let searchable = Set(object.searchableSlots.map { object.fields[$0].name })
            let wasSearchable = Set((old?.searchableSlots ?? []).compactMap { old?.fields[$0].name })
            let mustSearch = searchable != wasSearchable || !searchable.isDisjoint(with: others)
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
