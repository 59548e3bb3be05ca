/// Writes zip archives without compression, also such as no program should write.
public struct ZipFile {
    /// What can be made wrong with a member.
    public enum Fault {
        /// Nothing.
        case none
        /// The checksum is not that of the bytes.
        case wrongChecksum
        /// The member is marked as locked with a password.
        case encrypted
    }

    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Begins an empty archive.
    public init() {}

    /// Adds a member.
    public mutating func add(_ name: String, _ text: String, fault: Fault = .none) {
        let content = Array(text.utf8)
        let offset = bytes.count
        let checksum = Self.checksum(content) ^ (fault == .wrongChecksum ? 1 : 0)
        var head: [UInt8] = []
        Self.put(20, 2, &head)
        Self.put(fault == .encrypted ? 0x801 : 0x800, 2, &head)
        Self.put(0, 2, &head)
        Self.put(0x6000_5AB5, 4, &head)
        Self.put(Int(checksum), 4, &head)
        Self.put(content.count, 4, &head)
        Self.put(content.count, 4, &head)
        Self.put(name.utf8.count, 2, &head)
        Self.put(0, 2, &head)
        bytes += [0x50, 0x4B, 3, 4] + head + Array(name.utf8) + content
        directory += [0x50, 0x4B, 1, 2, 20, 0] + head
        Self.put(0, 2 + 2 + 2 + 4, &directory)
        Self.put(offset, 4, &directory)
        directory += Array(name.utf8)
        count += 1
    }

    /// The whole archive.
    public var archive: [UInt8] {
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        Self.put(count, 2, &end)
        Self.put(count, 2, &end)
        Self.put(directory.count, 4, &end)
        Self.put(bytes.count, 4, &end)
        Self.put(0, 2, &end)
        return bytes + directory + end
    }

    private static func put(_ number: Int, _ width: Int, _ buffer: inout [UInt8]) {
        for place in 0..<width { buffer.append(place < 8 ? UInt8(truncatingIfNeeded: number >> (8 * place)) : 0) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

/// A workbook whose parts are written out by hand.
public struct WorkbookFile {
    /// The sheets: name, the inner XML of `sheetData`, and whether the sheet is hidden.
    public var sheets: [(name: String, rows: String, isHidden: Bool)] = []
    /// The format codes of the styles 1, 2, …; style 0 is General.
    public var formats: [String] = []
    /// The inner XML of the shared texts, nil for none.
    public var texts: String?
    /// Attributes of `workbookPr`.
    public var properties = ""
    /// What follows the cells in every sheet.
    public var tail = ""
    /// Parts that replace those of these names, or come to them.
    public var parts: [(name: String, text: String, fault: ZipFile.Fault)] = []

    /// Makes a workbook of one sheet.
    public init(_ rows: String, name: String = "Sheet1") {
        sheets = [(name, rows, false)]
    }

    /// The XML of a row of inline texts.
    public static func row(_ number: Int, _ texts: String...) -> String {
        "<row r=\"\(number)\">" + texts.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }

    /// The bytes of the file.
    public var bytes: [UInt8] {
        var all: [(name: String, text: String, fault: ZipFile.Fault)] = [
            ("[Content_Types].xml", "<Types/>", .none),
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"a\" Type=\"http://x/officeDocument\" Target=\"xl/workbook.xml\"/>"
                    + "</Relationships>", .none
            ),
        ]
        var list = ""
        var relations = "<Relationship Id=\"st\" Type=\"http://x/styles\" Target=\"styles.xml\"/>"
        for (index, sheet) in sheets.enumerated() {
            let state = sheet.isHidden ? " state=\"hidden\"" : ""
            list += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\"\(state) r:id=\"r\(index)\"/>"
            relations +=
                "<Relationship Id=\"r\(index)\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet\(index).xml\"/>"
            all.append(
                (
                    "xl/worksheets/sheet\(index).xml",
                    "<worksheet><sheetData>\(sheet.rows)</sheetData>\(tail)</worksheet>", .none
                )
            )
        }
        if let texts {
            relations += "<Relationship Id=\"ss\" Type=\"http://x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
            all.append(("xl/sharedStrings.xml", "<sst>\(texts)</sst>", .none))
        }
        let codes = formats.enumerated().map { "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\($1)\"/>" }.joined()
        let styles = formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }.joined()
        all += [
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><workbookPr \(properties)/><sheets>\(list)</sheets></workbook>", .none
            ),
            ("xl/_rels/workbook.xml.rels", "<Relationships>\(relations)</Relationships>", .none),
            (
                "xl/styles.xml",
                "<styleSheet><numFmts>\(codes)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                    + "<cellXfs><xf numFmtId=\"0\"/>\(styles)</cellXfs></styleSheet>", .none
            ),
        ]
        var zip = ZipFile()
        for part in all where !parts.contains(where: { $0.name == part.name }) { zip.add(part.name, part.text) }
        for part in parts { zip.add(part.name, part.text, fault: part.fault) }
        return zip.archive
    }
}
