import CRMPlatform

/// Values of fields as people read them, with the titles of the records that are referred to.
struct FieldText {
    /// What puts single values into words.
    let formatter: ValueFormatter
    /// The titles of records that are referred to.
    var titles: [RecordID: String] = [:]

    /// One value beside the label of its field; empty for none.
    ///
    /// A percentage has no sign of its own where the label has one.
    func text(_ value: Value, of field: FieldDefinition) -> String {
        if case .integer(let number) = value, case .reference(let target, _) = field.type,
            let title = titles[RecordID(object: target, number: number)]
        {
            return title
        }
        if field.isSystem, case .integer(let number) = value {
            switch SystemField(rawValue: field.name.rawValue) {
            case .createdBy, .updatedBy: return user(number)
            default: break
            }
        }
        let text = formatter.text(value, of: field)
        guard case .percent = field.type, text.last == "%", field.label.saysPercent(in: formatter.language) else {
            return text
        }
        return String(text.dropLast())
    }

    /// Who a user is.
    func user(_ number: Int64) -> String { Self.user(number, in: formatter.language) }

    /// Who a user is.
    static func user(_ number: Int64, in language: Language) -> String {
        switch number {
        case 0: Message(.shellUserSystem).text(in: language)
        case Principal.administrator.userID: Message(.shellUserAdministrator).text(in: language)
        default: String(number)
        }
    }

    /// One value for the sheet of a record: with the stored code or number beside what stands for it.
    func longText(_ value: Value, of field: FieldDefinition) -> String {
        let text = text(value, of: field)
        switch (value, field.type) {
        case (.text(let code), .picklist) where code != text:
            return "\(text) (\(code))"
        case (.integer(let number), .reference(let target, _)):
            let id = RecordID(object: target, number: number).description
            return text == id ? id : "\(text) (\(id))"
        default:
            return text
        }
    }
}
