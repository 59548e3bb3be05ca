internal import CRMModel

/// The currency or the ten thousands that a number format shows beside the number.
struct CellUnit: Hashable {
    /// What a text of the number begins with, such as `USD ` or `¥`.
    private(set) var prefix = ""
    /// What it ends with, such as `万`.
    private(set) var suffix = ""
    /// How many powers of ten smaller the number is shown than it is.
    private(set) var shrinking = 0
    /// What the number ends with as it is shown: `万` also where it is shown as ten thousands of what it is.
    private(set) var shownSuffix = ""

    /// The dollar that stands before a number.
    static let dollar = CellUnit(before: "$")

    private init(before prefix: String) { self.prefix = prefix }

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

    /// Looks at the texts of a format, each with the locale beside it; nil when nothing of it changes what the number means.
    ///
    /// Ten thousands count only when the number is not shrunk for show: then `12` shown as `12万` means 120,000.
    init?(_ literals: [(text: String, locale: String)], shrinking: Int) {
        self.shrinking = shrinking
        for (text, locale) in literals {
            let whole = TextNormalisation.halfWidth(TextNormalisation.trimmed(text))
            let word = String(whole.drop { "万萬亿億".contains($0) })
            let multiple = whole.dropLast(word.count)
            guard let mark = CurrencyMark(word) else {
                // Thousands, a k behind the number: what the reader of numbers does not take is refused, not dropped.
                let unit = HeadingUnit(ComparableForm.heading.form(of: word))
                add(multiple + (unit.map { $0.exponent != 0 } == true ? word : ""))
                continue
            }
            // What is counted in ten thousands stands behind them: 万元.
            if !multiple.isEmpty {
                shownSuffix += whole
                suffix += shrinking > 0 ? word : whole
            } else if let code = Self.currencies[locale], code == mark.code || mark.others.contains(code) {
                prefix = code + " "
            } else {
                prefix = mark.others.isEmpty ? mark.code + " " : word.uppercased()
            }
        }
        if prefix.isEmpty, suffix.isEmpty, shrinking == 0 { return nil }
    }

    private mutating func add(_ word: some StringProtocol) {
        shownSuffix += word
        if shrinking == 0 { suffix += word }
    }

    /// What the cell shows of a number.
    func shown(_ number: CellNumber) -> CellShown {
        CellShown(
            number: prefix + number.text() + suffix,
            text: number.text(),
            multiple: shrinking == 0 ? nil : prefix + number.text(shift: -shrinking) + shownSuffix
        )
    }
}
