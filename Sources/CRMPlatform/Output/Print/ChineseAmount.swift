public import CRMModel

/// Amounts of money in Chinese capital numerals (人民币大写), as contracts, cheques and receipts have them.
public enum ChineseAmount {
    /// The characters that numerals are written with.
    public enum Characters: Sendable, Hashable {
        /// 壹贰叁…万亿, as on the mainland.
        case simplified
        /// 壹貳參…萬億, as on Taiwan and in Hong Kong.
        case traditional
    }

    /// The amount in capital numerals: 10,409.02 is `壹万零肆佰零玖元零贰分`.
    ///
    /// The text follows the rules of the banks for cheques (正确填写票据和结算凭证的基本规定). It has no leading `人民币`.
    /// Amounts without 分 end in `整`; zero is `零元整`; negative amounts begin with `负`. A zero that the rules leave to
    /// the writer (10.50, 107,000.53) is left out.
    ///
    /// - Parameters:
    ///   - amount: The amount.
    ///   - characters: The characters of the numerals.
    /// - Returns: Nil when the amount has a fraction of a 分, because a contract must not show a rounded sum.
    public static func capital(_ amount: FixedDecimal, in characters: Characters = .simplified) -> String? {
        guard let (whole, fen) = AmountParts.wholeAndHundredths(amount) else { return nil }
        let signs = Signs(characters)
        let (tenths, hundredth) = (Int(fen / 10), Int(fen % 10))
        var text = amount.isNegative ? signs.minus : ""
        if whole > 0 { text += numerals(whole, signs) + "元" }
        if whole == 0, fen == 0 { text += "零元" }
        if tenths > 0 {
            text += signs.digits[tenths] + "角"
        } else if whole > 0, hundredth > 0 {
            text += "零"
        }
        return text + (hundredth > 0 ? signs.digits[hundredth] + "分" : "整")
    }

    /// A whole number in capital numerals without a unit: 10,000 is `壹万`, 0 is `零`.
    private static func numerals(_ number: UInt64, _ signs: Signs) -> String {
        if number >= 100_000_000 { return joined(number, at: 100_000_000, unit: signs.hundredMillion, signs) }
        if number >= 10_000 { return joined(number, at: 10_000, unit: signs.tenThousand, signs) }
        guard number > 0 else { return "零" }
        var text = ""
        var zeroIsDue = false
        for (divisor, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = Int(number) / divisor % 10
            if digit == 0 {
                zeroIsDue = !text.isEmpty
            } else {
                text += (zeroIsDue ? "零" : "") + signs.digits[digit] + unit
                zeroIsDue = false
            }
        }
        return text
    }

    private static func joined(_ number: UInt64, at divisor: UInt64, unit: String, _ signs: Signs) -> String {
        let (high, low) = number.quotientAndRemainder(dividingBy: divisor)
        let text = numerals(high, signs) + unit
        guard low > 0 else { return text }
        return text + (low < divisor / 10 ? "零" : "") + numerals(low, signs)
    }

    private struct Signs {
        let digits: [String]
        let tenThousand: String
        let hundredMillion: String
        let minus: String

        init(_ characters: Characters) {
            switch characters {
            case .simplified:
                digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]
                (tenThousand, hundredMillion, minus) = ("万", "亿", "负")
            case .traditional:
                digits = ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"]
                (tenThousand, hundredMillion, minus) = ("萬", "億", "負")
            }
        }
    }
}
