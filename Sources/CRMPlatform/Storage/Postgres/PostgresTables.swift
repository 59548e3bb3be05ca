/// The platform's own tables as PostgreSQL makes them.
enum PostgresTables {
    /// The statements that make all tables of the newest format, but for the full-text index.
    static var statements: [String] {
        let all = SystemSchema.steps.flatMap(\.statements)
        let dropped = Set(all.filter { $0.hasPrefix("DROP ") }.map(SystemTables.name(of:)))
        return all.filter { !dropped.contains(SystemTables.name(of: $0)) && !$0.hasPrefix("CREATE VIRTUAL ") }
            .map(statement)
    }

    /// A statement of ``SystemTables`` as PostgreSQL takes it; numbers of rows are given by the platform.
    private static func statement(_ text: String) -> String {
        var text = text
        for (from, to) in [
            (" STRICT, WITHOUT ROWID", ""), (" STRICT", ""), (" AUTOINCREMENT", ""), (" INTEGER", " bigint"),
            (" TEXT", " text COLLATE \"C\""), (" BLOB", " bytea"),
        ] { text = text.replacing(from, with: to) }
        return text
    }
}
