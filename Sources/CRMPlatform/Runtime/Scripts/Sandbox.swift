package import CRMModel
import CRMScripting
import LuaBridge

/// How a script ended that was run by itself under the limits of plugins.
public struct SandboxOutcome: Sendable {
    /// `return`, `error`, `killed-instr` or `killed-mem`.
    public let outcome: String
    /// The processor time it took.
    public let cpuSeconds: Double
    /// The greatest amount of memory its state held.
    public let peakKilobytes: Int
    /// The steps it took.
    public let steps: Int
    /// Whether an ordinary script works afterwards.
    public let canaryHolds: Bool
    /// What it returned, or the error.
    public let text: String

    /// Runs a script; `after` is one that another plugin runs before it.
    ///
    /// - Throws: `internal` when there is no memory for a state.
    package static func run(script: String, after: String?) throws(PlatformError) -> SandboxOutcome {
        do {
            let report = try ScriptProbe.run(script: script, chunkName: "script", after: after)
            return SandboxOutcome(
                outcome: report.outcome.rawValue,
                cpuSeconds: report.cpuSeconds,
                peakKilobytes: report.peakKB,
                steps: Int(clamping: report.steps),
                canaryHolds: report.canary,
                text: report.text
            )
        } catch {
            throw PlatformError(.internal, Message(.workerThread), cause: error)
        }
    }

}
