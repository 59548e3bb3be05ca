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
            guard let given = input[field.name], case let value = try session.value(given, for: field), !value.isNull
            else { throw PlatformError(.invalidInput, Message(.importKeyMissing, ["field": .label(field.label)])) }
            values.append((field.name, value))
        }
        let found = try session.numbers(of: object.name, having: values, limit: 2).map {
            RecordID(object: object.name, number: $0)
        }
        if found.count > 1 {
            throw PlatformError(
                .invalidInput,
                Message(
                    .importKeyNotUnique,
                    ["first": .text(found[0].description), "second": .text(found[1].description)]
                )
            )
        }
        return found.first
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
}
