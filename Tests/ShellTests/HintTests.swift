import CRMPlatform
import Foundation
import Testing

@testable import crm_shell

/// What the shell says to those who do not know its words: what they meant, by the names that they see.
@Suite("Hints")
struct HintTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShopPlugin.company()
        try folder.write(
            """
            crm.report{name = "sold", title = {["zh-CN"] = "销售额", ["zh-TW"] = "銷售額", en = "Sold"},
              params = {{name = "by", type = "text", default = "grade",
                label = {["zh-CN"] = "分类", ["zh-TW"] = "分類", en = "Class"}}},
              run = function(params)
                local columns, row = {}, {}
                for n = 1, 12 do
                  columns[n] = {name = "c" .. n, label = "第" .. n .. "栏很长", type = "integer"}
                  row["c" .. n] = n * 1000000
                end
                return {columns = columns, rows = {row}} end}
            crm.print_template{name = "slip", object = "bill",
              title = {["zh-CN"] = "收据", ["zh-TW"] = "收據", en = "Receipt"}}
            crm.on("bill", "after_commit", function(bill) print("a", "b\\nc") end)
            """,
            to: "shop/main.lua"
        )
        try folder.write("<p>{{topic}}</p>", to: "shop/print/slip/zh-CN.html")
        let installed = try run("plugin", "install", "t.crm", "shop")
        try #require(installed.status == 0, "\(installed.errors)")
    }

    private func run(_ arguments: String..., language: String = "zh-CN") throws -> ShellRun {
        try ShellRun(arguments, in: folder, language: language)
    }

    @Test("at the prompt the sub-commands of plugin work as on the command line")
    func plugins() throws {
        let list = try run("t.crm", "-e", ".plugin list")
        #expect(list.status == 0 && list.output.contains("小店"), "\(list.errors)")
        #expect(try run("t.crm", "-e", ".plugin uninstall shop --dry-run").status == 0)
        #expect(try run("t.crm", "-e", ".plugin").errors.contains("子命令：check, test, new, disable"))
        #expect(try run("t.crm", "-e", ".plugin lost").errors.contains(".plugin 没有子命令「lost」"))
        // By its title, in any language.
        #expect(try run("plugin", "disable", "t.crm", "小店").status == 0)
        let off = try run("plugin", "list", "t.crm").output
        #expect(off.contains("管理员 于 2") && !off.contains("T") && !off.contains("administrator"), "\(off)")
        let gone = try run("report", "t.crm", "sold")
        #expect(gone.errors.contains("没有报表「sold」。已停用的插件：shop"), "\(gone.errors)")
        #expect(try run("plugin", "enable", "t.crm", "Shop", language: "en").status == 0)
    }

    @Test("a command without its dot is told")
    func dots() throws {
        for line in ["jobs", "disable shop", "find buyer"] {
            let run = try ShellRun(["t.crm"], in: folder, input: line + "\n")
            #expect(run.status == 64 && run.errors.contains("命令以点开头：.\(line)"), "\(run.errors)")
        }
        // What is Lua stays Lua.
        let lua = try ShellRun(["t.crm"], in: folder, input: "count = 3\ncount\n")
        #expect(lua.output == "3\n", "\(lua.errors)")
    }

    @Test("reports, prints and parameters are listed with what people call them")
    func names() throws {
        #expect(try run("report", "t.crm", "销量").errors.contains("没有报表「销量」。现有：sold（销售额）"))
        #expect(try run("report", "t.crm", "sold", "报价=1").errors.contains("没有参数「报价」。可用：by（分类）"))
        #expect(try run("report", "t.crm", language: "en").output.contains("by (Class): text = grade"))
        let print = try run("print", "t.crm", "B-001")
        #expect(print.status == 64 && print.errors.contains("slip（收据，账单）"), "\(print.errors)")
    }

    @Test("what finds no room is said with the option that shows it")
    func wide() throws {
        let columns = (1...12).map { number in
            ReportResult.Column(name: "c\(number)", label: LocalizedText("第\(number)栏很长"), type: .integer)
        }
        let result = try ReportResult(
            title: LocalizedText("销售额"),
            columns: columns,
            rows: [(1...12).map { Value.integer(Int64($0) * 1_000_000) }]
        )
        let hint = Message(.shellHiddenHintWide)
        let narrow = ReportRenderer.text(result, language: .zhCN, width: 80, hiddenHint: hint)
        #expect(narrow.contains("--wide 显示全部列") && !narrow.contains("12,000,000"), "\(narrow)")
        let wide = try run("report", "t.crm", "sold", "--wide")
        #expect(wide.output.contains("12,000,000"), "\(wide.errors)")
        #expect(try run("code", "list", "t.crm", "--wide").status == 0)
        #expect(try run("create", "t.crm", "buyer", "name=甲").status == 0)
        #expect(try run("show", "t.crm", "buyer/1", "--wide").status == 0)
    }

    @Test("a field that is not there is told with the name nearest to it, never with one of the platform's")
    func fields() throws {
        func told(_ assignment: String) throws -> String { try run("create", "t.crm", "buyer", assignment).errors }
        #expect(try told("nam=甲").contains("「name」"))
        #expect(try told("日期=2026-01-01").contains("开户日期"))
        #expect(try !told("编码=1").contains("「编号」"))
    }

    @Test("the log takes moments of the company's clocks, and says when it knows no such plugin")
    func log() throws {
        #expect(try run("create", "t.crm", "bill", "topic=x").status == 0)
        let log = try run("log", "t.crm", "--since", "2026-01-01 04:26")
        #expect(log.output.contains("a    b\n    c\n"), "\(log.output)\(log.errors)")
        #expect(try run("log", "t.crm", "--plugin", "nope").output.contains("没有叫「nope」的插件"))
        #expect(try run("jobs", "t.crm", "list", "--days", "3").errors.contains("--days 只用于 purge"))
        #expect(try run("log", "--help").output.components(separatedBy: "50").count == 2)
    }

    @Test("who says no has made no mistake, and what code says stands behind the edge")
    func form() throws {
        let rendering = ErrorRendering(language: .zhCN)
        #expect(rendering.text(PlatformError(.cancelled, Message(.shellNotDone))) == "没有执行")
        let broken = PlatformError(
            .hookFailed,
            Message(custom: LocalizedText("x")),
            traceback: "[C]: in function 'error'\n  main.lua:3"
        )
        #expect(rendering.text(broken).hasSuffix("\n  [C]: in function 'error'\n  main.lua:3"))
    }
}
