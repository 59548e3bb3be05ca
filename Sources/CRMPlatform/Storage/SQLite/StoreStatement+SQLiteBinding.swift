import CRMModel
import GRDBSQLite

extension StoreStatement {
    /// Binds the empty value.
    package func bindNull(at index: Int) {
        use()
        sqlite3_bind_null(handle, Int32(truncatingIfNeeded: index))
    }

    /// Binds an integer.
    package func bind(_ value: Int64, at index: Int) {
        use()
        sqlite3_bind_int64(handle, Int32(truncatingIfNeeded: index), value)
    }

    /// Binds bytes; the engine keeps a copy.
    package func bind(bytes: [UInt8], at index: Int) {
        use()
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else {
                sqlite3_bind_zeroblob(handle, Int32(truncatingIfNeeded: index), 0)
                return
            }
            sqlite3_bind_blob64(
                handle,
                Int32(truncatingIfNeeded: index),
                base,
                UInt64(buffer.count),
                Self.engineCopies
            )
        }
    }

    func misfit(_ value: Value, _ storage: FieldStorage) -> PlatformError {
        SQLiteFailure.error(code: SQLITE_MISMATCH, text: "value of another kind than \(storage)", file: "")
    }

    @inline(__always)
    func bindText(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        let index = Int32(truncatingIfNeeded: index)
        // A text that goes beyond 2 GB is bound as it is and refused by the engine's own limit when it runs.
        guard let base = bytes.baseAddress, !bytes.isEmpty else {
            sqlite3_bind_text(handle, index, "", 0, nil)
            return
        }
        base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
            _ = sqlite3_bind_text64(
                handle,
                index,
                start,
                UInt64(bytes.count),
                Self.engineCopies,
                UInt8(SQLITE_UTF8)
            )
        }
    }

    /// SQLITE_TRANSIENT, a cast that Swift does not import: the engine copies what is bound.
    static let engineCopies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
