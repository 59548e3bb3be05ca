public import CRMModel
public import CRMRecords

internal import struct Foundation.TimeZone

/// Writes the records of a query as CSV, JSON or a workbook, page by page, so that memory stays flat.
///
/// What is exported in the exact style comes back equal when it is imported again; with all its fields in a table, each row
/// carries the mark by which an import of the same company knows its record (``RecordMark``).
public struct Exporter {
    /// The form of the file.
    public enum Format: Sendable, Hashable {
        /// Comma-separated values; a byte order mark makes spreadsheets read it as UTF-8.
        case csv(byteOrderMark: Bool)
        /// One JSON array.
        case json
        /// One JSON object a line.
        case jsonLines
        /// A workbook with one sheet.
        case xlsx
    }

    /// For whom the file is.
    public enum Style: Sendable, Hashable {
        /// Field names as headings, codes of picklists, and references by code, title and company, so that an import of any
        /// company reads back what was written or refuses it.
        case exact
        /// Labels as headings and for picklists, titles for references, moments in the company's time zone.
        case people
    }

    private let object: ObjectDefinition
    private var slots: [Int]
    private let formatter: ValueFormatter
    private let style: Style
    /// Whether each row carries the mark by which an import knows its record again.
    private var isMarked: Bool
    /// Whether somebody has named the fields.
    private let isChosen: Bool
    /// Whether there are moments among the fields.
    private let hasMoments: Bool

    /// The records read at a time.
    private static let pageSize = 1000

    /// Prepares an export.
    ///
    /// - Parameters:
    ///   - object: The object.
    ///   - fields: The fields in order; nil for all that are stored, without the kernel's own.
    ///   - style: For whom the file is.
    ///   - formatter: The labels and their language.
    /// - Throws: `PlatformError` `invalidInput` when the object has no such field.
    public init(
        object: ObjectDefinition,
        fields: [FieldName]? = nil,
        style: Style,
        formatter: ValueFormatter
    ) throws(PlatformError) {
        self.object = object
        self.style = style
        self.formatter = formatter
        isMarked = fields == nil
        isChosen = fields != nil
        var slots: [Int] = []
        if let fields {
            for field in fields {
                guard let slot = object.slot(of: field), object.fields[slot].storage != .none else {
                    throw Self.unknown(field, of: object, known: object.fields)
                }
                slots.append(slot)
            }
        } else {
            slots = object.fields.indices.filter { !object.fields[$0].isSystem && object.fields[$0].storage != .none }
        }
        self.slots = slots
        hasMoments = slots.contains { object.fields[$0].storage == .instant }
    }

    private static func unknown(
        _ field: FieldName,
        of object: ObjectDefinition,
        known: [FieldDefinition]
    ) -> PlatformError {
        let names = Set(known.map(\.name))
        let near = object.nameNearest(to: field.rawValue) { names.contains($0.name) }
        let hint = near.map { Message(.templateNear, ["name": .text($0)]) }
        return PlatformError(
            .invalidInput,
            Message(
                .unknownField,
                [
                    "object": .label(object.label), "field": .text(field.rawValue),
                    "hint": hint.map { .message($0) } ?? "",
                ]
            ),
            context: ErrorContext(object: object.name, field: field)
        )
    }

    /// The same for what the reader may see: a hidden field is unknown, and rows that are not shown whole carry no mark.
    private func restricted(to session: RecordSession) throws(PlatformError) -> Exporter {
        try session.requireRight(.export, on: object.name)
        let fields = try session.visibleFields(of: object.name)
        let known = Set(fields.map(\.name))
        if isChosen, let slot = slots.first(where: { !known.contains(object.fields[$0].name) }) {
            throw Self.unknown(object.fields[slot].name, of: object, known: fields)
        }
        var exporter = self
        exporter.slots.removeAll { !known.contains(object.fields[$0].name) }
        if isMarked { exporter.isMarked = try session.seesWhole(object.name) }
        return exporter
    }

    /// Writes the records of a query and says how many they were.
    ///
    /// Who reads must have the right to export; what he may not see is not written.
    ///
    /// - Parameters:
    ///   - query: Which records in which order; its limit is the greatest number of records, its cursor the beginning.
    ///   - format: The form of the file.
    ///   - limit: The greatest number of records; nil for all.
    ///   - session: Where the records are read.
    ///   - sink: Takes the bytes, a page at a time.
    /// - Returns: The number of records.
    /// - Throws: What reading the records and what `sink` throws.
    @discardableResult
    public func run(
        _ query: Query,
        as format: Format,
        limit: Int? = nil,
        in session: RecordSession,
        sink: ([UInt8]) throws -> Void
    ) throws -> Int {
        try restricted(to: session).write(query, as: format, limit: limit, in: session, sink: sink)
    }

    private func write(
        _ query: Query,
        as format: Format,
        limit: Int?,
        in session: RecordSession,
        sink: ([UInt8]) throws -> Void
    ) throws -> Int {
        switch format {
        case .csv(let byteOrderMark):
            var writer = CSVWriter(byteOrderMark: byteOrderMark)
            let headings = headings()
            for slot in slots {
                writer.text(headings[object.fields[slot].name] ?? "")
            }
            if isMarked { writer.text(RecordMark.heading) }
            writer.endRow()
            try sink(writer.takeBytes())
            var titles = ReferenceTitles(session: session, style: style)
            return try pages(query, limit, session) { records in
                try titles.read(slots, of: records)
                let marks = isMarked ? try session.marks(of: records) : []
                for (index, record) in records.enumerated() {
                    let cells = try write(record, into: &writer, titles)
                    if isMarked { writer.text(marks[index]?.text(with: cells) ?? "") }
                    writer.endRow()
                }
                try sink(writer.takeBytes())
            }
        case .xlsx: return try runWorkbook(query, limit, session, sink: sink)
        case .json, .jsonLines:
            return try runJSON(query, limit, session, isArray: format == .json, sink: sink)
        }
    }

    private func runJSON(
        _ query: Query,
        _ limit: Int?,
        _ session: RecordSession,
        isArray: Bool,
        sink: ([UInt8]) throws -> Void
    ) throws -> Int {
        let keys = slots.map { JSONKey(object.fields[$0].name.rawValue) }
        var writer = JSONWriter(capacity: 1 << 16)
        var bytes: [UInt8] = isArray ? [UInt8(ascii: "[")] : []
        var isFirst = true
        var titles = ReferenceTitles(session: session, style: style)
        let count = try pages(query, limit, session) { records in
            try titles.read(slots, of: records)
            for record in records {
                writer.removeAll()
                writer.beginObject()
                writer.key("id")
                writer.integer(record.id)
                for (index, slot) in slots.enumerated() where slot != SystemField.id.slot {
                    writer.key(keys[index])
                    try write(record, slot, into: &writer, titles)
                }
                writer.endObject()
                if isArray { bytes.append(contentsOf: isFirst ? [0x0A] : [UInt8(ascii: ","), 0x0A]) }
                isFirst = false
                bytes.append(contentsOf: writer.bytes)
                if !isArray { bytes.append(0x0A) }
            }
            try sink(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        if isArray { try sink(bytes + [0x0A, UInt8(ascii: "]"), 0x0A]) }
        return count
    }

    private func pages(
        _ query: Query,
        _ limit: Int?,
        _ session: RecordSession,
        _ body: ([Record]) throws -> Void
    ) throws -> Int {
        var query = query
        var count = 0
        while true {
            let room = limit.map { $0 - count } ?? Self.pageSize
            guard room > 0 else { return count }
            query.limit = min(Self.pageSize, room)
            let page = try session.find(query)
            if !page.records.isEmpty { try body(page.records) }
            count += page.records.count
            guard let next = page.next else { return count }
            query.after = next
        }
    }

    // MARK: - Headings

    /// The headings: API names, or labels; a label that an import would not know to be that of its field alone is none.
    private func headings() -> [FieldName: String] {
        let index = style == .people ? ImportFieldIndex(object) : nil
        var headings: [FieldName: String] = [:]
        for field in slots.map({ object.fields[$0] }) {
            let label = field.label.text(in: formatter.language)
            headings[field.name] = index?.field(label)?.name == field.name ? label : field.name.rawValue
        }
        // Nor may two headings differ in width and case alone; names of fields do not.
        while true {
            let groups = Dictionary(grouping: headings) { ImportFieldIndex.folded($0.value) }.values
            let alike = groups.filter { $0.count > 1 }.joined().filter { $0.value != $0.key.rawValue }
            if alike.isEmpty { return headings }
            for (name, _) in alike { headings[name] = name.rawValue }
        }
    }

    // MARK: - Values

    /// A value in words, where it is not written as it is: references, and labels for people.
    private func words(
        _ value: Value,
        _ field: FieldDefinition,
        of record: Record,
        _ titles: ReferenceTitles
    ) throws(PlatformError) -> String? {
        switch (value, field.type) {
        case (.integer(let number), .reference(let target, _)):
            return try titles.text(of: RecordID(object: target, number: number))
        case (.text(let code), .picklist) where style == .people:
            let parent = field.dependsOn.flatMap(object.slot(of:)).flatMap { record.values[$0].textValue }
            return formatter.catalog.dictionary(of: field)?
                .words(for: code, parent: parent, in: formatter.language) ?? code
        case (.boolean, _) where style == .people:
            return formatter.text(value, of: field)
        case (.instant(let moment), _) where style == .people:
            return moment.readable(in: formatter.timeZone)
        default: return nil
        }
    }

    private func write(
        _ record: Record,
        into writer: inout CSVWriter,
        _ titles: ReferenceTitles
    ) throws -> WrittenCells {
        var cells = writtenCells(areMomentsLocal: style == .people)
        for slot in slots {
            if let words = try words(record.values[slot], object.fields[slot], of: record, titles) {
                writer.text(words)
                note(words, object.fields[slot], in: &cells)
            } else {
                writer.value(record.values[slot])
            }
        }
        return cells
    }

    /// What the mark of a row says of its cells before any is written.
    private func writtenCells(areMomentsLocal: Bool) -> WrittenCells {
        WrittenCells(zone: hasMoments && areMomentsLocal ? formatter.timeZone.identifier : nil)
    }

    /// Notes a label or title, which may be another one when the row comes back.
    private func note(_ words: String, _ field: FieldDefinition, in cells: inout WrittenCells) {
        guard isMarked, style == .people, field.type.isReference || field.type.name == "picklist" else { return }
        cells.note(words, of: field.name)
    }

    private func write(
        _ record: Record,
        _ slot: Int,
        into writer: inout JSONWriter,
        _ titles: ReferenceTitles
    ) throws {
        let value = record.values[slot]
        if case .boolean = value { return writer.value(value) }
        if let words = try words(value, object.fields[slot], of: record, titles) {
            writer.string(words)
        } else {
            writer.value(value)
        }
    }

    // MARK: - Workbooks

    private func runWorkbook(
        _ query: Query,
        _ limit: Int?,
        _ session: RecordSession,
        sink: ([UInt8]) throws -> Void
    ) throws -> Int {
        let fields = slots.map { object.fields[$0] }
        let names = headings()
        let headings = fields.map { names[$0.name] ?? "" } + (isMarked ? [RecordMark.heading] : [])
        do {
            let writer = try WorkbookWriter(
                sheet: object.label.text(in: formatter.language),
                headings: headings,
                kinds: fields.map(kind) + (isMarked ? [.text] : []),
                zone: formatter.timeZone
            )
            var titles = ReferenceTitles(session: session, style: style)
            let count = try pages(query, limit, session) { records in
                try titles.read(slots, of: records)
                let marks = isMarked ? try session.marks(of: records) : []
                for (index, record) in records.enumerated() {
                    var cells = writtenCells(areMomentsLocal: true)
                    for (slot, field) in zip(slots, fields) {
                        let value = record.values[slot]
                        if case .instant = value {
                            try writer.value(value)
                        } else if let words = try words(value, field, of: record, titles) {
                            try writer.text(words)
                            note(words, field, in: &cells)
                        } else {
                            try writer.value(value)
                        }
                    }
                    if isMarked { try writer.text(marks[index]?.text(with: cells) ?? "") }
                    writer.endRow()
                }
            }
            try sink(writer.finish())
            return count
        } catch let problem as WorkbookWriter.Problem {
            throw problem.platformError(headings)
        }
    }

    private func kind(_ field: FieldDefinition) -> WorkbookWriter.Kind {
        switch field.type {
        case .integer: .number(places: 0)
        case .decimal(let scale): .number(places: scale)
        // An amount in ten thousands is no amount of so many yuan.
        case .currency(_, let scale) where LabelUnit.all(in: field.label).contains(where: \.isMultiple):
            .number(places: scale)
        case .currency(let code, let scale): .money(code: code, places: scale)
        case .percent(let scale): .percent(places: scale)
        case .boolean: .flag
        case .date: .day
        case .dateTime: .moment
        default: .text
        }
    }
}

extension WorkbookWriter.Problem {
    /// The problem as users see it.
    func platformError(_ headings: [String]) -> PlatformError {
        switch self {
        case .tooManyRows:
            PlatformError(.limitExceeded, Message(.workbookRows, ["limit": "\(WorkbookWriter.maximumRows - 1)"]))
        case .longText(let row, let column):
            PlatformError(
                .limitExceeded,
                Message(
                    .workbookText,
                    [
                        "row": "\(row)",
                        "column": .text(headings.indices.contains(column) ? headings[column] : "\(column + 1)"),
                        "limit": "\(WorkbookWriter.maximumText)",
                    ]
                )
            )
        case .failed(let reason):
            PlatformError(.storage, Message(.workbookUnwritten, ["reason": .text(reason)]), cause: self)
        }
    }
}

/// How references are written, those of a page read together and each once as long as it is known.
private struct ReferenceTitles {
    let session: RecordSession
    let style: Exporter.Style
    private var known: [RecordID: String] = [:]

    init(session: RecordSession, style: Exporter.Style) {
        self.session = session
        self.style = style
    }

    /// Reads what records refer to in some slots.
    mutating func read(_ slots: [Int], of records: [Record]) throws(PlatformError) {
        if known.count >= 10_000 { known.removeAll(keepingCapacity: true) }
        var wanted: Set<RecordID> = []
        for slot in slots {
            guard case .reference(let target, _)? = records.first?.object.fields[slot].type else { continue }
            for record in records {
                guard let number = record.values[slot].integerValue else { continue }
                let id = RecordID(object: target, number: number)
                if known[id] == nil { wanted.insert(id) }
            }
        }
        let found = try session.records(wanted)
        for id in wanted { known[id] = try text(of: id, found[id]) }
    }

    func text(of id: RecordID) throws(PlatformError) -> String {
        if let text = known[id] { return text }
        return try text(of: id, session.get(id))
    }

    private func text(of id: RecordID, _ record: Record?) throws(PlatformError) -> String {
        try style == .exact ? session.writtenReference(to: id, record) : session.shownReference(to: id, record)
    }
}

extension MessageKey {
    static let workbookRows = MessageKey(
        "export.workbook_rows",
        zhCN: "工作表最多 {limit} 行数据；请加条件分几次导出，或导出为 CSV",
        zhTW: "工作表最多 {limit} 列資料；請加條件分幾次匯出，或匯出為 CSV",
        en: "a sheet has at most {limit} rows; export in parts by a condition, or as CSV"
    )
    static let workbookText = MessageKey(
        "export.workbook_text",
        zhCN: "第 {row} 行「{column}」的文字超过单元格的 {limit} 个字符；请导出为 CSV，或去掉此列（--fields）",
        zhTW: "第 {row} 列「{column}」的文字超過儲存格的 {limit} 個字元；請匯出為 CSV，或去掉此欄（--fields）",
        en:
            "row {row}: the text of \"{column}\" is longer than the {limit} characters of a cell; export as CSV, or without this column (--fields)"
    )
    static let workbookUnwritten = MessageKey(
        "export.workbook_unwritten",
        zhCN: "工作簿写不出来：{reason}",
        zhTW: "活頁簿寫不出來：{reason}",
        en: "the workbook cannot be written: {reason}"
    )
}
