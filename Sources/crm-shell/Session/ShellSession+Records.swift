import CRMPlatform
import Foundation

/// What to look for and how to show it.
struct FindRequest: Sendable {
    /// The object by name or label.
    var object: String
    /// The condition, empty for every record.
    var expression = ""
    /// `name desc, id`.
    var sort: String?
    /// The greatest number of records.
    var limit = 50
    /// The fields to show, by name or label, parted by commas.
    var fields: String?
    /// Where the page before ended.
    var after: String?
    /// The form in which people get the records.
    var form = RecordForm.table
}

/// The form in which people get records.
enum RecordForm: Sendable {
    /// A table that the terminal holds.
    case table
    /// A table of all columns as wide as they are.
    case wide
    /// A block of lines for each record.
    case blocks
}

extension ShellSession {
    /// Writes a page of records.
    func find(_ request: FindRequest) throws {
        let object = try object(request.object)
        let query = try query(request, object)
        let columns = try columns(request.fields, of: object)
        try warnOfNobody(request.expression, object.name)
        let (page, words) = try platform.read(unit) { [language] session in
            let page = try session.find(query)
            return (page, try Self.words(for: page.records, columns, session, language))
        }
        if isJSON {
            let names = request.fields == nil ? nil : Set(columns.map(\.name))
            console.json([
                "object": .string(object.name.rawValue),
                "records": .array(page.records.map { RecordRendering.json($0, only: names) }),
                "next": .text(page.next?.token),
            ])
            return
        }
        var rendering = RecordRendering(fields: words, width: width)
        rendering.hasColours = console.hasColours
        console.write(rendering.text(page.records, columns: columns, as: request.form))
        if let next = page.next {
            paragraph(
                .shellMoreRecords,
                ["count": .text(String(page.records.count)), "cursor": .text(next.token)]
            )
        } else {
            reportCount(page.records.count)
        }
    }

    /// Says on standard error which records a condition names that are not there.
    func warnOfNobody(_ expression: String, _ object: ObjectName) throws {
        guard !expression.isEmpty else { return }
        let messages = try platform.read(as: principal) { session in
            try session.namesOfNobody(in: expression, of: object)
        }
        for message in messages {
            let text = say(.shellWarning, ["text": .text(message.text(in: language))])
            console.complain(DisplayWidth.escapingControls(text))
        }
    }

    /// Says how many records there were.
    func reportCount(_ count: Int) {
        report(.shellRecordCount, ["count": .text(String(count))])
    }

    /// The query that a request means; also for exports.
    func query(_ request: FindRequest, _ object: ObjectDefinition) throws -> Query {
        var query = Query(object: object.name)
        query.filter = request.expression.isEmpty ? nil : request.expression
        query.limit = request.limit
        query.sort = try request.sort.map(Query.parseSort) ?? listOrder(of: object.name)
        if let after = request.after {
            guard let cursor = PageCursor(token: after) else {
                throw PlatformError(.invalidInput, Message(.shellCursor, ["text": .text(after)]))
            }
            query.after = cursor
        }
        return query
    }

    /// The order of an object's list: the one that counts wherever nobody asks for another.
    func listOrder(of object: ObjectName) -> [SortKey] { Self.listOrder(of: object, in: catalog) }

    private static func listOrder(of object: ObjectName, in catalog: Catalog) -> [SortKey] {
        (catalog.layout(.list, of: object)?.sort ?? []).map { SortKey($0) }
    }

    func columns(_ text: String?, of object: ObjectDefinition) throws -> [FieldDefinition] {
        guard let text else { return RecordRendering.listColumns(of: object, in: catalog) }
        return try text.split(separator: ",").map { part in
            try field(part.trimmingCharacters(in: .whitespaces), of: object)
        }
    }

    /// Labels and the titles of what the columns refer to, all titles read at once.
    private static func words(
        for records: [Record],
        _ columns: [FieldDefinition],
        _ session: RecordSession,
        _ language: Language
    ) throws(PlatformError) -> FieldText {
        var words = FieldText(
            formatter: ValueFormatter(catalog: session.catalog, language: language, timeZone: session.timeZone)
        )
        var referred: Set<RecordID> = []
        for column in columns {
            guard case .reference(let target, _) = column.type else { continue }
            for record in records {
                guard let number = record[column.name]?.integerValue else { continue }
                referred.insert(RecordID(object: target, number: number))
            }
        }
        words.titles = try session.titles(of: referred)
        return words
    }

    /// Writes how many records there are.
    func count(_ objectText: String, _ expression: String) throws {
        let object = try object(objectText).name
        let condition = expression.isEmpty ? nil : expression
        try warnOfNobody(expression, object)
        let count = try platform.read(unit) { session in
            try session.count(object, where: condition)
        }
        if isJSON {
            console.json(["object": .string(object.rawValue), "count": .integer(count)])
        } else {
            console.line(String(count))
        }
    }

    /// Writes one record.
    ///
    /// - Parameters:
    ///   - text: The record as somebody typed it.
    ///   - isWide: Whether the tables of its children are as wide as they get.
    /// - Throws: `PlatformError` `notFound` when there is none; as `record`.
    func show(_ text: String, isWide: Bool = false) throws {
        let id = try record(text)
        let found = try platform.read(unit) {
            [language] session -> (record: Record, words: FieldText, children: [ChildTable])? in
            guard let record = try session.get(id) else { return nil }
            return (
                record, try Self.words(for: [record], record.object.fields, session, language),
                try Self.children(of: record, session, language)
            )
        }
        guard let (record, words, children) = found else { throw noRecord(id) }
        if isJSON {
            console.json(RecordRendering.json(record, children: children))
        } else {
            var rendering = RecordRendering(fields: words, width: isWide ? nil : width)
            rendering.plugins = try platform.plugins.map { ($0.id, $0.title) }
            console.write(rendering.sheet(record, children: children))
        }
    }

    /// The first child records of each children field that the detail layout shows, in the order of their list layout.
    private static func children(
        of record: Record,
        _ session: RecordSession,
        _ language: Language
    ) throws(PlatformError) -> [ChildTable] {
        var tables: [ChildTable] = []
        for field in RecordRendering.sections(of: record.object, in: session.catalog).flatMap(\.fields) {
            guard case .children(let name, let via) = field.type else { continue }
            var query = Query(object: name, filter: "\(via) = ?", parameters: [.integer(record.id)])
            query.limit = ChildTable.limit
            query.sort = listOrder(of: name, in: session.catalog)
            let object = try session.catalog.object(name)
            let columns = RecordRendering.listColumns(of: object, in: session.catalog).filter { $0.name != via }
            let records = try session.find(query).records
            tables.append(
                ChildTable(
                    field: field,
                    object: object,
                    via: via,
                    columns: columns,
                    records: records,
                    count: try session.count(name, where: query.filter, parameters: query.parameters),
                    words: try words(for: records, columns, session, language)
                )
            )
        }
        return tables
    }

    private func noRecord(_ id: RecordID) -> PlatformError {
        PlatformError(
            .notFound,
            Message(.shellNoRecord, ["record": .text(id.description)]),
            context: ErrorContext(object: id.object, record: id.number)
        )
    }

    /// Writes the records in which a text occurs.
    func search(_ text: String, object: String?, limit: Int) throws {
        let objects = try object.map { [try self.object($0).name] }
        let meter = ProgressMeter(console: console, language: language)
        defer { meter.finish() }
        let result = try platform.search(text, objects: objects, limit: limit, as: principal) { done, all in
            meter.show(Message(.shellIndexing, ["done": .text(String(done)), "all": .text(String(all))]))
        }
        meter.finish()
        let hits = result.hits
        if isJSON {
            let values = hits.map { hit -> JSONValue in
                let matches = hit.matches.map { match -> JSONValue in
                    ["field": .string(match.field.name.rawValue), "text": .string(match.text.text(in: language))]
                }
                return [
                    "record": .string(hit.record.recordID.description), "title": .string(hit.record.title),
                    "matches": .array(matches),
                ]
            }
            return console.json([
                "hits": .array(values), "more": .boolean(result.hasMore),
                "warning": .text(result.warning?.text(in: language)),
            ])
        }
        let rows = hits.map { hit in
            let matches = hit.matches.map { "\($0.field.label.text(in: language)): \($0.text.text(in: language))" }
            return [hit.record.recordID.description, hit.record.title, matches.joined(separator: "  ")]
        }
        console.write(
            table([(.shellColumnRecord, .left), (.shellColumnTitle, .left), (.shellColumnSnippet, .left)], rows)
        )
        if result.hasMore {
            report(.shellMoreHits, ["count": .text(String(hits.count))])
        } else {
            reportCount(hits.count)
        }
        // It must be seen where the hits go elsewhere.
        if let warning = result.warning {
            let text = say(.shellWarning, ["text": .text(warning.text(in: language))])
            console.complain(DisplayWidth.escapingControls(text))
        }
    }
}
