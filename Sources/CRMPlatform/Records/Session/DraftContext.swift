import CRMModel

struct DraftContext: ExpressionContext {
    let draft: RecordDraft
    let session: RecordSession

    func value(at slot: Int) -> Value { draft[slot] }

    func related(_ object: ObjectDefinition, id: Int64) throws -> Record? {
        // A rule must not pass because its reader may not see the customer.
        try session.record(RecordID(object: object.name, number: id), .system)
    }

    var today: CalendarDate { session.today }
    var now: Instant { session.now }
    var userID: Int64 { session.principal.userID }
}
