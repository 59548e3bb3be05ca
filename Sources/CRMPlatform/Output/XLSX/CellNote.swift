/// What is wrong with a cell of a workbook; a row is refused for it when the cell's column is imported.
struct CellNote: Sendable, Hashable {
    /// What is wrong.
    enum Kind: Sendable, Hashable {
        /// The cell shows an error such as `#N/A`.
        case error(String)
        /// The cell is a formula whose result was never calculated.
        case notCalculated
        /// The cell is formatted as a day that there is not.
        case noSuchDay
        /// The cell is a number with more digits than spreadsheets keep, which matters where digits are a text.
        case cutOff
        /// The cell refers to a shared text that there is not.
        case missingText
    }

    /// The column, from 0.
    let column: Int
    /// What is wrong.
    let kind: Kind
}
