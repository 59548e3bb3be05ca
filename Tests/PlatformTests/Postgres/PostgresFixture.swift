import CRMModel
import Foundation
import Testing

@testable import CRMRecords
@testable import CRMStorage

/// The rows of ``QueryFixture`` in a database of a server.
struct PostgresFixture {
    let local: QueryFixture
    private let connection: PostgresConnection
    private let dialect = PostgresDialect()

    init(_ order: PostgresConnection.Order) throws {
        local = try QueryFixture()
        connection = try .new(order)
        try connection.run(PostgresFunctions.statements + PostgresTables.statements)
        try makeForms()
        for object in local.catalog.sortedObjects {
            let table = TableDefinition(dialect: dialect, object: object.name)
            let fields = object.fields.filter { SystemField(rawValue: $0.name.rawValue) == nil }
            try connection.run([table.create(fields.map { ($0.name, $0.storage) })])
            try connection.run(object.indexes.map(table.create))
        }
        for row in local.allRows { try insert(row) }
    }

    /// What a program would do for a server: the forms of all texts that there are, found by a look.
    private func makeForms() throws {
        try connection.run([
            "CREATE TABLE form(kind text, source text COLLATE \"C\", result text, PRIMARY KEY(kind, source))"
        ])
        // By their bytes: texts that mean the same are several, with forms of their own.
        var texts: [[UInt8]: String] = [:]
        for row in local.allRows {
            for case .text(let text) in row.values {
                for text in [text, Self.cased(text, 0x41...0x5A), Self.cased(text, 0x61...0x7A)] {
                    texts[Array(text.utf8)] = text
                }
            }
        }
        for form in ComparableForm.allCases {
            try connection.run([
                """
                CREATE FUNCTION crm_form_\(form.rawValue)(a text) RETURNS text LANGUAGE sql STABLE AS $$ SELECT CASE \
                WHEN a IS NOT NULL THEN coalesce((SELECT result FROM form WHERE kind = '\(form.rawValue)' \
                AND source = a COLLATE "C"), 'no form of it is known') END $$
                """
            ])
            for text in texts.values {
                try connection.rows("INSERT INTO form VALUES($1, $2, $3)", [form.rawValue, text, form.form(of: text)])
            }
        }
    }

    /// The text with the letters of a range in the other case.
    private static func cased(_ text: String, _ letters: ClosedRange<UInt32>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let other = letters.contains(scalar.value) ? Unicode.Scalar(scalar.value ^ 0x20) : nil
            result.append(other ?? scalar)
        }
        return String(result)
    }

    private func insert(_ row: Record) throws {
        let slots = row.object.fields.indices.filter { row.object.fields[$0].storage != .none }
        let columns = SQLFragment.list(slots.map { dialect.column(row.object.fields[$0].name) })
        let values = SQLFragment.list(slots.map { dialect.bound(row.values[$0], as: row.object.fields[$0].storage) })
        try rows("INSERT INTO \(dialect.table(row.object.name))(\(columns)) VALUES(\(values))")
        for key in RecordKey.keys(of: row.object, in: local.catalog) {
            guard let text = key.key({ row.values[$0] }) else { continue }
            try connection.rows(
                "INSERT INTO crmDuplicateKey(objectID,rule,key,recordID) VALUES($1,$2,$3,$4)",
                [String(row.object.stableID), key.name, text, String(row.id)]
            )
        }
    }

    // MARK: - Asking

    var compiler: QueryCompiler { local.compiler(dialect: dialect) }

    private func rows(_ sql: SQLFragment) throws {
        try connection.rows(dialect.statement(sql), sql.bindings.map(Self.text))
    }

    func run(_ statement: String) throws { try connection.run([statement]) }

    /// The lines of the plan of a statement.
    func plan(_ sql: String, _ bindings: [Value]) throws -> [String] {
        try connection.rows("EXPLAIN (COSTS OFF) " + sql, bindings.map(Self.text)).compactMap { $0[0] }
    }

    func rows(_ sql: String, _ bindings: [Value], _ storages: [FieldStorage]) throws -> [[Value]] {
        try connection.rows(sql, bindings.map(Self.text)).map { row in
            zip(row, storages).map { text, storage in text.map { Self.value($0, storage) } ?? .null }
        }
    }

    /// The values of an expression for all customers, by number.
    func values(_ text: String) throws -> [Value] {
        let statement = try compiler.compile(
            AggregateQuery(
                object: local.customer.name,
                groups: [.init(alias: "id", expression: "id"), .init(alias: "e", expression: text)],
                limit: 1000
            )
        )
        return try rows(statement.sql, statement.bindings, statement.rowStorages)
            .map { row in try statement.values(of: row)[1] }
    }

    private static func text(_ value: Value) -> String? {
        switch value {
        case .null: nil
        case .integer(let number): String(number)
        case .text(let text): text
        default: "not a value of a statement: \(value)"
        }
    }

    private static func value(_ text: String, _ storage: FieldStorage) -> Value {
        switch storage {
        case .integer: return Int64(text).map(Value.integer) ?? .text(text)
        case .scaled(let scale):
            return Int64(text).flatMap { FixedDecimal(units: $0, scale: scale) }.map(Value.decimal) ?? .text(text)
        case .boolean: return .boolean(text == "t")
        case .date: return CalendarDate(iso: text).map(Value.date) ?? .text(text)
        case .instant:
            // 2026-11-21 08:30:05.12+00
            let iso = text.replacing(" ", with: "T").replacing("+00", with: "Z")
            return Instant(iso: iso).map(Value.instant) ?? .text(text)
        case .text, .none: return .text(text)
        }
    }
}
