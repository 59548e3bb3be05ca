import CRMModel
import Testing

@Suite("Mistakes in metadata")
struct OnePassTests {
    private func problems(_ files: [String: String]) throws(MetadataProblems) -> [String] {
        var parsed: [MetadataFile] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            parsed.append(try MetadataFile(path: path, bytes: Array(text.utf8)))
        }
        let layers = [MetadataLayer(plugin: PluginID(rawValue: "base"), files: parsed)]
        do {
            _ = try CatalogBuilder.build(layers: layers, generation: 1)
            return []
        } catch {
            return error.problems.map { $0.located.text(in: .en) }
        }
    }

    @Test("of reading, of links and of conditions are told at once")
    func together() throws {
        let found = try problems([
            "objects/thing.json": """
            {"name": "thing", "label": "T", "fields": [
              {"name": "name", "type": "text", "label": "N", "requird": true}],
             "validation_rules": [{"name": "r", "condition": "nmae is empty", "message": "M"}]}
            """,
            "layouts/thing/list.json": "{\"columns\": [\"name\",\n\"nam\"]}",
        ])
        #expect(found.count == 3, "\(found)")
        #expect(found.contains { $0.hasPrefix("objects/thing.json:2 fields[0].requird") }, "\(found)")
        #expect(found.contains { $0.hasPrefix("objects/thing.json:3 validation_rules[0].condition") }, "\(found)")
        #expect(found.contains { $0.hasPrefix("layouts/thing/list.json:2 columns[1]") }, "\(found)")
    }

    @Test("are told once, not again wherever the broken name stands")
    func noEchoes() throws {
        let found = try problems([
            "objects/thing.json": """
            {"name": "thing", "label": "T", "title_field": "size", "fields": [
              {"name": "size", "type": "txt", "label": "S"}, {"name": "state", "type": "picklist", "dictionary": "way", "label": "W"},
              {"name": "other", "type": "reference", "object": "other", "label": "O"}],
             "indexes": [{"fields": ["size"]}],
             "validation_rules": [{"name": "r", "condition": "size is empty", "message": "M", "fields": ["size"]}],
             "stages": {"field": "size", "steps": [{"value": "a"}]}}
            """,
            "objects/other.json": #"{"label": "O", "fields": []}"#, "dictionaries/way.json": #"{"label": "W"}"#,
            "layouts/thing/detail.json": #"{"sections": [{"fields": ["size", "state"]}]}"#,
        ])
        #expect(found.count == 3, "\(found)")
        #expect(found.contains { $0.contains("objects/thing.json:2 fields[0].type") }, "\(found)")
        #expect(found.contains { $0.contains("objects/other.json:1: the property \"name\" is missing") }, "\(found)")
        #expect(found.contains { $0.contains("dictionaries/way.json:1: the property \"name\" is missing") }, "\(found)")
    }

    @Test("of conditions are told beside those that keep something from being read")
    func conditionsBeside() throws {
        let found = try problems([
            "objects/thing.json": """
            {"name": "thing", "label": "T", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "N"}, {"name": "size", "type": "txt", "label": "S"},
              {"name": "owner", "type": "reference", "object": "nobody", "label": "O"}],
             "validation_rules": [
              {"name": "a", "condition": "size is empty", "message": "M"},
              {"name": "b", "condition": "nmae is empty", "message": "M"},
              {"name": "c", "condition": "name = ", "message": "M"}]}
            """
        ])
        #expect(found.count == 4, "\(found)")
        #expect(found.contains { $0.contains("fields[1].type") }, "\(found)")
        #expect(found.contains { $0.contains("fields[2].object") }, "\(found)")
        #expect(found.contains { $0.contains("validation_rules[1].condition") }, "\(found)")
        #expect(found.contains { $0.contains("validation_rules[2].condition") }, "\(found)")
    }
}
