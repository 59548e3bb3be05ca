/// Whether texts have the form of an e-mail address or a telephone number.
package enum ContactForm {
    /// Whether a text has the form `local@domain.tld`, at most 254 bytes (RFC 5321 §4.5.3.1).
    ///
    /// One address and nothing else: without blanks, brackets, a name or `mailto:` before it; no dot at an end or beside
    /// another; labels of the domain without a dash at an end.
    package static func isEmail(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            guard bytes.count <= 254 else { return false }
            let (at, dot, dash) = (UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: "-"))
            var isDomain = false
            var dots = 0
            // The beginning is as a dot: neither may stand before one.
            var previous = dot
            for byte in bytes {
                switch byte {
                case 0...0x20, 0x7F: return false
                case at:
                    guard !isDomain, previous != dot else { return false }
                    isDomain = true
                    previous = dot
                    continue
                case dot:
                    guard previous != dot, !isDomain || previous != dash else { return false }
                    if isDomain { dots += 1 }
                case dash where isDomain:
                    guard previous != dot else { return false }
                default:
                    guard byte >= 0x80 || (isDomain ? isLetterOrDigit(byte) : !isSeparator(byte)) else { return false }
                }
                previous = byte
            }
            return isDomain && dots > 0 && previous != dot && previous != dash
        }
    }

    /// The signs that RFC 5322 keeps for what stands around addresses.
    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\\"),
            UInt8(ascii: "\""):
            true
        default: false
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
    }

    /// Whether a text is a telephone number: 3 to 20 digits with the signs people put between, and an extension.
    ///
    /// `ext`, `extn` or `extension` may stand before the extension as 转 and 分机 may. A number with one digit behind a dot
    /// at its end (`13900000001.0`) is what a spreadsheet makes of a number, and none.
    package static func isPhone(_ text: String) -> Bool {
        var digits = 0
        var letters = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9":
                digits += 1
            case "a"..."z", "A"..."Z":
                letters.unicodeScalars.append(scalar)
            case "+", "-", "(", ")", " ", "/", ".", "#", "*", ",", "转", "轉", "分", "机", "機": break
            default: return false
            }
        }
        guard (3...20).contains(digits) else { return false }
        guard letters.isEmpty || ["x", "ext", "extn", "extension"].contains(letters.lowercased()) else { return false }
        return !isDecimal(text)
    }

    private static func isDecimal(_ text: String) -> Bool {
        let signs = text.utf8
        guard signs.count > 2, signs.dropLast().last == UInt8(ascii: ".") else { return false }
        return signs.dropLast(2).allSatisfy { 0x30...0x39 ~= $0 } && signs.last.map { 0x30...0x39 ~= $0 } ?? false
    }
}
