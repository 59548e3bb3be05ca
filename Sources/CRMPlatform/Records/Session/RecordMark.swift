package import CRMModel
import CRMStorage

/// The mark by which a row of a file is known again as a record: `order_line/5 v3 7kq2m9xd @k3f9a2bc`.
///
/// First the number of the record and the version that was written, then a digest of its history up to then, and the
/// identity of the company. A copy of the company that went its own way has the same identity and may have given the number
/// to something else: there the digest is that of no part of the record's history. What an upgrade of plugins does to values
/// is not in the history of a record, and changes nothing.
package struct RecordMark: Sendable, Hashable {
    /// The heading of the column in which marks stand.
    package static let heading = "[record]"

    /// The record.
    package let record: RecordID
    /// The version that was written.
    package let version: Int64
    /// What the record was then, shortened.
    let digest: String
    /// The identity of the company.
    package let origin: String

    /// Reads a mark; nil when the text is none.
    package init?(_ text: String) {
        guard let written = WrittenReference(TextNormalisation.trimmed(text)) else { return nil }
        let words = written.body.split(separator: " ")
        guard words.count == 3, let record = RecordID(String(words[0])), words[1].first == "v",
            let version = Int64(words[1].dropFirst()), words[2].utf8.count == 8
        else { return nil }
        self.record = record
        self.version = version
        digest = String(words[2])
        origin = written.origin
    }

    fileprivate init(_ record: Record, _ trail: Trail, origin: String) {
        self.record = record.recordID
        version = record.version
        digest = trail.text
        self.origin = origin
    }

    var text: String { "\(record) v\(version) \(digest) @\(origin)" }
}

/// A digest of a part of a record's history, from its beginning: what was done when and by whom.
private struct Trail {
    private var sum: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ entry: AuditTable.Row) {
        add(entry.at)
        add(String(entry.userID))
        add(entry.action)
        add(entry.changes)
    }

    private mutating func add(_ text: String) {
        for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
        sum = (sum ^ 0xFF) &* 0x100_0000_01B3
    }

    /// Eight signs.
    var text: String {
        var mixed = sum
        mixed ^= mixed >> 29
        mixed &*= 0xBF58_476D_1CE4_E5B9
        mixed ^= mixed >> 32
        let digits = String(mixed % 2_821_109_907_456, radix: 36)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}

/// What the mark of a row says.
package enum MarkedRecord: Sendable {
    /// Another company wrote it: the row is a new one here.
    case stranger
    /// It is this record, which had these values when it was written.
    case known(Record, written: [Value])
}

extension RecordSession {
    /// The marks of records of one object for a file that may come back, in their order: one statement for a hundred records;
    /// empty when the company has no identity, and for those who may not see all of the records: a mark tells of all of it.
    ///
    /// - Throws: `storage`.
    package func marks(of records: [Record]) throws(PlatformError) -> [String] {
        guard let first = records.first, let origin = try companyIdentity(), try seesWhole(first.object.name) else {
            return records.map { _ in "" }
        }
        var trails: [Int64: Trail] = [:]
        try reads(.system).forEachEntry(of: records.map(\.id), plans.plan(first.object.name)) { entry in
            trails[entry.recordID, default: Trail()].add(entry)
        }
        return records.map { RecordMark($0, trails[$0.id] ?? Trail(), origin: origin).text }
    }

    /// The record that the mark of a row means.
    ///
    /// - Throws: `invalidInput` when it is no mark or of another object, and when the record of that number is not the one
    ///   that was written; `notFound` when there is none of that number; `storage`.
    package func recognised(_ text: String, in object: ObjectName) throws(PlatformError) -> MarkedRecord {
        let shown: [String: Message.Argument] = [
            "mark": .text(ValueCoder.shown(text)), "heading": .text(RecordMark.heading),
        ]
        guard let mark = RecordMark(text), mark.record.object == object else {
            throw PlatformError(.invalidInput, Message(.markUnreadable, shown))
        }
        guard try mark.origin == companyIdentity() else { return .stranger }
        guard let record = try record(mark.record, .user) else {
            throw PlatformError(.notFound, Message(.markGone, shown))
        }
        guard let written = try values(of: record, in: mark) else {
            throw PlatformError(.invalidInput, Message(.markOfOther, shown))
        }
        return .known(record, written: written)
    }

    /// Whether a mark was written by another company.
    ///
    /// - Throws: `storage`.
    package func isForeign(_ mark: RecordMark) throws(PlatformError) -> Bool { try mark.origin != companyIdentity() }

    private func trail(of record: Record) throws(PlatformError) -> [AuditTable.Row] {
        // The mark is one of what was written, whoever reads it.
        try reads(.system).entries(of: record.id, plans.plan(record.object.name))
    }

    /// The values that a record had when its mark was written; nil when it never was so.
    private func values(of record: Record, in mark: RecordMark) throws(PlatformError) -> [Value]? {
        guard mark.version <= record.version, let record = try self.record(record.recordID, .system) else { return nil }
        let entries = try trail(of: record)
        var trail = Trail()
        var known = trail.text == mark.digest ? 0 : nil
        for (index, entry) in entries.enumerated() {
            trail.add(entry)
            if trail.text == mark.digest { known = index + 1 }
        }
        guard let known else { return nil }
        var values = record.values
        for row in entries[known...].reversed() {
            for change in try HistoryEntry(row, in: catalog)?.changes ?? [] {
                if let slot = record.object.slot(of: change.field) { values[slot] = change.old }
            }
        }
        return rights(.user, on: record.object)?.shown(values) ?? values
    }

    /// What of a row is to be saved: the cells that do not say what was written any more.
    ///
    /// What nobody has touched in the file then undoes nothing that others have saved since.
    ///
    /// - Throws: `conflict` with every cell that was edited and whose field others have changed since; `storage`.
    package func edits(_ input: RecordInput, of record: Record, written: [Value]) throws(PlatformError) -> RecordInput {
        var edits = RecordInput()
        var conflicts: [FieldIssue] = []
        for entry in input.entries {
            guard let slot = record.object.slot(of: entry.field) else { continue }
            let field = record.object.fields[slot]
            let present = record.values[slot]
            if case .value(.null) = entry.value {
                // An empty cell that held a value when it was written was emptied; what the history does not keep may have
                // got its value since.
                if written[slot].isNull || present.isNull || !field.isAudited { continue }
            } else if try says(entry.value, written[slot], field) {
                continue
            }
            // What the history does not keep may have been what it is all the time.
            if field.isAudited, present != written[slot], try !says(entry.value, present, field) {
                conflicts.append(try conflict(field, present, was: written[slot]))
            }
            edits.append(entry.field, entry.value)
        }
        guard conflicts.isEmpty else {
            throw PlatformError(
                .conflict,
                Message(.markConflicts, ["record": .text(record.recordID.description)]),
                issues: conflicts,
                context: ErrorContext(object: record.object.name, record: record.id)
            )
        }
        return edits
    }

    /// Whether another record here has a code that a row of another company brings.
    ///
    /// The record that has it is no other one when the row says all the same of it; nor does a row get a new code when its title,
    /// being no code, is one that a record has here.
    package func isTaken(
        _ code: String,
        of field: FieldDefinition,
        by input: RecordInput,
        in object: ObjectName
    ) throws(PlatformError) -> Bool {
        let plan = try plans.plan(object)
        guard let slot = plan.object.slot(of: field.name),
            let record = try holder(of: TextNormalisation.trimmed(code), slot, plan, input)
        else { return false }
        if plan.object.titleSlot != slot {
            switch input[plan.object.titleField] {
            case .text(let text), .value(.text(let text)):
                return try ids(plan, plan.object.titleSlot, TextNormalisation.trimmed(text), .system).isEmpty
            default: return true
            }
        }
        for entry in input.entries {
            guard let slot = plan.object.slot(of: entry.field), !plan.object.fields[slot].type.isReference else {
                continue
            }
            if try !says(entry.value, record.values[slot], plan.object.fields[slot]) { return true }
        }
        return false
    }

    /// The record that has a code where the one of an input counts: in its scope, or everywhere.
    private func holder(
        of code: String,
        _ slot: Int,
        _ plan: ObjectPlan,
        _ input: RecordInput
    ) throws(PlatformError) -> Record? {
        let field = plan.object.fields[slot]
        let scope = field.isUnique ? [] : plan.object.codeRule(of: field)?.scope ?? []
        // A code is taken, whoever may see by whom.
        for number in try ids(plan, slot, code, .system) {
            guard let record = try reads(.system).record(number, plan) else { continue }
            var isInScope = true
            for name in scope {
                guard let given = input[name], let slot = plan.object.slot(of: name) else { return nil }
                if try !says(given, record.values[slot], plan.object.fields[slot]) { isInScope = false }
            }
            if isInScope { return record }
        }
        return nil
    }

    private func conflict(_ field: FieldDefinition, _ present: Value, was: Value) throws(PlatformError) -> FieldIssue {
        var words: [String: Message.Argument] = ["field": .label(field.label)]
        for (name, value) in [("now", present), ("was", was)] {
            guard case .reference(let target, _) = field.type, case .integer(let number) = value else {
                words[name] = .text(ValueCoder.shown(value.displayText))
                continue
            }
            let id = RecordID(object: target, number: number)
            words[name] = .text(try record(id, .user)?.title ?? id.description)
        }
        return FieldIssue(field: field.name, code: "changed_since", message: Message(.markConflict, words))
    }

    /// Whether an input is read as a value; false for what cannot be read.
    private func says(_ input: InputValue, _ value: Value, _ field: FieldDefinition) throws(PlatformError) -> Bool {
        switch ValueCoder(
            catalog: catalog,
            companyTimeZone: companyTimeZone,
            timeZone: timeZone,
            takesRecordNumbers: false
        ).code(input, for: field) {
        case .value(let given): return given == value
        case .issue: return false
        case .lookup(let text):
            guard case .reference(let target, _) = field.type, case .integer(let number) = value else { return false }
            if case .one(let found) = try match(text, in: target, byNumber: false) { return found == number }
            let id = RecordID(object: target, number: number)
            // A title that others have too says what was written when it is the title of this one.
            let title = try record(id, .user)?.title
            if let title, TextNormalisation.trimmed(text) == TextNormalisation.trimmed(title) { return true }
            return try wasWritten(text, for: id)
        }
    }

    /// Whether an export of this company wrote a reference so when the record went by something else, or was still there.
    private func wasWritten(_ text: String, for id: RecordID) throws(PlatformError) -> Bool {
        guard let written = WrittenReference(text), try written.origin == companyIdentity() else { return false }
        let plan = try plans.plan(id.object)
        let record = try record(id, .user)
        func texts(_ slot: Int, _ history: [HistoryEntry]) -> Set<String> {
            let name = plan.object.fields[slot].name
            let changes = history.flatMap(\.changes).filter { $0.field == name }
            let values = changes.flatMap { [$0.old, $0.new] } + [record?.values[slot] ?? .null]
            return Set(values.map { TextNormalisation.trimmed($0.displayText) })
        }
        let history = try history(of: id, .user)
        let titles = texts(plan.object.titleSlot, history)
        var keys: Set<String> = [id.description]
        for slot in Self.keySlots(plan) { keys.formUnion(texts(slot, history)) }
        return keys.contains { key in
            titles.union([""]).contains { WrittenReference.text(key: key, title: $0, origin: nil) == written.body }
        }
    }
}

extension MessageKey {
    static let markConflicts = MessageKey(
        "record.mark_conflicts",
        zhCN: "{record} 在导出之后被别人改过同样的字段",
        zhTW: "{record} 在匯出之後被別人改過同樣的欄位",
        en: "somebody has changed the same fields of {record} since the export"
    )
    static let markConflict = MessageKey(
        "record.mark_conflict",
        zhCN: "「{field}」导出时是「{was}」，之后已被改为「{now}」，文件里又改成了别的；保留现值请在这一格写现在的值，否则请先导出新的文件再改",
        zhTW: "「{field}」匯出時是「{was}」，之後已被改為「{now}」，檔案裡又改成了別的；保留現值請在這一格寫現在的值，否則請先匯出新的檔案再改",
        en:
            "{field} was \"{was}\" when it was exported and is \"{now}\" by now, and the file says something else again; "
            + "write what it is by now to keep it, or export anew and edit that"
    )
    static let markUnreadable = MessageKey(
        "record.mark_unreadable",
        zhCN: "「{heading}」列的「{mark}」不是此对象导出文件里的记录标记；要作为新记录导入，请清空这一格",
        zhTW: "「{heading}」欄的「{mark}」不是此物件匯出檔案裡的記錄標記；要作為新記錄匯入，請清空這一格",
        en:
            "\"{mark}\" below \"{heading}\" is no mark that an export of this object writes; empty the cell to import the row as a new record"
    )
    static let markGone = MessageKey(
        "record.mark_gone",
        zhCN: "记录「{mark}」已经不在这里：导出后被删除，或建于本公司的另一份副本；要作为新记录导入，请清空「{heading}」这一格",
        zhTW: "記錄「{mark}」已經不在這裡：匯出後被刪除，或建於本公司的另一份副本；要作為新記錄匯入，請清空「{heading}」這一格",
        en:
            "there is no record \"{mark}\" here: it was deleted since, or made in another copy of the company; empty the cell below \"{heading}\" to import the row as a new record"
    )
    static let markOfOther = MessageKey(
        "record.mark_of_other",
        zhCN: "这里的同号记录不是文件里的「{mark}」：文件出自本公司的另一份副本，两边各自改过；要作为新记录导入，请清空「{heading}」这一格",
        zhTW: "這裡的同號記錄不是檔案裡的「{mark}」：檔案出自本公司的另一份副本，兩邊各自改過；要作為新記錄匯入，請清空「{heading}」這一格",
        en:
            "the record of that number is not the \"{mark}\" of the file, which comes from a copy of the company that went its own way; empty the cell below \"{heading}\" to import the row as a new record"
    )
}
