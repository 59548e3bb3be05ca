package import CRMModel
import CRMStorage

/// The mark by which a row of a file is known again as a record: `order_line/5 v3 7kq2m9xd @k3f9a2bc`.
///
/// First the number of the record and the version that was written, then a digest of its history up to then, and the
/// identity of the company. A copy of the company that went its own way has the same identity and may have given the number
/// to something else: there the digest is that of no part of the record's history. What an upgrade of plugins does to values
/// is not in the history of a record, and changes nothing. How cells were written may follow (``WrittenCells``).
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
    /// How the cells of the row were written; nil when they say the same at all times.
    package let cells: WrittenCells?

    /// Reads a mark; nil when the text is none.
    package init?(_ text: String) {
        guard let written = WrittenReference(TextNormalisation.trimmed(text)) else { return nil }
        let words = written.body.split(separator: " ")
        guard words.count >= 3, let record = RecordID(String(words[0])), words[1].first == "v",
            let version = Int64(words[1].dropFirst()), words[2].utf8.count == 8
        else { return nil }
        if words.count > 3 {
            guard let cells = WrittenCells(words: Array(words[3...])) else { return nil }
            self.cells = cells
        } else {
            cells = nil
        }
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
        cells = nil
    }

    /// The text of the mark of a row.
    ///
    /// - Parameter cells: How the cells of the row are written.
    /// - Returns: The text.
    package func text(with cells: WrittenCells) -> String {
        "\(record) v\(version) \(digest)\(cells.isEmpty ? "" : " \(cells.text)") @\(origin)"
    }
}

/// A digest of a part of a record's history, from its beginning: what was done when and by whom.
private struct Trail {
    private var digest = TextDigest()

    mutating func add(_ entry: AuditTable.Row) {
        digest.add(entry.at)
        digest.add(String(entry.userID))
        digest.add(entry.action)
        digest.add(entry.changes)
    }

    /// Eight signs.
    var text: String { digest.text(signs: 8) }
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
    /// none when the company has no identity, and for those who may not see all of the records: a mark tells of all of it.
    ///
    /// - Throws: `storage`.
    package func marks(of records: [Record]) throws(PlatformError) -> [RecordMark?] {
        guard let first = records.first, let origin = try companyIdentity(), try seesWhole(first.object.name) else {
            return records.map { _ in nil }
        }
        var trails: [Int64: Trail] = [:]
        try reads(.system).forEachEntry(of: records.map(\.id), plans.plan(first.object.name)) { entry in
            trails[entry.recordID, default: Trail()].add(entry)
        }
        return records.map { RecordMark($0, trails[$0.id] ?? Trail(), origin: origin) }
    }

    /// The record that the mark of a row means.
    ///
    /// - Throws: `invalidInput` when it is no mark or of another object, and when the record of that number is not the one
    ///   that was written; `conflict` when the record is older here; `notFound` when there is none of that number; `storage`.
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
        guard mark.version <= record.version else { throw PlatformError(.conflict, Message(.markOfLater, shown)) }
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
        guard let record = try self.record(record.recordID, .system) else { return nil }
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
    static let markOfLater = MessageKey(
        "record.mark_of_later",
        zhCN: "文件里的「{mark}」比这里的记录新：导出之后这里恢复过较早的备份，或者文件出自另一份副本；请从新的一份里取回，或清空「{heading}」这一格作为新记录导入",
        zhTW: "檔案裡的「{mark}」比這裡的記錄新：匯出之後這裡復原過較早的備份，或者檔案出自另一份副本；請從新的一份裡取回，或清空「{heading}」這一格作為新記錄匯入",
        en:
            "\"{mark}\" in the file is newer than the record here: an earlier backup was restored since, or the file comes from another copy; take the newer copy, or empty the cell below \"{heading}\" to import the row as a new record"
    )
    static let markOfOther = MessageKey(
        "record.mark_of_other",
        zhCN: "这里的同号记录不是文件里的「{mark}」：文件出自本公司的另一份副本，两边各自改过；要作为新记录导入，请清空「{heading}」这一格",
        zhTW: "這裡的同號記錄不是檔案裡的「{mark}」：檔案出自本公司的另一份副本，兩邊各自改過；要作為新記錄匯入，請清空「{heading}」這一格",
        en:
            "the record of that number is not the \"{mark}\" of the file, which comes from a copy of the company that went its own way; empty the cell below \"{heading}\" to import the row as a new record"
    )
}
