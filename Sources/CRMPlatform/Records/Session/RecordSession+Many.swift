public import CRMModel
import CRMStorage

extension RecordSession {
    /// The titles of records, as people read references: one statement for each object and hundred records.
    ///
    /// - Returns: The titles; records that there are not, or that the principal may not see, have none.
    /// - Throws: `notFound` when there is no such object; `storage`.
    public func titles(of ids: some Sequence<RecordID>) throws(PlatformError) -> [RecordID: String] {
        var titles: [RecordID: String] = [:]
        try forEach(of: ids) { plan, numbers throws(PlatformError) in
            for (number, value) in try plan.table.titles(of: numbers, on: connection) {
                let id = RecordID(object: plan.object.name, number: number)
                titles[id] = Record.title(value, of: id)
            }
        } orEach: { record in
            titles[record.recordID] = record.title
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
            for record in try plan.table.records(numbers, on: connection) { records[record.recordID] = record }
        } orEach: { record in
            records[record.recordID] = record
        }
        return records
    }

    /// Gives the numbers of records by object; of objects whose records the principal may not all see, each record that may
    /// be seen.
    private func forEach(
        of ids: some Sequence<RecordID>,
        _ body: (ObjectPlan, [Int64]) throws(PlatformError) -> Void,
        orEach: (Record) -> Void
    ) throws(PlatformError) {
        try settleBeforeReading()
        var numbers: [ObjectName: Set<Int64>] = [:]
        for id in ids { numbers[id.object, default: []].insert(id.number) }
        for (object, numbers) in numbers.sorted(by: { $0.key < $1.key }) {
            let plan = try plans.plan(object)
            if AccessPredicate.standard(principal, plan.object).isUnrestricted {
                try body(plan, numbers.sorted())
            } else {
                for number in numbers.sorted() {
                    if let record = try get(RecordID(object: object, number: number)) { orEach(record) }
                }
            }
        }
    }
}
