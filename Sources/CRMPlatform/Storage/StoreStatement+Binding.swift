package import CRMModel

extension StoreStatement {
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
}
