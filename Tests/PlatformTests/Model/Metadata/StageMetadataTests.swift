import CRMModel
import Testing

@Suite("Stages in metadata")
struct StageMetadataTests {
    private static let dictionary = """
        {"name": "way", "label": "W", "options": [
          {"value": "a", "label": "A"}, {"value": "b", "label": "B"}, {"value": "c", "label": "C"},
          {"value": "old", "label": "O", "retired": true}]}
        """

    private func build(
        _ stages: String,
        _ more: [String: String] = [:],
        fallback: String = ""
    ) throws(MetadataProblems) -> Catalog {
        let files = [
            "objects/trip.json": """
            {"name": "trip", "label": "T", "fields": [
              {"name": "name", "type": "text", "label": "N"},
              {"name": "state", "type": "picklist", "dictionary": "way", "label": "S"\(fallback)}],
            "stages":
            \(stages)
            }
            """,
            "dictionaries/way.json": Self.dictionary,
        ]
        var layers = [MetadataLayer(plugin: PluginID(rawValue: "base"), files: try parse(files))]
        if !more.isEmpty { layers.append(MetadataLayer(plugin: PluginID(rawValue: "more"), files: try parse(more))) }
        return try CatalogBuilder.build(layers: layers, generation: 1)
    }

    private func parse(_ files: [String: String]) throws(MetadataProblems) -> [MetadataFile] {
        var parsed: [MetadataFile] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            parsed.append(try MetadataFile(path: path, bytes: Array(text.utf8)))
        }
        return parsed
    }

    private func problems(_ stages: String, _ more: [String: String] = [:], fallback: String = "") -> [MetadataProblem]
    {
        do {
            _ = try build(stages, more, fallback: fallback)
            return []
        } catch {
            return error.problems
        }
    }

    static let mistakes: [(stages: String, line: Int, says: [String])] = [
        (#"{"field": "stat", "steps": [{"value": "a"}]}"#, 5, ["field named \"stat\"", "state"]),
        (#"{"field": "name", "steps": [{"value": "a"}]}"#, 5, ["\"name\"", "text", "picklist"]),
        (#"{"field": "state"}"#, 5, ["steps"]),
        (
            "{\"field\": \"state\", \"steps\": [{\"value\": \"a\"}, {\"value\": \"b\"},\n{\"value\": \"cc\"}, {\"value\": \"c\"}]}",
            6, ["\"cc\"", "Did you mean c"]
        ),
        ("{\"field\": \"state\",\n\"steps\": [{\"value\": \"a\"}]}", 6, ["b, c", "way", "Add"]),
        (
            "{\"field\": \"state\", \"steps\": [{\"value\": \"a\"}, {\"value\": \"b\"},\n{\"value\": \"c\"}, {\"value\": \"c\"}]}",
            6, ["\"c\" is defined already"]
        ),
        (
            "{\"field\": \"state\", \"steps\": [{\"value\": \"a\"}, {\"value\": \"b\",\n\"next\": [\"d\"]}, {\"value\": \"c\"}]}",
            6, ["step of stages named \"d\""]
        ),
        (
            "{\"field\": \"state\", \"steps\": [{\"value\": \"a\", \"start\": true, \"next\": [\"b\"]}, {\"value\": \"b\", \"next\": []},\n{\"value\": \"c\", \"next\": []}]}",
            6, ["nothing leads to the step \"c\"", "next", "start"]
        ),
        (
            #"{"field": "state", "steps": [{"value": "a", "strat": true}, {"value": "b"}, {"value": "c"}]}"#, 5,
            ["strat", "start"]
        ),
        (
            #"{"field": "state", "steps": [{"value": "a", "gates": [{"name": "g", "condition": "nmae is empty", "message": "M"}]}, {"value": "b"}, {"value": "c"}]}"#,
            5, ["nmae", "name"]
        ),
        (
            #"{"field": "state", "steps": [{"value": "a", "gates": [{"name": "g", "condition": "name"}]}, {"value": "b"}, {"value": "c"}]}"#,
            5, ["message"]
        ),
        (
            #"{"field": "state", "steps": [{"value": "a", "gates": [{"name": "g", "condition": "name is empty", "message": "M"}, {"name": "g", "condition": "name is empty", "message": "M", "fields": ["nam"]}]}, {"value": "b"}, {"value": "c"}]}"#,
            5, ["\"g\" is defined already", "field named \"nam\""]
        ),
    ]

    @Test("mistakes are told with line and remedy", arguments: mistakes.indices)
    func mistake(_ index: Int) {
        let mistake = Self.mistakes[index]
        let found = problems(mistake.stages)
        let text = found.map { $0.message.text(in: .en) }.joined(separator: "\n")
        for words in mistake.says { #expect(text.contains(words), "\(text)") }
        #expect(found.contains { $0.line == mistake.line }, "\(found.map(\.line))")
        #expect(found.allSatisfy { $0.file == "objects/trip.json" })
        for language in Language.allCases { #expect(found.allSatisfy { !$0.message.text(in: language).isEmpty }) }
    }

    @Test("a default in which no record can begin is told")
    func fallback() {
        let stages = #"{"field": "state", "steps": [{"value": "a", "start": true}, {"value": "b"}, {"value": "c"}]}"#
        #expect(problems(stages, fallback: #", "default": "a""#).isEmpty)
        let found = problems(stages, fallback: #", "default": "b""#)
        #expect(found.map { $0.message.text(in: .en).contains("is no step to start in") } == [true])
    }

    @Test("an extension adds gates and steps after steps of the object; what it names must be there")
    func extended() throws {
        let stages = """
            {"field": "state", "steps": [{"value": "a", "start": true, "next": ["b"]}, {"value": "b", "next": ["c"]},
              {"value": "c", "next": []}, {"value": "old"}]}
            """
        let good = """
            {"extends": "trip", "stages": {
              "gates": [{"value": "b", "name": "more_g", "condition": "name = 'x'", "message": "M"}],
              "steps": [{"value": "old", "after": ["b"], "next": ["c"]}]}}
            """
        let found = problems(stages, ["objects/trip.extend.json": good])
        #expect(found.map { $0.message.text(in: .en).contains("\"old\" is defined already") } == [true])
        let without = stages.replacing(", {\"value\": \"old\"}", with: "")
        let made = try #require(
            try build(without, ["objects/trip.extend.json": good]).objects.values.first?.stages
        )
        #expect(made.step("b")?.next == ["c", "old"])
        #expect(made.step("b")?.gates.map(\.name.rawValue) == ["more_g"])
        #expect(made.step("b")?.gates.map { $0.plugin?.rawValue } == ["more"])
        #expect(made.steps.map(\.value) == ["a", "b", "c", "old"])
        #expect(made.mainLine == ["a", "b", "c"])
        let bad = """
            {"extends": "trip", "stages": {
              "gates": [{"value": "bb", "name": "more_g", "condition": "1", "message": "M"}],
              "steps": [{"value": "old", "after": ["z"]}]}}
            """
        let texts = problems(without, ["objects/trip.extend.json": bad]).map { $0.message.text(in: .en) }
        #expect(texts.contains { $0.contains("named \"bb\". Did you mean b?") }, "\(texts)")
        #expect(texts.contains { $0.contains("named \"z\"") }, "\(texts)")
    }

    @Test("an extension cannot add to stages that are not there")
    func none() throws {
        let found = problems(
            "null",
            ["objects/trip.extend.json": #"{"extends": "trip", "stages": {"gates": []}}"#]
        )
        #expect(found.map { $0.message.text(in: .en).contains("has no stages") } == [true])
        #expect(found.map(\.file) == ["objects/trip.extend.json"])
    }
}
