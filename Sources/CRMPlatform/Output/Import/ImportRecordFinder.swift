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
        var values: [(field: FieldName, value: Value)] = []
        values.reserveCapacity(columns.key.count)
        for index in columns.key {
            let field = columns.columns[index].field
            guard let given = input[field.name], case let value = try session.value(given, for: field),
                !value.isNull
            else { throw PlatformError(.invalidInput, Message(.importKeyMissing, ["field": .label(field.label)])) }
            values.append((field.name, Self.code(given, field) ?? value))
        }
        var found = try session.numbers(of: object.name, having: values, limit: 2)
        if found.isEmpty {
            // Hooks may bring a key into the company's own form, such as a number without its hyphens.
            let stored = try session.prepared(input, values.map(\.field), of: object.name)
            if let stored, zip(stored, values).contains(where: { $0 != $1.value }), !stored.contains(where: \.isNull) {
                for index in values.indices { values[index].value = stored[index] }
                found = try session.numbers(of: object.name, having: values, limit: 2)
            }
        }
        let records = found.map { RecordID(object: object.name, number: $0) }
        if records.count > 1 {
            throw PlatformError(
                .invalidInput,
                Message(
                    .importKeyNotUnique,
                    ["first": .text(records[0].description), "second": .text(records[1].description)]
                )
            )
        }
        return records.first
    }

    /// A code as it is written, which those of rules and of earlier versions may be kept as; nil for every other field.
    private static func code(_ given: InputValue, _ field: FieldDefinition) -> Value? {
        guard case .autoNumber = field.type else { return nil }
        switch given {
        case .text(let text), .value(.text(let text)):
            return .text(TextNormalisation.halfWidth(TextNormalisation.trimmed(text)))
        default: return nil
        }
    }

    private func byNumber(_ text: String, in session: RecordSession) throws(PlatformError) -> RecordID? {
        let trimmed = TextNormalisation.halfWidth(TextNormalisation.trimmed(text))
        if trimmed.isEmpty { return nil }
        if let written = WrittenReference(trimmed) {
            let body = written.body.split(separator: " ").first.map(String.init) ?? ""
            guard let id = RecordID(body), id.object == object.name, try session.isOurs(written),
                try session.get(id) != nil
            else {
                throw PlatformError(.notFound, Message(.importNoRecord, ["number": .text(String(trimmed.prefix(60)))]))
            }
            return id
        }
        let id = RecordID(trimmed) ?? Int64(trimmed).map { RecordID(object: object.name, number: $0) }
        guard let id, id.object == object.name, try session.get(id) != nil else {
            throw PlatformError(
                .notFound,
                Message(.importNoRecord, ["number": .text(TextLimits.prefix(trimmed, characters: 60))])
            )
        }
        return id
    }
}
