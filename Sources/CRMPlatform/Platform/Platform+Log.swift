public import CRMModel
public import CRMRuntime
public import CRMScripting

extension Platform {
    /// The last lines that hooks, validators and code rules have printed and logged, and what after_commit hooks could not
    /// do, oldest first; the file keeps the last 10,000.
    ///
    /// - Parameters:
    ///   - level: The least level; `print` counts as `info`.
    ///   - plugin: The plugin, nil for all.
    ///   - since: The earliest moment, nil for any.
    ///   - limit: At most so many lines, 1 and up.
    /// - Returns: The lines.
    /// - Throws: `invalidInput` for another limit; `storage`.
    public func log(
        from level: LogEntry.Level = .debug,
        plugin: PluginID? = nil,
        since: Instant? = nil,
        limit: Int = 100
    ) throws(PlatformError) -> [LogLine] {
        guard limit > 0 else { throw PlatformError(.invalidInput, Message(.jobLimit)) }
        return try lanes.run(.fast) { workspace throws(PlatformError) in
            try workspace.log(from: level, plugin: plugin, since: since, limit: limit)
        }
    }
}
