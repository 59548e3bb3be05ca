import TestSupport
import Testing

@testable import CRMPlatform

/// Where errors of scripts say that they are, and whose.
@Suite("The place of a script's error")
struct ErrorPlaceTests {
    @Test("a report, command or print that gives what cannot be taken over names its file and line")
    func conversions() throws {
        let company = try ScriptCompany(
            """
            crm.report(require "reports.odd")
            crm.command{name = "odd", title = "Odd", run = function() return function() end end}
            crm.print_template{name = "odd", object = "deal", title = "Odd",
              data = function() return {f = function() end} end}
            """,
            [
                "reports/odd.lua": "return {\n  name = 'odd', title = 'Odd',\n  run = function() return print end\n}",
                "print/odd/zh-CN.html": "<html><body>x</body></html>",
            ]
        )
        try company.run("crm.create('deal', {name = 'a'})")
        let deal = try #require(RecordID("deal/1"))
        let found = [
            refusal { try company.platform.runReport("odd", as: .administrator) },
            refusal { try company.platform.runCommand("odd", as: .administrator) { _ in } },
            refusal {
                try company.platform.printRecord(template: "odd", record: deal, language: .zhCN, as: .administrator)
            },
        ]
        for (error, place) in zip(found, ["reports/odd.lua:3", "main.lua:2", "main.lua:4"]) {
            #expect(error?.context.plugin?.rawValue == "demo")
            #expect("\(error?.context.file ?? ""):\(error?.context.line ?? 0)" == place)
            let text = error?.text(in: .en) ?? ""
            #expect(text.contains("the plugin \"demo\" failed (\(place)): a function cannot be taken over"), "\(text)")
        }
    }

    @Test("an error in a save that a hook makes is at that record, which has no number yet, and not at the hook's")
    func innerSaves() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "before_save", function(rec) crm.create("person", {nam = rec.name}) end)
            """
        )
        let error = company.failure("crm.create('deal', {name = 'a'})")
        #expect(error?.context.object?.rawValue == "person" && error?.context.record == nil)
        let after = try ScriptCompany(
            """
            crm.on("deal", "after_commit", function(rec) crm.create("person", {nam = rec.name}) end)
            """
        )
        try after.run("crm.create('deal', {name = 'a'})")
        let told = try #require(try after.platform.takeAfterCommitErrors().first)
        #expect(told.context.object?.rawValue == "person" && told.context.record == nil)
        #expect(told.text(in: .en).contains("deal/1"))
    }

    @Test("code of no plugin is called a script, not a plugin")
    func ofNoPlugin() throws {
        let company = try ScriptCompany()
        let syntax = company.failure("local x = = 1")
        #expect(syntax?.context.plugin == nil && syntax?.context.file == "script.lua" && syntax?.context.line == 1)
        #expect(syntax?.text(in: .en).hasPrefix("the script has a syntax error (script.lua:1)") == true)
        #expect(syntax?.text(in: .zhCN).hasPrefix("脚本有语法错误（script.lua:1）") == true)
        let console = company.platform.makeConsole(as: .administrator)
        let typed = refusal { try console.evaluate("x = = 1") }
        #expect(typed?.context.plugin == nil && typed?.text(in: .en).contains("console") == false)
        let failed = company.failure("error('no')")
        #expect(failed?.text(in: .en).hasPrefix("the script failed (script.lua:1): no") == true)
    }

    @Test("a template whose data is no function is refused")
    func dataOfTemplate() throws {
        let error = refusal {
            try ScriptCompany(
                "crm.print_template{name = 'x', object = 'deal', title = 'X', data = {}}",
                ["print/x/zh-CN.html": "<html><body>x</body></html>"]
            )
        }
        #expect(error?.text(in: .en).contains("'data' must be a function") == true, "\(error?.text(in: .en) ?? "")")
    }

    @Test(
        "a registration that is wrong names the file and line that registers",
        arguments: [
            "crm.report{name = 'x'}", "crm.report{name = 'x', bad = 1, run = print}",
            "crm.command{name = 'x', run = 5}",
            "crm.report(5)", "crm.print_template{name = 'x', object = 'nothing', title = 't'}",
            "crm.on('deal', 'nothing', print)",
        ]
    )
    func registrations(_ line: String) throws {
        let error = refusal { try ScriptCompany("require 'lib.a'", ["lib/a.lua": "local x\n\(line)\nreturn x"]) }
        #expect(error?.context.file == "lib/a.lua" && error?.context.line == 2, "\(error?.text(in: .en) ?? "")")
        #expect(error?.text(in: .en).contains("crm:1") == false)
        #expect(error?.traceback.contains("crm:1") == false)
    }

    @Test("a script reads the history of a record, of one that was deleted too, as the shell tells it")
    func history() throws {
        let company = try ScriptCompany()
        let lines = try company.run(
            """
            local deal = crm.create("deal", {name = "a", amount = crm.decimal("1.50"), due = crm.date.date(2026, 11, 30)})
            crm.update(deal, {amount = crm.decimal("2.50"), stage = "won"})
            crm.delete(deal)
            for _, h in ipairs(crm.history("deal/1")) do
              print(tostring(h.at), h.user, h.origin, h.action)
              for _, c in ipairs(h.changes) do
                if h.action == "update" then print(c.field, tostring(c.old), tostring(c.new)) end
                if c.field == "due" then print(type(c.new) == "nil" and "gone" or c.new.year) end
              end
            end
            print(#crm.history("deal", 1), #crm.history("deal", 99))
            """
        )
        let at = "2026-11-21T02:00:00Z"
        #expect(
            lines == [
                "\(at)\t1\tshell>script\tcreate", "2026", "\(at)\t1\tshell>script\tupdate", "amount\t1.50\t2.50",
                "stage\tnil\twon", "\(at)\t1\tshell>script\tdelete", "gone", "3\t0",
            ]
        )
        #expect(company.failure("crm.history('deal', crm.create('person', {name = 'p'}))") != nil)
        #expect(company.failure("crm.history('nothing/1')")?.code == .notFound)
    }
}
