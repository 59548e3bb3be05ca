package import CRMModel

/// A point of the save at which plugins may act.
public enum HookPoint: String, Sendable, CaseIterable, Hashable {
    /// Before the checks; may change values.
    case beforeValidate = "before_validate"
    /// After the checks, before the record is written; may change values, which are checked again.
    case beforeSave = "before_save"
    /// After the record is written, in the same transaction.
    case afterSave = "after_save"
    /// After `after_save`, in the same transaction, when the record has entered another stage.
    case stageChanged = "stage_changed"
    /// Once for a record that `settle` was asked for, when the saves that asked are over; in the same transaction.
    case settle
    /// After the transaction is kept; a unit of work of its own.
    case afterCommit = "after_commit"
    /// Before a record is deleted; may refuse.
    case beforeDelete = "before_delete"
    /// After a record is deleted, in the same transaction.
    case afterDelete = "after_delete"
}

/// Code of a plugin that runs at a hook point.
package protocol HookHandler: AnyObject {
    /// The plugin the code belongs to.
    var plugin: PluginID { get }
    /// Where the code is, such as `hooks/customer_after_save.lua:3`.
    var source: String { get }

    /// Runs the code.
    ///
    /// - Throws: `PlatformError`: `hookRejected` when the plugin refuses, `hookFailed` or `limitExceeded` when it breaks.
    func call(_ draft: RecordDraft, at point: HookPoint, in session: RecordSession) throws(PlatformError)
}

/// A validator of a plugin.
package protocol ValidatorHandler: AnyObject {
    /// The plugin the code belongs to.
    var plugin: PluginID { get }
    /// Where the code is.
    var source: String { get }

    /// Looks at the record and returns what is wrong with it.
    ///
    /// - Throws: `PlatformError` `hookFailed` or `limitExceeded` when the code breaks.
    func validate(_ draft: RecordDraft, in session: RecordSession) throws(PlatformError) -> [FieldIssue]
}

/// A code rule of a plugin.
package protocol CodeHandler: AnyObject {
    /// The plugin the code belongs to.
    var plugin: PluginID { get }
    /// Where the code is.
    var source: String { get }

    /// Makes the code; `next` gives the next serial of the counter with a key of the plugin's choice.
    ///
    /// - Throws: `PlatformError` when the code breaks or gives no text.
    func code(
        _ draft: RecordDraft,
        in session: RecordSession,
        next: (String) throws(PlatformError) -> Int64
    ) throws(PlatformError) -> String
}

/// What plugins contribute to saves.
///
/// The records room knows plugins only through this.
package protocol HookDispatcher: AnyObject {
    /// The handlers of an object at a point, in the order in which they run.
    func handlers(at point: HookPoint, of object: ObjectName) -> [any HookHandler]
    /// The validators of an object, in the order in which they run.
    func validators(of object: ObjectName) -> [any ValidatorHandler]
    /// The plugin code that makes the values of an auto-number field, nil when metadata says it all.
    func codeHandler(of object: ObjectName, field: FieldName) -> (any CodeHandler)?
    /// A record was written: the code that runs now may go on for longer.
    func recordWritten()
}

extension HookDispatcher {
    package func recordWritten() {}
}

/// A dispatcher without plugins.
package final class NoHooks: HookDispatcher {
    /// Makes it.
    package init() {}

    package func handlers(at point: HookPoint, of object: ObjectName) -> [any HookHandler] { [] }
    package func validators(of object: ObjectName) -> [any ValidatorHandler] { [] }
    package func codeHandler(of object: ObjectName, field: FieldName) -> (any CodeHandler)? { nil }
}
