import CRMModel
import CRMScripting
import Foundation
import GRDBSQLite
import TestSupport
import Testing

@testable import CRMRuntime
@testable import CRMStorage

@Suite("What an installation reads")
struct InstallationReadingTests {
    private static func package(_ id: String, _ object: String, depends: String = "{}") throws -> PluginPackage {
        let manifest = #"{"id":"\#(id)","version":"1.0.0","api":1,"type":"module","title":"T","depends":\#(depends)}"#
        let definition = """
            {"name":"\(object)","label":"\(object)","title_field":"name","fields":[
              {"name":"name","type":"text","label":"名称"},{"name":"size","type":"integer","label":"大小"}]}
            """
        return try PluginPackage(files: [
            "plugin.json": Array(manifest.utf8), "objects/\(object).json": Array(definition.utf8),
            "main.lua": Array("-- \(id)".utf8), "tests/a.lua": [],
        ])
    }

    /// How many statements that `body` runs read files of plugins.
    private func readings(_ connection: StoreConnection, _ body: () throws -> Void) throws -> Int {
        var count = 0
        try withUnsafeMutablePointer(to: &count) { pointer in
            sqlite3_trace_v2(
                connection.handle,
                UInt32(SQLITE_TRACE_STMT),
                { _, context, statement, _ in
                    guard let statement, let sql = sqlite3_sql(OpaquePointer(statement)) else { return 0 }
                    let text = String(cString: sql)
                    if text.hasPrefix("SELECT"), text.contains("crmPluginFile") {
                        context?.assumingMemoryBound(to: Int.self).pointee += 1
                    }
                    return 0
                },
                pointer
            )
            defer { sqlite3_trace_v2(connection.handle, 0, nil, nil) }
            try body()
        }
        return count
    }

    /// Everything of which a catalog that was numbered could differ from one that was built of the file.
    private func numbers(_ plugins: InstalledPlugins) -> [String] {
        let catalog = plugins.catalog
        return ["\(catalog.generation)"]
            + catalog.sortedObjects.flatMap { object in
                ["\(object.name) \(object.stableID)"] + object.fields.map { "\(object.name).\($0.name) \($0.stableID)" }
            } + plugins.entries.map { "\($0.package.manifest.id) \($0.package.files.keys.sorted())" }
    }

    @Test("no file of a plugin is read that is at hand, and what comes out is what the file says")
    func files() throws {
        let crm = try TestCompany([:])
        let packages = [try Self.package("one", "ant"), try Self.package("two", "bee", depends: #"{"one":"*"}"#)]
        for package in packages + [try Self.package("one", "ant")] {
            try crm.store.write { connection throws(PlatformError) in
                let known = try InstalledPlugins.load(from: connection)
                let installer = PluginInstaller(
                    connection: connection,
                    now: crm.clock.now,
                    zone: .gmt,
                    known: known
                )
                var outcome: PluginInstaller.Outcome?
                let count = try? readings(connection) { outcome = try installer.install([package]) }
                #expect(count == 0)
                let read = try InstalledPlugins.load(from: connection)
                #expect(outcome.map { numbers($0.plugins) } == numbers(read))
                #expect(read.catalog.sortedObjects.allSatisfy { $0.stableID > 0 })
            }
        }
    }
}
