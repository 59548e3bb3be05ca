package import CRMModel
package import CRMRecords

/// A record as a script sees it: a view of a draft on its way through a save, or of a record that was read.
package final class RecordHandle {
    /// What is viewed.
    package enum Source {
        case draft(RecordDraft)
        case record(Record)
        /// Not read yet; read when the first field is asked for.
        case unread
    }

    package let object: ObjectDefinition
    package private(set) var source: Source
    private let number: Int64

    package init(_ draft: RecordDraft) {
        object = draft.object
        source = .draft(draft)
        number = draft.id
    }

    package init(_ record: Record) {
        object = record.object
        source = .record(record)
        number = record.id
    }

    package init(object: ObjectDefinition, number: Int64) {
        self.object = object
        source = .unread
        self.number = number
    }

    /// The number of the record; 0 for a new one.
    package var id: Int64 {
        if case .draft(let draft) = source { return draft.id }
        return number
    }

    package var recordID: RecordID { RecordID(object: object.name, number: id) }

    /// About how many bytes the record takes; one that is not read yet counts as if it were.
    package var cost: Int {
        switch source {
        case .draft: 128
        case .record(let record): 128 + RecordSession.size(of: record.values)
        case .unread: 192 + object.fields.count * MemoryLayout<Value>.stride
        }
    }

    /// The draft, when the handle views one.
    package var draft: RecordDraft? {
        if case .draft(let draft) = source { return draft }
        return nil
    }

    /// Whether the lists of children of an object are hidden in the record.
    package func hides(_ children: ObjectName, _ via: FieldName) -> Bool {
        guard case .record(let record) = source else { return false }
        return object.fields.contains { field in
            guard case .children(children, via) = field.type else { return false }
            return record.isHidden(field.name)
        }
    }

    /// The value of a slot, read from the file when that has not been done.
    package func value(_ slot: Int, in host: PluginHost) throws(PlatformError) -> Value {
        switch source {
        case .draft(let draft): return draft[slot]
        case .record(let record): return record.values[slot]
        case .unread:
            let found = try host.reading { session throws(PlatformError) in try session.referred(recordID) }
            guard let record = found else { return .null }
            source = .record(record)
            return record.values[slot]
        }
    }

    /// Reads the record again when it is next looked at.
    package func forget() {
        if case .draft = source { return }
        source = .unread
    }

    /// Shows the record as it is after a save.
    package func replace(by record: Record) {
        if case .draft = source { return }
        source = .record(record)
    }
}

/// An exact decimal in a script.
package final class DecimalBox {
    package let value: FixedDecimal

    package init(_ value: FixedDecimal) {
        self.value = value
    }
}

/// A day in a script.
package final class DateBox {
    package let value: CalendarDate

    package init(_ value: CalendarDate) {
        self.value = value
    }
}

/// A moment in a script.
package final class InstantBox {
    package let value: Instant

    package init(_ value: Instant) {
        self.value = value
    }
}
