internal import CRMModel

/// The currency or the ten thousands that a number format shows beside the number.
struct CellUnit: Hashable {
    /// What a text of the number begins with, such as `USD ` or `¥`.
    private(set) var prefix = ""
    /// What it ends with, such as `万`.
    private(set) var suffix = ""

    /// The currencies of locales, by their number in hexadecimal.
    private static let currencies = [
        "804": "CNY", "411": "JPY", "409": "USD", "c04": "HKD", "404": "TWD", "1004": "SGD", "1009": "CAD",
        "c0c": "CAD",
        "c09": "AUD", "1409": "NZD", "1404": "MOP", "809": "GBP",
    ]

    /// Whether a text beside a number is nothing but a currency, ten thousands or thousands.
    static func isWhole(_ text: String, _ locale: String) -> Bool {
        let word = TextNormalisation.halfWidth(text)
        let rest = word.drop { "万萬亿億".contains($0) }
        if rest.isEmpty || CurrencyMark(rest) != nil || currencies[locale] != nil { return true }
        guard let unit = HeadingUnit(ComparableForm.heading.form(of: word)) else { return false }
        return unit.exponent != 0 && unit.measure == nil && !word.contains("/")
    }

    /// Looks at the texts of a format, each with the locale beside it; nil when none of them is a unit.
    ///
    /// Ten thousands count only when the number is not shrunk for show: then `12` shown as `12万` means 120,000.
    init?(_ literals: [(text: String, locale: String)], isShrunk: Bool) {
        for (text, locale) in literals {
            var word = TextNormalisation.halfWidth(TextNormalisation.trimmed(text))
            while let first = word.first, "万萬亿億".contains(first) {
                if !isShrunk { suffix.append(first) }
                word.removeFirst()
            }
            guard let mark = CurrencyMark(word) else {
                // Thousands, a k behind the number: what the reader of numbers does not take is refused, not dropped.
                let unit = HeadingUnit(ComparableForm.heading.form(of: word))
                if !isShrunk, let unit, unit.exponent != 0 { suffix += word }
                continue
            }
            if let code = Self.currencies[locale], code == mark.code || mark.others.contains(code) {
                prefix = code + " "
            } else {
                prefix = mark.others.isEmpty ? mark.code + " " : word.uppercased()
            }
        }
        if prefix.isEmpty, suffix.isEmpty { return nil }
    }
}
