import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

@Suite("Errors, language and history")
struct RenderingTests {
    private static let error = PlatformError(
        .validationFailed,
        Message(custom: LocalizedText([.zhCN: "不行", .en: "no"])),
        issues: [
            FieldIssue(
                field: FieldName(rawValue: "name"),
                code: "required",
                message: Message(custom: LocalizedText([.zhCN: "必须填写\u{1B}[2J", .en: "is required"])),
                rule: "r1",
                plugin: PluginID(rawValue: "fleet"),
                conflicting: RecordID("customer/7")
            )
        ],
        context: ErrorContext(object: ObjectName(rawValue: "customer"), record: 42, file: "hooks/a.lua", line: 3)
    )

    @Test("an error names message, field, rule, plugin, record, file and line, and steers no terminal")
    func text() {
        let text = ErrorRendering(language: .en).text(Self.error)
        let expected = """
            Error: no
              - name: is required [rule r1, plugin fleet, customer/7]
              Where: customer/42, hooks/a.lua:3
            """
        #expect(text == expected)
        var verbose = ErrorRendering(language: .en)
        verbose.isVerbose = true
        #expect(verbose.text(Self.error).hasPrefix("Error: no (validation_failed)\n  - name"))
        #expect(!ErrorRendering(language: .zhCN).text(Self.error).contains("\u{1B}"))
    }

    @Test("an error calls objects and fields what people call them, where a file is open")
    func labels() {
        let error = PlatformError(
            .validationFailed,
            Message(custom: LocalizedText("x")),
            issues: [
                FieldIssue(
                    field: FieldName(rawValue: "mobile"),
                    code: "c",
                    message: Message(custom: LocalizedText("y"))
                )
            ],
            context: ErrorContext(object: ShellCatalog.customer, field: FieldName(rawValue: "grade"))
        )
        let text = ErrorRendering(language: .zhCN, catalog: ShellCatalog.catalog).text(error)
        #expect(text == "错误：x\n  - 手机: y\n  位置：对象 客户 (customer)，字段 等级 (grade)")
        #expect(ErrorRendering(language: .zhCN).text(error).hasSuffix("位置：对象 customer，字段 grade"))
    }

    @Test("people see where a script stood only with a fault of the script; programs always do")
    func traces() {
        func error(_ code: PlatformError.Code) -> PlatformError {
            PlatformError(code, Message(custom: LocalizedText("x")), traceback: "[host]: in field 'create'")
        }
        let refusals: [PlatformError.Code] = [
            .validationFailed, .invalidInput, .notFound, .alreadyExists, .conflict, .hookRejected, .permissionDenied,
            .unauthenticated, .busy, .cancelled,
        ]
        for code in refusals {
            #expect(!ErrorRendering(language: .en).text(error(code)).contains("[host]"), "\(code)")
            #expect(ErrorRendering(language: .en).json(error(code))["error"]?["traceback"] != nil)
        }
        for code in [PlatformError.Code.hookFailed, .limitExceeded, .invalidPlugin, .storage, .internal] {
            #expect(ErrorRendering(language: .en).text(error(code)).contains("[host]"), "\(code)")
        }
    }

    @Test("the JSON of an error has code, message, issues and context")
    func json() {
        let json = ErrorRendering(language: .en).json(Self.error)["error"]
        #expect(json?["code"]?.stringValue == "validation_failed")
        #expect(json?["message"]?.stringValue == "no")
        #expect(json?["issues"]?.arrayValue?.first?["conflicting"]?.stringValue == "customer/7")
        #expect(json?["context"]?["record"]?.integerValue == 42)
        #expect(json?["context"]?["line"]?.integerValue == 3)
    }

    @Test(
        "each kind of error has its exit status",
        arguments: [
            (PlatformError.Code.invalidInput, 64), (.validationFailed, 65), (.hookRejected, 65), (.invalidPlugin, 65),
            (.notFound, 66), (.hookFailed, 70), (.storage, 70), (.alreadyExists, 73), (.conflict, 75),
            (.limitExceeded, 75), (.permissionDenied, 77), (.cancelled, 130),
        ] as [(PlatformError.Code, Int32)]
    )
    func exitStatus(_ code: PlatformError.Code, _ status: Int32) {
        #expect(ErrorRendering.exitStatus(of: code) == status)
    }

    @Test(
        "the language comes from --lang, CRM_LANG, then a Chinese or English locale, else zh-CN",
        arguments: [
            (["x", "--lang", "zh-TW"], ["CRM_LANG": "en"], Language.zhTW),
            (["x", "--lang=en"], [:], .en),
            (["x"], ["CRM_LANG": "en", "LANG": "zh_CN.UTF-8"], .en),
            (["x"], ["LANG": "zh_TW.UTF-8"], .zhTW),
            (["x"], ["LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"], .en),
            (["x"], ["LANG": "C"], .zhCN), (["x"], ["LANG": "de_DE.UTF-8"], .zhCN), (["x"], [:], .zhCN),
            (["x", "--", "--lang", "en"], [:], .zhCN),
        ] as [([String], [String: String], Language)]
    )
    func language(_ arguments: [String], _ environment: [String: String], _ expected: Language) {
        #expect(ShellLanguage.choose(arguments: arguments, environment: environment) == expected)
    }

    @Test("the history keeps no secrets and makes several lines of Lua one")
    func history() {
        #expect(HistoryFile.entry(for: ".count customer") == ".count customer")
        #expect(HistoryFile.entry(for: "crm.set(\"password\", 1)") == nil)
        #expect(HistoryFile.entry(for: " .count customer") == nil)
        #expect(HistoryFile.entry(for: "for i = 1, 2 do\n  print(i)\nend") == "for i = 1, 2 do print(i) end")
        #expect(HistoryFile.entry(for: "x = 1 -- one\ny = 2") == "x = 1 -- one\ny = 2")
        #expect(HistoryFile(environment: ["HOME": "/h", "CRM_HISTORY": "/x/y"]).path == "/x/y")
        #expect(HistoryFile(environment: ["HOME": "/h"]).path == "/h/.crm_history")
    }

    @Test("JSON that goes to a terminal has no control characters beyond ASCII either")
    func terminalSafeJSON() {
        let bytes = Console.terminalSafe(["a": "x\u{9B}2J\u{7F}é"])
        #expect(String(decoding: bytes, as: UTF8.self) == "{\"a\":\"x\\u009b2J\\u007fé\"}")
    }

    @Test("versions are compared as numbers")
    func versions() {
        #expect(ShellProcess.isOlder("3.40.1", than: [3, 51, 3]))
        #expect(!ShellProcess.isOlder("5.4.10", than: [5, 4, 6]))
        #expect(!ShellProcess.isOlder("3.51.3", than: [3, 51, 3]))
    }

    @Test("figures are written without an exponent", arguments: [(0.0125, "0.013"), (12.0, "12.000"), (.nan, "0")])
    func figures(_ figure: Double, _ text: String) {
        #expect(DecimalText.thousandths(figure) == text)
    }

    @Test("fields that plugins have added and no layout shows stand under the plugins' titles")
    func addedFields() throws {
        let known = try #require(ShellCatalog.customer.flatMap { ShellCatalog.catalog.objects[$0] })
        var points = FieldDefinition(
            name: try #require(FieldName(rawValue: "acme_points")),
            type: .integer,
            label: LocalizedText("Points")
        )
        points.plugin = PluginID(rawValue: "acme")
        let object = ObjectDefinition(
            name: known.name,
            label: known.label,
            fields: known.fields + [points],
            titleField: known.titleField
        )
        let values: [Value] = object.fields.map { $0.name == points.name ? .integer(7) : .null }
        let formatter = ValueFormatter(catalog: ShellCatalog.catalog, language: .en, timeZone: .gmt)
        var rendering = RecordRendering(fields: FieldText(formatter: formatter), width: nil)
        let acme = try #require(PluginID(rawValue: "acme"))
        rendering.plugins = [(acme, LocalizedText([.zhCN: "会员", .en: "Members"]))]
        let sheet = rendering.sheet(Record(object: object, values: values))
        #expect(sheet.contains("\n— Members —\nPoints"))
        #expect(sheet.components(separatedBy: "Points").count == 2)
    }
}
