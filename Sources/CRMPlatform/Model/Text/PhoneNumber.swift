/// A telephone number as people write it, taken apart.
public struct PhoneNumber: Sendable, Hashable {
    /// The digits; numbers of China as they are dialled there (`13800138000`, `01088886666`), others after their `+`.
    public let number: String
    /// The digits of the extension, empty for none.
    public let extensionDigits: String

    /// Reads whatever stands in a text: half-width or full-width digits, and between them blanks, dashes, dots and brackets.
    ///
    /// `+86` and `0086` fall away, and `86` before a whole number of China; `00` before other countries becomes `+`, the
    /// trunk zero in `+44 (0)20` and in `+886 02` falls away. A number with separators is one of abroad without a plus when it
    /// can be nothing else: `852-2345 6789`, `853-…`, `886-2-…`, and `1-415-555-0100`, of North America by its groups. The
    /// same digits in one piece may be a number of China, and other countries need their plus. What follows 转, 分机, ext, x or #, or a second dash after a whole number with
    /// area code, is the extension.
    public init(_ text: String) {
        if let plain = Self.plainMobile(text) {
            number = plain
            extensionDigits = ""
            return
        }
        let (groups, hasPlus, further) = Self.parts(text)
        var digits = groups.joined()
        var behind = further
        // 027-87654321-801: an area code, a whole number, and more behind it.
        if behind.isEmpty, !hasPlus, groups.count == 3, groups[0].hasPrefix("0"),
            (3...4).contains(groups[0].utf8.count),
            (7...8).contains(groups[1].utf8.count), (1...6).contains(groups[2].utf8.count)
        {
            digits = groups[0] + groups[1]
            behind = groups[2]
        }
        number = Self.canonical(digits, hasPlus: hasPlus || Self.beginWithCountry(groups))
        extensionDigits = number.isEmpty ? "" : behind
    }

    /// The comparable form: the number, and an extension after `x`.
    public var form: String { extensionDigits.isEmpty ? number : number + "x" + extensionDigits }

    /// Most numbers: eleven digits of a mobile number, which are their own form.
    private static func plainMobile(_ text: String) -> String? {
        var copy = text
        return copy.withUTF8 { bytes in
            bytes.count == 11 && bytes[0] == 0x31 && bytes.allSatisfy { 0x30...0x39 ~= $0 }
        } ? copy : nil
    }

    private static func parts(_ text: String) -> (groups: [String], hasPlus: Bool, extensionDigits: String) {
        var groups: [String] = [""]
        var hasPlus = false
        var further: String?
        var isBracketed = false
        for scalar in text.unicodeScalars {
            let sign = TextNormalisation.halfWidth(scalar)
            switch sign {
            case "0"..."9":
                if further == nil {
                    groups[groups.count - 1].unicodeScalars.append(sign)
                } else {
                    further?.unicodeScalars.append(sign)
                }
            case "+" where further == nil && groups == [""]: hasPlus = true
            case "转", "轉", "分", "x", "X", "e", "E", "#":
                if further == nil, groups != [""] { further = "" }
            case "(":
                if further == nil, groups[groups.count - 1] != "" { groups.append("") }
                isBracketed = true
            case ")":
                // +44 (0)20: the zero is dialled within the country only.
                if isBracketed, hasPlus, groups.count > 1, groups[groups.count - 1] == "0" { groups.removeLast() }
                if further == nil, groups[groups.count - 1] != "" { groups.append("") }
                isBracketed = false
            default:
                if further == nil, groups[groups.count - 1] != "", !isBracketed { groups.append("") }
            }
        }
        if groups.count > 1, groups[groups.count - 1].isEmpty { groups.removeLast() }
        return (groups, hasPlus, further ?? "")
    }

    private static func canonical(_ given: String, hasPlus: Bool) -> String {
        var digits = Substring(given)
        var isAbroad = hasPlus
        if !isAbroad, digits.hasPrefix("00"), digits.utf8.count > 8 {
            digits = digits.dropFirst(2)
            isAbroad = true
        }
        if digits.hasPrefix("86"), isAbroad || (12...13).contains(digits.utf8.count) {
            digits = digits.dropFirst(2)
            return domestic(digits, isWhole: true)
        }
        if isAbroad { return digits.isEmpty ? "" : "+" + withoutTrunkZero(digits) }
        return domestic(digits, isWhole: false)
    }

    /// Whether groups without a plus begin with the code of a country, because no number of China is parted so.
    private static func beginWithCountry(_ groups: [String]) -> Bool {
        let counts = groups.map(\.utf8.count)
        let rest = counts.dropFirst().reduce(0, +)
        switch groups[0] {
        case "852", "853": return rest == 8
        case "886": return (8...10).contains(rest)
        case "1": return counts == [1, 3, 3, 4] || counts == [1, 3, 7]
        default: return false
        }
    }

    /// The countries whose numbers are dialled with a zero within them alone.
    private static let trunkZeros = [
        "886", "81", "82", "84", "44", "49", "33", "31", "32", "41", "43", "46", "60", "61", "62", "63", "64", "66",
        "91",
    ]

    /// The digits after a plus without the zero that is dialled within the country.
    private static func withoutTrunkZero(_ digits: Substring) -> String {
        guard let code = trunkZeros.first(where: { digits.hasPrefix($0 + "0") }),
            digits.utf8.count > code.utf8.count + 7
        else { return String(digits) }
        return code + digits.dropFirst(code.utf8.count + 1)
    }

    /// A number of China as it is dialled there: mobile numbers without a zero, those with area code with one.
    private static func domestic(_ digits: Substring, isWhole: Bool) -> String {
        let count = digits.utf8.count
        if count == 12, digits.hasPrefix("01"), isMobile(digits.dropFirst()) { return String(digits.dropFirst()) }
        guard isWhole, !digits.hasPrefix("0"), (9...11).contains(count), !isMobile(digits),
            !(count == 10 && (digits.hasPrefix("400") || digits.hasPrefix("800")))
        else { return String(digits) }
        return "0" + digits
    }

    private static func isMobile(_ digits: Substring) -> Bool {
        digits.utf8.count == 11 && digits.hasPrefix("1") && !digits.hasPrefix("10") && !digits.hasPrefix("12")
    }
}
