/// What one outermost call into a state may use.
public struct LuaLimits: Sendable, Hashable {
    /// Instructions of the virtual machine, with the work of library functions added; when metering goes by deadline,
    /// the work of library functions alone.
    public var steps: UInt64 = 20_000_000
    /// Processor time of the thread.
    public var cpu: Duration = .seconds(1)
    /// Time on the wall, for scripts that wait in functions of the host.
    public var wall: Duration = .seconds(30)
    /// Bytes of the whole state, at any time.
    public var memoryBytes: UInt64 = 32 * 1024 * 1024
    /// Coroutines that have not ended.
    public var coroutines: UInt32 = 200
    /// Calls nested through functions of the host and of the library.
    public var callDepth: UInt32 = 160
    /// Bytes that `print` passes on.
    public var logBytes: UInt64 = 64 * 1024

    /// The usual limits.
    public init() {}
}

/// How steps and time are watched.
public enum LuaMetering: Sendable, Hashable {
    /// Every instruction counts; tight loops take about twice as long.
    case exact
    /// A watchdog stops the script at its deadline; instructions cost nothing and are estimated from time.
    case deadline
}

/// What a call has used.
public struct LuaStatistics: Sendable, Hashable {
    /// Steps of the last outermost call; exact or estimated, see ``LuaMetering``.
    public let steps: UInt64
    /// Time of the last outermost call in seconds: of the processor when metering is exact or the call took longer than
    /// 20 ms; otherwise on the wall, in units of some milliseconds.
    public let cpuSeconds: Double
    /// Bytes in use now.
    public let bytes: UInt64
    /// The most bytes that were in use at once.
    public let peakBytes: UInt64
}
