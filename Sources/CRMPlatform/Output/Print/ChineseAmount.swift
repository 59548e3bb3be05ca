public import CRMModel

/// Amounts of money in Chinese capital numerals (人民币大写), as contracts and receipts have them.
public enum ChineseAmount {
    /// The amount in capital numerals: 10,409.02 is `壹万零肆佰零玖元零贰分`.
    ///
    /// The text has no leading `人民币`. Amounts without 分 end in `整`; zero is `零元整`; negative amounts begin with
    /// `负`. A zero that the banks' rule leaves to the writer (10.50, 107,000) is left out.
    ///
    /// - Returns: Nil when the amount has a fraction of a 分, because a contract must not show a rounded sum.
    public static func capital(_ amount: FixedDecimal) -> String? {
        guard let hundredths = amount.rescaledExactly(to: min(amount.scale, 2)) else { return nil }
        let magnitude = hundredths.units.magnitude
        let divisor: UInt64 = hundredths.scale == 2 ? 100 : (hundredths.scale == 1 ? 10 : 1)
        let whole = magnitude / divisor
        let fen = magnitude % divisor * (100 / divisor)
        let (tenths, hundredth) = (Int(fen / 10), Int(fen % 10))
        var text = amount.isNegative ? "负" : ""
        if whole > 0 { text += numerals(whole) + "元" }
        if whole == 0, fen == 0 { text += "零元" }
        if tenths > 0 {
            text += digits[tenths] + "角"
        } else if whole > 0, hundredth > 0 {
            text += "零"
        }
        return text + (hundredth > 0 ? digits[hundredth] + "分" : "整")
    }

    /// A whole number in capital numerals without a unit: 10,000 is `壹万`, 0 is `零`.
    static func numerals(_ number: UInt64) -> String {
        if number >= 100_000_000 { return joined(number, at: 100_000_000, unit: "亿") }
        if number >= 10_000 { return joined(number, at: 10_000, unit: "万") }
        guard number > 0 else { return "零" }
        var text = ""
        var zeroIsDue = false
        for (divisor, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = Int(number) / divisor % 10
            if digit == 0 {
                zeroIsDue = !text.isEmpty
            } else {
                text += (zeroIsDue ? "零" : "") + digits[digit] + unit
                zeroIsDue = false
            }
        }
        return text
    }

    private static func joined(_ number: UInt64, at divisor: UInt64, unit: String) -> String {
        let (high, low) = number.quotientAndRemainder(dividingBy: divisor)
        let text = numerals(high) + unit
        guard low > 0 else { return text }
        return text + (low < divisor / 10 ? "零" : "") + numerals(low)
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]
}
