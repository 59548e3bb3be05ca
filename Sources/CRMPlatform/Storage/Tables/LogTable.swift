package import CRMModel

/// What plugins have said: the last lines, in the order in which they were said.
package enum LogTable {
    /// A line.
    package struct Row: Sendable, Hashable {
        /// The number, 0 before it is kept.
        package var id: Int64 = 0
        /// When it was said.
        package let at: Instant
        /// How much it matters.
        package let level: String
        /// The plugin that said it.
        package let plugin: String
        /// The record that it was called for, such as `order/12`; nil outside of hooks.
        package let record: String?
        /// The line.
        package let text: String

        /// Describes a line that is to be kept.
        package init(at: Instant, level: String, plugin: String, record: String?, text: String) {
            self.at = at
            self.level = level
            self.plugin = plugin
            self.record = record
            self.text = text
        }
    }

    /// How many lines are kept.
    package static let keptLines = 10_000

    private static let insert = PreparedSQL("INSERT INTO crmLog(at,level,plugin,record,text) VALUES(?1,?2,?3,?4,?5)")
    private static let prune = PreparedSQL("DELETE FROM crmLog WHERE id<=?1")
    private static let newest = PreparedSQL(
        "SELECT id,at,level,plugin,record,text FROM crmLog WHERE at>=?1 AND (?2 IS NULL OR plugin=?2) "
            + "AND instr(?3,level)>0 ORDER BY id DESC LIMIT ?4"
    )

    /// Keeps lines, and forgets the oldest.
    ///
    /// - Throws: `storage`.
    package static func insert(_ rows: some Sequence<Row>, on connection: StoreConnection) throws(PlatformError) {
        let statement = try connection.statement(insert)
        var last: Int64 = 0
        for row in rows {
            try statement.bind(.instant(row.at), as: .instant, at: 1)
            statement.bind(row.level, at: 2)
            statement.bind(row.plugin, at: 3)
            statement.bind(row.record, at: 4)
            statement.bind(row.text, at: 5)
            last = try statement.insert()
        }
        guard last > keptLines else { return }
        let pruning = try connection.statement(prune)
        pruning.bind(last - Int64(keptLines), at: 1)
        try pruning.enqueue()
    }

    /// The newest lines of some levels since a moment, oldest first.
    ///
    /// - Throws: `storage`.
    package static func newest(
        levels: [String],
        plugin: String?,
        since moment: Instant,
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Row] {
        let statement = try connection.statement(newest)
        defer { statement.reset() }
        try statement.bind(.instant(moment), as: .instant, at: 1)
        statement.bind(plugin, at: 2)
        statement.bind(levels.joined(separator: " "), at: 3)
        statement.bind(Int64(limit), at: 4)
        var rows: [Row] = []
        while try statement.step() {
            guard let at = try statement.value(1, as: .instant).instantValue else { throw statement.unreadable(1) }
            var row = Row(
                at: at,
                level: statement.text(2),
                plugin: statement.text(3),
                record: statement.optionalText(4),
                text: statement.text(5)
            )
            row.id = statement.int64(0)
            rows.append(row)
        }
        return rows.reversed()
    }
}
