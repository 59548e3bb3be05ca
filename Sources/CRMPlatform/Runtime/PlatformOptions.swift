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

    /// The language in which this program works with the file, and the one that a new file gets; nil for the file's own, which is
    /// zh-CN in a new file.
    public var language: Language?
    /// Where the time comes from.
    public var clock: any CRMModel.Clock = SystemClock()
    /// The time zone that a new file gets; a file that has one keeps to it, whoever opens it.
    ///
    /// Files of before there were settings have none; in them this one decides what day it is.
    public var timeZone: TimeZone = FileSettings.usualTimeZone
    /// Takes what hooks, validators and code rules print and log (`print`, `crm.log`); the file keeps it in any case.
    ///
    /// Called while the unit of work runs, on its thread: it must not call the platform. What is said in a unit of work
    /// that is undone is said all the same.
    public var log: (@Sendable (LogEntry) -> Void)?
    /// Who may do what; everybody may do everything unless said otherwise.
    public var access: any AccessPolicy = OpenAccess()
    /// What a commit outlives.
    public var durability: Durability = .full
    /// Whether no code of plugins runs, so that a file can be looked at and mended whatever its plugins do.
    ///
    /// What is to be saved, and what is code of a plugin, is refused with `conflict`; plugins can be installed, removed,
    /// switched and set, without being started.
    public var isSafe = false
    /// Where what belongs to the user of this machine and not into the file is kept, such as which folders were linked.
    ///
    /// `$XDG_STATE_HOME/crm`, else `~/.local/state/crm`; nil for nowhere.
    public var stateFolder: String? = Self.usualStateFolder

    /// How many lists, searches and other short reads go on at once, beside each other and beside whoever writes; 1 to 16.
    public var fastLanes = 3
    /// How many reports, prints and exports go on at once; 1 to 16.
    public var slowLanes = 2
    /// How many may wait for each kind of lane before further ones are refused with `busy`; 0 and up.
    public var waitingLimit = 64

    /// How long nobody must have written before the search index is brought up to date in the meantime; nil for never: then a
    /// search does it first.
    ///
    /// For programs that stay. It is done by a thread of the process, in transactions of about ten milliseconds.
    public var idleDelay: Duration?

    /// The usual options.
    public init() {}

    private static var usualStateFolder: String? {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["XDG_STATE_HOME"], named.hasPrefix("/") { return named + "/crm" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.local/state/crm"
    }

    /// What scripts of the file are told of it; those of a group are interrupted together.
    func surroundings(
        _ group: LuaStateGroup,
        _ settings: FileSettings,
        log: @escaping @Sendable (LogEntry) -> Void
    ) -> ScriptSurroundings {
        ScriptSurroundings(
            language: language ?? settings.language,
            clock: clock,
            settings: settings,
            log: log,
            group: group
        )
    }
}
