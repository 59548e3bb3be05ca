public import CRMModel
package import CRMStorage

/// What one save did to one field.
public struct FieldChange: Sendable, Hashable {
    /// The field.
    public let field: FieldName
    /// The value before; `.null` for a new record.
    public let old: Value
    /// The value after; `.null` for a deleted record.
    public let new: Value

    package init(field: FieldName, old: Value, new: Value) {
        self.field = field
        self.old = old
        self.new = new
    }
}

/// One write of a record: who, when, through which door, and what it changed.
public struct HistoryEntry: Sendable, Hashable {
    /// The record.
    public let record: RecordID
    /// When, to the second.
    public let at: Instant
    /// The acting user, 0 for the platform itself.
    public let userID: Int64
    /// Through which door, as ``Origin`` names it.
    public let origin: String
    /// What is known of it beside the door, empty for nothing: `@k3f9a2bc contact/12` for a record that an export of another
    /// company was imported as, `any-stage` when the record could be put into any stage.
    public let originDetail: String
    /// Why the platform or a plugin acted for the system, empty when nobody did.
    public let reason: String
    /// `create`, `update` or `delete`.
    public let action: String
    /// The fields that are kept in the history and changed, in the order of the object.
    public private(set) var changes: [FieldChange]

    /// The entry as somebody may see it, without the fields that he may not.
    func shown(_ rights: ObjectAccess?, of object: ObjectDefinition) -> HistoryEntry {
        guard let rights, !rights.isWhole else { return self }
        var entry = self
        entry.changes = changes.compactMap { change in
            // Of a field that is no more nobody knows who might see it.
            guard let slot = object.slot(of: change.field), !rights.hidden.contains(slot) else { return nil }
            return FieldChange(
                field: change.field,
                old: rights.shown(change.old, at: slot),
                new: rights.shown(change.new, at: slot)
            )
        }
        return entry
    }
}

extension HistoryEntry {
    /// Reads an entry; nil when its object is no longer there.
    ///
    /// - Throws: `storage` when the entry cannot be read: a history with a hole in it would be none.
    package init?(_ row: AuditTable.Row, in catalog: Catalog) throws(PlatformError) {
        guard let object = catalog.object(stableID: row.objectID) else { return nil }
        guard case .object(let values)? = try? JSONParser.parse(row.changes),
            let at = Instant(iso: row.at)
        else { throw row.unreadable }
        record = RecordID(object: object.name, number: row.recordID)
        self.at = at
        userID = row.userID
        let words = row.origin.split(separator: " ", maxSplits: 1)
        origin = words.first.map(String.init) ?? ""
        originDetail = words.count > 1 ? String(words[1]) : ""
        action = row.action
        reason = row.reason
        changes = values.entries.compactMap { key, json in
            guard let field = FieldName(rawValue: key) else { return nil }
            let storage = object.field(field)?.storage
            switch (row.action, json) {
            case ("update", .array(let pair)) where pair.count == 2:
                return FieldChange(
                    field: field,
                    old: Self.value(pair[0], storage),
                    new: Self.value(pair[1], storage)
                )
            case ("delete", _): return FieldChange(field: field, old: Self.value(json, storage), new: .null)
            default: return FieldChange(field: field, old: .null, new: Self.value(json, storage))
            }
        }
    }

    /// A value as the history keeps it; as a text when its field is gone or of another type by now.
    private static func value(_ json: JSONValue, _ storage: FieldStorage?) -> Value {
        switch (json, storage) {
        case (.null, _): .null
        case (.boolean(let flag), _): .boolean(flag)
        case (.integer(let number), _): .integer(number)
        case (.string(let text), .scaled): FixedDecimal(text).map { .decimal($0) } ?? .text(text)
        case (.string(let text), .date): CalendarDate(iso: text).map { .date($0) } ?? .text(text)
        case (.string(let text), .instant): Instant(iso: text).map { .instant($0) } ?? .text(text)
        case (.string(let text), _): .text(text)
        default: .text(json.serialised())
        }
    }
}

extension RecordSession {
    /// The writes of a record, oldest first; also of one that was deleted.
    ///
    /// Empty for a record that never was, and for one that the principal may not see, or might not have seen as it was when
    /// it was deleted; fields that he may not see are left out.
    ///
    /// - Throws: `notFound` when there is no such object; `permissionDenied` when the principal may read none of its
    ///   records; `storage`.
    public func history(of id: RecordID) throws(PlatformError) -> [HistoryEntry] {
        if isRestricted { try requireRight(.read, on: id.object) }
        return try history(of: id, .user)
    }

    func history(of id: RecordID, _ mode: AccessMode) throws(PlatformError) -> [HistoryEntry] {
        let plan = try plans.plan(id.object)
        var entries: [HistoryEntry] = []
        for row in try reads(mode).entries(of: id.number, plan, reasons: true) {
            if let entry = try HistoryEntry(row, in: catalog) { entries.append(entry) }
        }
        guard let rights = rights(mode, on: plan.object) else { return entries }
        guard try isHistoryVisible(id, entries, plan, rights) else { return [] }
        return entries.map { $0.shown(rights, of: plan.object) }
    }

    /// Whether somebody may see the history of a record: as long as it is there, when he may see it; when it is not, when
    /// he might have seen it as it was last.
    private func isHistoryVisible(
        _ id: RecordID,
        _ entries: [HistoryEntry],
        _ plan: ObjectPlan,
        _ rights: ObjectAccess
    ) throws(PlatformError) -> Bool {
        if try reads(.system).exists(id.number, plan) { return try isWithin(.read, id.number, plan, rights) }
        switch rights.read {
        case .all: return true
        case .none: return false
        case .some(let condition):
            guard let last = entries.last, last.action == "delete" else { return false }
            var values = [Value](repeating: .null, count: plan.object.fields.count)
            values[SystemField.id.slot] = .integer(id.number)
            if let maker = entries.first { values[SystemField.createdBy.slot] = .integer(maker.userID) }
            for change in last.changes {
                if let slot = plan.object.slot(of: change.field) { values[slot] = change.old }
            }
            // What the history does not keep is unknown, and what is unknown is not shown.
            let draft = RecordDraft(object: plan.object, original: Record(object: plan.object, values: values))
            return try truth(of: condition, DraftContext(draft: draft, session: self)) == true
        }
    }

    private func truth(of condition: CheckedExpression, _ context: DraftContext) throws(PlatformError) -> Bool? {
        do {
            return try condition.holds(in: context)
        } catch let error as PlatformError {
            throw error
        } catch {
            throw PlatformError(.internal, Message(.accessAll), cause: error)
        }
    }

    /// What was written since an entry of the history, oldest first, of the records whose history the principal may see.
    ///
    /// - Throws: `storage`.
    package func changes(after entry: Int64) throws(PlatformError) -> [HistoryEntry] {
        var changes: [HistoryEntry] = []
        var visible: [RecordID: Bool] = [:]
        for row in try AuditTable.entries(after: entry, on: connection) {
            guard let entry = try HistoryEntry(row, in: catalog) else { continue }
            let plan = try plans.plan(entry.record.object)
            guard let rights = rights(.user, on: plan.object) else {
                changes.append(entry)
                continue
            }
            if visible[entry.record] == nil {
                visible[entry.record] = try isHistoryVisible(
                    entry.record,
                    try history(of: entry.record, .system),
                    plan,
                    rights
                )
            }
            if visible[entry.record] == true { changes.append(entry.shown(rights, of: plan.object)) }
        }
        return changes
    }

    /// As ``history(of:)``, each entry counted as a row that was read.
    ///
    /// - Throws: as ``history(of:)``; what ``countRow`` throws.
    package func countedHistory(of id: RecordID) throws(PlatformError) -> [HistoryEntry] {
        let entries = try history(of: id)
        for entry in entries { try countRow?(Self.size(of: entry.changes.flatMap { [$0.old, $0.new] })) }
        return entries
    }

    /// What stood for a record in lists when its history last told it; also for one that was deleted.
    ///
    /// Nil for a record that never was, and for one whose title the history does not keep.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`.
    public func lastTitle(of id: RecordID) throws(PlatformError) -> String? {
        if let record = try record(id, .user) { return record.title }
        let object = try catalog.object(id.object)
        for entry in try history(of: id, .user).reversed() {
            guard let change = entry.changes.first(where: { $0.field == object.titleField }) else { continue }
            let title = change.new.isNull ? change.old : change.new
            return title.isNull ? nil : title.displayText
        }
        return nil
    }
}
