import CRMPlatform
import Foundation
import TestSupport
import Testing

/// On whose behalf, in which language, by which door and until when a unit of work runs.
@Suite("Units of work")
struct UnitContextTests {
    private static let locales = [
        "locales/zh-CN.json": #"{"greeting": "你好"}"#, "locales/zh-TW.json": #"{"greeting": "您好"}"#,
        "locales/en.json": #"{"greeting": "hello"}"#,
    ]
    private static let main = """
        crm.on("deal", "before_save", function(deal)
          local ok, err = pcall(crm.get, "nothing/1")
          deal.name = crm.t("greeting") .. "/" .. crm.label("deal", "stage", deal.stage) .. "/" .. err.message
        end)
        crm.on("deal", "after_save", function(deal)
          if deal.amount then crm.create("person", {name = "by hook"}) end
        end)
        crm.report{ name = "endless", title = "E", run = function() while true do end end }
        crm.command{ name = "greet", title = "G", run = function()
          crm.create("deal", {name = "x", stage = "new"})
          return {message = crm.t("greeting")}
        end }
        """

    private func company() throws -> ScriptCompany { try ScriptCompany(Self.main, Self.locales) }

    private func named(_ company: ScriptCompany, _ unit: UnitContext) throws -> String {
        try company.platform.write(unit) { session in
            try session.create(object("deal"), ["name": "x", "stage": "new"]).record.title
        }
    }

    @Test("two units in two languages give texts, labels and caught errors of plugins in two languages")
    func languages() throws {
        let company = try company()
        let english = try named(company, UnitContext(.administrator, language: .en))
        let simplified = try named(company, UnitContext(.administrator, language: .zhCN))
        let traditional = try named(company, UnitContext(.administrator, language: .zhTW))
        #expect(english.hasPrefix("hello/New/") && english.contains("nothing") && !english.contains("没有"))
        #expect(simplified.hasPrefix("你好/新建/") && simplified.contains("没有"))
        #expect(traditional.hasPrefix("您好/新建/") && traditional.contains("沒有"))
        // The states of the plugins are the same: the first language is there again.
        #expect(try named(company, UnitContext(.administrator, language: .en)) == english)
    }

    @Test("an explanation is told in the language of its unit")
    func explanation() throws {
        let company = try company()
        func effects(_ language: Language) throws -> String {
            try company.platform.explain(UnitContext(.administrator, language: language)) {
                session in
                _ = try session.create(object("deal"), ["name": "x", "stage": "won"])
            }.steps.map(\.effect).joined(separator: "\n")
        }
        #expect(try effects(.en).contains("hello/Won/"))
        #expect(try effects(.zhTW).contains("您好/贏單/"))
    }

    @Test("the history keeps the door of the unit and the hand of the plugin, and both can be read again")
    func origins() throws {
        let company = try company()
        let origins = try company.platform.write(UnitContext(.administrator, origin: .import)) {
            session in
            let deal = try session.create(object("deal"), ["name": "x", "stage": "new", "amount": "1"]).record.recordID
            let person = try session.find(Query(object: object("person"))).records[0].recordID
            return [try session.history(of: deal)[0].origin, try session.history(of: person)[0].origin]
        }
        #expect(origins == ["import", "import>plugin:demo"])
        let script = try company.run("print(crm.history(crm.create('person', {name = 'p'}))[1].origin)")
        #expect(script == ["shell>script"])
        #expect(Origin("import>plugin:demo") == Origin(.import, by: .plugin(try #require(PluginID(rawValue: "demo")))))
        for text in ["shell", "library", "import>script", "install>plugin:sales", "shell>rule:limit", "shell>job:mail"]
        {
            #expect(Origin(text)?.description == text)
        }
        for text in ["plugin", "", "shell>", "shell>plugin:", "desk", "shell>script:x"] { #expect(Origin(text) == nil) }
    }

    @Test("a unit whose deadline has passed does not begin: the time counts from when it was asked for")
    func late() throws {
        let company = try company()
        let unit = UnitContext(.administrator, deadline: .now - .milliseconds(1))
        #expect(failure { _ = try named(company, unit) }?.code == .limitExceeded)
        #expect(failure { try company.platform.read(unit) { _ in } }?.code == .limitExceeded)
        #expect(
            try company.platform.read(as: .administrator) { session in
                try session.find(Query(object: object("deal"))).records.count
            } == 0
        )
    }

    @Test("a deadline stops scripts, what they catch, and statements; nothing is kept, and the next unit is free of it")
    func deadline() throws {
        let company = try company()
        let began = ContinuousClock.now
        let report = failure {
            _ = try company.platform.runReport("endless", in: UnitContext(.administrator).within(.milliseconds(300)))
        }
        #expect(report?.code == .limitExceeded)
        #expect(report?.message.text(in: .en).contains("in the time that was given") == true)
        let caught = failure {
            try company.platform.runScript(
                "crm.create('person', {name = 'lost'}) pcall(function() while true do end end) while true do end",
                name: "s.lua",
                in: UnitContext(.administrator).within(.milliseconds(300))
            ) { _ in }
        }
        #expect(caught?.message.text(in: .en).contains("in the time that was given") == true)
        try company.platform.write(as: .administrator, origin: .library) { session in
            for _ in 0..<60 { _ = try session.create(object("person"), ["name": "p"]) }
        }
        let statement = failure {
            try company.platform.read(UnitContext(.administrator).within(.milliseconds(200))) {
                session in
                // Short statements, without an end.
                while true { _ = try session.count(object("person"), where: "name contains 'q'") }
            }
        }
        #expect(statement?.code == .limitExceeded)
        let saves = failure {
            try company.platform.write(UnitContext(.administrator).within(.milliseconds(200))) {
                session in
                while true { _ = try session.create(object("person"), ["name": "never kept"]) }
            }
        }
        #expect(saves?.code == .limitExceeded)
        #expect(ContinuousClock.now - began < .seconds(20))
        let count = try company.platform.read(as: .administrator) { session in
            try session.count(object("person"))
        }
        #expect(count == 60)
    }

    private func failure(_ body: () throws -> Void) -> PlatformError? {
        do {
            try body()
            return nil
        } catch {
            return error as? PlatformError
        }
    }
}
