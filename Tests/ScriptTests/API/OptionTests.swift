import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Options and fields that a script gives are honoured or refused")
struct OptionTests {
    @Test(
        "an option that a function does not know, or a value that is none, is named",
        arguments: [
            ("crm.count('deal', nil, {limit = 1})", "unknown option limit; options are params"),
            ("crm.count('deal', nil, {after = 'x'})", "unknown option after; options are params"),
            ("crm.count('deal', nil, {sort = 'name'})", "unknown option sort; options are params"),
            ("crm.each('deal', nil, {limit = 1})", "unknown option limit; options are params, sort"),
            ("crm.each('deal', nil, {after = 'x'})", "unknown option after; options are params, sort"),
            ("crm.each('deal', nil, {parms = {}})", "unknown option parms; options are params, sort"),
            ("crm.find('deal', nil, {offset = 1})", "unknown option offset; options are params, sort, limit, after"),
            ("crm.find('deal', nil, {limit = 0})", "limit must be a whole number from 1 to 5000"),
            ("crm.find('deal', nil, {limit = '5'})", "limit must be a whole number from 1 to 5000"),
            ("crm.find('deal', nil, {sort = 1})", "sort must be a text"),
            ("crm.find('deal', nil, {after = 7})", "after must be a text"),
            ("crm.find('deal', nil, {'name'})", "options must be a table such as {params = …}"),
            ("crm.update('deal/1', {name = 'b'}, {verison = 1})", "unknown option verison; options are version"),
            ("crm.update('deal/1', {name = 'b'}, {version = '1'})", "version must be a whole number"),
        ]
    )
    func options(_ call: String, _ words: String) throws {
        let company = try ScriptCompany()
        try company.run("crm.create('deal', {name = 'a'})")
        let lines = try company.run("print(pcall(function() return \(call) end))")
        #expect(lines.first?.hasPrefix("false") == true)
        #expect(lines.joined().contains(words), "\(lines)")
        #expect(try company.run("print(crm.get('deal', 1).name)") == ["a"])
    }

    @Test("a cursor that is none is refused, and never the first page again", arguments: ["", "x", "!", "MTIz"])
    func cursor(_ text: String) throws {
        let lines = try ScriptCompany().run(
            """
            crm.create('deal', {name = 'a'})
            local ok, e = pcall(crm.find, 'deal', nil, {after = '\(text)'})
            print(ok, e.code) print(e.message)
            """
        )
        #expect(
            lines == [
                "false\tinvalid_input",
                "the page cursor belongs to another query: the object, the condition or the order differs; "
                    + "ask as before, or start again with the first page",
            ]
        )
    }

    @Test("the cursor that a page gives leads to the next one")
    func pages() throws {
        let lines = try ScriptCompany().run(
            """
            for _, n in ipairs({'a', 'b', 'c'}) do crm.create('deal', {name = n}) end
            local page, next = crm.find('deal', nil, {limit = 2, sort = 'name'})
            local rest, over = crm.find('deal', nil, {limit = 2, sort = 'name', after = next})
            print(#page, #rest, rest[1].name, over)
            """
        )
        #expect(lines == ["2\t1\tc\tnil"])
    }

    @Test(
        "a field that there is not is refused with one code, wherever it is given",
        arguments: [
            "crm.create('deal', {name = 'a', nmae = 'b'})", "crm.update('deal/1', {nmae = 'b'})",
            "crm.create('deal', {name = 'go', stage = 'new'})",
        ]
    )
    func unknownField(_ call: String) throws {
        let main = "crm.on('deal', 'before_save', function(d) if d.name == 'go' then d.nmae = 1 end end)"
        let company = try ScriptCompany(main)
        try company.run("crm.create('deal', {name = 'a'})")
        let lines = try company.run(
            """
            local ok, e = pcall(function() \(call) end)
            print(ok, e.code, #e.fields, e.fields[1].code, e.fields[1].field)
            """
        )
        #expect(lines == ["false\tvalidation_failed\t1\tunknown_field\tnmae"])
    }

    @Test("a field that there is not in a child row is told as a problem of that row")
    func unknownFieldOfChild() throws {
        let lines = try ScriptCompany().run(
            """
            local ok, e = pcall(crm.create, 'person', {name = 'p', deals = {{name = 'c', nmae = 'd'}}})
            print(ok, e.code, #e.fields, e.fields[1].code, e.fields[1].field)
            print(e.fields[1].message:find('nmae', 1, true) ~= nil)
            """
        )
        #expect(lines == ["false\tvalidation_failed\t1\tchild_row\tdeals", "true"])
    }
}
