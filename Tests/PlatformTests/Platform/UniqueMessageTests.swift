import CRMPlatform
import Foundation
import TestSupport
import Testing

@Suite("What is said when values are there already")
struct UniqueMessageTests {
    private let folder: ScratchFolder
    private let platform: Platform

    private static let house = """
        {"name": "house", "label": {"zh-CN": "出版社", "zh-TW": "出版社", "en": "House"}, "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": "名称", "unique": true}]}
        """
    private static let statement = """
        {"name": "statement", "label": {"zh-CN": "结算单", "zh-TW": "結算單", "en": "Statement"}, "title_field": "topic",
         "fields": [
          {"name": "topic", "type": "text", "label": "主题"},
          {"name": "house", "type": "reference", "object": "house",
           "label": {"zh-CN": "出版社", "zh-TW": "出版社", "en": "House"}},
          {"name": "month", "type": "text", "label": {"zh-CN": "结算月份", "zh-TW": "結算月份", "en": "Month"}},
          {"name": "kind", "type": "picklist", "dictionary": "kind", "label": {"zh-CN": "类别", "zh-TW": "類別", "en": "Kind"}}],
         "indexes": [{"fields": ["house", "month", "kind"], "unique": true}]}
        """
    private static let kind = """
        {"name": "kind", "label": "类别", "options": [
          {"value": "net", "label": {"zh-CN": "净额", "zh-TW": "淨額", "en": "Net"}}]}
        """

    init() throws {
        folder = try ScratchFolder()
        platform = try Platform.inMemory()
        try platform.installPlugin(
            .folder(
                folder.plugin(
                    "books",
                    [
                        "objects/house.json": Self.house, "objects/statement.json": Self.statement,
                        "dictionaries/kind.json": Self.kind,
                    ]
                )
            )
        )
    }

    private func create(_ name: String, _ input: RecordInput) throws {
        try platform.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(object(name), input)
        }
    }

    @Test("values that are there together are told by titles and labels, with the record that has them")
    func together() throws {
        try create("house", ["name": "光华书局"])
        let input: RecordInput = ["topic": "十月结算", "house": "光华书局", "month": "202610", "kind": "net"]
        try create("statement", input)
        let issue = refusal { try create("statement", input) }?.issues.first
        let texts = Language.allCases.map { ($0, issue?.message.text(in: $0)) }
        #expect(issue?.conflicting?.description == "statement/1")
        #expect(
            Dictionary(uniqueKeysWithValues: texts) == [
                .zhCN: "statement/1 (十月结算) 的「出版社、结算月份、类别」同为「光华书局、202610、净额」，不能重复",
                .zhTW: "statement/1 (十月结算) 的「出版社、結算月份、類別」同為「光华书局、202610、淨額」，不能重複",
                .en: "statement/1 (十月结算) has the House, Month, Kind \"光华书局, 202610, Net\" already",
            ]
        )
    }

    @Test("a single value is told with the title of the record that has it")
    func single() throws {
        try create("house", ["name": "光华书局"])
        let issue = refusal { try create("house", ["name": "光华书局"]) }?.issues.first
        #expect(issue?.message.text(in: .zhCN) == "「名称」的值已被 house/1 (光华书局) 使用")
    }
}
