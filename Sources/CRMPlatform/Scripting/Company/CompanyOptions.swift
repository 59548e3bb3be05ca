public import CRMModel
public import Foundation

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
    /// What a commit outlives.
    public var durability: Durability = .full

    /// The usual options.
    public init() {}
}
