/// The arithmetic of expressions on 64-bit units, the same here and in the SQL that the query compiler writes.
///
/// A number of a node has a scale that the checker knows. A sum has the greater scale of its parts; a product the sum of
/// the scales, at most 9, rounded half away from zero beyond; a quotient six places more than the greater scale, at
/// most 9, rounded half away from zero; division by zero gives null. A result beyond 64 bits becomes the greatest or the
/// least number, so that comparisons with it come out as they would with the true number, and nothing wraps around.
package enum ExactArithmetic {
    /// The sum, cut at the ends.
    @inline(__always)
    static func add(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? (left < 0 ? .min : .max) : sum
    }

    /// The difference, cut at the ends.
    @inline(__always)
    static func subtract(_ left: Int64, _ right: Int64) -> Int64 {
        let (difference, overflow) = left.subtractingReportingOverflow(right)
        return overflow ? (left < 0 ? .min : .max) : difference
    }

    /// The product, cut at the ends.
    @inline(__always)
    static func multiply(_ left: Int64, _ right: Int64) -> Int64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? ((left < 0) == (right < 0) ? .max : .min) : product
    }

    /// 10^`places`; `places` is within 0…18.
    package static func power(_ places: Int) -> Int64 {
        var result: Int64 = 1
        for _ in 0..<places { result *= 10 }
        return result
    }

    /// `number / 10^places`, a half away from zero; `places` is within 0…18.
    static func round(_ number: Int64, places: Int) -> Int64 {
        guard places > 0 else { return number }
        let divisor = power(places)
        return number / divisor + (number % divisor) / (divisor / 2)
    }

    /// How the places of a quotient are worked out, three at a time, so that the remainder times 1,000 fits 64 bits for
    /// every divisor up to 9.2 × 10^15 units; beyond that the last places are inexact.
    package static func steps(_ shift: Int) -> [Int] {
        var steps = Array(repeating: 3, count: shift / 3)
        if shift % 3 > 0 { steps.append(shift % 3) }
        return steps
    }

    /// `dividend * 10^shift / divisor`, a half away from zero; nil when the divisor is 0.
    static func divide(_ dividend: Int64, _ divisor: Int64, shift: Int) -> Int64? {
        guard divisor != 0 else { return nil }
        let dividend = max(dividend, -.max)
        let divisor = max(divisor, -.max)
        var quotient = dividend / divisor
        var rest = dividend % divisor
        for places in steps(shift) {
            let factor = power(places)
            let product = multiply(rest, factor)
            quotient = add(multiply(quotient, factor), product / divisor)
            rest = product % divisor
        }
        guard rest.magnitude >= divisor.magnitude - rest.magnitude else { return quotient }
        return add(quotient, (rest < 0) == (divisor < 0) ? 1 : -1)
    }
}
