import CRMModel
import Foundation
import Testing

@testable import CRMStorage

struct SchemaPlannerTests {
    let folder: StoreFolder
    let store: SQLiteStore

    init() throws {
        folder = try StoreFolder()
        store = try SQLiteStore.create(path: folder.path())
    }

    private typealias Fixture = SchemaFixture

    private static let insert =
        "INSERT INTO obj_customer(version,created_at,created_by,updated_at,updated_by,name) VALUES(1,'t',1,'t',1,"

    private func schema() throws -> [String] {
        try store.read { connection throws(PlatformError) in
            let statement = try connection.statement(
                "SELECT sql FROM sqlite_master WHERE name GLOB '*customer*' ORDER BY name"
            )
            var texts: [String] = []
            while try statement.step() { texts.append(statement.text(0)) }
            return texts
        }
    }

    private var every: ObjectDefinition {
        Fixture.object(
            "customer",
            [
                Fixture.field("name", .text, unique: true), Fixture.field("area", .decimal(scale: 2)),
                Fixture.field("staff", .integer), Fixture.field("active", .boolean), Fixture.field("born", .date),
                Fixture.field("seen", .dateTime),
                Fixture.field("parent", .reference(to: Fixture.objectName("customer"), onDelete: .clear)),
                Fixture.field("rows", .children(object: Fixture.objectName("customer"), via: Fixture.name("parent"))),
            ],
            indexes: [IndexDefinition(fields: [Fixture.name("staff"), Fixture.name("updated_at")], isUnique: false)]
        )
    }

    @Test("a new object becomes a strict table with a column for each stored field, and its indexes")
    func creation() throws {
        #expect(
            try store.migrate(to: Fixture.catalog(every)) == [
                "Create the object \"customer\" with 8 fields", "Require name of \"customer\" to be unique",
                "Index staff, updated_at of \"customer\"", "Index parent of \"customer\"",
            ]
        )
        #expect(
            try schema() == [
                "CREATE UNIQUE INDEX \"ix_customer__name__u\" ON \"obj_customer\"(\"name\")",
                "CREATE INDEX \"ix_customer__parent\" ON \"obj_customer\"(\"parent\")",
                "CREATE INDEX \"ix_customer__staff__updated_at\" ON \"obj_customer\"(\"staff\", \"updated_at\")",
                "CREATE TABLE \"obj_customer\"(\"id\" INTEGER PRIMARY KEY AUTOINCREMENT, \"version\" INTEGER NOT NULL, "
                    + "\"created_at\" TEXT NOT NULL, \"created_by\" INTEGER NOT NULL, \"updated_at\" TEXT NOT NULL, "
                    + "\"updated_by\" INTEGER NOT NULL, \"name\" TEXT, \"area\" INTEGER, \"staff\" INTEGER, "
                    + "\"active\" INTEGER, \"born\" TEXT, \"seen\" TEXT, \"parent\" INTEGER) STRICT",
            ]
        )
        #expect(try store.migrate(to: Fixture.catalog(every)) == [])
    }

    @Test("fields get stable ids that stay when fields come and go")
    func stableIDs() throws {
        try store.migrate(to: Fixture.catalog(every))
        func id(_ field: String) throws -> Int64 {
            try store.read { connection throws(PlatformError) in
                try SchemaState.read(on: connection)
                    .stableID(of: Fixture.name(field), in: Fixture.objectName("customer"))
            }
        }
        let before = try id("staff")
        #expect(before > 0)
        #expect(try id("rows") > 0)
        try store.migrate(to: Fixture.catalog(Fixture.object("customer", [Fixture.field("name", .text)])))
        try store.migrate(to: Fixture.catalog(every))
        #expect(try id("staff") == before)
    }

    @Test("a plan alone changes nothing")
    func dryRun() throws {
        try store.close()
        let bytes = try folder.bytes("acme.crm")
        let again = try SQLiteStore.open(path: folder.path())
        let catalog = Fixture.catalog(every)
        let plan = try again.read { connection throws(PlatformError) in
            try SchemaPlanner.plan(to: catalog, on: connection)
        }
        #expect(plan.messages.count == 4)
        #expect(plan.steps.first?.sql?.hasPrefix("CREATE TABLE \"obj_customer\"(") == true)
        try again.close()
        #expect(try folder.bytes("acme.crm") == bytes)
    }

    @Test("a field that goes is archived, and its data are back when it comes back")
    func revival() throws {
        let small = Fixture.object("customer", [Fixture.field("name", .text)])
        try store.migrate(to: Fixture.catalog(every))
        try store.run(Self.insert + "'A')")
        try store.run("UPDATE obj_customer SET area=1250, parent=1")
        #expect(
            try store.migrate(to: Fixture.catalog(small)).sorted() == [
                "Archive the field \"active\" of \"customer\" (its values in 0 records stay)",
                "Archive the field \"area\" of \"customer\" (its values in 1 records stay)",
                "Archive the field \"born\" of \"customer\" (its values in 0 records stay)",
                "Archive the field \"parent\" of \"customer\" (its values in 1 records stay)",
                "Archive the field \"rows\" of \"customer\" (its values in 0 records stay)",
                "Archive the field \"seen\" of \"customer\" (its values in 0 records stay)",
                "Archive the field \"staff\" of \"customer\" (its values in 0 records stay)",
                "Drop the index ix_customer__name__u of \"customer\"",
                "Drop the index ix_customer__parent of \"customer\"",
                "Drop the index ix_customer__staff__updated_at of \"customer\"",
            ]
        )
        try store.close()
        let again = try SQLiteStore.open(path: folder.path())
        let messages = try again.migrate(to: Fixture.catalog(every))
        #expect(messages.contains("Revive the archived field \"area\" of \"customer\" with its data"))
        #expect(messages.contains("Index parent of \"customer\""))
        #expect(try again.number("SELECT area FROM obj_customer") == 1250)
        try again.close()
    }

    @Test("an object that goes is archived with its records, and comes back with them")
    func objectRevival() throws {
        let small = Fixture.object("customer", [Fixture.field("name", .text, unique: true)])
        try store.migrate(to: Fixture.catalog(small))
        try store.run(Self.insert + "'A')")
        #expect(
            try store.migrate(to: Fixture.catalog()) == [
                "Drop the index ix_customer__name__u of \"customer\"",
                "Archive the object \"customer\" (its 1 records stay)",
            ]
        )
        #expect(
            try store.migrate(to: Fixture.catalog(small)) == [
                "Revive the archived object \"customer\" with its data", "Require name of \"customer\" to be unique",
            ]
        )
        #expect(try store.text("SELECT name FROM obj_customer") == "A")
    }

    @Test("a field may be added to a table with records, and the file is opened again")
    func addition() throws {
        let small = Fixture.object("customer", [Fixture.field("name", .text)])
        try store.migrate(to: Fixture.catalog(small))
        try store.run(Self.insert + "'A')")
        let large = Fixture.object(
            "customer",
            [Fixture.field("code", .text, unique: true), Fixture.field("name", .text)]
        )
        #expect(
            try store.migrate(to: Fixture.catalog(large)) == [
                "Add the field \"code\" (text) to \"customer\"", "Require code of \"customer\" to be unique",
            ]
        )
        try store.close()
        let again = try SQLiteStore.open(path: folder.path())
        #expect(try again.number("SELECT count(*) FROM obj_customer WHERE code IS NULL") == 1)
        try again.close()
    }

    @Test("a change of the kind of values is refused with object, field and both kinds; all refusals at once")
    func incompatible() throws {
        let before = Fixture.object(
            "customer",
            [Fixture.field("name", .text), Fixture.field("area", .decimal(scale: 2))]
        )
        let after = Fixture.object(
            "customer",
            [Fixture.field("name", .integer), Fixture.field("area", .decimal(scale: 3)), Fixture.field("x", .text)]
        )
        try store.migrate(to: Fixture.catalog(before))
        let schema = try schema()
        let error = #expect(throws: PlatformError.self) { try store.migrate(to: Fixture.catalog(after)) }
        #expect(error?.code == .migrationFailed)
        #expect(
            error?.issues.map { $0.message.text(in: .en) } == [
                "The field \"name\" of \"customer\" holds values of the kind text; it cannot become integer or reference. "
                    + "Add another field",
                "The field \"area\" of \"customer\" holds values of the kind decimal with 2 places; it cannot become "
                    + "decimal with 3 places. Add another field",
            ]
        )
        #expect(error?.issues.first?.message.text(in: .zhCN).contains("「文本」") == true)
        #expect(try self.schema() == schema)
    }

    @Test("a unique index over records that agree is refused with two of them")
    func duplicates() throws {
        let plain = Fixture.object("customer", [Fixture.field("name", .text)])
        try store.migrate(to: Fixture.catalog(plain))
        for name in ["'A'", "NULL", "'B'", "NULL", "'B'", "'B'"] { try store.run(Self.insert + name + ")") }
        let unique = Fixture.object("customer", [Fixture.field("name", .text, unique: true)])
        let error = #expect(throws: PlatformError.self) { try store.migrate(to: Fixture.catalog(unique)) }
        #expect(
            error?.issues.first?.message.text(in: .en)
                == "name of \"customer\" cannot be unique: 3 records agree, such as customer/3 and customer/6"
        )
        try store.run("DELETE FROM obj_customer WHERE id IN (3,6)")
        try store.migrate(to: Fixture.catalog(unique))
        let violation = #expect(throws: PlatformError.self) { try store.run(Self.insert + "'A')") }
        #expect(violation?.constraintViolation?.table == "obj_customer")
        #expect(violation?.constraintViolation?.columns == ["name"])
    }

    @Test("codes are unique within the scope of their rule")
    func codes() throws {
        let ruleName = try #require(ElementName(rawValue: "booth_code"))
        let rule = CodeRule(
            name: ruleName,
            field: Fixture.name("code"),
            pattern: "{seq}",
            tokens: [.serial(width: 1)],
            reset: .never,
            scope: [Fixture.name("name")],
            plugin: nil
        )
        let object = Fixture.object(
            "customer",
            [Fixture.field("name", .text), Fixture.field("code", .autoNumber)],
            codeRules: [rule]
        )
        #expect(
            try store.migrate(to: Fixture.catalog(object)).last == "Require name, code of \"customer\" to be unique"
        )
    }

    @Test("more fields than the limit are refused, the limit itself is not")
    func limit() throws {
        func object(_ count: Int) -> ObjectDefinition {
            Fixture.object("customer", (0..<(count - 6)).map { Fixture.field("f\($0)", .integer) })
        }
        let error = #expect(throws: PlatformError.self) { try store.migrate(to: Fixture.catalog(object(501))) }
        #expect(
            error?.issues.first?.message.text(in: .en)
                == "The object \"customer\" has 501 fields; at most 500 are possible"
        )
        try store.migrate(to: Fixture.catalog(object(500)))
        #expect(try store.number("SELECT count(*) FROM crmField") == 494)
    }

    @Test("a plan that is out of date is refused, and a change undone leaves the schema as it was")
    func stale() throws {
        let small = Fixture.catalog(Fixture.object("customer", [Fixture.field("name", .text)]))
        let plan = try store.read { connection throws(PlatformError) in
            try SchemaPlanner.plan(to: small, on: connection)
        }
        try store.begin()
        try store.migrate(to: Fixture.catalog(every))
        try store.rollback()
        #expect(try schema() == [])
        #expect(try store.number("SELECT count(*) FROM crmField") == 0)
        try store.migrate(to: Fixture.catalog(Fixture.object("show", [Fixture.field("name", .text)])))
        let error = #expect(throws: PlatformError.self) {
            try store.write { connection throws(PlatformError) in try plan.apply(on: connection) }
        }
        #expect(error?.code == .conflict)
    }
}
