package import CRMModel
package import LuaBridge

package import struct Foundation.TimeZone

/// What scripts are told of the file they run in, and where what they say goes.
package struct ScriptSurroundings: Sendable {
    /// The language of texts they ask for.
    package let language: Language
    /// Where the time comes from.
    package let clock: any CRMModel.Clock
    /// What the file says of the company.
    package let settings: FileSettings
    /// Takes what they print and log; nil throws it away.
    package let log: (@Sendable (LogEntry) -> Void)?
    /// The scripts that are interrupted together.
    package let group: LuaStateGroup

    /// The time zone that decides what day it is.
    package var timeZone: TimeZone { settings.timeZone }

    /// Describes the surroundings.
    package init(
        language: Language,
        clock: any CRMModel.Clock,
        settings: FileSettings,
        log: (@Sendable (LogEntry) -> Void)?,
        group: LuaStateGroup
    ) {
        self.language = language
        self.clock = clock
        self.settings = settings
        self.log = log
        self.group = group
    }
}
