public import CRMModel
public import CRMRecords
import CRMScripting
import CRMStorage

/// What became of one record since a rehearsal began.
public struct RecordChange: Sendable {
    /// The record.
    public let record: RecordID
    /// `create`, `update` or `delete`.
    public let action: String
    /// The fields that changed, with their values before and after.
    public let fields: [FieldChange]
}

extension Workspace {
    /// Whether a rehearsal is going on.
    package var isRehearsing: Bool { store.isInRehearsal }

    /// Begins a rehearsal.
    ///
    /// - Throws: `conflict` when one is going on; `busy`.
    package func beginRehearsal() throws(PlatformError) {
        try store.begin(use)
        do throws(PlatformError) {
            rehearsalStart = try store.read(use) { connection throws(PlatformError) in
                try AuditTable.lastID(on: connection)
            }
        } catch {
            // Nobody would know of it, and so nobody could end it.
            try? store.rollback()
            throw error
        }
    }

    /// Ends the rehearsal, keeping or undoing what was done.
    ///
    /// - Throws: `conflict` when none is going on; `storage`.
    package func endRehearsal(keeping: Bool) throws(PlatformError) {
        if keeping {
            try store.commit()
            return file.noteSaved()
        }
        try store.rollback()
        try watchLinksAnew()
    }

    /// What was changed since the rehearsal began, in the order of the changes, as far as the unit's principal may see it.
    ///
    /// - Throws: `conflict` when none is going on; `storage`.
    package func rehearsalDiff(_ unit: UnitContext) throws(PlatformError) -> [RecordChange] {
        guard isRehearsing else { throw PlatformError(.conflict, Message(.rehearsalNone)) }
        return try read(unit) { session throws(PlatformError) in
            try session.changes(after: rehearsalStart).map { entry in
                RecordChange(record: entry.record, action: entry.action, fields: entry.changes)
            }
        }
    }
}

extension MessageKey {
    static let rehearsalNone = MessageKey(
        "rehearsal.none",
        zhCN: "没有正在进行的演练，请先用 .begin 开始",
        zhTW: "沒有正在進行的演練，請先用 .begin 開始",
        en: "no rehearsal is going on; begin one with .begin"
    )
}
