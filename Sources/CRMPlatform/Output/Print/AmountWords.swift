public import CRMModel

/// Amounts of money in words, in the manner of a language's documents.
public enum AmountWords {
    /// The amount in words: ``EnglishAmount`` for English, ``ChineseAmount`` in the characters of zh-CN or zh-TW.
    ///
    /// - Parameters:
    ///   - amount: The amount.
    ///   - language: The language of the words.
    /// - Returns: The words, without a currency.
    /// - Throws: `PlatformError` `invalidInput` when the amount has a fraction of a hundredth, or is greater than there
    ///   are words for; the message names the limit.
    public static func text(_ amount: FixedDecimal, in language: Language) throws(PlatformError) -> String {
        let words =
            switch language {
            case .en: EnglishAmount.words(amount)
            case .zhCN: ChineseAmount.capital(amount)
            case .zhTW: ChineseAmount.capital(amount, in: .traditional)
            }
        if let words { return words }
        let shown: Message.Argument = .text(amount.formatted(grouping: true))
        guard AmountParts.wholeAndHundredths(amount) != nil else {
            throw PlatformError(.invalidInput, Message(.amountFraction, ["amount": shown]))
        }
        throw PlatformError(
            .invalidInput,
            Message(.amountTooGreat, ["amount": shown, "limit": .text(EnglishAmount.limit)])
        )
    }
}
