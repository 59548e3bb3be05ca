import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// A limit that strikes takes the whole unit of work back, whoever catches its error on the way.
@Suite("Units of work lost to a limit", .tags(.slow))
struct LostUnitTests {
    /// Deals named "x" never end.
    private static let endless = "if rec.name == 'x' then while true do end end"

    /// The person's hook makes an endless deal and goes on as if nothing had happened.
    private static let catching = """
        crm.on("person", "after_save", function(rec)
          local ok, err = pcall(crm.create, "deal", {name = "x", owner = rec.id})
          assert(not ok and err.code == "limit_exceeded", tostring(err))
        end)
        """

    private func expectLoss(_ error: PlatformError?, _ company: ScriptCompany, plugin: String) throws {
        #expect(error?.code == .limitExceeded)
        #expect(error?.context.plugin?.rawValue == plugin)
        #expect(error?.context.object == object("deal"))
        #expect(error?.context.file == "main.lua")
        #expect(try company.count("person") == 0)
        #expect(try company.count("deal") == 0)
    }

    /// Where the limit strikes.
    static let places = [
        "crm.on('deal', 'before_save', function(rec) \(endless) end)",
        "crm.on('deal', 'after_save', function(rec) \(endless) end)",
        "crm.validate('deal', function(rec, fail) \(endless) end)",
        "crm.code_rule('deal', 'code', function(rec, next) \(endless) return 'D' .. next('') end)",
        "crm.on('deal', 'before_save', function(rec) if rec.name == 'x' then local s = 'x' while true do s = s .. s end end end)",
        "crm.on('deal', 'before_save', function(rec) pcall(function() \(endless) end) rec.name = 'y' end)",
    ]

    @Test("a hook of another plugin that catches the error saves nothing", arguments: places)
    func otherPlugin(_ place: String) throws {
        let company = try ScriptCompany(place)
        try company.installOther(Self.catching)
        let error = company.failure("crm.create('person', {name = 'a'})")
        try expectLoss(error, company, plugin: "demo")
        // The next unit of work finds both plugins at work again.
        let after = company.failure("crm.create('person', {name = 'b'})")
        try expectLoss(after, company, plugin: "demo")
        try company.run("crm.create('deal', {name = 'good'})")
        #expect(try company.count("deal") == 1)
    }

    @Test("a hook of the same plugin cannot go on at all")
    func samePlugin() throws {
        let company = try ScriptCompany(
            "crm.on('deal', 'before_save', function(rec) \(Self.endless) end)\n" + Self.catching
        )
        try expectLoss(company.failure("crm.create('person', {name = 'a'})"), company, plugin: "demo")
        try company.run("crm.create('deal', {name = 'good'})")
        #expect(try company.count("deal") == 1)
    }

    @Test("an error that a hook raises in its place does not hide the limit")
    func disguise() throws {
        let company = try ScriptCompany("crm.on('deal', 'before_save', function(rec) \(Self.endless) end)")
        try company.installOther(
            """
            crm.on("person", "after_save", function(rec)
              if not pcall(crm.create, "deal", {name = "x"}) then error("no deal") end
            end)
            """
        )
        try expectLoss(company.failure("crm.create('person', {name = 'a'})"), company, plugin: "demo")
    }

    @Test("a script of a person that catches the error keeps nothing of what it did, and writes nothing more")
    func script() throws {
        let company = try ScriptCompany("crm.on('deal', 'before_save', function(rec) \(Self.endless) end)")
        let lines = Lines()
        let error = refusal {
            try company.platform.runScript(
                """
                crm.create("person", {name = "before"})
                print(pcall(crm.create, "deal", {name = "x"}))
                local ok, err = pcall(crm.create, "person", {name = "after"})
                print(ok, err.code)
                print(crm.count("person"))
                """,
                name: "script.lua",
                as: .administrator
            ) { lines.append($0) }
        }
        try expectLoss(error, company, plugin: "demo")
        #expect(lines.all.dropFirst() == ["false\tlimit_exceeded", "1"])
    }

    @Test("a line of the console that catches the error keeps nothing, and the next line works")
    func console() throws {
        let company = try ScriptCompany("crm.on('deal', 'before_save', function(rec) \(Self.endless) end)")
        let console = company.platform.makeConsole(as: .administrator)
        let error = refusal {
            _ = try console.evaluate("crm.create('person', {name = 'a'}) ok = pcall(crm.create, 'deal', {name = 'x'})")
        }
        try expectLoss(error, company, plugin: "demo")
        guard case .done(_, let values) = try console.evaluate("ok, crm.create('deal', {name = 'good'})") else {
            Issue.record("the line is not complete")
            return
        }
        #expect(values == ["false", "deal/1"])
    }

    @Test("an embedder that catches the error keeps nothing either")
    func embedder() throws {
        let company = try ScriptCompany("crm.on('deal', 'before_save', function(rec) \(Self.endless) end)")
        let error = refusal {
            try company.platform.write(as: .administrator, origin: .library) { session in
                _ = try session.create(object("person"), ["name": "before"])
                _ = try? session.create(object("deal"), ["name": "x"])
            }
        }
        try expectLoss(error, company, plugin: "demo")
        #expect(error?.context.hook == "before_save")
    }

    @Test("an explanation names the limit although a hook caught it")
    func explanation() throws {
        let company = try ScriptCompany(Self.places[0])
        try company.installOther(Self.catching)
        let trace = try company.platform.explain(as: .administrator, origin: .library) {
            session in
            _ = try session.create(object("person"), ["name": "a"])
        }
        #expect(trace.error?.code == .limitExceeded)
    }

    @Test("within a rehearsal only the unit that was struck is taken back")
    func rehearsal() throws {
        let company = try ScriptCompany(Self.places[0])
        try company.installOther(Self.catching)
        try company.platform.beginRehearsal()
        try company.run("crm.create('deal', {name = 'good'})")
        #expect(company.failure("crm.create('person', {name = 'a'})")?.code == .limitExceeded)
        try company.platform.commitRehearsal()
        #expect(try company.count("deal") == 1)
        #expect(try company.count("person") == 0)
    }

    @Test("an import ends at the row that was struck and says where to go on", arguments: [false, true])
    func imports(isDryRun: Bool) throws {
        let company = try ScriptCompany(Self.places[0])
        try company.installOther(
            "crm.on('person', 'after_save', function(rec) if rec.name == 'c' then pcall(crm.create, 'deal', {name = 'x'}) end end)"
        )
        let path = company.folder.path + "/people.csv"
        try "name\na\nb\nc\nd\n".write(toFile: path, atomically: true, encoding: .utf8)
        var options = FileImport()
        options.isDryRun = isDryRun
        let error = refusal {
            _ = try company.platform.importRecords(
                object: object("person"),
                file: path,
                options: options,
                as: .administrator
            )
        }
        #expect(error?.code == .limitExceeded)
        let text = error?.text(in: .en) ?? ""
        #expect(text.contains("row 3 (line 4): the plugin \"demo\""))
        #expect(isDryRun || text.contains("No row was imported"))
        #expect(error?.context.row == 3)
        #expect(try company.count("person") == 0)
    }
}
