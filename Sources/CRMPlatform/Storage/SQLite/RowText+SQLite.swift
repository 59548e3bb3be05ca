import CRMModel
import GRDBSQLite

extension RowText {
    /// Writes the row on which a statement stands; returns the first column that holds something else than it should.
    mutating func write(_ columns: [JSONColumn], from statement: OpaquePointer) -> Int? {
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
