import CRMModel
import Testing

@Suite("Layouts that other plugins extend")
struct LayoutExtensionTests {
    private static let base = [
        "objects/thing.json": """
        {"name": "thing", "label": "T", "fields": [
          {"name": "name", "type": "text", "label": "N"}, {"name": "note", "type": "text", "label": "O"}]}
        """,
        "layouts/thing/detail.json": #"{"sections": [{"label": "Main", "fields": ["name"]}]}"#,
        "layouts/thing/list.json": #"{"columns": ["name"], "sort": [{"field": "name"}]}"#,
    ]

    private static func more(_ id: String, _ files: [String: String]) -> [String: String] {
        [
            "objects/thing.extend.json": """
            {"extends": "thing", "fields": [
              {"name": "\(id)_size", "type": "integer", "label": "S"},
              {"name": "\(id)_colour", "type": "text", "label": "C"}]}
            """
        ].merging(files) { $1 }
    }

    private func build(_ layers: [(String, [String: String])]) throws(MetadataProblems) -> Catalog {
        var made: [MetadataLayer] = []
        for (id, files) in layers {
            var parsed: [MetadataFile] = []
            for (path, text) in files.sorted(by: { $0.key < $1.key }) {
                parsed.append(try MetadataFile(path: path, bytes: Array(text.utf8)))
            }
            made.append(MetadataLayer(plugin: PluginID(rawValue: id), files: parsed))
        }
        return try CatalogBuilder.build(layers: made, generation: 1)
    }

    private func shown(_ kind: Layout.Kind, _ catalog: Catalog) throws -> [[String]] {
        let thing = try #require(ObjectName(rawValue: "thing"))
        let layout = try #require(catalog.layout(kind, of: thing))
        return layout.sections.map { [$0.label?.text(in: .en) ?? ""] + $0.fields.map(\.rawValue) }
    }

    @Test("sections and columns follow in the order of the plugins, and what is shown already is not shown twice")
    func appended() throws {
        let red = Self.more(
            "red",
            [
                "layouts/thing/detail.extend.json": """
                {"sections": [{"label": "Red", "fields": ["red_size", "name"]}, {"label": "Again", "fields": ["name"]}]}
                """,
                "layouts/thing/list.extend.json": #"{"columns": ["red_size"]}"#,
            ]
        )
        let blue = Self.more(
            "blue",
            [
                "layouts/thing/detail.extend.json": #"{"sections": [{"label": "Blue", "fields": ["blue_size"]}]}"#,
                "layouts/thing/list.extend.json": #"{"columns": ["name", "blue_colour", "red_size"]}"#,
            ]
        )
        let catalog = try build([("base", Self.base), ("red", red), ("blue", blue)])
        #expect(try shown(.detail, catalog) == [["Main", "name"], ["Red", "red_size"], ["Blue", "blue_size"]])
        #expect(try shown(.list, catalog) == [["", "name", "red_size", "blue_colour"]])
        let alone = try build([("base", Self.base), ("blue", Self.more("blue", [:]))])
        #expect(try shown(.detail, alone) == [["Main", "name"]])
        let thing = try #require(ObjectName(rawValue: "thing"))
        #expect(catalog.layout(.list, of: thing)?.sort.map(\.field.rawValue) == ["name"])
    }

    @Test("an object without layouts of its own shows its own fields, then what is added")
    func withoutLayout() throws {
        let red = Self.more(
            "red",
            [
                "layouts/thing/detail.extend.json": #"{"sections": [{"label": "Red", "fields": ["red_size"]}]}"#,
                "layouts/thing/list.extend.json": #"{"columns": ["red_size"]}"#,
            ]
        )
        let plain = Self.base.filter { $0.key.hasPrefix("objects") }
        let catalog = try build([("base", plain), ("red", red)])
        #expect(try shown(.detail, catalog) == [["", "name", "note"], ["Red", "red_size"]])
        #expect(try shown(.list, catalog) == [["", "name", "note", "red_size"]])
    }

    @Test("mistakes are told with file, line and remedy")
    func mistakes() throws {
        let red = Self.more(
            "red",
            [
                "layouts/thing/detail.extend.json":
                    "{\"sections\": [\n{\"label\": \"Red\", \"fields\": [\"red_sise\"]}]}",
                "layouts/thign/list.extend.json": #"{"columns": ["red_size"]}"#,
            ]
        )
        var problems: [MetadataProblem] = []
        do { _ = try build([("base", Self.base), ("red", red)]) } catch { problems = error.problems }
        let texts = problems.map { $0.located.text(in: .en) }
        #expect(
            texts.contains {
                $0.hasPrefix("layouts/thing/detail.extend.json:2 sections[0].fields[0]")
                    && $0.contains("Did you mean red_size?")
            },
            "\(texts)"
        )
        #expect(
            texts.contains { $0.contains("thign/list.extend.json") && $0.contains("Did you mean thing?") },
            "\(texts)"
        )
    }

    @Test("an extension of a list has columns and nothing else")
    func columnsOnly() throws {
        let red = Self.more(
            "red",
            ["layouts/thing/list.extend.json": #"{"columns": ["red_size"], "sort": [{"field": "red_size"}]}"#]
        )
        var problems: [MetadataProblem] = []
        do { _ = try build([("base", Self.base), ("red", red)]) } catch { problems = error.problems }
        let texts = problems.map { $0.located.text(in: .en) }
        #expect(texts.count == 1)
        #expect(texts.first?.hasPrefix("layouts/thing/list.extend.json:1 sort: unknown property") == true, "\(texts)")
    }
}
