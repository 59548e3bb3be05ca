import CRMModel
import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

/// What is said when hooks and code rules do what cannot be kept.
@Suite("Hooks and code rules that give what cannot be kept")
struct HookFaultTests {
    // MARK: - Codes

    @Test(
        "a code of a plugin is checked as those are that people type, and the message names the plugin, the rule and the reason",
        arguments: [
            (#""a\0b""#, "NUL"), (#""a\27[2J""#, #"a\x1B[2J"#), (#""a\nb""#, "line breaks"),
            (#"("x"):rep(256)"#, "255"), (#"("x"):rep(1000000)"#, "255"), (#""  \t ""#, "gave no code"),
        ]
    )
    func codes(_ code: String, _ reason: String) throws {
        let company = try ScriptCompany("\ncrm.code_rule('deal', 'code', function() return \(code) end)")
        let error = company.failure("crm.create('deal', {name = 'a'})")
        let text = error?.text(in: .en) ?? ""
        #expect(error?.code == .hookFailed && error?.context.plugin?.rawValue == "demo", "\(text)")
        #expect(text.contains("main.lua:2") && text.contains(reason), "\(text)")
        #expect(try company.count("deal") == 0)
    }

    @Test("a code of a plugin is kept in the form in which a typed one is")
    func keptForm() throws {
        let company = try ScriptCompany("crm.code_rule('deal', 'code', function() return '  Ｃ－1 ' end)")
        #expect(try company.run("print(crm.create('deal', {name = 'a'}).code)") == ["C-1"])
        #expect(try company.run("print(crm.count('deal', \"code = 'Ｃ－1'\"))") == ["1"])
    }

    @Test("a code with the values of a record is checked as well")
    func patterns() throws {
        let deal = ScriptCompany.deal.replacing("\"D-{seq:4}\"", with: "\"{name}-{seq:4}\"")
        let company = try ScriptCompany("", ["objects/deal.json": deal])
        let error = company.failure("crm.create('deal', {name = ('x'):rep(251)})")
        #expect(error?.code == .validationFailed)
        #expect(error?.text(in: .en).contains("\"deal\"") == true)
        #expect(error?.text(in: .en).contains("255") == true)
        try company.run("crm.create('deal', {name = ('x'):rep(250)})")
    }

    // MARK: - The record that is being saved

    @Test(
        "so is one that saves or deletes the new record before it is written",
        arguments: [
            ("before_save", "crm.update(rec, {quantity = 2})", "rec.field = value"),
            ("before_validate", "crm.update(rec, {quantity = 2})", "rec.field = value"),
            ("before_save", "crm.delete(rec)", "crm.reject"),
        ]
    )
    func ownNewRecord(_ event: String, _ action: String, _ advice: String) throws {
        let company = try ScriptCompany("\ncrm.on('deal', '\(event)', function(rec) \(action) end)")
        let error = company.failure("crm.create('deal', {name = 'a'})")
        let text = error?.text(in: .en) ?? ""
        #expect(error?.code == .hookFailed, "\(text)")
        #expect(text.contains(advice) && text.contains("main.lua:2"), "\(text)")
        #expect(try company.count("deal") == 0)
    }

    @Test(
        "a hook that saves or deletes the very record is named, with the way to do it, and nobody else is blamed",
        arguments: [
            ("before_save", "crm.update(rec, {quantity = 2})", "rec.field = value"),
            ("before_validate", "crm.update('deal/' .. rec.id, {quantity = 2})", "rec.field = value"),
            ("before_save", "crm.delete(rec)", "crm.reject"),
        ]
    )
    func ownRecord(_ event: String, _ action: String, _ advice: String) throws {
        let company = try ScriptCompany(
            """

            crm.on("deal", "\(event)", function(rec)
              if rec.id and rec.name == "again" then \(action) end
            end)
            """
        )
        try company.run("crm.create('deal', {name = 'a'})")
        let error = company.failure("crm.update('deal/1', {name = 'again'})")
        let text = error?.text(in: .en) ?? ""
        #expect(error?.code == .hookFailed && error?.context.plugin?.rawValue == "demo", "\(text)")
        for word in [event, "main.lua:2", "deal/1", advice] { #expect(text.contains(word), "\(text)") }
        #expect(!text.contains("somebody else"))
        #expect(try company.run("local d = crm.get('deal/1') print(d.name, d.quantity)") == ["a\tnil"])
    }

    @Test("a hook of another record that saves this one on the way is named too")
    func otherRecord() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "before_save", function(rec) if rec.owner then crm.update(rec.owner, {name = rec.name}) end end)
            crm.on("person", "after_save", function(rec)
              for _, d in ipairs(rec.deals) do crm.update(d, {quantity = 3}) end
            end)
            """
        )
        try company.run("local p = crm.create('person', {name = 'p'}) crm.create('deal', {name = 'a', owner = p})")
        let text = company.failure("crm.update('deal/1', {name = 'b'})")?.text(in: .en) ?? ""
        #expect(text.contains("after_save") && text.contains("main.lua:2") && text.contains("deal/1"), "\(text)")
    }

    @Test("an after_save hook may save and delete the record, as the save is over")
    func afterwards() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "after_save", function(rec)
              if rec.name == "more" then crm.update(rec, {quantity = 2}) end
              if rec.name == "gone" then crm.delete(rec) end
            end)
            """
        )
        try company.run("crm.create('deal', {name = 'a'}) crm.update('deal/1', {name = 'more'})")
        #expect(try company.run("print(crm.get('deal/1').quantity)") == ["2"])
        try company.run("crm.update('deal/1', {name = 'gone'})")
        #expect(try company.count("deal") == 0)
    }

    // MARK: - Values

    @Test(
        "a value that a field cannot take is refused with the field and the reason",
        arguments: [
            ("rec.name = '\\xff'", "name", "UTF-8"), ("rec.amount = 0.1 + 0.2", "amount", "0.30000000000000004"),
            ("rec.amount = 1/0", "amount", "inf"), ("rec.quantity = function() end", "quantity", "function"),
            ("rec.name = {1}", "name", "table"),
        ]
    )
    func assigned(_ action: String, _ name: String, _ reason: String) throws {
        let company = try ScriptCompany("crm.on('deal', 'before_save', function(rec) \(action) end)")
        let error = company.failure("crm.create('deal', {name = 'a'})")
        let text = error?.text(in: .en) ?? ""
        #expect(error?.context.field == field(name), "\(text)")
        #expect(error?.context.plugin?.rawValue == "demo" && error?.context.line == 1, "\(text)")
        #expect(text.contains("(\(name))") && text.contains(reason), "\(text)")
    }

    @Test(
        "so is one that is given to create, also in a child row",
        arguments: [
            ("crm.create('deal', {name = '\\xff'})", "(name)", "UTF-8"),
            ("crm.create('deal', {name = 'a', amount = 0.1 + 0.2})", "(amount)", "0.30000000000000004"),
            ("crm.create('deal', {name = 'a', amount = print})", "(amount)", "function"),
            (
                "crm.create('person', {name = 'p', deals = {{name = 'a'}, {name = '\\xff'}}})", "(deals[2].name)",
                "UTF-8"
            ),
            ("crm.create('person', {name = 'p', deals = {{['no name'] = 1}}})", "(deals[1])", "no name"),
            ("crm.create('person', {name = 'p', deals = {1}})", "(deals[1])", "child row"),
        ]
    )
    func given(_ script: String, _ place: String, _ reason: String) throws {
        let company = try ScriptCompany()
        let text = company.failure(script)?.text(in: .en) ?? ""
        #expect(text.contains(place) && text.contains(reason), "\(text)")
        #expect(try company.count("deal") == 0)
    }

    @Test("a text for people that is no UTF-8 is refused with the field that it is for")
    func messages() throws {
        let validator = try ScriptCompany("crm.validate('deal', function(rec, fail) fail('name', '\\xff') end)")
        let failed = validator.failure("crm.create('deal', {name = 'a'})")?.text(in: .en) ?? ""
        #expect(failed.contains("'name'") && failed.contains("UTF-8"), "\(failed)")
        let hook = try ScriptCompany("crm.on('deal', 'before_save', function() crm.reject({en = 'a\\xff'}) end)")
        let rejected = hook.failure("crm.create('deal', {name = 'a'})")?.text(in: .en) ?? ""
        #expect(rejected.contains("UTF-8"), "\(rejected)")
    }

    @Test(
        "scripts and the console are no plugins, and no message calls them one",
        arguments: [
            "crm.as_system('x', function() return 1 end)", "crm.date.date(2026, 2, 30)", "crm.decimal('9e9') ",
            "crm.on('deal', 'before_save', function() end)", "crm.date.today() + 99999999",
            "crm.decimal('9223372036854775807') + 1", "crm.reject('no')",
        ]
    )
    func noPlugin(_ script: String) throws {
        let company = try ScriptCompany()
        let error = try #require(company.failure(script))
        #expect(error.context.plugin == nil)
        let console = company.platform.makeConsole(in: UnitContext(.administrator, origin: .shell))
        let typed = try #require(
            refusal { _ = try console.evaluate(script, in: UnitContext(.administrator, origin: .shell)) }
        )
        #expect(typed.context.plugin == nil)
        for language in Language.allCases {
            for text in [error.text(in: language), typed.text(in: language)] {
                #expect(!text.contains("console") && !text.contains("plugin.json"), "\(text)")
            }
        }
    }
}
