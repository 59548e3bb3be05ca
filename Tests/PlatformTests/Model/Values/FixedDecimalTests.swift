import CRMModel
import Testing

struct FixedDecimalTests {
    @Test(
        "the strict form is read with its places and given back as it was",
        arguments: [
            "0", "7", "-7", "1.5", "1.50", "-0.05", "1234.50", "0.000000001", "9223372036854775807",
            "-9223372036854775808", "92233720368.54775807",
        ]
    )
    func roundTrip(text: String) throws {
        #expect(try #require(FixedDecimal(text)).description == text)
    }

    @Test(
        "what is not the strict form is refused",
        arguments: [
            "", "-", ".5", "5.", "+1", " 1", "1 ", "1,5", "1e3", "0x1", "NaN", "--1", "1.2.3", "１", "٣",
            "1.0000000000", "9223372036854775808", "-9223372036854775809", "92233720368547758070", "1-", "-.5",
        ]
    )
    func refused(text: String) {
        #expect(FixedDecimal(text) == nil)
    }

    @Test("a scale outside 0…9 makes no number")
    func scaleRange() {
        #expect(FixedDecimal(units: 1, scale: -1) == nil)
        #expect(FixedDecimal(units: 1, scale: 10) == nil)
        #expect(FixedDecimal(units: 1, scale: 9)?.description == "0.000000001")
    }

    @Test("1.5 and 1.50 are one number, with one hash, and keep their texts")
    func numericEquality() throws {
        let short = try #require(FixedDecimal("1.5"))
        let long = try #require(FixedDecimal("1.50"))
        #expect(short == long)
        #expect(short.hashValue == long.hashValue)
        #expect(Set([short, long]).count == 1)
        #expect(long.description == "1.50")
        #expect(FixedDecimal(0) == FixedDecimal(units: 0, scale: 4))
    }

    @Test("order is that of numbers, also where scales and 64 bits would not allow it")
    func order() throws {
        let numbers = try ["-9223372036854775808", "-1.01", "-1", "0.9", "0.99", "1.000", "1.1", "9223372036854775807"]
            .map { try #require(FixedDecimal($0)) }
        #expect(numbers.shuffled().sorted().map(\.description) == numbers.map(\.description))
        let huge = FixedDecimal(Int64.max)
        let tiny = try #require(FixedDecimal(units: 1, scale: 9))
        #expect(tiny < huge)
    }

    @Test(
        "rounding follows each rule on both sides of zero",
        arguments: [
            ("2.345", FixedDecimal.Rounding.halfUp, "2.35"), ("-2.345", .halfUp, "-2.35"), ("2.344", .halfUp, "2.34"),
            ("2.345", .halfEven, "2.34"), ("2.355", .halfEven, "2.36"), ("-2.345", .halfEven, "-2.34"),
            ("2.3451", .halfEven, "2.35"), ("2.349", .down, "2.34"), ("-2.349", .down, "-2.34"), ("2.341", .up, "2.35"),
            ("-2.341", .up, "-2.35"), ("2.340", .up, "2.34"),
        ]
    )
    func rounding(text: String, rule: FixedDecimal.Rounding, expected: String) throws {
        #expect(try #require(FixedDecimal(text)).rescaled(to: 2, rounding: rule)?.description == expected)
    }

    @Test("a rescale that does not fit gives nothing")
    func rescaleOverflow() throws {
        #expect(FixedDecimal(Int64.max).rescaled(to: 1) == nil)
        #expect(FixedDecimal(1).rescaled(to: 10) == nil)
        #expect(try #require(FixedDecimal("1.50")).rescaledExactly(to: 1)?.description == "1.5")
        #expect(try #require(FixedDecimal("1.55")).rescaledExactly(to: 1) == nil)
    }

    @Test("sums and differences are exact and refuse to overflow")
    func sums() throws {
        let a = try #require(FixedDecimal("0.1"))
        let b = try #require(FixedDecimal("0.25"))
        #expect(a.adding(b)?.description == "0.35")
        #expect(a.subtracting(b)?.description == "-0.15")
        #expect(FixedDecimal(Int64.max).adding(FixedDecimal(1)) == nil)
        #expect(FixedDecimal(Int64.min).subtracting(FixedDecimal(1)) == nil)
        #expect(FixedDecimal(Int64.min).negated == nil)
        #expect(a.negated?.description == "-0.1")
    }

    @Test("products and quotients use more than 64 bits in between")
    func products() throws {
        let price = try #require(FixedDecimal("1200.00"))
        let area = try #require(FixedDecimal("36.5"))
        #expect(price.multiplied(by: area, scale: 2)?.description == "43800.00")
        let large = try #require(FixedDecimal("90000000000.000000"))
        #expect(large.multiplied(by: large, scale: 0) == nil)
        #expect(large.multiplied(by: try #require(FixedDecimal("0.000001")), scale: 2)?.description == "90000.00")
        #expect(FixedDecimal(1).divided(by: FixedDecimal(3), scale: 4)?.description == "0.3333")
        #expect(FixedDecimal(2).divided(by: FixedDecimal(3), scale: 4)?.description == "0.6667")
        #expect(FixedDecimal(-1).divided(by: FixedDecimal(8), scale: 2)?.description == "-0.13")
        #expect(FixedDecimal(1).divided(by: FixedDecimal(0), scale: 2) == nil)
        #expect(FixedDecimal(Int64.min).divided(by: FixedDecimal(-1), scale: 0) == nil)
        #expect(FixedDecimal(Int64.max).multiplied(by: FixedDecimal(Int64.max), scale: 9) == nil)
        #expect(FixedDecimal(3).multiplied(by: FixedDecimal(4), scale: 3)?.description == "12.000")
    }

    @Test("floating point is taken over by its shortest form, or not at all")
    func doubles() {
        #expect(FixedDecimal(exactly: 0.1)?.description == "0.1")
        #expect(FixedDecimal(exactly: 12.5)?.description == "12.5")
        #expect(FixedDecimal(exactly: -0.0)?.description == "0")
        #expect(FixedDecimal(exactly: 1e15)?.description == "1000000000000000")
        #expect(FixedDecimal(exactly: 1e-7)?.description == "0.0000001")
        #expect(FixedDecimal(exactly: 1e17)?.description == "100000000000000000")
        for number in [0.1 + 0.2, .nan, .infinity, -.infinity, 1e300, 1e-10, Double.leastNonzeroMagnitude, 1e19] {
            #expect(FixedDecimal(exactly: number) == nil, "\(number)")
        }
        // 2^53 is the last whole number whose neighbours are told apart; 2^60 would come out as …847000, not …846976.
        #expect(FixedDecimal(exactly: 9_007_199_254_740_992)?.description == "9007199254740992")
        #expect(FixedDecimal(exactly: 1_152_921_504_606_846_976) == nil)
        // Seven times 1,111,111.1 is 7,777,777.7; floating point makes 7777777.700000001 of it.
        #expect(FixedDecimal(exactly: 1_111_111.1 * 7) == nil)
        #expect(FixedDecimal(exactly: 1_234_567_890_123.25)?.description == "1234567890123.25")
        #expect(FixedDecimal(exactly: 123_456_789_012.345678) == nil)
    }

    @Test("integers are told from fractions")
    func integers() throws {
        #expect(try #require(FixedDecimal("12.00")).exactInteger == 12)
        #expect(try #require(FixedDecimal("12.01")).exactInteger == nil)
        #expect(try #require(FixedDecimal("12.00")).isInteger)
        #expect(try #require(FixedDecimal("2.50")).doubleValue == 2.5)
    }

    @Test(
        "groups of three are set from the point to the left",
        arguments: [
            ("0.5", "0.5"), ("999", "999"), ("1000", "1,000"), ("-123456.70", "-123,456.70"),
            ("1234567.89", "1,234,567.89"),
            ("-9223372036854775808", "-9,223,372,036,854,775,808"),
        ]
    )
    func grouping(text: String, expected: String) throws {
        #expect(try #require(FixedDecimal(text)).formatted(grouping: true) == expected)
    }
}
