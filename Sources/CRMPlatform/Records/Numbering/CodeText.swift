import CRMModel
import CRMStorage

/// What stands in the codes of a record: the texts of its fields, its day, its scope.
struct CodeText {
    let session: RecordSession
    let rule: CodeRule

    /// The day whose period the code shows.
    func day(of record: Record) -> CalendarDate {
        guard let field = rule.dateField, let slot = record.object.slot(of: field) else { return session.today }
        return switch record.values[slot] {
        case .date(let day): day
        case .instant(let moment): moment.date(in: session.companyTimeZone)
        default: session.today
        }
    }

    /// The scope as the counter's key has it.
    func scope(of record: Record) -> String {
        rule.scope.isEmpty
            ? "" : rule.scope.map { field in record[field]?.displayText ?? "" }.joined(separator: "\u{1F}")
    }

    /// The text of a field, or of one of a record referred to.
    ///
    /// - Throws: `validationFailed` naming what is empty.
    func text(_ path: [FieldName], of record: Record) throws(PlatformError) -> String {
        var record = record
        var labels: [LocalizedText] = []
        for (index, name) in path.enumerated() {
            guard let slot = record.object.slot(of: name) else { break }
            let field = record.object.fields[slot]
            labels.append(field.label)
            let value = record.values[slot]
            if value.isNull { break }
            if index == path.count - 1 { return value.displayText }
            guard case .reference(let target, _) = field.type, case .integer(let id) = value,
                let next = try session.record(RecordID(object: target, number: id), .system)
            else { break }
            record = next
        }
        let holder = labels.count > 1 ? RecordID(object: record.object.name, number: record.id).description : ""
        throw PlatformError(
            .validationFailed,
            Message(
                labels.count > 1 ? .codeFarFieldEmpty : .codeFieldEmpty,
                [
                    "rule": .text(rule.name.rawValue), "field": .label(labels.last ?? LocalizedText("")),
                    "by": .label(labels.dropLast().last ?? LocalizedText("")), "record": .text(holder),
                ]
            )
        )
    }

    /// The form of codes in the period of a day, or in any period when there is none; nil when a field that stands in them
    /// is empty.
    ///
    /// - Throws: `storage`.
    func form(of record: Record, period day: CalendarDate?) throws(PlatformError) -> CodeForm? {
        do throws(PlatformError) {
            return try CodeForm(rule, period: day) { (path: [FieldName]) throws(PlatformError) in
                try text(path, of: record)
            }
        } catch {
            guard error.code == .validationFailed else { throw error }
            return nil
        }
    }
}

extension MessageKey {
    static let codeFarFieldEmpty = MessageKey(
        "code.far_field_empty",
        zhCN: "编码规则「{rule}」需要「{by}」的「{field}」，但 {record} 的「{field}」是空的；请先填写它",
        zhTW: "編碼規則「{rule}」需要「{by}」的「{field}」，但 {record} 的「{field}」是空的；請先填寫它",
        en: "the code rule \"{rule}\" needs {field} of {by}, which is empty in {record}; fill it in first"
    )
}
