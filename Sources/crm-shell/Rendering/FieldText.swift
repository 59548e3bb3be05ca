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
        let text = formatter.text(value, of: field)
        guard case .percent = field.type, text.last == "%", field.label.saysPercent(in: formatter.language) else {
            return text
        }
        return String(text.dropLast())
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
