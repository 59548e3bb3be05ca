/// Runs a script by itself, within limits, and tells how it ended: for trying scripts that nobody trusts.
public enum ScriptProbe {
    private static let canaryScript = """
        local sum = 0
        for i, text in ipairs({"3", "4", "5"}) do sum = sum + tonumber(text) * i end
        local ok, problem = pcall(error, "told")
        return string.format("%d %s %s", sum, tostring(ok), problem)
        """
    private static let canaryResult = "26 false told"

    /// Runs a script in a state of its own on a thread with a large stack.
    /// - Parameters:
    ///   - script: The source text, run as the body of a function.
    ///   - chunkName: What errors call it.
    ///   - after: A script that runs first, in another state; how it ends does not matter.
    ///   - limits: What each of them may use.
    ///   - metering: How that is watched.
    /// - Returns: What happened.
    /// - Throws: ``LuaError`` with code `memory` if no thread or state can be made.
    public static func run(
        script: String,
        chunkName: String,
        after: String? = nil,
        limits: LuaLimits = LuaLimits(),
        metering: LuaMetering = .exact
    ) throws(LuaError) -> ScriptReport {
        let thread = try LargeStackThread(name: "script-probe")
        return try thread.run { () throws(LuaError) -> ScriptReport in
            if let after {
                _ = try probe(after, chunkName: "after", limits: limits, metering: metering)
            }
            let ending = try probe(script, chunkName: chunkName, limits: limits, metering: metering)
            let canary = try probe(canaryScript, chunkName: "canary", limits: limits, metering: metering)
            return ScriptReport(
                outcome: ending.outcome,
                cpuSeconds: ending.statistics.cpuSeconds,
                peakKB: Int(ending.statistics.peakBytes / 1024),
                steps: ending.statistics.steps,
                canary: canary.outcome == .returned && canary.text == canaryResult,
                text: ending.text
            )
        }
    }

    private struct Ending {
        var outcome: ScriptReport.Outcome
        var text: String
        var statistics: LuaStatistics
    }

    private static func probe(
        _ script: String,
        chunkName: String,
        limits: LuaLimits,
        metering: LuaMetering
    ) throws(LuaError) -> Ending {
        let state = try LuaState(name: chunkName, limits: limits, metering: metering)
        do {
            let results = try state.load(script, chunkName: chunkName).call()
            let value = try results.value(0, opaque: .name)
            return Ending(outcome: .returned, text: describe(value), statistics: state.statistics)
        } catch {
            let outcome: ScriptReport.Outcome =
                switch error.code {
                case .memory: .killedByMemory
                case .budgetExceeded, .dead: .killedByBudget
                default: .error
                }
            return Ending(outcome: outcome, text: error.message, statistics: state.statistics)
        }
    }

    /// A value as text, at most 4,000 characters.
    private static func describe(_ value: LuaValue) -> String {
        var text = ""
        write(value, to: &text)
        return text.count > 4_000 ? String(text.prefix(4_000)) + "…" : text
    }

    private static func write(_ value: LuaValue, to text: inout String) {
        // The rest would be cut off anyway.
        guard text.utf8.count < 20_000 else { return }
        switch value {
        case .nil: text += "nil"
        case .boolean(let value): text += String(value)
        case .integer(let value): text += String(value)
        case .number(let value): text += String(value)
        case .string(let value): text += value
        case .bytes(let bytes): text += String(escapingInvalid: bytes)
        case .opaque(let name): text += name
        case .array(let elements):
            text += "{"
            for element in elements {
                write(element, to: &text)
                text += ","
            }
            text += "}"
        case .table(let pairs):
            text += "{"
            for pair in pairs {
                write(pair.key, to: &text)
                text += "="
                write(pair.value, to: &text)
                text += ","
            }
            text += "}"
        }
    }
}
