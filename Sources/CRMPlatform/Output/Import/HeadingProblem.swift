internal import CRMModel

/// What the unit and the remarks of a column say against the field that it is for.
struct HeadingProblem {
    private let header: String
    private let field: FieldDefinition
    private let folded: String
    /// What the field is called by people.
    private let names: [String]

    /// Looks at a column of a field.
    ///
    /// - Parameters:
    ///   - header: The heading.
    ///   - field: The field.
    init(_ header: String, _ field: FieldDefinition) {
        self.header = header
        self.field = field
        folded = ImportFieldIndex.folded(header)
        names = Array(field.label.texts.values) + field.aliases
    }

    /// What is wrong with the column; nil when it may be so.
    ///
    /// - Parameters:
    ///   - reading: What the mapping says of the column; a multiplier converts.
    ///   - isMapped: Whether the mapping names the field, so that what is no unit needs no explanation.
    /// - Returns: The problem, with the unit that is wanted.
    func message(_ reading: ColumnReading?, isMapped: Bool) -> Message? {
        guard field.type.isNumeric, reading?.multiplier == nil else { return nil }
        // What is exactly a name of the field says nothing of a unit: gross_kg, weight_t.
        if [header, folded].contains(field.name.rawValue) { return nil }
        let own = [field.name.rawValue] + names
        if own.contains(where: { ImportFieldIndex.folded($0) == folded }) { return nil }
        if let message = remark(isMapped: isMapped) { return message }
        let all = Set(own.flatMap { ImportFieldIndex.namesMeant(by: $0) })
        // Where a mapping has named the field, the name before the unit may be any.
        guard
            var given = HeadingUnit.parts(of: header).first(where: { all.contains($0.name) })
                ?? HeadingUnit.sure(header)
        else {
            guard !isMapped, let text = unknown else { return nil }
            return message(.headingUnknownUnit, text)
        }
        // A capital M is a million, a small one a metre.
        if given.unit.measure == "m", given.text == "m", TextNormalisation.halfWidth(header).contains("M") {
            given.unit.takeMillions()
        }
        return contradiction(given.unit, given.text)
    }

    /// What stands in brackets at the end of the heading and is neither a unit nor a remark that says nothing of one.
    private var unknown: String? {
        guard let (_, inside) = LabelRemark.parted(folded) else { return nil }
        let text = LabelRemark.withoutRemarks(inside)
        return HeadingUnit(text) != nil || LabelRemark.areRemarks(inside) ? nil : text
    }

    /// The remark of the heading to which the field's names say the contrary.
    private func remark(isMapped: Bool) -> Message? {
        let given = LabelRemark(header)
        let own = names.map { LabelRemark($0) }
        // A mapping may say what counts as what; taxes have to be calculated.
        guard let topic = given.contradicted(by: own), topic == .tax || !isMapped, let word = given.words[topic] else {
            return nil
        }
        var wanted: [Language: String] = [:]
        for (language, text) in field.label.texts {
            wanted[language] = LabelRemark(text).words[topic].map { HeadingUnit.written($0, in: text) }
        }
        let other = own.lazy.compactMap { $0.words[topic] }.first ?? ""
        return message(.headingRemark, word, .label(Self.filled(wanted, other)))
    }

    private func contradiction(_ unit: HeadingUnit, _ text: String) -> Message? {
        let units = names.compactMap { HeadingUnit.sure($0) }
        if let own = units.first {
            guard own.unit.counting(field.type) != unit.counting(field.type) else { return nil }
            var wanted: [Language: String] = [:]
            for (language, label) in field.label.texts {
                wanted[language] = HeadingUnit.sure(label).map { HeadingUnit.written($0.text, in: label) }
            }
            return message(.headingUnit, text, .label(Self.filled(wanted, own.text)))
        }
        switch field.type {
        case .currency(let code, _):
            let isAmount = unit.exponent == 0 && !unit.isPercent && unit.measure == nil
            return isAmount && (unit.currency == nil || unit.currency == code)
                ? nil : message(.headingUnit, text, .text(code))
        case .percent: return unit.isPercent ? nil : message(.headingUnit, text, "%")
        default: return unit.exponent == 0 && !unit.isPercent ? nil : message(.headingNoUnit, text)
        }
    }

    /// A text for all languages, with another one for those that have none.
    private static func filled(_ texts: [Language: String], _ other: String) -> LocalizedText {
        let spare = Language.allCases.lazy.compactMap { texts[$0] }.first ?? other
        return LocalizedText(
            Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, texts[$0] ?? spare) })
        )
    }

    private func message(_ key: MessageKey, _ word: String, _ wanted: Message.Argument = "") -> Message {
        Message(
            key,
            [
                "header": .text(header), "field": .label(field.label), "name": .text(field.name.rawValue),
                "unit": .text(HeadingUnit.written(word, in: header)), "wanted": wanted,
            ]
        )
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
    static let headingNoUnit = MessageKey(
        "import.heading_no_unit",
        zhCN:
            "列「{header}」的单位是「{unit}」，而字段「{field}」是没有单位的数；请换算后改列名，或在映射的 columns 里写 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍数}",
        zhTW:
            "欄「{header}」的單位是「{unit}」，而欄位「{field}」是沒有單位的數；請換算後改欄名，或在對應的 columns 裡寫 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍數}",
        en:
            "the column \"{header}\" is in \"{unit}\", and the field \"{field}\" is a number without a unit; convert it and rename the column, or let columns of the mapping say \"{header}\": {\"field\": \"{name}\", \"multiply\": factor}"
    )
    static let headingRemark = MessageKey(
        "import.heading_remark",
        zhCN:
            "列「{header}」写的是「{unit}」，而字段「{field}」的是「{wanted}」；请换算后改列名，或在映射的 columns 里写 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍数}；不导入这一列就写 \"{header}\": null",
        zhTW:
            "欄「{header}」寫的是「{unit}」，而欄位「{field}」的是「{wanted}」；請換算後改欄名，或在對應的 columns 裡寫 \"{header}\": {\"field\": \"{name}\", \"multiply\": 倍數}；不匯入這一欄就寫 \"{header}\": null",
        en:
            "the column \"{header}\" says \"{unit}\", and the field \"{field}\" is \"{wanted}\"; convert it and rename the column, or let columns of the mapping say \"{header}\": {\"field\": \"{name}\", \"multiply\": factor}, or \"{header}\": null to leave it out"
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
}
