internal import CRMModel
internal import CRMRecords

extension Importer {
    /// Saves the row, or refuses it.
    ///
    /// - Throws: `PlatformError` when it does not concern the row alone.
    mutating func importRow(_ session: RecordSession, _ language: Language) throws(PlatformError) {
        if let problem = row.problem {
            refuse([problem.message], language)
            return
        }
        if !row.notes.isEmpty {
            let wrong = row.notes.filter(columns.concerns)
            if !wrong.isEmpty { return refuse(wrong.map { [row] in $0.message(row: row.number) }, language) }
        }
        do {
            let saved = try save(session)
            if !saved.result.warnings.isEmpty { summary.rowsWithWarnings += 1 }
            if saved.result.isReplay {
                summary.replayed += 1
            } else if saved.isUpdate {
                summary.updated += 1
            } else {
                summary.created += 1
            }
        } catch {
            if let lost = session.lostBy {
                session.describeLoss(named(lost))
                throw error
            }
            guard Self.isOfRow(error.code) else { throw error }
            let issues = error.issues
            let messages = issues.isEmpty ? [error.message] : issues.map(columns.message)
            if isDuplicate(issues) {
                let existing = issues.lazy.compactMap(\.conflicting).first
                refuse(messages, language, isDuplicate: true, conflicting: existing)
            } else {
                refuse(messages, language)
            }
        }
    }

    /// Whether a row was refused because its record is there already: by the duplicate rules, or, when rows are not
    /// matched by a key, by a field that is unique.
    private func isDuplicate(_ issues: [FieldIssue]) -> Bool {
        guard !issues.isEmpty else { return false }
        if issues.allSatisfy({ $0.code == "duplicate" }) { return true }
        return columns.key.isEmpty && !isUpdate && issues.contains { $0.code == "unique" }
    }

    /// A limit that struck a plugin's code in a row takes back the whole batch, so the import ends and names the row.
    private func named(_ error: PlatformError) -> PlatformError {
        var context = error.context
        context.row = row.number
        let place: [String: Message.Argument] = [
            "row": "\(row.number)", "line": "\(row.line)", "problem": .message(error.message),
        ]
        return PlatformError(
            error.code,
            Message(.importRow, place),
            issues: error.issues,
            context: context,
            cause: error.cause,
            traceback: error.traceback
        )
    }

    /// Whether an error concerns the row alone, so that the next one can be tried.
    private static func isOfRow(_ code: PlatformError.Code) -> Bool {
        switch code {
        case .invalidInput, .validationFailed, .notFound, .alreadyExists, .conflict, .hookRejected, .hookFailed,
            .limitExceeded:
            true
        default: false
        }
    }

    private mutating func refuse(
        _ messages: [Message],
        _ language: Language,
        isDuplicate: Bool = false,
        conflicting: RecordID? = nil
    ) {
        let problem = ImportSummary.Problem(
            row: row.number,
            line: row.line,
            isDuplicate: isDuplicate,
            conflicting: conflicting,
            messages: messages
        )
        summary.add(problem)
        errors?.add(row, reason: problem.reason(in: language))
    }

    private mutating func save(
        _ session: RecordSession
    ) throws(PlatformError) -> (result: SaveResult, isUpdate: Bool) {
        var saveOptions = SaveOptions()
        saveOptions.allowsExplicitCodes = true
        if let prefix = options.idempotencyPrefix { saveOptions.idempotencyKey = "\(prefix):\(row.number)" }
        fillInput()
        isUpdate = false
        guard !columns.key.isEmpty || columns.numberColumn != nil else {
            addDefaults()
            return (try session.create(object.name, input, saveOptions), false)
        }
        let finder = ImportRecordFinder(object: object, columns: columns)
        if let existing = try finder.record(for: row, input: input, in: session) {
            isUpdate = true
            return (try session.update(existing, input, saveOptions), true)
        }
        addDefaults()
        return (try session.create(object.name, input, saveOptions), false)
    }

    private mutating func fillInput() {
        input.removeAll()
        // Cells without a byte say nothing: new records get their defaults, and changed ones keep what they have.
        row.bytes.withUnsafeBufferPointer { bytes in
            for cell in columns.cells where cell.index < row.fields.count {
                let range = row.fields[cell.index]
                guard !range.isEmpty else { continue }
                let content = UnsafeBufferPointer(rebasing: bytes[range])
                if let meanings = cell.meanings,
                    let meaning = meanings[ImportColumns.plain(String(decoding: content, as: UTF8.self))]
                {
                    if !meaning.isEmpty { input.append(cell.field, .text(meaning)) }
                    continue
                }
                let value = cell.reader.value(content)
                input.append(
                    cell.field,
                    options.dayShift == 0 ? value : cell.reader.moved(value, days: options.dayShift)
                )
            }
        }
    }

    private mutating func addDefaults() {
        for (field, text) in defaults where input[field] == nil {
            guard options.dayShift != 0, let definition = object.field(field) else {
                input.append(field, .text(text))
                continue
            }
            input.append(field, ImportCell(definition).moved(.text(text), days: options.dayShift))
        }
    }
}
