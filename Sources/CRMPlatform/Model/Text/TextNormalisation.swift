import Foundation

/// Brings texts that mean the same to the same form: for search, for duplicate rules, for lenient input.
///
/// Nothing here changes what is stored; the forms are made beside the stored text.
public enum TextNormalisation {
    /// Full-width ASCII (１Ａ，) and the ideographic space become their half-width forms; all else stays.
    public static func halfWidth(_ text: some StringProtocol) -> String {
        // Both begin with the bytes E3 or EF; texts without them are given back as they are.
        guard text.utf8.contains(where: { $0 == 0xEF || $0 == 0xE3 }) else { return String(text) }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(halfWidth(scalar)) }
        return String(result)
    }

    static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000: " "
        case 0xFFE5: "¥"
        case 0xFFE1: "£"
        default: scalar
        }
    }

    /// Whether a scalar leaves no mark on paper: white space of any kind, zero-width signs, the byte order mark.
    package static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09...0x0D, 0x85, 0xA0: true
        case 0..<0x1680: false
        case 0x200B...0x200F, 0xFEFF, 0x2060: true
        default: scalar.properties.isWhitespace
        }
    }

    /// The text without invisible signs at its ends: white space, the ideographic space, zero-width signs.
    public static func trimmed(_ text: some StringProtocol) -> String {
        let utf8 = Substring(text).utf8
        if let first = utf8.first, let last = utf8.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F {
            return String(text)
        }
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, isInvisible(first) { scalars.removeFirst() }
        while let last = scalars.last, isInvisible(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// Whether nothing would be seen of the text.
    public static func isBlank(_ text: some StringProtocol) -> Bool {
        if let first = text.utf8.first, beginsVisibly(first) { return false }
        return text.unicodeScalars.allSatisfy(isInvisible)
    }

    /// Whether a byte begins a sign that is seen for certain: one of ASCII, or one of U+4000…U+9FFF, as nearly every Chinese
    /// character is.
    package static func beginsVisibly(_ byte: UInt8) -> Bool { byte &- 0x21 < 0x5E || 0xE4...0xE9 ~= byte }

    /// Whether a sign belongs to a script that is written without blanks between words.
    package static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0x20000...0x323AF:
            true
        default: false
        }
    }

    /// The character that stands for a simplified or traditional one in both scripts.
    package static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar { ScriptTable.folded(scalar) }

    /// The form in which texts are searched: half-width, lower case, of one script, without accents, ligatures taken apart.
    ///
    /// The stored text and the words searched for go through it alike, so `é`, `É`, `e` and a letter with a combining
    /// accent find each other, as do `straße` and `STRASSE`, 發 and 发. Zero-width signs fall away. With
    /// `keepingScript` simplified and traditional characters stay as they are; the forms have the same length then.
    public static func searchForm(_ text: some StringProtocol, keepingScript: Bool = false) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case 0..<0x80: result.append(scalar)
            case 0x3400...0x9FFF: result.append(keepingScript ? scalar : ScriptTable.folded(scalar))
            case 0x20000...0x2F7FF, 0x30000...0x3FFFF: result.append(scalar)
            case 0x3000, 0xFF01...0xFF5E:
                let half = halfWidth(scalar)
                result.append(0x41...0x5A ~= half.value ? Unicode.Scalar(UInt8(half.value) | 0x20) : half)
            default: return slowSearchForm(text, keepingScript)
            }
        }
        return String(result)
    }

    private static func slowSearchForm(_ text: some StringProtocol, _ keepingScript: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in String(text).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF: break
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0xAD, 0xFE00...0xFE0F: break
            case 0xDF: result.append(contentsOf: "ss".unicodeScalars)
            case 0x131: result.append("i")
            default: result.append(keepingScript ? scalar : ScriptTable.folded(scalar))
            }
        }
        return String(result).precomposedStringWithCanonicalMapping
    }

    /// Half-width and lower case, composed, without zero-width signs; accents and scripts stay.
    static func lowerForm(_ text: some StringProtocol) -> String {
        if let plain = text.utf8.withContiguousStorageIfAvailable(lowerOfASCII) {
            if let plain { return plain }
        } else if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return String(decoding: text.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
        }
        // What is composed with nothing and has one form alone is taken sign by sign, as nearly every text of people.
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case 0..<0x80, 0x3400...0x9FFF: result.append(scalar)
            case 0x3000, 0xFF01...0xFF5E:
                let half = halfWidth(scalar)
                result.append(0x41...0x5A ~= half.value ? Unicode.Scalar(UInt8(half.value) | 0x20) : half)
            default: return slowLowerForm(text)
            }
        }
        return String(result)
    }

    /// The small letters of a text of ASCII alone; nil when there is anything else in it.
    private static func lowerOfASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(unsafeUninitializedCapacity: bytes.count) { room in
            for index in bytes.indices {
                let byte = bytes[index]
                room.initializeElement(at: index, to: byte &- 0x41 < 26 ? byte | 0x20 : byte)
            }
            return bytes.count
        }
    }

    private static func slowLowerForm(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for scalar in String(text).precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0xAD, 0xFE00...0xFE0F: break
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether a sign is one of the dashes that people and programs write for the one of the keyboard.
    static func isDash(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: true
        default: false
        }
    }

    /// The text with the dash of the keyboard for every other one.
    package static func withPlainDashes(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDash) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isDash($0) ? "-" : $0 }))
    }

    /// The ways of writing in which the code that a text means may stand, the likeliest first: codes are of capitals or of small
    /// letters, and those of rules and of earlier versions may have dashes of their own.
    package static func codes(_ text: String) -> [String] {
        let plain = halfWidth(trimmed(text))
        var codes: [String] = []
        for code in [withPlainDashes(plain), plain] {
            for written in [code, code.uppercased(), code.lowercased()] where !codes.contains(written) {
                codes.append(written)
            }
        }
        return codes
    }
}
