internal import CRMModel
internal import CRMRecords

/// Finds the record that a row of an import is to change.
struct ImportRecordFinder {
    let object: ObjectDefinition
    let columns: ImportColumns

    /// The record with the row's key, nil when there is none and a new one is to be made.
    ///
    /// - Throws: `invalidInput` when a key cell is empty or more than one record has the key; `notFound` when the row
    ///   names a number that no record has.
    func record(for row: CSVRow, input: RecordInput, in session: RecordSession) throws(PlatformError) -> RecordID? {
        if let column = columns.numberColumn { return try byNumber(row.string(column), in: session) }
        var conditions: [String] = []
        var parameters: [Value] = []
        for index in columns.key {
            let field = columns.columns[index].field
            guard let value = input[field.name].flatMap({ Self.stored($0, field) }), !value.isNull else {
                throw PlatformError(.invalidInput, Message(.importKeyMissing, ["field": .label(field.label)]))
            }
            conditions.append("\(field.name) = ?")
            parameters.append(value)
        }
        let found = try session.find(
            Query(object: object.name, filter: conditions.joined(separator: " and "), parameters: parameters, limit: 2)
        ).records
        if found.count > 1 {
            throw PlatformError(
                .invalidInput,
                Message(
                    .importKeyNotUnique,
                    ["first": .text(found[0].recordID.description), "second": .text(found[1].recordID.description)]
                )
            )
        }
        return found.first?.recordID
    }

    private func byNumber(_ text: String, in session: RecordSession) throws(PlatformError) -> RecordID? {
        let trimmed = TextNormalisation.halfWidth(TextNormalisation.trimmed(text))
        if trimmed.isEmpty { return nil }
        let id = RecordID(trimmed) ?? Int64(trimmed).map { RecordID(object: object.name, number: $0) }
        guard let id, id.object == object.name, try session.get(id) != nil else {
            throw PlatformError(.notFound, Message(.importNoRecord, ["number": .text(String(trimmed.prefix(60)))]))
        }
        return id
    }

    /// The value as records of the object have it, so that it can be looked for.
    private static func stored(_ input: InputValue, _ field: FieldDefinition) -> Value? {
        switch input {
        case .value(.text(let text)):
            let trimmed = TextNormalisation.trimmed(text)
            switch field.type {
            case .email, .phone, .autoNumber: return .text(TextNormalisation.halfWidth(trimmed))
            default: return trimmed.isEmpty ? .null : .text(trimmed)
            }
        case .value(let value): return value
        case .text(let text):
            switch field.storage {
            case .integer: return (try? LenientInput.integer(text)).map { .integer($0) }
            case .scaled(let scale): return (try? LenientInput.decimal(text, scale: scale)).map { .decimal($0) }
            case .date: return (try? LenientInput.date(text)).map { .date($0) }
            default: return nil
            }
        case .rows: return nil
        }
    }
}
