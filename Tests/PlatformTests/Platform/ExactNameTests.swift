import CRMPlatform
import Foundation
import TestSupport
import Testing

/// Words by which fields, objects, options and parameters are called: what is written exactly goes before what is similar,
/// and what may be several is refused.
@Suite("Names as they are written")
struct ExactNameTests {
    private let folder: ScratchFolder
    private let company: Platform

    private static let files: [String: String] = [
        "plugin.json": #"{"id": "pack", "version": "1.0.0", "api": 1, "type": "module", "title": "Pack"}"#,
        "objects/line.json": """
        {"name": "line", "label": {"zh-CN": "装箱明细", "zh-TW": "裝箱明細", "en": "Line"}, "title_field": "code", "fields": [
          {"name": "code", "type": "text", "unique": true, "label": {"zh-CN": "编号", "zh-TW": "編號", "en": "Code"}},
          {"name": "cbm", "type": "decimal", "scale": 2, "label": {"zh-CN": "每箱体积", "zh-TW": "每箱體積", "en": "Per carton"}},
          {"name": "total_cbm", "type": "decimal", "scale": 2, "label": {"zh-CN": "体积", "zh-TW": "體積", "en": "CBM"}},
          {"name": "kind", "type": "picklist", "dictionary": "kind", "label": {"zh-CN": "种类", "zh-TW": "種類", "en": "Kind"}},
          {"name": "services", "type": "children", "object": "service", "via": "line",
           "label": {"zh-CN": "服务", "zh-TW": "服務", "en": "Service lines"}},
          {"name": "fee", "type": "decimal", "scale": 2, "label": {"zh-CN": "服务费", "zh-TW": "服務費", "en": "Services"}},
          {"name": "left", "type": "text", "label": {"zh-CN": "备注", "zh-TW": "備註", "en": "Note"}},
          {"name": "right", "type": "text", "label": {"zh-CN": "说明", "zh-TW": "說明", "en": "Note"}}]}
        """,
        "objects/service.json": """
        {"name": "service", "label": {"zh-CN": "服务", "zh-TW": "服務", "en": "LINE"}, "title_field": "name", "fields": [
          {"name": "name", "type": "text", "label": {"zh-CN": "名称", "zh-TW": "名稱", "en": "Name"}},
          {"name": "line", "type": "reference", "object": "line", "label": {"zh-CN": "明细", "zh-TW": "明細", "en": "Line"}}]}
        """,
        "dictionaries/kind.json": """
        {"name": "kind", "label": {"zh-CN": "种类", "zh-TW": "種類", "en": "Kind"}, "options": [
          {"value": "1", "label": {"zh-CN": "框架", "zh-TW": "框架", "en": "Frame"}},
          {"value": "10", "label": {"zh-CN": "1", "zh-TW": "1", "en": "1"}},
          {"value": "Ａ", "label": {"zh-CN": "全", "zh-TW": "全", "en": "Full"}},
          {"value": "b", "label": {"zh-CN": "A", "zh-TW": "A", "en": "A"}}]}
        """,
        "main.lua": """
        crm.report({name = "r", title = "R",
          params = {
            {name = "size", type = "text", label = "SIZE 2"}, {name = "other", type = "text", label = "Size"},
            {name = "area", type = "decimal", label = "面积(㎡)"}, {name = "money", type = "currency", label = "金额"}},
          run = function(p)
            local text = (p.size or "-") .. "|" .. (p.other or "-") .. "|" .. tostring(p.area)
            return {columns = {{name = "x", type = "text", label = "X"}}, rows = {{x = text}}}
          end})
        for name, title in pairs({totals = "SUMS", sums = "Totals"}) do
          crm.report({name = name, title = title, run = function()
            return {columns = {{name = "x", type = "text", label = "X"}}, rows = {{x = name}}}
          end})
        end
        """,
    ]

    init() throws {
        folder = try ScratchFolder()
        company = try Platform.create(at: folder.path + "/pack.crm")
        try company.installPlugin(.folder(folder.plugin("pack", Self.files)))
        try company.write(as: .administrator, origin: .shell) { session in
            _ = try session.create(
                object("line"),
                [
                    "code": "GA-0006", "cbm": "0.5", "total_cbm": "4", "kind": "10", "fee": "7", "left": "l",
                    "right": "r",
                ]
            )
            _ = try session.create(object("line"), ["code": "GA-0007", "cbm": "3", "total_cbm": "1", "kind": "Ａ"])
        }
    }

    private func load(_ text: String, mapping: String? = nil) throws -> ImportSummary {
        let name = folder.path + "/" + UUID().uuidString
        try Data(text.utf8).write(to: URL(fileURLWithPath: name))
        var options = FileImport()
        if let mapping {
            try Data(mapping.utf8).write(to: URL(fileURLWithPath: name + ".json"))
            options.mapFile = name + ".json"
        }
        return try company.importRecords(object: object("line"), file: name, options: options, as: .administrator)
    }

    private func record(_ number: Int64) throws -> Record {
        try company.read(as: .administrator) { session in
            try session.find(Query(object: object("line"), sort: [SortKey(field: "id")])).records[Int(number) - 1]
        }
    }

    private func count(_ filter: String) throws -> Int64 {
        try company.read(as: .administrator) { session in
            try session.count(object("line"), where: filter)
        }
    }

    @Test(
        "a label as it is written means its field, and a word that several fields answer to is refused with their names"
    )
    func fields() throws {
        let line = try company.catalog.object(object("line"))
        #expect(try line.field(calledByPeople: "CBM")?.name.rawValue == "total_cbm")
        #expect(try line.field(calledByPeople: " CBM ")?.name.rawValue == "total_cbm")
        #expect(try line.field(calledByPeople: "cbm")?.name.rawValue == "cbm")
        #expect(try line.field(calledByPeople: "Services")?.name.rawValue == "fee")
        #expect(try line.field(calledByPeople: "TOTAL_CBM")?.name.rawValue == "total_cbm")
        for word in ["Cbm", "ＣＢＭ", "C B M"] {
            let error = #expect(throws: PlatformError.self) { try line.field(calledByPeople: word) }
            #expect(error?.text(in: .en).contains("cbm, total_cbm") == true, "\(word)")
        }
        #expect(try count("CBM > 3") == 1)
        #expect(try count("cbm > 2") == 1)
        let error = #expect(throws: PlatformError.self) { try count("Cbm > 3") }
        #expect(error?.text(in: .en).contains("cbm, total_cbm") == true)
    }

    @Test("headings of imports and the fields and headings of mappings go by the same rule")
    func headings() throws {
        #expect(try load("Code,CBM\nA,2\n").created == 1)
        #expect(try record(3)["total_cbm"].displayText == "2.00")
        #expect(try load("Code,cbm\nB,1\n").created == 1)
        #expect(try record(4)["cbm"].displayText == "1.00")
        let refused = #expect(throws: PlatformError.self) { try load("Code,Cbm\nC,2\n") }
        #expect(refused?.text(in: .en).contains("cbm, total_cbm") == true)
        #expect(
            try load("Code,Volume,CBM\nD,5,6\n", mapping: #"{"columns": {"Volume": "CBM", "cbm": "cbm"}}"#).created == 1
        )
        #expect(try record(5)["total_cbm"].displayText == "5.00")
        #expect(try record(5)["cbm"].displayText == "6.00")
    }

    @Test("objects and parameters go by the same rule")
    func others() throws {
        #expect(try company.catalog.object(calledByPeople: "LINE").name.rawValue == "service")
        #expect(try company.catalog.object(calledByPeople: "line").name.rawValue == "line")
        let error = #expect(throws: PlatformError.self) { try company.catalog.object(calledByPeople: "LinE") }
        #expect(error?.text(in: .en).contains("line, service") == true)
        func run(_ words: [String]) throws -> String {
            let result = try company.runReport("r", parameters: ParameterInput(words: words), as: .administrator)
            return result.rows.first?.first?.displayText ?? ""
        }
        func report(_ name: String) throws -> String? {
            try company.runReport(name, as: .administrator).rows.first?.first?.displayText
        }
        // A title as it is written is that report, the name of the other one is the other one, and "TOTALS" is neither.
        #expect(try report("Totals") == "sums" && report("totals") == "totals" && report("SUMS") == "totals")
        #expect(throws: PlatformError.self) { try report("TOTALS") }
        #expect(try run(["Size=a", "size=b"]) == "b|a|nil")
        let several = #expect(throws: PlatformError.self) { try run(["SIZE=a"]) }
        #expect(several?.text(in: .en).contains("may be any of these") == true, "\(several?.text(in: .en) ?? "")")
        #expect(try run(["area=5㎡"]) == "-|-|5.000000000")
        #expect(throws: PlatformError.self) { try run(["area=54%"]) }
        #expect(throws: PlatformError.self) { try run(["money=54%"]) }
    }

    @Test("an export for people names what an import knows: labels, else the names of fields and the values of options")
    func exports() throws {
        for language in Language.allCases {
            let bytes = try company.exported("line", style: .people, language: language)
            let text = String(decoding: bytes, as: UTF8.self)
            let head = text.split(separator: "\r\n")[0]
            #expect(
                head.contains(language == .en ? "Per carton,CBM,Kind,Services,left,right" : ",fee") == (language == .en)
            )
            #expect(text.contains("GA-0006,0.50,4.00,10,7.00"), "\(text)")
            let summary = try load(text)
            #expect((summary.unchanged, summary.failed) == (2, 0), "\(language) \(summary.text(in: .en))")
            // Without the marks, by the key.
            let fields = try company.exported("line", style: .people, language: language)
            let lines = String(decoding: fields, as: UTF8.self).split(separator: "\r\n")
                .map { $0.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",") }
            let again = try load(lines.joined(separator: "\n") + "\n", mapping: #"{"key": ["code"]}"#)
            #expect((again.unchanged, again.failed) == (2, 0), "\(language) \(again.text(in: .en))")
        }
        #expect(try record(1)["kind"] == .text("10"))
    }

    @Test("an option by its label as it is written goes before one whose value differs in width")
    func options() throws {
        let kind = try #require(company.catalog.object(object("line")).field(field("kind")))
        let kinds = try #require(company.catalog.dictionary(of: kind))
        func value(_ text: String) -> String? {
            if case .one(let option) = kinds.match(text) { option.value } else { nil }
        }
        #expect(value("A") == "b")
        #expect(value("Ａ") == "Ａ")
        #expect(value("1") == "1")
        #expect(value("Frame") == "1")
        #expect(value("10") == "10")
    }

    @Test("a check tells labels that are what others go by")
    func review() throws {
        let told = Platform.reviewPlugin(folder: folder.path + "/pack").warnings.map { $0.text(in: .en) }
        for words in [
            #"the label "CBM" (en) of total_cbm is what cbm goes by as well"#,
            #"the label "Services" (en) of fee is what services goes by"#,
            #"the label "1" of the option 10 is the stored value of 1"#,
        ] { #expect(told.contains { $0.contains(words) }, "\(words) \(told)") }
    }

    @Test("a cell that has found its record as its key changes nothing in the key, however it is written")
    func keys() throws {
        for code in ["ｇａ－０００６", "ga-0006", " GA–0006 "] {
            let summary = try load("code,fee\n\(code),9\n", mapping: #"{"key": ["code"]}"#)
            #expect(summary.failed == 0, "\(summary.text(in: .en))")
            #expect(try record(1)["code"] == .text("GA-0006"), "\(code)")
            #expect(try record(1)["fee"].displayText == "9.00")
        }
        let again = try load("code\nｇａ－０００６\n", mapping: #"{"key": ["code"]}"#)
        #expect((again.updated, again.unchanged, again.created) == (0, 1, 0))
        // A new record gets its key as it is written.
        #expect(try load("code,fee\nｘ－１,9\n", mapping: #"{"key": ["code"]}"#).created == 1)
        #expect(try record(3)["code"] == .text("ｘ－１"))
    }
}
