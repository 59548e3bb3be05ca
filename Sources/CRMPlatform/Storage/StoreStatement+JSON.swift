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
        buffer.append(UInt8(ascii: "{"))
        var index = 0
        for position in columns.indices {
            buffer.append(contentsOf: columns[position].lead)
            let storage = columns[position].storage
            if storage == .none {
                Self.append("null", to: &buffer)
                continue
            }
            guard append(Int32(truncatingIfNeeded: index), as: storage, to: &buffer) else { throw unreadable(index) }
            index += 1
        }
        buffer.append(UInt8(ascii: "}"))
    }

    @inline(__always)
    private func append(_ column: Int32, as storage: FieldStorage, to buffer: inout [UInt8]) -> Bool {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL:
            Self.append("null", to: &buffer)
            return true
        case SQLITE_INTEGER:
            let number = sqlite3_column_int64(handle, column)
            switch storage {
            case .integer: Self.append(number, scale: 0, to: &buffer)
            case .boolean: Self.append(number != 0 ? "true" : "false", to: &buffer)
            case .scaled(let scale):
                buffer.append(UInt8(ascii: "\""))
                Self.append(number, scale: scale, to: &buffer)
                buffer.append(UInt8(ascii: "\""))
            default: return false
            }
            return true
        case SQLITE_TEXT:
            guard storage == .text || storage == .date || storage == .instant,
                let start = sqlite3_column_text(handle, column)
            else { return false }
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
            Self.appendQuoted(bytes, to: &buffer)
            return true
        default:
            return false
        }
    }

    private static func append(_ word: StaticString, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// Writes a number of units with `scale` places.
    private static func append(_ units: Int64, scale: Int, to buffer: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digits in
            var position = 32
            var rest = units.magnitude
            var places = 0
            repeat {
                if places == scale, scale > 0 {
                    position -= 1
                    digits[position] = UInt8(ascii: ".")
                }
                position -= 1
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                digits[position] = UInt8(truncatingIfNeeded: digit) &+ 0x30
                rest = quotient
                places += 1
            } while rest > 0 || places <= scale
            if units < 0 {
                position -= 1
                digits[position] = UInt8(ascii: "-")
            }
            buffer.append(contentsOf: UnsafeBufferPointer(rebasing: digits[position...]))
        }
    }

    /// Writes a text in quotation marks.
    ///
    /// Text in the file was checked when it was saved; bytes that are not UTF-8 can only come from damage, and are
    /// replaced.
    private static func appendQuoted(_ bytes: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        var isPlain = true
        var isASCII = true
        for byte in bytes {
            isPlain = isPlain && byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            isASCII = isASCII && byte < 0x80
        }
        if !isASCII, (try? UTF8Span(validating: bytes.span)) == nil {
            var mended = String(decoding: bytes, as: UTF8.self)
            mended.withUTF8 { appendEscaped($0, to: &buffer) }
        } else if isPlain {
            buffer.append(contentsOf: bytes)
        } else {
            appendEscaped(bytes, to: &buffer)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
        var start = 0
        for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
            start = index + 1
            switch byte {
            case 0x08: append("\\b", to: &buffer)
            case 0x09: append("\\t", to: &buffer)
            case 0x0A: append("\\n", to: &buffer)
            case 0x0C: append("\\f", to: &buffer)
            case 0x0D: append("\\r", to: &buffer)
            case 0x22: append("\\\"", to: &buffer)
            case 0x5C: append("\\\\", to: &buffer)
            default:
                append(byte < 0x10 ? "\\u000" : "\\u001", to: &buffer)
                let digit = byte & 15
                buffer.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
            }
        }
        buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
}
