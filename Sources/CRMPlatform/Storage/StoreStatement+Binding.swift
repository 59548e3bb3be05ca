package import CRMModel
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

    /// Binds a text; the engine keeps a copy.
    package func bind(_ value: String, at index: Int) {
        use()
        let done: Void? = value.utf8.withContiguousStorageIfAvailable { bindText($0, at: index) }
        if done == nil {
            var copy = value
            copy.withUTF8 { bindText($0, at: index) }
        }
    }

    /// Binds a text or the empty value.
    package func bind(_ value: String?, at index: Int) {
        if let value { bind(value, at: index) } else { bindNull(at: index) }
    }

    /// Binds an integer or the empty value.
    package func bind(_ value: Int64?, at index: Int) {
        if let value { bind(value, at: index) } else { bindNull(at: index) }
    }

    /// Binds valid UTF-8 as a text; the engine keeps a copy.
    package func bind(utf8 bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        use()
        bindText(bytes, at: index)
    }

    /// Binds valid UTF-8 as a text; the engine keeps a copy.
    package func bind(utf8 bytes: [UInt8], at index: Int) {
        use()
        bytes.withUnsafeBufferPointer { bindText($0, at: index) }
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

    /// Binds a field's value as it is kept in a column of `storage`.
    ///
    /// - Throws: `internal` when the value is not of the kind the column keeps; values are normalised before.
    package func bind(_ value: Value, as storage: FieldStorage, at index: Int) throws(PlatformError) {
        switch (storage, value) {
        case (_, .null):
            bindNull(at: index)
        case (.text, .text(let text)):
            bind(text, at: index)
        case (.integer, .integer(let number)):
            bind(number, at: index)
        case (.scaled(let scale), .decimal(let number)):
            guard let units = number.scale == scale ? number.units : number.rescaledExactly(to: scale)?.units else {
                throw misfit(value, storage)
            }
            bind(units, at: index)
        case (.scaled(let scale), .integer(let number)):
            guard let units = FixedDecimal(number).rescaledExactly(to: scale)?.units else {
                throw misfit(value, storage)
            }
            bind(units, at: index)
        case (.boolean, .boolean(let value)):
            bind(value ? 1 : 0 as Int64, at: index)
        case (.date, .date(let date)):
            use()
            scratch.removeAll(keepingCapacity: true)
            date.write(into: &scratch)
            scratch.withUnsafeBufferPointer { bindText($0, at: index) }
        case (.instant, .instant(let instant)):
            use()
            scratch.removeAll(keepingCapacity: true)
            instant.write(into: &scratch)
            scratch.withUnsafeBufferPointer { bindText($0, at: index) }
        default:
            throw misfit(value, storage)
        }
    }

    /// Binds a value of an expression by its own kind; decimals as units at `scale` when one is given.
    ///
    /// - Throws: `internal` when a decimal has more places than `scale` allows.
    package func bind(_ value: Value, at index: Int, scale: Int? = nil) throws(PlatformError) {
        switch value {
        case .null: bindNull(at: index)
        case .boolean: try bind(value, as: .boolean, at: index)
        case .integer: try bind(value, as: scale.map { .scaled($0) } ?? .integer, at: index)
        case .decimal(let number): try bind(value, as: .scaled(scale ?? number.scale), at: index)
        case .text: try bind(value, as: .text, at: index)
        case .date: try bind(value, as: .date, at: index)
        case .instant: try bind(value, as: .instant, at: index)
        }
    }

    private func misfit(_ value: Value, _ storage: FieldStorage) -> PlatformError {
        SQLiteFailure.error(code: SQLITE_MISMATCH, text: "value of another kind than \(storage)", file: "")
    }

    @inline(__always)
    private func bindText(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
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
