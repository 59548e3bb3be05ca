import CRMModel
import GRDBSQLite

extension StoreStatement {
    /// What a step led to.
    enum Advance {
        case row
        case end
        /// The engine's code.
        case failure(Int32)
    }

    /// Has a statement compiled.
    ///
    /// - Throws: `internal` when the text does not compile, is not one statement or does what the platform never does.
    static func prepared(_ sql: String, on connection: StoreConnection) throws(PlatformError) -> OpaquePointer {
        var statement: OpaquePointer?
        var text = sql
        let (code, hasRest) = text.withUTF8 { bytes -> (Int32, Bool) in
            guard let base = bytes.baseAddress else { return (SQLITE_MISUSE, false) }
            return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    connection.handle,
                    start,
                    Int32(bytes.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT),
                    &statement,
                    &tail
                )
                return (code, tail.map { $0 - start < bytes.count } ?? false)
            }
        }
        guard code == SQLITE_OK else { throw connection.failure(code) }
        guard let statement, !hasRest else {
            sqlite3_finalize(statement)
            throw SQLiteFailure.error(code: SQLITE_MISUSE, text: "not one statement", file: connection.fileName)
        }
        return statement
    }

    static func columnCount(of handle: OpaquePointer) -> Int { Int(sqlite3_column_count(handle)) }

    static func release(_ handle: OpaquePointer) { sqlite3_finalize(handle) }

    /// Moves to the next row.
    @inline(__always)
    func advance() -> Advance {
        let code = sqlite3_step(handle)
        return code == SQLITE_ROW ? .row : code == SQLITE_DONE ? .end : .failure(code)
    }

    /// Puts the engine's statement back to its beginning.
    @inline(__always)
    func rewind() { sqlite3_reset(handle) }
}
