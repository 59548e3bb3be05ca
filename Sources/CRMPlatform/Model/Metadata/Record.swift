/// A record as it was read or saved: a value of its own, with one ``Value`` per field slot.
public struct Record: Sendable {
    /// The object, as the catalog described it when the record was read.
    public let object: ObjectDefinition
    /// The values by slot; as many as the object has fields.
    ///
    /// Whoever reads gets what may be seen and no more: a hidden field is empty, a masked one holds what its mask leaves.
    public package(set) var values: [Value]
    /// With what rights the record was read; nil when all of it is there.
    package let access: ObjectAccess?

    /// Makes a record from values in slot order.
    package init(object: ObjectDefinition, values: [Value]) {
        self.object = object
        self.values = values
        access = nil
    }

    /// Makes of values in slot order what somebody may see of them.
    package init(object: ObjectDefinition, values: [Value], seen access: ObjectAccess?) {
        self.object = object
        self.values = access?.shown(values) ?? values
        self.access = access?.isWhole == false ? access : nil
    }

    /// Whether a field may not be seen by whom the record was read for; its value is empty then.
    public func isHidden(_ field: FieldName) -> Bool {
        guard let access, let slot = object.slot(of: field) else { return false }
        return access.hidden.contains(slot)
    }

    /// Whether a field holds what a mask leaves of its value.
    public func isMasked(_ field: FieldName) -> Bool {
        guard let access, let slot = object.slot(of: field) else { return false }
        return access.masks[slot] != nil
    }

    /// The number of the record, 0 while it has none.
    public var id: Int64 { values[SystemField.id.slot].integerValue ?? 0 }

    /// How many times the record was saved, 0 for one that was not.
    public var version: Int64 { values[SystemField.version.slot].integerValue ?? 0 }

    /// The identity.
    public var recordID: RecordID { RecordID(object: object.name, number: id) }

    /// The value of a field, nil when the object has no such field.
    public subscript(field: FieldName) -> Value? { object.slot(of: field).map { values[$0] } }

    /// The value of the field with this API name, `.null` when there is none.
    public subscript(field: String) -> Value {
        guard let name = FieldName(rawValue: field), let slot = object.slot(of: name) else { return .null }
        return values[slot]
    }

    /// What stands for the record in lists: its title, else `customer/42`.
    public var title: String {
        Self.title(values[object.titleSlot], of: recordID)
    }

    /// What stands for a record with such a value in its title field.
    package static func title(_ value: Value, of id: RecordID) -> String {
        let title = value.displayText
        return title.isEmpty ? id.description : title
    }
}

/// Where the time comes from, so that tests can say what time it is.
public protocol Clock: Sendable {
    /// The moment.
    var now: Instant { get }
}
