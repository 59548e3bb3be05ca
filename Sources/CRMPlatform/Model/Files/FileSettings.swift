public import struct Foundation.TimeZone

/// What a file says of the company whose it is: its name, its language, what day it is there.
///
/// A setting that was never set has a usual value, which is used and not kept.
public struct FileSettings: Sendable, Hashable {
    /// A setting.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// What the company is called.
        case name
        /// The language of those who name none of their own, and of what runs for nobody.
        case language
        /// The time zone that decides what day it is, such as `Asia/Shanghai`.
        case timeZone = "time_zone"
        /// The currency of the company's books, by its ISO 4217 code.
        case currency
        /// The first day of the week: `monday`, `saturday` or `sunday`.
        case weekStart = "week_start"
        /// The month in which a fiscal year begins, 1 to 12.
        case fiscalYearStart = "fiscal_year_start"
    }

    /// The zone of files in which none is set.
    public static let usualTimeZone =
        TimeZone(identifier: "Asia/Shanghai") ?? TimeZone(secondsFromGMT: 28_800) ?? .gmt

    /// The values of the settings that are set.
    public let given: [Name: String]
    /// The values of those that are not.
    public let usual: [Name: String]
    /// The language in force.
    public let language: Language
    /// The time zone in force; the usual one where the one that is set is not known.
    public let timeZone: TimeZone
    /// What is set as the time zone and is none that is known here, nil when it is known.
    public let unknownZone: String?

    /// Makes settings.
    package init(
        given: [Name: String],
        usualLanguage: Language = .zhCN,
        usualTimeZone: TimeZone = Self.usualTimeZone
    ) {
        self.given = given
        usual = [
            .name: "", .language: usualLanguage.rawValue, .timeZone: usualTimeZone.identifier, .currency: "CNY",
            .weekStart: Weekday.monday.rawValue, .fiscalYearStart: "1",
        ]
        language = given[.language].map { Language(rawValue: $0) ?? .zhCN } ?? usualLanguage
        let zone = given[.timeZone].map { TimeZone(identifier: $0) } ?? usualTimeZone
        timeZone = zone ?? usualTimeZone
        unknownZone = zone == nil ? given[.timeZone] : nil
    }

    /// Makes sure that it is known what day it is.
    ///
    /// - Throws: `storage` when the time zone that is set is not known here: another one would give other days.
    package func requireZone() throws(PlatformError) {
        guard let unknownZone else { return }
        throw PlatformError(.storage, Message(.settingsZoneUnreadable, ["value": .text(unknownZone)]))
    }

    /// What is set and cannot be so.
    package var objections: [Message] {
        Name.allCases.compactMap { name in
            guard let value = given[name] else { return nil }
            do throws(PlatformError) {
                guard name != .timeZone || unknownZone != nil else { return nil }
                _ = try name.kept(value)
                return nil
            } catch {
                return error.message
            }
        }
    }

    /// The value in force; empty for a name that is not set.
    public subscript(name: Name) -> String { given[name] ?? usual[name] ?? "" }

    /// What the company is called; empty when that was not said.
    public var name: String { self[.name] }
    /// The ISO 4217 code of the currency in force.
    public var currency: String { self[.currency] }
    /// The first day of the week.
    public var weekStart: Weekday { Weekday(rawValue: self[.weekStart]) ?? .monday }
    /// The month in which a fiscal year begins, 1 to 12.
    public var fiscalYearStart: Int { Int(self[.fiscalYearStart]) ?? 1 }

    /// A day with which weeks begin somewhere.
    public enum Weekday: String, Sendable, Hashable, CaseIterable {
        /// As ISO 8601 has it.
        case monday
        /// As in much of the Arab world.
        case saturday
        /// As in America and Japan.
        case sunday

        fileprivate var spellings: [String] {
            switch self {
            case .monday: ["monday", "mon", "1", "周一", "星期一", "礼拜一", "週一", "禮拜一"]
            case .saturday: ["saturday", "sat", "6", "周六", "星期六", "礼拜六", "週六", "禮拜六"]
            case .sunday: ["sunday", "sun", "7", "0", "周日", "星期日", "星期天", "礼拜天", "週日", "禮拜天"]
            }
        }
    }
}

extension FileSettings.Name {
    /// What people call the setting.
    public var label: LocalizedText {
        switch self {
        case .name: MessageKey.settingsName.template
        case .language: MessageKey.settingsLanguage.template
        case .timeZone: MessageKey.settingsTimeZone.template
        case .currency: MessageKey.settingsCurrency.template
        case .weekStart: MessageKey.settingsWeekStart.template
        case .fiscalYearStart: MessageKey.settingsFiscalYear.template
        }
    }

    /// A value as it is kept, from what somebody typed.
    ///
    /// - Throws: `invalidInput` with what is allowed.
    package func kept(_ typed: String) throws(PlatformError) -> String {
        let text = TextNormalisation.halfWidth(TextNormalisation.trimmed(typed))
        let value: String? =
            switch self {
            case .name: Self.companyName(typed)
            case .language: Self.language(text)?.rawValue
            case .timeZone: Self.zone(text)
            case .currency: text.count == 3 ? CurrencyMark(text.uppercased())?.code : nil
            case .weekStart: Self.weekday(text)
            case .fiscalYearStart: Self.month(text).map(String.init)
            }
        if let value { return value }
        let problem: Message =
            switch self {
            case .name: Message(.settingsNameWrong)
            case .language:
                Message(
                    .settingsLanguageWrong,
                    ["value": .text(text), "known": .text(Language.allCases.map(\.rawValue).joined(separator: ", "))]
                )
            case .timeZone: Message(.settingsZoneWrong, ["value": .text(text), "hint": .text(Self.zoneHint(text))])
            case .currency: Message(.settingsCurrencyWrong, ["value": .text(text)])
            case .weekStart:
                Message(
                    .settingsWeekWrong,
                    [
                        "value": .text(text),
                        "known": .text(FileSettings.Weekday.allCases.map(\.rawValue).joined(separator: ", ")),
                    ]
                )
            case .fiscalYearStart: Message(.settingsFiscalWrong, ["value": .text(text)])
            }
        throw PlatformError(.invalidInput, problem)
    }

    /// What the company is called: a line without signs that nobody sees, at most 200 characters.
    private static func companyName(_ typed: String) -> String? {
        let name = TextNormalisation.trimmed(typed)
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            // Marks that turn the writing around; joiners within words are fine.
            case .format: !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
            default: true
            }
        }
        // What people see as one character may be made of several.
        return isPlain && name.unicodeScalars.count <= 200 ? name : nil
    }

    /// Places that have no zone of their own name, as people call them.
    private static let places = [
        "beijing": "Asia/Shanghai", "asia/beijing": "Asia/Shanghai", "北京": "Asia/Shanghai", "上海": "Asia/Shanghai",
        "中国": "Asia/Shanghai", "中國": "Asia/Shanghai", "china": "Asia/Shanghai", "台北": "Asia/Taipei",
        "臺北": "Asia/Taipei", "台湾": "Asia/Taipei", "台灣": "Asia/Taipei", "臺灣": "Asia/Taipei",
        "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau", "澳門": "Asia/Macau", "新加坡": "Asia/Singapore",
        "东京": "Asia/Tokyo", "東京": "Asia/Tokyo", "乌鲁木齐": "Asia/Urumqi", "烏魯木齊": "Asia/Urumqi",
    ]

    /// The name of a zone of the IANA's database as it is spelt there.
    private static func zone(_ text: String) -> String? {
        let wanted = text.replacing(" ", with: "_").lowercased()
        if let place = places[wanted] { return place }
        // Offsets, of which `Etc/GMT+8` even goes the other way round.
        if wanted.hasPrefix("etc/gmt") && wanted != "etc/gmt" || wanted.hasPrefix("systemv/") { return nil }
        if wanted == "utc" || wanted == "gmt" { return "UTC" }
        if let known = TimeZone.knownTimeZoneIdentifiers.first(where: { $0.lowercased() == wanted }) { return known }
        // Older names, such as `Asia/Calcutta`; offsets and abbreviations know no summer time and are not taken.
        return text.contains("/") && TimeZone(identifier: text) != nil ? text : nil
    }

    /// Zones that may be meant: those of that city, the nearest name, or some of them all.
    private static func zoneHint(_ text: String) -> String {
        let known = TimeZone.knownTimeZoneIdentifiers
        let wanted = text.replacing(" ", with: "_").lowercased()
        let cities = known.filter { $0.lowercased().split(separator: "/").last.map { $0 == wanted } ?? false }
        if !cities.isEmpty { return cities.joined(separator: ", ") }
        let nearest = Suggestion.nearest(to: text, among: known)
        return nearest ?? "Asia/Shanghai, Asia/Taipei, Asia/Hong_Kong, Asia/Tokyo, Europe/Berlin, America/New_York, UTC"
    }

    /// A language by its tag or by what it calls itself.
    private static func language(_ text: String) -> Language? {
        switch text.lowercased() {
        case "中文", "简体中文", "简体", "簡體中文", "簡體": .zhCN
        case "繁体中文", "繁體中文", "繁体", "繁體", "正體中文": .zhTW
        case "英文", "英语", "英語", "english": .en
        default: Language(tag: text)
        }
    }

    private static func weekday(_ text: String) -> String? {
        FileSettings.Weekday.allCases.first { $0.spellings.contains(text.lowercased()) }?.rawValue
    }

    private static func month(_ text: String) -> Int? {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let full = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        let wanted = text.lowercased()
        if let index = months.firstIndex(of: wanted) ?? full.firstIndex(of: wanted) { return index + 1 }
        let number = wanted.hasSuffix("月") ? String(wanted.dropLast()) : wanted
        let words = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
        if let index = words.firstIndex(of: number) { return index + 1 }
        return number.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(number).flatMap { 1...12 ~= $0 ? $0 : nil } : nil
    }
}
