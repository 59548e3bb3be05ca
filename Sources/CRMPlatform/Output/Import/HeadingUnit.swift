internal import CRMModel

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
            guard let unit = HeadingUnit(text) else { continue }
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
        let isBracketed = ImportFieldIndex.withoutBracket(ImportFieldIndex.folded(heading)) != nil
        return isBracketed || part.unit.measure == nil ? part : nil
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
        if text == "%" {
            isPercent = true
            return
        }
        if let known = MeasureUnit.name(of: text) {
            measure = known
            return
        }
        let powers: [Character: Int] = ["万": 4, "萬": 4, "亿": 8, "億": 8, "千": 3, "仟": 3, "百": 2, "佰": 2]
        while let first = text.first, let power = powers[first] {
            exponent += power
            text = text.dropFirst()
        }
        if text.isEmpty {
            if exponent == 0 { return nil }
        } else if let mark = CurrencyMark(text) {
            currency = mark.code
        } else if let known = MeasureUnit.name(of: text) {
            measure = known
        } else {
            return nil
        }
    }

    /// What is wrong with a column of this unit for a field; nil when it may be so.
    ///
    /// - Parameters:
    ///   - header: The heading.
    ///   - field: The field.
    ///   - reading: What the mapping says of the column; a multiplier converts.
    /// - Returns: The problem, with the unit that is wanted.
    static func problem(_ header: String, _ field: FieldDefinition, _ reading: ColumnReading?) -> Message? {
        guard field.type.isNumeric, reading?.multiplier == nil else { return nil }
        let names = Array(field.label.texts.values) + field.aliases
        let folded = ImportFieldIndex.folded(header)
        // What is exactly a name of the field says nothing of a unit: trade_gross_kg, weight_t.
        if [header, folded].contains(field.name.rawValue) { return nil }
        if names.contains(where: { ImportFieldIndex.folded($0) == folded }) { return nil }
        let all = Set(([field.name.rawValue] + names).flatMap { ImportFieldIndex.namesMeant(by: $0) })
        // Where a mapping has named the field, the name before the unit may be any.
        guard let given = parts(of: header).first(where: { all.contains($0.name) }) ?? sure(header) else { return nil }
        let own = names.lazy.compactMap { sure($0)?.unit }.first
        guard let wanted = given.unit.contradicted(field.type, own) else { return nil }
        return Message(
            .headingUnit,
            [
                "header": .text(header), "unit": .text(given.text), "field": .label(field.label),
                "name": .text(field.name.rawValue), "wanted": wanted,
            ]
        )
    }

    /// The units at the ends of two labels of one field, in words, when numbers of the one are no numbers of the other; empty
    /// for none.
    ///
    /// A measure or currency that is named or left out says nothing new; a power of ten does.
    package static func change(_ old: String, _ new: String) -> (old: String, new: String)? {
        let then = sure(old)?.unit
        let now = sure(new)?.unit
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

    /// The unit that is wanted instead, in words; nil when there is no contradiction.
    private func contradicted(_ type: FieldType, _ own: HeadingUnit?) -> Message.Argument? {
        if let own {
            return own == self ? nil : .text(own.words)
        }
        switch type {
        case .currency(let code, _):
            return exponent == 0 && !isPercent && (currency == nil || currency == code) ? nil : .text(code)
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
    static let headingNoUnit = MessageKey("import.heading_no_unit", zhCN: "数值本身", zhTW: "數值本身", en: "the plain number")
}
