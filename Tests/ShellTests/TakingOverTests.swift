import CRMPlatform
import Foundation
import Testing

/// What people need on the day when they bring their old data in.
@Suite("Taking old data over")
struct TakingOverTests {
    private let folder: ShellFolder

    init() throws {
        folder = try ShellFolder()
        try folder.write(
            """
            {"name": "job", "label": {"zh-CN": "工单", "zh-TW": "工單", "en": "Job"}, "title_field": "code",
             "fields": [
               {"name": "code", "type": "auto_number", "label": {"zh-CN": "单号", "zh-TW": "單號", "en": "Code"}},
               {"name": "what", "type": "text", "label": {"zh-CN": "内容", "zh-TW": "內容", "en": "What"}},
               {"name": "state", "type": "picklist", "label": {"zh-CN": "状态", "zh-TW": "狀態", "en": "State"},
                "dictionary": "job_state", "default": "open"}],
             "code_rules": [{"name": "code", "field": "code", "pattern": "J-{seq:3}", "reset": "never"}],
             "stages": {"field": "state", "steps": [
               {"value": "open", "start": true, "next": ["done"]}, {"value": "done", "next": []}]}}
            """,
            to: "small/objects/job.json"
        )
        try folder.write(
            """
            {"name": "job_state", "label": {"zh-CN": "状态", "zh-TW": "狀態", "en": "State"}, "options": [
              {"value": "open", "label": {"zh-CN": "进行中", "zh-TW": "進行中", "en": "Open"}},
              {"value": "done", "label": {"zh-CN": "已完成", "zh-TW": "已完成", "en": "Done"}}]}
            """,
            to: "small/dictionaries/job_state.json"
        )
        try folder.write(
            """
            crm.report{name = "all", title = {["zh-CN"] = "全部工单", ["zh-TW"] = "全部工單", en = "All jobs"},
              params = {{name = "word", type = "text", default = "",
                label = {["zh-CN"] = "关键词", ["zh-TW"] = "關鍵詞", en = "Word"}}},
              run = function(params)
                return {columns = {{name = "a", label = "A"}}, rows = {{a = "<" .. (params.word or "") .. ">"}}} end}
            """,
            to: "small/main.lua"
        )
        try folder.write(
            #"{"id": "other", "version": "1.0.0", "api": 1, "type": "module", "title": {"zh-CN": "乙", "zh-TW": "乙", "en": "B"}}"#,
            to: "other/plugin.json"
        )
        let made = try run("new", "t.crm", "--with", "small")
        try #require(made.status == 0, "\(made.errors)")
    }

    private func run(_ arguments: String...) throws -> ShellRun { try ShellRun(arguments, in: folder) }

    @Test("documents of the past come in with their stage when somebody says so, and the history tells it")
    func stages() throws {
        try folder.write("内容,状态\n修水管,已完成\n", to: "old.csv")
        let refused = try run("import", "t.crm", "job", "old.csv")
        #expect(refused.status == 65)
        #expect((refused.output + refused.errors).contains("--any-stage"))
        #expect(try run("create", "t.crm", "job", "what=x", "state=done").errors.contains("--any-stage") == false)
        #expect(try run("import", "t.crm", "job", "old.csv", "--any-stage").status == 0)
        #expect(try run("find", "t.crm", "job", "状态 = '已完成'").output.contains("修水管"))
        #expect(try run("history", "t.crm", "job/1").output.contains("不限阶段"))
    }

    @Test("what a plugin dates today in a document of the past is told; one that asks knows that it is of the past")
    func today() throws {
        try folder.write(
            """
            {"name": "deal", "label": {"zh-CN": "交易", "zh-TW": "交易", "en": "Deal"}, "title_field": "what", "fields": [
              {"name": "what", "type": "text", "label": "内容"},
              {"name": "made_on", "type": "date", "label": "日期"},
              {"name": "done_on", "type": "date", "label": "完成日期"},
              {"name": "paid_on", "type": "date", "label": "付款日期"},
              {"name": "state", "type": "picklist", "label": "状态", "dictionary": "job_state"}],
             "stages": {"field": "state", "steps": [
               {"value": "open", "start": true, "next": ["done"]}, {"value": "done", "next": []}]}}
            """,
            to: "deals/objects/deal.json"
        )
        try folder.write(
            #"{"id": "deals", "version": "1.0.0", "api": 1, "type": "module", "title": "D", "depends": {"small": "^1.0.0"}}"#,
            to: "deals/plugin.json"
        )
        try folder.write(
            """
            crm.on("deal", "before_validate", function(deal)
              if deal.state == "done" then
                deal.done_on = deal.done_on or crm.date.today()
                deal.paid_on = deal.paid_on or deal:any_stage() and deal.made_on or crm.date.today()
              end
            end)
            """,
            to: "deals/main.lua"
        )
        #expect(try run("plugin", "install", "t.crm", "deals").status == 0)
        try folder.write("内容,日期,状态,完成日期\n甲,2024-05-01,已完成,2024-05-09\n乙,2024-06-01,已完成,\n", to: "deals.csv")
        let done = try run("import", "t.crm", "deal", "deals.csv", "--any-stage")
        #expect(done.status == 0, "\(done.errors)")
        #expect((done.output + done.errors).contains("有 1 行没有给出「完成日期」，保存时填的是今天"), "\(done.output)\(done.errors)")
        #expect(!(done.output + done.errors).contains("付款日期"))
        let days = try run("find", "t.crm", "deal", "--fields", "what,done_on,paid_on", "--json").output
        #expect(days.contains("2024-05-09") && days.contains("2024-05-01") && days.contains("2024-06-01"), "\(days)")
    }

    @Test("headings below a title are read when their row is named, and the refusal says which row was read and how")
    func title() throws {
        try folder.write("客户信息登记表,,\n\n名称,等级\n甲,重点\n", to: "titled.csv")
        let refused = try run("import", "t.crm", "customer", "titled.csv")
        #expect(refused.status == 64)
        #expect(refused.errors.contains("第 1 行") && refused.errors.contains("--header-row"))
        #expect(try run("import", "t.crm", "customer", "titled.csv", "--header-row", "3").status == 0)
        #expect(try run("count", "t.crm", "customer").output == "1\n")
        #expect(try run("import", "t.crm", "customer", "titled.csv", "--header-row", "0").status == 64)
    }

    @Test("a title above the headings does not say how cells are separated, whatever stands in it")
    func separators() throws {
        for (name, title, separator) in [
            ("a", "sum", ";"), ("b", "a;b;c", ","), ("c", "\"open, and", "\t"), ("d", "x,y", ";"),
        ] {
            let rows = ["名称\(separator)等级", "甲\(name)\(separator)重点"].joined(separator: "\r\n")
            try folder.write("\(title)\r\n\(rows)\r\n", to: "\(name).csv")
            let done = try run("import", "t.crm", "customer", "\(name).csv", "--header-row", "2")
            #expect(done.status == 0, "\(name): \(done.errors)")
        }
        #expect(try run("count", "t.crm", "customer", "等级 = '重点'").output == "4\n")
    }

    @Test("a row of headings behind the last row of the file is told as that")
    func beyond() throws {
        try folder.write("名称\n甲\n", to: "short.csv")
        for line in ["3", "9999"] {
            let refused = try run("import", "t.crm", "customer", "short.csv", "--header-row", line)
            #expect(
                refused.status == 64 && refused.errors.contains("第 \(line) 行起什么也没有，文件到第 2 行为止"),
                "\(refused.errors)"
            )
        }
        #expect(try run("export", "t.crm", "customer", "-o", "short.xlsx").status == 0)
        let refused = try run("import", "t.crm", "customer", "short.xlsx", "--header-row", "7")
        #expect(refused.status == 64 && refused.errors.contains("到第 1 行为止"), "\(refused.errors)")
        try folder.write("", to: "empty.csv")
        #expect(try run("import", "t.crm", "customer", "empty.csv", "--header-row", "2").errors.contains("文件是空的"))
    }

    @Test("an error file under the name of a workbook is refused before anything is imported")
    func errorFile() throws {
        try folder.write("名称\n甲\n", to: "in.csv")
        let refused = try run("import", "t.crm", "customer", "in.csv", "--errors", "bad.xlsx")
        #expect(refused.status == 64 && refused.errors.contains(".csv"))
        let output = try run("import", "t.crm", "customer", "in.csv", "--errors", "-")
        #expect(output.status == 64 && output.errors.contains(".csv"))
        #expect(try run("count", "t.crm", "customer").output == "0\n")
    }

    @Test("reports go by their titles and parameters by their labels; several plugins may be parted by commas")
    func titles() throws {
        let shown = try run("report", "t.crm", "全部工单", "关键词=水管")
        #expect(shown.status == 0 && shown.output.contains("<水管>"), "\(shown.errors)")
        #expect(try run("report", "t.crm", "没有的").status == 66)
        #expect(try run("new", "u.crm").status == 0)
        let installed = try run("plugin", "install", "u.crm", "small,other")
        #expect(installed.status == 0, "\(installed.errors)")
        #expect(try run("plugin", "list", "u.crm").output.contains("other"))
    }

    @Test("a word of one's own language at the prompt is told how commands begin")
    func word() throws {
        let said = try ShellRun(["t.crm"], in: folder, input: "客户\n")
        #expect(said.status == 64 && said.errors.contains(".help") && said.errors.contains(".search 客户"))
        #expect(try ShellRun(["t.crm"], in: folder, input: "'客户'\n").errors.contains(".search") == false)
    }

    @Test("an unknown field is told with the nearest label, or with where the fields are listed")
    func unknown() throws {
        #expect(try run("create", "t.crm", "customer", "名称x=甲").errors.contains("名称"))
        #expect(try run("create", "t.crm", "customer", "zzz=甲").errors.contains("describe customer"))
    }
}
