package import CRMModel

/// The unit at the end of a heading or a label: `金额(万元)`, `面积(㎡)`, `折扣(%)`, `金额 CNY`, `金额/万元`.
package struct HeadingUnit: Hashable {
    /// The power of ten that numbers below the heading are short of: 4 for 万.
    private(set) var exponent = 0
    /// The currency.
    private(set) var currency: String?
    /// Whether numbers below the heading are percentages.
    private(set) var isPercent = false
    /// The measure in one spelling, such as `m2`.
    private(set) var measure: String?

    /// The ways to part a heading into a name and a unit at its end, the longest name first; none when it ends in no unit.
    ///
    /// The unit stands in brackets, behind a blank, a dash, a slash, a colon or another sign, or with nothing between
    /// where letters and Chinese characters meet: `金额(万元)`, `金额 CNY`, `金额/万元`, `金额：万元`, `金额万元`.
    ///
    /// - Returns: The name folded, the unit, and the unit as it is written.
    static func parts(of heading: String) -> [(name: String, unit: HeadingUnit, text: String)] {
        let folded = ImportFieldIndex.folded(heading)
        if let name = ImportFieldIndex.withoutBracket(folded) {
            let text = String(folded.dropFirst(name.count + 1).dropLast())
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
            let folded = ImportFieldIndex.folded(Self.text(Array(name)))
            if !folded.isEmpty { parts.append((folded, unit, text)) }
        }
        return parts
    }

    /// A heading or label parted where it surely ends in a unit: in brackets, or one that is more than a measure, which many
    /// words end in (本月).
    static func sure(_ heading: String) -> (name: String, unit: HeadingUnit, text: String)? {
        guard let part = parts(of: heading).last else { return nil }
        if ImportFieldIndex.withoutBracket(ImportFieldIndex.folded(heading)) != nil { return part }
        // A letter at the end of a name need not be a unit (Size W).
        let isLetter = part.text.utf8.count == 1 && part.text != "%"
        return part.unit.measure == nil && !isLetter ? part : nil
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
    init?(_ given: String) {
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

    /// What stands in brackets at the end of a heading and is neither a unit nor a remark that says nothing of one.
    private static func unknown(in folded: String) -> String? {
        guard let name = ImportFieldIndex.withoutBracket(folded) else { return nil }
        let text = String(folded.dropFirst(name.count + 1).dropLast())
        let words = text.split { ",;、/|".contains($0) }
        return HeadingUnit(text) != nil || words.allSatisfy { LabelUnit.remarks.contains(String($0)) } ? nil : text
    }

    /// What is wrong with a column of this unit for a field; nil when it may be so.
    ///
    /// - Parameters:
    ///   - header: The heading.
    ///   - field: The field.
    ///   - reading: What the mapping says of the column; a multiplier converts.
    ///   - isMapped: Whether the mapping names the field, so that what is no unit needs no explanation.
    /// - Returns: The problem, with the unit that is wanted.
    static func problem(
        _ header: String,
        _ field: FieldDefinition,
        _ reading: ColumnReading?,
        isMapped: Bool
    ) -> Message? {
        guard field.type.isNumeric, reading?.multiplier == nil else { return nil }
        let names = Array(field.label.texts.values) + field.aliases
        let folded = ImportFieldIndex.folded(header)
        // What is exactly a name of the field says nothing of a unit: gross_kg, weight_t.
        if [header, folded].contains(field.name.rawValue) { return nil }
        if ([field.name.rawValue] + names).contains(where: { ImportFieldIndex.folded($0) == folded }) { return nil }
        var words: [String: Message.Argument] = [
            "header": .text(header), "field": .label(field.label), "name": .text(field.name.rawValue),
        ]
        let all = Set(([field.name.rawValue] + names).flatMap { ImportFieldIndex.namesMeant(by: $0) })
        // Where a mapping has named the field, the name before the unit may be any.
        guard var given = parts(of: header).first(where: { all.contains($0.name) }) ?? sure(header) else {
            guard !isMapped, let text = unknown(in: folded) else { return nil }
            words["unit"] = .text(text)
            return Message(.headingUnknownUnit, words)
        }
        // A capital M is a million, a small one a metre.
        if given.unit.measure == "m", given.text == "m", TextNormalisation.halfWidth(header).contains("M") {
            given.unit.measure = nil
            given.unit.exponent = 6
        }
        let own = names.lazy.compactMap { sure($0)?.unit }.first
        guard let wanted = given.unit.contradicted(field.type, own) else { return nil }
        words["unit"] = .text(given.text)
        words["wanted"] = wanted
        return Message(.headingUnit, words)
    }

    /// The units at the ends of two labels of one field, in words, when numbers of the one are no numbers of the other; empty
    /// for none.
    ///
    /// A measure or currency that is named or left out says nothing new; a power of ten does, and a currency that is not the
    /// one of the field.
    package static func change(_ old: String, _ new: String, _ type: FieldType) -> (old: String, new: String)? {
        let then = sure(old)?.unit
        let now = sure(new)?.unit
        if foreignCurrency(in: old, type) != foreignCurrency(in: new, type) {
            return (then?.words ?? "", now?.words ?? "")
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
        return isOther ? (then?.words ?? "", now?.words ?? "") : nil
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

    /// The unit that is wanted instead, in words; nil when there is no contradiction.
    private func contradicted(_ type: FieldType, _ own: HeadingUnit?) -> Message.Argument? {
        if let own {
            return own == self ? nil : .text(own.words)
        }
        switch type {
        case .currency(let code, _):
            let isAmount = exponent == 0 && !isPercent && measure == nil
            return isAmount && (currency == nil || currency == code) ? nil : .text(code)
        case .percent: return isPercent ? nil : .text("%")
        default: return exponent == 0 && !isPercent ? nil : .message(Message(.headingNoUnit))
        }
    }

    private var words: String {
        let power =
            switch exponent {
            case 0: "";
            case 4: "万";
            case 8: "亿";
            case let other: "×10^\(other) "
            }
        return isPercent ? "%" : power + (currency ?? measure ?? "")
    }
}

extension MessageKey {
    static let headingUnit = MessageKey(
        "import.heading_unit",
        zhCN:
            "列「{header}」的单位是「{unit}」，而字段「{field}」的是「{wanted}」；请换算后改列名，或在映射的 columns 里写 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍数}",
        zhTW:
            "欄「{header}」的單位是「{unit}」，而欄位「{field}」的是「{wanted}」；請換算後改欄名，或在對應的 columns 裡寫 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍數}",
        en:
            "the column \"{header}\" is in \"{unit}\", and the field \"{field}\" in \"{wanted}\"; convert it and rename the column, or let columns of the mapping say \"{header}\": {\"field\": \"{name}\", \"multiply\": factor}"
    )
    static let headingUnknownUnit = MessageKey(
        "import.heading_unknown_unit",
        zhCN:
            "看不懂列「{header}」括号里的「{unit}」：是单位就请换算后改列名，或在映射的 columns 里写 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍数}；不是单位就去掉它，或在 columns 里写 \"{header}\": \"{name}\"",
        zhTW:
            "看不懂欄「{header}」括號裡的「{unit}」：是單位就請換算後改欄名，或在對應的 columns 裡寫 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍數}；不是單位就去掉它，或在 columns 裡寫 \"{header}\": \"{name}\"",
        en:
            "\"{unit}\" in the brackets of the column \"{header}\" is not understood: if it is a unit, convert the numbers and rename the column, or let columns of the mapping say \"{header}\": {\"field\": \"{name}\", \"multiply\": factor}; if it is none, take it away, or let columns say \"{header}\": \"{name}\""
    )
    static let headingNoUnit = MessageKey("import.heading_no_unit", zhCN: "数值本身", zhTW: "數值本身", en: "the plain number")
}
