import CRMConcurrency
public import CRMModel
public import CRMScripting
import CRMStorage

/// A line that a plugin has said, as the file keeps it.
public struct LogLine: Sendable, Hashable {
    /// When it was said, to the second.
    public let at: Instant
    /// How much it matters.
    public let level: LogEntry.Level
    /// The plugin that said it.
    public let plugin: String
    /// The record it was called for, such as `order/12`; nil outside of hooks.
    public let record: String?
    /// The line.
    public let text: String
}

/// What plugins have said since the file was last written to for it.
final class SaidLines: Sendable {
    /// How many bytes of a line are kept.
    private static let lineBytes = 8_192
    private let rows = Guarded<[LogTable.Row]>([])

    var isEmpty: Bool { rows.withLock { $0.isEmpty } }

    func add(_ level: LogEntry.Level, plugin: PluginID, record: String?, _ text: String, at moment: Instant) {
        let row = LogTable.Row(
            at: moment.wholeSeconds,
            level: level.rawValue,
            plugin: plugin.rawValue,
            record: record,
            text: TextLimits.cut(text, bytes: Self.lineBytes)
        )
        rows.withLock { rows in
            // Of more than the file keeps only the last are wanted.
            if rows.count >= 2 * LogTable.keptLines { rows.removeFirst(LogTable.keptLines) }
            rows.append(row)
        }
    }

    func take() -> [LogTable.Row] {
        rows.withLock { rows in
            defer { rows = [] }
            return rows.suffix(LogTable.keptLines)
        }
    }
}

extension Workspace {
    /// Where what plugins say goes: to whoever asked for it in the options, and into the file when the unit of work is over.
    var log: @Sendable (LogEntry) -> Void {
        { [file] entry in
            let record = entry.record.map { $0.number > 0 ? $0.description : $0.object.rawValue }
            file.say(entry.level, plugin: entry.plugin, record: record, entry.text)
            file.options.log?(entry)
        }
    }

    /// Writes what plugins have said into the file, in a transaction of its own, also of a unit of work that was undone.
    ///
    /// Called when no unit of work is open; in a rehearsal nothing is written before its end.
    ///
    /// Where nothing can be written it is let go of: the log makes nothing fail.
    func keepLog() {
        guard !file.said.isEmpty, !store.isInRehearsal else { return }
        let rows = file.said.take()
        guard !store.isReadOnly else { return }
        // Whatever has ended the unit in which it was said.
        try? store.write { connection throws(PlatformError) in
            connection.stop { false }
            try LogTable.insert(rows, on: connection)
        }
    }

    /// The last lines that plugins have said, oldest first.
    ///
    /// - Parameters:
    ///   - level: The least level; `print` counts as `info`.
    ///   - plugin: The plugin, nil for all.
    ///   - since: The earliest moment, nil for any.
    ///   - limit: At most so many lines.
    /// - Returns: The lines.
    /// - Throws: `storage`.
    package func log(
        from level: LogEntry.Level,
        plugin: PluginID?,
        since: Instant?,
        limit: Int
    ) throws(PlatformError) -> [LogLine] {
        let levels = LogEntry.Level.allCases.filter { $0.weight >= level.weight }.map(\.rawValue)
        let rows = try store.read(use) { connection throws(PlatformError) -> [LogTable.Row] in
            guard try connection.hasFormat(Self.jobFormat) else { return [] }
            return try LogTable.newest(
                levels: levels,
                plugin: plugin?.rawValue,
                since: since ?? Instant(milliseconds: 0),
                limit: limit,
                on: connection
            )
        }
        return rows.compactMap { row in
            LogEntry.Level(rawValue: row.level).map {
                LogLine(at: row.at, level: $0, plugin: row.plugin, record: row.record, text: row.text)
            }
        }
    }
}

extension LogEntry.Level {
    /// How much a level matters beside others.
    fileprivate var weight: Int {
        switch self {
        case .debug: 0
        case .print, .info: 1
        case .warn: 2
        case .error: 3
        }
    }
}
