/// What an expression is evaluated against: a record, the records it refers to, the time and the acting user.
package protocol ExpressionContext {
    /// The value of a field of the record.
    func value(at slot: Int) -> Value
    /// The record that a reference points at; nil when there is none that the acting user may see.
    func related(_ object: ObjectDefinition, id: Int64) throws -> Record?
    /// The day in the company's time zone.
    var today: CalendarDate { get }
    /// The moment.
    var now: Instant { get }
    /// The number of the acting user.
    var userID: Int64 { get }
}

extension FieldSource {
    /// The value of the field, null when a reference on the way is empty.
    @inline(__always)
    func value(in context: some ExpressionContext) throws -> Value {
        switch self {
        case .own(let slot): context.value(at: slot)
        case .remote(let path): try path.value(in: context)
        }
    }
}

extension FieldPath {
    func value(in context: some ExpressionContext) throws -> Value {
        guard let first = hops.first, case .integer(let id) = context.value(at: first.slot),
            var record = try context.related(first.target, id: id)
        else { return .null }
        for hop in hops.dropFirst() {
            guard case .integer(let id) = record.values[hop.slot],
                let next = try context.related(hop.target, id: id)
            else { return .null }
            record = next
        }
        return record.values[slot]
    }
}
