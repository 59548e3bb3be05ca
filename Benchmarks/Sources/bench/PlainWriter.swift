import CBench

/// A writer of JSON as somebody would write it in Swift over the C interface: bytes of the columns into a buffer.
final class PlainWriter {
    private let statement: OpaquePointer
    private let leads: [[UInt8]]

    init(_ handle: OpaquePointer?) throws {
        var made: OpaquePointer?
        let sql = "SELECT * FROM customer WHERE status='active' ORDER BY updated_at DESC LIMIT 50"
        guard sqlite3_prepare_v2(handle, sql, -1, &made, nil) == SQLITE_OK, let made else {
            throw BenchError("the page does not compile")
        }
        statement = made
        leads = (0..<sqlite3_column_count(made)).map { index in
            let name = sqlite3_column_name(made, index).map { String(cString: $0) } ?? ""
            return Array(((index == 0 ? "\"" : ",\"") + name + "\":").utf8)
        }
    }

    func close() { sqlite3_finalize(statement) }

    func write(into buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "["))
        var isFirst = true
        while sqlite3_step(statement) == SQLITE_ROW {
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            buffer.append(UInt8(ascii: "{"))
            for (index, lead) in leads.enumerated() {
                buffer.append(contentsOf: lead)
                let column = Int32(index)
                switch sqlite3_column_type(statement, column) {
                case SQLITE_INTEGER: buffer.append(contentsOf: String(sqlite3_column_int64(statement, column)).utf8)
                case SQLITE_NULL: buffer.append(contentsOf: "null".utf8)
                default:
                    let start = sqlite3_column_text(statement, column)
                    let count = Int(sqlite3_column_bytes(statement, column))
                    quote(UnsafeBufferPointer(start: start, count: count), into: &buffer)
                }
            }
            buffer.append(UInt8(ascii: "}"))
        }
        sqlite3_reset(statement)
        buffer.append(UInt8(ascii: "]"))
    }

    private func quote(_ text: UnsafeBufferPointer<UInt8>, into buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        if text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
            for byte in text {
                switch byte {
                case 0x22, 0x5C:
                    buffer.append(0x5C)
                    buffer.append(byte)
                case 0..<0x20:
                    buffer.append(contentsOf: "\\u00".utf8)
                    buffer.append(byte < 16 ? 0x30 : 0x31)
                    buffer.append(contentsOf: String(byte & 15, radix: 16).utf8)
                default: buffer.append(byte)
                }
            }
        } else {
            buffer.append(contentsOf: text)
        }
        buffer.append(UInt8(ascii: "\""))
    }
}
