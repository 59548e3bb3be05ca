import CRMModel
import Foundation
import LuaBridge
import TestSupport
import Testing

@testable import CRMPlatform

/// What a check finds in the code of a plugin without running it.
@Suite("Code looked over")
struct LuaReviewTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func review(_ files: [String: String], api: Int = 2) throws -> [String] {
        let base = ScriptCompany.metadata.merging(["plugin.json": PlaceTests.manifest(api: api)]) { $1 }
        let found = Platform.reviewPlugin(folder: try scratch.plugin("demo", base.merging(files) { $1 }))
        return (found.problems + found.warnings).filter { $0.context.file?.hasSuffix(".lua") == true }.map { error in
            "\(error.context.file ?? "?"):\(error.context.line ?? 0): \(error.message.text(in: .en))"
        }
    }

    @Test(
        "fields that an object does not have, where the object is certain",
        arguments: [
            ("crm.create('deal', { name = 'a',\n  amonut = 1 })", 3, "amonut", "amount"),
            ("crm.create('deal', { ['nam'] = 'a' })", 2, "nam", "name"),
            ("crm.update('deal/1', { name = f(1, { x = 2 }), quantiti = 1 })", 2, "quantiti", "quantity"),
            ("crm.create('person', { name = 'a', deals = { { name = 'b' }, { nmae = 'c' } } })", 2, "nmae", "name"),
            ("crm.options('deal', 'stagee')", 2, "stagee", "stage"),
            ("crm.label('deal', 'stagee', x)", 2, "stagee", "stage"),
            ("crm.find('deal', 'amonut > 1')", 2, "amonut", "amount"),
            ("crm.find('deal', 'owner.nam = ?', { params = { 1 } })", 2, "nam", "name"),
            ("crm.each('deal', nil, { sort = 'nmae desc, id' })", 2, "nmae", "name"),
            ("crm.count('deal', 'quantity >')", 2, "end of the expression", "value"),
            ("crm.aggregate('deal', { where = 'nmae = ?', params = { x } })", 2, "nmae", "name"),
            ("crm.aggregate('deal', { group = { 'stagee' } })", 2, "stagee", "stage"),
            ("crm.aggregate('deal', { measures = { total = 'sum(amonut)' } })", 2, "amonut", "amount"),
            ("crm.find('deall')", 2, "deall", "deal"),
            ("crm.settle('deall', 1)", 2, "deall", "deal"),
        ]
    )
    func calls(_ call: String, _ line: Int, _ name: String, _ near: String) throws {
        let found = try review([
            "commands/c.lua":
                "local f, x; local function g()\nreturn \(call)\nend\nreturn { run = function() return f, x, g end }"
        ])
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("commands/c.lua:\(line):") == true, "\(found)")
        #expect(found.first?.contains(name) == true && found.first?.contains(near) == true, "\(found)")
    }

    @Test(
        "fields and methods of the record that a place is given",
        arguments: [
            ("hooks/deal/before_save.lua", "return function(deal)\n  deal.amonut = 1\nend", 2, "amonut"),
            ("hooks/deal/before_save.lua", "local function f(d)\n  return d.owner.nmae\nend\nreturn f", 2, "nmae"),
            ("hooks/deal/before_save.lua", "return function(deal)\n  return deal:changed('amonut')\nend", 2, "amonut"),
            ("hooks/deal/before_save.lua", "return function(deal)\n  return deal:chnged('amount')\nend", 2, "changed"),
            (
                "validators/deal.lua", "return function(deal, fail)\n\n  fail('amonut', 'x')\n  return deal\nend", 3,
                "amonut"
            ),
            ("codes/deal.lua", "return function(deal, next)\n  return deal.nmae .. next('all')\nend", 2, "nmae"),
            ("main.lua", "crm.on('deal', 'before_save', function(d)\n  return d.nmae\nend)", 2, "nmae"),
            ("main.lua", "crm.validate('deal', function(d, f)\n  return f, d.nmae\nend)", 2, "nmae"),
        ]
    )
    func records(_ path: String, _ text: String, _ line: Int, _ name: String) throws {
        let found = try review([path: text])
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("\(path):\(line):") == true, "\(found)")
        #expect(found.first?.contains(name) == true, "\(found)")
    }

    @Test("nothing is said where it is not certain")
    func uncertain() throws {
        let found = try review([
            "hooks/deal/before_save.lua": """
            local other = require "lib.other"
            local function named(deal) return deal.nothing end
            return function(deal)
              deal.name = deal.owner and deal.owner.name or deal:title()
              local where = "amonut" .. " > 1"
              local fields = { amonut = 1 }
              crm.find("deal", where)
              crm.find("deal", "amonut" .. " > 1")
              crm.create(other.object, { nothing = 1, crm = { deal = fields } })
              crm.find("deal", "due > ? and stage = 'won'", { params = { other.day }, sort = "owner.name desc, id" })
              crm.aggregate("deal", { group = { "owner", "quarter(due)" }, measures = { n = "count()" }, sort = "n" })
              for _, d in ipairs(other.list) do named(d) end
              deal = other.deal
              return deal.nothing, deal.x
            end
            """,
            "lib/other.lua": """
            local other <const> = { object = "deal" }
            function other.run(self, ...)
              goto done
              ::done::
              local n = 1 << 2 >> 1
              while n < 3 do n = n + 1 repeat local until_n = n until until_n > 2 end
              if n == 1 then return ... elseif n == 2 then return self else return nil end
            end
            function other:more() return self.x, other [1], (other), -n_of(other), not other end
            return other
            """.replacing("n_of(other)", with: "#other.list"),
        ])
        #expect(found == [])
    }

    @Test("globals that are assigned, and names of nothing, each once a file with its line")
    func globals() throws {
        let found = try review([
            "lib/a.lua": """
            total = 1
            function helper() total = 2; local inner = innr end
            local function other(x) x = 1; local y; y = x; return y end
            do local total = 3; total = 4 end
            return { total, helper, other, crm.date, test }
            """,
            "hooks/deal/before_save.lua": "return function(deal) return require('lib.a'), total, deal end",
            "tests/t.lua": "test('x', function() expect.equal(1, 1) end)",
        ])
        #expect(
            found == [
                "lib/a.lua:2: nothing defines \"innr\"; it is nil when it runs. Did you mean inner?",
                "lib/a.lua:5: nothing defines \"test\"; it is nil when it runs",
                "lib/a.lua:1: \"total\" is a global, which every file of the plugin can change; write local total, or return from a file in lib/ what several files need",
                "lib/a.lua:2: \"helper\" is a global, which every file of the plugin can change; write local helper, or return from a file in lib/ what several files need",
            ]
        )
    }

    @Test("the names that are known are those that a plugin finds")
    func known() throws {
        let company = try ScriptCompany()
        let names = try company.run("for name in pairs(_G) do print(name) end")
        #expect(Set(names).subtracting(LuaReview.known) == [])
        for name in LuaReview.known where name != "_ENV" {
            #expect(try company.run("print(\(name) ~= nil)") == ["true"], "\(name)")
        }
    }

    @Test("the methods that are known are those that records have")
    func methods() throws {
        let company = try ScriptCompany()
        for name in RecordType.methodNames {
            let script = "print(type(crm.create('deal', { name = 'a' }).\(name)))"
            #expect(try company.run(script) == ["function"], "\(name)")
        }
        let stubs = try company.platform.stubs().map(\.text).joined()
        let documented = stubs.matches(of: #/function record:(\w+)\(/#).map { String($0.1) }
        #expect(Set(documented) == RecordType.methodNames)
    }

    @Test("every source of the repository that Lua compiles is understood to its end")
    func grammar() throws {
        var understood = 0
        for folder in ["plugins", "Tests/Corpus/lua-escapes", "Benchmarks/plugins"] {
            let root = Repository.path(folder)
            for path in FileManager.default.enumerator(atPath: root)?.compactMap({ $0 as? String }) ?? [] {
                guard path.hasSuffix(".lua") else { continue }
                let bytes = try Repository.bytes("\(folder)/\(path)")
                guard let text = String(validating: bytes, as: UTF8.self),
                    (try? LuaState(name: "t").load(text, chunkName: path)) != nil
                else { continue }
                #expect(LuaScopes(LuaTokens(bytes).tokens).isWhole, "\(folder)/\(path)")
                understood += 1
            }
        }
        #expect(understood > 400)
    }

    @Test("settings by way of a local, texts of the plugins that are needed, modules that are not there")
    func others() throws {
        let manifest = """
            {"id":"demo","version":"1.0.0","api":2,"type":"module","title":"d",
             "settings":{"days":{"type":"integer","default":1,"description":"d"}}}
            """
        let found = try review([
            "plugin.json": manifest,
            "commands/c.lua": """
            local settings = crm.plugin.settings
            return { run = function()
              local text = crm.t("hello")
              return settings.days, settings.dais, text, require("lib.nothing"), crm.t("helo")
            end }
            """,
            "lib/nothings.lua": "return {}", "tests/t.lua": "test('x', function() require('lib.nothings') end)",
            "locales/en.json": #"{"hello": "Hello"}"#,
        ])
        #expect(
            found == [
                "commands/c.lua:4: there is no crm.plugin.settings.dais. Did you mean days?",
                "commands/c.lua:4: locales/ has no text \"helo\". Did you mean hello?",
                "commands/c.lua:4: there is no module \"lib.nothing\". Did you mean require \"lib.nothings\"?",
            ]
        )
    }

    @Test("files that nobody reaches, with what would have them run")
    func unreached() throws {
        let found = try review([
            "hooks/deal/before_save.lua":
                "return function(deal) require('lib.' .. deal.name); return pcall(require, 'extra.z') end",
            "hooks/deal_after_save.lua": "return function() end", "reports/more/r.lua": "return {}",
            "lib/a.lua": "return {}", "extra/z.lua": "return {}", "extra/y.lua": "return require 'extra.x'",
            "extra/x.lua": "return {}", "print/a/help.lua": "return {}", "tests/support/s.lua": "return {}",
            "tests/t.lua": "local s = require 'tests.support.s'\ntest('x', function() return s end)",
        ])
        #expect(
            found == [
                "extra/x.lua:1: nothing requires it, so extra/x.lua never runs",
                "extra/y.lua:1: nothing requires it, so extra/y.lua never runs",
                "hooks/deal_after_save.lua:1: nothing requires it, so hooks/deal_after_save.lua never runs: files of this folder are found as hooks/OBJECT/EVENT.lua; code that is shared goes into lib/",
                "print/a/help.lua:1: nothing requires it, so print/a/help.lua never runs: files of this folder are found as print/NAME/data.lua; code that is shared goes into lib/",
                "reports/more/r.lua:1: nothing requires it, so reports/more/r.lua never runs: files of this folder are found as reports/NAME.lua; code that is shared goes into lib/",
            ]
        )
    }

    @Test("a library that nobody uses, and places that an old plugin does not register")
    func old() throws {
        let found = try review(
            ["main.lua": "", "hooks/deal/before_save.lua": "return function() end", "lib/a.lua": "return {}"],
            api: 1
        )
        #expect(found.count == 2, "\(found)")
        #expect(found.first?.contains("with which main.lua alone wires") == true, "\(found)")
        #expect(found.last?.contains("if it is for other plugins, write a test that uses it") == true, "\(found)")
    }
}
