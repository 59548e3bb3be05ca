public import CRMModel

/// Amounts of money in English words, as invoices and letters of credit have them.
public enum EnglishAmount {
    /// The greatest amount, without its sign, that there are words for.
    public static let limit = "999,999,999,999.99"

    /// The amount in words: 1,234.56 is `ONE THOUSAND TWO HUNDRED AND THIRTY-FOUR AND CENTS FIFTY-SIX`.
    ///
    /// The text names no currency and does not end in `ONLY`; amounts without cents have none. Zero is `ZERO`, 0.05 is
    /// `ZERO AND CENTS FIVE`, negative amounts begin with `MINUS`.
    ///
    /// - Returns: Nil when the amount has a fraction of a cent, because a document must not show a rounded sum, and when
    ///   it is greater than ``limit``.
    public static func words(_ amount: FixedDecimal) -> String? {
        guard let (whole, cents) = AmountParts.wholeAndHundredths(amount), whole < 1_000_000_000_000 else { return nil }
        var text = amount.isNegative && (whole > 0 || cents > 0) ? "MINUS " : ""
        text += words(whole)
        if cents > 0 { text += " AND CENTS " + words(belowHundred: Int(cents)) }
        return text
    }

    private static func words(_ number: UInt64) -> String {
        guard number > 0 else { return "ZERO" }
        var parts: [String] = []
        var rest = number
        for (unit, name) in units where rest >= unit {
            parts.append(words(belowThousand: Int(rest / unit)) + " " + name)
            rest %= unit
        }
        if rest > 0 {
            let last = words(belowThousand: Int(rest))
            // ONE MILLION AND ONE, but ONE MILLION ONE HUNDRED AND ONE.
            parts.append(rest < 100 && !parts.isEmpty ? "AND " + last : last)
        }
        return parts.joined(separator: " ")
    }

    private static func words(belowThousand number: Int) -> String {
        guard number >= 100 else { return words(belowHundred: number) }
        let hundreds = ones[number / 100] + " HUNDRED"
        return number % 100 == 0 ? hundreds : hundreds + " AND " + words(belowHundred: number % 100)
    }

    private static func words(belowHundred number: Int) -> String {
        guard number >= 20 else { return ones[number] }
        return tens[number / 10] + (number % 10 == 0 ? "" : "-" + ones[number % 10])
    }

    private static let units: [(UInt64, String)] = [
        (1_000_000_000, "BILLION"), (1_000_000, "MILLION"), (1000, "THOUSAND"),
    ]

    private static let ones = [
        "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE",
        "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN",
    ]

    private static let tens = [
        "", "", "TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY",
    ]
}

/// An amount taken apart for its words.
enum AmountParts {
    /// The whole units and the hundredths of the amount without its sign, nil when it has smaller parts.
    static func wholeAndHundredths(_ amount: FixedDecimal) -> (whole: UInt64, hundredths: UInt64)? {
        guard let exact = amount.rescaledExactly(to: min(amount.scale, 2)) else { return nil }
        let divisor: UInt64 = exact.scale == 2 ? 100 : (exact.scale == 1 ? 10 : 1)
        let (whole, part) = exact.units.magnitude.quotientAndRemainder(dividingBy: divisor)
        return (whole, part * (100 / divisor))
    }
}
