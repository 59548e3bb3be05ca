/// The texts that cells refer to by number, in one block of memory.
struct SharedTexts {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    /// The texts of a workbook that has none.
    init() {}

    /// Reads the part of shared texts.
    init(_ archive: ZipArchive, part: String) throws(XLSXError) {
        let reader = Reader()
        try XMLStream(archive.open(part, limit: XLSXLimits.textBytes), reader).run()
        guard reader.texts.ends.count < XLSXLimits.texts else { throw .tooComplex(part: part) }
        self = reader.texts
    }

    /// Appends a text to a buffer; false when there is none of that number.
    func append(_ number: Int, to buffer: inout [UInt8]) -> Bool {
        guard ends.indices.contains(number) else { return false }
        let start = number == 0 ? 0 : Int(ends[number - 1])
        buffer.append(contentsOf: bytes[start..<Int(ends[number])])
        return true
    }

    /// Takes the text of `<si>` elements: plain and rich text, but not how it is pronounced.
    private final class Reader: XMLElementReader {
        var texts = SharedTexts()
        private var isInText = false
        private var phoneticDepth: Int?
        private var start = 0

        func begin(_ name: XMLName, _ attributes: XMLAttributes, depth: Int) {
            if depth == 2 {
                start = texts.bytes.count
            } else if name("rPh"), phoneticDepth == nil {
                phoneticDepth = depth
            } else if name("t"), phoneticDepth == nil {
                isInText = true
            }
        }

        func text(_ bytes: UnsafeBufferPointer<UInt8>) {
            if isInText { texts.bytes.append(contentsOf: bytes) }
        }

        func end(_ name: XMLName, depth: Int) -> Bool {
            isInText = false
            if depth == phoneticDepth { phoneticDepth = nil }
            if depth == 2, name("si"), texts.ends.count < XLSXLimits.texts {
                EscapedText.decode(&texts.bytes, from: start)
                texts.ends.append(UInt32(texts.bytes.count))
            }
            return false
        }
    }
}

/// The signs that XML cannot hold, which workbooks write as `_x000D_`.
enum EscapedText {
    /// Replaces such signs in the bytes from a place on.
    static func decode(_ bytes: inout [UInt8], from start: Int) {
        guard let first = bytes[start...].firstIndex(of: 0x5F) else { return }
        var from = first
        var to = first
        while from < bytes.count {
            if let scalar = scalar(bytes, at: from) {
                for byte in UTF8.encode(scalar) ?? .init() {
                    bytes[to] = byte
                    to += 1
                }
                from += 7
            } else {
                bytes[to] = bytes[from]
                to += 1
                from += 1
            }
        }
        bytes.removeLast(bytes.count - to)
    }

    private static func scalar(_ bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        guard index + 6 < bytes.count, bytes[index] == 0x5F, bytes[index + 1] | 0x20 == 0x78, bytes[index + 6] == 0x5F
        else { return nil }
        var value: UInt32 = 0
        for place in index + 2..<index + 6 {
            guard let digit = Character(UnicodeScalar(bytes[place])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return Unicode.Scalar(value)
    }
}
