public import CRMModel

extension RecordSession {
    /// The titles of records, as people read references: one statement for each object and hundred records.
    ///
    /// - Returns: The titles; records that there are not, or that the principal may not see, have none.
    /// - Throws: `notFound` when there is no such object; `storage`.
    public func titles(of ids: some Sequence<RecordID>) throws(PlatformError) -> [RecordID: String] {
        var titles: [RecordID: String] = [:]
        try forEach(of: ids) { plan, numbers throws(PlatformError) in
            for (number, value) in try reads(.user).titles(of: numbers, plan) {
                let id = RecordID(object: plan.object.name, number: number)
                titles[id] = Record.title(value, of: id)
            }
        }
        return titles
    }

    /// Records by their identities: one statement for each object and hundred records.
    ///
    /// - Returns: The records; those that there are not, or that the principal may not see, are missing.
    /// - Throws: as ``titles(of:)``.
    package func records(_ ids: some Sequence<RecordID>) throws(PlatformError) -> [RecordID: Record] {
        var records: [RecordID: Record] = [:]
        try forEach(of: ids) { plan, numbers throws(PlatformError) in
            for record in try reads(.user).records(numbers, plan) { records[record.recordID] = record }
        }
        return records
    }

    /// Gives the numbers of records by object.
    private func forEach(
        of ids: some Sequence<RecordID>,
        _ body: (ObjectPlan, [Int64]) throws(PlatformError) -> Void
    ) throws(PlatformError) {
        try settleBeforeReading()
        var numbers: [ObjectName: Set<Int64>] = [:]
        for id in ids { numbers[id.object, default: []].insert(id.number) }
        for (object, numbers) in numbers.sorted(by: { $0.key < $1.key }) {
            try body(try plans.plan(object), numbers.sorted())
        }
    }
}
