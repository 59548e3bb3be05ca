/// How the cells of a CSV file are separated.
public struct CSVDialect: Sendable, Hashable {
    /// The byte between two cells.
    public let delimiter: UInt8

    /// Cells separated by commas.
    public static let comma = CSVDialect(trusted: UInt8(ascii: ","))
    /// Cells separated by semicolons, as European spreadsheets write them.
    public static let semicolon = CSVDialect(trusted: UInt8(ascii: ";"))
    /// Cells separated by tabs.
    public static let tab = CSVDialect(trusted: 0x09)

    private init(trusted delimiter: UInt8) {
        self.delimiter = delimiter
    }

    /// Makes a dialect; nil when the byte cannot separate cells (quotation mark, line end, letter, digit, not ASCII).
    public init?(delimiter: UInt8) {
        let isAlphanumeric = delimiter &- 0x30 < 10 || (delimiter | 0x20) &- 0x61 < 26
        guard delimiter == 0x09 || (delimiter > 0x20 && delimiter < 0x7F), delimiter != UInt8(ascii: "\""),
            !isAlphanumeric
        else { return nil }
        self.init(trusted: delimiter)
    }

    /// Finds the dialect from the beginning of a file, in UTF-8 without byte order mark.
    ///
    /// A first line `sep=;` decides, and its bytes are to be skipped. Else the separator among comma, semicolon and tab
    /// that divides the first rows most evenly is taken; a file with none of them is read with commas.
    public static func detect(_ start: some Collection<UInt8>) -> (dialect: CSVDialect, skippedBytes: Int) {
        let bytes = Array(start.prefix(65_536))
        if let (dialect, count) = separatorLine(bytes) { return (dialect, count) }
        var best = (dialect: CSVDialect.comma, agreeing: 0, count: 0)
        for dialect in [comma, semicolon, tab] {
            let counts = counts(of: dialect.delimiter, in: bytes)
            guard let header = counts.first, header > 0 else { continue }
            let agreeing = counts.count { $0 == header }
            if (agreeing, header) > (best.agreeing, best.count) { best = (dialect, agreeing, header) }
        }
        return (best.dialect, 0)
    }

    private static func separatorLine(_ bytes: [UInt8]) -> (CSVDialect, Int)? {
        guard bytes.count >= 5, bytes.prefix(4).map({ $0 | 0x20 }).elementsEqual("sep=".utf8.map { $0 | 0x20 }),
            let dialect = CSVDialect(delimiter: bytes[4])
        else { return nil }
        var end = 5
        guard end == bytes.count || bytes[end] == 0x0D || bytes[end] == 0x0A else { return nil }
        if end < bytes.count, bytes[end] == 0x0D { end += 1 }
        if end < bytes.count, bytes[end] == 0x0A { end += 1 }
        return (dialect, end)
    }

    /// How often a separator stands outside quotation marks in each of the first ten rows in which something stands.
    private static func counts(of delimiter: UInt8, in bytes: [UInt8]) -> [Int] {
        var result: [Int] = []
        var count = 0
        var quoted = false
        var atLineStart = true
        // Rows of nothing but separators and blanks say nothing of which sign is the separator.
        var isBlank = true
        for byte in bytes {
            if byte > 0x20, byte != 0x2C, byte != 0x3B { isBlank = false }
            if byte == UInt8(ascii: "\"") {
                quoted.toggle()
                atLineStart = false
            } else if !quoted, byte == 0x0A || byte == 0x0D {
                if !atLineStart, !isBlank { result.append(count) }
                if result.count == 10 { return result }
                count = 0
                atLineStart = true
                isBlank = true
            } else {
                if !quoted, byte == delimiter { count += 1 }
                atLineStart = false
            }
        }
        // The last row may be cut off by the end of the sample; it only counts when there is no other.
        if !atLineStart, result.isEmpty { result.append(count) }
        return result
    }
}
