import CRMModel
import Testing

@testable import CRMStorage

/// Names, tables and limits as engines want them.
@Suite struct DialectTests {
    private let file = SQLiteDialect()
    private let server = PostgresDialect()

    /// Names of the form that objects and fields have, the same for a seed; many begin alike.
    private static func names(_ count: Int) -> Set<String> {
        var state: UInt64 = 20_261_201
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let beginnings = ["customer", String(repeating: "delivery_", count: 6), String(repeating: "x", count: 50)]
        let signs = Array("abcdefghijklmnopqrstuvwxyz0123456789_")
        var names: Set<String> = []
        while names.count < count {
            var name = beginnings[next(beginnings.count)]
            let length = name.count + 1 + next(40)
            while name.count < length { name.append(signs[next(signs.count)]) }
            names.insert(name)
        }
        return names
    }

    @Test("no two of 10,000 names meet on a server, and none is longer than it keeps")
    func shortNames() {
        let names = Self.names(10_000)
        let short = Set(names.map(server.name))
        #expect(short.count == names.count)
        #expect(short.allSatisfy { $0.utf8.count <= 59 })
        #expect(names.contains { $0.utf8.count > 63 })
        // Those that fit stay as they are; a name is the same each time.
        #expect(names.filter { $0.utf8.count < 59 }.allSatisfy { server.name($0) == $0 })
        #expect(names.allSatisfy { server.name($0) == server.name($0) })
        // The tables of files are found by the names they were made with.
        #expect(names.allSatisfy { file.name($0) == $0 })
    }

    @Test("a name that is written like a shortened one does not meet it")
    func forgedName() {
        let long = String(repeating: "a", count: 70)
        let short = server.name(long)
        #expect(short.utf8.count == 59)
        #expect(server.name(short) != short)
    }

    @Test("columns that rows of a server have of themselves are named otherwise")
    func ownColumns() throws {
        let names = ["ctid", "xmin", "tableoid"]
        for name in names {
            let field = try #require(FieldName(rawValue: name))
            #expect(server.identifier(field) != "\"\(name)\"")
            #expect(file.identifier(field) == "\"\(name)\"")
        }
    }

    @Test("words that engines keep for themselves are no names", arguments: ["sqlite", "sqlite_x", "sqlitetable"])
    func reservedObjects(name: String) {
        #expect(ObjectName(rawValue: name) == nil)
        #expect(FieldName(rawValue: "rowid") == nil)
        #expect(ObjectName(rawValue: "rowid") != nil)
        #expect(FieldName(rawValue: name) != nil)
    }

    @Test("tables and indexes are made as each engine wants them")
    func tables() throws {
        let object = try #require(ObjectName(rawValue: "visit"))
        let fields: [(name: FieldName, storage: FieldStorage)] = [
            (try #require(FieldName(rawValue: "note")), .text), (try #require(FieldName(rawValue: "cost")), .scaled(2)),
            (try #require(FieldName(rawValue: "done")), .boolean), (try #require(FieldName(rawValue: "day")), .date),
            (try #require(FieldName(rawValue: "at")), .instant), (try #require(FieldName(rawValue: "lines")), .none),
        ]
        let index = IndexDefinition(
            fields: [fields[3].name, try #require(FieldName(rawValue: "updated_at"))],
            isUnique: false
        )
        let unique = IndexDefinition(fields: [fields[0].name], isUnique: true)
        let inFile = TableDefinition(dialect: file, object: object)
        #expect(
            inFile.create(fields)
                == "CREATE TABLE \"obj_visit\"(\"id\" INTEGER PRIMARY KEY AUTOINCREMENT, \"version\" INTEGER NOT NULL, "
                + "\"created_at\" TEXT NOT NULL, \"created_by\" INTEGER NOT NULL, \"updated_at\" TEXT NOT NULL, "
                + "\"updated_by\" INTEGER NOT NULL, \"note\" TEXT, \"cost\" INTEGER, \"done\" INTEGER, \"day\" TEXT, "
                + "\"at\" TEXT) STRICT"
        )
        #expect(
            inFile.create(index)
                == "CREATE INDEX \"ix_visit__day__updated_at\" ON \"obj_visit\"(\"day\", \"updated_at\")"
        )
        #expect(inFile.isIndex(inFile.create(unique), named: "ix_visit__note__u"))
        let onServer = TableDefinition(dialect: server, object: object)
        #expect(
            onServer.create(fields)
                == "CREATE TABLE \"obj_visit\"(\"id\" bigint PRIMARY KEY, \"version\" bigint NOT NULL, "
                + "\"created_at\" timestamptz NOT NULL, \"created_by\" bigint NOT NULL, "
                + "\"updated_at\" timestamptz NOT NULL, \"updated_by\" bigint NOT NULL, \"note\" text COLLATE \"C\", "
                + "\"cost\" bigint, \"done\" boolean, \"day\" date, \"at\" timestamptz)"
        )
        #expect(
            onServer.create(index)
                == "CREATE INDEX \"ix_visit__day__updated_at\" ON \"obj_visit\"(\"day\" NULLS FIRST, \"updated_at\", \"id\")"
        )
        #expect(
            onServer.create(unique)
                == "CREATE UNIQUE INDEX \"ix_visit__note__u\" ON \"obj_visit\"(\"note\" NULLS FIRST)"
        )
        #expect(onServer.add(fields[1].name, .boolean) == "ALTER TABLE \"obj_visit\" ADD COLUMN \"cost\" boolean")
    }

    @Test("a table of a server may have fewer columns")
    func limits() {
        #expect(file.columnLimit == 1900)
        #expect(server.columnLimit == 1600)
        #expect(file.expressionBudget == 80)
        #expect(server.expressionBudget == nil)
    }

    @Test("no word of a file's engine is left in the platform's own tables for a server")
    func systemTables() {
        let statements = PostgresTables.statements
        #expect(statements.count > 15)
        for statement in statements {
            for word in ["STRICT", "ROWID", "AUTOINCREMENT", "INTEGER", "BLOB", "VIRTUAL"] {
                #expect(!statement.contains(word), "\(statement)")
            }
        }
    }
}
