package import CRMModel
import CRMStorage

extension RecordSession {
    /// The greatest number that any count in a file comes to; what is beyond was written by somebody else and would soon
    /// be at the end of 64 bits.
    private static let greatestCount = CodeForm.greatestSerial

    /// Checks, with the eyes of the system, that references point to records that are there, that counters are ahead of every code that was given, and
    /// that no count is at the end of its numbers.
    ///
    /// - Throws: `storage`.
    package func checkBooks() throws(PlatformError) -> [Message] {
        try requireEveryRight()
        var findings = try danglingReferences()
        let counters = try CounterTable.counters(on: connection)
        findings += try exhausted(counters.map { ($0.rule, $0.next) })
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

    /// Looks for counts that are at the end of their numbers, or before the beginning: nothing can be counted with them.
    ///
    /// - Throws: `storage`.
    private func exhausted(_ counters: [(rule: String, next: Int64)]) throws(PlatformError) -> [Message] {
        var findings: [Message] = []
        for counter in counters where !(1...Self.greatestCount + 1).contains(counter.next) {
            let object = catalog.sortedObjects.first { counter.rule.hasPrefix("\($0.stableID).") }
            findings.append(
                Message(
                    .checkCounterEnd,
                    [
                        "object": object.map { .label($0.label) } ?? "", "counter": .text(counter.rule),
                        "next": .text(String(counter.next)),
                    ]
                )
            )
        }
        for object in catalog.sortedObjects {
            let plan = try plans.plan(object.name)
            let found = try plan.table.ids(versionOutside: 1...Self.greatestCount, limit: 4, on: connection)
            guard !found.isEmpty else { continue }
            let records = found.prefix(3).map { LocalizedText(RecordID(object: object.name, number: $0).description) }
            let more = found.count > 3 ? [LocalizedText("…")] : []
            findings.append(
                Message(
                    .checkVersionEnd,
                    ["object": .label(object.label), "records": .label(LocalizedText.list(records + more))]
                )
            )
        }
        if let text = try MetaTable.value(.generation, on: connection),
            Int64(text).map({ (0...Self.greatestCount).contains($0) }) != true
        {
            findings.append(Message(.checkGeneration, ["number": .text(TextLimits.prefix(text, characters: 60))]))
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
    static let checkCounterEnd = MessageKey(
        "check.counter_end",
        zhCN: "{object}的计数器 {counter} 的下一个序号是 {next}，已超出可用范围，不能再编号；文件可能被改动过，请恢复备份",
        zhTW: "{object}的計數器 {counter} 的下一個序號是 {next}，已超出可用範圍，不能再編號；檔案可能被改動過，請還原備份",
        en: "the counter {counter} of {object} stands at {next}, beyond the serials that there are, so no code can be "
            + "given; the file may have been tampered with, restore a backup"
    )
    static let checkVersionEnd = MessageKey(
        "check.version_end",
        zhCN: "{object}的记录（{records}）的版本号超出可用范围，不能再保存；文件可能被改动过，请恢复备份",
        zhTW: "{object}的記錄（{records}）的版本號超出可用範圍，不能再儲存；檔案可能被改動過，請還原備份",
        en: "records of {object} ({records}) have versions beyond the numbers that there are, so they cannot be saved "
            + "any more; the file may have been tampered with, restore a backup"
    )
    static let checkGeneration = MessageKey(
        "check.generation",
        zhCN: "元数据的更改次数「{number}」不是可用的数字；文件可能被改动过。重新安装任一插件后会重新计数",
        zhTW: "中繼資料的更改次數「{number}」不是可用的數字；檔案可能被改動過。重新安裝任一外掛後會重新計數",
        en: "the count of changes of metadata, \"{number}\", is no number that there can be; the file may have been "
            + "tampered with. It begins anew when any plugin is installed again"
    )
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
