public import CRMModel
internal import CRMRecords

/// Imports a CSV file or a sheet of a workbook into an object, row by row through the one way on which records are saved.
///
/// Each row is saved or refused by itself; a refused row leaves nothing behind and does not hold up the others. Rows
/// whose record is there already are counted apart and not saved. Memory stays flat however long the file is.
public struct Importer {
    /// The headings of the file.
    public let headers: [String]

    private let object: ObjectDefinition
    private let options: ImportOptions
    private let columns: ImportColumns
    private let defaults: [(field: FieldName, text: String)]
    private let clock = ContinuousClock()

    private var source: ImportSource
    private var summary: ImportSummary
    private var errors: ImportErrorFile?
    private var row = CSVRow()
    private var input = RecordInput()
    private var started: ContinuousClock.Instant
    private var lastReport: ContinuousClock.Instant
    private var isAtEnd = false
    /// Whether `row` holds a row that is still to be imported.
    private var isRowWaiting = false
    /// The rows of the batch, while its saves go without savepoints; for the case that it must be done again.
    private var taken: [CSVRow] = []
    /// Rows of a batch that is done again, in the order of the file, before any further one is read.
    private var again: ArraySlice<CSVRow> = []
    /// Whether every save gets a savepoint.
    private var isCareful = false
    /// Whether the row that is being saved has found its record.
    private var isUpdate = false

    /// Opens a file and finds out which column goes where; nothing is imported yet.
    ///
    /// - Throws: `PlatformError`: the file cannot be read, is empty, has headings twice or too many columns; the headings
    ///   or the mapping do not fit the object.
    public init(
        object: ObjectDefinition,
        path: String,
        mapping: ImportMapping = ImportMapping(),
        options: ImportOptions = ImportOptions()
    ) throws(PlatformError) {
        try self.init(object: object, source: ImportSource(path: path, options: options), mapping, options)
    }

    /// Takes the bytes of a file, as `init(object:path:…)` takes a file.
    ///
    /// - Throws: `PlatformError`, as the other initialiser does.
    public init(
        object: ObjectDefinition,
        bytes: [UInt8],
        mapping: ImportMapping = ImportMapping(),
        options: ImportOptions = ImportOptions()
    ) throws(PlatformError) {
        try self.init(object: object, source: ImportSource(bytes: bytes, options: options), mapping, options)
    }

    private init(
        object: ObjectDefinition,
        source: ImportSource,
        _ mapping: ImportMapping,
        _ options: ImportOptions
    ) throws(PlatformError) {
        guard 1...100_000 ~= options.batchSize, options.firstRow >= 1 else {
            throw PlatformError(.invalidInput, Message(.importOptions))
        }
        self.source = source
        headers = source.headers
        self.object = object
        self.options = options
        columns = try ImportColumns(object: object, headers: headers, mapping: mapping)
        defaults = columns.defaults
        summary = ImportSummary(object: object, isDryRun: options.isDryRun, encoding: source.encoding)
        summary.sheet = source.sheet
        errors = options.errorFile.map { [columns, headers] sink in
            ImportErrorFile(headers: headers, left: columns.ownColumns, dialect: source.dialect, sink: sink)
        }
        summary.warnings += source.remarks
        if !columns.unknown.isEmpty {
            summary.warnings.append(
                Message(.importUnknownColumns, ["names": .text(ImportColumns.list(columns.unknown))])
            )
        }
        started = clock.now
        lastReport = started
    }

    /// The fields that the columns go into, by heading, in the order of the file.
    public var mapping: [(header: String, field: FieldName)] { columns.columns.map { ($0.header, $0.field.name) } }

    /// Imports the rows; to be called once.
    ///
    /// - Parameters:
    ///   - target: Gives the transactions.
    ///   - language: The language of the error file.
    /// - Returns: What was done.
    /// - Throws: `PlatformError` when the store fails or the principal may not write; the transactions before are kept,
    ///   and the error names the row to go on from.
    public mutating func run(
        into target: any ImportTarget,
        language: Language = .zhCN
    ) throws(PlatformError)
        -> ImportSummary
    {
        started = clock.now
        lastReport = started
        try skipRows()
        if options.isDryRun {
            try tryOut(target, language)
        } else {
            while !isAtEnd { try keepBatch(target, language) }
        }
        report(force: true)
        if summary.rows == 0, summary.skipped == 0, summary.stoppedBeforeRow == nil {
            summary.warnings.append(Message(.importNoRows))
        }
        summary.encoding = source.encoding
        summary.warnings += source.lastRemarks
        summary.elapsed = clock.now - started
        return summary
    }

    // MARK: - Transactions

    private mutating func tryOut(_ target: any ImportTarget, _ language: Language) throws(PlatformError) {
        var isTriedOut = false
        isCareful = true
        do {
            try target.batch { session throws(PlatformError) in
                while !isAtEnd {
                    try importBatch(session, language)
                    try flushErrors()
                }
                isTriedOut = true
                // The one way to have a transaction undone is to throw.
                throw PlatformError(.cancelled, Message(.importUndone))
            }
        } catch {
            guard isTriedOut else { throw error }
        }
    }

    private mutating func keepBatch(_ target: any ImportTarget, _ language: Language) throws(PlatformError) {
        let first = nextNumber
        let before = (summary, errors)
        var isHalfSaved = false
        taken.removeAll(keepingCapacity: true)
        do {
            try target.batch { session throws(PlatformError) in
                // Rows are mostly refused before anything of them is written, so savepoints are rarely needed.
                session.goesWithoutSavepoints = !isCareful
                defer { isHalfSaved = session.isHalfSaved }
                try importBatch(session, language)
            }
        } catch {
            (summary, errors) = before
            if isHalfSaved {
                // Nothing of the batch was kept. It is done again with a savepoint for each save, as is all that follows.
                isCareful = true
                isAtEnd = false
                again = taken[...]
                return
            }
            var context = error.context
            context.row = context.row ?? first
            throw PlatformError(
                error.code,
                Message(.importBatchFailed, ["row": "\(first)"]),
                issues: [FieldIssue(field: nil, code: "batch", message: error.message)] + error.issues,
                context: context,
                cause: error.cause,
                traceback: error.traceback
            )
        }
        try flushErrors()
    }

    private mutating func flushErrors() throws(PlatformError) {
        do {
            try errors?.flush()
        } catch {
            throw PlatformError(.storage, Message(.errorFileFailed), cause: error)
        }
    }

    /// The number of the row that comes next, as far as it is known.
    private var nextNumber: Int { again.first?.number ?? (isRowWaiting ? row.number : source.rowNumber + 1) }

    private mutating func nextRow() throws(PlatformError) -> Bool {
        if isRowWaiting {
            isRowWaiting = false
            return true
        }
        if let known = again.popFirst() {
            row = known
            return true
        }
        return try source.next(&row)
    }

    private mutating func importBatch(_ session: RecordSession, _ language: Language) throws(PlatformError) {
        for count in 0..<options.batchSize {
            if let isCancelled = options.isCancelled, isCancelled() {
                summary.stoppedBeforeRow = nextNumber
                isAtEnd = true
                return
            }
            guard try nextRow() else {
                isAtEnd = true
                return
            }
            if !isCareful { taken.append(row) }
            if row.problem == nil, row.notes.isEmpty, row.isBlank { continue }
            summary.rows += 1
            try importRow(session, language)
            if count % 100 == 99 { report(force: false) }
        }
    }

    private mutating func skipRows() throws(PlatformError) {
        guard options.firstRow > 1 else { return }
        while try nextRow() {
            guard row.number < options.firstRow else {
                isRowWaiting = true
                return
            }
            summary.skipped += 1
        }
        isAtEnd = true
    }

    private mutating func report(force: Bool) {
        guard let progress = options.progress else { return }
        let now = clock.now
        guard force || now - lastReport >= .milliseconds(100) else { return }
        lastReport = now
        progress(
            ImportProgress(
                rows: summary.rows,
                bytes: source.bytesRead,
                totalBytes: source.totalBytes,
                elapsed: now - started
            )
        )
    }

    // MARK: - Rows

    private mutating func importRow(_ session: RecordSession, _ language: Language) throws(PlatformError) {
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
                input.append(cell.field, cell.reader.value(content))
            }
        }
    }

    private mutating func addDefaults() {
        for (field, text) in defaults where input[field] == nil { input.append(field, .text(text)) }
    }
}
