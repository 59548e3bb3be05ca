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
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
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
        text.unicodeScalars.allSatisfy(isInvisible)
    }

    /// The form in which texts are searched: half-width, lower case, without accents, ligatures taken apart.
    ///
    /// The stored text and the words searched for go through it alike, so `é`, `É`, `e` and a letter with a combining
    /// accent find each other, as do `straße` and `STRASSE`. Zero-width signs fall away.
    public static func searchForm(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
            case 0..<0x80: result.append(scalar)
            case 0x3400...0x9FFF, 0x20000...0x3FFFF: result.append(scalar)
            case 0x3000, 0xFF01...0xFF5E:
                let half = halfWidth(scalar)
                result.append(0x41...0x5A ~= half.value ? Unicode.Scalar(UInt8(half.value) | 0x20) : half)
            default: return slowSearchForm(text)
            }
        }
        return String(result)
    }

    private static func slowSearchForm(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        for scalar in String(text).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF: break
            case 0x200B...0x200F, 0x2060, 0xFEFF, 0xAD, 0xFE00...0xFE0F: break
            case 0xDF: result.append(contentsOf: "ss".unicodeScalars)
            case 0x131: result.append("i")
            default: result.append(scalar)
            }
        }
        return String(result).precomposedStringWithCanonicalMapping
    }
}
