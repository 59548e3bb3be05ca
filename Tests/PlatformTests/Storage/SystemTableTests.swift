import CRMModel
import Testing

@testable import CRMStorage

struct SystemTableTests {
    private let store: SQLiteStore

    init() throws { store = try SQLiteStore.inMemory() }

    @Test("settings are set, replaced and removed; changes of metadata are counted")
    func settings() throws {
        try store.write { connection throws(PlatformError) in
            #expect(try MetaTable.value(.language, on: connection) == nil)
            try MetaTable.set(.language, to: "zh-TW", on: connection)
            try MetaTable.set(.language, to: "en", on: connection)
            #expect(try MetaTable.value(.language, on: connection) == "en")
            try MetaTable.set(.language, to: nil, on: connection)
            #expect(try MetaTable.value(.language, on: connection) == nil)
            #expect(try MetaTable.generation(on: connection) == 0)
            try MetaTable.raiseGeneration(on: connection)
            #expect(try MetaTable.raiseGeneration(on: connection) == 2)
            #expect(try MetaTable.generation(on: connection) == 2)
        }
    }

    @Test("a plugin comes back as it was entered, is replaced by a new version, and goes with its files")
    func plugins() throws {
        let id = try #require(PluginID(rawValue: "acme.demo"))
        let other = try #require(PluginID(rawValue: "sales"))
        let instant = try #require(Instant(iso: "2026-11-21T08:30:05.120Z"))
        var row = PluginRow(
            id: id,
            version: "1.0.0",
            position: 1,
            manifest: "{\"id\":\"acme.demo\"}",
            isEnabled: true,
            linkPath: nil,
            installedAt: instant
        )
        let second = PluginRow(
            id: other,
            version: "2.0.0",
            position: 0,
            manifest: "{}",
            isEnabled: false,
            linkPath: "/tmp/x",
            installedAt: instant
        )
        try store.write { connection throws(PlatformError) in
            try PluginTable.set(row, on: connection)
            try PluginTable.set(second, on: connection)
            #expect(try PluginTable.rows(on: connection) == [second, row])
            row.version = "1.1.0"
            try PluginTable.set(row, on: connection)
            #expect(try PluginTable.rows(on: connection) == [second, row])
            let files = [
                PluginFileRow(plugin: id, path: "lib/a.lua", content: [0, 255, 10], sha256: "aa"),
                PluginFileRow(plugin: id, path: "main.lua", content: [], sha256: "bb"),
            ]
            for file in files.reversed() { try PluginFileTable.set(file, on: connection) }
            #expect(try PluginFileTable.rows(of: id, on: connection) == files)
            #expect(try PluginFileTable.content(of: id, path: "lib/a.lua", on: connection) == [0, 255, 10])
            #expect(try PluginFileTable.content(of: id, path: "none.lua", on: connection) == nil)
            #expect(try PluginFileTable.rows(of: other, on: connection) == [])
            try PluginTable.remove(id, on: connection)
            #expect(try PluginTable.rows(on: connection) == [second])
            #expect(try PluginFileTable.rows(of: id, on: connection) == [])
        }
    }

    @Test("documents of metadata are kept by layer, kind and name")
    func layers() throws {
        let first = LayerRow(layer: "local", kind: "object", name: "customer.extend", content: "{}")
        let second = LayerRow(layer: "sales", kind: "object", name: "customer", content: "{\"label\":\"客户\"}")
        let third = LayerRow(layer: "sales", kind: "report", name: "customer", content: "[]")
        try store.write { connection throws(PlatformError) in
            for row in [third, second, first] { try LayerTable.set(row, on: connection) }
            #expect(try LayerTable.rows(on: connection) == [first, second, third])
            try LayerTable.remove(layer: "sales", kind: "report", name: "customer", on: connection)
            #expect(try LayerTable.rows(on: connection) == [first, second])
            try LayerTable.remove(layer: "sales", on: connection)
            #expect(try LayerTable.rows(on: connection) == [first])
        }
    }

    @Test("a store is sound when it is new, and a table that is gone is found")
    func checks() throws {
        let object = SchemaFixture.object("customer", [SchemaFixture.field("name", .text)])
        try store.migrate(to: SchemaFixture.catalog(object))
        func findings() throws(PlatformError) -> [String] {
            try store.read { connection throws(PlatformError) in
                try IntegrityCheck.findings(on: connection).map { $0.text(in: .en) }
            }
        }
        #expect(try findings() == [])
        try store.runSchemaWork("CREATE TABLE other(a)")
        #expect(
            try findings() == [
                "The file \"(memory)\" contains \"table other\", which this platform does not make; it is not opened"
            ]
        )
        try store.runSchemaWork("DROP TABLE other")
        try store.runSchemaWork("DROP TABLE obj_customer")
        #expect(try findings() == ["The table of the object \"customer\" is missing"])
        let sizes = try store.read { connection throws(PlatformError) in try IntegrityCheck.sizes(on: connection) }
        #expect(sizes.bytes == sizes.pages * 4096)
        #expect(sizes.pages > 10)
    }
}
