package import CRMModel
import CRMStorage

/// The mark by which a row of a file is known again as a record: `order_line/5 v3 7kq2m9xd @k3f9a2bc`.
///
/// First the number of the record and the version that was written, then a digest of what the history of that version
/// knows, and the identity of the company. A copy of the company that went its own way has the same identity and may have
/// given the number to something else: there the digest is that of no version of the record.
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

    init(_ record: Record, origin: String) {
        self.record = record.recordID
        version = record.version
        digest = Self.digest(record.values, record.object)
        self.origin = origin
    }

    var text: String { "\(record) v\(version) \(digest) @\(origin)" }

    /// What a record is, in eight signs: when it was made and by whom, and the values that the history keeps.
    ///
    /// Fields without a value, and the order of the fields, do not count, so that a field that came later changes nothing.
    static func digest(_ values: [Value], _ object: ObjectDefinition) -> String {
        var sum: UInt64 = 0
        for (slot, field) in object.fields.enumerated() {
            let isKept =
                field.isSystem
                ? slot == SystemField.createdAt.slot || slot == SystemField.createdBy.slot
                : field.isAudited && field.storage != .none
            guard isKept, !values[slot].isNull else { continue }
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in field.name.rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
            for byte in values[slot].displayText.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash ^= hash >> 29
            sum &+= hash &* 0xBF58_476D_1CE4_E5B9
        }
        sum ^= sum >> 32
        let digits = String(sum % 2_821_109_907_456, radix: 36)
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
    /// The mark of a record for a file that may come back; empty when the company has no identity.
    ///
    /// - Throws: `storage`.
    package func mark(of record: Record) throws(PlatformError) -> String {
        guard let origin = try companyIdentity() else { return "" }
        return RecordMark(record, origin: origin).text
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
        guard let record = try get(mark.record) else { throw PlatformError(.notFound, Message(.markGone, shown)) }
        guard let written = try values(of: record, in: mark) else {
            throw PlatformError(.invalidInput, Message(.markOfOther, shown))
        }
        return .known(record, written: written)
    }

    /// The values that a record had when its mark was written; nil when it never was so.
    private func values(of record: Record, in mark: RecordMark) throws(PlatformError) -> [Value]? {
        guard mark.version <= record.version else { return nil }
        var values = record.values
        if RecordMark.digest(values, record.object) == mark.digest { return values }
        guard mark.version < record.version else { return nil }
        for entry in try history(of: record.recordID).reversed() where entry.action == AuditTable.Action.update.rawValue
        {
            for change in entry.changes {
                if let slot = record.object.slot(of: change.field) { values[slot] = change.old }
            }
            if RecordMark.digest(values, record.object) == mark.digest { return values }
        }
        return nil
    }

    /// What of a row is to be saved: the cells that do not say what was written any more.
    ///
    /// What nobody has touched in the file then undoes nothing that others have saved since.
    ///
    /// - Throws: `storage`.
    package func edits(_ input: RecordInput, of record: Record, written: [Value]) throws(PlatformError) -> RecordInput {
        var edits = RecordInput()
        for entry in input.entries {
            guard let slot = record.object.slot(of: entry.field),
                try !says(entry.value, written[slot], record.object.fields[slot])
            else { continue }
            edits.append(entry.field, entry.value)
        }
        return edits
    }

    /// Whether an input is read as a value; false for what cannot be read.
    private func says(_ input: InputValue, _ value: Value, _ field: FieldDefinition) throws(PlatformError) -> Bool {
        switch ValueCoder(catalog: catalog, timeZone: timeZone, takesRecordNumbers: false).code(input, for: field) {
        case .value(let given): return given == value
        case .issue: return false
        case .lookup(let text):
            guard case .reference(let target, _) = field.type,
                case .one(let number) = try match(text, in: target, byNumber: false)
            else { return false }
            return .integer(number) == value
        }
    }
}

extension MessageKey {
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
