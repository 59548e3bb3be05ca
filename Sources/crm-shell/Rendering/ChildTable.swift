import CRMPlatform

/// The first of the records that belong to a shown one by a children field.
struct ChildTable {
    /// How many are shown at most.
    static let limit = 10

    /// The children field.
    let field: FieldDefinition
    /// The object of the children.
    let object: ObjectDefinition
    /// Their field that refers to the shown record.
    let via: FieldName
    /// The columns.
    let columns: [FieldDefinition]
    /// The first ones.
    let records: [Record]
    /// How many there are.
    let count: Int64
    /// How their values are put into words.
    let words: FieldText

    /// The table under the label of the field and the number of records; where the rest is when there are more.
    func text(width: Int?, parent: RecordID) -> String {
        let language = words.formatter.language
        let label = DisplayWidth.escapingControls(field.label.text(in: language))
        var text = "\n— \(label) (\(count)) —\n"
        guard !records.isEmpty else { return text }
        var rendering = RecordRendering(fields: words, width: width)
        rendering.hiddenHint = .shellHiddenHintWide
        text += rendering.table(records, columns: columns)
        if count > Int64(records.count) {
            let rest = Message(
                .shellMoreChildren,
                [
                    "count": .text(String(records.count)), "object": .text(object.name.rawValue),
                    "condition": .text("\(via) = '\(parent)'"),
                ]
            )
            text += rest.text(in: language) + "\n"
        }
        return text
    }

    /// `{count, records}`.
    var json: JSONValue {
        ["count": .integer(count), "records": .list(records) { RecordRendering.json($0) }]
    }
}
