package import CRMModel
package import Foundation
package import LuaBridge

/// What scripts are told of the file they run in, and where what they say goes.
package struct ScriptSurroundings: Sendable {
    /// The language of texts they ask for.
    package let language: Language
    /// Where the time comes from.
    package let clock: any CRMModel.Clock
    /// The time zone that decides what day it is.
    package let timeZone: TimeZone
    /// Takes what they print and log; nil throws it away.
    package let log: (@Sendable (LogEntry) -> Void)?
    /// The scripts that are interrupted together.
    package let group: LuaStateGroup

    /// Describes the surroundings.
    package init(
        language: Language,
        clock: any CRMModel.Clock,
        timeZone: TimeZone,
        log: (@Sendable (LogEntry) -> Void)?,
        group: LuaStateGroup
    ) {
        self.language = language
        self.clock = clock
        self.timeZone = timeZone
        self.log = log
        self.group = group
    }
}
