import CRMModel
import CRMPlatform
import TestSupport
import Testing

@Suite("Libraries of the plugins that a plugin depends on")
struct LibraryTests {
    private let folder: ScratchFolder
    private let platform: Platform

    init() throws {
        folder = try ScratchFolder()
        var options = PlatformOptions()
        options.language = .en
        platform = try Platform.inMemory(options: options)
    }

    private static let thing = """
        {"name": "thing", "label": "T", "fields": [
          {"name": "name", "type": "text", "label": "N"}, {"name": "note", "type": "text", "label": "V"}]}
        """

    private static let lines = """
        local rates = require "lib.rates"
        local M = { made = 0 }
        function M.total(amount) return amount * rates.factor end
        function M.text() return crm.t("greeting") end
        function M.touch() M.made = M.made + 1 return M.made end
        seen = "of the library"
        return M
        """

    @discardableResult
    private func plugin(
        _ id: String,
        depends: String = "{}",
        version: String = "1.0.0",
        _ files: [String: String]
    ) throws -> String {
        let manifest = """
            {"id":"\(id)","version":"\(version)","api":1,"type":"module","title":"\(id)","depends":\(depends)}
            """
        return try folder.plugin(id, ["plugin.json": manifest].merging(files) { $1 })
    }

    /// `sell` with libraries, on which plugins of the tests build.
    private func seller(factor: Int = 3, version: String = "1.0.0") throws -> String {
        try plugin(
            "sell",
            version: version,
            [
                "objects/thing.json": Self.thing, "lib/lines.lua": Self.lines,
                "lib/rates.lua": "return { factor = \(factor) }", "lib/broken.lua": "local x = 1\nerror('broken')",
                "hooks/secret.lua": "return 1", "locales/en.json": #"{"greeting": "Good day"}"#,
                "locales/zh-CN.json": #"{"greeting": "您好"}"#, "locales/zh-TW.json": #"{"greeting": "您好"}"#,
            ]
        )
    }

    private func buyer(_ main: String, depends: String = #"{"sell": "^1.0.0"}"#) throws {
        _ = try seller()
        let path = try plugin("buy", depends: depends, ["main.lua": main, "lib/mine.lua": "return { rate = 5 }"])
        try platform.installPlugin(.folder(path))
    }

    private func note(_ name: String = "n") throws -> String {
        try platform.write(as: .administrator, origin: .library) { session in
            try session.create(object("thing"), ["name": name]).record["note"].displayText
        }
    }

    @Test("a library computes in the caller's state, with its own modules and texts, and is loaded once")
    func used() throws {
        try buyer(
            """
            local lines = require "sell/lib.lines"
            local again = require "sell/lib.lines"
            crm.on("thing", "before_save", function(rec)
              rec.note = table.concat({
                lines.total(7), lines.text(), tostring(lines == again), lines.touch(), lines.touch(), lines.made,
                tostring(seen), require("lib.mine").rate, require("sell/lib.rates").factor,
              }, " ")
            end)
            """
        )
        #expect(try note() == "21 Good day true 1 2 2 nil 5 3")
    }

    @Test("what a library gives cannot be changed from outside, so that it stays what its author made")
    func frozen() throws {
        try buyer(
            """
            local lines = require "sell/lib.lines"
            crm.on("thing", "before_save", function(rec)
              local ok, problem = pcall(function() lines.total = nil end)
              rec.note = tostring(ok) .. " " .. lines.total(2)
            end)
            """
        )
        #expect(try note() == "false 6")
    }

    @Test(
        "a module that cannot be used is refused with the name that is right",
        arguments: [
            ("sell/lib.linse", "Did you mean require \"sell/lib.lines\"?"),
            ("sel/lib.lines", "Did you mean require \"sell/lib.lines\"?"),
            ("sell/lines", "only modules in lib/ can"),
            ("sell/hooks.secret", "only modules in lib/ can"),
            ("base/lib.x", "depends in plugin.json of \"buy\" does not have \"base\" (only: sell)"),
            ("buy/lib.mine", "write require \"lib.mine\""),
            ("lib/mine", "Did you mean require \"lib.mine\"?"),
            ("lib.mien", "Did you mean require \"lib.mine\"?"),
            ("lines", "Did you mean require \"sell/lib.lines\"?"),
            ("sell/lib...hooks.secret", "there is no module \"sell/lib...hooks.secret\""),
        ]
    )
    func refused(_ name: String, _ text: String) throws {
        let error = refusal { try buyer("local x = 1\nlocal y = require \"\(name)\"") }
        #expect(error?.code == .invalidPlugin)
        #expect(error?.text(in: .en).contains(text) == true, "\(error?.text(in: .en) ?? "no error")")
        #expect(error?.context.plugin?.rawValue == "buy")
        #expect(error?.context.file == "main.lua")
        #expect(error?.context.line == 2)
        for language in Language.allCases { #expect(error?.text(in: language).isEmpty == false) }
        #expect(try platform.plugins.isEmpty)
    }

    @Test("a library of a plugin that is needed only by way of another is out of reach")
    func direct() throws {
        _ = try seller()
        _ = try plugin(
            "middle",
            depends: #"{"sell": "^1.0.0"}"#,
            ["lib/m.lua": "return { lines = require('sell/lib.lines').total(1) }"]
        )
        let path = try plugin(
            "top",
            depends: #"{"middle": "^1.0.0"}"#,
            ["main.lua": "local m = require 'middle/lib.m'\nlocal lines = require 'sell/lib.lines'"]
        )
        let error = refusal { try platform.installPlugin(.folder(path)) }
        #expect(error?.context.line == 2)
        #expect(error?.text(in: .en).contains("does not have \"sell\" (only: middle)") == true)
    }

    @Test("an error in a library names the plugin that ran, the library's file and the line")
    func located() throws {
        try buyer(
            "crm.on('thing', 'before_save', function(rec) rec.note = require('sell/lib.broken') end)"
        )
        let error = refusal { _ = try note() }
        #expect(error?.context.plugin?.rawValue == "buy")
        #expect(error?.context.file == "sell/lib/broken.lua")
        #expect(error?.context.line == 2)
    }

    @Test("a new version of the library is in force at the next save, and one that breaks the dependant is refused")
    func upgraded() throws {
        try buyer(
            """
            local lines = require "sell/lib.lines"
            crm.on("thing", "before_save", function(rec) rec.note = tostring(lines.total(7)) end)
            """
        )
        #expect(try note() == "21")
        try platform.installPlugin(.folder(try seller(factor: 10, version: "1.1.0")))
        #expect(try note() == "70")
        let elsewhere = try ScratchFolder()
        let broken = try elsewhere.plugin(
            "sell",
            [
                "plugin.json": #"{"id":"sell","version":"1.2.0","api":1,"type":"module","title":"sell"}"#,
                "objects/thing.json": Self.thing,
            ]
        )
        let error = refusal { try platform.installPlugin(.folder(broken)) }
        #expect(error?.context.plugin?.rawValue == "buy")
        #expect(try note() == "70")
    }

    @Test("a linked library that is edited is in force at the next save")
    func linked() throws {
        _ = try seller()
        let path = try plugin(
            "buy",
            depends: #"{"sell": "^1.0.0"}"#,
            [
                "main.lua": """
                local lines = require "sell/lib.lines"
                crm.on("thing", "before_save", function(rec) rec.note = tostring(lines.total(7)) end)
                """
            ]
        )
        try platform.linkPlugin(folder: folder.path + "/sell")
        try platform.linkPlugin(folder: path)
        #expect(try note() == "21")
        try folder.write("return { factor = 1000 }", to: "sell/lib/rates.lua")
        #expect(try note() == "7000")
    }

    @Test("tests of a plugin and scripts of a person reach the libraries, too")
    func tests() throws {
        _ = try seller()
        let path = try plugin(
            "buy",
            depends: #"{"sell": "^1.0.0"}"#,
            [
                "tests/lines.lua": """
                test("the library is there", function()
                  expect.equal(require("sell/lib.lines").total(2), 6)
                end)
                """
            ]
        )
        let report = try Platform.testPlugin(folder: path)
        #expect(report.failed == 0, "\(report.tests.map(\.message))")
        #expect(report.passed == 1)
        try platform.installPlugin(.folder(path))
        let lines = Lines()
        try platform.runScript(
            "print(require('sell/lib.lines').total(5))",
            name: "script.lua",
            as: .administrator
        ) { lines.append($0) }
        #expect(lines.all == ["15"])
    }
}
