import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// Files of plugins that are found by their places.
@Suite("Plugins that wire themselves")
struct PlaceTests {
    private let scratch: ScratchFolder
    private let platform: Platform

    init() throws {
        scratch = try ScratchFolder()
        var options = PlatformOptions()
        options.clock = FixedClock()
        options.language = .en
        platform = try Platform.inMemory(options: options)
    }

    static func manifest(api: Int = 2, id: String = "demo") -> String {
        #"{"id":"\#(id)","version":"1.0.0","api":\#(api),"type":"module","title":"\#(id)"}"#
    }

    private func folder(_ files: [String: String], api: Int = 2) throws -> String {
        let base = ScriptCompany.metadata.merging(["plugin.json": Self.manifest(api: api)]) { $1 }
        try? FileManager.default.removeItem(atPath: scratch.path + "/demo")
        return try scratch.plugin("demo", base.merging(files) { $1 })
    }

    private func install(_ files: [String: String], api: Int = 2) throws {
        try platform.installPlugin(.folder(folder(files, api: api)))
    }

    private func run(_ script: String) throws -> [String] {
        let lines = Lines()
        try platform.runScript(script, name: "script.lua", as: .administrator) { lines.append($0) }
        return lines.all
    }

    /// The name that a new deal ends up with.
    private func name() throws -> String {
        try run("print(crm.create('deal', { name = '.' }).name)").joined()
    }

    /// A hook that adds a letter to the name.
    private static func adds(_ letter: String) -> String {
        "return function(deal) deal.name = deal.name .. '\(letter)' end"
    }

    @Test("hooks, validators, codes, reports, commands and prints work without main.lua")
    func all() throws {
        try install([
            "hooks/deal/before_save.lua": Self.adds("h"),
            "validators/deal.lua":
                "return function(deal, fail) if deal.quantity == 0 then fail('quantity', 'none') end end",
            "codes/deal.lua": "return function(deal, next) return 'X' .. next('all') end",
            "reports/totals.lua": """
            return { title = "Totals", run = function()
              return { columns = { { name = "n", type = "integer", label = "N" } }, rows = { { n = crm.count("deal") } } }
            end }
            """,
            "commands/hello.lua": "return { name = 'hello', title = 'Hello', run = function() return 'hello' end }",
            "print/sheet/data.lua":
                "return { object = 'deal', title = 'Sheet', data = function(d) return { more = d.name } end }",
            "print/sheet/en.html": "<p>{{more}}</p>", "print/_partials/head.html": "<b></b>",
            "lib/lines.lua": "return {}",
        ])
        #expect(try run("local d = crm.create('deal', { name = 'a' }); print(d.name, d.code)") == ["ah\tX1"])
        #expect(refusal { try run("crm.create('deal', { name = 'a', quantity = 0 })") }?.code == .validationFailed)
        #expect(try platform.reports.map(\.name.rawValue) == ["totals"])
        #expect(try platform.runReport("totals", as: .administrator).rows.count == 1)
        let said = try platform.runCommand("hello", as: .administrator) { _ in }
        guard case .text(let text) = said else {
            Issue.record("\(said)")
            return
        }
        #expect(text.text(in: .en) == "hello")
        let id = try #require(RecordID("deal/1"))
        let page = try platform.printRecord(template: "sheet", record: id, language: .en, as: .administrator)
        #expect(page.text.contains("<p>ah</p>"))
    }

    @Test("handlers of one event run by path, then those of main.lua")
    func order() throws {
        try install([
            "main.lua": "crm.on('deal', 'before_save', \(Self.adds("m").dropFirst("return ".count)))",
            "hooks/deal/before_save/b.lua": Self.adds("b"), "hooks/deal/before_save/10_a.lua": Self.adds("a"),
            "hooks/deal/before_save.lua": Self.adds("1"),
        ])
        #expect(try name() == ".1abm")
    }

    @Test("a function that the place has registered is not registered again by main.lua")
    func once() throws {
        try install([
            "main.lua": """
            crm.on("deal", "before_save", require "hooks.deal.before_save")
            crm.on("*", "before_save", require "hooks.deal.before_save")
            crm.validate("deal", require "validators.deal")
            crm.code_rule("deal", "code", require "codes.deal")
            crm.report(require "reports.totals")
            crm.command(require "commands.hello")
            crm.print_template(require "print.sheet.data")
            """,
            "hooks/deal/before_save.lua": "return function(r) r.name = r.name .. 'h' end",
            "validators/deal.lua":
                "return function(deal, fail) if deal.quantity == 0 then fail('quantity', 'none') end end",
            "codes/deal.lua": "return function(deal, next) return 'X' .. next('all') end",
            "reports/totals.lua": "return { name = 'totals', run = function() return { columns = {}, rows = {} } end }",
            "commands/hello.lua": "return { name = 'hello', run = function() return 'hello' end }",
            "print/sheet/data.lua": "return { name = 'sheet', object = 'deal' }", "print/sheet/en.html": "<p></p>",
        ])
        #expect(try name() == ".h")
        // The hook for all objects is for those that have no such place.
        #expect(try run("print(crm.create('person', { name = '.' }).name)") == [".h"])
        let error = refusal { try run("crm.create('deal', { name = 'a', quantity = 0 })") }
        #expect(error?.issues.count == 1)
        #expect(try platform.reports.count == 1)
        #expect(try platform.commands.count == 1)
        #expect(try platform.printTemplates.count == 1)
    }

    @Test("what main.lua registers of one name with a place, but is something else, is refused")
    func twice() throws {
        let error = refusal {
            try install([
                "main.lua": "crm.report{ name = 'totals', run = function() return { columns = {}, rows = {} } end }",
                "reports/totals.lua": "return { run = function() return { columns = {}, rows = {} } end }",
            ])
        }
        #expect(error?.issues.count == 1, "\(error?.text(in: .en) ?? "")")
        #expect(error?.text(in: .en).contains("totals") == true)
    }

    @Test("code that files share lies in lib/, and each place names it")
    func shared() throws {
        try install([
            "lib/named.lua": "return { before_save = function(r) r.name = r.name .. r:object() end }",
            "hooks/deal/before_save.lua": "return require('lib.named').before_save",
            "hooks/person/before_save.lua": "return require('lib.named').before_save",
        ])
        #expect(try run("print(crm.create('person', { name = '.' }).name)") == [".person"])
        #expect(try name() == ".deal")
    }

    @Test("plugins of the first interface are wired by main.lua alone, whatever lies at places")
    func first() throws {
        try install(
            [
                "main.lua": """
                local hook = require "hooks.deal.before_save"
                crm.on("deal", "before_save", function(deal) hook(deal) end)
                crm.validate("deal", require "hooks.deal_validate")
                crm.report(require "reports.totals")
                """,
                "hooks/deal/before_save.lua": Self.adds("h"),
                "hooks/deal/befor_save.lua": "return nil",
                "hooks/deal_validate.lua":
                    "return function(deal, fail) if deal.quantity == 0 then fail('quantity', 'none') end end",
                "validators/deal.lua": "return function() error('nobody wired it') end",
                "validators/nobody.lua": "error('nobody loads it')",
                "reports/totals.lua": "return { name = 'all', title = 'T', run = require('reports.helpers').run }",
                "reports/helpers.lua": "return { run = function() return { columns = {}, rows = {} } end }",
                "commands/old.lua": "return function() end",
            ],
            api: 1
        )
        #expect(try name() == ".h")
        #expect(try platform.reports.map(\.name.rawValue) == ["all"])
        #expect(try platform.commands.isEmpty)
        #expect(refusal { try run("crm.create('deal', { name = 'a', quantity = 0 })") }?.issues.count == 1)
    }

    @Test("a plugin of the first interface without main.lua is wired by its places, as nothing else could be meant")
    func firstWithout() throws {
        try install(["hooks/deal/before_save.lua": Self.adds("h")], api: 1)
        #expect(try name() == ".h")
    }

    @Test("a plugin goes from main.lua to places and back by new versions, in the file as in the folder")
    func versions() throws {
        let path = scratch.path + "/a.crm"
        let old = [
            "main.lua": "crm.on('deal', 'before_save', require 'hooks.deal.before_save')",
            "hooks/deal/before_save.lua": Self.adds("h"),
        ]
        func name(_ platform: Platform) throws -> String {
            let lines = Lines()
            try platform.runScript("print(crm.create('deal', { name = '.' }).name)", name: "s", as: .administrator) {
                lines.append($0)
            }
            return lines.all.joined()
        }
        let made = try Platform.create(at: path)
        try made.installPlugin(.folder(folder(old, api: 1)))
        #expect(try name(made) == ".h")
        try made.installPlugin(.folder(folder(old)))
        #expect(try name(made) == ".h")
        try made.installPlugin(.folder(folder(["hooks/deal/before_save.lua": Self.adds("p")])))
        #expect(try name(made) == ".p")
        try made.close()
        let again = try Platform.open(at: path)
        #expect(try name(again) == ".p")
        try again.close()
    }

    @Test("places that name nothing are told all at once, by a check as by an installation, with the nearest name")
    func names() throws {
        let files = [
            "hooks/dael/before_save.lua": "return function() end",
            "hooks/deal/befor_save.lua": "return function() end",
            "hooks/deal/stage_changed.lua": "return function() end",
            "validators/persn.lua": "return function() end",
            "codes/person.lua": "return function() end", "codes/deal/nam.lua": "return function() end",
            "reports/Sums.lua": "return {}",
        ]
        let found = Platform.reviewPlugin(folder: try folder(files)).problems.flatMap(\.issues)
        let error = try #require(refusal { try install(files) })
        #expect(error.issues.map { $0.message.text(in: .en) } == found.map { $0.message.text(in: .en) })
        let told = error.issues.map { $0.message.text(in: .en) }.joined(separator: "\n")
        #expect(error.issues.count == files.count, "\(told)")
        for words in [
            "hooks/dael/before_save.lua:1: there is no object \"dael\"", "Did you mean deal?",
            "hooks/deal/befor_save.lua:1:", "there is no event \"befor_save\" (", "Did you mean before_save?",
            "hooks/deal/stage_changed.lua:1: the object \"deal\" has no stages",
            "validators/persn.lua:1:", "Did you mean person?",
            "codes/person.lua:1: the object \"person\" has no auto_number field",
            "codes/deal/nam.lua:1: \"nam\" is no auto_number field of the object \"deal\"", "(there are: code)",
            "reports/Sums.lua:1:",
        ] {
            #expect(told.contains(words), "\(words) in \(told)")
        }
        for language in Language.allCases {
            #expect(error.issues.allSatisfy { !$0.message.text(in: language).isEmpty })
        }
        #expect(try platform.plugins.isEmpty)
    }

    @Test(
        "a file that gives something else than its place asks for is named with the line",
        arguments: [
            ("hooks/deal/before_save.lua", "local a = {}\nreturn a", 2, "returns a function", "it returns table"),
            (
                "validators/deal.lua", "local function f()\n  return 1\nend", 1, "returns a function",
                "it returns nothing"
            ),
            ("codes/deal.lua", "\nreturn 'X'", 2, "returns a function", "it returns string"),
            (
                "reports/a.lua", "return function()\n  return 1\nend", 1, "the table that defines it",
                "it returns function"
            ),
            ("commands/a.lua", "-- nothing", 1, "the table that defines it", "it returns nothing"),
            ("reports/a.lua", "\nreturn { name = 'b', run = function()\nend }", 2, "name is \"b\"", "says \"a\""),
            ("reports/a.lua", "\nreturn { titel = 'b', run = function()\nend }", 2, "unknown member", "titel"),
            ("print/a/data.lua", "return { data = 1, object = 'deal' }", 1, "'data'", "function"),
        ]
    )
    func types(_ path: String, _ text: String, _ line: Int, _ words: String, _ more: String) throws {
        let files = [path: text, "print/a/en.html": "<p></p>"]
        let problems = Platform.reviewPlugin(folder: try folder(files)).problems
        #expect(problems.count == 1)
        let error = try #require(refusal { try install(files) })
        #expect(problems.first.map { $0.text(in: .en) } == error.text(in: .en))
        #expect(error.context.file == path)
        #expect(error.context.line == line)
        #expect(error.text(in: .en).contains(words) && error.text(in: .en).contains(more), "\(error.text(in: .en))")
    }

    @Test("a library that breaks is told once, though several files need it")
    func library() throws {
        let error = refusal {
            try install([
                "lib/broken.lua": "\nerror('broken')", "hooks/deal/before_save.lua": "return require 'lib.broken'",
                "hooks/person/before_save.lua": "return require 'lib.broken'",
            ])
        }
        #expect(error?.issues.isEmpty == true)
        #expect(error?.context.file == "lib/broken.lua")
        #expect(error?.context.line == 2)
    }

    @Test("all places together keep to the limits of one call")
    func limits() throws {
        let slow = "local x = 0\nfor i = 1, 40000000 do x = x + i % 7 end\nreturn function() return x end"
        let files = (1...20).map { ("hooks/deal/before_save/h\($0).lua", slow) }
        let error = refusal { try install(Dictionary(files, uniquingKeysWith: { $1 })) }
        #expect(error?.code == .limitExceeded)
    }

    @Test("a version of the interface that is not there is refused with those that are")
    func interface() throws {
        let error = refusal { try install([:], api: 3) }
        #expect(error?.text(in: .en).contains("interface version 3; this platform offers 1–2") == true)
    }
}
