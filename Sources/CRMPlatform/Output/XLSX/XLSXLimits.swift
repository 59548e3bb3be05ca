/// How much of a workbook is read at most, so that no file fills memory or keeps a machine busy for ever.
enum XLSXLimits {
    /// The greatest number of members of the archive.
    static let members = 10_000
    /// The greatest size of an unpacked sheet, in bytes.
    static let sheetBytes = 4 << 30
    /// The greatest size of the unpacked shared texts, in bytes.
    static let textBytes = 256 << 20
    /// The greatest number of shared texts.
    static let texts = 16_000_000
    /// The greatest size of any other unpacked part, in bytes.
    static let partBytes = 32 << 20
    /// How many times its packed size a part may unpack to; sheets of real life come to 10 to 60.
    static let ratio = 250
    /// The unpacked size from which the ratio counts, in bytes.
    static let ratioFrom = 16 << 20
    /// How deep elements may be nested.
    static let depth = 64
    /// The greatest size of one tag, in bytes.
    static let tagBytes = 1 << 20
    /// The greatest number of rows and columns of a sheet.
    static let rows = 1_048_576
    /// The greatest number of columns of a sheet.
    static let columns = 16_384
    /// The greatest number of cell formats.
    static let formats = 100_000
}
