import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Exports of every form, of fields of every type: what nobody has edited in the file changes nothing, whatever others have
/// saved, renamed or set in between.
@Suite("Exports that nobody has touched")
struct UntouchedExportTests {
    /// A form of export, and how a spreadsheet wrote it again.
    struct Form: Sendable, CustomStringConvertible {
        let isWorkbook: Bool
        let style: Exporter.Style
        let language: Language
        let isRespelled: Bool

        var description: String {
            "\(isWorkbook ? "xlsx" : "csv") \(style) \(language) \(isRespelled ? "respelled" : "")"
        }

        static let all: [Form] = Language.allCases.flatMap { language in
            [Exporter.Style.exact, .people].flatMap { style in
                [(true, false), (false, false), (false, true)].map {
                    Form(isWorkbook: $0.0, style: style, language: language, isRespelled: $0.1)
                }
            }
        }
    }

    private let folder: ScratchFolder
    private let company: Platform

    private static func files(renamed: Bool = false) -> [String: String] {
        let phone =
            renamed
            ? #"{"zh-CN": "来电", "zh-TW": "來電", "en": "Call"}"# : #"{"zh-CN": "电话", "zh-TW": "電話", "en": "Phone"}"#
        return [
            "plugin.json": """
            {"id": "all", "version": "1.\(renamed ? 1 : 0).0", "api": 1, "type": "module", "title": "All"}
            """,
            "dictionaries/source.json": """
            {"name": "source", "label": {"zh-CN": "来源", "zh-TW": "來源", "en": "Source"}, "options": [
              {"value": "p", "label": \(phone)},
              {"value": "w", "label": {"zh-CN": "网站", "zh-TW": "網站", "en": "Web"}}]}
            """,
            "dictionaries/detail.json": """
            {"name": "detail", "label": "细节", "options": [
              {"value": "p_other", "label": {"zh-CN": "其他", "zh-TW": "其他", "en": "Other"}, "parents": ["p"]},
              {"value": "w_other", "label": {"zh-CN": "其他", "zh-TW": "其他", "en": "Other"}, "parents": ["w"]}]}
            """,
            "objects/firm.json": """
            {"name": "firm", "label": {"zh-CN": "公司", "zh-TW": "公司", "en": "Firm"}, "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"}}]}
            """,
            "objects/thing.json": """
            {"name": "thing", "label": {"zh-CN": "物", "zh-TW": "物", "en": "Thing"}, "title_field": "name", "fields": [
              {"name": "code", "type": "auto_number", "label": {"zh-CN": "编号", "zh-TW": "編號", "en": "Code"}},
              {"name": "name", "type": "text", "label": {"zh-CN": "名", "zh-TW": "名", "en": "Name"}},
              {"name": "story", "type": "long_text", "label": {"zh-CN": "说明", "zh-TW": "說明", "en": "Story"}},
              {"name": "count", "type": "integer", "label": {"zh-CN": "数", "zh-TW": "數", "en": "Count"}},
              {"name": "size", "type": "decimal", "scale": 3, "label": {"zh-CN": "大小", "zh-TW": "大小", "en": "Size"}},
              {"name": "price", "type": "currency", "currency": "CNY", "label": {"zh-CN": "价格", "zh-TW": "價格", "en": "Price"}},
              {"name": "share", "type": "percent", "scale": 2, "label": {"zh-CN": "份额", "zh-TW": "份額", "en": "Share"}},
              {"name": "open", "type": "boolean", "label": {"zh-CN": "开", "zh-TW": "開", "en": "Open"}},
              {"name": "day", "type": "date", "label": {"zh-CN": "日", "zh-TW": "日", "en": "Day"}},
              {"name": "moment", "type": "date_time", "label": {"zh-CN": "时", "zh-TW": "時", "en": "Moment"}},
              {"name": "source", "type": "picklist", "dictionary": "source",
               "label": {"zh-CN": "来源", "zh-TW": "來源", "en": "Source"}},
              {"name": "detail", "type": "picklist", "dictionary": "detail", "depends_on": "source",
               "label": {"zh-CN": "细节", "zh-TW": "細節", "en": "Detail"}},
              {"name": "firm", "type": "reference", "object": "firm", "label": {"zh-CN": "公司", "zh-TW": "公司", "en": "Firm"}},
              {"name": "mail", "type": "email", "label": {"zh-CN": "邮箱", "zh-TW": "郵箱", "en": "Mail"}},
              {"name": "phone", "type": "phone", "label": {"zh-CN": "手机", "zh-TW": "手機", "en": "Telephone"}},
              {"name": "worth", "type": "currency", "currency": "CNY",
               "label": {"zh-CN": "身价(万元)", "zh-TW": "身價(萬元)", "en": "Worth (thousand)"}},
              {"name": "rent", "type": "currency", "currency": "CNY",
               "label": {"zh-CN": "租金(元/㎡)", "zh-TW": "租金(元/㎡)", "en": "Rent (CNY/sqm)"}}],
             "code_rules": [{"name": "thing_code", "field": "code", "pattern": "T{seq:4}"}]}
            """,
        ]
    }

    private static let rows: [RecordInput] = [
        [
            "name": "甲", "story": "一\n二", "count": "12000", "size": "1.250", "price": "1200.50", "worth": "12.50",
            "rent": "9.90", "share": "12.50",
            "open": "true",
            "day": "2026-10-01", "moment": "2026-10-01T07:30:15Z", "source": "p", "detail": "p_other", "firm": "firm/1",
            "mail": "a@b.cn", "phone": "13800000001",
        ],
        // The second 01:30 of the night in which New York puts its clocks back.
        ["name": "乙", "moment": "2026-11-01T06:30:00Z", "source": "w", "firm": "firm/2"],
        ["name": "丙"],
    ]

    init() throws {
        folder = try ScratchFolder()
        company = try Platform.create(at: folder.path + "/all.crm")
        try company.installPlugin(.folder(folder.plugin("all", Self.files())))
        try zone("America/New_York")
        try company.write(as: .administrator, origin: .shell) { session in
            for name in ["东方", "西方"] { _ = try session.create(object("firm"), ["name": name]) }
            for row in Self.rows { _ = try session.create(object("thing"), row) }
        }
    }

    private func zone(_ identifier: String) throws {
        try company.setSettings(
            ParameterInput(words: ["time_zone=\(identifier)"]),
            in: UnitContext(.administrator, origin: .shell)
        )
    }

    private func export(_ form: Form) throws -> [UInt8] {
        let bytes = try company.exported(
            "thing",
            as: form.isWorkbook ? .xlsx : .csv(bom: true),
            style: form.style,
            language: form.language
        )
        guard form.isRespelled else { return bytes }
        // What a spreadsheet makes of a file that it opens and saves as CSV.
        return Array(
            String(decoding: bytes, as: UTF8.self)
                .replacing("2026-10-01 03:30:15", with: "2026/10/1 3:30").replacing("2026-10-01,", with: "2026/10/1,")
                .replacing("1.250", with: "1.25").replacing("1200.50", with: "1200.5").replacing("12.50", with: "12.5")
                .replacing("true", with: "TRUE").utf8
        )
    }

    private func load(_ bytes: [UInt8], into platform: Platform? = nil) throws -> ImportSummary {
        let name = folder.path + "/" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: name))
        return try (platform ?? company).importRecords(object: object("thing"), file: name, as: .administrator)
    }

    private func things(_ platform: Platform? = nil) throws -> [String] {
        try (platform ?? company).read(as: .administrator) { session in
            try session.find(Query(object: object("thing"), sort: [SortKey(field: "id")])).records.map { record in
                record.values.map(\.displayText).joined(separator: "|")
            }
        }
    }

    private func set(_ record: String, _ input: RecordInput) throws {
        let id = try #require(RecordID(record))
        try company.write(as: .administrator, origin: .shell) { session in
            _ = try session.update(id, input)
        }
    }

    @Test("imported as it is, an export of any form changes nothing", arguments: Form.all)
    func untouched(_ form: Form) throws {
        let before = try things()
        let summary = try load(export(form))
        #expect(summary.unchanged == 3 && summary.updated == 0, "\(summary.text(in: .en))")
        #expect(summary.failed == 0 && summary.emptied == 0)
        #expect(try things() == before)
        #expect(summary.text(in: .zhCN).contains("更新 0，没有改动 3，重复 0"), "\(summary.text(in: .zhCN))")
    }

    @Test(
        "nor does it when others have changed everything, and titles, labels and the time zone are others",
        arguments: Form.all
    )
    func between(_ form: Form) throws {
        let file = try export(form)
        try set(
            "thing/1",
            [
                "name": "丁", "story": "三", "count": "1", "size": "2", "price": "3", "share": "4", "open": "false",
                "day": "2025-01-01", "moment": "2025-01-01T00:00:00Z", "source": "w", "detail": "w_other",
                "firm": "firm/2", "mail": "c@d.cn", "phone": "13800000002",
            ]
        )
        try set("firm/1", ["name": "南方"])
        // By now another firm goes by the title that was written.
        try set("firm/2", ["name": "东方"])
        try company.installPlugin(.folder(folder.plugin("all", Self.files(renamed: true))))
        try zone("Asia/Shanghai")
        let before = try things()
        let summary = try load(file)
        #expect(summary.unchanged == 3 && summary.failed == 0, "\(summary.text(in: .en))")
        #expect(try things() == before)
    }

    @Test("moments that were edited are read by the zone of the export, new rows by the company's, here and elsewhere")
    func zones() throws {
        let form = Form(isWorkbook: false, style: .people, language: .en, isRespelled: false)
        let text = String(decoding: try export(form), as: UTF8.self)
        #expect(text.contains("2026-11-01 01:30:00-05:00"))
        try zone("Asia/Shanghai")
        let edited = text.replacing("2026-10-01 03:30:15", with: "2026-10-01 04:30:15")
        let summary = try load(Array((edited + "T0009,丁,,,,,,,,2026-10-01 04:30:15,,,,,,,\r\n").utf8))
        #expect((summary.created, summary.updated, summary.failed) == (1, 1, 0), "\(summary.text(in: .en))")
        let told = summary.text(in: .en)
        #expect(told.contains("1 row was exported by the time zone America/New_York"), "\(told)")
        #expect(try things()[0].contains("2026-10-01T08:30:15Z"))
        #expect(try things()[3].contains("2026-09-30T20:30:15Z"))
        // Another company, in another zone.
        let other = try Platform.create(at: folder.path + "/other.crm")
        try other.installPlugin(.folder(folder.path + "/all"))
        try other.write(as: .administrator, origin: .shell) { session in
            for name in ["东方", "西方"] { _ = try session.create(object("firm"), ["name": name]) }
        }
        #expect(try load(Array(text.utf8), into: other).created == 3)
        #expect(try things(other)[0].contains("2026-10-01T07:30:15Z"))
        #expect(try things(other)[1].contains("2026-11-01T06:30:00Z"))
        // A zone that this machine does not know.
        let strange = text.replacing("z:America/New_York", with: "z:Mars/Phobos")
        let refused = try load(Array(strange.utf8))
        #expect(refused.failed == 1 && refused.text(in: .en).contains("Mars/Phobos"), "\(refused.text(in: .en))")
    }

    @Test("an edited option takes the label beside it along, and a conflict says all as the file does")
    func edits() throws {
        let form = Form(isWorkbook: false, style: .people, language: .zhCN, isRespelled: false)
        let text = String(decoding: try export(form), as: UTF8.self)
        let edited = text.replacing("电话,其他", with: "网站,其他")
        #expect(try load(Array(edited.utf8)).updated == 1)
        #expect(try things()[0].contains("w|w_other"))
        try set("thing/1", ["source": "p", "detail": "p_other", "moment": "2026-10-02T07:30:15Z", "open": "false"])
        let file = text.replacing("电话,其他", with: "网站,其他").replacing("2026-10-01 03:30:15", with: "2026-10-03 03:30:15")
        #expect(try load(Array(file.utf8)).failed == 1)
        try set("thing/2", ["source": "p"])
        let back = String(decoding: try export(form), as: UTF8.self)
        try set("thing/1", ["source": "w", "detail": "w_other", "moment": "2026-10-04T07:30:15Z", "open": "true"])
        try set("thing/2", ["source": "w"])
        let refused = try load(
            Array(
                back.replacing("2026-10-02 03:30:15", with: "2026-10-05 03:30:15").replacing(
                    "1200.50,12.50,否",
                    with: "1,12.50,"
                )
                .replacing("电话,,西方", with: ",,西方").utf8
            )
        )
        let told = refused.text(in: .zhCN)
        #expect(told.contains("「时」导出时是「2026-10-02 03:30:15」，之后已被改为「2026-10-04 03:30:15」"), "\(told)")
        #expect(told.contains("「开」导出时是「否」，之后已被改为「是」"), "\(told)")
        #expect(told.contains("「来源」导出时是「电话」，之后已被改为「网站」"), "\(told)")
    }

    @Test("an option given by the label that was edited is taken, by value and label alike")
    func labels() throws {
        let form = Form(isWorkbook: false, style: .people, language: .en, isRespelled: false)
        let text = String(decoding: try export(form), as: UTF8.self)
        let summary = try load(Array(text.replacing("Web,", with: "Phone,").utf8))
        #expect((summary.updated, summary.unchanged) == (1, 2), "\(summary.text(in: .en))")
        #expect(try things()[1].contains("|p|"))
    }
}
