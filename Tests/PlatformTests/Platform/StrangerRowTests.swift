import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Rows of another company: once they are in, no form of the same export brings them in again.
@Suite("Rows of another company")
struct StrangerRowTests {
    private let folder: ScratchFolder
    private let wuhan: Platform

    init() throws {
        folder = try ScratchFolder()
        wuhan = try Platform.create(at: folder.path + "/wuhan.crm")
    }

    @discardableResult
    private func load(
        _ platform: Platform,
        _ object: String,
        _ text: String,
        isDryRun: Bool = false
    ) throws -> ImportSummary {
        let name = UUID().uuidString
        try folder.write(text, to: name)
        var options = FileImport()
        options.isDryRun = isDryRun
        return try platform.importRecords(
            object: #require(ObjectName(rawValue: object)),
            file: folder.path + "/" + name,
            options: options,
            as: .administrator
        )
    }

    @Test(
        "an untouched row of another company is the same row in every form of its export, and an edited one is another"
    )
    func sameInEveryForm() throws {
        let files = [
            "dictionaries/way.json": """
            {"name": "way", "label": "状态", "options": [
              {"value": "open", "label": {"zh-CN": "进行中", "zh-TW": "進行中", "en": "Under way"}},
              {"value": "done", "label": {"zh-CN": "完成", "zh-TW": "完成", "en": "Done"}}]}
            """,
            "objects/deal.json": """
            {"name": "deal", "label": "合同", "title_field": "name", "fields": [
              {"name": "code", "type": "auto_number", "label": {"zh-CN": "编码", "en": "Code"}},
              {"name": "name", "type": "text", "label": {"zh-CN": "名称", "en": "Name"}},
              {"name": "way", "type": "picklist", "dictionary": "way", "label": {"zh-CN": "状态", "en": "State"}},
              {"name": "sum", "type": "currency", "currency": "CNY", "label": {"zh-CN": "金额", "en": "Amount"}},
              {"name": "share", "type": "percent", "scale": 2, "label": {"zh-CN": "占比", "en": "Share"}},
              {"name": "paid", "type": "boolean", "label": {"zh-CN": "已付", "en": "Paid"}},
              {"name": "at", "type": "date_time", "label": {"zh-CN": "时刻", "en": "Moment"}}],
             "code_rules": [{"name": "deal_code", "field": "code", "pattern": "C{seq:4}"}]}
            """,
        ]
        let shanghai = try Platform.create(at: folder.path + "/shanghai.crm")
        for platform in [wuhan, shanghai] { try platform.installPlugin(.folder(folder.plugin("deals", files))) }
        try load(wuhan, "deal", "名称,状态,金额,占比,已付,时刻\n甲,open,12.5,5%,是,2026-11-21 08:30:15\n乙,done,3,,否,\n")
        try load(shanghai, "deal", "名称\n丙\n")
        let first = try load(shanghai, "deal", String(decoding: wuhan.exported("deal"), as: UTF8.self))
        #expect((first.created, first.renumbered, first.failed) == (2, 2, 0), "\(first.text(in: .en))")
        for language in Language.allCases {
            for isWorkbook in [false, true] {
                for style in [Exporter.Style.exact, .people] {
                    let format: ExportFormat = isWorkbook ? .xlsx : .csv(bom: true)
                    let file = try wuhan.exported("deal", as: format, style: style, language: language)
                    let name = folder.path + "/form-\(UUID().uuidString)"
                    try Data(file).write(to: URL(fileURLWithPath: name))
                    let again = try shanghai.importRecords(
                        object: #require(ObjectName(rawValue: "deal")),
                        file: name,
                        as: .administrator
                    )
                    #expect(
                        (again.created, again.replayed, again.failed) == (0, 2, 0),
                        "\(language) \(isWorkbook) \(style): \(again.text(in: .en))"
                    )
                }
            }
        }
        let people = String(decoding: try wuhan.exported("deal", style: .people), as: UTF8.self)
        let edited = try load(shanghai, "deal", people.replacing("进行中", with: "完成"))
        #expect((edited.replayed, edited.failed) == (1, 1), "\(edited.text(in: .en))")
    }

    @Test("a trial of rows that nothing can tell from records that are there says what would become of them")
    func trial() throws {
        let line = """
            {"name": "line", "label": "明细", "title_field": "item", "fields": [
              {"name": "item", "type": "text", "label": "品名"}]}
            """
        try wuhan.installPlugin(.folder(folder.plugin("small", ["objects/line.json": line])))
        try load(wuhan, "line", "品名\n灯\n")
        let tried = try load(wuhan, "line", "item\n灯\n", isDryRun: true)
        #expect(tried.warnings.map { $0.key?.id } == ["import.all_would_be_new"])
        #expect(try load(wuhan, "line", "item\n灯\n").warnings.map { $0.key?.id } == ["import.all_new"])
    }
}
