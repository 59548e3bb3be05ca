package import CRMModel
import GRDBSQLite

extension StoreStatement {
    /// The integer in a column; 0 when it is empty.
    package func int64(_ column: Int) -> Int64 {
        sqlite3_column_int64(handle, Int32(truncatingIfNeeded: column))
    }

    /// Whether a column is empty.
    package func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(truncatingIfNeeded: column)) == SQLITE_NULL
    }

    /// Lends the UTF-8 bytes of the text in a column, without a copy.
    @inline(__always)
    package func withTextBytes<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        let column = Int32(truncatingIfNeeded: column)
        let start = sqlite3_column_text(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    /// The bytes in a column.
    package func bytes(_ column: Int) -> [UInt8] {
        let column = Int32(truncatingIfNeeded: column)
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// The value of a column that keeps values of `storage`.
    ///
    /// - Throws: `storage` when what is there is not of that kind, as in a damaged file.
    package func value(_ column: Int, as storage: FieldStorage) throws(PlatformError) -> Value {
        let index = Int32(truncatingIfNeeded: column)
        switch sqlite3_column_type(handle, index) {
        case SQLITE_NULL:
            return .null
        case SQLITE_INTEGER:
            let number = sqlite3_column_int64(handle, index)
            switch storage {
            case .integer: return .integer(number)
            case .scaled(let scale):
                if let decimal = FixedDecimal(units: number, scale: scale) { return .decimal(decimal) }
            case .boolean: return .boolean(number != 0)
            default: break
            }
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(handle, index) else { break }
            let count = Int(sqlite3_column_bytes(handle, index))
            switch storage {
            case .text: return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
            case .date:
                if let date = CalendarDate(isoBytes: start, count: count) { return .date(date) }
            case .instant:
                if let instant = Instant(isoBytes: start, count: count) { return .instant(instant) }
            default: break
            }
        default: break
        }
        throw unreadable(column)
    }

    /// The error for a column whose content does not have the form it was written with.
    func unreadable(_ column: Int) -> PlatformError {
        let name = sqlite3_column_name(handle, Int32(truncatingIfNeeded: column)).map { String(cString: $0) } ?? ""
        return PlatformError(.storage, Message(.storageUnreadable, ["column": .text(name)]))
    }
}
