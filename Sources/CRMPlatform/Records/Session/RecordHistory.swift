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
    /// `create`, `update` or `delete`.
    public let action: String
    /// The fields that are kept in the history and changed, in the order of the object.
    public let changes: [FieldChange]
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
    /// Empty for a record that never was.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`.
    public func history(of id: RecordID) throws(PlatformError) -> [HistoryEntry] {
        let object = try catalog.object(id.object)
        var entries: [HistoryEntry] = []
        for row in try AuditTable.entries(objectID: object.stableID, recordID: id.number, on: connection) {
            if let entry = try HistoryEntry(row, in: catalog) { entries.append(entry) }
        }
        return entries
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
        if let record = try get(id) { return record.title }
        let object = try catalog.object(id.object)
        for entry in try history(of: id).reversed() {
            guard let change = entry.changes.first(where: { $0.field == object.titleField }) else { continue }
            let title = change.new.isNull ? change.old : change.new
            return title.isNull ? nil : title.displayText
        }
        return nil
    }
}
