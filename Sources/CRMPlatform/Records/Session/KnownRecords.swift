import CRMModel

/// The records that a unit of work has read as they are or has written, so that each is read once.
///
/// Nobody else writes while a unit of work does, so they stay as they are until it writes them itself; what undoes a part
/// of the unit lets all of them go.
struct KnownRecords {
    private struct Key: Hashable {
        let object: Int64
        let number: Int64
    }

    /// How many are kept before all are let go: enough for a document with its lines and all that they refer to.
    static let limit = 500

    /// Nil of a record that there is and that was not read.
    private var records: [Key: Record?] = [:]

    /// The record of a number, nil when it is not known.
    func record(_ number: Int64, of object: ObjectDefinition) -> Record? {
        records.isEmpty ? nil : records[Key(object: object.stableID, number: number)] ?? nil
    }

    /// Whether it is known that there is a record.
    func contains(_ number: Int64, of object: ObjectDefinition) -> Bool {
        !records.isEmpty && records[Key(object: object.stableID, number: number)] != nil
    }

    /// Keeps a record as it is in the file now.
    mutating func keep(_ record: Record, _ number: Int64) {
        makeRoom()
        records[Key(object: record.object.stableID, number: number)] = record
    }

    /// Keeps that there is a record.
    mutating func keep(existing number: Int64, of object: ObjectDefinition) {
        makeRoom()
        records[Key(object: object.stableID, number: number)] = .some(nil)
    }

    private mutating func makeRoom() {
        if records.count >= Self.limit { records.removeAll(keepingCapacity: true) }
    }

    /// Lets a record go that was deleted.
    mutating func forget(_ number: Int64, of object: ObjectDefinition) {
        if !records.isEmpty { records[Key(object: object.stableID, number: number)] = nil }
    }

    /// Lets all go: some of them may have been undone.
    mutating func forgetAll() {
        if !records.isEmpty { records.removeAll(keepingCapacity: true) }
    }
}
