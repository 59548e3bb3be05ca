import CRMModel
import CRMStorage

/// Where the tables of records, of keys and of the history are read for a session: what somebody may not see is not there.
///
/// Other places of the platform read them by this, by queries, or are on the list of `scripts/lint`.
struct RecordReads {
    let session: RecordSession
    let mode: AccessMode

    private var connection: StoreConnection { session.connection }

    /// What restricts the reader on an object; nil for nothing.
    private func rights(_ plan: ObjectPlan) -> ObjectAccess? { session.rights(mode, on: plan.object) }

    // MARK: - Records

    /// The record of a number; nil when there is none.
    ///
    /// `isKept` is whether somebody may come back to it in the same unit of work.
    func record(_ number: Int64, _ plan: ObjectPlan, isKept: Bool = true) throws(PlatformError) -> Record? {
        guard let rights = rights(plan) else { return try whole(number, plan, isKept) }
        guard let values = try session.values(of: number, plan, within: .read, rights) else { return nil }
        return Record(object: plan.object, values: values, seen: rights)
    }

    /// The record of a number as it is; one that the unit of work has read or written before is not read again.
    private func whole(_ number: Int64, _ plan: ObjectPlan, _ isKept: Bool) throws(PlatformError) -> Record? {
        if let known = session.knownRecords.record(number, of: plan.object) { return known }
        let record = try plan.table.record(number, on: connection)
        // Whoever only reads seldom comes back to a record.
        if let record, isKept, !session.isReading { session.knownRecords.keep(record, number) }
        return record
    }

    /// The records of numbers, those that there are.
    func records(_ numbers: [Int64], _ plan: ObjectPlan) throws(PlatformError) -> [Record] {
        guard rights(plan) != nil else { return try plan.table.records(numbers, on: connection) }
        var records: [Record] = []
        for number in numbers {
            if let record = try record(number, plan) { records.append(record) }
        }
        return records
    }

    /// The titles of records, those that there are.
    func titles(of numbers: [Int64], _ plan: ObjectPlan) throws(PlatformError) -> [(number: Int64, title: Value)] {
        guard rights(plan) != nil else {
            return try plan.table.titles(of: numbers, on: connection).map { ($0.0, $0.1) }
        }
        return try records(numbers, plan).map { ($0.id, $0.values[plan.object.titleSlot]) }
    }

    /// Whether there is a record.
    func exists(_ number: Int64, _ plan: ObjectPlan) throws(PlatformError) -> Bool {
        guard let rights = rights(plan) else {
            if session.knownRecords.contains(number, of: plan.object) { return true }
            guard try plan.table.exists(number, on: connection) else { return false }
            if !session.isReading { session.knownRecords.keep(existing: number, of: plan.object) }
            return true
        }
        return try session.values(of: number, plan, within: .read, rights) != nil
    }

    // MARK: - By values

    /// The numbers of at most `limit` records that have a value in a field, lowest first.
    func ids(_ plan: ObjectPlan, _ slot: Int, is value: Value, limit: Int) throws(PlatformError) -> [Int64] {
        guard let rights = rights(plan) else {
            return try plan.table.ids(where: slot, is: value, limit: limit, on: connection)
        }
        guard rights.isPlain(slot) else { return [] }
        return try visible(plan, limit) { limit throws(PlatformError) in
            try plan.table.ids(where: slot, is: value, limit: limit, on: connection)
        }
    }

    /// The numbers of at most `limit` records that have values in fields, lowest first; by their comparable forms where a
    /// form is given.
    func ids(
        _ plan: ObjectPlan,
        _ slots: [Int],
        are values: [Value],
        forms: [ComparableForm?]? = nil,
        limit: Int
    ) throws(PlatformError) -> [Int64] {
        func read(_ limit: Int) throws(PlatformError) -> [Int64] {
            guard let forms else { return try plan.table.ids(where: slots, are: values, limit: limit, on: connection) }
            return try plan.table.ids(where: slots, are: values, forms: forms, limit: limit, on: connection)
        }
        guard let rights = rights(plan) else { return try read(limit) }
        guard slots.allSatisfy(rights.isPlain) else { return [] }
        return try visible(plan, limit, read)
    }

    /// The numbers of at most `limit` records that have a key, lowest first.
    func ids(_ plan: ObjectPlan, having form: String, by key: RecordKey, limit: Int) throws(PlatformError) -> [Int64] {
        func read(_ limit: Int) throws(PlatformError) -> [Int64] {
            try DuplicateKeyTable.records(
                objectID: plan.object.stableID,
                rule: key.name,
                key: form,
                limit: limit,
                on: connection
            )
        }
        guard let rights = rights(plan) else { return try read(limit) }
        guard key.parts.allSatisfy({ rights.isPlain($0.slot) }) else { return [] }
        return try visible(plan, limit, read)
    }

    /// The first other record that has a key, nil when there is none.
    func twin(
        _ plan: ObjectPlan,
        having form: String,
        by rule: String,
        otherThan number: Int64
    ) throws(PlatformError) -> Int64? {
        try DuplicateKeyTable.record(
            objectID: plan.object.stableID,
            rule: rule,
            key: form,
            otherThan: number,
            on: connection
        )
    }

    /// Those of the numbers found that may be seen; hidden ones take no place of the limit.
    private func visible(
        _ plan: ObjectPlan,
        _ limit: Int,
        _ read: (Int) throws(PlatformError) -> [Int64]
    ) throws(PlatformError) -> [Int64] {
        var found: [Int64] = []
        for number in try read(.max) where found.count < limit {
            if try exists(number, plan) { found.append(number) }
        }
        return found
    }

    // MARK: - History

    /// Gives the entries of the histories of records that were found already, those of each in their order.
    func forEachEntry(
        of numbers: [Int64],
        _ plan: ObjectPlan,
        _ body: (AuditTable.Row) -> Void
    ) throws(PlatformError) {
        try AuditTable.forEach(objectID: plan.object.stableID, recordIDs: numbers, on: connection, body)
    }

    /// The entries of the history of a record, with their reasons when these are to be shown.
    func entries(of number: Int64, _ plan: ObjectPlan, reasons: Bool = false) throws(PlatformError) -> [AuditTable.Row]
    {
        try AuditTable.entries(
            objectID: plan.object.stableID,
            recordID: number,
            withReasons: reasons,
            on: connection
        )
    }
}

extension RecordSession {
    /// The tables as the principal may see them, or as they are.
    func reads(_ mode: AccessMode) -> RecordReads { RecordReads(session: self, mode: mode) }

    /// The values of a record that is within a scope of rights, as they are; nil for any other.
    func values(
        of number: Int64,
        _ plan: ObjectPlan,
        within scope: RowStatement.Scope,
        _ rights: ObjectAccess
    ) throws(PlatformError) -> [Value]? {
        guard let statement = try rowStatement(plan.object, scope, rights) else { return nil }
        var bindings = [Value.integer(number)] + statement.bindings
        for place in statement.userBindings { bindings[place + 1] = .integer(principal.userID) }
        let rows = try bound(statement.sql, bindings)
        defer { rows.reset() }
        guard try rows.step() else { return nil }
        var values: [Value] = []
        try rows.readValues(storages: plan.object.fields.map(\.storage), into: &values)
        return values
    }

    /// Whether a record is within a scope of rights.
    func isWithin(
        _ scope: RowStatement.Scope,
        _ number: Int64,
        _ plan: ObjectPlan,
        _ rights: ObjectAccess
    ) throws(PlatformError) -> Bool {
        try values(of: number, plan, within: scope, rights) != nil
    }

    private func rowStatement(
        _ object: ObjectDefinition,
        _ scope: RowStatement.Scope,
        _ rights: ObjectAccess
    ) throws(PlatformError) -> RowStatement? {
        guard let identity = access.identity else { return nil }
        let key = KnownRights.RowKey(identity: identity, object: object.name, scope: scope, today: today)
        if let known = plans.rights[key] { return known }
        let made = try compiler(.system).row(of: object, within: rights.scope(scope))
        if let made, !made.isForOnce { plans.rights.keep(made, key) }
        return made
    }
}
