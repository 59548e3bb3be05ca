package import CRMModel
import CRMStorage

extension RecordSession {
    /// Checks that references point to records that are there, and that counters are ahead of every code that was given.
    ///
    /// - Throws: `storage`.
    package func checkBooks() throws(PlatformError) -> [Message] {
        var findings = try danglingReferences()
        let counters = try CounterTable.counters(on: connection)
        for object in catalog.sortedObjects {
            let plan = try plans.plan(object.name)
            var highest: [String: Int64] = [:]
            let codes = plan.codeSlots.compactMap { slot, rule in rule.map { (slot, $0) } }
            guard !codes.isEmpty else { continue }
            try plan.table.forEach(on: connection) { (record: Record) throws(PlatformError) in
                for (slot, rule) in codes {
                    guard case .text(let code) = record.values[slot] else { continue }
                    let text = CodeText(session: self, rule: rule)
                    guard let reading = try text.form(of: record, period: nil)?.read(code),
                        let period = reading.period(of: rule, near: text.day(of: record))
                    else { continue }
                    let counter = CounterTable.key(object.stableID, rule.name)
                    let key = "\(counter)|\(text.scope(of: record))|\(period)"
                    highest[key] = max(highest[key] ?? 0, reading.serial)
                }
            }
            for counter in counters {
                let key = "\(counter.rule)|\(counter.scope)|\(counter.period)"
                if let highest = highest[key], highest >= counter.next {
                    findings.append(
                        Message(
                            .checkCounter,
                            [
                                "object": .label(object.label), "counter": .text(counter.rule),
                                "next": .text(String(counter.next)), "highest": .text(String(highest)),
                            ]
                        )
                    )
                }
            }
        }
        return findings
    }

    /// Looks for records whose references point to nothing: what they pointed to was deleted while their plugin was away.
    ///
    /// - Throws: `storage`.
    private func danglingReferences() throws(PlatformError) -> [Message] {
        var findings: [Message] = []
        for object in catalog.sortedObjects {
            let plan = try plans.plan(object.name)
            for reference in plan.references where reference.slot >= SystemField.allCases.count {
                guard
                    let dangling = try plan.table.dangling(
                        in: reference.slot,
                        to: reference.target,
                        limit: 3,
                        on: connection
                    )
                else { continue }
                let records = dangling.first.map { number in
                    LocalizedText(RecordID(object: object.name, number: number).description)
                }
                let more = dangling.count > 3 ? [LocalizedText("…")] : []
                findings.append(
                    Message(
                        .checkReference,
                        [
                            "object": .label(object.label), "field": .label(object.fields[reference.slot].label),
                            "count": .text(String(dangling.count)),
                            "records": .label(LocalizedText.list(records + more)),
                        ]
                    )
                )
            }
        }
        return findings
    }
}

extension MessageKey {
    static let checkReference = MessageKey(
        "check.reference",
        zhCN: "{object}的「{field}」有 {count} 条记录指向已不存在的记录（{records}）；请把该字段清空或改为现有的记录",
        zhTW: "{object}的「{field}」有 {count} 筆記錄指向已不存在的記錄（{records}）；請把該欄位清空或改為現有的記錄",
        en: "records of {object} whose {field} points to a record that is gone: {count} ({records}); "
            + "empty the field or choose a record that exists"
    )
    static let checkCounter = MessageKey(
        "check.counter",
        zhCN: "{object}的计数器 {counter} 下一个是 {next}，但已有 {highest}",
        zhTW: "{object}的計數器 {counter} 下一個是 {next}，但已有 {highest}",
        en: "the counter {counter} of {object} would give {next}, but {highest} is in use"
    )
}
