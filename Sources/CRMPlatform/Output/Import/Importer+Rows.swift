internal import CRMModel
internal import CRMRecords

internal import struct Foundation.TimeZone

extension Importer {
    /// Saves the row, or refuses it.
    ///
    /// - Throws: `PlatformError` when it does not concern the row alone.
    mutating func importRow(_ session: RecordSession, _ language: Language) throws(PlatformError) {
        readNotes()
        for index in row.notes.indices where row.notes[index].place == nil {
            row.notes[index].encoding = summary.encoding
        }
        let wrong = row.notes.filter(columns.concerns)
        var messages = wrong.map { [row, columns] in $0.message(row: row.number, header: columns.header($0.column)) }
        // What stands in the other cells is not certain when the row as a whole is damaged.
        if wrong.contains(where: \.isOfRow) { return refuse(messages, language) }
        if let problem = row.problem {
            messages.append(problem.message(without: columns.ownColumns.count))
            return refuse(messages, language)
        }
        var unread = Set(wrong.map(\.column))
        messages += fillInput(&unread, session.timeZone)
        if !unread.isEmpty {
            messages += try otherProblems(than: unread, session)
            return refuse(messages, language)
        }
        do {
            let saved = try save(session)
            if let warnings = saved.result?.warnings, !warnings.isEmpty {
                summary.warn(
                    ImportSummary.Problem(
                        row: row.number,
                        line: row.line,
                        isDuplicate: false,
                        conflicting: warnings.lazy.compactMap(\.conflicting).first,
                        messages: warnings.map(columns.message)
                    )
                )
            }
            if saved.result?.isReplay == true {
                summary.replayed += 1
            } else if saved.isUpdate {
                // Of a marked row without edits nothing was saved, and a save that changes nothing writes nothing.
                if saved.result?.isChanged == true { summary.updated += 1 } else { summary.unchanged += 1 }
            } else {
                summary.created += 1
            }
            if let result = saved.result { noteGiven(result, session) }
            if options.takesAnyStage, let result = saved.result, result.isChanged {
                noteDaysOfToday(result.record, session)
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

    /// Counts the days that hooks have filled in with today, which in a document of the past is mostly not the day meant.
    private mutating func noteDaysOfToday(_ record: Record, _ session: RecordSession) {
        for (slot, field) in object.fields.enumerated() where !field.isSystem && input[field.name]?.isEmpty != false {
            switch record.values[slot] {
            case .date(session.today): summary.daysOfToday[field.name, default: 0] += 1
            case .instant(let moment) where moment.date(in: session.companyTimeZone) == session.today:
                summary.daysOfToday[field.name, default: 0] += 1
            default: break
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
    static func isOfRow(_ code: PlatformError.Code) -> Bool {
        switch code {
        case .invalidInput, .validationFailed, .notFound, .alreadyExists, .conflict, .hookRejected, .hookFailed,
            .limitExceeded, .permissionDenied:
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
        let columns = columns
        errors?.add(row, reason: problem.reason(in: language), isMarked: { columns.concerns($0) })
    }

    private mutating func save(
        _ session: RecordSession
    ) throws(PlatformError) -> (result: SaveResult?, isUpdate: Bool) {
        var saveOptions = SaveOptions()
        saveOptions.allowsExplicitCodes = true
        saveOptions.takesRecordNumbers = false
        saveOptions.takesAnyStage = options.takesAnyStage
        saveOptions.notesGiven = session.rewritten != nil
        session.originDetail = try originDetail(session)
        defer { session.originDetail = OriginDetail() }
        if let prefix = options.idempotencyPrefix {
            saveOptions.idempotencyKey = "\(prefix):\(row.number)"
            saveOptions.idempotencyContent = cells
        }
        isUpdate = false
        if let column = columns.markColumn, !row.isBlank(column) {
            return try saveMarked(row.string(column), session, saveOptions)
        }
        guard !columns.key.isEmpty || columns.numberColumn != nil else {
            addDefaults()
            return (try session.create(object.name, input, saveOptions), false)
        }
        let finder = ImportRecordFinder(object: object, columns: columns)
        if let existing = try finder.record(for: row, input: input, in: session) {
            try refuseSecondRow(of: existing)
            isUpdate = true
            // What has found the record says the same as it has, however the file writes it.
            var changes = input
            for index in columns.key { changes[columns.columns[index].field.name] = nil }
            let result = try session.update(existing, changes, saveOptions)
            savedRows[existing.number] = row.number
            return (result, true)
        }
        addDefaults()
        let result = try session.create(object.name, input, saveOptions)
        savedRows[result.record.id] = row.number
        return (result, false)
    }

    /// What the history is to say of the row beside that it was imported.
    private func originDetail(_ session: RecordSession) throws(PlatformError) -> OriginDetail {
        var detail = OriginDetail()
        detail.takesAnyStage = options.takesAnyStage
        if let column = columns.originColumn, !row.isBlank(column), let mark = RecordMark(row.string(column)),
            mark.record.object == object.name, try session.isForeign(mark)
        {
            detail.company = mark.origin
            detail.record = mark.record
        }
        return detail
    }

    /// Two rows of one file would write over each other, and the last one would win unseen.
    private mutating func refuseSecondRow(of record: RecordID) throws(PlatformError) {
        guard let first = savedRows[record.number], first != row.number else { return }
        // It is refused again where it stands alone, in the file of refused rows.
        let column = columns.markColumn ?? columns.numberColumn ?? columns.key.first.map { columns.cells[$0].index }
        if let column { row.notes.append(CellNote(column: column, kind: .second(first))) }
        throw PlatformError(
            .invalidInput,
            Message(
                columns.markColumn == nil ? .importSameRecord : .importSameMark,
                [
                    "row": "\(first)", "record": .text(record.description), "heading": .text(RecordMark.heading),
                ]
            )
        )
    }

    /// Saves a row that an export has written: into its record in the company that wrote it, as a new one in another.
    ///
    /// No result when nothing in it was edited.
    private mutating func saveMarked(
        _ mark: String,
        _ session: RecordSession,
        _ options: SaveOptions
    ) throws(PlatformError) -> (result: SaveResult?, isUpdate: Bool) {
        let recognised = try session.recognised(mark, in: object.name)
        let written = RecordMark(mark)?.cells
        if try session.readMoments(&input, of: object, by: written), let zone = written?.zone {
            summary.otherZones[zone, default: 0] += 1
        }
        guard case .known(let record, let values) = recognised else {
            summary.strangers += 1
            addDefaults()
            return (try createStranger(mark, session, options), false)
        }
        try refuseSecondRow(of: record.recordID)
        isUpdate = true
        summary.recognised += 1
        for cell in columns.cells
        where cell.index < row.fields.count && row.isBlank(cell.index) && cell.reading?.keeps != true
            && input[cell.field] == nil
        {
            input.append(cell.field, .value(.null))
        }
        let edits = try session.edits(input, of: record, written: values, cells: written)
        if edits.entries.isEmpty {
            savedRows[record.id] = row.number
            return (nil, true)
        }
        let result = try session.update(record.recordID, edits, options)
        summary.emptied += edits.entries.count { $0.value.isEmpty }
        savedRows[record.id] = row.number
        return (result, true)
    }

    /// Makes a record of a row that another company has written; a row that was taken before makes no second one.
    ///
    /// A code that both companies have counted says nothing: when another record has it here, the row gets a new one.
    private mutating func createStranger(
        _ mark: String,
        _ session: RecordSession,
        _ given: SaveOptions
    ) throws(PlatformError) -> SaveResult {
        var input = input
        var options = given
        var isRenumbered = false
        for field in object.fields where field.type == .autoNumber {
            guard let code = input[field.name]?.code else { continue }
            options.idempotencyCodes.append(TextNormalisation.trimmed(code))
            guard try session.isTaken(code, of: field, by: input, in: object.name) else { continue }
            input[field.name] = nil
            isRenumbered = true
        }
        if options.idempotencyKey == nil, let mark = RecordMark(mark) {
            options.idempotencyKey = "import:\(mark.record)@\(mark.origin)"
            options.idempotencyContent = cells
            options.remakesDeleted = true
        }
        do throws(PlatformError) {
            let result = try session.create(object.name, input, options)
            if isRenumbered, !result.isReplay { summary.renumbered += 1 }
            return result
        } catch {
            guard given.idempotencyKey == nil else { throw error }
            switch error.message.key?.id {
            case "record.idempotency_reused":
                let record = error.context.record.map { "\(object.name)/\($0)" } ?? object.name.rawValue
                throw PlatformError(
                    .conflict,
                    Message(.importStrangerChanged, ["record": .text(record), "heading": .text(RecordMark.heading)]),
                    context: error.context
                )
            default: throw error
            }
        }
    }

    /// All cells of the row, so that the same row is known again.
    private var cells: String {
        row.fields.map { range in
            let content = row.bytes[range]
            return "\(content.count):" + String(decoding: content, as: UTF8.self)
        }.joined()
    }

    /// Takes the notes that cells of an error file carry, finds cells that hold what spreadsheets write for errors, and
    /// puts units that formats show beside numbers into the cells.
    private mutating func readNotes() {
        for index in row.fields.indices {
            let first = row.bytes[row.fields[index]].first
            if first == UInt8(ascii: "[") {
                guard let (note, text) = CellNote.read(row.string(index), column: index) else { continue }
                row.replace(index, with: text)
                row.notes.append(note)
            } else if first == UInt8(ascii: "#"), row.fields[index].count < 24 {
                guard CellNote.isErrorText(row.string(index)), !row.notes.contains(where: { $0.column == index }) else {
                    continue
                }
                row.notes.append(CellNote(column: index, kind: .errorText))
            }
        }
        for note in row.notes {
            if let text = columns.text(of: note) { row.replace(note.column, with: text) }
        }
        for index in columns.namelessColumns where !row.isBlank(index) { namelessSeen.insert(index) }
    }

    /// What else the save would say of a row of which some cells cannot be read, so that all is mended at once: of values
    /// that are given or missing, not what rules, validators and hooks would say of a record that is not whole.
    private func otherProblems(than unread: Set<Int>, _ session: RecordSession) throws(PlatformError) -> [Message] {
        let names = Set(columns.cells.filter { unread.contains($0.index) }.map(\.field))
        let isNew = columns.key.isEmpty && columns.numberColumn == nil && columns.markColumn.map(row.isBlank) != false
        return try session.objections(to: input, of: object.name, isNew: isNew)
            .filter { issue in issue.field.map { !names.contains($0) } ?? true }
            .map(columns.message)
    }

    /// Makes the input of the cells but those in `unread`, and says which of them cannot be read as the mapping asks.
    private mutating func fillInput(_ unread: inout Set<Int>, _ zone: TimeZone) -> [Message] {
        input.removeAll()
        var problems: [Message] = []
        // Cells with nothing but blanks say nothing: new records get their defaults, and changed ones keep what they have.
        for cell in columns.cells where cell.index < row.fields.count && !unread.contains(cell.index) {
            if row.isBlank(cell.index) {
                if cell.reading?.clears == true { input.append(cell.field, .value(.null)) }
                continue
            }
            if cell.meanings == nil, cell.reading == nil {
                let value = row.withBytes(cell.index) { cell.reader.value($0) }
                input.append(
                    cell.field,
                    options.dayShift == 0 ? value : cell.reader.moved(value, days: options.dayShift)
                )
            } else {
                do throws(InputProblem) {
                    if let value = try self.value(cell) { input.append(cell.field, value) }
                } catch {
                    unread.insert(cell.index)
                    let text = DisplayWidth.escapingControls(String(row.string(cell.index).prefix(60)))
                    problems.append(
                        Message(
                            .importCell,
                            [
                                "column": .text(columns.header(cell.index)), "value": .text(text),
                                "problem": .message(error.message(in: zone)),
                            ]
                        )
                    )
                }
            }
            if cell.isPercent { countSmall(cell) }
        }
        return problems
    }

    /// The input of a cell for which the mapping says something; nil when it stands for nothing.
    private func value(_ cell: ImportColumns.Cell) throws(InputProblem) -> InputValue? {
        let text = FormulaGuard.unguarded(row.string(cell.index))
        let value: InputValue
        if let meaning = cell.meanings?[ImportColumns.plain(text)] {
            guard !meaning.isEmpty else { return nil }
            value = .text(meaning)
        } else if let reading = cell.reading, let field = object.field(cell.field),
            let read = try reading.value(text, for: field)
        {
            value = read
        } else {
            value = row.withBytes(cell.index) { cell.reader.value($0) }
        }
        return options.dayShift == 0 ? value : cell.reader.moved(value, days: options.dayShift)
    }

    private mutating func countSmall(_ cell: ImportColumns.Cell) {
        guard case .value(.decimal(let number))? = input[cell.field], number != .zero else { return }
        let count = smallPercents[cell.index, default: 0]
        let isSmall = number > FixedDecimal(-1) && number < FixedDecimal(1)
        smallPercents[cell.index] = isSmall && count >= 0 ? count + 1 : -1
    }

    private mutating func addDefaults() {
        for (field, text) in defaults where input[field]?.isEmpty != false {
            guard options.dayShift != 0, let definition = object.field(field) else {
                input[field] = .text(text)
                continue
            }
            input[field] = ImportCell(definition).moved(.text(text), days: options.dayShift)
        }
    }
}

extension InputValue {
    /// Whether nothing is given.
    fileprivate var isEmpty: Bool { if case .value(.null) = self { true } else { false } }

    /// The text of a code.
    fileprivate var code: String? {
        switch self {
        case .text(let text), .value(.text(let text)): text
        default: nil
        }
    }
}
