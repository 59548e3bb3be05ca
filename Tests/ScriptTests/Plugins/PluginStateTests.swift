import CRMModel
import CRMRecords
import CRMRuntime
import CRMStorage
import TestSupport
import Testing

@testable import CRMPlatform

/// A file with a plugin of deals, which is opened anew for each step as commands of the shell do.
struct StateCompany {
    let folder: ScratchFolder
    var path: String { folder.path + "/a.crm" }

    static let demo = id("demo")
    static let other = id("other")

    private static func id(_ text: String) -> PluginID {
        guard let id = PluginID(rawValue: text) else { preconditionFailure("not an id: \(text)") }
        return id
    }

    init(_ main: String, _ files: [String: String] = [:]) throws {
        folder = try ScratchFolder()
        try Platform.create(at: path, options: Self.options()).close()
        try install(main, files)
    }

    static func options(_ moment: String = "2026-11-21T02:00:00Z") -> PlatformOptions {
        var options = PlatformOptions()
        options.clock = FixedClock(moment)
        options.language = .en
        return options
    }

    @discardableResult
    func open<T>(_ options: PlatformOptions = options(), _ body: (Platform) throws -> T) throws -> T {
        let platform = try Platform.open(at: path, options: options)
        let result = try body(platform)
        try platform.close()
        return result
    }

    func install(_ main: String, _ files: [String: String] = [:]) throws {
        let all = ScriptCompany.metadata.merging(files) { $1 }.merging(["main.lua": main]) { $1 }
        let source = try folder.plugin("demo", all)
        try open { try $0.installPlugin(.folder(source)) }
    }

    /// Installs a plugin that needs the first.
    func installOther(_ main: String) throws {
        let manifest = """
            {"id":"other","version":"1.0.0","api":1,"type":"module","title":"other","depends":{"demo":"^1.0.0"}}
            """
        let source = try folder.plugin("other", ["plugin.json": manifest, "main.lua": main])
        try open { try $0.installPlugin(.folder(source)) }
    }

    /// Saves a deal, and gives the error when that is refused.
    func save(_ name: String, _ platform: Platform) -> PlatformError? {
        do {
            try platform.write(as: .administrator, origin: .library) { session in
                _ = try session.create(object("deal"), ["name": name])
            }
            return nil
        } catch {
            return error
        }
    }

    /// Saves a deal in a process of its own.
    @discardableResult
    func save(_ name: String) throws -> PlatformError? { try open { save(name, $0) } }

    func plugin(_ id: PluginID) throws -> PluginInfo {
        try open { platform in try #require(try platform.plugins.first { $0.id == id }) }
    }

    func failure(_ body: (Platform) throws -> Void) throws -> PlatformError? {
        try open { platform in
            do {
                try body(platform)
                return nil
            } catch {
                return error as? PlatformError
            }
        }
    }

    /// Expects that all plugins run, or none.
    static func expect(_ platform: Platform, isOn: Bool) throws {
        let plugins = try platform.plugins
        #expect(plugins.allSatisfy { $0.isEnabled == isOn })
    }

    /// The counts that the file keeps.
    func kept() throws -> String? {
        let store = try SQLiteStore.open(path: path)
        defer { try? store.close() }
        return try store.read { connection throws(PlatformError) in
            try MetaTable.value(.pluginFailures, on: connection)
        }
    }

    func amounts() throws -> [String] {
        try open { platform in
            try platform.read(as: .administrator) { session in
                try session.find(Query(object: object("deal"), sort: [SortKey(field: "id")])).records
                    .map { $0["amount"].displayText }
            }
        }
    }
}

@Suite("Plugins that are switched off")
struct PluginStateTests {
    private static let everything = """
        crm.on("deal", "before_save", function(rec) rec.amount = "7" end)
        crm.validate("deal", function(rec, fail) if rec.name == "bad" then fail("name", "no such name") end end)
        crm.report{name = "deals", title = "Deals", run = function() return {columns = {}, rows = {}} end}
        crm.command{name = "hello", title = "Hello", run = function() return "hello" end}
        """

    @Test("no code of it runs, its objects, rules and data stay, and the list says who did it and when")
    func disabled() throws {
        let rules = [
            "objects/deal.json": ScriptCompany.deal.replacing(
                #""code_rules":"#,
                with:
                    #""validation_rules": [{"name": "r", "condition": "name != 'never'", "message": "M"}], "code_rules":"#
            )
        ]
        let company = try StateCompany(Self.everything, rules)
        #expect(try company.save("a") == nil)
        #expect(try company.save("bad")?.code == .validationFailed)
        try company.open { try $0.disablePlugins([StateCompany.demo], as: .administrator) }
        #expect(try company.save("bad") == nil)
        #expect(try company.save("never")?.code == .validationFailed)
        #expect(try company.amounts() == ["7.00", ""])
        let report = try company.failure { _ = try $0.runReport("deals", as: .administrator) }
        #expect(report?.code == .notFound)
        #expect(report?.text(in: .en).contains("switched off: demo") == true)
        let command = try company.failure { _ = try $0.runCommand("hello", as: .administrator) { _ in } }
        #expect(command?.text(in: .en).contains("switched off: demo") == true)
        let info = try company.plugin(StateCompany.demo)
        #expect(!info.isEnabled)
        #expect(info.suspension?.reason == .asked(by: "administrator"))
        #expect(info.suspension?.moment == Instant(iso: "2026-11-21T02:00:00Z"))
        let findings = try company.open { try $0.check() }
        #expect(findings.contains { $0.severity == .warning && $0.message.text(in: .en).contains("\"demo\"") })
        try company.open { _ = try $0.enablePlugins([StateCompany.demo]) }
        #expect(try company.plugin(StateCompany.demo).isEnabled)
        #expect(try company.plugin(StateCompany.demo).suspension == nil)
        #expect(try company.save("bad")?.code == .validationFailed)
    }

    @Test("a plugin that others need goes off and on only with them, and is named")
    func dependents() throws {
        let company = try StateCompany("")
        try company.installOther("")
        let (demo, other) = (StateCompany.demo, StateCompany.other)
        let refused = try company.failure { try $0.disablePlugins([demo], as: .administrator) }
        #expect(refused?.code == .conflict)
        #expect(refused?.text(in: .en).contains("plugin disable FILE demo other") == true)
        #expect(try company.plugin(demo).isEnabled)
        try company.open { try $0.disablePlugins([demo, other], as: .administrator) }
        let early = try company.failure { _ = try $0.enablePlugins([other]) }
        #expect(early?.text(in: .en).contains("enable FILE demo") == true)
        #expect(try !company.plugin(other).isEnabled)
        // Whoever installs a plugin over one that is off is told, too.
        try company.open { _ = try $0.uninstallPlugin(other) }
        #expect(throws: PlatformError.self) { try company.installOther("") }
        try company.open { _ = try $0.enablePlugins([demo]) }
        try company.installOther("")
        #expect(try company.plugin(other).isEnabled)
    }

    @Test("an upgrade keeps it off, and one that does not start is not switched on")
    func upgrade() throws {
        let company = try StateCompany(Self.everything)
        try company.open { try $0.disablePlugins([StateCompany.demo], as: .administrator) }
        try company.install("error('broken')")
        #expect(try !company.plugin(StateCompany.demo).isEnabled)
        let refused = try company.failure { _ = try $0.enablePlugins([StateCompany.demo]) }
        #expect(refused?.code == .hookFailed)
        #expect(try !company.plugin(StateCompany.demo).isEnabled)
        try company.install(Self.everything)
        try company.open { _ = try $0.enablePlugins([StateCompany.demo]) }
        try company.save("a")
        #expect(try company.amounts() == ["7.00"])
    }

    @Test("a library of it is refused to scripts with its name")
    func library() throws {
        let company = try StateCompany("", ["lib/sums.lua": "return {}"])
        try company.open { try $0.disablePlugins([StateCompany.demo], as: .administrator) }
        let refused = try company.failure {
            try $0.runScript(#"require "demo/lib.sums""#, name: "s.lua", as: .administrator) { _ in }
        }
        #expect(refused?.text(in: .en).contains("the plugin \"demo\" is switched off") == true)
    }

    @Test("a plugin that is in the way can be switched off although others do not start")
    func brokenOther() throws {
        let company = try StateCompany("if crm.date.today().year > 2026 then error('too late') end")
        let later = StateCompany.options("2027-01-02T02:00:00Z")
        try company.open(later) { platform in
            #expect(company.save("a", platform)?.code == .hookFailed)
            try platform.disablePlugins([StateCompany.demo], as: .administrator)
            #expect(company.save("a", platform) == nil)
        }
    }
}

@Suite("Plugins that fail again and again")
struct FailingPluginTests {
    private static let failing =
        #"crm.on("deal", "before_save", function(rec) if rec.name == "x" then error("boom") end end)"#

    @Test("five failures in a row, each in a process of its own, switch it off with those that need it; all are named")
    func fiveInARow() throws {
        let company = try StateCompany(Self.failing)
        try company.installOther("")
        for _ in 1...4 { #expect(try company.save("x")?.code == .hookFailed) }
        #expect(try company.plugin(StateCompany.demo).isEnabled)
        let told = try company.open { platform in
            #expect(company.save("x", platform)?.code == .hookFailed)
            return try platform.takeSuspensions().map { $0.text(in: .en) }
        }
        #expect(told.count == 2)
        #expect(told.first?.contains("\"demo\"") == true && told.first?.contains("boom") == true)
        #expect(told.last?.contains("\"other\"") == true && told.last?.contains("\"demo\"") == true)
        guard case .failures(let last)? = try company.plugin(StateCompany.demo).suspension?.reason else {
            Issue.record("it is not switched off for its failures")
            return
        }
        #expect(last.contains("boom"))
        #expect(try company.plugin(StateCompany.other).suspension?.reason == .needs(StateCompany.demo))
        #expect(try company.save("x") == nil)
        // It begins anew when it is switched on.
        try company.open { _ = try $0.enablePlugins([StateCompany.demo]) }
        #expect(try company.save("x")?.code == .hookFailed)
        #expect(try company.plugin(StateCompany.demo).isEnabled)
    }

    @Test("a success in between begins the count anew, also in another process, and a new version does")
    func success() throws {
        let company = try StateCompany(Self.failing)
        try company.open { first in
            try company.open { second in
                for _ in 1...4 { #expect(company.save("x", second) != nil) }
                #expect(company.save("good", first) == nil)
                for _ in 1...4 { #expect(company.save("x", second) != nil) }
                try StateCompany.expect(second, isOn: true)
            }
        }
        try company.install(Self.failing + "\n")
        try company.save("x")
        #expect(try company.plugin(StateCompany.demo).isEnabled)
    }

    @Test("a hook that always fails is seen although others of the plugin work")
    func oneOfTwo() throws {
        let company = try StateCompany(
            #"crm.on("deal", "before_validate", function() end)"# + "\n"
                + #"crm.on("deal", "before_save", function() error("boom") end)"#
        )
        for _ in 1...5 { try company.save("a") }
        #expect(try !company.plugin(StateCompany.demo).isEnabled)
    }

    @Test("handlers that a loop registers fail each for itself, also in the next process")
    func handlersOfALoop() throws {
        let company = try StateCompany(
            """
            for _, broken in ipairs{true, false} do
              crm.on("deal", "before_save", function(rec) if broken and rec.name == "x" then error("boom") end end)
              crm.on("person", "before_save", function() end)
            end
            """
        )
        // The second one works each time and begins no count of the first anew.
        for _ in 1...2 { try company.save("x") }
        try company.open { platform in for _ in 1...3 { #expect(company.save("x", platform) != nil) } }
        #expect(try !company.plugin(StateCompany.demo).isEnabled)
    }

    @Test("handlers that a loop registers and that fail by turns are counted each")
    func handlersByTurns() throws {
        let company = try StateCompany(
            """
            for _, name in ipairs{"x", "y"} do
              crm.on("deal", "before_save", function(rec) if rec.name == name then error("boom") end end)
            end
            """
        )
        for _ in 1...4 { try company.save("y") }
        #expect(try company.plugin(StateCompany.demo).isEnabled)
        try company.save("x")
        #expect(try company.plugin(StateCompany.demo).isEnabled)
    }

    @Test(
        "what a plugin refuses on purpose, and what the platform refuses it, is no failure",
        arguments: [
            #"crm.validate("deal", function(rec, fail) fail("name", "no") end)"#,
            #"crm.on("deal", "before_save", function() crm.reject("no") end)"#,
            #"crm.on("deal", "before_save", function() error({message = "no"}) end)"#,
            #"crm.on("deal", "before_save", function() error({code = "conflict", message = "no"}) end)"#,
            #"crm.on("deal", "before_save", function() crm.create("person", {}) end)"#,
        ]
    )
    func refusals(main: String) throws {
        let company = try StateCompany(main)
        try company.open { platform in
            for _ in 1...12 { #expect(company.save("a", platform) != nil) }
            try StateCompany.expect(platform, isOn: true)
        }
    }

    @Test("a limit that strikes and a start that fails count")
    func limitsAndStarts() throws {
        let endless = try StateCompany(
            """
            crm.on("deal", "before_save", function()
              local t = {}
              while true do t[#t + 1] = ("x"):rep(1000000) .. #t end
            end)
            """
        )
        try endless.open { platform in
            for _ in 1...5 { #expect(endless.save("a", platform)?.code == .limitExceeded) }
            try StateCompany.expect(platform, isOn: false)
        }
        let late = try StateCompany("if crm.date.today().year > 2026 then error('too late') end")
        try late.open(StateCompany.options("2027-01-02T02:00:00Z")) { platform in
            // Looking at the plugins counts for nothing.
            for _ in 1...9 { #expect(throws: PlatformError.self) { try platform.startPlugins() } }
            for _ in 1...5 {
                try StateCompany.expect(platform, isOn: true)
                #expect(late.save("a", platform)?.code == .hookFailed)
            }
            try StateCompany.expect(platform, isOn: false)
            #expect(late.save("a", platform) == nil)
        }
    }

    @Test("it is not switched off in the middle of an import, and trials count for nothing")
    func imports() throws {
        let company = try StateCompany(Self.failing)
        try company.folder.write("name\n" + String(repeating: "x\n", count: 20), to: "deals.csv")
        let file = company.folder.path + "/deals.csv"
        var trial = FileImport()
        trial.isDryRun = true
        trial.batchSize = 2
        var request = trial
        request.isDryRun = false
        try company.open { platform in
            let deal = object("deal")
            let tried = try platform.importRecords(object: deal, file: file, options: trial, as: .administrator)
            #expect(tried.failed == 20)
            for _ in 1...6 {
                _ = try platform.explain(as: .administrator, origin: .library) { session in
                    _ = try session.create(object("deal"), ["name": "x"])
                }
            }
            try StateCompany.expect(platform, isOn: true)
            let done = try platform.importRecords(object: deal, file: file, options: request, as: .administrator)
            #expect((done.created, done.failed) == (0, 20))
            try StateCompany.expect(platform, isOn: false)
        }
    }

    @Test("a failure in an import counts once, though the batch that it spoils is done again")
    func batches() throws {
        let company = try StateCompany(
            """
            crm.on("deal", "after_save", function(rec) if rec.name == "x" then error("broken") end end)
            """
        )
        // No row that works, which would take the count back, comes before those that do not.
        try company.folder.write("name\nx\nx\ngood\n", to: "deals.csv")
        try company.open { platform in
            let file = company.folder.path + "/deals.csv"
            let done = try platform.importRecords(object: object("deal"), file: file, as: .administrator)
            #expect((done.created, done.failed) == (1, 2))
        }
        #expect(try company.kept() == nil)
        try company.folder.write("name\nx\nx\n", to: "deals.csv")
        try company.open { platform in
            let file = company.folder.path + "/deals.csv"
            let done = try platform.importRecords(object: object("deal"), file: file, as: .administrator)
            #expect((done.created, done.failed) == (0, 2))
        }
        #expect(try company.kept() == #"{"demo":{"main.lua:1":2}}"#)
    }

    @Test("what works leaves nothing behind, and what works again takes its count back")
    func counts() throws {
        let company = try StateCompany(Self.failing)
        try company.save("good")
        #expect(try company.kept() == nil)
        try company.save("x")
        #expect(try company.kept() == #"{"demo":{"main.lua:1":1}}"#)
        try company.save("good")
        #expect(try company.kept() == nil)
    }
}

@Suite("Safe mode")
struct SafeModeTests {
    private static var safe: PlatformOptions {
        var options = StateCompany.options()
        options.isSafe = true
        return options
    }

    @Test("a file is read, exported and checked; whatever would run code or save without it is refused")
    func reading() throws {
        let company = try StateCompany(
            #"crm.report{name = "deals", title = "Deals", run = function() return {columns = {}, rows = {}} end}"#
        )
        try company.save("a")
        try company.folder.write("name\nb\n", to: "deals.csv")
        let file = company.folder.path + "/deals.csv"
        try company.open(Self.safe) { platform in
            func code(_ body: () throws -> Void) -> PlatformError.Code? {
                do {
                    try body()
                    return nil
                } catch {
                    return (error as? PlatformError)?.code
                }
            }
            #expect(company.save("b", platform)?.code == .conflict)
            #expect(code { _ = try platform.runReport("deals", as: .administrator) } == .conflict)
            #expect(code { try platform.runScript("", name: "s", as: .administrator) { _ in } } == .conflict)
            #expect(
                code { _ = try platform.importRecords(object: object("deal"), file: file, as: .administrator) }
                    == .conflict
            )
            let names = try platform.read(as: .administrator) { session in
                try session.find(Query(object: object("deal"))).records.map(\.title)
            }
            #expect(names == ["a"])
            let findings = try platform.check()
            #expect(!findings.contains { $0.severity == .error })
        }
        #expect(try company.amounts().count == 1)
    }

    @Test("reference data come when a plugin that was installed in safe mode is installed once more, and only once")
    func referenceData() throws {
        let company = try StateCompany("")
        let data = #"{"object": "deal", "key": ["name"], "records": [{"name": "first"}]}"#
        let files = ScriptCompany.metadata.merging(["main.lua": "", "data/deals.json": data]) { $1 }
        let source = try company.folder.plugin("demo", files)
        try company.open(Self.safe) { _ = try $0.installPlugin(.folder(source)) }
        func count() throws -> Int64 {
            try company.open { (platform: Platform) -> Int64 in
                try platform.read(as: .administrator) { session -> Int64 in
                    try session.count(object("deal"))
                }
            }
        }
        #expect(try count() == 0)
        try company.open { _ = try $0.installPlugin(.folder(source)) }
        #expect(try count() == 1)
        try company.open { platform in
            try platform.write(as: .administrator, origin: .library) { session in
                _ = try session.delete(RecordID(object: object("deal"), number: 1))
            }
            _ = try platform.installPlugin(.folder(source))
        }
        #expect(try count() == 0)
    }

    @Test("plugins are installed and switched without being started")
    func plugins() throws {
        let company = try StateCompany("")
        let broken = try company.folder.plugin("demo", ["main.lua": "error('broken')"])
        try company.open(Self.safe) { platform in
            let steps = try platform.installPlugin(.folder(broken)).steps.map { $0.text(in: .en) }
            #expect(steps.contains { $0.hasPrefix("Safe mode: demo was not started") })
            try platform.disablePlugins([StateCompany.demo], as: .administrator)
        }
        #expect(try company.save("a") == nil)
        try company.open(Self.safe) { _ = try $0.enablePlugins([StateCompany.demo]) }
        #expect(try company.save("a")?.code == .hookFailed)
        try company.open(Self.safe) { _ = try $0.uninstallPlugin(StateCompany.demo) }
        #expect(try company.open { try $0.plugins.isEmpty })
    }
}
