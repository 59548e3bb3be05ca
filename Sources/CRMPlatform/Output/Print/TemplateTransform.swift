internal import CRMModel

/// What a template may do to a value: `{{rmb(total)}}`, `{{plusone(index())}}`.
enum TemplateTransform: String, Sendable, CaseIterable {
    /// An amount in Chinese capital numerals, traditional ones in zh-TW.
    case rmb
    /// An amount in English words.
    case wordsEn = "words_en"
    /// A text as a QR code; only as the whole of a tag.
    case qr
    /// A number in groups of three.
    case grouping
    /// A day as `2026年11月21日`.
    case dateZh = "date_zh"
    /// A day as `21 November 2026`.
    case dateEn = "date_en"
    /// The text in capitals.
    case upper
    /// The text in small letters.
    case lower
    /// The number of elements.
    case count
    /// Whether there are no elements or no text.
    case empty
    /// The first element; without a value, whether this is the first round of the section.
    case first
    /// The last element; without a value, whether this is the last round.
    case last
    /// The number of the round, from 0.
    case index
    /// Whether a number, or that of the round, is even.
    case even
    /// Whether a number, or that of the round, is odd.
    case odd
    /// The next number.
    case plusone

    /// The round of a section over a list.
    struct Round {
        /// From 0.
        let index: Int
        /// Whether no other follows.
        let isLast: Bool
    }

    /// What the transform says about a round, nil when it is not one for rounds.
    func applied(to round: Round) -> PrintValue? {
        switch self {
        case .first: .flag(round.index == 0)
        case .last: .flag(round.isLast)
        case .index: .value(.integer(Int64(round.index)))
        case .even: .flag(round.index % 2 == 0)
        case .odd: .flag(round.index % 2 != 0)
        default: nil
        }
    }

    /// What comes of a value.
    enum Outcome {
        /// A value, for the next transform or the page.
        case value(PrintValue)
        /// A piece of the page as it is.
        case markup(String)
        /// Nothing, because the transform does not fit the value; with the reason when there is more to say.
        case refused(Message?)
    }

    /// The value after the transform.
    func applied(to value: PrintValue, in setting: PrintSetting) -> Outcome {
        if self == .qr { return Self.code(of: value, in: setting) }
        if let number = amount(of: value) {
            do throws(PlatformError) {
                return .value(.text(try AmountWords.text(number, in: words(in: setting))))
            } catch {
                return .refused(error.message)
            }
        }
        return plain(value).map { .value($0) } ?? .refused(nil)
    }

    /// The amount that is to be put into words, nil for other transforms and values.
    private func amount(of value: PrintValue) -> FixedDecimal? {
        guard self == .rmb || self == .wordsEn, let raw = value.raw, !raw.isNull else { return nil }
        return number(of: raw)
    }

    private func words(in setting: PrintSetting) -> Language {
        guard self == .rmb else { return .en }
        return setting.language == .zhTW ? .zhTW : .zhCN
    }

    private static func code(of value: PrintValue, in setting: PrintSetting) -> Outcome {
        if case .flag = value { return .refused(nil) }
        guard let text = value.text else { return .refused(nil) }
        guard !text.isEmpty else { return .value(.text("")) }
        guard let code = QRCode(text) else {
            let arguments: [String: Message.Argument] = [
                "count": "\(text.utf8.count)", "limit": "\(QRCode.maximumBytes)",
            ]
            return .refused(Message(.qrTooLong, arguments))
        }
        return .markup(code.svg(title: text, in: setting.format))
    }

    private func plain(_ value: PrintValue) -> PrintValue? {
        if case .list(let elements) = value { return applied(toList: elements) }
        guard let raw = value.raw else { return nil }
        if self == .empty { return .flag(value.text?.isEmpty ?? true) }
        if raw.isNull { return .text("") }
        switch self {
        case .grouping:
            return number(of: raw).map { .text($0.formatted(grouping: true)) }
        case .dateZh:
            return day(of: value).map { .text($0.chineseDescription) }
        case .dateEn:
            return day(of: value).map { .text("\($0.day) \(Self.months[$0.month - 1]) \($0.year)") }
        case .upper:
            return value.text.map { .text($0.uppercased()) }
        case .lower:
            return value.text.map { .text($0.lowercased()) }
        case .plusone:
            guard let number = raw.integerValue, number < Int64.max else { return nil }
            return .value(.integer(number + 1))
        case .even:
            return raw.integerValue.map { .flag($0 % 2 == 0) }
        case .odd:
            return raw.integerValue.map { .flag($0 % 2 != 0) }
        case .count, .empty, .first, .last, .index, .rmb, .wordsEn, .qr:
            return nil
        }
    }

    private func applied(toList elements: [PrintValue]) -> PrintValue? {
        switch self {
        case .count: .value(.integer(Int64(elements.count)))
        case .empty: .flag(elements.isEmpty)
        case .first: elements.first ?? .nothing
        case .last: elements.last ?? .nothing
        default: nil
        }
    }

    private func number(of raw: Value) -> FixedDecimal? {
        raw.decimalValue ?? raw.textValue.flatMap { FixedDecimal($0) }
    }

    private func day(of value: PrintValue) -> CalendarDate? {
        if case .field(let field) = value { return field.day }
        return value.raw?.dateValue ?? value.raw?.textValue.flatMap { CalendarDate(iso: $0) }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
