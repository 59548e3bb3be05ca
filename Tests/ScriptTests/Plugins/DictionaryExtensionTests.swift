import CRMModel
import CRMRecords
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Dictionaries that other plugins extend")
struct DictionaryExtensionTests {
    private let folder: ScratchFolder
    private let platform: Platform

    init() throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.language = .en
        platform = try Platform.inMemory(options: options)
        let base = try folder.plugin(
            "base",
            [
                "objects/lead.json": """
                {"name": "lead", "label": "L", "fields": [
                  {"name": "name", "type": "text", "label": "N"},
                  {"name": "source", "type": "picklist", "dictionary": "source", "label": "S"},
                  {"name": "province", "type": "picklist", "dictionary": "province", "label": "P"},
                  {"name": "city", "type": "picklist", "dictionary": "city", "depends_on": "province", "label": "C"}]}
                """,
                "dictionaries/source.json": """
                {"name": "source", "label": "S", "options": [
                  {"value": "website", "label": "Website"}, {"value": "agent", "label": "Agent"}]}
                """,
                "dictionaries/province.json": """
                {"name": "province", "label": "P", "options": [{"value": "hubei", "label": "Hubei"}]}
                """,
                "dictionaries/city.json": """
                {"name": "city", "label": "C", "options": [
                  {"value": "wuhan", "label": "Wuhan", "parents": ["hubei"]}, {"value": "abroad", "label": "Abroad"}]}
                """,
            ]
        )
        try platform.installPlugin(.folder(base))
    }

    private func extending(_ id: String, _ files: [String: String]) throws -> String {
        let manifest = """
            {"id":"\(id)","version":"1.0.0","api":1,"type":"module","title":"\(id)","depends":{"base":"^1.0.0"}}
            """
        return try folder.plugin(id, ["plugin.json": manifest].merging(files) { $1 })
    }

    private func sources(_ id: String, _ values: String...) throws -> String {
        let options = values.map { #"{"value": "\#($0)", "label": {"zh-CN": "来自\#($0)", "en": "From \#($0)"}}"# }
        return try extending(
            id,
            [
                "dictionaries/source.extend.json": """
                {"extends": "source",
                 "options": [\(options.joined(separator: ",\n"))]}
                """
            ]
        )
    }

    private func save(_ input: RecordInput, id: Int64? = nil) throws -> Record {
        try platform.write(as: .administrator, origin: .library) { session in
            guard let id else { return try session.create(object("lead"), input).record }
            return try session.update(RecordID(object: object("lead"), number: id), input).record
        }
    }

    private var values: [String]? {
        get throws {
            try platform.catalog.dictionaries.values.first { $0.name.rawValue == "source" }?.options.map(\.value)
        }
    }

    private func problems(_ path: String) -> [String] {
        refusal { try platform.installPlugin(.folder(path)) }?.issues.map { $0.message.text(in: .en) } ?? []
    }

    @Test("options follow those of the dictionary in the order in which the plugins are loaded")
    func order() throws {
        try platform.installPlugin(.folder(sources("zoo", "zoo_fair")))
        try platform.installPlugin(.folder(sources("fairs", "fairs_catalogue", "fairs_visitor")))
        #expect(try values == ["website", "agent", "fairs_catalogue", "fairs_visitor", "zoo_fair"])
        #expect(try save(["name": "A", "source": "From zoo_fair"])["source"] == .text("zoo_fair"))
        #expect(try save(["name": "A", "source": "来自fairs_visitor"])["source"] == .text("fairs_visitor"))
    }

    @Test("a value whose plugin is gone stays, is saved with other changes, and comes back to life with the plugin")
    func uninstalled() throws {
        let path = try sources("fairs", "fairs_visitor")
        try platform.installPlugin(.folder(path))
        try platform.installPlugin(.folder(sources("zoo", "zoo_fair")))
        let record = try save(["name": "A", "source": "fairs_visitor", "province": "hubei", "city": "wuhan"])
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "fairs")))
        #expect(try values == ["website", "agent", "zoo_fair"])
        let changed = try save(["name": "B", "source": "fairs_visitor"], id: record.id)
        #expect(changed["source"] == .text("fairs_visitor"))
        #expect(changed["name"] == .text("B"))
        let error = refusal { _ = try save(["name": "C", "source": "fairs_visitor"]) }
        #expect(error?.issues.map(\.code) == ["option"])
        let found = try platform.read(as: .administrator) { session in
            try session.find(
                Query(object: object("lead"), filter: "source = ?", parameters: [.text("fairs_visitor")])
            ).records.count
        }
        #expect(found == 1)
        try platform.installPlugin(.folder(path))
        #expect(try save(["name": "C", "source": "From fairs_visitor"])["source"] == .text("fairs_visitor"))
    }

    @Test("dependent options may be added, also under values of others, and others' options may get more parents")
    func dependent() throws {
        let path = try extending(
            "fairs",
            [
                "dictionaries/province.extend.json": """
                {"extends": "province", "options": [{"value": "fairs_overseas", "label": "Overseas"}]}
                """,
                "dictionaries/city.extend.json": """
                {"extends": "city", "options": [
                  {"value": "fairs_yichang", "label": "Yichang", "parents": ["hubei"]},
                  {"value": "fairs_osaka", "label": "Osaka", "parents": ["fairs_overseas"]},
                  {"value": "wuhan", "parents": ["fairs_overseas"]}, {"value": "abroad", "parents": ["hubei"]}]}
                """,
            ]
        )
        try platform.installPlugin(.folder(path))
        #expect(try save(["name": "A", "province": "hubei", "city": "Yichang"])["city"] == .text("fairs_yichang"))
        #expect(try save(["name": "A", "province": "Overseas", "city": "Wuhan"])["city"] == .text("wuhan"))
        #expect(try save(["name": "A", "province": "Overseas", "city": "Abroad"])["city"] == .text("abroad"))
        #expect(
            refusal { _ = try save(["name": "A", "province": "Overseas", "city": "Yichang"]) }?.issues.map(\.code)
                == ["option_parent"]
        )
        let osaka = try save(["name": "A", "province": "Overseas", "city": "Osaka"])
        _ = try platform.uninstallPlugin(#require(PluginID(rawValue: "fairs")))
        // The province may be mended although nobody knows any more under which provinces the city is.
        #expect(try save(["province": "hubei"], id: osaka.id)["city"] == .text("fairs_osaka"))
    }

    @Test("mistakes are told with their place and remedy")
    func mistakes() throws {
        let prefix = problems(try sources("fairs", "visitor"))
        #expect(
            prefix == [
                "dictionaries/source.extend.json:2 options[0].value: "
                    + "a value added to another plugin's dictionary must begin with \"fairs_\""
            ]
        )
        let twice = problems(try sources("fairs", "fairs_a", "fairs_a"))
        #expect(twice.count == 1)
        #expect(
            twice.first?.contains("source.extend.json:3 options[1]: \"fairs_a\" is defined already (source)") == true
        )
        let other = problems(try sources("fairs", "website"))
        #expect(other.first?.contains("\"website\" is of the plugin \"base\"") == true, "\(other)")
        let parent = problems(
            try extending(
                "far",
                [
                    "dictionaries/city.extend.json": """
                    {"extends": "city", "options": [
                      {"value": "far_away", "parents": ["hubei", "hubie"]}]}
                    """
                ]
            )
        )
        #expect(parent.count == 1)
        #expect(parent.first?.contains("city.extend.json:2 options[0].parents[1]") == true, "\(parent)")
        #expect(parent.first?.contains("named \"hubie\". Did you mean hubei?") == true, "\(parent)")
        let unknown = problems(
            try extending(
                "fairs",
                [
                    "dictionaries/source.extend.json": #"{"extends": "source", "options": [{"value": "fairs_a"}]}"#,
                    "dictionaries/sorce.extend.json": #"{"extends": "sorce", "options": [{"value": "fairs_a"}]}"#,
                ]
            )
        )
        #expect(unknown.first?.contains("no dictionary named \"sorce\". Did you mean source?") == true, "\(unknown)")
    }
}
