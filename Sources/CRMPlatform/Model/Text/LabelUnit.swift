/// The unit that a label of numbers ends with: `㎡` in `面积(㎡)`, `元/㎡` in `单价(元/㎡)`, `kg` in `Gross weight kg`.
package struct LabelUnit: Hashable {
    /// The unit without regard to width, case and script, and without blanks.
    let text: String
    /// The one name of a known measure, of which there are several spellings; nil for every other unit.
    let measure: String?
    /// Whether numbers count tens, hundreds, thousands … of something: 万元.
    package let isMultiple: Bool

    /// The currency that the unit names, alone or before a slash: 元/㎡; nil for none.
    var currency: String? { CurrencyMark(text.prefix { $0 != "/" })?.code }

    /// The greatest number of signs of a unit in a label or behind a number.
    private static let length = 40

    /// Words for many that units begin with.
    private static let multiples = ["thousand", "million", "billion", "mio"]

    /// The unit of a label; nil when it ends in none.
    ///
    /// What stands in brackets at the end is one, unless it is a remark such as 含税 or has digits that no known measure has.
    /// Without brackets only a known measure is, behind a blank or another sign or where Latin letters follow on Chinese ones.
    package init?(_ label: String) {
        let folded = TextNormalisation.searchForm(TextNormalisation.trimmed(label))
        if let (_, inside) = LabelRemark.parted(folded) {
            self.init(bracketed: inside)
        } else {
            self.init(open: folded)
        }
    }

    private init?(bracketed given: String) {
        var text = LabelRemark.withoutRemarks(Self.withoutBlanks(given))[...]
        for word in ["单位", "unit"] where text.hasPrefix(word) {
            text = text.dropFirst(word.count).drop { $0 == ":" || $0 == "=" }
        }
        guard let first = text.unicodeScalars.first, text.count <= Self.length, Self.isBeginning(first) else {
            return nil
        }
        measure = MeasureUnit.name(of: text)
        if measure == nil, !text.contains("/"), text.utf8.contains(where: { $0 &- 0x30 < 10 }) { return nil }
        self.text = ["百分比", "百分数", "percent", "pct"].contains(text) ? "%" : String(text)
        isMultiple =
            measure == nil
            && ("万亿千百十仟佰拾".contains(text.first ?? " ") || Self.multiples.contains { text.hasPrefix($0) }
                || ["k", "w"].contains(text))
    }

    private init?(open folded: String) {
        let end = folded.last == ":" ? folded.dropLast() : folded[...]
        if end.last == "%" {
            (text, measure, isMultiple) = ("%", nil, false)
            return
        }
        let isLatin = end.unicodeScalars.last.map { $0.isASCII } ?? false
        let tail = end.suffix(Self.length).unicodeScalars.reversed().prefix { scalar in
            isLatin
                ? scalar.isASCII && scalar.properties.isAlphabetic || 0x30...0x39 ~= scalar.value || scalar == "^"
                : !scalar.isASCII
        }
        var word = String.UnicodeScalarView()
        word.append(contentsOf: tail.reversed())
        guard let name = MeasureUnit.name(of: String(word)), word.count < end.unicodeScalars.count,
            isLatin ? word.count > 1 : true
        else { return nil }
        (text, measure, isMultiple) = (String(word), name, false)
    }

    /// The units that the labels of all languages end with.
    package static func all(in label: LocalizedText) -> [LabelUnit] {
        var units: [LabelUnit] = []
        for text in label.texts.values {
            if let unit = LabelUnit(text), !units.contains(unit) { units.append(unit) }
        }
        return units
    }

    /// Whether a unit may begin so: with a letter, a sign such as ℃ or that of a currency, a percent sign or a slash.
    private static func isBeginning(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .otherSymbol, .currencySymbol: true
        default: scalar.properties.isAlphabetic || "%‰/".unicodeScalars.contains(scalar)
        }
    }

    private static func withoutBlanks(_ text: some StringProtocol) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !TextNormalisation.isInvisible($0) }))
    }

    /// Whether a folded text without blanks names this unit.
    private func isMeant(by text: String) -> Bool {
        text == self.text || measure != nil && MeasureUnit.name(of: text) == measure
    }

    /// A text that is a number with one of these units behind or before it, without the unit: `9㎡` is `9`.
    ///
    /// - Returns: The number's text; nil when none of the units stands there.
    static func number(in text: String, _ units: [LabelUnit]) -> String? {
        let written = LenientInput.prepared(text).lowercased()
        let folded = TextNormalisation.trimmed(TextNormalisation.searchForm(written))
        let back = folded.suffix(length)
        for start in back.indices where start > folded.startIndex {
            let tail = withoutBlanks(back[start...])
            guard units.contains(where: { $0.isMeant(by: tail) }) else { continue }
            // A raised digit is none of the number: 10³kg.
            let number = folded[..<start]
            return written.hasPrefix(number) ? TextNormalisation.trimmed(number) : nil
        }
        let front = folded.prefix(length)
        for end in front.indices.reversed() where end > folded.startIndex && folded[end].isASCII && folded[end].isNumber
        {
            let head = withoutBlanks(front[..<end])
            guard units.contains(where: { $0.isMeant(by: head) }) else { continue }
            return written.hasSuffix(folded[end...]) ? String(folded[end...]) : nil
        }
        return nil
    }
}

extension LenientInput {
    /// Reads a number of a label: as ``decimal(_:scale:percent:currency:rounds:)``, or with the unit that the label names.
    ///
    /// Every other unit is refused where the label names one: a percent sign, another currency, ten thousands of
    /// something that is counted in ten thousands already.
    ///
    /// - Throws: `InputProblem` with the reason.
    package static func decimal(
        _ text: String,
        below label: LocalizedText,
        scale: Int,
        percent: PercentMeaning,
        currency: CurrencyMeaning,
        rounds: Bool = false
    ) throws(InputProblem) -> FixedDecimal {
        let units = hasSigns(text) ? LabelUnit.all(in: label) : []
        guard !units.isEmpty else {
            return try decimal(text, scale: scale, percent: percent, currency: currency, rounds: rounds)
        }
        let number = LabelUnit.number(in: text, units)
        let body = number ?? text
        let isMultiple = units.contains(where: \.isMultiple)
        if isMultiple, body.contains(where: { "万萬亿億".contains($0) }) { throw .unitHere }
        var own = currency
        if isMultiple {
            own = .refused
        } else if currency == .unmarked {
            own = units.lazy.compactMap(\.currency).first.map { .of($0) } ?? .refused
        }
        do throws(InputProblem) {
            return try decimal(
                body,
                scale: scale,
                percent: percent == .asWritten ? .asWritten : .refused,
                currency: own,
                rounds: rounds
            )
        } catch {
            throw isMultiple && error == .otherCurrency ? .unitHere : error
        }
    }

    /// Whether there is anything in a text beside ASCII digits, points, commas, signs and blanks.
    private static func hasSigns(_ text: String) -> Bool {
        text.utf8.contains { $0 >= 0x3A || $0 < 0x2B && $0 != 0x20 || $0 == 0x2F }
    }

    /// Reads a number for a field: as ``decimal(_:of:scale:rounds:)``, or with the unit that the field's label names.
    ///
    /// - Throws: `InputProblem` with the reason.
    package static func decimal(
        _ text: String,
        for field: FieldDefinition,
        scale: Int,
        rounds: Bool = false
    ) throws(InputProblem) -> FixedDecimal {
        let (percent, currency) = meanings(of: field.type)
        return try decimal(
            text,
            below: field.label,
            scale: scale,
            percent: percent,
            currency: currency,
            rounds: rounds
        )
    }

    /// Reads a whole number for a field: as ``integer(_:currency:rounds:)``, or with the unit that the field's label names.
    ///
    /// - Throws: `InputProblem` with the reason.
    package static func integer(_ text: String, for field: FieldDefinition) throws(InputProblem) -> Int64 {
        try integer(text, below: field.label)
    }

    /// Reads a whole number of a label: as ``integer(_:currency:rounds:)``, or with the unit that the label names.
    ///
    /// - Throws: `InputProblem` with the reason.
    package static func integer(_ text: String, below label: LocalizedText) throws(InputProblem) -> Int64 {
        do {
            return try decimal(text, below: label, scale: 0, percent: .refused, currency: .unmarked).units
        } catch .tooManyPlaces {
            throw .notAnInteger
        }
    }
}
