import CRMPlatform
import TestSupport
import Testing

@Suite("Hooks, validators and code rules in Lua")
struct HookTests {
    @Test("each event runs, in the order of the save; deleting has two of its own")
    func events() throws {
        let company = try ScriptCompany(
            """
            for _, event in ipairs{"before_validate", "before_save", "after_save", "before_delete", "after_delete"} do
              crm.on("deal", event, function(rec) crm.log.info(event .. " " .. tostring(rec.id ~= nil)) end)
            end
            crm.on("person", "after_save", function(rec)
              local d = crm.create("deal", {name = "a"})
              crm.update(d, {name = "b"})
              crm.delete(d)
            end)
            """
        )
        let trace = try company.platform.explain(as: .administrator, origin: .library) {
            session in
            _ = try session.create(object("person"), ["name": "p"])
        }
        #expect(trace.error == nil)
        let order = trace.steps.filter { $0.plugin != nil && $0.record.object == object("deal") }.map(\.step.rawValue)
        #expect(
            order == [
                "before_validate", "before_save", "after_save", "before_validate", "before_save", "after_save",
                "before_delete", "after_delete",
            ]
        )
    }

    @Test("a record that a hook of its own save deletes is said to be gone, and a deletion names no record twice")
    func gone() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "after_save", function(rec) if rec.name == "none" then crm.delete(rec) end end)
            crm.on("deal", "before_delete", function(rec) crm.delete(rec) end)
            """
        )
        let (lost, kept, outcome) = try company.platform.write(as: .administrator, origin: .library) {
            session in
            let lost = try session.create(object("deal"), ["name": "none"]).isGone
            let kept = try session.create(object("deal"), ["name": "some"])
            return (lost, kept.isGone, try session.delete(kept.record.recordID))
        }
        #expect(lost && !kept)
        #expect(outcome.deleted == [])
        #expect(try company.count("deal") == 0)
    }

    @Test("what before_validate and before_save set is checked and kept")
    func changes() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "before_validate", function(rec) rec.name = rec.name .. "!" end)
            crm.on("deal", "before_save", function(rec) rec.stage = "won" if rec.name == "bad!" then rec.name = nil end end)
            """
        )
        #expect(
            try company.run("local d = crm.create('deal', {name = 'a'}) print(d.name, d.stage, d:label('stage'))")
                == ["a!\twon\tWon"]
        )
        let error = company.failure("crm.create('deal', {name = 'bad'})")
        #expect(error?.code == .validationFailed)
        #expect(error?.issues.first?.field == field("name"))
        #expect(try company.count("deal") == 1)
    }

    @Test("input that is wrong keeps hooks away, and nothing they would have computed is blamed")
    func hooksKeptAway() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "before_validate", function(rec) rec.name = "made" rec.quantity = 1 end)
            crm.validate("deal", function(rec, fail)
              if not rec.quantity then fail("quantity", "nothing was computed") end
            end)
            """
        )
        let wrong = company.failure("crm.create('deal', {owner = 'NOPE'})")
        #expect(wrong?.issues.map(\.field) == [field("owner")])
        let emptied = company.failure("crm.create('deal', {owner = 'NOPE', name = ''})")
        #expect(emptied?.issues.map(\.field) == [field("owner"), field("name")])
        try company.run("crm.create('deal', {})")
        #expect(try company.count("deal") == 1)
    }

    @Test("what create and update give is the record as hooks of its lines left it")
    func overtaken() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "after_save", function(rec)
              if rec.owner then crm.update(rec.owner, {name = rec.owner.name .. "+"}) end
            end)
            """
        )
        // Version 1 is the save itself; each of the two lines makes one more.
        let lines = try company.run(
            """
            local p = crm.create("person", {name = "p", deals = {{name = "a"}, {name = "b"}}})
            print(p.name, p.version)
            local q = crm.update(p, {deals = {{name = "c"}}})
            print(q.name, q.version, p.name, p.version)
            print(crm.update(p, {name = "r"}, {version = q.version}).name)
            """
        )
        #expect(lines == ["p++\t3", "p+++\t4\tp+++\t4", "r"])
        let result = try company.platform.write(as: .administrator, origin: .library) {
            session in
            var input: RecordInput = ["name": "s"]
            input[field("deals")] = .rows([["name": "d"]])
            return try session.create(object("person"), input)
        }
        #expect(result.record["name"] == .text("s+"))
        #expect(result.record.version == 2)
    }

    @Test("a validator notes every mistake with its field, and the plugin")
    func validators() throws {
        let company = try ScriptCompany(
            """
            crm.validate("deal", function(rec, fail)
              if rec.quantity == 0 then fail("quantity", {["zh-CN"] = "不能为零", en = "must not be zero"}) end
              if rec.amount == nil then fail(nil, "needs an amount") end
            end)
            """
        )
        let error = company.failure("crm.create('deal', {name = 'a', quantity = 0})")
        #expect(error?.code == .validationFailed)
        #expect(error?.issues.map { $0.message.text(in: .en) } == ["must not be zero", "needs an amount"])
        #expect(error?.issues.map(\.field) == [field("quantity"), nil])
        #expect(error?.issues.allSatisfy { $0.plugin?.rawValue == "demo" } == true)
        try company.run("crm.create('deal', {name = 'a', quantity = 1, amount = '1'})")
    }

    @Test("a code rule in Lua numbers without gaps, also over refused saves")
    func codeRule() throws {
        let company = try ScriptCompany(
            """
            crm.code_rule("deal", "code", function(rec, next) return "L" .. rec.stage .. next(rec.stage) end)
            crm.on("deal", "after_save", function(rec) if rec.name == "no" then crm.reject("refused") end end)
            """
        )
        let made = try company.run(
            """
            for _, stage in ipairs{"new", "new", "won"} do print(crm.create("deal", {name = "x", stage = stage}).code) end
            print(pcall(crm.create, "deal", {name = "no", stage = "new"}))
            print(crm.create("deal", {name = "x", stage = "new"}).code)
            """
        )
        #expect([made[0], made[1], made[2], made[4]] == ["Lnew1", "Lnew2", "Lwon1", "Lnew3"])
        #expect(made[3].hasPrefix("false"))
    }

    @Test("a table raised as an error keeps its code when that is one of a refusal, and is a refusal otherwise")
    func codesRaised() throws {
        let company = try ScriptCompany(
            """
            crm.command{name = "c", title = "C", params = {{name = "code", type = "text"}}, run = function(args)
              error({code = args.code, message = "no such paper", field = "name"}) end}
            """
        )
        for (text, expected) in [
            ("not_found", PlatformError.Code.notFound), ("validation_failed", .validationFailed),
            ("invalid_input", .invalidInput), ("already_exists", .alreadyExists), ("conflict", .conflict),
            ("permission_denied", .permissionDenied), ("hook_rejected", .hookRejected), ("storage", .hookRejected),
            ("internal", .hookRejected), ("no_stock", .hookRejected),
        ] {
            let error = refusal {
                _ = try company.platform.runCommand("c", parameters: ["code": text], as: .administrator) { _ in }
            }
            #expect(error?.code == expected, "\(text)")
            #expect(error?.text(in: .en) == "no such paper")
            #expect(error?.context.field == field("name"))
        }
    }

    @Test("crm.reject refuses with the plugin's words and the field; a mistake names plugin, file, line and record")
    func refusals() throws {
        let company = try ScriptCompany(
            "require('hooks.deal')",
            [
                "hooks/deal.lua": """
                crm.on("deal", "before_save", function(rec)
                  if rec.name == "a" then crm.reject({en = "not a", ["zh-CN"] = "不可为 a"}, "name") end
                  if rec.name == "b" then return rec.amount.scale.deep end
                end)
                """
            ]
        )
        let rejected = company.failure("crm.create('deal', {name = 'a'})")
        #expect(rejected?.code == .hookRejected)
        #expect(rejected?.text(in: .en) == "not a")
        #expect(rejected?.text(in: .zhCN) == "不可为 a")
        #expect(rejected?.context.field == field("name"))
        #expect(rejected?.context.plugin?.rawValue == "demo")

        try company.run("crm.create('deal', {name = 'c'})")
        let broken = refusal {
            try company.platform.write(as: .administrator, origin: .library) { session in
                _ = try session.update(RecordID(object: object("deal"), number: 1), ["name": "b"])
            }
        }
        #expect(broken?.code == .hookFailed)
        #expect(broken?.context.plugin?.rawValue == "demo")
        #expect(broken?.context.file == "hooks/deal.lua")
        #expect(broken?.context.line == 3)
        #expect(broken?.context.object == object("deal"))
        #expect(broken?.context.record == 1)
        #expect(broken?.text(in: .en).contains("hooks/deal.lua:3") == true)
        #expect(broken?.traceback.contains("hooks/deal.lua:3") == true)
    }

    @Test("after_commit runs when the transaction is kept and not when it is undone; its mistakes undo nothing")
    func afterCommit() throws {
        let company = try ScriptCompany(
            """
            crm.on("deal", "after_commit", function(rec)
              crm.create("person", {name = "for " .. rec.name})
              if rec.name == "loop" then while true do end end
              if rec.name == "bad" then error("late") end
            end)
            crm.on("deal", "after_commit", function(rec) crm.create("person", {name = "second"}) end)
            """
        )
        try company.run("crm.create('deal', {name = 'a'})")
        #expect(try company.count("person") == 2)
        #expect(company.failure("crm.create('deal', {name = 'b'}) error('no')")?.code == .hookFailed)
        #expect(try company.count("person") == 2)
        #expect(try company.count("deal") == 1)
        try company.run("crm.create('deal', {name = 'bad'})")
        #expect(try company.count("deal") == 2)
        #expect(try company.count("person") == 3)
        // A limit in the first hook replaces the plugin's state while the second still waits.
        try company.run("crm.create('deal', {name = 'loop'})")
        #expect(try company.count("deal") == 3)
        #expect(try company.count("person") == 4)
    }
}
