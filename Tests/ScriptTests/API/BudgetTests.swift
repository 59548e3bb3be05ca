import CRMModel
import LuaBridge
import TestSupport
import Testing

@testable import CRMPlatform
@testable import CRMRuntime
@testable import CRMScripting

/// What a run of a script may ask of the host; the figures are those of the guide.
@Suite("Budgets of scripts")
struct BudgetTests {
    @Test("the figures of hooks and of what a person starts")
    func figures() {
        let hook = ScriptBudget.hook
        #expect(hook.lua.cpu == .seconds(1))
        #expect(hook.lua.cpuCeiling == .seconds(60))
        #expect(hook.lua.wall == .seconds(30))
        #expect(hook.lua.memoryBytes == 32 << 20)
        #expect(hook.lua.logBytes == 64 << 10)
        #expect((hook.queries, hook.writes, hook.rows) == (20_000, 20_000, 200_000))
        let script = ScriptBudget.script
        #expect(script.lua.cpu == .seconds(60))
        #expect(script.lua.cpuCeiling == .seconds(600))
        #expect(script.lua.memoryBytes == 256 << 20)
        #expect((script.queries, script.writes, script.rows) == (1_000_000, 1_000_000, 10_000_000))
        #expect(ScriptBudget.timePerRecord == .milliseconds(5))
    }

    @Test("the last query, write and row within the limit pass, the next ones do not")
    func edges() throws {
        let meter = ScriptMeter(.hook)
        for _ in 0..<20_000 { try meter.countQuery(in: nil) }
        #expect(throws: PlatformError.self) { try meter.countQuery(in: nil) }
        try meter.countWrites(20_000, in: nil)
        #expect(throws: PlatformError.self) { try meter.countWrites(1, in: nil) }
        for _ in 0..<200_000 { try meter.countRow(bytes: 0, in: nil) }
        #expect(throws: PlatformError.self) { try meter.countRow(bytes: 0, in: nil) }
        meter.begin(.hook)
        try meter.countQuery(in: nil)
    }

    private func company(_ main: String, _ change: @Sendable (inout ScriptBudget) -> Void) throws -> ScriptCompany {
        let company = try ScriptCompany(main)
        try company.run("for i = 1, 12 do crm.create('person', {name = 'p' .. i}) end")
        var budget = ScriptBudget.hook
        change(&budget)
        try company.platform.lanes.run(.write) { [budget] inner throws(PlatformError) in inner.hookBudget = budget }
        try company.install(main + "\n")
        return company
    }

    private func run(_ body: String, _ change: @Sendable (inout ScriptBudget) -> Void) throws -> PlatformError? {
        let company = try company("crm.on('deal', 'after_save', function(rec) \(body) end)", change)
        return company.failure("pcall(crm.create, 'deal', {name = 'a'})")
    }

    @Test(
        "each limit lets its last go and stops the next, uncaught",
        arguments: [
            ("for i = 1, 9 do crm.count('person') end", nil),
            ("for i = 1, 10 do pcall(crm.count, 'person') end", "queries"),
            ("for p in crm.each('person') do local n = p.name end", nil),
            ("for i = 1, 2 do pcall(crm.find, 'person') end", "records"),
            ("for i = 1, 4 do crm.create('person', {name = 'q'}) end", nil),
            ("for i = 1, 5 do pcall(crm.create, 'person', {name = 'q'}) end", "wrote"),
            ("crm.create('person', {name = 'q', deals = {}})", nil),
        ] as [(String, String?)]
    )
    func limits(_ body: String, _ word: String?) throws {
        let error = try run(body) { budget in
            budget.queries = 9
            budget.rows = 23
            budget.writes = 4
        }
        guard let word else { return #expect(error == nil) }
        #expect(error?.code == .limitExceeded)
        #expect(error?.message.text(in: .en).contains(word) == true, "\(error?.message.text(in: .en) ?? "")")
    }

    @Test("every limit tells its figure and the way out, in all languages", arguments: Language.allCases)
    func words(_ language: Language) {
        let limits: [(limit: LuaLimitName, figure: String)] = [
            (.time, "60"), (.memory, "32"), (.steps, "20000000"), (.queries, "20000"), (.writes, "20000"),
            (.rows, "200000"),
        ]
        for (limit, figure) in limits {
            let text = ScriptBudget.hook.message(for: limit.limit).text(in: language)
            #expect(text.contains(figure), "\(text)")
            #expect(!text.contains("{"), "\(text)")
        }
    }

    @Test("records that a script holds count to its memory")
    func memory() throws {
        let company = try company(
            "crm.on('deal', 'after_save', function() local t = {} for i = 1, 4000 do t[i] = crm.find('person') end end)"
        ) { $0.lua.memoryBytes = 4 << 20 }
        let error = company.failure("crm.create('deal', {name = 'a'})")
        #expect(error?.code == .limitExceeded)
        #expect(error?.message.text(in: .en).contains("4 MB") == true, "\(error?.message.text(in: .en) ?? "")")
    }

    @Test("a statement ends with the script that asked for it")
    func statement() throws {
        let likes = (0..<60).map { "name like '%a\($0)%b%'" }.joined(separator: " or ")
        let company = try company(
            "crm.on('deal', 'after_save', function(rec) pcall(crm.count, 'person', [[\(likes)]]) while true do end end)"
        ) { $0.lua.cpu = .milliseconds(100) }
        let name = String(repeating: "ab", count: 120)
        try company.run("for i = 1, 3000 do crm.create('person', {name = '\(name)'}) end")
        let error = company.failure("crm.create('deal', {name = 'a'})")
        #expect(error?.code == .limitExceeded)
        try company.run("assert(crm.count('person') == 3012 and crm.count('deal') == 0)")
    }

    @Test("what the unit of work has written is worth time")
    func growth() throws {
        // Without it these records take longer than the fiftieth of a second that the hook has.
        let body = "for i = 1, 200 do crm.create('person', {name = 'q' .. i}) end"
        let company = try company("crm.on('deal', 'after_save', function(rec) \(body) end)") {
            $0.lua.cpu = .milliseconds(20)
        }
        try company.run("crm.create('deal', {name = 'a'})")
        #expect(try company.count("person") == 212)
    }

    @Test("logs are cut at their limit, and say so")
    func log() throws {
        let company = try company(
            """
            crm.command{name = "talk", title = "T", run = function()
              for i = 1, 300000 do crm.log.info(("x"):rep(100)) end
            end}
            """
        ) { _ in }
        let lines = Lines()
        _ = try company.platform.runCommand("talk", as: .administrator) { lines.append($0) }
        #expect(lines.all.reduce(0) { $0 + $1.utf8.count } <= (16 << 20) + 200)
        #expect(lines.all.last?.contains("16384 KB") == true)
    }

    @Test("crm.t replaces once, from front to back, and not what it has put in")
    func texts() throws {
        #expect(TextAPI.filled("{a}-{b}-{c}", ["a": "{b}", "b": "{c}", "c": "X{a}"]) == "{b}-{c}-X{a}")
        #expect(TextAPI.filled("{a}{{a}}{x}{", ["a": "1"]) == "1{1}{x}{")
        #expect(TextAPI.filled("客户{名}。", ["名": "{其他}"]) == "客户{其他}。")
        #expect(
            TextAPI.filled(String(repeating: "{a}", count: 11), ["a": String(repeating: "x", count: 100_000)]) == nil
        )
        #expect(TextAPI.filled("{a}", ["a": String(repeating: "x", count: 1 << 20)])?.utf8.count == 1 << 20)
    }

    @Test("one text in many places of a table is copied within a limit")
    func copies() throws {
        let company = try ScriptCompany()
        let error = company.failure(
            "local s, t = ('x'):rep(1000000), {} for i = 1, 9 do t[i] = s end crm.json.encode(t)"
        )
        #expect(error?.text(in: .en).contains("8 MB") == true, "\(error?.text(in: .en) ?? "")")
        try company.run("local s, t = ('x'):rep(1000000), {} for i = 1, 8 do t[i] = s end crm.json.encode(t)")
    }
}

/// Limits with names, for arguments of tests.
enum LuaLimitName {
    case time, memory, steps, queries, writes, rows

    var limit: LuaLimit {
        switch self {
        case .time: .time
        case .memory: .memory
        case .steps: .steps
        case .queries: .host(0)
        case .writes: .host(1)
        case .rows: .host(2)
        }
    }
}
