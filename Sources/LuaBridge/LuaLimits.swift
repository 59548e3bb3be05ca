internal import CLua

/// What one outermost call into a state may use.
public struct LuaLimits: Sendable, Hashable {
    /// Instructions of the virtual machine, with the work of library functions added; when metering goes by deadline,
    /// the work of library functions alone.
    public var steps: UInt64 = 20_000_000
    /// Processor time of the thread.
    public var cpu: Duration = .seconds(1)
    /// What grants may raise the limit of processor time to; see ``LuaState/grant(nanoseconds:)``.
    public var cpuCeiling: Duration = .seconds(1)
    /// Time on the wall, for scripts that wait in functions of the host.
    public var wall: Duration = .seconds(30)
    /// Bytes of the whole state with what the host holds for it, at any time.
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

/// A limit that has struck a script.
public enum LuaLimit: Sendable, Hashable {
    /// The budget of steps of library functions, or of all instructions when they are counted.
    case steps
    /// Processor time, or time on the wall.
    case time
    /// Memory of the state, with what the host holds for it.
    case memory
    /// Coroutines alive.
    case coroutines
    /// No limit: a person has interrupted.
    case interruption
    /// A limit of the host's own, by the number it was given with ``LuaState/stop(by:)``, from 0.
    case host(Int)

    /// Makes it of the number that C gives; nil for none.
    init?(reason: Int32) {
        switch Int(reason) {
        case 0: return nil
        case CRMLUA_STOP_STEPS: self = .steps
        case CRMLUA_STOP_TIME: self = .time
        case CRMLUA_STOP_MEMORY: self = .memory
        case CRMLUA_STOP_COROUTINES: self = .coroutines
        case CRMLUA_STOP_INTERRUPT: self = .interruption
        default: self = .host(Int(reason) - CRMLUA_STOP_HOST)
        }
    }
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
