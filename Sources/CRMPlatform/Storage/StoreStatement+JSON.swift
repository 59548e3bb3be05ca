package import CRMModel
import GRDBSQLite

/// A column as it is written into JSON: its key, ready with quotation marks and colon, and how the column keeps values.
package struct JSONColumn: Sendable {
    /// The key with its quotation marks, its colon, and the comma before it unless it is the first.
    let lead: [UInt8]
    /// How values are kept.
    package let storage: FieldStorage

    /// The columns of a row in order, from keys that need no escape and their storages; `none` has no column.
    package static func row(_ columns: [(key: String, storage: FieldStorage)]) -> [JSONColumn] {
        columns.enumerated().map { index, column in
            JSONColumn(lead: Array(((index == 0 ? "\"" : ",\"") + column.key + "\":").utf8), storage: column.storage)
        }
    }
}

extension StoreStatement {
    /// Writes the row that stands as a JSON object straight from the column's bytes.
    ///
    /// The result is what ``CRMModel/JSONWriter`` writes for the same values: decimals, days and moments are strings.
    ///
    /// - Throws: `storage` when a column holds something else than it should, as in a damaged file.
    package func appendJSON(_ columns: [JSONColumn], into buffer: inout [UInt8]) throws(PlatformError) {
        if let column = rowText.write(columns, from: handle) { throw unreadable(column) }
        buffer.append(contentsOf: rowText.bytes)
    }
}

extension RowText {
    /// Writes the row on which a statement stands; returns the first column that holds something else than it should.
    fileprivate mutating func write(_ columns: [JSONColumn], from statement: OpaquePointer) -> Int? {
        removeAll()
        append(UInt8(ascii: "{"))
        var index = 0
        for position in columns.indices {
            columns[position].lead.withUnsafeBufferPointer { append($0) }
            let storage = columns[position].storage
            if storage == .none {
                append("null")
            } else if append(Int32(truncatingIfNeeded: index), of: statement, as: storage) {
                index += 1
            } else {
                return index
            }
        }
        append(UInt8(ascii: "}"))
        return nil
    }

    /// Writes one column; false when it holds something else than `storage`.
    @inline(__always)
    private mutating func append(_ column: Int32, of statement: OpaquePointer, as storage: FieldStorage) -> Bool {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(statement, column) else { return false }
            switch storage {
            case .text, .date, .instant:
                appendQuoted(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
                return true
            default: return false
            }
        case SQLITE_INTEGER:
            let number = sqlite3_column_int64(statement, column)
            switch storage {
            case .integer: append(number, scale: 0)
            case .boolean: append(number != 0 ? "true" : "false")
            case .scaled(let scale):
                append(UInt8(ascii: "\""))
                append(number, scale: scale)
                append(UInt8(ascii: "\""))
            default: return false
            }
            return true
        case SQLITE_NULL:
            append("null")
            return true
        default:
            return false
        }
    }
}
