extension FixedDecimal {
    /// The same number with another number of places, rounded when places are lost.
    ///
    /// Nil when the result does not fit or the scale is not within 0…9.
    public func rescaled(to scale: Int, rounding: Rounding = .halfUp) -> FixedDecimal? {
        guard scale >= 0, scale <= Self.maximumScale else { return nil }
        if scale == self.scale { return self }
        if scale > self.scale {
            let (product, overflow) = units.multipliedReportingOverflow(by: Self.power(scale - self.scale))
            return overflow ? nil : FixedDecimal(units: product, scale: scale)
        }
        let quotient = Self.divide(Int128(units), by: Int128(Self.power(self.scale - scale)), rounding: rounding)
        return Int64(exactly: quotient).flatMap { FixedDecimal(units: $0, scale: scale) }
    }

    /// The same number with another number of places; nil when a digit other than zero would be lost.
    public func rescaledExactly(to scale: Int) -> FixedDecimal? {
        guard let result = rescaled(to: scale, rounding: .down), result == self else { return nil }
        return result
    }

    /// The sum, with the greater of both scales; nil on overflow.
    public func adding(_ other: FixedDecimal) -> FixedDecimal? {
        combine(other) { $0 + $1 }
    }

    /// The difference, with the greater of both scales; nil on overflow.
    public func subtracting(_ other: FixedDecimal) -> FixedDecimal? {
        combine(other) { $0 - $1 }
    }

    /// The product at the scale asked for; nil on overflow.
    public func multiplied(by other: FixedDecimal, scale: Int, rounding: Rounding = .halfUp) -> FixedDecimal? {
        guard scale >= 0, scale <= Self.maximumScale else { return nil }
        let product = Int128(units) * Int128(other.units)
        let surplus = self.scale + other.scale - scale
        let result: Int128
        if surplus >= 0 {
            result = Self.divide(product, by: Int128(Self.power(surplus)), rounding: rounding)
        } else {
            let (scaled, overflow) = product.multipliedReportingOverflow(by: Int128(Self.power(-surplus)))
            guard !overflow else { return nil }
            result = scaled
        }
        return Int64(exactly: result).flatMap { FixedDecimal(units: $0, scale: scale) }
    }

    /// The quotient at the scale asked for; nil on overflow and on division by zero.
    public func divided(by other: FixedDecimal, scale: Int, rounding: Rounding = .halfUp) -> FixedDecimal? {
        guard scale >= 0, scale <= Self.maximumScale, !other.isZero else { return nil }
        let shift = scale + other.scale - self.scale
        var dividend = Int128(units)
        var divisor = Int128(other.units)
        if shift >= 0 {
            dividend *= Int128(Self.power(shift))
        } else {
            divisor *= Int128(Self.power(-shift))
        }
        let quotient = Self.divide(dividend, by: divisor, rounding: rounding)
        return Int64(exactly: quotient).flatMap { FixedDecimal(units: $0, scale: scale) }
    }

    /// The number with the other sign; nil only for the least representable number.
    public var negated: FixedDecimal? {
        units == Int64.min ? nil : FixedDecimal(units: -units, places: places)
    }

    /// The number without its sign; nil only for the least representable number.
    public var magnitude: FixedDecimal? {
        isNegative ? negated : self
    }

    private func combine(_ other: FixedDecimal, with operation: (Int128, Int128) -> Int128) -> FixedDecimal? {
        let common = max(scale, other.scale)
        let result = operation(
            Int128(units) * Int128(Self.power(common - scale)),
            Int128(other.units) * Int128(Self.power(common - other.scale))
        )
        return Int64(exactly: result).flatMap { FixedDecimal(units: $0, scale: common) }
    }

    private static func divide(_ dividend: Int128, by divisor: Int128, rounding: Rounding) -> Int128 {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        guard remainder != 0 else { return quotient }
        let away: Int128 = (dividend < 0) == (divisor < 0) ? 1 : -1
        let rest = remainder.magnitude
        let half = divisor.magnitude - rest
        switch rounding {
        case .down: return quotient
        case .up: return quotient + away
        case .halfUp: return rest >= half ? quotient + away : quotient
        case .halfEven:
            if rest == half { return quotient % 2 == 0 ? quotient : quotient + away }
            return rest > half ? quotient + away : quotient
        }
    }
}

extension FixedDecimal: CustomStringConvertible {
    /// The digits with the places of the scale: `1234.50`, `-0.05`, `7`.
    public var description: String { formatted(grouping: false) }

    /// The digits with the places of the scale, with `,` between groups of three when asked: `1,234.50`.
    public func formatted(grouping: Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(28)
        write(into: &bytes, grouping: grouping)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `formatted(grouping:)` to a byte buffer.
    public func write(into buffer: inout [UInt8], grouping: Bool = false) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { digits in
            // Written from the last digit to the first.
            var position = digits.count
            var rest = units.magnitude
            var written = 0
            repeat {
                let place = written - scale
                if place == 0, scale > 0 {
                    position -= 1
                    digits[position] = UInt8(ascii: ".")
                } else if grouping, place > 0, place % 3 == 0 {
                    position -= 1
                    digits[position] = UInt8(ascii: ",")
                }
                position -= 1
                digits[position] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
                rest /= 10
                written += 1
            } while rest > 0 || written <= scale
            if units < 0 {
                position -= 1
                digits[position] = UInt8(ascii: "-")
            }
            buffer.append(contentsOf: digits[position...])
        }
    }
}
