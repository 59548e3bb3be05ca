public import CRMModel
public import CRMRecords

/// Writes the records of a query as CSV or JSON, page by page, so that memory stays flat.
///
/// What is exported in the exact style comes back equal when it is imported again.
public struct Exporter {
    /// The form of the file.
    public enum Format: Sendable, Hashable {
        /// Comma-separated values; a byte order mark makes spreadsheets read it as UTF-8.
        case csv(byteOrderMark: Bool)
        /// One JSON array.
        case json
        /// One JSON object a line.
        case jsonLines
    }

    /// For whom the file is.
    public enum Style: Sendable, Hashable {
        /// Field names as headings, codes of picklists, `customer/42` for references.
        case exact
        /// Labels as headings and for picklists, titles for references.
        case people
    }

    private let object: ObjectDefinition
    private let slots: [Int]
    private let formatter: ValueFormatter
    private let style: Style

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
        var slots: [Int] = []
        if let fields {
            for field in fields {
                guard let slot = object.slot(of: field), object.fields[slot].storage != .none else {
                    let near = Suggestion.nearest(to: field.rawValue, among: object.fields.map(\.name.rawValue))
                    let hint = near.map { Message(.templateNear, ["name": .text($0)]) }
                    throw PlatformError(
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
                slots.append(slot)
            }
        } else {
            slots = object.fields.indices.filter { !object.fields[$0].isSystem && object.fields[$0].storage != .none }
        }
        self.slots = slots
    }

    /// Writes the records of a query and says how many they were.
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
        switch format {
        case .csv(let byteOrderMark):
            var writer = CSVWriter(byteOrderMark: byteOrderMark)
            for slot in slots {
                let field = object.fields[slot]
                writer.text(style == .exact ? field.name.rawValue : field.label.text(in: formatter.language))
            }
            writer.endRow()
            try sink(writer.takeBytes())
            return try pages(query, limit, session) { records in
                var titles = ReferenceTitles(session: session)
                for record in records { try write(record, into: &writer, &titles) }
                try sink(writer.takeBytes())
            }
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
        let count = try pages(query, limit, session) { records in
            var titles = ReferenceTitles(session: session)
            for record in records {
                writer.removeAll()
                writer.beginObject()
                writer.key("id")
                writer.integer(record.id)
                for (index, slot) in slots.enumerated() where slot != SystemField.id.slot {
                    writer.key(keys[index])
                    try write(record.values[slot], object.fields[slot], into: &writer, &titles)
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

    // MARK: - Values

    private func write(_ record: Record, into writer: inout CSVWriter, _ titles: inout ReferenceTitles) throws {
        for slot in slots {
            let (value, field) = (record.values[slot], object.fields[slot])
            switch (value, field.type) {
            case (.integer(let number), .reference(let target, _)):
                let id = RecordID(object: target, number: number)
                writer.text(style == .exact ? id.description : try titles.title(of: id))
            case (.text, .picklist) where style == .people:
                writer.text(formatter.text(value, of: field))
            case (.boolean, _) where style == .people:
                writer.text(formatter.text(value, of: field))
            case (.instant(let moment), _) where style == .people:
                writer.text(moment.text(in: formatter.timeZone))
            default:
                writer.value(value)
            }
        }
        writer.endRow()
    }

    private func write(
        _ value: Value,
        _ field: FieldDefinition,
        into writer: inout JSONWriter,
        _ titles: inout ReferenceTitles
    ) throws {
        switch (value, field.type) {
        case (.integer(let number), .reference(let target, _)):
            let id = RecordID(object: target, number: number)
            writer.string(style == .exact ? id.description : try titles.title(of: id))
        case (.text, .picklist) where style == .people:
            writer.string(formatter.text(value, of: field))
        default:
            writer.value(value)
        }
    }
}

/// The titles of records that references point at, each read once a page.
private struct ReferenceTitles {
    let session: RecordSession
    private var known: [RecordID: String] = [:]

    init(session: RecordSession) { self.session = session }

    mutating func title(of id: RecordID) throws(PlatformError) -> String {
        if let title = known[id] { return title }
        let title = try session.get(id)?.title ?? id.description
        known[id] = title
        return title
    }
}
