public import CRMModel

/// What a caller gives for a field.
public enum InputValue: Sendable, Hashable {
    /// A value of the field's own kind.
    case value(Value)
    /// Text as a person typed it; it is read leniently by the field's type, and the empty text means no value.
    case text(String)
    /// The child rows of a `children` field: all of them; rows with an `id` are kept, others made, the rest deleted.
    case rows([RecordInput])
}

/// The fields that a caller gives to a save, in the order given.
public struct RecordInput: Sendable, Hashable {
    /// One field and what it is given.
    public struct Entry: Sendable, Hashable {
        /// The field.
        public let field: FieldName
        /// What it is given.
        public var value: InputValue
    }

    /// The fields given.
    public private(set) var entries: [Entry] = []

    /// Makes an input without fields.
    public init() {}

    /// Makes an input of typed values.
    public init(_ values: [FieldName: Value]) {
        for (field, value) in values.sorted(by: { $0.key < $1.key }) { self[field] = .value(value) }
    }

    /// What a field is given, nil when it is not mentioned.
    public subscript(field: FieldName) -> InputValue? {
        get { entries.first { $0.field == field }?.value }
        set {
            entries.removeAll { $0.field == field }
            if let newValue { entries.append(Entry(field: field, value: newValue)) }
        }
    }

    /// Appends a field that is known not to be there yet; cheaper than the subscript.
    public mutating func append(_ field: FieldName, _ value: InputValue) {
        entries.append(Entry(field: field, value: value))
    }

    /// How many records a save of this input writes: the record and its child rows.
    package var recordCount: Int {
        entries.reduce(1) { count, entry in
            guard case .rows(let rows) = entry.value else { return count }
            return rows.reduce(count) { $0 + $1.recordCount }
        }
    }

    /// Removes all fields and keeps the memory, for the next row of an import.
    public mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
    }
}

/// How a save is to be done.
public struct SaveOptions: Sendable, Hashable {
    /// A key under which the same save is done once only, however often it is asked for; 1 to 200 characters, none of
    /// them a control sign.
    ///
    /// The same action on the same record with the same values gives the record again; anything else under the key is
    /// refused as a conflict. Keys are kept for 30 days.
    public var idempotencyKey: String?
    /// What stands for the save under its key in place of action, record and values: a row of a file is the same row
    /// whether it makes a record or changes one.
    package var idempotencyContent: String?
    /// The codes of that row, as it has them.
    package var idempotencyCodes: [String] = []
    /// Whether the key counts for nothing when its record was deleted since: the save then makes a new record under it.
    package var remakesDeleted = false
    /// The version that the caller read; a save of another version is refused as a conflict.
    public var expectedVersion: Int64?
    /// Whether auto-numbers may be given from outside, as imports of old data do; the counter is then moved on.
    public var allowsExplicitCodes = false
    /// Whether the record may be put into any stage, whatever stages and gates say, as documents of the years before are
    /// taken over; heard of administrators alone.
    public var takesAnyStage = false
    /// Whether `42` and `customer/42` in a reference mean the record of that number.
    ///
    /// Files come from elsewhere, where other records have these numbers, so imports say no unless their mapping says yes.
    public var takesRecordNumbers = true
    /// Whether the result says which values were given, for whoever looks what became of them.
    package var notesGiven = false

    /// The usual options.
    public init() {}
}

/// What a save did.
public struct SaveResult: Sendable {
    /// The record as it is now.
    public let record: Record
    /// What the user should know although the save was done, such as possible duplicates.
    public let warnings: [FieldIssue]
    /// Whether this very save had been done before under the same idempotency key.
    public let isReplay: Bool
    /// Whether anything was written: an update that changes nothing writes nothing.
    public let isChanged: Bool
    /// Whether a hook of the save has deleted the record again, so that there is none any more.
    public let isGone: Bool
    /// The values that were given, as they were read; none unless the options ask for them.
    package let given: [GivenValue]
}

/// A value that somebody gave, in the form of its field.
package struct GivenValue: Sendable {
    /// The position of the field.
    package let slot: Int
    /// The value, never null.
    package let value: Value
}
