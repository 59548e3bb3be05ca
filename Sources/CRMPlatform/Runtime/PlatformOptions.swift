public import CRMModel
public import CRMScripting
public import Foundation
import LuaBridge

/// The clock of the machine.
public struct SystemClock: CRMModel.Clock {
    /// Makes the clock.
    public init() {}

    /// The moment, to the millisecond.
    public var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// How a file is worked with.
public struct PlatformOptions: Sendable {
    /// What a commit outlives.
    public enum Durability: String, Sendable, CaseIterable {
        /// Crashes and power cuts.
        case full
        /// Crashes; a power cut may take the last commits.
        case normal
    }

    /// The language of messages that plugins ask for.
    public var language: Language = .zhCN
    /// Where the time comes from.
    public var clock: any CRMModel.Clock = SystemClock()
    /// The company's time zone, which decides what day it is.
    public var timeZone: TimeZone = TimeZone(identifier: "Asia/Shanghai") ?? .current
    /// Takes what hooks, validators and code rules print and log (`print`, `crm.log`), and what after_commit hooks could
    /// not do; nil throws it away.
    ///
    /// Called while the unit of work runs, on its thread: it must not call the platform. What is said in a unit of work
    /// that is undone is said all the same.
    public var log: (@Sendable (LogEntry) -> Void)?
    /// What a commit outlives.
    public var durability: Durability = .full
    /// Where what belongs to the user of this machine and not into the file is kept, such as which folders were linked.
    ///
    /// `$XDG_STATE_HOME/crm`, else `~/.local/state/crm`; nil for nowhere.
    public var stateFolder: String? = Self.usualStateFolder

    /// The usual options.
    public init() {}

    private static var usualStateFolder: String? {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["XDG_STATE_HOME"], named.hasPrefix("/") { return named + "/crm" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.local/state/crm"
    }

    /// What scripts of the file are told of it; those of a group are interrupted together.
    func surroundings(_ group: LuaStateGroup) -> ScriptSurroundings {
        ScriptSurroundings(language: language, clock: clock, timeZone: timeZone, log: log, group: group)
    }
}
