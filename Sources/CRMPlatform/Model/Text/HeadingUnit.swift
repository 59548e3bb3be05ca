/// The unit at the end of a heading or a label: `金额(万元)`, `面积(㎡)`, `折扣(%)`, `金额 CNY`, `金额/万元`.
package struct HeadingUnit: Hashable {
    /// The power of ten that numbers below the heading are short of: 4 for 万.
    package private(set) var exponent = 0
    /// The currency.
    package private(set) var currency: String?
    /// Whether numbers below the heading are percentages.
    package private(set) var isPercent = false
    /// The measure in one spelling, such as `m2`.
    package private(set) var measure: String?

    /// The ways to part a heading into a name and a unit at its end, the longest name first; none when it ends in no unit.
    ///
    /// The unit stands in brackets, behind a blank, a dash, a slash, a colon or another sign, or with nothing between
    /// where letters and Chinese characters meet: `金额(万元)`, `金额 CNY`, `金额/万元`, `金额：万元`, `金额万元`.
    ///
    /// - Returns: The name folded, the unit, and the unit as it is written.
    package static func parts(of heading: String) -> [(name: String, unit: HeadingUnit, text: String)] {
        if let (name, inside) = LabelRemark.parted(folded(heading)) {
            let text = LabelRemark.withoutRemarks(inside)
            return HeadingUnit(text).map { [(name, $0, text)] } ?? []
        }
        var parts: [(name: String, unit: HeadingUnit, text: String)] = []
        let plain = Array(TextNormalisation.searchForm(TextNormalisation.trimmed(heading)).unicodeScalars.prefix(200))
        let end = plain.lastIndex { $0 != ":" && $0 != "*" }.map { $0 + 1 } ?? 0
        for start in stride(from: end - 1, to: max(0, end - 16), by: -1) {
            guard !isSeparator(plain[start]) else { continue }
            let isApart = isSeparator(plain[start - 1])
            if !isApart, isLetter(plain[start]), isLetter(plain[start - 1]) { continue }
            let text = Self.text(plain[start..<end].filter { !TextNormalisation.isInvisible($0) })
            // Digits at the end of a name count something else (价100), as long as no letter says that they are a unit (m2).
            guard let first = text.utf8.first, first &- 0x30 >= 10, let unit = HeadingUnit(text) else { continue }
            var name = plain[..<start]
            while let last = name.last, isSeparator(last) { name.removeLast() }
            let folded = Self.folded(Self.text(Array(name)))
            if !folded.isEmpty { parts.append((folded, unit, text)) }
        }
        return parts
    }

    /// A heading or label parted where it surely ends in a unit: in brackets, or one that is more than a measure, which many
    /// words end in (本月).
    package static func sure(_ heading: String) -> (name: String, unit: HeadingUnit, text: String)? {
        guard let part = parts(of: heading).last else { return nil }
        if LabelRemark.parted(folded(heading)) != nil { return part }
        // A letter at the end of a name need not be a unit (Size W).
        let isLetter = part.text.utf8.count == 1 && part.text != "%"
        return part.unit.measure == nil && !isLetter ? part : nil
    }

    /// A heading as headings are compared.
    static func folded(_ heading: String) -> String { ComparableForm.heading.form(of: heading) }

    /// A folded word of a heading as the heading writes it: `天` and `CNY`, not `d` and `cny`.
    package static func written(_ word: String, in heading: String) -> String {
        let signs = Array(TextNormalisation.trimmed(heading).prefix(200))
        for start in signs.indices.reversed() {
            for end in start..<min(signs.count, start + 60) {
                let part = String(signs[start...end])
                if folded(part) == word, !TextNormalisation.isBlank(String(signs[end])) { return part }
            }
        }
        return word
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "/", "-", "–", "—", "_", ":", ",", ";", "|", "、", "·", "\\", "~", ".": true
        default: TextNormalisation.isInvisible(scalar)
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && scalar.properties.isAlphabetic }

    /// Reads a unit without regard to width and case; nil when the text is none.
    package init?(_ given: String) {
        var text = given[...]
        for word in ["单位", "單位", "unit"] where text.hasPrefix(word) {
            text = text.dropFirst(word.count)
            while text.first == ":" || text.first == "=" { text = text.dropFirst() }
        }
        if let slash = text.firstIndex(of: "/") { text = text[..<slash] }
        if ["%", "百分比", "百分数", "百分數", "percent", "pct"].contains(text) {
            isPercent = true
            return
        }
        if let known = MeasureUnit.name(of: text) {
            measure = known
            return
        }
        while !text.isEmpty {
            if currency == nil, let mark = CurrencyMark(text) {
                currency = mark.code
                break
            }
            if let known = MeasureUnit.name(of: text) {
                measure = known
                break
            }
            if let (power, rest) = Self.power(before: text) {
                exponent += power
                text = rest
            } else if currency == nil, let (mark, count) = CurrencyMark.before(Array(text.utf8)) {
                currency = mark.code
                text = Substring(text.utf8.dropFirst(count))
            } else {
                return nil
            }
        }
        if exponent == 0, currency == nil, measure == nil { return nil }
    }

    /// Makes a small m what a capital one is: a million.
    package mutating func takeMillions() { (measure, exponent) = (nil, 6) }

    /// The unit for numbers of a type: amounts are in the currency of their field when nothing else is said.
    package func counting(_ type: FieldType) -> HeadingUnit {
        guard case .currency(let code, _) = type, currency == nil, measure == nil, !isPercent else { return self }
        var unit = self
        unit.currency = code
        return unit
    }

    private static let powers: [(text: String, power: Int)] = [
        ("万", 4), ("萬", 4), ("亿", 8), ("億", 8), ("千", 3), ("仟", 3), ("百", 2), ("佰", 2), ("十", 1), ("拾", 1),
        ("millions", 6), ("million", 6), ("mio", 6), ("mn", 6), ("thousands", 3), ("thousand", 3), ("billion", 9),
        ("bn", 9), ("w", 4), ("k", 3), ("m", 6),
    ]

    /// The power of ten that a text begins with, in words, letters or zeros (`'000`, `x1000`), and what follows; nil for none.
    private static func power(before text: Substring) -> (power: Int, rest: Substring)? {
        for (word, power) in powers where text.hasPrefix(word) { return (power, text.dropFirst(word.count)) }
        let digits = text.drop { "x×'’‘".contains($0) }
        let hasFactor = digits.hasPrefix("1")
        let zeros = (hasFactor ? digits.dropFirst() : digits).prefix { $0 == "0" }
        guard zeros.count >= (hasFactor ? 1 : 3), zeros.count <= 9 else { return nil }
        return (zeros.count, text[zeros.endIndex...])
    }

    /// The units at the ends of two labels of one field, in words, when numbers of the one are no numbers of the other; empty
    /// for none.
    ///
    /// A measure or currency that is named or left out says nothing new; a power of ten does, and a currency that is not the
    /// one of the field.
    package static func change(_ old: String, _ new: String, _ type: FieldType) -> (old: String, new: String)? {
        let (before, after) = (sure(old), sure(new))
        let (then, now) = (before?.unit, after?.unit)
        let words = (before.map { written($0.text, in: old) } ?? "", after.map { written($0.text, in: new) } ?? "")
        if foreignCurrency(in: old, type) != foreignCurrency(in: new, type) { return words }
        let (said, says) = (LabelRemark(old), LabelRemark(new))
        if let topic = says.contradicted(by: [said]) {
            return (written(said.words[topic] ?? "", in: old), written(says.words[topic] ?? "", in: new))
        }
        let isOther: Bool
        if let then, let now {
            let currencies = then.currency != nil && now.currency != nil && then.currency != now.currency
            let measures = then.measure != nil && now.measure != nil && then.measure != now.measure
            isOther =
                then.exponent != now.exponent || then.isPercent != now.isPercent || currencies || measures
                || (then.currency != nil && now.measure != nil) || (then.measure != nil && now.currency != nil)
        } else {
            isOther = (then?.exponent ?? 0) != (now?.exponent ?? 0)
        }
        return isOther ? words : nil
    }

    /// The currency that a label of a field of amounts surely names, when it is another than the field's; else nil.
    package static func foreignCurrency(in label: String, _ type: FieldType) -> String? {
        guard case .currency(let code, _) = type, let part = sure(label), let named = part.unit.currency else {
            return nil
        }
        var text = part.text[...]
        while !text.isEmpty {
            guard let mark = CurrencyMark(text) else {
                text.removeFirst()
                continue
            }
            do throws(InputProblem) {
                try mark.check(.of(code))
            } catch {
                // A sign of several currencies may mean the field's own.
                if error == .otherCurrency { return named }
            }
            return nil
        }
        return nil
    }
}
