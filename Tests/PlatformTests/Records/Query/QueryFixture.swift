import CRMModel
import Foundation
import Testing

@testable import CRMRecords
@testable import CRMStorage

/// A small catalog of regions and customers with awkward values, in a store in memory and as records side by side.
struct QueryFixture {
    let catalog: Catalog
    let customer: ObjectDefinition
    let region: ObjectDefinition
    let store: SQLiteStore
    let customers: [Record]
    private let records: [ObjectName: [Int64: Record]]

    static let today = calendarDay("2026-11-21")
    /// 16:30:05 on that day in China.
    static let now = utcMoment("2026-11-21T08:30:05Z")
    let timeZone: TimeZone

    init(in timeZone: TimeZone = FileSettings.usualTimeZone, customers made: [Record]? = nil) throws {
        self.timeZone = timeZone
        catalog = try FixtureCatalog.make()
        customer = try catalog.object(objectName("customer"))
        region = try catalog.object(objectName("region"))
        let regions = try FixtureRows.regions(region)
        customers = try made ?? FixtureRows.customers(customer)
        records = [
            region.name: Dictionary(uniqueKeysWithValues: regions.map { ($0.id, $0) }),
            customer.name: Dictionary(uniqueKeysWithValues: customers.map { ($0.id, $0) }),
        ]
        store = try SQLiteStore.inMemory()
        let objects = catalog.sortedObjects
        let rows = regions + customers
        let catalog = catalog
        try store.write { connection throws(PlatformError) in
            try connection.withSchemaWork { () throws(PlatformError) in
                for object in objects { try Self.createTable(of: object, on: connection) }
            }
            for row in rows {
                try Self.insert(row, on: connection)
                for key in RecordKey.keys(of: row.object, in: catalog) {
                    try DuplicateKeyTable.set(
                        objectID: row.object.stableID,
                        rule: key.name,
                        key: key.key { row.values[$0] },
                        insteadOf: nil,
                        record: row.id,
                        on: connection
                    )
                }
            }
        }
    }

    private static func createTable(of object: ObjectDefinition, on connection: StoreConnection) throws(PlatformError) {
        let columns = object.fields.filter { $0.storage != .none }.map { field in
            let dialect = connection.dialect
            let kind = field.name.rawValue == "id" ? "INTEGER PRIMARY KEY" : dialect.columnType(field.storage)
            return dialect.identifier(field.name) + " " + kind
        }
        try connection.execute("CREATE TABLE \"obj_\(object.name)\"(\(columns.joined(separator: ", ")))")
        for index in object.indexes {
            let list = index.fields.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            try connection.execute(
                "CREATE INDEX \"\(connection.dialect.indexName(index, of: object.name))\" ON \"obj_\(object.name)\"(\(list))"
            )
        }
    }

    private static func insert(_ row: Record, on connection: StoreConnection) throws(PlatformError) {
        let slots = row.object.fields.indices.filter { row.object.fields[$0].storage != .none }
        let columns = slots.map { "\"\(row.object.fields[$0].name.rawValue)\"" }.joined(separator: ", ")
        let marks = slots.map { _ in "?" }.joined(separator: ", ")
        let statement = try connection.statement(
            "INSERT INTO \"obj_\(row.object.name)\"(\(columns)) VALUES(\(marks))"
        )
        for (index, slot) in slots.enumerated() {
            try statement.bind(row.values[slot], as: row.object.fields[slot].storage, at: index + 1)
        }
        try statement.execute()
    }

    // MARK: - Both ways

    var environment: QueryEnvironment {
        QueryEnvironment(today: Self.now.date(in: timeZone), now: Self.now, timeZone: timeZone)
    }

    func compiler(
        _ principal: Principal = .administrator,
        dialect: (any SQLDialect)? = nil,
        access: @escaping (ObjectDefinition) -> ObjectAccess? = { _ in nil }
    ) -> QueryCompiler {
        QueryCompiler(
            catalog: catalog,
            principal: principal,
            environment: environment,
            dialect: dialect ?? store.dialect,
            access: access
        )
    }

    /// All rows.
    var allRows: [Record] { records.values.flatMap(\.values).sorted { $0.id < $1.id } }

    func check(_ text: String, _ parameters: [Value] = []) throws -> CheckedExpression {
        try Expression.parse(text).check(
            against: customer,
            in: catalog,
            parameters: parameters,
            timeZone: timeZone
        )
    }

    /// What the evaluator gives for a record.
    func evaluate(_ expression: CheckedExpression, _ record: Record) throws -> Value {
        try expression.evaluate(in: RecordContext(record: record, fixture: self))
    }

    func record(_ object: ObjectName, _ id: Int64) -> Record? { records[object]?[id] }

    /// The values of an expression for all customers, by number, as the database gives them.
    func valuesInSQL(_ text: String, _ parameters: [Value] = []) throws -> [Value] {
        let statement = try compiler().compile(
            AggregateQuery(
                object: customer.name,
                groups: [.init(alias: "id", expression: "id"), .init(alias: "e", expression: text)],
                limit: 1000
            )
        )
        let rows = try aggregate(statement, parameters)
        #expect(rows.map { $0[0].integerValue } == customers.map { $0.id })
        return rows.map { $0[1] }
    }

    func aggregate(_ query: AggregateQuery) throws -> [[Value]] { try aggregate(try compiler().compile(query)) }

    private func aggregate(_ statement: CompiledAggregate, _ parameters: [Value] = []) throws -> [[Value]] {
        try rows(statement.sql, statement.bindings, statement.rowStorages).map { row in try statement.values(of: row) }
    }

    /// The numbers of the customers that a query gives.
    func ids(
        _ filter: String?,
        _ parameters: [Value] = [],
        sort: String = "id",
        limit: Int = 1000,
        access: @escaping (ObjectDefinition) -> ObjectAccess? = { _ in nil }
    ) throws -> [Int64] {
        let query = Query(
            object: customer.name,
            filter: filter,
            parameters: parameters,
            sort: try Query.parseSort(sort),
            limit: limit
        )
        return try rows(try compiler(access: access).compile(query)).map { $0[0].integerValue ?? 0 }
    }

    func rows(_ query: CompiledQuery) throws -> [[Value]] {
        // One row more is read, which tells of a further page.
        Array(try rows(query.sql, query.bindings, query.columns.map(\.storage)).prefix(query.limit))
    }

    func rows(_ sql: String, _ bindings: [Value], _ storages: [FieldStorage]) throws -> [[Value]] {
        try store.read { connection throws(PlatformError) in
            let statement = try connection.statement(sql)
            defer { statement.reset() }
            for (index, value) in bindings.enumerated() { try statement.bind(value, at: index + 1) }
            var rows: [[Value]] = []
            while try statement.step() {
                var row: [Value] = []
                for (column, storage) in storages.enumerated() { row.append(try statement.value(column, as: storage)) }
                rows.append(row)
            }
            return rows
        }
    }

    /// The lines of the query plan.
    func plan(_ query: CompiledQuery) throws -> [String] {
        try store.read { connection throws(PlatformError) in
            let statement = try connection.statement("EXPLAIN QUERY PLAN " + query.sql)
            defer { statement.reset() }
            for (index, value) in query.bindings.enumerated() { try statement.bind(value, at: index + 1) }
            var lines: [String] = []
            while try statement.step() { lines.append(statement.text(3)) }
            return lines
        }
    }
}

/// A record of the fixture as the evaluator sees it.
struct RecordContext: ExpressionContext {
    let record: Record
    let fixture: QueryFixture

    var today: CalendarDate { fixture.environment.today }
    var now: Instant { QueryFixture.now }
    var userID: Int64 { 1 }

    func value(at slot: Int) -> Value { record.values[slot] }

    func related(_ object: ObjectDefinition, id: Int64) -> Record? { fixture.record(object.name, id) }
}

// MARK: - Literals of tests

func objectName(_ text: String) throws -> ObjectName { try #require(ObjectName(rawValue: text)) }

func fieldName(_ text: String) throws -> FieldName { try #require(FieldName(rawValue: text)) }

/// A day, 1970-01-01 when the text is none.
func calendarDay(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

func utcMoment(_ text: String) -> Instant { Instant(iso: text) ?? .earliest }

func decimalValue(_ text: String) -> Value { FixedDecimal(text).map(Value.decimal) ?? .null }
