/// An exact decimal number: `units / 10^scale`.
///
/// Money, areas and percentages are values of this type; no part of the platform holds them as floating point. Two
/// values are equal when the numbers are (`1.5 == 1.50`), but each keeps the scale it was made with, so that
/// `description` gives back what was written.
public struct FixedDecimal: Sendable {
    /// The number of steps of the last place: 1.50 has 150 units at scale 2.
    public let units: Int64

    @usableFromInline let places: UInt8

    /// The number of places after the point, 0…9.
    @inlinable public var scale: Int { Int(places) }

    /// The greatest number of places.
    public static let maximumScale = 9

    /// Zero without places.
    public static let zero = FixedDecimal(0)

    /// How a result that does not fit its scale is brought to it.
    public enum Rounding: Sendable, Hashable, CaseIterable {
        /// To the nearest; a half goes away from zero (四舍五入).
        case halfUp
        /// To the nearest; a half goes to the even neighbour.
        case halfEven
        /// Towards zero.
        case down
        /// Away from zero.
        case up
    }

    @usableFromInline init(units: Int64, places: UInt8) {
        self.units = units
        self.places = places
    }

    /// Makes the number `units / 10^scale`; nil when the scale is not within 0…9.
    @inlinable public init?(units: Int64, scale: Int) {
        guard scale >= 0, scale <= 9 else { return nil }
        self.init(units: units, places: UInt8(truncatingIfNeeded: scale))
    }

    /// Makes a whole number with scale 0.
    @inlinable public init(_ integer: Int64) {
        self.init(units: integer, places: 0)
    }

    /// Reads the strict form `-?digits(.digits)?` in ASCII, at most nine places, no blanks; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        let value = text.withUTF8 { FixedDecimal(ascii: $0) }
        guard let value else { return nil }
        self = value
    }

    /// Reads the strict form from bytes, as `init(_:)` does from text.
    public init?(ascii bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        let negative = !bytes.isEmpty && bytes[0] == UInt8(ascii: "-")
        if negative { index = 1 }
        var units: Int64 = 0
        var digits = 0
        var decimals = 0
        var seenPoint = false
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "."), !seenPoint, digits > 0 {
                seenPoint = true
                continue
            }
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte &- 0x30)
            // Counting downwards lets the least Int64 be read too.
            let (sum, carry) = product.subtractingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            units = sum
            digits += 1
            if seenPoint { decimals += 1 }
        }
        guard digits > 0, decimals <= Self.maximumScale, !seenPoint || decimals > 0 else { return nil }
        if !negative {
            guard units != Int64.min else { return nil }
            units = -units
        }
        self.init(units: units, places: UInt8(decimals))
    }

    /// Takes over a floating-point number when its shortest decimal form has at most nine places and fits.
    ///
    /// The shortest form is the one that every program prints and that reads back as the same number: 0.1 becomes
    /// exactly 0.1, whereas 0.1 + 0.2 (0.30000000000000004) is refused, as are NaN and the infinities. Whole numbers are
    /// taken up to 2^53, others with at most 15 digits: beyond, floating point no longer tells neighbours apart, and what it
    /// holds need not be what was written.
    public init?(exactly number: Double) {
        guard number.isFinite else { return nil }
        if let integer = Int64(exactly: number), integer.magnitude <= 1 << 53 {
            self.init(integer)
            return
        }
        guard let value = FixedDecimal(scientific: number.description),
            value.significantUnits < 1_000_000_000_000_000
        else { return nil }
        self = value
    }

    /// The units without zeros at their end and without sign.
    private var significantUnits: UInt64 {
        var units = units.magnitude
        while units > 0, units % 10 == 0 { units /= 10 }
        return units
    }

    /// Reads digits with an optional point and an optional exponent; nil unless the result is exact.
    init?(scientific text: String) {
        let parts = text.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        guard let mantissa = parts.first else { return nil }
        guard parts.count == 2 else {
            self.init(String(text))
            return
        }
        var exponentText = String(Substring(parts[1]))
        if exponentText.hasPrefix("+") { exponentText.removeFirst() }
        guard let exponent = Int(exponentText), exponent.magnitude <= 60 else { return nil }
        var negative = false
        var value: Int128 = 0
        var decimals = 0
        var seenPoint = false
        var digits = 0
        for (position, byte) in mantissa.enumerated() {
            if byte == UInt8(ascii: "-"), position == 0 {
                negative = true
            } else if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if byte >= 0x30, byte <= 0x39, digits < 30 {
                value = value * 10 + Int128(byte - 0x30)
                digits += 1
                if seenPoint { decimals += 1 }
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        var scale = decimals - exponent
        while scale > 0, value % 10 == 0, value != 0 {
            value /= 10
            scale -= 1
        }
        if value == 0 { scale = 0 }
        while scale < 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = product
            scale += 1
        }
        guard scale <= Self.maximumScale, let units = Int64(exactly: negative ? -value : value) else { return nil }
        self.init(units: units, places: UInt8(scale))
    }

    /// Whether the number is zero.
    @inlinable public var isZero: Bool { units == 0 }

    /// Whether the number is below zero.
    @inlinable public var isNegative: Bool { units < 0 }

    /// Whether nothing stands after the point but zeros.
    public var isInteger: Bool { units % Self.power(scale) == 0 }

    /// The number as an integer; nil when it has a fraction.
    public var exactInteger: Int64? {
        let (quotient, remainder) = units.quotientAndRemainder(dividingBy: Self.power(scale))
        return remainder == 0 ? quotient : nil
    }

    /// The nearest floating-point number, for charts and for comparing with measured quantities; not for money.
    public var doubleValue: Double { Double(units) / Double(Self.power(scale)) }

    /// 10 to a power within 0…18; other powers are cut to this range.
    static func power(_ exponent: Int) -> Int64 {
        powers[min(max(exponent, 0), 18)]
    }

    private static let powers: [Int64] = {
        var result: [Int64] = [1]
        for index in 0..<18 { result.append(result[index] * 10) }
        return result
    }()
}

extension FixedDecimal: Hashable, Comparable {
    /// The same number with the fewest places.
    var reduced: FixedDecimal {
        var units = units
        var places = places
        while places > 0, units % 10 == 0 {
            units /= 10
            places -= 1
        }
        return FixedDecimal(units: units, places: places)
    }

    /// Numeric equality: the scale does not count.
    public static func == (left: FixedDecimal, right: FixedDecimal) -> Bool {
        if left.places == right.places { return left.units == right.units }
        return left.aligned(right, by: ==)
    }

    /// Numeric order: the scale does not count.
    public static func < (left: FixedDecimal, right: FixedDecimal) -> Bool {
        if left.places == right.places { return left.units < right.units }
        return left.aligned(right, by: <)
    }

    /// Hashes the number, not its scale.
    public func hash(into hasher: inout Hasher) {
        let value = reduced
        hasher.combine(value.units)
        hasher.combine(value.places)
    }

    private func aligned(_ other: FixedDecimal, by compare: (Int128, Int128) -> Bool) -> Bool {
        let common = max(scale, other.scale)
        return compare(
            Int128(units) * Int128(Self.power(common - scale)),
            Int128(other.units) * Int128(Self.power(common - other.scale))
        )
    }
}
