import CRMModel
import Foundation
import GRDBSQLite

/// What a file holds, table by table, read beside the platform.
struct TableDigest: Equatable {
    /// The rows of each table as text, and the schema.
    let tables: [String: [String]]

    struct Unreadable: Error {
        let message: String
    }

    /// Reads all tables of a file.
    init(file: String) throws {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(file, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw Unreadable(message: "cannot open \(file)")
        }
        var tables = ["sqlite_master": try Self.rows("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2", handle)]
        let names = try Self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1", handle)
        for name in names where name != "sqlite_sequence" || !name.isEmpty {
            tables[name] = try Self.rows("SELECT * FROM \"\(name)\"", handle).sorted()
        }
        self.tables = tables
    }

    private static func rows(_ sql: String, _ handle: OpaquePointer) throws -> [String] {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
            throw Unreadable(message: String(cString: sqlite3_errmsg(handle)))
        }
        var rows: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            let cells = (0..<sqlite3_column_count(statement)).map { column -> String in
                guard sqlite3_column_type(statement, column) != SQLITE_NULL else { return "NULL" }
                let count = Int(sqlite3_column_bytes(statement, column))
                guard let bytes = sqlite3_column_blob(statement, column) else { return "" }
                return Data(bytes: bytes, count: count).base64EncodedString()
            }
            rows.append(
                sql.hasPrefix("SELECT name") || sql.hasPrefix("SELECT type")
                    ? decoded(cells) : cells.joined(separator: "|")
            )
        }
        return rows
    }

    private static func decoded(_ cells: [String]) -> String {
        cells.map { $0 == "NULL" ? $0 : String(decoding: Data(base64Encoded: $0) ?? Data(), as: UTF8.self) }
            .joined(separator: "|")
    }
}
