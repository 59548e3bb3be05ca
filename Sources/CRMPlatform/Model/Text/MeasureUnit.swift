/// The units of weights, lengths, areas, volumes, times and pieces that stand at the end of headings, labels and cells.
package enum MeasureUnit {
    /// Every spelling with the one name of its unit; units that are exactly the same, and no conversions.
    private static let names: [String: String] = {
        let groups = [
            "m2": "m2 m^2 sqm 平方米 平米 平方公尺 平方", "亩": "亩 畝 市亩", "ha": "ha 公顷 公頃", "坪": "坪",
            "km2": "km2 平方公里 平方千米", "m": "m 米 公尺", "cm": "cm 厘米 公分", "mm": "mm 毫米 公厘", "km": "km 公里 千米",
            "kg": "kg kgs 公斤 千克 kilogram kilograms", "g": "g 克 公克 gram grams",
            "t": "t 吨 噸 公吨 公噸 mt mts ton tons tonne tonnes", "斤": "斤 市斤", "mg": "mg 毫克", "lb": "lb lbs 磅",
            "l": "l 升 公升", "ml": "ml 毫升", "m3": "m3 cbm 立方米 立方公尺 方", "h": "h 小时 小時 hour hours",
            "min": "min 分钟 分鐘", "d": "天 日 day days", "week": "周 週 week weeks", "month": "月 个月 個月 month months",
            "year": "年 year years", "pcs": "pcs pc piece pieces 个 個", "ctn": "ctn ctns carton cartons 箱",
            "set": "set sets 套", "kw": "kw 千瓦", "kwh": "kwh 千瓦时 千瓦時", "分": "分", "角": "角",
        ]
        var names: [String: String] = [:]
        for (name, words) in groups {
            for word in words.split(separator: " ") { names[String(word)] = name }
        }
        return names
    }()

    /// The one name of a unit by one of its spellings, which is folded: without regard to width and case; nil when it is none.
    package static func name(of folded: some StringProtocol) -> String? { names[String(folded)] }
}

extension LenientInput {
    /// Reads a number that is compared with any other: as people type it, `10万` and `1,200.5`, without currency and percent
    /// sign, which say what field it is for.
    ///
    /// - Returns: The number with as few places as it has; nil when it is none that can be kept exactly.
    static func plainNumber(_ text: String) -> FixedDecimal? {
        if let number = FixedDecimal(TextNormalisation.halfWidth(text)) { return number }
        return (0...9).lazy.compactMap { scale in
            try? decimal(text, scale: scale, percent: .refused, currency: .refused)
        }.first
    }
}
