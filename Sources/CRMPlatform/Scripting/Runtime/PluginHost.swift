package import CRMModel
import CRMOutput
package import CRMRecords
package import LuaBridge

/// A running plugin: its Lua state, what it has registered, and the unit of work it is called in.
package final class PluginHost {
    package let package: PluginPackage
    /// What the plugin's code may `require`.
    package let modules: PluginModules
    package let catalog: Catalog
    package let surroundings: ScriptSurroundings
    package let budget: ScriptBudget
    /// Counts what the run that is going on asks of the host.
    package let meter: ScriptMeter
    /// Counts how often its code fails; nil for scripts that are nobody's.
    private let failures: FailureTally?
    package private(set) var registrations = PluginRegistrations()
    package private(set) var lua: LuaState?
    private var types: LuaTypes?
    private var sessions: [RecordSession] = []
    private var scopes: [LuaScope] = []
    private var isLoading = false
    /// Registers what the places of files say; nil for plugins that `main.lua` alone wires.
    private var wiring: PluginWiring?
    /// The file that is being registered by its place.
    var place: PluginPlace?
    /// The plugin's texts by language, read when first needed.
    package var locales: [Language: [String: String]] = [:]
    /// Gets what the plugin prints and logs while somebody runs it who wants to see that; else the log of the file does.
    package var output: ((String) -> Void)?
    /// Gets the lines that scripts print, for as long as this object lives.
    private let lines = PrintedLines()
    /// The level of what is being written.
    private var logLevel = LogEntry.Level.print

    package var id: PluginID { package.manifest.id }

    /// The plugin as errors name it; nil for a script and the console, which are of none.
    package var plugin: PluginID? { PluginManifest.hostIDs.contains(id.rawValue) ? nil : id }

    package init(
        package: PluginPackage,
        modules: PluginModules,
        catalog: Catalog,
        surroundings: ScriptSurroundings,
        budget: ScriptBudget,
        failures: FailureTally? = nil
    ) {
        self.package = package
        self.failures = failures
        self.modules = modules
        self.catalog = catalog
        self.surroundings = surroundings
        self.budget = budget
        meter = ScriptMeter(budget)
        lines.take = { [unowned self] line in log(logLevel, line) }
    }

    deinit { lines.take = nil }

    /// Whether a limit has struck, so that the plugin must be started anew.
    package var isDead: Bool { lua?.isDead ?? false }

    /// The session of the unit of work that runs.
    ///
    /// - Throws: `invalidInput` when there is none: while the plugin is being loaded.
    package func session() throws(PlatformError) -> RecordSession {
        guard let session = sessions.last else {
            throw PlatformError(.invalidInput, Message(.scriptNoSession), context: ErrorContext(plugin: plugin))
        }
        return session
    }

    /// The language of whoever the unit of work that runs is for.
    package var language: Language { sessions.last?.language ?? surroundings.language }

    /// Whose hand the saves of this code are by.
    package var actor: Origin.Actor { plugin.map { .plugin($0) } ?? .script }

    /// The scope of handles given out now.
    package var scope: LuaScope? { scopes.last }

    /// The Lua classes of this plugin.
    package func luaTypes() throws(LuaError) -> LuaTypes {
        guard let types else { throw LuaError(code: .dead, message: "the plugin is not loaded") }
        return types
    }

    // MARK: - Starting

    /// Makes the state and registers what the plugin contributes: what its files are by their places, then what `main.lua`
    /// says.
    ///
    /// - Throws: `hookFailed` with file and line, `invalidPlugin` for places, with every mistake; `limitExceeded`.
    package func start() throws(PlatformError) {
        var problems: [PlatformError] = []
        try guarded { () throws(LuaError) in
            let state = try makeState()
            isLoading = true
            defer { isLoading = false }
            if package.isWiredByPlaces {
                wiring = try PluginWiring(state, self)
                // All within one call, whose limits it keeps to.
                let places = try state.makeFunction("places") { [unowned self] _ in
                    problems = try wiring?.run() ?? []
                }
                try places.call()
            }
            // What main.lua adds may rest on what the files are.
            guard problems.isEmpty, let source = package.text("main.lua") else { return }
            try state.load(source, chunkName: "main.lua").call()
        }
        if let error = PlatformError.all(problems, under: .placeMistakes) { throw error }
    }

    /// Makes the state with the `crm` table, without running anything.
    @discardableResult
    package func makeState() throws(LuaError) -> LuaState {
        let state = try LuaState(
            name: id.rawValue,
            limits: budget.lua,
            group: surroundings.group,
            moduleLoader: { [modules] wanted in try modules.source(wanted) },
            print: { [lines] line in lines.take?(line) }
        )
        state.errorValue = { [unowned self] in ScriptErrors.luaValue($0, in: language) }
        lua = state
        types = try LuaTypes(state: state, host: self)
        try APIRegistry.install(in: state, host: self)
        return state
    }

    /// Loads a script that is not a module of the plugin: a test, a demonstration, a line of the shell.
    package func load(_ source: String, name: String) throws(LuaError) -> LuaFunction {
        guard let lua else { throw LuaError(code: .dead, message: "the plugin is not loaded") }
        return try lua.load(source, chunkName: name)
    }

    // MARK: - Calls

    /// Runs `body` within a unit of work: handles given to scripts in it expire with it, or with `kept` when given.
    ///
    /// Reports and commands are given more than hooks by `raised`; `source` is where the code that is called begins, for
    /// errors that know no place of their own. What the unit of work has written so far is worth time.
    ///
    /// - Throws: the platform's own errors as they are; others as `hookFailed` or `limitExceeded` with file and line.
    package func run<T>(
        in session: RecordSession,
        keeping kept: LuaScope? = nil,
        budget raised: ScriptBudget? = nil,
        from source: String? = nil,
        _ body: (LuaScope) throws(LuaError) -> T
    ) throws(PlatformError) -> T {
        // Scripts know the objects by the catalog they were started with.
        guard session.catalog === catalog else {
            throw PlatformError(.conflict, Message(.scriptCatalog), context: ErrorContext(plugin: plugin))
        }
        let limits = limits(raised, session.unit)
        if let limits { lua?.setLimits(limits) }
        defer { if limits != nil { lua?.setLimits(budget.lua) } }
        if sessions.isEmpty {
            meter.begin(raised ?? budget)
            lua?.grantFirst(nanoseconds: ScriptBudget.nanosecondsPerRecord * Int64(session.writes))
        }
        let scope = kept ?? LuaScope()
        sessions.append(session)
        scopes.append(scope)
        defer {
            sessions.removeLast()
            scopes.removeLast()
            if kept == nil { scope.end() }
            if sessions.isEmpty { tellCut() }
        }
        do throws(LuaError) {
            let result = try body(scope)
            if raised == nil, let source { failures?.worked(id, source) }
            return result
        } catch {
            let failure = ScriptErrors.platformError(error, plugin: id, budget: meter.budget, source: source)
            // Reports, prints and commands are asked for by name; their failures stop nobody else.
            if raised == nil, let source, session.lostBy == nil, isBreakdown(error, failure) {
                failures?.failed(id, source, failure)
            }
            // The state may be cut off anywhere, so nothing it had a part in is kept.
            if isDead { session.lose(by: failure) }
            throw failure
        }
    }

    /// Whether code broke, which is neither a refusal on purpose nor what the platform or another plugin refused it.
    private func isBreakdown(_ raised: LuaError, _ failure: PlatformError) -> Bool {
        guard raised.code != .dead, failure.context.plugin == id else { return false }
        guard raised.cause is PlatformError else {
            return [.hookFailed, .limitExceeded, .invalidPlugin].contains(failure.code)
        }
        return failure.code == .invalidPlugin || failure.code == .limitExceeded && isDead
    }

    /// The limits of a call that are not the usual ones: more for a report, and no more time than the unit of work has.
    private func limits(_ raised: ScriptBudget?, _ unit: UnitContext) -> LuaLimits? {
        guard let deadline = unit.due, sessions.isEmpty else { return raised?.lua }
        var limits = (raised ?? budget).lua
        // The watch over scripts tells time by some milliseconds; it must not strike while the unit still has time.
        limits.wall = min(limits.wall, max(.zero, deadline.left) + .milliseconds(30))
        return limits
    }

    private func guarded<T>(_ body: () throws(LuaError) -> T) throws(PlatformError) -> T {
        do throws(LuaError) {
            return try body()
        } catch {
            throw ScriptErrors.platformError(error, plugin: id, budget: budget)
        }
    }

    /// Says that what the script printed and logged was cut at its limit.
    private func tellCut() {
        guard let lua, lua.isLogCut else { return }
        var figures = meter.budget.figures
        figures["plugin"] = .text(id.rawValue)
        log(.warn, Message(.limitLog, figures).text(in: language))
    }

    /// Reads records for the script that runs: the query and each row count, and so do the bytes until it has them.
    ///
    /// - Throws: what `body` throws; `limitExceeded`, and then the script is stopped.
    package func reading<T>(_ body: (RecordSession) throws(PlatformError) -> T) throws(PlatformError) -> T {
        let session = try session()
        try meter.countQuery(in: lua)
        let outer = session.countRow
        session.countRow = { [meter, lua] bytes throws(PlatformError) in try meter.countRow(bytes: bytes, in: lua) }
        defer { session.countRow = outer }
        return try body(session)
    }

    // MARK: - Log

    /// Runs `body`, which writes one line, as a line of a level.
    package func logged(at level: LogEntry.Level, _ body: () -> Void) {
        let outer = logLevel
        logLevel = level
        defer { logLevel = outer }
        body()
    }

    /// What stands before a line of a level where people read it.
    package func logPrefix(_ level: LogEntry.Level) -> String { level == .print ? "" : "[\(level.rawValue)] \(id): " }

    /// Hands a line on to whoever runs the plugin, else to the log of the file.
    package func log(_ level: LogEntry.Level, _ text: String) {
        if let output { return output(logPrefix(level) + text) }
        surroundings.log?(LogEntry(level: level, plugin: id, record: sessions.last?.recordAtWork, text: text))
    }

    // MARK: - Registering

    /// The name of one more handler whose code begins at a place.
    package func handlerName(at place: String) -> String { registrations.name(at: place) }

    /// Whether two functions of the plugin are one: what its place has registered is not registered again by `main.lua`.
    package func isSame(_ one: LuaFunction?, _ other: LuaFunction?) throws(LuaError) -> Bool {
        try wiring?.isSame(one, other) ?? false
    }

    /// Notes a contribution; only while the plugin is being loaded.
    package func register(_ body: (inout PluginRegistrations) -> Void) throws(PlatformError) {
        guard isLoading else {
            throw PlatformError(.invalidInput, Message(.scriptRegisterLate), context: ErrorContext(plugin: plugin))
        }
        body(&registrations)
    }
}

extension MessageKey {
    package static let scriptCatalog = MessageKey(
        "script.catalog",
        zhCN: "插件或元数据刚刚被更改，请再运行一次",
        zhTW: "外掛或中繼資料剛剛被更改，請再執行一次",
        en: "plugins or metadata have just been changed; run it again"
    )
    package static let scriptNoSession = MessageKey(
        "script.no_session",
        zhCN: "加载插件时不能读写记录；请在钩子、命令或报表里做",
        zhTW: "載入外掛時不能讀寫記錄；請在鉤子、命令或報表裡做",
        en: "records cannot be read or written while a plugin is being loaded; do it in a hook, command or report"
    )
    package static let scriptRegisterLate = MessageKey(
        "script.register_late",
        zhCN: "只能在加载插件时注册；请写在 main.lua 里，或把文件放到它的位置，例如 hooks/对象/事件.lua",
        zhTW: "只能在載入外掛時註冊；請寫在 main.lua 裡，或把檔案放到它的位置，例如 hooks/物件/事件.lua",
        en:
            "registrations are taken only while the plugin is being loaded; write them in main.lua, or give the file its place, such as hooks/OBJECT/EVENT.lua"
    )
}

/// Hands printed lines on.
///
/// The state holds this and not the plugin: an object that is held weakly is slower to retain, and the plugin is retained by
/// every call.
private final class PrintedLines {
    var take: ((String) -> Void)?
}
