import CRMModel
import Foundation
import Testing

@testable import CRMStorage

struct StatementTests {
    let store: SQLiteStore

    init() throws {
        store = try SQLiteStore.inMemory()
        try store.write { connection throws(PlatformError) in
            try connection.withSchemaWork { () throws(PlatformError) in
                try connection.execute("CREATE TABLE t(a TEXT, b INTEGER, c INTEGER, d INTEGER, e TEXT, f TEXT) STRICT")
            }
        }
    }

    private static let storages: [FieldStorage] = [.text, .integer, .scaled(2), .boolean, .date, .instant]

    private func decimal(_ text: String) throws -> Value { .decimal(try #require(FixedDecimal(text))) }

    private func rows() throws -> [[Value]] {
        let longText = String(repeating: "会展\u{0}\"\\\n\u{1F}é👩‍👩‍👧", count: 2000)
        return [
            [.null, .null, .null, .null, .null, .null],
            [
                .text(""), .integer(.min), try decimal("-92233720368547758.08"), .boolean(false),
                .date(.earliest), .instant(try #require(Instant(iso: "0001-01-01T00:00:00Z"))),
            ],
            [
                .text(longText), .integer(.max), try decimal("92233720368547758.07"), .boolean(true),
                .date(.latest), .instant(try #require(Instant(iso: "9999-12-31T23:59:59.999Z"))),
            ],
            [
                .text("华夏会展"), .integer(-1), try decimal("-0.05"), .boolean(true),
                .date(try #require(CalendarDate(iso: "2026-11-21"))),
                .instant(try #require(Instant(iso: "2026-11-21T08:30:05Z"))),
            ],
        ]
    }

    private func insert(_ row: [Value]) throws(PlatformError) {
        try store.write { connection throws(PlatformError) in
            let statement = try connection.statement("INSERT INTO t VALUES(?1,?2,?3,?4,?5,?6)")
            for (index, value) in row.enumerated() {
                try statement.bind(value, as: Self.storages[index], at: index + 1)
            }
            try statement.execute()
        }
    }

    @Test("every kind of value comes back as it was written, extremes and the empty value too")
    func roundTrip() throws {
        for row in try rows() { try insert(row) }
        var read: [[Value]] = []
        try store.read { connection throws(PlatformError) in
            let statement = try connection.statement("SELECT * FROM t ORDER BY rowid")
            while try statement.step() {
                var values: [Value] = []
                try statement.readValues(storages: Self.storages, into: &values)
                read.append(values)
            }
        }
        #expect(read == (try rows()))
    }

    @Test("a row as JSON is what the JSON writer makes of its values")
    func rowsAsJSON() throws {
        for row in try rows() { try insert(row) }
        let names = ["a", "b", "c", "d", "e", "f"]
        let columns = JSONColumn.row(zip(names, Self.storages).map { ($0, $1) })
        for (index, row) in try rows().enumerated() {
            var writer = JSONWriter()
            writer.beginObject()
            for (name, value) in zip(names, row) {
                writer.key(name)
                writer.value(value)
            }
            writer.endObject()
            var bytes: [UInt8] = []
            try store.read { connection throws(PlatformError) in
                let statement = try connection.statement("SELECT * FROM t ORDER BY rowid LIMIT 1 OFFSET ?1")
                statement.bind(Int64(index), at: 1)
                _ = try statement.step()
                try statement.appendJSON(columns, into: &bytes)
                statement.reset()
            }
            #expect(bytes == writer.bytes)
        }
    }

    @Test("decimals in JSON have all their places, small and negative ones too")
    func decimalsAsJSON() throws {
        var bytes: [UInt8] = []
        try store.read { connection throws(PlatformError) in
            let statement = try connection.statement("SELECT 5, -5, 0, 100, -12345, 7")
            _ = try statement.step()
            let columns = JSONColumn.row([
                ("a", .scaled(2)), ("b", .scaled(3)), ("c", .scaled(1)), ("d", .scaled(2)), ("e", .scaled(9)),
                ("f", .scaled(0)), ("g", .none),
            ])
            try statement.appendJSON(columns, into: &bytes)
            statement.reset()
        }
        let expected = #"{"a":"0.05","b":"-0.005","c":"0.0","d":"1.00","e":"-0.000012345","f":"7","g":null}"#
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test("a value of another kind than its column keeps is a fault, not a conversion")
    func misfits() throws {
        try store.write { connection throws(PlatformError) in
            let statement = try connection.statement("INSERT INTO t(a) VALUES(?1)")
            for (value, storage) in [
                (Value.integer(1), FieldStorage.text), (.text("1"), .integer), (.decimal(.zero), .integer),
                (.text("2026-11-21"), .date),
            ] {
                let error = #expect(throws: PlatformError.self) { try statement.bind(value, as: storage, at: 1) }
                #expect(error?.code == .internal)
            }
            if let fine = FixedDecimal("0.005") {
                _ = #expect(throws: PlatformError.self) { try statement.bind(.decimal(fine), as: .scaled(2), at: 1) }
            }
        }
    }

    @Test("a decimal of another scale is kept when it fits exactly")
    func rescaling() throws {
        try insert([.null, .null, try decimal("1.5"), .null, .null, .null])
        try insert([.null, .null, .integer(3), .null, .null, .null])
        let sum = try store.read { connection throws(PlatformError) in try connection.integer("SELECT sum(c) FROM t") }
        #expect(sum == 450)
    }

    @Test("a stored value of the wrong kind is reported with its column")
    func unreadable() throws {
        let error = #expect(throws: PlatformError.self) {
            try store.read { connection throws(PlatformError) in
                let statement = try connection.statement("SELECT 'not a day' AS born")
                _ = try statement.step()
                _ = try statement.value(0, as: .date)
            }
        }
        #expect(error?.code == .storage)
        #expect(error?.text(in: .en).contains("\"born\"") == true)
    }

    @Test("a statement is compiled once for its text, and anew while the first is in use")
    func caching() throws {
        try store.read { connection throws(PlatformError) in
            let before = connection.keptStatements
            let first = try connection.statement("SELECT 1 UNION SELECT 2")
            #expect(try connection.statement("SELECT 1 UNION SELECT 2") === first)
            #expect(try first.step())
            let second = try connection.statement("SELECT 1 UNION SELECT 2")
            #expect(second !== first)
            #expect(try second.step())
            #expect(second.int64(0) == 1)
            #expect(try first.step())
            #expect(first.int64(0) == 2)
            first.reset()
            second.reset()
            #expect(try connection.statement("SELECT 1 UNION SELECT 2") === first)
            #expect(connection.keptStatements == before + 1)
            let prepared = PreparedSQL("SELECT 3")
            #expect(try connection.statement(prepared) === connection.statement(prepared))
        }
    }

    @Test("a statement that a unit of work left open is free in the next one")
    func leftOpen() throws {
        let prepared = PreparedSQL("SELECT 1 UNION SELECT 2")
        var first: ObjectIdentifier?
        for _ in 0..<2 {
            try store.read { connection throws(PlatformError) in
                let statement = try connection.statement(prepared)
                #expect(try statement.step())
                #expect(statement.int64(0) == 1)
                if let first { #expect(first == ObjectIdentifier(statement)) }
                first = ObjectIdentifier(statement)
            }
        }
    }

    @Test("other files, the schema and the engine's settings are out of reach")
    func outOfReach() throws {
        for sql in [
            "ATTACH 'x.db' AS x", "PRAGMA writable_schema=ON", "CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END",
            "CREATE VIEW v AS SELECT 1", "DROP TABLE t", "SELECT load_extension('x')", "CREATE TEMP TABLE x(a)",
            "VACUUM INTO 'x.db'", "SELECT 1; SELECT 2", "nonsense", "",
        ] {
            let error = #expect(throws: PlatformError.self) {
                try store.read { connection throws(PlatformError) in try connection.execute(sql) }
            }
            #expect(error?.code == .internal, "\(sql)")
            #expect(error?.text(in: .en).contains("SQL") == false)
        }
        let kinds = ["CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT 1"]
        try store.write { connection throws(PlatformError) in
            for sql in kinds {
                _ = #expect(throws: PlatformError.self) {
                    try connection.withSchemaWork { () throws(PlatformError) in try connection.execute(sql) }
                }
            }
        }
    }

    @Test("a unique index that would be broken names its table and columns")
    func uniqueness() throws {
        let error = #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in
                try connection.put("t.a", "1")
                try connection.put("t.a", "2")
            }
        }
        #expect(error?.code == .alreadyExists)
        #expect(error?.constraintViolation?.kind == .unique)
        #expect(error?.constraintViolation?.table == "crmMeta")
        #expect(error?.constraintViolation?.columns == ["key"])
        let several = #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in
                for _ in 0..<2 {
                    try connection.execute(
                        "INSERT INTO crmSearchDocument(objectID,recordID,text,tokens) VALUES(1,2,'','')"
                    )
                }
            }
        }
        #expect(several?.constraintViolation?.columns == ["objectID", "recordID"])
    }

    @Test("the full-text index finds what was entered and forgets what was removed")
    func fullText() throws {
        try store.write { connection throws(PlatformError) in
            try connection.execute(
                "INSERT INTO crmSearchDocument(id,objectID,recordID,text,tokens) VALUES(1,1,7,'x','hua xia')"
            )
            try connection.execute("INSERT INTO crmSearch(rowid,tokens) VALUES(1,'hua xia')")
        }
        let query =
            "SELECT d.recordID FROM crmSearch s JOIN crmSearchDocument d ON d.id=s.rowid WHERE s.tokens MATCH 'xia'"
        #expect(try store.read { connection throws(PlatformError) in try connection.integer(query) } == 7)
        try store.write { connection throws(PlatformError) in
            try connection.execute("INSERT INTO crmSearch(crmSearch,rowid,tokens) VALUES('delete',1,'hua xia')")
            try connection.execute("DELETE FROM crmSearchDocument WHERE id=1")
            try connection.execute("INSERT INTO crmSearch(crmSearch) VALUES('integrity-check')")
        }
        #expect(try store.read { connection throws(PlatformError) in try connection.integer(query) } == 0)
    }
}
