/// A language of the platform's own texts and of metadata labels.
public enum Language: String, Sendable, CaseIterable, Hashable {
    /// Simplified Chinese, the default.
    case zhCN = "zh-CN"
    /// Traditional Chinese.
    case zhTW = "zh-TW"
    /// English.
    case en

    /// Chooses a language from what a person or an environment says: `zh_TW.UTF-8`, `en-GB`, `zh`; nil when unknown.
    public init?(tag: String) {
        let lower = tag.lowercased().replacing("_", with: "-")
        if lower.hasPrefix("zh-tw") || lower.hasPrefix("zh-hk") || lower.hasPrefix("zh-hant") {
            self = .zhTW
        } else if lower.hasPrefix("zh") {
            self = .zhCN
        } else if lower == "en" || lower.hasPrefix("en-") {
            self = .en
        } else {
            return nil
        }
    }
}

/// A text in one or more languages, as labels and messages of metadata are.
public struct LocalizedText: Sendable, Hashable {
    /// The texts by language; never empty strings for languages that are given.
    public let texts: [Language: String]

    /// Makes a text from its translations.
    public init(_ texts: [Language: String]) {
        self.texts = texts
    }

    /// Makes a text that reads the same in every language.
    public init(_ text: String) {
        texts = [.zhCN: text]
    }

    /// The text in `language`, else in zh-CN, else in English, else the empty string.
    public func text(in language: Language) -> String {
        texts[language] ?? (language == .zhTW ? texts[.zhCN] : nil) ?? texts[.zhCN] ?? texts[.en] ?? texts[.zhTW] ?? ""
    }

    /// Several texts as one list, with the sign between them that each language has.
    package static func list(_ items: [LocalizedText]) -> LocalizedText {
        LocalizedText(
            Dictionary(
                uniqueKeysWithValues: Language.allCases.map { language in
                    (language, items.map { $0.text(in: language) }.joined(separator: language == .en ? ", " : "、"))
                }
            )
        )
    }

    /// A name and what it stands for: `负责人：张三`.
    package static func pair(_ name: LocalizedText, _ value: LocalizedText) -> LocalizedText {
        LocalizedText(
            Dictionary(
                uniqueKeysWithValues: Language.allCases.map { language in
                    (language, name.text(in: language) + (language == .en ? ": " : "：") + value.text(in: language))
                }
            )
        )
    }

    /// A name with what people call it, `by（分类）`; the name alone when both are one.
    package static func named(_ name: String, _ title: LocalizedText) -> LocalizedText {
        var texts: [Language: String] = [:]
        for language in Language.allCases {
            let text = title.text(in: language)
            texts[language] =
                text.isEmpty || text == name ? name : language == .en ? "\(name) (\(text))" : "\(name)（\(text)）"
        }
        return LocalizedText(texts)
    }

    /// At most `limit` texts as one list that says how many there are in all when it is cut.
    package static func list(_ items: [LocalizedText], limit: Int) -> LocalizedText {
        guard items.count > limit else { return list(items) }
        let shown = list(Array(items.prefix(limit)))
        return LocalizedText(
            Dictionary(
                uniqueKeysWithValues: Language.allCases.map { language in
                    (
                        language,
                        shown.text(in: language) + (language == .en ? ", … (" : "…（") + String(items.count)
                            + (language == .en ? ")" : "）")
                    )
                }
            )
        )
    }
}
