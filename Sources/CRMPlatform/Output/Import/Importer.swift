public import CRMModel
package import CRMRecords

internal import struct Foundation.TimeZone

/// Imports a CSV file or a sheet of a workbook into an object, row by row through the one way on which records are saved.
///
/// Each row is saved or refused by itself; a refused row leaves nothing behind and does not hold up the others. Rows
/// whose record is there already are counted apart and not saved. Memory stays flat however long the file is.
public struct Importer {
    /// Runs a body in one transaction, kept when it returns and undone when it throws: whoever has the file open gives them.
    package typealias Unit = ((RecordSession) throws(PlatformError) -> Void) throws(PlatformError) -> Void

    /// The headings of the file.
    public let headers: [String]

    let object: ObjectDefinition
    let options: FileImport
    private var progress: ((ImportProgress) -> Void)?
    private var isCancelled: (() -> Bool)?
    let columns: ImportColumns
    let defaults: [(field: FieldName, text: String)]
    private let clock = ContinuousClock()

    private var source: ImportSource
    var summary: ImportSummary
    var errors: ImportErrorFile?
    var row = CSVRow()
    var input = RecordInput()
    private var started: ContinuousClock.Instant
    private var lastReport: ContinuousClock.Instant
    private var isAtEnd = false
    /// Whether the object had records before the first row; nil until that was asked.
    private var hadRecords: Bool?
    /// Whether `row` holds a row that is still to be imported.
    private var isRowWaiting = false
    /// The rows of the batch, while its saves go without savepoints; for the case that it must be done again.
    private var taken: [CSVRow] = []
    /// Rows of a batch that is done again, in the order of the file, before any further one is read.
    private var again: ArraySlice<CSVRow> = []
    /// Whether every save gets a savepoint.
    private var isCareful = false
    /// Whether each row of the batch settles for itself, because the batch could not be settled as a whole.
    private var settlesRows = false
    private var hasUnsettled = false
    /// What the rows of the batch have given, when hooks may put something else in its place.
    var givenRows: [GivenRow] = []
    /// Whether the row that is being saved has found its record.
    var isUpdate = false
    /// The identifier of the time zone in which moments without a zone are read.
    private var zoneHere = ""
    /// The record that each row has been saved into, by its number, when rows find their records by a key.
    var savedRows: [Int64: Int] = [:]
    /// The columns without a heading in which something stood.
    var namelessSeen: Set<Int> = []
    /// For each percentage column, how many cells hold a number between -1 and 1 without a percent sign; less than 0 once
    /// another number stands in it, as in a column of percentages.
    var smallPercents: [Int: Int] = [:]

    /// Opens a file and finds out which column goes where; nothing is imported yet.
    ///
    /// - Throws: `PlatformError`: the file cannot be read, is empty, has headings twice or too many columns; the headings
    ///   or the mapping do not fit the object.
    public init(
        object: ObjectDefinition,
        path: String,
        mapping: ImportMapping = ImportMapping(),
        options: FileImport = FileImport()
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
        options: FileImport = FileImport()
    ) throws(PlatformError) {
        try self.init(object: object, source: ImportSource(bytes: bytes, options: options), mapping, options)
    }

    private init(
        object: ObjectDefinition,
        source: ImportSource,
        _ mapping: ImportMapping,
        _ options: FileImport
    ) throws(PlatformError) {
        guard 1...100_000 ~= options.batchSize, options.fromRow >= 1 else {
            throw PlatformError(.invalidInput, Message(.importOptions))
        }
        self.source = source
        headers = source.headers
        self.object = object
        self.options = options
        columns = try ImportColumns(object: object, headers: headers, mapping: mapping, place: source.headerPlace)
        defaults = columns.defaults
        summary = ImportSummary(object: object, isDryRun: options.isDryRun, encoding: source.encoding)
        summary.sheet = source.sheet
        summary.hasErrorFile = options.errorFile != nil
        summary.warnings += source.remarks
        if !columns.unknown.isEmpty {
            summary.unknownColumns = columns.unknown.map(\.header)
            let names = columns.unknown.map { unknown in
                unknown.near.map { "\(unknown.header) (→ \($0)?)" } ?? unknown.header
            }
            summary.warnings.append(Message(.importUnknownColumns, ["names": .text(ImportColumns.list(names))]))
        }
        started = clock.now
        lastReport = started
    }

    /// The fields that every row gives a value to, from a column or from the mapping.
    package var fieldsFilled: [FieldName] { columns.columns.map(\.field.name) + columns.defaults.map(\.field) }

    /// The fields that the columns go into, by heading, in the order of the file.
    public var mapping: [(header: String, field: FieldName)] { columns.columns.map { ($0.header, $0.field.name) } }

    /// Imports the rows; to be called once.
    ///
    /// - Parameters:
    ///   - errorFile: Takes the bytes of the error file: the rows refused, as CSV after two columns with their number and the
    ///     reasons.
    ///   - progress: Is told now and then how far the import is, at most about ten times a second.
    ///   - isCancelled: Is asked between rows whether to stop; what is in stays in.
    ///   - unit: Gives the transactions.
    /// - Returns: What was done.
    /// - Throws: `PlatformError` when the store fails or the principal may not write; the transactions before are kept,
    ///   and the error names the row to go on from.
    package mutating func run(
        errorFile: (([UInt8]) throws -> Void)? = nil,
        progress: ((ImportProgress) -> Void)? = nil,
        isCancelled: (() -> Bool)? = nil,
        inUnits unit: Unit
    ) throws(PlatformError) -> ImportSummary {
        self.progress = progress
        self.isCancelled = isCancelled
        started = clock.now
        lastReport = started
        errors = errorFile.map { [columns, headers, source, options] sink in
            ImportErrorFile(
                headers: headers,
                left: columns.ownColumns,
                dialect: source.dialect,
                language: options.language,
                isTaken: columns.isField,
                sink: sink
            )
        }
        try skipRows()
        if options.isDryRun {
            try tryOut(unit, options.language)
        } else {
            while !isAtEnd { try keepBatch(unit, options.language) }
        }
        report(force: true)
        addLateWarnings()
        if summary.rows == 0, summary.stoppedBeforeRow == nil {
            summary.warnings.append(Message(summary.skipped == 0 ? .importNoRows : .importNothingLeft))
        }
        summary.encoding = source.encoding
        summary.warnings += source.lastRemarks
        summary.elapsed = clock.now - started
        return summary
    }

    // MARK: - Transactions

    private mutating func tryOut(_ unit: Unit, _ language: Language) throws(PlatformError) {
        var isTriedOut = false
        isCareful = true
        do {
            try unit { session throws(PlatformError) in
                while !isAtEnd {
                    let first = nextNumber
                    let before = (summary, errors, smallPercents)
                    taken.removeAll(keepingCapacity: true)
                    do throws(PlatformError) {
                        try session.savepoint { () throws(PlatformError) in try importSettled(session, language) }
                    } catch {
                        (summary, errors, smallPercents) = before
                        savedRows = savedRows.filter { $0.value < first }
                        guard goAgainRowByRow() else { throw error }
                        continue
                    }
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

    private mutating func keepBatch(_ unit: Unit, _ language: Language) throws(PlatformError) {
        let first = nextNumber
        let before = (summary, errors, smallPercents)
        var isHalfSaved = false
        taken.removeAll(keepingCapacity: true)
        do {
            try unit { session throws(PlatformError) in
                // Rows are mostly refused before anything of them is written, so savepoints are rarely needed.
                session.goesWithoutSavepoints = !isCareful
                defer {
                    isHalfSaved = session.isHalfSaved
                    session.isDoneAgain = isHalfSaved || hasUnsettled
                }
                try importSettled(session, language)
            }
        } catch {
            (summary, errors, smallPercents) = before
            savedRows = savedRows.filter { $0.value < first }
            if goAgainRowByRow() { return }
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
                before.0.rows == 0 && before.0.skipped == 0
                    ? Message(.importNothingKept) : Message(.importBatchFailed, ["row": "\(first)"]),
                issues: [FieldIssue(field: nil, code: "batch", message: error.message)] + error.issues,
                context: context,
                cause: error.cause,
                traceback: error.traceback
            )
        }
        do throws(PlatformError) {
            try flushErrors()
        } catch {
            // The rows are kept: what was done is told, and where to go on.
            errors = nil
            summary.errorFileFailure = PlatformError(
                error.code,
                Message(.errorFileStopped, ["problem": .message(error.message), "row": "\(first)"]),
                cause: error
            )
            if !isAtEnd { summary.stoppedBeforeRow = nextNumber }
            isAtEnd = true
        }
    }

    /// Imports a batch, and then what hooks have put off until the lines of a document are all there.
    ///
    /// When that fails, nobody knows for which row: the batch is done again, and each row settles for itself.
    private mutating func importSettled(_ session: RecordSession, _ language: Language) throws(PlatformError) {
        try session.requireRight(.import, on: object.name)
        session.settling = settlesRows ? .atOnce : .late
        zoneHere = session.timeZone.identifier
        beginNoting(session)
        try importBatch(session, language)
        guard !settlesRows else {
            settlesRows = false
            return try lookAtKept(session, language)
        }
        do {
            try session.settleAll()
        } catch {
            hasUnsettled = session.lostBy == nil && Self.isOfRow(error.code)
            throw error
        }
        try lookAtKept(session, language)
    }

    /// Makes ready to do the batch again row by row, when it could not be settled as a whole.
    private mutating func goAgainRowByRow() -> Bool {
        guard hasUnsettled else { return false }
        hasUnsettled = false
        settlesRows = true
        isCareful = true
        isAtEnd = false
        again = taken[...]
        return true
    }

    private mutating func flushErrors() throws(PlatformError) {
        do {
            try errors?.flush()
        } catch let error as PlatformError {
            throw error
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
        do throws(PlatformError) {
            return try source.next(&row)
        } catch {
            guard error.code == .cancelled else { throw error }
            // The row that was being read is the one to go on with.
            summary.stoppedBeforeRow = max(nextNumber, options.fromRow)
            return false
        }
    }

    private mutating func importBatch(_ session: RecordSession, _ language: Language) throws(PlatformError) {
        // Others save between two batches, so a batch of slow rows is a short one.
        let end = clock.now + options.batchTime
        if hadRecords == nil, isBlind {
            hadRecords = try !session.find(Query(object: object.name, limit: 1)).records.isEmpty
        }
        for count in 0..<options.batchSize {
            if count > 0, clock.now >= end { return }
            if let isCancelled, isCancelled() {
                summary.stoppedBeforeRow = nextNumber
                isAtEnd = true
                return
            }
            guard try nextRow() else {
                isAtEnd = true
                return
            }
            if !isCareful || !settlesRows { taken.append(row.compact) }
            if row.problem == nil, row.notes.isEmpty, row.isBlank { continue }
            summary.rows += 1
            try importRow(session, language)
            if count % 100 == 99 { report(force: false) }
        }
    }

    private mutating func skipRows() throws(PlatformError) {
        guard options.fromRow > 1 else { return }
        while try nextRow() {
            guard row.number < options.fromRow else {
                isRowWaiting = true
                return
            }
            summary.skipped += 1
        }
        isAtEnd = true
        guard summary.stoppedBeforeRow == nil else { return }
        // The row after the last one is where an import that was stopped at its end goes on.
        guard summary.skipped > 0, row.number < options.fromRow - 1 else { return }
        throw PlatformError(
            .invalidInput,
            Message(.importBeyond, ["row": "\(options.fromRow)", "last": "\(row.number)"])
        )
    }

    /// Whether the file may be an export of which no row can be known as the record that it is: its headings are those of an
    /// export, and there is no mark, no key, and no value that only one record has or that a duplicate rule looks at.
    private var isBlind: Bool {
        guard columns.originColumn == nil, columns.key.isEmpty, columns.numberColumn == nil, columns.ownColumns.isEmpty,
            options.idempotencyPrefix == nil, hasExportedHeadings
        else { return false }
        let filled = Set(fieldsFilled)
        if object.fields.contains(where: { filled.contains($0.name) && ($0.isUnique || $0.type == .autoNumber) }) {
            return false
        }
        let groups =
            object.duplicateRules.map { $0.matches.map(\.field) } + object.indexes.filter(\.isUnique).map(\.fields)
        return !groups.contains { filled.isSuperset(of: $0) }
    }

    /// Whether all headings are API names, or all labels of one language, as exports write them.
    private var hasExportedHeadings: Bool {
        let names = Set(object.fields.map(\.name.rawValue))
        return headers.allSatisfy(names.contains)
            || Language.allCases.contains { language in
                let labels = Set(object.fields.map { $0.label.text(in: language) })
                return headers.allSatisfy(labels.contains)
            }
    }

    private mutating func addLateWarnings() {
        if hadRecords == true, summary.created > 0 {
            summary.warnings.append(
                Message(
                    options.isDryRun ? .importAllWouldBeNew : .importAllNew,
                    ["count": "\(summary.created)", "heading": .text(RecordMark.heading)]
                )
            )
        }
        for (zone, count) in summary.otherZones.sorted(by: { $0.key < $1.key }) {
            summary.warnings.append(
                Message(.importOtherZone, ["count": "\(count)", "zone": .text(zone), "here": .text(zoneHere)])
            )
        }
        for field in object.fields {
            guard let count = summary.daysOfToday[field.name] else { continue }
            summary.warnings.append(Message(.importToday, ["field": .label(field.label), "count": "\(count)"]))
        }
        for field in object.fields {
            if let lost = summary.notKept.first(where: { $0.field == field.name }) {
                summary.warnings.append(lost.message)
            }
        }
        if !namelessSeen.isEmpty {
            let names = namelessSeen.sorted().map { "#\($0 + 1)" }
            summary.unknownColumns += names
            summary.warnings.append(Message(.importUnknownColumns, ["names": .text(ImportColumns.list(names))]))
        }
        for (column, count) in smallPercents.sorted(by: { $0.key < $1.key }) where count > 0 {
            summary.warnings.append(
                Message(.importSmallPercents, ["column": .text(columns.header(column)), "count": "\(count)"])
            )
        }
    }

    private mutating func report(force: Bool) {
        guard let progress else { return }
        let now = clock.now
        guard force || now - lastReport >= .milliseconds(100) else { return }
        lastReport = now
        progress(
            ImportProgress(
                rows: summary.rows,
                bytes: source.bytesRead,
                totalBytes: source.totalBytes,
                elapsed: now - started,
                isFinished: force && isAtEnd
            )
        )
    }
}
