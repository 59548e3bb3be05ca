public import CRMModel
import CRMRecords
import CRMStorage

/// What became of one record since a rehearsal began.
public struct RecordChange: Sendable {
    /// The record.
    public let record: RecordID
    /// `create`, `update` or `delete`.
    public let action: String
    /// The fields that changed, with their values as text before and after.
    public let fields: [(field: FieldName, old: String, new: String)]
}

extension Company {
    /// Whether a rehearsal is going on.
    package var isRehearsing: Bool { store.isInRehearsal }

    /// Begins a rehearsal.
    ///
    /// - Throws: `conflict` when one is going on; `busy`.
    package func beginRehearsal() throws(PlatformError) {
        try store.begin()
        rehearsalStart = try store.read { connection throws(PlatformError) in try AuditTable.lastID(on: connection) }
    }

    /// Ends the rehearsal, keeping or undoing what was done.
    ///
    /// - Throws: `conflict` when none is going on; `storage`.
    package func endRehearsal(keeping: Bool) throws(PlatformError) {
        if keeping { return try store.commit() }
        try store.rollback()
        try watchLinksAnew()
    }

    /// What was changed since the rehearsal began, record by record in the order of first change.
    ///
    /// - Throws: `conflict` when none is going on; `storage`.
    package func rehearsalDiff() throws(PlatformError) -> [RecordChange] {
        guard isRehearsing else { throw PlatformError(.conflict, Message(.rehearsalNone)) }
        let rows = try store.read { connection throws(PlatformError) in
            try AuditTable.entries(after: rehearsalStart, on: connection)
        }
        return rows.compactMap { row in
            guard let object = catalog.object(stableID: row.objectID)?.name,
                case .object(let changes)? = try? JSONParser.parse(row.changes)
            else {
                return nil
            }
            let fields = changes.entries.compactMap { key, value -> (field: FieldName, old: String, new: String)? in
                guard let field = FieldName(rawValue: key) else { return nil }
                switch (row.action, value) {
                case ("update", .array(let pair)) where pair.count == 2:
                    return (field, Self.text(pair[0]), Self.text(pair[1]))
                case ("delete", _): return (field, Self.text(value), "")
                default: return (field, "", Self.text(value))
                }
            }
            return RecordChange(
                record: RecordID(object: object, number: row.recordID),
                action: row.action,
                fields: fields
            )
        }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: value.serialised()
        }
    }
}

extension MessageKey {
    static let rehearsalNone = MessageKey(
        "rehearsal.none",
        zhCN: "没有正在进行的预演，请先用 .begin 开始",
        zhTW: "沒有正在進行的預演，請先用 .begin 開始",
        en: "no rehearsal is going on; begin one with .begin"
    )
}
