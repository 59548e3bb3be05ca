public import CRMModel

/// A line that a plugin has written.
public struct LogEntry: Sendable, Hashable {
    /// How much it matters.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        /// `print`, without a level.
        case print
        /// `crm.log.debug`.
        case debug
        /// `crm.log.info`.
        case info
        /// `crm.log.warn`.
        case warn
        /// `crm.log.error`, and errors of after_commit hooks.
        case error
    }

    /// How much it matters.
    public let level: Level
    /// The plugin that wrote it.
    public let plugin: PluginID
    /// The record whose save or deletion the plugin was called for; nil outside of hooks.
    public let record: RecordID?
    /// The line, without a line feed at its end.
    public let text: String
}
