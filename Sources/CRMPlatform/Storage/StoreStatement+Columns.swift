package import CRMModel

extension StoreStatement {
    /// The text in a column; the empty text when it is empty.
    package func text(_ column: Int) -> String {
        withTextBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// The text in a column, nil when it is empty.
    package func optionalText(_ column: Int) -> String? {
        isNull(column) ? nil : text(column)
    }

    /// Reads the row that stands: column `i` as `storages[i]`, appended to `values`.
    ///
    /// Fields that are not stored have no column; they are given as empty.
    ///
    /// - Throws: `storage` when a column holds something else, as in a damaged file.
    package func readValues(storages: [FieldStorage], into values: inout [Value]) throws(PlatformError) {
        values.reserveCapacity(values.count + storages.count)
        var column = 0
        for storage in storages {
            if storage == .none {
                values.append(.null)
            } else {
                values.append(try value(column, as: storage))
                column += 1
            }
        }
    }
}
