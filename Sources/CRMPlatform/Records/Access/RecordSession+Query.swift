public import CRMModel
import CRMStorage
import Foundation

/// A page of records.
public struct RecordPage: Sendable {
    /// The records in the order asked for.
    public let records: [Record]
    /// Where the next page begins; nil when this was the last.
    public let next: PageCursor?
}

/// What an aggregate query gives: a row of values for each group.
public struct AggregateResult: Sendable {
    /// The names of the columns, groups first.
    public let columns: [String]
    /// The fields that columns stand for, where they are plain fields; for labels.
    public let fields: [FieldDefinition?]
    /// The rows.
    public let rows: [[Value]]
    /// Whether there are more groups than the query's limit, which are left out.
    public let hasMore: Bool
}

extension RecordSession {
    func compiler(_ mode: AccessMode) -> QueryCompiler {
        QueryCompiler(
            catalog: catalog,
            principal: principal,
            environment: QueryEnvironment(today: today, now: now, timeZone: companyTimeZone),
            dialect: connection.dialect,
            access: isRestricted ? { [self] object in rights(mode, on: object) } : { _ in nil }
        )
    }

    /// Reads a page of records.
    ///
    /// Records that the principal may not see are not there, a field that he may not see is unknown.
    ///
    /// - Throws: `invalidInput` when the query is wrong, with the column; `storage`.
    public func find(_ query: Query) throws(PlatformError) -> RecordPage {
        try settleBeforeReading()
        let compiled = try compiled(query)
        let statement = try bound(compiled)
        defer { statement.reset() }
        let object = compiled.object
        let rights = rights(.user, on: object)
        let storages = object.fields.map(\.storage)
        let fields = compiled.columns.prefix(compiled.fieldCount)
        var records: [Record] = []
        var next: PageCursor?
        records.reserveCapacity(min(compiled.limit, 512))
        while try statement.step() {
            guard records.count < compiled.limit else { return RecordPage(records: records, next: next) }
            var values: [Value] = []
            if compiled.readsWholeRecords {
                try statement.readValues(storages: storages, into: &values)
            } else {
                values = Array(repeating: .null, count: storages.count)
                for (index, column) in fields.enumerated() {
                    if let slot = column.slot { values[slot] = try statement.value(index, as: column.storage) }
                }
            }
            try countRow?(Self.size(of: values))
            records.append(Record(object: object, values: values, seen: rights))
            if records.count == compiled.limit { next = try cursor(of: compiled, on: statement) }
        }
        return RecordPage(records: records, next: nil)
    }

    /// The cursor of a page whose last row is the one on which the statement stands.
    private func cursor(
        of compiled: CompiledQuery,
        on statement: StoreStatement
    ) throws(PlatformError) -> PageCursor {
        try compiled.cursor { column throws(PlatformError) in
            try statement.value(column, as: compiled.columns[column].storage)
        }
    }

    /// About how many bytes a row takes.
    package static func size(of row: [Value]) -> Int {
        row.reduce(64) { size, value in
            guard case .text(let text) = value else { return size + MemoryLayout<Value>.stride }
            return size + MemoryLayout<Value>.stride + text.utf8.count
        }
    }

    /// Reads all child rows of a record in the order of their numbers, those that the principal may see.
    ///
    /// - Throws: as ``find(_:)``.
    package func children(
        _ object: ObjectName,
        of parent: RecordID,
        by via: FieldName
    ) throws(PlatformError) -> [Record] {
        let child = try catalog.object(object)
        if let rights = rights(.user, on: child) {
            // Rows of which nothing may be seen are none.
            guard rights.actions.contains(.read), child.slot(of: via).map(rights.isPlain) != false else { return [] }
        }
        var query = Query(
            object: object,
            filter: "\(via) = ?",
            parameters: [.integer(parent.number)],
            sort: [SortKey(field: "id")],
            limit: 5000
        )
        var records: [Record] = []
        while true {
            let page = try find(query)
            records += page.records
            guard let next = page.next else { return records }
            query.after = next
        }
    }

    /// Reads all records of a query, page by page, and gives each to `body` until it says to stop.
    ///
    /// - Throws: as ``find(_:)``; what `body` throws.
    public func forEach(
        _ query: Query,
        _ body: (Record) throws(PlatformError) -> Bool
    ) throws(PlatformError) {
        var query = query
        query.limit = 500
        while true {
            let page = try find(query)
            for record in page.records {
                guard try body(record) else { return }
            }
            guard let next = page.next else { return }
            query.after = next
        }
    }

    /// Writes a page of records as a JSON array, straight from the columns.
    ///
    /// - Returns: How many records were written, and where the next page begins.
    /// - Throws: as ``find(_:)``.
    public func findJSON(
        _ query: Query,
        into buffer: inout [UInt8]
    ) throws(PlatformError) -> (count: Int, next: PageCursor?) {
        try settleBeforeReading()
        let compiled = try compiled(query)
        if rights(.user, on: compiled.object)?.isWhole == false {
            return try partlyJSON(query, compiled, into: &buffer)
        }
        let statement = try bound(compiled)
        defer { statement.reset() }
        let object = compiled.object
        let columns = JSONColumn.row(
            compiled.columns.prefix(compiled.fieldCount).compactMap { column in
                column.slot.map { (object.fields[$0].name.rawValue, column.storage) }
            }
        )
        var count = 0
        var next: PageCursor?
        buffer.append(UInt8(ascii: "["))
        var hasMore = false
        while try statement.step() {
            guard count < compiled.limit else {
                hasMore = true
                break
            }
            if count > 0 { buffer.append(UInt8(ascii: ",")) }
            try statement.appendJSON(columns, into: &buffer)
            count += 1
            if count == compiled.limit { next = try cursor(of: compiled, on: statement) }
        }
        buffer.append(UInt8(ascii: "]"))
        return (count, hasMore ? next : nil)
    }

    /// The same for an object of which not all is shown.
    private func partlyJSON(
        _ query: Query,
        _ compiled: CompiledQuery,
        into buffer: inout [UInt8]
    ) throws(PlatformError) -> (count: Int, next: PageCursor?) {
        let page = try find(query)
        let slots = compiled.columns.prefix(compiled.fieldCount).compactMap(\.slot)
        var writer = JSONWriter()
        writer.beginArray()
        for record in page.records {
            writer.beginObject()
            for slot in slots where !record.isHidden(record.object.fields[slot].name) {
                writer.key(record.object.fields[slot].name.rawValue)
                writer.value(record.values[slot])
            }
            writer.endObject()
        }
        writer.endArray()
        buffer += writer.bytes
        return (page.records.count, page.next)
    }

    /// What to say of the records that a condition names and nobody is called so: it holds for none then, or for all.
    ///
    /// - Throws: `invalidInput` when the condition is wrong, with the column; `storage`.
    public func namesOfNobody(
        in filter: String?,
        of object: ObjectName,
        parameters: [Value] = []
    ) throws(PlatformError) -> [Message] {
        guard let filter, !TextNormalisation.isBlank(filter) else { return [] }
        let checked = try compiler(.user).expression(filter, parameters, of: catalog.object(object), isCondition: true)
        var messages: [Message] = []
        for name in checked.names {
            guard case .none = try match(TextNormalisation.trimmed(name.text), in: name.object, byNumber: false) else {
                continue
            }
            messages.append(
                Message(
                    .queryNobody,
                    [
                        "object": .label(try catalog.object(name.object).label),
                        "text": .text(ValueCoder.shown(name.text)),
                        "near": try near(name).map { .message(Message(.queryNobodyNear, ["names": .text($0)])) } ?? "",
                    ]
                )
            )
        }
        return messages
    }

    /// Records whose titles have a text in them, or are nearly it where there are few.
    private func near(_ name: NamedRecord) throws(PlatformError) -> String? {
        let object = try catalog.object(name.object)
        let title = object.titleField
        guard object.fields[object.titleSlot].type.isText,
            rights(.user, on: object).map({ $0.isPlain(object.titleSlot) && $0.actions.contains(.read) }) != false
        else { return nil }
        let containing = try find(
            Query(object: name.object, filter: "\(title) contains ?", parameters: [.text(name.text)], limit: 3)
        )
        if !containing.records.isEmpty { return containing.records.map(\.title).joined(separator: ", ") }
        let first = try find(Query(object: name.object, limit: 500))
        guard first.next == nil else { return nil }
        return Suggestion.nearest(to: name.text, among: first.records.map(\.title))
    }

    /// Counts the records that meet a condition, nil for all.
    ///
    /// - Throws: `invalidInput` when the condition is wrong, with the column; `storage`.
    public func count(
        _ object: ObjectName,
        where filter: String? = nil,
        parameters: [Value] = []
    ) throws(PlatformError) -> Int64 {
        try settleBeforeReading()
        let compiled = try compiler(.user).compileCount(Query(object: object, filter: filter, parameters: parameters))
        let statement = try bound(compiled.sql, compiled.bindings)
        defer { statement.reset() }
        return try statement.step() ? statement.int64(0) : 0
    }

    /// Groups and aggregates records.
    ///
    /// - Throws: `invalidInput` when the query is wrong; `limitExceeded` naming a figure that is beyond 64 bits;
    ///   `storage`.
    public func aggregate(_ query: AggregateQuery) throws(PlatformError) -> AggregateResult {
        try settleBeforeReading()
        let compiled = try compiler(.user).compile(query)
        let statement = try bound(compiled.sql, compiled.bindings)
        defer { statement.reset() }
        let storages = compiled.rowStorages
        var rows: [[Value]] = []
        var row: [Value] = []
        var hasMore = false
        while try statement.step() {
            guard rows.count < query.limit else {
                hasMore = true
                break
            }
            row.removeAll(keepingCapacity: true)
            try statement.readValues(storages: storages, into: &row)
            try countRow?(Self.size(of: row))
            rows.append(try compiled.values(of: row))
        }
        let fields = compiled.columns.map { column -> FieldDefinition? in
            column.field.flatMap { origin in catalog.objects[origin.object]?.fields[origin.slot] }
        }
        return AggregateResult(
            columns: compiled.columns.map(\.alias),
            fields: fields,
            rows: rows,
            hasMore: hasMore
        )
    }

    /// The statement of a compiled text, with its values bound.
    func bound(_ sql: String, _ bindings: [Value]) throws(PlatformError) -> StoreStatement {
        try unit.requireTime()
        let statement = try connection.statement(sql)
        for (index, value) in bindings.enumerated() { try statement.bind(value, at: index + 1) }
        return statement
    }

    /// The statement of a query that may have been compiled for another user of the same rights.
    private func bound(_ query: CompiledQuery) throws(PlatformError) -> StoreStatement {
        guard !query.userBindings.isEmpty else { return try bound(query.sql, query.bindings) }
        var bindings = query.bindings
        for place in query.userBindings { bindings[place] = .integer(principal.userID) }
        return try bound(query.sql, bindings)
    }

    /// The compiled form of a query; those that were asked before are not compiled again.
    private func compiled(_ query: Query) throws(PlatformError) -> CompiledQuery {
        let compiler = compiler(.user)
        guard let key = CompiledQueries.Key(query, access: access.current, environment: compiler.environment) else {
            return try compiler.compile(query)
        }
        if let lastQuery, lastQuery.key == key { return lastQuery.compiled }
        let compiled: CompiledQuery
        if let found = plans.queries[key] {
            compiled = found
        } else {
            compiled = try compiler.compile(query)
            guard !compiled.isForOnce else { return compiled }
            plans.queries[key] = compiled
        }
        lastQuery = (key, compiled)
        return compiled
    }
}
