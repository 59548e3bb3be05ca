/// How a probe of a script ended.
public struct ScriptReport: Sendable {
    /// The ways a script can end.
    public enum Outcome: String, Sendable {
        /// It returned.
        case returned = "return"
        /// It raised an error, or is no Lua.
        case error
        /// The limit on steps or time struck.
        case killedByBudget = "killed-instr"
        /// The limit on memory struck.
        case killedByMemory = "killed-mem"
    }

    /// How it ended.
    public let outcome: Outcome
    /// Processor time it took, in seconds.
    public let cpuSeconds: Double
    /// The most memory its state held, in units of 1024 bytes.
    public let peakKB: Int
    /// Steps of the virtual machine, exact or estimated.
    public let steps: UInt64
    /// Whether an ordinary script worked right afterwards.
    public let canary: Bool
    /// What it returned, or the error message.
    public let text: String

    /// The report as one line of JSON.
    public var jsonLine: String {
        "{\"outcome\": \"\(outcome.rawValue)\", \"cpu_seconds\": \(ScriptReport.decimal(cpuSeconds)), "
            + "\"peak_kb\": \(peakKB), \"steps\": \(steps), \"canary\": \(canary), "
            + "\"text\": \(ScriptReport.quoted(text))}"
    }

    /// Four places behind the point, without an exponent.
    private static func decimal(_ seconds: Double) -> String {
        let units = Int64(exactly: (seconds * 10_000).rounded()) ?? 0
        let digits = String(units % 10_000)
        return "\(units / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
