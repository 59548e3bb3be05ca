import CRMModel
import CRMStorage

extension RecordSession {
    /// The records whose field points to a record, seen or not, without those that are being deleted.
    func referring(
        _ referrer: Catalog.Referrer,
        _ number: Int64,
        limit: Int
    ) throws(PlatformError) -> [RecordID] {
        let plan = try plans.plan(referrer.object.name)
        let ids = try reads(.system).ids(plan, referrer.slot, is: .integer(number), limit: limit)
        return ids.map { RecordID(object: referrer.object.name, number: $0) }.filter { !deleting.contains($0) }
    }

    /// Why a record cannot be deleted while others refer to it; of those that the principal may not see, no more than that
    /// there are any.
    func obstacles(
        _ referrer: Catalog.Referrer,
        _ id: RecordID,
        _ found: [RecordID]
    ) throws(PlatformError) -> [FieldIssue] {
        let shown = try shown(found)
        let hidden = shown.count < found.count ? [hiddenObstacle(to: id)] : []
        return [obstacle(referrer, id, shown)].compactMap { $0 } + hidden
    }

    private func hiddenObstacle(to id: RecordID) -> FieldIssue {
        FieldIssue(
            field: nil,
            code: "referred",
            message: Message(.recordReferredHidden, ["record": .text(id.description)])
        )
    }

    /// Each of the obstacles once.
    static func once(_ issues: [FieldIssue]) -> [FieldIssue] {
        var known: Set<FieldIssue> = []
        return issues.filter { known.insert($0).inserted }
    }

    private func obstacle(_ referrer: Catalog.Referrer, _ id: RecordID, _ found: [RecordID]) -> FieldIssue? {
        guard let example = found.first else { return nil }
        return FieldIssue(
            field: nil,
            code: "referred",
            message: Message(
                .recordReferred,
                [
                    "record": .text(id.description),
                    "count": .text(found.count > 1000 ? "1000+" : String(found.count)),
                    "object": .label(referrer.object.label),
                    "field": .label(referrer.object.fields[referrer.slot].label),
                    "example": .text(example.description),
                ]
            ),
            conflicting: example
        )
    }

    /// What references of plugins that are not installed have against the deletion of a record: their data wait for the
    /// plugin to come back, and would point to nothing then.
    func archivedObstacles(to id: RecordID) throws(PlatformError) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        let archived = try ArchivedReference.all(on: connection).filter { $0.target == id.object }
        guard !archived.isEmpty else { return [] }
        let installed = Set(try PluginTable.rows(on: connection).map(\.id))
        for reference in archived {
            let found = try reference.records(
                pointingTo: id.number,
                limit: 1001,
                dialect: plans.dialect,
                on: connection
            )
            guard let first = found.first else { continue }
            guard !isRestricted else {
                issues.append(hiddenObstacle(to: id))
                continue
            }
            issues.append(
                FieldIssue(
                    field: nil,
                    code: "referred",
                    message: Message(
                        // A field of the company's own layer, or one that its plugin does without, waits as well.
                        reference.plugin.map(installed.contains) ?? true
                            ? .recordReferredDropped : .recordReferredArchived,
                        [
                            "record": .text(id.description),
                            "count": .text(found.count > 1000 ? "1000+" : String(found.count)),
                            "object": .label(reference.objectLabel), "field": .label(reference.fieldLabel),
                            "plugin": .label(reference.pluginTitle), "id": .text(reference.plugin?.rawValue ?? "local"),
                            "example": .text("\(reference.object)/\(first)"),
                        ]
                    ),
                    plugin: reference.plugin
                )
            )
        }
        return issues
    }
}
