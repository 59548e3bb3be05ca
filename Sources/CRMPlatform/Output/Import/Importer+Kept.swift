public import CRMModel
internal import CRMRecords

extension Importer {
    /// What a row has given to its record.
    struct GivenRow {
        /// The row.
        let number: Int
        /// The record as it was when the row was saved.
        let record: Record
        /// The values that the row gave.
        let values: [GivenValue]
    }

    /// Begins to note what the rows of a batch give, when hooks of the object may put something else in its place.
    mutating func beginNoting(_ session: RecordSession) {
        givenRows.removeAll(keepingCapacity: true)
        session.rewritten = session.mayRewrite(object.name) ? [] : nil
    }

    /// Notes what a row that was saved has given.
    mutating func noteGiven(_ result: SaveResult, _ session: RecordSession) {
        guard !result.given.isEmpty, !result.isGone else { return }
        // From now on only what others do with the record is of interest.
        session.rewritten?.remove(result.record.recordID)
        givenRows.append(GivenRow(number: row.number, record: result.record, values: result.given))
    }

    /// Looks which of the values that the rows of the batch gave are not those of the records, when all is settled.
    mutating func lookAtKept(_ session: RecordSession, _ language: Language) throws(PlatformError) {
        let rewritten = session.rewritten ?? []
        session.rewritten = nil
        for row in givenRows {
            var record = row.record
            if rewritten.contains(record.recordID) {
                guard let present = try present(record.recordID, in: session) else { continue }
                record = present
            }
            for given in row.values where record.values[given.slot] != given.value {
                let field = object.fields[given.slot]
                if summary.lose(field.name) { continue }
                let heading = columns.cells.first { $0.field == field.name }.map { columns.header($0.index) }
                let kept = record.values[given.slot]
                summary.notKept.append(
                    ImportSummary.NotKept(
                        field: field.name,
                        heading: heading ?? field.label.text(in: language),
                        rows: 1,
                        row: row.number,
                        given: try shown(given.value, of: field, session, language),
                        kept: kept.isNull ? nil : try shown(kept, of: field, session, language)
                    )
                )
            }
        }
        givenRows.removeAll(keepingCapacity: true)
    }

    /// A record as it is now; nil when it is gone, or may not be read by whoever may import it.
    private func present(_ id: RecordID, in session: RecordSession) throws(PlatformError) -> Record? {
        do throws(PlatformError) {
            return try session.get(id)
        } catch  where error.code == .permissionDenied {
            return nil
        }
    }

    /// A value as people read it, a record by its title.
    private func shown(
        _ value: Value,
        of field: FieldDefinition,
        _ session: RecordSession,
        _ language: Language
    ) throws(PlatformError) -> String {
        if case .reference(let target, _) = field.type, let number = value.integerValue {
            let id = RecordID(object: target, number: number)
            return try session.titles(of: [id])[id] ?? id.description
        }
        let formatter = ValueFormatter(catalog: session.catalog, language: language, timeZone: session.timeZone)
        let text = DisplayWidth.escapingControls(formatter.text(value, of: field))
        return text.count > 60 ? text.prefix(60) + "…" : text
    }
}

extension ImportSummary {
    /// A column whose values were given and are not those of the records, because hooks compute or change them.
    public struct NotKept: Sendable, Hashable {
        /// The field.
        public let field: FieldName
        /// The heading of the column; the label of the field when the mapping gave the values.
        public let heading: String
        /// In how many rows.
        public internal(set) var rows: Int
        /// The first of them.
        public let row: Int
        /// What that row gave, in words.
        public let given: String
        /// What its record has, in words; nil when it has nothing.
        public let kept: String?

        /// The column, the number of rows and the example, in words.
        package var message: Message {
            Message(
                .importNotKept,
                [
                    "column": .text(heading), "count": "\(rows)", "row": "\(row)", "given": .text(given),
                    "kept": kept.map { .text($0) } ?? .message(Message(.importKeptNothing)),
                ]
            )
        }
    }

    /// Counts a row more for a field that is known; false when it is not.
    mutating func lose(_ field: FieldName) -> Bool {
        guard let index = notKept.firstIndex(where: { $0.field == field }) else { return false }
        notKept[index].rows += 1
        return true
    }
}

extension MessageKey {
    static let importNotKept = MessageKey(
        "import.not_kept",
        zhCN: "列「{column}」有 {count} 行给出的值没有照存，因为它由程序计算或改写；例如第 {row} 行给出 {given}，存的是 {kept}",
        zhTW: "欄「{column}」有 {count} 列給出的值沒有照存，因為它由程式計算或改寫；例如第 {row} 列給出 {given}，存的是 {kept}",
        en:
            "The column \"{column}\" gives values in {count} {count|row|rows} that were not kept, because plugins compute or change them: row {row} gives {given}, and {kept} was saved"
    )
    static let importKeptNothing = MessageKey("import.kept_nothing", zhCN: "空值", zhTW: "空值", en: "nothing")
}
