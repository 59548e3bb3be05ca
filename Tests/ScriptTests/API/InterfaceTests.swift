import Foundation
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("What the Lua interface gives")
struct InterfaceTests {
    @Test("an error that a script catches is a table with its code, its fields and its words")
    func caughtErrors() throws {
        let lines = try ScriptCompany().run(
            """
            local d = crm.create("deal", {name = "a"})
            local ok, e = pcall(crm.update, d, {name = "b"}, {version = 99})
            print(ok, e.code, e.object, e.record)
            ok, e = pcall(crm.create, "deal", {stage = "lost", name = ""})
            print(ok, e.code, #e.fields, type(e.fields[1].message))
            local fields = {} for _, f in ipairs(e.fields) do fields[#fields + 1] = f.field end
            table.sort(fields) print(table.concat(fields, " "))
            ok, e = pcall(crm.delete, "deal/77")
            print(ok, e.code)
            print(crm.get("deal", 77), crm.count("deal"))
            """
        )
        #expect(
            lines == [
                "false\tconflict\tdeal\t1", "false\tvalidation_failed\t2\tstring", "name stage", "false\tnot_found",
                "nil\t1",
            ]
        )
    }

    @Test("an error that a script catches speaks the user's language", arguments: Language.allCases)
    func caughtLanguage(_ language: Language) throws {
        let lines = try ScriptCompany(language: language).run(
            """
            local ok, e = pcall(crm.create, "deal", {stage = "new"})
            print(e.message) print(e.fields[1].message)
            """
        )
        let expected: [Language: [String]] = [
            .zhCN: ["商机未保存，有 1 个问题：", "  - 「名称」不能为空", "「名称」不能为空"],
            .zhTW: ["商機未儲存，有 1 個問題：", "  - 「名称」不能為空", "「名称」不能為空"],
            .en: ["The Deal was not saved, 1 problem(s):", "  - 名称 must not be empty", "名称 must not be empty"],
        ]
        #expect(lines.flatMap { $0.components(separatedBy: "\n") } == expected[language])
    }

    @Test("an error about a duplicate names the record that is there already")
    func caughtDuplicate() throws {
        let object = """
            {"name": "firm", "label": "公司", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "名称"}, {"name": "tax", "type": "text", "label": "税号", "unique": true}],
             "duplicate_rules": [{"name": "same_name", "match": [{"field": "name", "normaliser": "company"}]}]}
            """
        let lines = try ScriptCompany("", ["objects/firm.json": object]).run(
            """
            crm.create("firm", {name = "达川有限公司", tax = "7"})
            local ok, e = pcall(crm.create, "firm", {name = "达川", tax = "7"})
            for _, f in ipairs(e.fields) do print(f.code, f.field, f.record, crm.get(f.record).name) end
            """
        )
        #expect(lines == ["unique\ttax\tfirm/1\t达川有限公司", "duplicate\tname\tfirm/1\t达川有限公司"])
    }

    @Test("a record is found by its object with its number, by its name, and by a record")
    func getting() throws {
        let company = try ScriptCompany()
        let lines = try company.run(
            """
            local d = crm.create("deal", {name = "a"})
            local found = {crm.get("deal/1"), crm.get("deal", 1), crm.get("deal", 1.0)}
            found[4], found[5] = crm.get("商机", "deal/1"), crm.get("deal", d)
            for _, r in ipairs(found) do print(r.name) end
            print(crm.get("deal", "deal/2"))
            """
        )
        #expect(lines == ["a", "a", "a", "a", "a", "nil"])
        #expect(
            company.failure("crm.get('deal', 'person/1')")?.text(in: .en).contains("is no record of 'deal'") == true
        )
        #expect(company.failure("crm.get('deal')")?.text(in: .en).contains("deal/") == false)
        #expect(company.failure("crm.get('deal', 'first')")?.code == .hookFailed)
    }

    @Test("a field that has the name of a method is what scripts get")
    func fieldsBeforeMethods() throws {
        let object = """
            {"name": "card", "label": "名片", "title_field": "name", "fields": [
              {"name": "name", "type": "text", "label": "姓名"}, {"name": "title", "type": "text", "label": "头衔"},
              {"name": "label", "type": "text", "label": "标签"}]}
            """
        let company = try ScriptCompany("", ["objects/card.json": object])
        let lines = try company.run(
            """
            local c = crm.create("card", {name = "Ann", title = "CEO"})
            print(c.title, c.label, c:object(), c:old("title"))
            """
        )
        #expect(lines == ["CEO\tnil\tcard\tCEO"])
        #expect(company.failure("crm.get('card/1'):title()")?.code == .hookFailed)
    }

    @Test("labels and options of picklists come in the user's language, in their order")
    func picklists() throws {
        let stage = """
            {"name": "stage", "label": "阶段", "options": [
              {"value": "won", "label": {"zh-CN": "赢单", "zh-TW": "贏單", "en": "Won"}, "colour": "#00ff00"},
              {"value": "new", "label": {"zh-CN": "新建", "zh-TW": "新建", "en": "New"}, "retired": true}]}
            """
        let script = """
            print(crm.label("deal", "stage", "won"), crm.label("deal", "stage", nil), crm.label("deal", "stage", "gone"))
            for _, o in ipairs(crm.options("商机", "stage")) do print(o.value, o.label, o.colour, o.retired) end
            """
        let company = try ScriptCompany("", ["dictionaries/stage.json": stage], language: .zhTW)
        #expect(
            try company.run(script) == ["贏單\tnil\tgone", "won\t贏單\t#00ff00\tfalse", "new\t新建\tnil\ttrue"]
        )
        #expect(company.failure("crm.label('deal', 'name', 'x')")?.text(in: .en).contains("is no picklist") == true)
        #expect(company.failure("crm.options('deal', 'stagee')")?.text(in: .en).contains("stage") == true)
        #expect(company.failure("crm.options('dael', 'stage')")?.code == .notFound)
    }

    @Test("child rows are saved with their parent, and a wrong one refuses both")
    func children() throws {
        let company = try ScriptCompany()
        let lines = try company.run(
            """
            local p = crm.create("person", {name = "p", deals = {{name = "a", amount = "1.10"}, {name = "b"}}})
            print(#p.deals, p.deals[1].amount, p.deals[2].owner.name)
            crm.update(p, {deals = {{id = p.deals[2].id, name = "b2"}, {name = "c"}}})
            local names = {} for _, d in ipairs(crm.get("person", 1).deals) do names[#names + 1] = d.name end
            print(table.concat(names, " "))
            """
        )
        #expect(lines == ["2\t1.10\tp", "b2 c"])
        let error = company.failure("crm.create('person', {name = 'q', deals = {{name = 'ok'}, {stage = 'won'}}})")
        #expect(error?.code == .validationFailed)
        #expect(try company.count("person") == 1)
        #expect(try company.count("deal") == 2)
    }

    @Test("texts come from the locales, settings from the manifest, and JSON goes there and back")
    func texts() throws {
        let manifest = """
            {"id":"demo","version":"1.2.0","api":1,"type":"module","title":"demo",
             "settings":{"rate":{"type":"decimal","default":"0.13","description":"VAT"}}}
            """
        let company = try ScriptCompany(
            """
            crm.command{name = "tell", title = "Tell", params = {{name = "who", type = "text"}, {name = "n", type = "integer", default = 2}},
              run = function(args)
                print(crm.t("hello", {name = args.who}), crm.t("only.chinese"), crm.t("nowhere"), args.n + 1)
                print(crm.plugin.id, crm.plugin.version, crm.decimal(crm.plugin.settings.rate) * 100)
                local data = crm.json.decode('{"a": [1, 2.5, "x", true], "b": {"c": "中"}}')
                print(data.a[2], data.b.c, crm.json.encode(data))
                print(crm.json.encode({d = crm.decimal("1.50"), on = crm.date.today()}))
              end}
            """,
            [
                "plugin.json": manifest, "locales/en.json": #"{"hello": "Hello {name}"}"#,
                "locales/zh-CN.json": #"{"hello": "你好 {name}", "only.chinese": "只有中文"}"#,
            ]
        )
        let lines = Lines()
        try company.platform.runCommand("tell", parameters: ["who": "Ann"], as: .administrator) { lines.append($0) }
        #expect(
            lines.all == [
                "Hello Ann\t只有中文\tnowhere\t3", "demo\t1.2.0\t13.00",
                "2.5\t中\t" + #"{"a":[1,2.5,"x",true],"b":{"c":"中"}}"#,
                #"{"d":"1.50","on":"2026-11-21"}"#,
            ]
        )
        let error = refusal {
            try company.platform.runCommand("tell", parameters: ["n": "many", "whom": "x"], as: .administrator) { _ in }
        }
        #expect(error?.issues.count == 2)
        #expect(
            refusal { try company.platform.runCommand("tel", as: .administrator) { _ in } }?.text(in: .en).contains(
                "tell"
            ) == true
        )
    }

    @Test("hooks for all objects run for each, in the order of the plugins")
    func allObjects() throws {
        let company = try ScriptCompany("crm.on('*', 'before_save', function(rec) rec.name = rec.name .. ' first' end)")
        try company.installOther(
            "crm.on('*', 'before_save', function(rec) rec.name = rec.name .. ' ' .. rec:object() end)"
        )
        #expect(
            try company.run("print(crm.create('deal', {name = 'a'}).name, crm.create('person', {name = 'b'}).name)")
                == ["a first deal\tb first person"]
        )
    }

    @Test("saves that set off saves without end are stopped with their path")
    func cycles() throws {
        let company = try ScriptCompany(
            "crm.on('deal', 'after_save', function(rec) crm.create('deal', {name = 'again'}) end)"
        )
        let error = company.failure("crm.create('deal', {name = 'a'})")
        #expect(error?.code == .limitExceeded)
        #expect(error?.text(in: .en).contains("main.lua:1") == true)
        #expect(try company.count("deal") == 0)
    }

    @Test("a rehearsal that is taken back leaves a linked folder to be read again")
    func rehearsal() throws {
        let company = try ScriptCompany()
        func main(_ number: Int) -> String {
            "crm.on('deal', 'before_save', function(rec) rec.quantity = \(number) end)"
        }
        let files = ScriptCompany.metadata.merging(["main.lua": main(1)]) { $1 }
        try company.platform.linkPlugin(folder: company.folder.plugin("demo", files))
        let make = "print(crm.create('deal', {name = 'a'}).quantity)"
        #expect(try company.run(make) == ["1"])
        try company.platform.beginRehearsal()
        try company.folder.write(main(22), to: "demo/main.lua")
        #expect(try company.run(make) == ["22"])
        try company.platform.rollbackRehearsal()
        #expect(try company.count("deal") == 1)
        #expect(try company.run(make) == ["22"])
    }

    @Test("plugins that are stopped again and again leave no memory behind")
    func memory() async {
        // In a process of its own, where nobody else uses memory.
        await #expect(processExitsWith: .success) {
            let company = try ScriptCompany(
                "crm.on('deal', 'before_save', function(rec) local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end end)"
            )
            func stop(_ times: Int) throws {
                for _ in 0..<times {
                    guard let failure = company.failure("crm.create('deal', {name = 'a'})") else {
                        // After five failures it is switched off.
                        _ = try company.platform.enablePlugins(company.platform.plugins.map(\.id))
                        continue
                    }
                    guard failure.code == .limitExceeded else { throw Grown() }
                }
            }
            try stop(20)
            let before = try residentKilobytes()
            try stop(150)
            let after = try residentKilobytes()
            guard after - before < 16_000 else { throw Grown() }
        }
    }
}

private struct Grown: Error {}

/// The memory of this process.
private func residentKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}
