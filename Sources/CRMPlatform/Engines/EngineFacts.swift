/// What is known of engines without having one: the words that they keep for themselves, and how their files begin.
///
/// Names are checked, and files recognised, long before a store is opened, in rooms that know no engine.
public enum EngineFacts {
    /// How names begin that tables of an engine's own have.
    public static let tablePrefixes = ["sqlite"]

    /// Names of columns that rows have of themselves.
    public static let columnNames = ["rowid"]

    /// Whether a file that begins so is a database of an engine.
    public static func isDatabase(_ head: [UInt8]) -> Bool { head.starts(with: "SQLite format 3\0".utf8) }

    /// Whether a file that begins so is a log of an engine.
    public static func isLog(_ head: [UInt8]) -> Bool {
        head.count >= 4 && head[..<3] == [0x37, 0x7F, 0x06] && head[3] & 0xFE == 0x82
    }
}
