/// The number formats of a workbook's cells, by the number that cells give as their style.
struct SheetStyles {
    private var formats: [CellFormat] = []

    /// The styles of a workbook that has none.
    init() {}

    /// Reads the part of styles.
    init(_ archive: ZipArchive, part: String) throws(XLSXError) {
        let reader = Reader()
        try XMLStream(archive.open(part, limit: XLSXLimits.partBytes), reader, withText: false).run()
        formats = reader.numbers.map { reader.codes[$0] ?? CellFormat(builtIn: $0) }
    }

    /// The format of a style.
    subscript(style: Int) -> CellFormat { formats.indices.contains(style) ? formats[style] : .plain }

    private final class Reader: XMLElementReader {
        var codes: [Int: CellFormat] = [:]
        var numbers: [Int] = []
        private var isInCells = false

        func begin(_ name: XMLName, _ attributes: XMLAttributes, depth: Int) {
            if depth == 2 {
                isInCells = name("cellXfs")
            } else if depth == 3, isInCells, name("xf"), numbers.count < XLSXLimits.formats {
                numbers.append(attributes.number("numFmtId") ?? 0)
            } else if depth == 3, name("numFmt"), codes.count < XLSXLimits.formats,
                let number = attributes.number("numFmtId"), let code = attributes.text("formatCode")
            {
                codes[number] = CellFormat(code: String(code.prefix(1000)))
            }
        }

        func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

        func end(_ name: XMLName, depth: Int) -> Bool { false }
    }
}
