package import CRMModel

/// A record on its way through a save: the values as they will be, and as they were.
///
/// Hooks see and change the draft; nothing of it lasts unless the save does.
package final class RecordDraft {
    /// The object.
    package let object: ObjectDefinition
    /// The record as it was read, nil for a new one.
    package let original: Record?
    /// The values by slot.
    package private(set) var values: [Value]
    /// The number of the record; 0 until a new record is written.
    package internal(set) var id: Int64
    /// Whether the save takes the record into any stage, as documents of the past are taken over.
    package internal(set) var takesAnyStage = false
    /// Whether hooks may change values now.
    package internal(set) var isWritable = false
    /// Whether the save is over, so that no handle may use the draft any more.
    package internal(set) var isFinished = false
    /// Whether a save set off by this one has written the record again, so that the values here are no longer its own.
    var isOvertaken: Bool { overtakenBy != nil }
    /// The save that did.
    var overtakenBy: Overtaking?
    /// The child rows given, by the slot of the `children` field.
    var rows: [(slot: Int, rows: [RecordInput])] = []
    /// Whether any value was set since the mark was last cleared.
    var isTouched = false

    init(object: ObjectDefinition, original: Record?) {
        self.object = object
        self.original = original
        values = original?.values ?? Array(repeating: .null, count: object.fields.count)
        id = original?.id ?? 0
    }

    /// Whether the record is new.
    package var isNew: Bool { original == nil }

    /// The identity; number 0 while a new record is not written.
    package var recordID: RecordID { RecordID(object: object.name, number: id) }

    /// The value of a field by slot.
    package subscript(slot: Int) -> Value { values[slot] }

    /// The value before the save, null for a new record.
    package func oldValue(_ slot: Int) -> Value { original?.values[slot] ?? .null }

    /// Whether the value differs from the one before the save; on a new record, whether there is one.
    package func isChanged(_ slot: Int) -> Bool { values[slot] != oldValue(slot) }

    /// Sets a value that has been brought into the field's own form.
    package func set(_ slot: Int, _ value: Value) {
        values[slot] = value
        isTouched = true
    }

    /// The record as it stands.
    package var record: Record { Record(object: object, values: values) }
}

/// A hook that runs.
struct ActiveHook {
    let handler: ObjectIdentifier
    /// The record that it was called for.
    let record: RecordID
    let plugin: PluginID
    /// Where its code begins.
    let source: String
    let point: HookPoint

    /// The hook as messages name it, with its plugin.
    var name: String { "\(plugin):\(source)" }
}

/// A save of a record within another save of the same one.
struct Overtaking {
    /// The hook that saved; nil for other code, such as a validator.
    let hook: ActiveHook?
    /// Whether the record was deleted.
    let isDeletion: Bool
}
