import CRMStorage
import TestSupport
import Testing

@testable import CRMPlatform

@Suite("Plugins while they live")
struct PluginLifeTests {
    @Test(
        "after a limit the state is replaced, the transaction undone, and host and other plugins go on",
        arguments: [
            "while true do end", "local s = 'x' while true do s = s .. s end",
            "local function f() return f() + 1 end f()",
            "pcall(function() while true do end end)",
        ]
    )
    func limits(_ attack: String) throws {
        let company = try ScriptCompany(
            "n = 0 crm.on('deal', 'before_save', function(rec) n = n + 1 if rec.name == 'x' then \(attack) end rec.quantity = n end)"
        )
        try company.installOther(
            "n = 0 crm.on('deal', 'after_save', function(rec) n = n + 1 crm.create('person', {name = 'n' .. n}) end)"
        )
        try company.run("crm.create('deal', {name = 'a'})")
        let error = refusal {
            try company.platform.write(as: .administrator, origin: .library) { session in
                _ = try session.create(object("person"), ["name": "undone"])
                _ = try session.create(object("deal"), ["name": "x"])
            }
        }
        #expect(error?.code == .limitExceeded || error?.code == .hookFailed)
        #expect(error?.context.plugin?.rawValue == "demo")
        #expect(error?.context.file == "main.lua")
        #expect(try company.count("person") == 1)
        #expect(try company.count("deal") == 1)
        try company.run("crm.create('deal', {name = 'b'})")
        #expect(try company.count("person") == 2)
        // The number refused leaves no gap.
        #expect(try company.run("print(crm.get('deal', 2).code)") == ["D-0002"])
    }

    @Test("a plugin that never loads is refused and the old one stays")
    func loadLoop() throws {
        let company = try ScriptCompany("crm.on('deal', 'before_save', function(rec) rec.quantity = 1 end)")
        #expect(refusal { try company.install("while true do end") }?.code == .limitExceeded)
        #expect(refusal { try company.install("crm.on('deal', 'before_save') -- no handler") } != nil)
        #expect(try company.run("print(crm.create('deal', {name = 'a'}).quantity)") == ["1"])
    }

    @Test("one plugin never sees or changes another's globals, modules or libraries")
    func apart() throws {
        let company = try ScriptCompany(
            """
            secret = "s"  shared = require("lib.shared")  shared.value = "s"
            pcall(function() string.format = nil end) pcall(function() crm.find = nil end)
            pcall(function() getmetatable("").__index = {} end)
            crm.log.info = crm.log.info
            """.replacing("crm.log.info = crm.log.info", with: "pcall(function() crm.log.info = nil end)"),
            ["lib/shared.lua": "return {value = 'clean'}"]
        )
        try company.installOther(
            """
            crm.on("person", "before_save", function(rec)
              rec.name = tostring(secret) .. tostring(shared) .. require("lib.shared").value .. tostring(string.format ~= nil)
                .. tostring(crm.find ~= nil) .. tostring(crm.log.info ~= nil) .. ("x"):upper()
            end)
            """,
            ["lib/shared.lua": "return {value = 'own'}"]
        )
        #expect(try company.run("print(crm.create('person', {name = 'a'}).name)") == ["nilnilowntruetruetrueX"])
        let error = company.failure("return require('lib.shared')")
        #expect(error != nil, "a script of a person has no module of a plugin")
    }

    @Test("a linked folder is followed; files that do not load are named while the old ones run")
    func hotReload() throws {
        let company = try ScriptCompany()
        let files = ScriptCompany.metadata.merging(["main.lua": code(1)]) { $1 }
        let folder = try company.folder.plugin("demo", files)
        try company.platform.linkPlugin(folder: folder)
        #expect(try company.run(Self.make) == ["1"])

        try company.folder.write(code(22), to: "demo/main.lua")
        #expect(try company.run(Self.make) == ["22"])
        #expect(try company.platform.plugins.first?.loadError == nil)

        try company.folder.write("crm.on('deal', 'before_save', function(rec) rec.quantity = end)", to: "demo/main.lua")
        #expect(try company.run(Self.make) == ["22"])
        let error = try company.platform.plugins.first?.loadError
        #expect(error?.context.file == "main.lua")
        #expect(error?.context.line == 1)
        #expect(try company.platform.check().map { $0.message.text(in: .en) }.first?.contains("demo") == true)

        try company.folder.write(code(333), to: "demo/main.lua")
        #expect(try company.run(Self.make) == ["333"])
        #expect(try company.platform.plugins.first?.loadError == nil)
        #expect(try company.platform.check().isEmpty)
    }

    @Test("a linked report, command and print are live at their next run, and so is a field for the console")
    func hotOffers() throws {
        let company = try ScriptCompany()
        func main(_ word: String) -> String {
            """
            crm.report{name = "r", title = "R", run = function()
              return {columns = {{name = "w", label = "W", type = "text"}}, rows = {{w = "\(word)"}}} end}
            crm.command{name = "c", title = "C", run = function() print("\(word)") end}
            crm.print_template{name = "p", object = "deal", title = "P", data = function() return {word = "\(word)"} end}
            """
        }
        let page = "<!doctype html><html><body>{{word}}</body></html>"
        let files = ScriptCompany.metadata.merging(["main.lua": main("one"), "print/p/en.html": page]) { $1 }
        try company.platform.linkPlugin(folder: company.folder.plugin("demo", files))
        try company.run("crm.create('deal', {name = 'a', quantity = 5})")
        let console = company.platform.makeConsole(as: .administrator)
        _ = try console.evaluate("crm.get('deal', 1).quantity")
        func words() throws -> [String] {
            let lines = Lines()
            let report = try company.platform.runReport("r", as: .administrator)
            try company.platform.runCommand("c", as: .administrator) { lines.append($0) }
            let html = try company.platform.printRecord(
                template: "p",
                record: RecordID(object: object("deal"), number: 1),
                language: .en,
                as: .administrator
            )
            return ["\(report.rows[0][0])", lines.all.first ?? "", html.text.contains("three") ? "three" : "other"]
        }
        #expect(try words().map { $0.contains("one") } == [true, true, false])
        try company.folder.write(main("two"), to: "demo/main.lua")
        #expect(try company.platform.runReport("r", as: .administrator).rows[0].description.contains("two"))
        try company.folder.write(main("third"), to: "demo/main.lua")
        let lines = Lines()
        try company.platform.runCommand("c", as: .administrator) { lines.append($0) }
        #expect(lines.all == ["third"])
        try company.folder.write(main("three"), to: "demo/main.lua")
        #expect(try words()[2] == "three")
        // A field less: what the console knew of the object no longer holds.
        let shorter = ScriptCompany.deal.replacing(
            #"{"name": "name", "type": "text", "label": "名称", "required": true},"#,
            with: #"{"name": "name", "type": "text", "label": "名称"}, {"name": "extra", "type": "text", "label": "附加"},"#
        )
        try company.folder.write(shorter, to: "demo/objects/deal.json")
        guard
            case .done(_, let values) = try console.evaluate(
                "d = crm.get('deal', 1) return d.name, d.extra, d.quantity"
            )
        else { return #expect(Bool(false), "incomplete") }
        #expect(values == ["a", "nil", "5"])
    }

    @Test(
        "reference data come once: what the company gave another key or deleted does not come again, what is new does"
    )
    func referenceData() throws {
        func data(_ names: String...) -> String {
            let records = names.map { #"{"name": "\#($0)"}"# }.joined(separator: ", ")
            return #"{"object": "person", "key": ["name"], "records": [\#(records)]}"#
        }
        let company = try ScriptCompany("", ["data/people.json": data("A", "B", "X")])
        #expect(try company.count("person") == 3)
        try company.run("crm.update('person/2', {name = 'C'}) crm.delete('person/3')")
        try company.install("-- newer", ["data/people.json": data("A", "B", "X", "N")])
        #expect(try company.run("for p in crm.each('person') do print(p.name) end") == ["A", "C", "N"])
        // The same after the plugin was away.
        try company.run("crm.delete('person/1')")
        _ = try company.platform.uninstallPlugin(#require(PluginID(rawValue: "demo")))
        try company.install("", ["data/people.json": data("A", "B", "X", "N")])
        #expect(try company.run("for p in crm.each('person') do print(p.name) end") == ["C", "N"])
    }

    @Test("reference data of a file that keeps no ledger yet: what the version that is there has brought was delivered")
    func referenceDataWithoutLedger() throws {
        let data = #"{"object": "person", "key": ["name"], "records": [{"name": "A"}, {"name": "B"}]}"#
        let company = try ScriptCompany("", ["data/people.json": data])
        try company.run("crm.delete('person/2')")
        try company.platform.lanes.run(.write) { company throws(PlatformError) in
            try company.store.write { connection throws(PlatformError) in
                try MetaTable.set("delivered.demo", to: nil, on: connection)
            }
        }
        try company.install("-- newer", ["data/people.json": data])
        #expect(try company.count("person") == 1)
    }

    @Test("reference data that are wrong stop the installation, with the file and the word")
    func wrongReferenceData() throws {
        let company = try ScriptCompany()
        for (wrong, word) in [
            (#"{"object": "person", "key": ["name"], "records": [{"name": "D"}, {"nmae": "E"}]}"#, "nmae"),
            (#"{"object": "person", "key": ["nmae"], "records": [{"name": "D"}]}"#, "nmae"),
            (#"{"object": "person", "key": ["name"], "records": ["D"]}"#, "records[0]"),
        ] {
            let error = refusal { try company.install("", ["data/people.json": wrong]) }
            #expect(error?.context.file == "data/people.json")
            #expect(error?.text(in: .en).contains(word) == true, "\(error?.text(in: .en) ?? "")")
        }
        #expect(try company.count("person") == 0)
    }

    @Test(
        "values of reference data that a field cannot take are told all at once, each with file, line, record and field"
    )
    func wrongReferenceValues() throws {
        let company = try ScriptCompany()
        let data = """
            {"object": "deal", "key": ["name"], "records": [
              {"name": 7},
              {"name": "b", "quantity": "many"},
              {"name": true, "is_open": "perhaps"},
              {"name": "c", "stage": "nothing"}]}
            """
        let error = refusal { try company.install("", ["data/deals.json": data]) }
        let text = error?.text(in: .en) ?? ""
        #expect(error?.code == .invalidPlugin && error?.context.line == 2)
        for place in [
            "data/deals.json:2 records[0].name", "data/deals.json:3 records[1].quantity",
            "data/deals.json:4 records[2].name",
            "data/deals.json:4 records[2].is_open", "data/deals.json:5 records[3].stage",
        ] {
            #expect(text.contains(place), "\(text)")
        }
        #expect(try company.count("deal") == 0)
    }

    @Test(
        "what is no value of a field is told before anything is made",
        arguments: [
            (#"{"name": {"zh-CN": "a"}}"#, "records[0].name"), (#"{"name": "a", "amount": 1e400}"#, "1e400"),
            (#"{"name": "a", "amount": 12345678901234567890.5}"#, "records[0].amount"), (#"{"name": 1.50}"#, "1.50"),
            (#"{"name": ["a"]}"#, "records[0].name[0]"),
        ]
    )
    func noReferenceValue(_ record: String, _ word: String) throws {
        let company = try ScriptCompany()
        let data = #"{"object": "deal", "key": ["name"], "records": [\#(record)]}"#
        let text = refusal { try company.install("", ["data/deals.json": data]) }?.text(in: .en) ?? ""
        #expect(text.contains("data/deals.json:1") && text.contains(word), "\(text)")
        #expect(try company.count("deal") == 0)
    }

    @Test("the console keeps its globals, asks for the rest of an incomplete input, and undoes a line that fails")
    func console() throws {
        let company = try ScriptCompany()
        let console = company.platform.makeConsole(as: .administrator)
        func values(_ line: String) throws -> [String]? {
            if case .done(_, let values) = try console.evaluate(line) { return values }
            return nil
        }
        #expect(try values("x = 20") == [])
        #expect(try values("x + 1, x") == ["21", "20"])
        #expect(try values("function f()") == nil)
        #expect(try values("function f()\n return x * 2 end") == [])
        #expect(try values("= f()") == ["40"])
        #expect(refusal { _ = try console.evaluate("x = = 1") }?.code == .invalidPlugin)
        #expect(refusal { _ = try console.evaluate("crm.create('deal', {name = 'a'}) error('no')") } != nil)
        #expect(try values("crm.count('deal')") == ["0"])
        #expect(try values("crm.create('deal', {name = 'a'})") == ["deal/1"])
        #expect(try values("crm.decimal('1.50'), crm.date.today(), nil, {1}") == ["1.50", "2026-11-21", "nil", "[1]"])
    }

    @Test("a person's interrupt stops a script, undoes it, and the next one runs")
    func interrupt() async {
        // In a process of its own: an interrupt stops every script of the process.
        await #expect(processExitsWith: .success) {
            let company = try ScriptCompany()
            let platform = company.platform
            let error = refusal {
                try platform.runScript(
                    "crm.create('deal', {name = 'a'}) print('now') while true do end",
                    name: "s.lua",
                    as: .administrator
                ) { _ in platform.interrupt() }
            }
            guard error?.code == .cancelled || error?.code == .limitExceeded else { throw TestFailure() }
            guard try company.count("deal") == 0, try company.run("print(1)") == ["1"] else { throw TestFailure() }
        }
    }

    struct TestFailure: Error {}

    private static let make = "print(crm.create('deal', {name = 'a'}).quantity)"

    private func code(_ number: Int) -> String {
        "crm.on('deal', 'before_save', function(rec) rec.quantity = \(number) end)"
    }
}
