/// References of cells such as `AB12`.
enum CellReference {
    /// The column, from 0, and the row that a reference names; nil when it is none.
    static func parse(_ text: UnsafePointer<CChar>) -> (column: Int, row: Int)? {
        var sign = text
        var column = 0
        while true {
            let letter = Int(UInt8(bitPattern: sign.pointee) & 0xDF) - 0x40
            guard 1...26 ~= letter, UInt8(bitPattern: sign.pointee) >= 0x41 else { break }
            column = column * 26 + letter
            guard column <= XLSXLimits.columns else { return nil }
            sign += 1
        }
        var row = 0
        while sign.pointee != 0 {
            let digit = Int(sign.pointee) - 0x30
            guard 0...9 ~= digit else { return nil }
            row = row * 10 + digit
            guard row <= XLSXLimits.rows else { return nil }
            sign += 1
        }
        guard column > 0, row > 0 else { return nil }
        return (column - 1, row)
    }

    /// The letters of a column, counted from 0.
    static func letters(_ column: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            rest -= 1
            letters = String(UnicodeScalar(UInt8(0x41 + rest % 26))) + letters
            rest /= 26
        }
        return letters
    }

    /// The name of a cell; the column counts from 0.
    static func name(column: Int, row: Int) -> String { letters(column) + String(row) }
}
