public import CRMModel

/// What an import did, row for row as far as it is worth telling.
public struct ImportSummary: Sendable {
    /// A row that was refused, is a duplicate, or was saved with a warning.
    public struct Problem: Sendable {
        /// The row, the first after the headings being 1; in a workbook as the sheet numbers it.
        public let row: Int
        /// The physical line on which the row begins; in a workbook the row again.
        public let line: Int
        /// Whether the record is there already.
        public let isDuplicate: Bool
        /// The record that is there already.
        public let conflicting: RecordID?
        /// Why.
        public let messages: [Message]
    }

    /// The object.
    public let object: ObjectName
    /// The label of the object.
    public let label: LocalizedText
    /// Whether nothing was kept.
    public let isDryRun: Bool
    /// The encoding of the file.
    public internal(set) var encoding: TextEncoding
    /// Whether the rows that were not taken stand in an error file.
    var hasErrorFile = false
    /// The sheet that was read, nil when the file is no workbook.
    public internal(set) var sheet: String?
    /// The rows read; blank rows are not counted.
    public internal(set) var rows = 0
    /// The records made.
    public internal(set) var created = 0
    /// The records changed; a row that changes nothing is among ``unchanged``.
    public internal(set) var updated = 0
    /// The rows whose record is there already; nothing was done for them.
    public internal(set) var duplicates = 0
    /// The rows refused.
    public internal(set) var failed = 0
    /// The rows that were saved before under the same idempotency key.
    public internal(set) var replayed = 0
    /// The rows known by the mark of an export, also those that were refused then.
    public internal(set) var recognised = 0
    /// The rows of records that are there, known by a mark or a key, that say nothing new; nothing was saved for them.
    public internal(set) var unchanged = 0
    /// How many records of the past have today in a field that their row says nothing of.
    var daysOfToday: [FieldName: Int] = [:]
    /// How many rows had moments that their export wrote by the clocks of another time zone, by its identifier.
    var otherZones: [String: Int] = [:]
    /// The rows with the mark of another company, which are new ones here.
    public internal(set) var strangers = 0
    /// The rows saved although something is worth a look, such as a possible duplicate.
    public internal(set) var rowsWithWarnings = 0
    /// The first rows saved with a warning, at most ``maximumProblems``, with what is to be looked at.
    public internal(set) var rowWarnings: [Problem] = []
    /// The rows with a mark of another company whose code is taken here, saved with a new code.
    public internal(set) var renumbered = 0
    /// The cells that were emptied in a row known by its mark, and have emptied the field.
    public internal(set) var emptied = 0
    /// The columns whose values were given and are not those of the records, in the order in which that was found.
    public internal(set) var notKept: [NotKept] = []
    /// The rows skipped at the beginning, as asked.
    public internal(set) var skipped = 0
    /// The headings of the columns that belong to no field and were not imported; `#3` for a column without one.
    public internal(set) var unknownColumns: [String] = []
    /// What concerns the file as a whole: columns that were not imported, no rows at all.
    public internal(set) var warnings: [Message] = []
    /// The first rows refused or found to be duplicates, at most ``maximumProblems``.
    public internal(set) var problems: [Problem] = []
    /// The row with which to go on after a break; nil when the file was read to its end.
    public internal(set) var stoppedBeforeRow: Int?
    /// Why the error file could not be written, nil when it was; the import then stopped after the rows that it had saved.
    public package(set) var errorFileFailure: PlatformError?
    /// The time it took.
    public internal(set) var elapsed: Duration = .zero

    /// How many problems are kept; the error file has all.
    public static let maximumProblems = 200

    init(object: ObjectDefinition, isDryRun: Bool, encoding: TextEncoding) {
        self.object = object.name
        label = object.label
        self.isDryRun = isDryRun
        self.encoding = encoding
    }

    mutating func warn(_ row: Problem) {
        rowsWithWarnings += 1
        if rowWarnings.count < Self.maximumProblems { rowWarnings.append(row) }
    }

    mutating func add(_ problem: Problem) {
        if problem.isDuplicate { duplicates += 1 } else { failed += 1 }
        if problems.count < Self.maximumProblems { problems.append(problem) }
    }
}

extension ImportSummary {
    /// The summary for people: one line of counts, then warnings and the first problems.
    ///
    /// - Parameters:
    ///   - language: The language.
    ///   - problemLimit: How many problems are shown at most.
    ///   - hasWarnings: Whether the warnings are in it, for those who do not show them apart.
    /// - Returns: Lines without a line feed at the end.
    public func text(in language: Language, problemLimit: Int = 20, hasWarnings: Bool = true) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let hundredths = Int64(min(seconds, 1e9) * 100)
        let time = FixedDecimal(units: hundredths, scale: 2)?.description ?? "0"
        var lines = [
            Message(
                isDryRun ? .importDryRun : stoppedBeforeRow == nil ? .importDone : .importBroken,
                [
                    "object": .label(label), "rows": "\(rows)", "created": "\(created)", "updated": "\(updated)",
                    "unchanged": unchanged > 0 ? .message(Message(.importUnchanged, ["count": "\(unchanged)"])) : "",
                    "duplicates": "\(duplicates)", "failed": "\(failed)", "seconds": .text(time),
                ]
            ).text(in: language)
        ]
        if rowsWithWarnings > 0 {
            lines.append(Message(.importRowWarnings, ["count": "\(rowsWithWarnings)"]).text(in: language))
            let shown = rowWarnings.prefix(max(0, problemLimit))
            lines += shown.map { $0.text(in: language) }
            if rowsWithWarnings > shown.count {
                lines.append(
                    Message(.importMoreWarnings, ["count": "\(rowsWithWarnings - shown.count)"]).text(in: language)
                )
            }
        }
        if recognised > 0 {
            lines.append(
                Message(.importRecognised, ["count": "\(recognised)"]).text(in: language)
            )
        }
        if strangers > 0 { lines.append(Message(.importStrangers, ["count": "\(strangers)"]).text(in: language)) }
        if renumbered > 0 { lines.append(Message(.importRenumbered, ["count": "\(renumbered)"]).text(in: language)) }
        if emptied > 0 { lines.append(Message(.importEmptied, ["count": "\(emptied)"]).text(in: language)) }
        if replayed > 0 { lines.append(Message(.importReplayed, ["count": "\(replayed)"]).text(in: language)) }
        if hasWarnings { lines += warnings.map { $0.text(in: language) } }
        for problem in problems.prefix(max(0, problemLimit)) { lines.append(problem.text(in: language)) }
        let rest = duplicates + failed - min(problems.count, max(0, problemLimit))
        if rest > 0 {
            lines.append(
                Message(
                    hasErrorFile && errorFileFailure == nil ? .importMoreWritten : .importMore,
                    ["count": "\(rest)"]
                ).text(in: language)
            )
        }
        if let row = stoppedBeforeRow {
            lines.append(Message(isDryRun ? .importTrialStopped : .importStopped, ["row": "\(row)"]).text(in: language))
        }
        // Each of them is one line, whatever stands in the cells it quotes.
        return lines.map { DisplayWidth.escapingControls($0) }.joined(separator: "\n")
    }

    /// The summary for programs.
    public func json(in language: Language, pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.beginObject()
        writer.key("object")
        writer.string(object.rawValue)
        writer.key("dry_run")
        writer.boolean(isDryRun)
        writer.key("encoding")
        writer.string(encoding.rawValue)
        writer.key("sheet")
        writer.value(sheet.map { Value.text($0) } ?? .null)
        let counts: [(String, Int)] = [
            ("rows", rows), ("created", created), ("updated", updated), ("duplicates", duplicates), ("failed", failed),
            ("recognised", recognised), ("unchanged", unchanged), ("strangers", strangers), ("replayed", replayed),
            ("renumbered", renumbered), ("emptied", emptied), ("rows_with_warnings", rowsWithWarnings),
            ("skipped", skipped),
        ]
        for (name, count) in counts {
            writer.key(name)
            writer.integer(Int64(count))
        }
        writer.key("elapsed_ms")
        writer.integer(elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000)
        writer.key("stopped_before_row")
        writer.value(stoppedBeforeRow.map { Value.integer(Int64($0)) } ?? .null)
        writer.key("unknown_columns")
        writer.beginArray()
        for column in unknownColumns { writer.string(column) }
        writer.endArray()
        writer.key("not_kept")
        writer.beginArray()
        for column in notKept { column.write(into: &writer) }
        writer.endArray()
        writer.key("warnings")
        writer.beginArray()
        for warning in warnings { writer.string(warning.text(in: language)) }
        writer.endArray()
        writer.key("problems")
        writer.beginArray()
        for problem in problems {
            problem.write(into: &writer, language, kind: problem.isDuplicate ? "duplicate" : "refused")
        }
        writer.endArray()
        writer.key("row_warnings")
        writer.beginArray()
        for warning in rowWarnings { warning.write(into: &writer, language, kind: "warning") }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension ImportSummary.NotKept {
    fileprivate func write(into writer: inout JSONWriter) {
        writer.beginObject()
        for (name, text) in [("column", heading), ("field", field.rawValue)] {
            writer.key(name)
            writer.string(text)
        }
        for (name, count) in [("rows", rows), ("row", row)] {
            writer.key(name)
            writer.integer(Int64(count))
        }
        writer.key("given")
        writer.string(given)
        writer.key("kept")
        writer.value(kept.map { Value.text($0) } ?? .null)
        writer.endObject()
    }
}

extension ImportSummary.Problem {
    /// The row, the line and the reasons, on one line.
    public func text(in language: Language) -> String {
        let place: [String: Message.Argument] = [
            "row": "\(row)", "line": "\(line)", "problem": .text(reason(in: language)),
        ]
        // Rows of a workbook are numbered as the sheet shows them.
        return Message(row == line ? .importSheetRow : .importRow, place).text(in: language)
    }

    /// The row and the reasons.
    package var message: Message {
        guard var reasons = messages.last else { return Message(.importRow, ["row": "\(row)", "line": "\(line)"]) }
        for message in messages.dropLast().reversed() {
            reasons = Message(.importReasons, ["first": .message(message), "rest": .message(reasons)])
        }
        return Message(
            row == line ? .importSheetRow : .importRow,
            ["row": "\(row)", "line": "\(line)", "problem": .message(reasons)]
        )
    }

    /// The reasons, on one line.
    func reason(in language: Language) -> String {
        messages.map { $0.text(in: language) }.joined(separator: language == .en ? "; " : "；")
    }

    fileprivate func write(into writer: inout JSONWriter, _ language: Language, kind: String) {
        writer.beginObject()
        writer.key("row")
        writer.integer(Int64(row))
        writer.key("line")
        writer.integer(Int64(line))
        writer.key("kind")
        writer.string(kind)
        if let conflicting {
            writer.key("record")
            writer.string(conflicting.description)
        }
        writer.key("messages")
        writer.beginArray()
        for message in messages { writer.string(message.text(in: language)) }
        writer.endArray()
        writer.endObject()
    }
}
