/// What the name of a number says beside its unit: whether tax is in it, whether it is estimated, whether it is all or a part.
///
/// `单价(含税)`, `含税单价` and `单价[含税]` say the same of 单价, and `单价(未税)` the contrary. Other remarks (必填, 整数) say nothing
/// of what is counted.
package struct LabelRemark: Hashable {
    /// What remarks are about.
    package enum Topic: Hashable, CaseIterable {
        /// With tax, or without.
        case tax
        /// Actual, or estimated.
        case certainty
        /// A total, or a part of one.
        case extent
    }

    /// What is said of each topic: with tax, actual and total are true.
    package private(set) var said: [Topic: Bool] = [:]
    /// The words that say it, folded.
    package private(set) var words: [Topic: String] = [:]
    /// The name without remarks and units, folded.
    package private(set) var name = ""

    /// Words of tax, which mean it wherever they stand; the ones that others are part of come last.
    private static let taxWords: [(word: String, isWith: Bool)] = {
        let without = """
            不含增值税 不含税价 不含税 未含税 未税价 未税 无税 税前 除税 excludingtax excludingvat excl.tax excl.vat excltax exclvat ex.tax \
            ex.vat extax exvat taxexcluded vatexcluded taxexcl vatexcl withouttax withoutvat beforetax beforevat netoftax netofvat \
            pretax untaxed
            """
        let with = """
            含增值税 含税价 含税 税后 includingtax includingvat incl.tax incl.vat incltax inclvat inc.tax inc.vat inctax incvat \
            taxincluded vatincluded taxincl vatincl withtax withvat aftertax aftervat
            """
        let groups = [(without, false), (with, true)]
        return groups.flatMap { text, isWith in text.split(separator: " ").map { (String($0), isWith) } }
    }()

    /// Words that mean something at the beginning and end of a name or alone in brackets; the longer ones first.
    private static let endWords: [(word: String, topic: Topic, side: Bool)] = [
        ("预计", .certainty, false), ("预估", .certainty, false), ("估计", .certainty, false),
        ("estimated", .certainty, false), ("expected", .certainty, false), ("实际", .certainty, true),
        ("actual", .certainty, true), ("小计", .extent, false), ("subtotal", .extent, false), ("合计", .extent, true),
        ("总计", .extent, true), ("total", .extent, true),
    ]

    /// Remarks that say nothing of what is counted.
    private static let others: Set<String> = [
        "必填", "选填", "可选", "可空", "可不填", "非必填", "如有", "没有可不填", "required", "optional", "mandatory", "数字", "整数", "小数",
        "number", "integer", "自动计算",
    ]

    /// Reads a heading or label.
    package init(_ label: String) {
        var text = Self.withoutRates(ComparableForm.heading.form(of: label))
        for (word, isWith) in Self.taxWords where text.contains(word) {
            text.replace(word, with: "")
            guard said[.tax] == nil else { continue }
            (said[.tax], words[.tax]) = (isWith, word)
        }
        while let (name, inside) = Self.parted(text) {
            for word in Self.split(inside) { note(word) }
            text = name
        }
        name = Self.trimmed(text)
        takeEnds()
    }

    private mutating func note(_ word: String) {
        guard let known = Self.endWords.first(where: { $0.word == word }), said[known.topic] == nil else { return }
        (said[known.topic], words[known.topic]) = (known.side, word)
    }

    /// Takes the words at the ends of the name, of which something has to be left.
    private mutating func takeEnds() {
        for (word, topic, side) in Self.endWords where name.count > word.count && said[topic] == nil {
            guard name.hasPrefix(word) || name.hasSuffix(word) else { continue }
            name = Self.trimmed(name.hasPrefix(word) ? name.dropFirst(word.count) : name.dropLast(word.count))
            (said[topic], words[topic]) = (side, word)
        }
        if said[.extent] == nil, name.hasPrefix("总"), name.count > 2 {
            name.removeFirst()
            (said[.extent], words[.extent]) = (true, "总")
        }
    }

    /// The topics of which this says the contrary of what is said by the names of one field.
    package func contradicted(by names: [LabelRemark]) -> Topic? {
        Topic.allCases.first { topic in
            guard let side = said[topic] else { return false }
            let sides = names.compactMap { $0.said[topic] }
            return !sides.isEmpty && !sides.contains(side)
        }
    }

    /// Whether something is said, and of something that the names of a field leave open.
    package func saysMore(than names: [LabelRemark]) -> Bool {
        !said.isEmpty && said.keys.allSatisfy { topic in names.allSatisfy { $0.said[topic] == nil } }
    }

    /// Whether it is one name with the same remarks.
    package func isSame(_ other: LabelRemark) -> Bool { name == other.name && said == other.said }

    // MARK: - Brackets

    /// A folded heading as its name and what stands in brackets at its end; nil without brackets or without a name.
    package static func parted(_ folded: String) -> (name: String, inside: String)? {
        guard let last = folded.last, ")]】〕}".contains(last),
            let open = folded.lastIndex(where: { "([【〔{".contains($0) }),
            open > folded.startIndex
        else { return nil }
        return (String(folded[..<open]), String(folded[folded.index(after: open)...].dropLast()))
    }

    /// What is left of folded words in brackets without remarks: `元` of `元,含税`; all of them when none is one.
    package static func withoutRemarks(_ inside: String) -> String {
        let kept = split(inside).filter { !isRemark($0) }
        return kept.count == split(inside).count ? inside : kept.joined(separator: "/")
    }

    /// Whether folded words in brackets are remarks and nothing else.
    package static func areRemarks(_ inside: String) -> Bool { split(inside).allSatisfy(isRemark) }

    private static func isRemark(_ word: String) -> Bool {
        let plain = withoutRates(word)
        return others.contains(word) || endWords.contains { $0.word == word } || taxWords.contains { $0.word == plain }
    }

    private static func split(_ inside: String) -> [String] {
        inside.split { ",;、|/".contains($0) }.map(String.init)
    }

    /// A text without the rates that taxes are named with: 含13%税.
    private static func withoutRates(_ text: String) -> String {
        guard text.contains("%"), text.contains("税") || text.contains("vat") || text.contains("tax") else {
            return text
        }
        return text.replacing(/[0-9]+(\.[0-9]+)?%/, with: "")
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = text[...]
        while let last = text.last, "/-–—_:,;|、·".contains(last) { text.removeLast() }
        return String(text.drop { "/-–—_:,;|、·".contains($0) })
    }
}
