package import CRMModel
package import LuaBridge

/// What one run of a script may use: a call of a hook, a report, a command, a line of the shell.
///
/// The figures stand in the guide (03 and 06) and in the messages of ``ScriptErrors``.
package struct ScriptBudget: Sendable, Hashable {
    /// Time, memory and the like, which the state watches itself.
    package var lua: LuaLimits
    /// How often the script may ask for records: `find`, each page of `each`, `count`, `aggregate`, `get`, child rows.
    package var queries: Int
    /// The records it may create, change and delete, child rows included.
    package var writes: Int
    /// The records and groups that its queries may give.
    package var rows: Int

    /// How much more processor time each record that is written in the unit of work is worth.
    package static let timePerRecord = Duration.nanoseconds(nanosecondsPerRecord)
    /// The same in nanoseconds.
    package static let nanosecondsPerRecord: Int64 = 5_000_000

    /// Hooks, validators, code rules and the loading of plugins: what stands between a person and a save.
    package static let hook = ScriptBudget(lua: hookLimits, queries: 20_000, writes: 20_000, rows: 200_000)

    /// What a person starts: reports, prints, commands, scripts, the shell.
    package static let script = ScriptBudget(lua: scriptLimits, queries: 1_000_000, writes: 1_000_000, rows: 10_000_000)

    private static var hookLimits: LuaLimits {
        var limits = LuaLimits()
        limits.cpuCeiling = .seconds(60)
        return limits
    }

    private static var scriptLimits: LuaLimits {
        var limits = LuaLimits()
        limits.steps = 2_000_000_000
        limits.cpu = .seconds(60)
        limits.cpuCeiling = .seconds(600)
        limits.wall = .seconds(600)
        limits.memoryBytes = 256 << 20
        limits.logBytes = 16 << 20
        return limits
    }
}

/// Counts what the run of a script asks of the host; stops it beyond its budget.
package final class ScriptMeter {
    /// A limit of the host's own, by the number that the state is given.
    package enum Limit: Int {
        case queries, writes, rows
    }

    package private(set) var budget: ScriptBudget
    private var queries = 0
    private var writes = 0
    private var rows = 0
    /// Bytes of the rows that are being read, which no handle stands for yet.
    private var bytes = 0

    package init(_ budget: ScriptBudget) {
        self.budget = budget
    }

    /// A run begins.
    package func begin(_ budget: ScriptBudget) {
        self.budget = budget
        queries = 0
        writes = 0
        rows = 0
        bytes = 0
    }

    package func countQuery(in lua: LuaState?) throws(PlatformError) {
        queries += 1
        bytes = 0
        if queries > budget.queries { throw stop(lua, .queries) }
    }

    package func countWrites(_ count: Int, in lua: LuaState?) throws(PlatformError) {
        writes += count
        if writes > budget.writes { throw stop(lua, .writes) }
    }

    /// Counts a row that a query gives, and the memory it takes until a script has it.
    package func countRow(bytes size: Int, in lua: LuaState?) throws(PlatformError) {
        rows += 1
        bytes += size
        if rows > budget.rows { throw stop(lua, .rows) }
        if LuaState.isThreadStopped { throw PlatformError(.limitExceeded, Message(.limitTime, budget.figures)) }
        guard let lua, !lua.fits(bytes: bytes) else { return }
        lua.stopByMemory()
        throw PlatformError(.limitExceeded, Message(.limitMemory, budget.figures))
    }

    private func stop(_ lua: LuaState?, _ limit: Limit) -> PlatformError {
        lua?.stop(by: limit.rawValue)
        return PlatformError(.limitExceeded, budget.message(for: .host(limit.rawValue)))
    }
}

extension ScriptBudget {
    /// What is said of a limit that has struck: its figure and the way out.
    package func message(for limit: LuaLimit?) -> Message {
        let key: MessageKey =
            switch limit {
            case .steps: .limitSteps
            case .time: .limitTime
            case .memory: .limitMemory
            case .coroutines: .limitCoroutines
            case .interruption: .limitInterrupted
            case .host(ScriptMeter.Limit.queries.rawValue): .limitQueries
            case .host(ScriptMeter.Limit.writes.rawValue): .limitWrites
            case .host(ScriptMeter.Limit.rows.rawValue): .limitRows
            case .host, nil: .limitDead
            }
        return Message(key, figures)
    }

    package var figures: [String: Message.Argument] {
        [
            "seconds": .text(Self.seconds(lua.cpu)), "most": .text(Self.seconds(lua.cpuCeiling)),
            "wall": .text(Self.seconds(lua.wall)),
            "each": .text(String(Self.timePerRecord.components.attoseconds / 1_000_000_000_000_000)),
            "megabytes": .text(String(lua.memoryBytes >> 20)), "steps": .text(String(lua.steps)),
            "coroutines": .text(String(lua.coroutines)), "queries": .text(String(queries)),
            "writes": .text(String(writes)), "rows": .text(String(rows)),
            "kilobytes": .text(String(lua.logBytes >> 10)),
            "way": .message(Message(lua.cpu >= Self.script.lua.cpu ? .limitWayParts : .limitWayCommand)),
        ]
    }

    private static func seconds(_ duration: Duration) -> String { String(duration.components.seconds) }
}

extension MessageKey {
    package static let limitTime = MessageKey(
        "limit.time",
        zhCN: "运行太久。限额：处理器时间 {seconds} 秒，本次每写一条记录加 {each} 毫秒，最多 {most} 秒；总时间 {wall} 秒。{way}",
        zhTW: "執行太久。限額：處理器時間 {seconds} 秒，本次每寫一筆記錄加 {each} 毫秒，最多 {most} 秒；總時間 {wall} 秒。{way}",
        en: "it ran too long. The limit is {seconds} s of processor time, {each} ms more for each record written "
            + "in the unit of work, {most} s at the most, and {wall} s in all. {way}"
    )
    package static let limitMemory = MessageKey(
        "limit.memory",
        zhCN: "占用内存太多。限额：{megabytes} MB，含所持有的记录。请用 crm.each、crm.aggregate 逐条或汇总处理。{way}",
        zhTW: "佔用記憶體太多。限額：{megabytes} MB，含所持有的記錄。請用 crm.each、crm.aggregate 逐筆或彙總處理。{way}",
        en:
            "it took too much memory. The limit is {megabytes} MB with the records it holds. Go through records one by one "
            + "with crm.each, or add up with crm.aggregate. {way}"
    )
    package static let limitSteps = MessageKey(
        "limit.steps",
        zhCN: "用完了库函数的步数。限额：{steps} 步。请缩短文本与模式。{way}",
        zhTW: "用完了程式庫函式的步數。限額：{steps} 步。請縮短文字與樣式。{way}",
        en: "it used up its steps of library functions. The limit is {steps}. Shorten texts and patterns. {way}"
    )
    package static let limitWayCommand = MessageKey(
        "limit.way_command",
        zhCN: "大批处理请写成命令或用导入，其限额高得多",
        zhTW: "大批處理請寫成命令或用匯入，其限額高得多",
        en: "Do work in bulk in a command or by import, whose limits are much higher"
    )
    package static let limitWayParts = MessageKey(
        "limit.way_parts",
        zhCN: "请分几次做",
        zhTW: "請分幾次做",
        en: "Do it in parts"
    )
    package static let limitCoroutines = MessageKey(
        "limit.coroutines",
        zhCN: "协程太多。限额：同时 {coroutines} 个",
        zhTW: "協程太多。限額：同時 {coroutines} 個",
        en: "it made too many coroutines. The limit is {coroutines} alive at a time"
    )
    package static let limitInterrupted = MessageKey(
        "limit.interrupted",
        zhCN: "已被中断",
        zhTW: "已被中斷",
        en: "it was interrupted"
    )
    package static let limitQueries = MessageKey(
        "limit.queries",
        zhCN: "查询太多。限额：每次运行 {queries} 次。请用一次 crm.find、crm.each 或 crm.aggregate 代替循环里的查询",
        zhTW: "查詢太多。限額：每次執行 {queries} 次。請用一次 crm.find、crm.each 或 crm.aggregate 代替迴圈裡的查詢",
        en:
            "it asked too many queries. The limit is {queries} in a run. Ask once with crm.find, crm.each or crm.aggregate "
            + "instead of in a loop"
    )
    package static let limitWrites = MessageKey(
        "limit.writes",
        zhCN: "写入的记录太多。限额：每次运行 {writes} 条。{way}",
        zhTW: "寫入的記錄太多。限額：每次執行 {writes} 筆。{way}",
        en: "it wrote too many records. The limit is {writes} in a run. {way}"
    )
    package static let limitRows = MessageKey(
        "limit.rows",
        zhCN: "读出的记录太多。限额：每次运行 {rows} 条。请用 crm.aggregate 汇总。{way}",
        zhTW: "讀出的記錄太多。限額：每次執行 {rows} 筆。請用 crm.aggregate 彙總。{way}",
        en: "it read too many records. The limit is {rows} in a run. Add up with crm.aggregate. {way}"
    )
    package static let limitDead = MessageKey(
        "limit.dead",
        zhCN: "它已被限额停止，下一次运行时重新启动",
        zhTW: "它已被限額停止，下一次執行時重新啟動",
        en: "a limit has stopped it; it is started anew for the next unit of work"
    )
    package static let limitLog = MessageKey(
        "limit.log",
        zhCN: "（插件「{plugin}」的输出超过 {kilobytes} KB，其余从略）",
        zhTW: "（外掛「{plugin}」的輸出超過 {kilobytes} KB，其餘從略）",
        en: "(the output of the plugin \"{plugin}\" was cut at its limit of {kilobytes} KB)"
    )
}
