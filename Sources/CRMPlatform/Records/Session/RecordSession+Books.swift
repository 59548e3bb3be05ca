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
            let stored = try storedSerials(plan)
            guard !stored.isEmpty else { continue }
            for (index, (slot, rule)) in plan.codeSlots.enumerated() where rule != nil {
                for counter in counters where counter.rule == plan.counterKeys[index] {
                    let key = SerialKey(slot: slot, scope: counter.scope, period: counter.period)
                    guard let highest = stored[key], highest >= counter.next else { continue }
                    findings.append(
                        Message(
                            .checkCounter,
                            [
                                "object": .label(object.label), "counter": .text(counter.rule),
                                "next": .text(String(counter.next)), "highest": .text(String(highest)),
                                "field": .text("\(object.name).\(object.fields[slot].name)"),
                                "free": .text(String(highest + 1)),
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
        zhCN: "{object}的计数器 {counter} 下一个是 {next}，但已有 {highest}；可用 code set {field} {free} 改正",
        zhTW: "{object}的計數器 {counter} 下一個是 {next}，但已有 {highest}；可用 code set {field} {free} 改正",
        en: "the counter {counter} of {object} would give {next}, but {highest} is in use; "
            + "code set {field} {free} puts it right"
    )
}
