package import CRMModel

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
