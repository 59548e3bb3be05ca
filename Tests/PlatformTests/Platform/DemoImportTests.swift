import CRMPlatform
import Foundation
import TestSupport
import Testing

@Suite("Demonstration data")
struct DemoImportTests {
    private let folder: ScratchFolder
    private let platform: Platform

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
    }

    private func manifest(_ id: String, depends: String = "{}", demo: String) -> String {
        """
        {"id": "\(id)", "version": "1.0.0", "api": 1, "type": "module", "title": "\(id)", "depends": \(depends),
         "demo": [\(demo)]}
        """
    }

    private func object(_ name: String) -> String {
        """
        {"name": "\(name)", "label": "\(name)", "fields": [
          {"name": "title", "type": "text", "label": "T", "required": true}, {"name": "code", "type": "text", "label": "C"}]}
        """
    }

    /// A plugin of one object, with a workbook whose second visible sheet has headings of its own.
    private func workbookPlugin(map: String = #"{"columns": {"name": "title"}}"#) throws -> String {
        let path = try folder.plugin(
            "lower",
            [
                "plugin.json": manifest(
                    "lower",
                    demo: #"{"import": "demo/a.xlsx", "object": "low", "map": "demo/a.map.json", "sheet": "Other"}"#
                ),
                "objects/low.json": object("low"), "demo/a.map.json": map,
            ]
        )
        let bytes = try Repository.bytes("Tests/Corpus/xlsx/kinds.xlsx")
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/demo/a.xlsx"))
        return path
    }

    private func upperPlugin(in place: String = "upper") throws -> String {
        try folder.plugin(
            place,
            [
                "plugin.json": manifest(
                    "upper",
                    depends: #"{"lower": "^1.0.0"}"#,
                    demo: #"{"import": "demo/b.csv", "object": "high"}"#
                ),
                "objects/high.json": object("high"), "demo/b.csv": "title\nx\ny\n",
            ]
        )
    }

    private func titles(_ name: String) throws -> [String] {
        let query = Query(object: try #require(ObjectName(rawValue: name)))
        return try platform.read(as: .administrator) { session in
            try session.find(query).records.map { $0["title"].displayText }
        }
    }

    @Test("come from a sheet of a workbook, through a mapping of the plugin")
    func workbook() throws {
        let path = try workbookPlugin()
        #expect(Platform.checkPlugin(folder: path).map { $0.text(in: .en) } == [])
        let report = try platform.installPlugin(.folder(path), demo: true)
        #expect(report.demo.count == 1)
        #expect(try titles("low") == ["另一张表"])
    }

    @Test("come only with the plugins that were asked for, in the order in which they need each other")
    func named() throws {
        _ = try workbookPlugin()
        let upper = try upperPlugin()
        let report = try platform.installPlugin(.folder(upper), demo: true)
        #expect(report.installed.map(\.id.rawValue) == ["lower", "upper"])
        #expect(try titles("low") == [])
        #expect(try titles("high") == ["x", "y"])
        let both = try Platform.create(at: folder.path + "/both.crm")
        let path = folder.path
        let all = try both.installPlugins([.folder(upper), .named("lower", searchPath: [path])], demo: true)
        #expect(all.installed.map(\.id.rawValue) == ["lower", "upper"])
        #expect(all.demo.map { $0.text(in: .en) }.map { $0.prefix(10) } == ["demo/a.xls", "demo/b.csv"])
    }

    @Test("a plugin given as a folder finds what it needs beside it, then where plugins are looked for")
    func searchPath() throws {
        _ = try workbookPlugin()
        let upper = try upperPlugin(in: "elsewhere/upper")
        let error = #expect(throws: PlatformError.self) { try platform.installPlugin(.folder(upper)) }
        #expect(error?.code == .dependencyMissing)
        #expect(Platform.checkPlugin(folder: upper, searchPath: [folder.path]).isEmpty)
        try platform.installPlugin(.folder(upper, searchPath: [folder.path]))
        #expect(try platform.plugins.map(\.id.rawValue) == ["lower", "upper"])
    }

    @Test("a check of the plugin finds a mapping and headings that do not fit, and a mapping that is not there")
    func check() throws {
        let wrong = Platform.checkPlugin(folder: try workbookPlugin(map: #"{"columns": {"name": "nothing"}}"#))
        #expect(wrong.map(\.context.file) == ["demo/a.xlsx"])
        let broken = Platform.checkPlugin(folder: try workbookPlugin(map: "{"))
        #expect(broken.map(\.context.file) == ["demo/a.map.json"])
        try FileManager.default.removeItem(atPath: folder.path + "/lower/demo/a.map.json")
        let missing = Platform.checkPlugin(folder: folder.path + "/lower")
        #expect(missing.map { $0.text(in: .en).contains("demo/a.map.json") } == [true])
    }
}
