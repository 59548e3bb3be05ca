/// The encodings in which text files are read.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// UTF-8, with or without byte order mark.
    case utf8 = "UTF-8"
    /// UTF-16 with the low byte first.
    case utf16LittleEndian = "UTF-16LE"
    /// UTF-16 with the high byte first.
    case utf16BigEndian = "UTF-16BE"
    /// GB 18030, which holds GBK and GB 2312; what Chinese spreadsheets write.
    case gb18030 = "GB18030"
}

/// Finds out in which encoding a text file is.
public struct TextEncodingDetection: Sendable, Hashable {
    /// The encoding found.
    ///
    /// UTF-8 is also what damaged files are read as; their bad rows are then refused one by one.
    public let encoding: TextEncoding
    /// How many bytes of a byte order mark stand at the beginning.
    public let byteOrderMark: Int

    /// Decides from the beginning of a file.
    ///
    /// A byte order mark decides. Bytes that are valid UTF-8 are UTF-8. Otherwise the file is GB18030 when all of it is, or
    /// nearly all of its lines are and hardly any line is UTF-8, and when most of its double bytes are such as everyday
    /// Chinese has; a file in Latin-1 or one that mixes encodings is left as UTF-8, so that its rows are refused instead of being stored as garbage.
    ///
    /// - Throws: `CSVError.unsupportedEncoding` for UTF-32.
    public init(sample: [UInt8], isWholeFile: Bool) throws(CSVError) {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) {
            (encoding, byteOrderMark) = (.utf8, 3)
        } else if sample.starts(with: [0xFF, 0xFE, 0, 0]) || sample.starts(with: [0, 0, 0xFE, 0xFF]) {
            throw .unsupportedEncoding("UTF-32")
        } else if sample.starts(with: [0xFF, 0xFE]) {
            (encoding, byteOrderMark) = (.utf16LittleEndian, 2)
        } else if sample.starts(with: [0xFE, 0xFF]) {
            (encoding, byteOrderMark) = (.utf16BigEndian, 2)
        } else {
            let isChinese = sample.withUnsafeBufferPointer { Self.looksLikeGB18030($0, isWholeFile: isWholeFile) }
            (encoding, byteOrderMark) = (isChinese ? .gb18030 : .utf8, 0)
        }
    }

    private static func looksLikeGB18030(_ bytes: UnsafeBufferPointer<UInt8>, isWholeFile: Bool) -> Bool {
        // The sample may end within a character.
        let tolerated = isWholeFile ? 0 : 3
        guard let damage = UTF8Validation.firstInvalid(bytes), damage < bytes.count - tolerated else { return false }
        var common = 0
        var other = 0
        var index = 0
        // A line in which something is broken; the line feed is never part of a character.
        var broken = 0
        while index < bytes.count {
            switch GB18030.length(bytes, at: index) {
            case .complete(1): index += 1
            case .complete(4):
                // Digits between high bytes do not come about by chance.
                common += 1
                index += 4
            case .complete(let count):
                let (lead, trail) = (bytes[index], bytes[index + 1])
                let everyday = trail >= 0xA1 && (0xA1...0xA3 ~= lead || 0xB0...0xF7 ~= lead)
                if everyday { common += 1 } else { other += 1 }
                index += count
            case .incomplete:
                if isWholeFile { broken += 1 }
                index = bytes.count
            case .invalid:
                broken += 1
                index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
            }
        }
        return common > 4 * other && (broken == 0 || isNearlyAllChinese(bytes, broken: broken))
    }

    /// Whether a file with some broken lines is GB18030 all the same: most lines are, and hardly any is UTF-8.
    private static func isNearlyAllChinese(_ bytes: UnsafeBufferPointer<UInt8>, broken: Int) -> Bool {
        var foreign = 0
        var unicode = 0
        for line in bytes.split(separator: 0x0A) where line.contains(where: { $0 >= 0x80 }) {
            foreign += 1
            if UTF8Validation.firstInvalid(UnsafeBufferPointer(rebasing: line)) == nil { unicode += 1 }
        }
        return foreign >= 3 * broken && 20 * unicode <= foreign
    }
}

/// Checks bytes for UTF-8.
enum UTF8Validation {
    /// The place of the first byte that is not part of valid UTF-8; nil when all are.
    static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        let count = bytes.count
        func continues(_ offset: Int) -> Bool { index + offset < count && bytes[index + offset] & 0xC0 == 0x80 }
        while index < count {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                continue
            }
            switch byte {
            case 0xE1...0xEC, 0xEE...0xEF:
                guard continues(1), continues(2) else { return index }
                index += 3
            case 0xC2...0xDF:
                guard continues(1) else { return index }
                index += 2
            case 0xE0, 0xED:
                guard continues(1), continues(2), (byte == 0xE0) == (bytes[index + 1] >= 0xA0) else { return index }
                index += 3
            case 0xF0...0xF4:
                guard continues(1), continues(2), continues(3), byte != 0xF0 || bytes[index + 1] >= 0x90,
                    byte != 0xF4 || bytes[index + 1] < 0x90
                else { return index }
                index += 4
            default: return index
            }
        }
        return nil
    }
}

/// The structure of GB 18030.
enum GB18030 {
    enum Length {
        case complete(Int)
        case incomplete
        case invalid
    }

    /// The length of the character at a place.
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Length {
        let lead = bytes[index]
        if lead < 0x80 { return .complete(1) }
        guard lead != 0x80, lead != 0xFF else { return .invalid }
        guard index + 1 < bytes.count else { return .incomplete }
        switch bytes[index + 1] {
        case 0x40...0x7E, 0x80...0xFE: return .complete(2)
        case 0x30...0x39:
            guard index + 2 < bytes.count else { return .incomplete }
            guard 0x81...0xFE ~= bytes[index + 2] else { return .invalid }
            guard index + 3 < bytes.count else { return .incomplete }
            return 0x30...0x39 ~= bytes[index + 3] ? .complete(4) : .invalid
        default: return .invalid
        }
    }
}
