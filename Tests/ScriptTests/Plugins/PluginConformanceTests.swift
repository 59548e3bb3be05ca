import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// The rules that every plugin of the repository keeps.
@Suite("Plugins of the repository")
struct PluginConformanceTests {
    static let names = Repository.names(in: "plugins").filter { name in
        !name.hasPrefix("_") && !name.hasPrefix(".")
    }

    private func folder(_ name: String) -> String { Repository.path("plugins/\(name)") }

    @Test("there are plugins") func some() { #expect(Self.names.count > 3) }

    @Test("its tests pass and there are some", arguments: names)
    func tests(_ name: String) throws {
        let report = try Platform.testPlugin(folder: folder(name))
        #expect(report.passed > 0)
        for test in report.tests where !test.ok {
            Issue.record("\(test.file):\(test.line) \(test.name): \(test.message)")
        }
    }

    @Test("the check finds nothing", arguments: names)
    func check(_ name: String) {
        #expect(Platform.checkPlugin(folder: folder(name)).map { $0.text(in: .en) } == [])
    }

    @Test("it is explained, its files are found by their places, and main.lua says little", arguments: names)
    func files(_ name: String) throws {
        let readme = try Repository.bytes("plugins/\(name)/README.md")
        #expect(readme.count > 200)
        let package = try PluginPackage(folder: folder(name))
        #expect(package.isWiredByPlaces)
        #expect(package.files["main.lua"].map { main in main.count { $0 == 0x0A } <= 60 } ?? true)
        for language in Language.allCases {
            let texts = "plugins/\(name)/locales/\(language.rawValue).json"
            guard case .object(let object) = try JSONParser.parse(Repository.bytes(texts)) else {
                Issue.record("\(texts) holds no object")
                continue
            }
            #expect(object.keys == (try locale(name, .zhCN)), "\(texts)")
        }
    }

    private func locale(_ name: String, _ language: Language) throws -> [String] {
        let json = try JSONParser.parse(Repository.bytes("plugins/\(name)/locales/\(language.rawValue).json"))
        return json.objectValue?.keys ?? []
    }

    @Test("every label and title is there in three languages", arguments: names)
    func languages(_ name: String) throws {
        let package = try PluginPackage(folder: folder(name))
        for (path, bytes) in package.files where path.hasSuffix(".json") && !path.hasPrefix("locales/") {
            Self.walk(try JSONParser.parse(bytes), path)
        }
        let platform = try Platform.inMemory()
        try platform.installPlugin(.folder(folder(name)))
        let titles =
            try platform.reports.map(\.title) + platform.commands.map(\.title) + platform.printTemplates.map(\.title)
            + (platform.reports.flatMap(\.parameters) + platform.commands.flatMap(\.parameters)).map(\.label)
        for title in titles {
            for language in Language.allCases { #expect(title.texts[language]?.isEmpty == false, "\(title)") }
        }
        for template in try platform.printTemplates { #expect(Set(template.languages) == Set(Language.allCases)) }
    }

    /// Looks at every text for people in a metadata file.
    private static func walk(_ json: JSONValue, _ place: String) {
        switch json {
        case .array(let items): for (index, item) in items.enumerated() { walk(item, "\(place)[\(index)]") }
        case .object(let object):
            for (key, value) in object.entries {
                if ["label", "title", "message", "help", "description"].contains(key) {
                    let texts = value.objectValue
                    for language in Language.allCases {
                        if case .string(let text)? = texts?[language.rawValue], !text.isEmpty { continue }
                        Issue.record("\(place).\(key) has no \(language.rawValue)")
                    }
                } else {
                    walk(value, "\(place).\(key)")
                }
            }
        default: break
        }
    }

    @Test("install, uninstall, install again: schema and data are as before", arguments: names)
    func cycle(_ name: String) throws {
        let platform = try Platform.inMemory()
        try platform.installPlugin(.folder(folder(name)))
        let first = try snapshot(platform)
        let id = try #require(PluginID(rawValue: name))
        let needed = try PluginFolders.needed(folder(name))
        let without = try Platform.inMemory()
        for package in needed { try without.installPlugin(.folder(folder(package.manifest.id.rawValue))) }
        for _ in 1...2 {
            _ = try platform.uninstallPlugin(id)
            #expect(try fields(platform) == fields(without))
            try platform.installPlugin(.folder(folder(name)))
            #expect(try snapshot(platform) == first)
        }
        #expect(try platform.check().map { $0.message.text(in: .en) } == [])
    }

    /// The objects with their fields.
    private func fields(_ platform: Platform) throws -> [String] {
        try platform.catalog.sortedObjects.flatMap { object in object.fields.map { "\(object.name).\($0.name)" } }
    }

    /// The tables with their columns, and the number of records of each object.
    private func snapshot(_ platform: Platform) throws -> [String] {
        let counts = try platform.read(as: .administrator) { session in
            var lines: [String] = []
            for object in session.catalog.sortedObjects {
                lines.append("\(object.name) \(object.stableID) \(try session.count(object.name))")
                lines += object.fields.map { "\(object.name).\($0.name) \($0.stableID)" }
            }
            return lines
        }
        let tables = try platform.lanes.run(.write) { company throws(PlatformError) in
            try company.store.read { connection throws(PlatformError) in
                var lines: [String] = []
                let statement = try connection.statement(
                    "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
                )
                while try statement.step() {
                    lines.append("\(statement.text(0)) \(statement.text(1)) \(statement.text(2))")
                }
                return lines
            }
        }
        return counts + tables
    }

    @Test("the tests of a plugin fail when its check does, and say why")
    func testsCheck() throws {
        let scratch = try ScratchFolder()
        let folder = try scratch.plugin(
            "demo",
            [
                "objects/card.json": """
                {"name": "card", "label": "名片", "title_field": "name", "fields": [
                  {"name": "name", "type": "text", "label": "姓名"}]}
                """,
                "main.lua": #"crm.print_template{name = "card", title = "名片", object = "card"}"#,
                "print/card/zh-CN.html": "<p>{{name}</p>",
                "tests/a.lua": #"test("passes", function() expect.equal(1, 1) end)"#,
            ]
        )
        let problems = Platform.checkPlugin(folder: folder)
        let report = try Platform.testPlugin(folder: folder)
        #expect(problems.count == 1)
        #expect(report.failed == 1 && report.passed == 1)
        let failed = try #require(report.tests.first { !$0.ok })
        #expect(failed.file == "print/card/zh-CN.html")
        #expect(failed.message == problems[0].text(in: .zhCN))
    }

    @Test("the template makes a plugin that checks and tests clean")
    func template() throws {
        let scratch = try ScratchFolder()
        let id = try #require(PluginID(rawValue: "my_first"))
        let files = try Platform.newPlugin(
            id: id,
            in: scratch.path,
            title: "第一个",
            template: Repository.path("plugins/_template")
        )
        #expect(files.contains("my_first/plugin.json"))
        let folder = scratch.path + "/my_first"
        #expect(Platform.checkPlugin(folder: folder).map { $0.text(in: .en) } == [])
        let report = try Platform.testPlugin(folder: folder)
        #expect(report.passed > 0)
        #expect(report.failed == 0, "\(report.tests.map(\.message))")
        let platform = try Platform.inMemory()
        try platform.installPlugin(.folder(folder), demo: true)
        #expect(try platform.plugins.first?.title.text(in: .zhCN) == "第一个")
        #expect(try !platform.reports.isEmpty && !platform.printTemplates.isEmpty)
        #expect(
            refusal {
                _ = try Platform.newPlugin(
                    id: id,
                    in: scratch.path,
                    title: "x",
                    template: Repository.path("plugins/_template")
                )
            }?.code == .alreadyExists
        )
    }

    @Test("the template's dictionary has the plugin's name before its own", arguments: [nil, "machine"])
    func templateNames(object: String?) throws {
        let scratch = try ScratchFolder()
        let files = try Platform.newPlugin(
            id: try #require(PluginID(rawValue: "acme.tools")),
            in: scratch.path,
            object: object,
            template: Repository.path("plugins/_template")
        )
        let name = "acme_tools_\(object ?? "sample")_status"
        #expect(files.contains("acme.tools/dictionaries/\(name).json"))
        let folder = scratch.path + "/acme.tools"
        #expect(Platform.checkPlugin(folder: folder).map { $0.text(in: .en) } == [])
        let platform = try Platform.inMemory()
        try platform.installPlugin(.folder(folder))
        #expect(try platform.catalog.dictionaries.keys.map(\.rawValue) == [name])
        #expect(try Platform.testPlugin(folder: folder).failed == 0)
    }

    @Test(
        "names that the platform keeps for itself are refused before anything is made",
        arguments: ["console", "script"]
    )
    func reserved(name: String) throws {
        let scratch = try ScratchFolder()
        let id = try #require(PluginID(rawValue: name))
        let error = refusal {
            try Platform.newPlugin(id: id, in: scratch.path, template: Repository.path("plugins/_template"))
        }
        #expect(error?.code == .invalidInput && error?.text(in: .en).contains(name) == true)
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/" + name))
    }

    @Test("a name that is taken is told to the newcomer alone, once, and not to those who use it")
    func taken() throws {
        func plugin(_ id: String, _ scratch: ScratchFolder, status: Bool = true) throws -> String {
            var files = [
                "objects/\(id)_order.json": """
                {"name":"\(id)_order","label":"O","fields":[{"name":"name","type":"text","label":"N"},
                  {"name":"state","type":"picklist","label":"S","dictionary":"\(status ? "state" : "\(id)_state")","default":"\(id)"}]}
                """
            ]
            let name = status ? "state" : "\(id)_state"
            files["dictionaries/\(name).json"] =
                #"{"name":"\#(name)","label":"S","options":[{"value":"\#(id)","label":"\#(id)"}]}"#
            try? FileManager.default.removeItem(atPath: scratch.path + "/" + id)
            return try scratch.plugin(id, files)
        }
        func told(_ platform: Platform, _ folder: String) -> [String]? {
            refusal { try platform.installPlugin(.folder(folder)) }?.issues.map { $0.message.text(in: .en) }
        }
        let scratch = try ScratchFolder()
        for (first, second) in [("acme", "zoo"), ("zoo", "acme")] {
            let platform = try Platform.inMemory()
            try platform.installPlugin(.folder(plugin(first, scratch)))
            let says =
                "dictionaries/state.json:1: \"state\" is defined already (\(first)); "
                + "rename the one here, such as with \"\(second)_\" before it"
            #expect(told(platform, try plugin(second, scratch)) == [says])
            // An upgrade that takes the name is to blame as a newcomer is.
            try platform.installPlugin(.folder(plugin(second, scratch, status: false)))
            #expect(told(platform, try plugin(second, scratch)) == [says])
        }
    }
}
