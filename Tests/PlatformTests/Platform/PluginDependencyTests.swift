import CRMModel
import CRMStorage
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Plugins that need others")
struct PluginDependencyTests {
    private let folder: ScratchFolder
    private let platform: Platform

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.create(at: folder.path + "/t.crm")
    }

    private func plugin(
        _ id: String,
        version: String = "1.0.0",
        depends: String = "{}",
        _ files: [String: String] = [:]
    ) throws -> String {
        let manifest = """
            {"id":"\(id)","version":"\(version)","api":1,"type":"module","title":"\(id)","depends":\(depends)}
            """
        return try folder.plugin(id, ["plugin.json": manifest].merging(files) { $1 })
    }

    private func object(_ name: String, type: String = "text") -> [String: String] {
        [
            "objects/\(name).json": """
            {"name": "\(name)", "label": "\(name)", "fields": [
              {"name": "name", "type": "text", "label": "N"}, {"name": "value", "type": "\(type)", "label": "V"}]}
            """
        ]
    }

    private var ids: [String] {
        get throws { try platform.plugins.map(\.id.rawValue) }
    }

    @Test("what a plugin needs is found beside it and comes first, and leaves last")
    func order() throws {
        _ = try plugin("zeta", object("zed"))
        _ = try plugin(
            "middle",
            depends: #"{"zeta": "^1.0.0"}"#,
            [
                "objects/zed.extend.json": """
                {"extends": "zed", "fields": [{"name": "middle_more", "type": "integer", "label": "M"}]}
                """
            ]
        )
        let top = try plugin("alpha", depends: #"{"middle": ">=1.0.0"}"#)
        let report = try platform.installPlugin(.folder(top))
        #expect(report.installed.map(\.id.rawValue) == ["zeta", "middle", "alpha"])
        #expect(try ids == ["zeta", "middle", "alpha"])
        let needed = refusal { _ = try platform.uninstallPlugin(id("zeta")) }
        #expect(needed?.code == .conflict)
        #expect(needed?.text(in: .en).contains("middle") == true)
        for name in ["alpha", "middle", "zeta"] { _ = try platform.uninstallPlugin(id(name)) }
        #expect(try ids == [])
    }

    @Test("a need that is missing, too new or in a circle refuses the installation and says which")
    func refused() throws {
        let before = try TableDigest(file: platform.path)
        _ = try plugin("old", object("thing"))
        let cases = [
            (try plugin("a", depends: #"{"nowhere": "^1.0.0"}"#), "nowhere"),
            (try plugin("b", depends: #"{"old": "^2.0.0"}"#), "old"),
        ]
        for (path, name) in cases {
            let error = refusal { try platform.installPlugin(.folder(path)) }
            #expect(error?.code == .dependencyMissing)
            #expect(error?.text(in: .en).contains(name) == true)
        }
        _ = try plugin("round", depends: #"{"about": "*"}"#)
        let circle = refusal { try platform.installPlugin(.folder(try plugin("about", depends: #"{"round": "*"}"#))) }
        #expect(circle?.text(in: .en).contains("round") == true && circle?.text(in: .en).contains("about") == true)
        #expect(try ids == [])
        #expect(try TableDigest(file: platform.path) == before)
    }

    @Test("an upgrade that does not fit the data leaves old version, schema and data as they were")
    func upgrade() throws {
        try platform.installPlugin(.folder(try plugin("things", object("thing"))))
        try platform.runScript("crm.create('thing', {name = 'a', value = 'many'})", name: "s.lua", as: .administrator) {
            _ in
        }
        let before = try TableDigest(file: platform.path)
        let wrong = try plugin("things", version: "1.1.0", object("thing", type: "integer"))
        #expect(refusal { try platform.installPlugin(.folder(wrong)) } != nil)
        #expect(try platform.plugins.first?.version == "1.0.0")
        let broken = try plugin("things", version: "1.1.0", object("thing").merging(["main.lua": "error('no')"]) { $1 })
        #expect(refusal { try platform.installPlugin(.folder(broken)) }?.context.file == "main.lua")
        #expect(try platform.plugins.first?.version == "1.0.0")
        #expect(try TableDigest(file: platform.path) == before)
        #expect(try platform.planInstall(.folder(try plugin("more", object("other")))).isEmpty == false)
        #expect(try TableDigest(file: platform.path) == before)
        #expect(try platform.catalog.objects[TestSupport.object("other")] == nil)
    }

    @Test("data archived by uninstalling come back with the plugin")
    func comeBack() throws {
        let path = try plugin("things", object("thing"))
        try platform.installPlugin(.folder(path))
        try platform.runScript("crm.create('thing', {name = 'a', value = 'kept'})", name: "s.lua", as: .administrator) {
            _ in
        }
        let before = try TableDigest(file: platform.path)
        for _ in 1...20 {
            _ = try platform.uninstallPlugin(id("things"))
            #expect(try platform.catalog.objects.isEmpty)
            try platform.installPlugin(.folder(path))
        }
        let value = try platform.read(as: .administrator) { session in
            try session.require(RecordID(object: TestSupport.object("thing"), number: 1))["value"].displayText
        }
        #expect(value == "kept")
        #expect(try TableDigest(file: platform.path).tables["sqlite_master"] == before.tables["sqlite_master"])
        #expect(try platform.check().isEmpty)
    }

    @Test("references that lead nowhere are told by the check: how many, of which field, and where")
    func danglingReferences() throws {
        let visit = """
            {"name": "visit", "label": "拜访", "fields": [
              {"name": "name", "type": "text", "label": "N"},
              {"name": "thing", "type": "reference", "object": "thing", "label": "物件"}]}
            """
        try platform.installPlugin(.folder(plugin("things", object("thing"))))
        let visits = try plugin("visits", depends: #"{"things": "^1.0.0"}"#, ["objects/visit.json": visit])
        try platform.installPlugin(.folder(visits))
        let script = """
            local kept, lost = crm.create('thing', {name = 'kept'}), crm.create('thing', {name = 'lost'})
            crm.create('visit', {name = 'a', thing = kept})
            for i = 1, 4 do crm.create('visit', {name = 'b', thing = lost}) end
            crm.create('visit', {name = 'c'})
            """
        try platform.runScript(script, name: "s.lua", as: .administrator) { _ in }
        #expect(try platform.check().isEmpty)
        _ = try platform.uninstallPlugin(id("visits"))
        // The pipeline would not do it; files of earlier versions have such records.
        let thing = try platform.catalog.object(TestSupport.object("thing"))
        try platform.lanes.run(.write) { company throws(PlatformError) in
            try company.store.write { connection throws(PlatformError) in
                try RecordTable(thing, dialect: connection.dialect).delete(2, on: connection)
            }
        }
        #expect(try platform.check().isEmpty)
        try platform.installPlugin(.folder(visits))
        let findings = try platform.check()
        #expect(findings.map(\.severity) == [.error])
        let told = findings.first?.message.text(in: .zhCN) ?? ""
        #expect(told.hasPrefix("拜访的「物件」有 4 条记录指向已不存在的记录（visit/2、visit/3、visit/4、…）"))
    }

    private func id(_ text: String) throws -> PluginID { try #require(PluginID(rawValue: text)) }
}
