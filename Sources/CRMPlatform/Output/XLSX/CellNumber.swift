/// The number of a cell, digit by digit, so that it never goes through binary arithmetic.
///
/// Spreadsheets calculate in binary and keep 15 digits; a file may still carry up to 17 (`0.30000000000000004`). A number
/// with a fraction or an exponent is therefore rounded to 15 significant digits, as the spreadsheet itself shows it. A
/// whole number is taken as it is written.
struct CellNumber {
    /// The digits that spreadsheets keep.
    static let significantDigits = 15

    /// The significant digits as ASCII, without zeros at the ends; empty for zero.
    private(set) var digits: [UInt8] = []
    /// Where the point stands: the number is `0.digits` times ten to this power.
    private(set) var point = 0
    private(set) var isNegative = false
    /// Whether the number is so long that the spreadsheet has replaced its last digits by zeros.
    private(set) var isCutOff = false

    /// Reads a number as workbooks write it; nil when it is none.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            index = 1
        }
        var seen = 0
        var places = 0
        var hasPoint = false
        digits.reserveCapacity(24)
        while index < text.count {
            let byte = text[index]
            if byte &- 0x30 < 10 {
                seen += 1
                if hasPoint { places += 1 }
                if byte != 0x30 || !digits.isEmpty { digits.append(byte) }
            } else if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else {
                break
            }
            index += 1
        }
        guard seen > 0, seen <= 400 else { return nil }
        point = digits.count - places
        var exponent = 0
        let hasExponent = index < text.count
        if hasExponent {
            guard text[index] | 0x20 == UInt8(ascii: "e") else { return nil }
            let power = String(decoding: text[(index + 1)...], as: UTF8.self)
            guard let number = Int(power), -400...400 ~= number else { return nil }
            exponent = number
        }
        point += exponent
        if hasPoint || hasExponent {
            round()
            isCutOff = point > Self.significantDigits
        } else {
            isCutOff =
                digits.count > Self.significantDigits
                && digits[Self.significantDigits...].allSatisfy { $0 == 0x30 }
        }
        while digits.last == 0x30 { digits.removeLast() }
        if digits.isEmpty { (point, isNegative, isCutOff) = (0, false, false) }
    }

    private mutating func round() {
        guard digits.count > Self.significantDigits else { return }
        let isUp = digits[Self.significantDigits] >= UInt8(ascii: "5")
        digits.removeLast(digits.count - Self.significantDigits)
        guard isUp else { return }
        var index = digits.count - 1
        while index >= 0, digits[index] == UInt8(ascii: "9") {
            digits[index] = UInt8(ascii: "0")
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(UInt8(ascii: "1"), at: 0)
            point += 1
        }
    }

    /// Whether the number has no fraction.
    var isWhole: Bool { point >= digits.count }

    /// Writes the number without an exponent.
    ///
    /// - Parameters:
    ///   - buffer: What is written to.
    ///   - shift: By how many places the point is moved to the right.
    ///   - width: The least number of digits before the point.
    func write(into buffer: inout [UInt8], shift: Int = 0, width: Int = 1) {
        let point = digits.isEmpty ? 0 : self.point + shift
        if isNegative { buffer.append(UInt8(ascii: "-")) }
        for _ in 0..<max(0, width - max(0, point)) { buffer.append(0x30) }
        if point > 0 {
            buffer.append(contentsOf: digits.prefix(point))
            for _ in 0..<max(0, point - digits.count) { buffer.append(0x30) }
        }
        guard digits.count > max(0, point) else { return }
        buffer.append(UInt8(ascii: "."))
        for _ in 0..<max(0, -point) { buffer.append(0x30) }
        buffer.append(contentsOf: digits.dropFirst(max(0, point)))
    }
}
