extension LenientInput {
    /// What a percent sign means.
    public enum PercentMeaning: Sendable, Hashable {
        /// 12.5% is 0.125.
        case hundredth
        /// 12.5% is 12.5, for fields that hold percentages.
        case asWritten
        /// A percent sign is refused.
        case refused
    }

    /// Which currency an amount may name.
    public enum CurrencyMeaning: Sendable, Hashable {
        /// That of an ISO 4217 code, by code, word or sign; every other is refused.
        case of(String)
        /// The number is of no known currency: only yuan are taken, the money of everyday.
        case unmarked
        /// None at all.
        case refused
    }

    /// Reads a whole number in any form that `decimal` takes.
    ///
    /// - Throws: `InputProblem`; `.notAnInteger` when there is a fraction other than zero.
    public static func integer(
        _ text: some StringProtocol,
        currency: CurrencyMeaning = .unmarked,
        rounds: Bool = false
    ) throws(InputProblem) -> Int64 {
        do {
            return try decimal(text, scale: 0, percent: .refused, currency: currency, rounds: rounds).units
        } catch .tooManyPlaces {
            throw .notAnInteger
        }
    }

    /// Reads a number for a field of a type: amounts in its currency, percentages as people write them.
    ///
    /// - Throws: `InputProblem` with the reason.
    public static func decimal(
        _ text: some StringProtocol,
        of type: FieldType,
        scale: Int,
        rounds: Bool = false
    ) throws(InputProblem) -> FixedDecimal {
        let (percent, currency) = meanings(of: type)
        return try decimal(text, scale: scale, percent: percent, currency: currency, rounds: rounds)
    }

    /// What a percent sign and a currency mean in fields of a type.
    package static func meanings(of type: FieldType) -> (percent: PercentMeaning, currency: CurrencyMeaning) {
        switch type {
        case .percent: (.asWritten, .refused)
        case .currency(let code, _): (.refused, .of(code))
        default: (.hundredth, .unmarked)
        }
    }

    /// Reads a number: `1234.5`, `1,234.56`, `１２３４．５`, `¥1,234`, `99元`, `3.5万`, `1.2亿`, `12.5%`, `(1,234.56)`, `1e3`.
    ///
    /// The result has the scale asked for and is exactly the number written; more places are refused unless they are 0,
    /// or rounded half away from zero when that is asked for.
    ///
    /// - Throws: `InputProblem` with the reason.
    public static func decimal(
        _ text: some StringProtocol,
        scale: Int,
        percent: PercentMeaning = .hundredth,
        currency: CurrencyMeaning = .unmarked,
        rounds: Bool = false
    ) throws(InputProblem) -> FixedDecimal {
        var parts = NumberText(prepared(text))
        guard !parts.body.isEmpty else { throw .empty }
        try parts.takeSignsAround()
        // What is no number at all is told first: PCS-100 has no currency.
        var exponent = parts.unitExponent
        if parts.isPercent {
            switch percent {
            case .hundredth: exponent -= 2
            case .asWritten: break
            case .refused: throw .percentHere
            }
        }
        let number = try parts.number(scale: scale, exponent: exponent, rounds: rounds)
        for mark in parts.currencies { try mark.check(currency) }
        return number
    }
}

/// A number's text while its currency signs, units and separators are taken off.
private struct NumberText {
    var body: [UInt8]
    var isNegative = false
    var isPercent = false
    var unitExponent = 0
    var currencies: [CurrencyMark] = []
    private let original: String

    init(_ text: String) {
        original = text
        body = Array(text.utf8)
    }

    /// Takes off brackets, signs, currencies, units and the percent sign.
    mutating func takeSignsAround() throws(InputProblem) {
        if body.first == UInt8(ascii: "("), body.last == UInt8(ascii: ")") {
            body = Array(body.dropFirst().dropLast())
            isNegative = true
            takeBlanks()
            _ = takeCurrencyBefore()
            takeUnitsAfter()
            guard let first = body.first, first &- 0x30 < 10 else { throw problemOfWords() }
            return
        }
        var signed = takeSign()
        let currency = takeCurrencyBefore()
        if currency, !signed { signed = takeSign() }
        takeUnitsAfter()
        guard let first = body.first, first &- 0x30 < 10 || first == UInt8(ascii: ".") else { throw problemOfWords() }
    }

    private mutating func takeSign() -> Bool {
        if take(prefix: "-") || take(prefix: "−") {
            isNegative = true
            return true
        }
        return take(prefix: "+")
    }

    private mutating func takeCurrencyBefore() -> Bool {
        var isThere = false
        while let (mark, count) = CurrencyMark.before(body), currencies.count < 4 {
            body.removeFirst(count)
            currencies.append(mark)
            takeBlanks()
            isThere = true
        }
        return isThere
    }

    private mutating func takeUnitsAfter() {
        let before = currencies.count
        while let (mark, count) = CurrencyMark.after(body), currencies.count < before + 4 {
            body.removeLast(count)
            currencies.append(mark)
            takeBlanks()
        }
        takeBlanks()
        if take(suffix: "%") {
            isPercent = true
        } else {
            while true {
                if take(suffix: "万") || take(suffix: "萬") {
                    unitExponent += 4
                } else if take(suffix: "亿") || take(suffix: "億") {
                    unitExponent += 8
                } else {
                    break
                }
            }
        }
        takeBlanks()
    }

    private mutating func takeBlanks() {
        while body.first == 0x20 { body.removeFirst() }
        while body.last == 0x20 { body.removeLast() }
    }

    private mutating func take(prefix: String) -> Bool {
        guard body.starts(with: prefix.utf8) else { return false }
        body.removeFirst(prefix.utf8.count)
        return true
    }

    private mutating func take(suffix: String) -> Bool {
        guard body.count >= suffix.utf8.count, body.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else {
            return false
        }
        body.removeLast(suffix.utf8.count)
        return true
    }

    private func problemOfWords() -> InputProblem {
        switch original.lowercased().drop(while: { $0 == "-" || $0 == "+" }) {
        case "nan", "inf", "infinity", "∞", "无穷", "1.#inf", "1.#nan": return .notFinite
        default: break
        }
        let hasForeignDigit = original.unicodeScalars.contains {
            $0.value >= 0x80 && $0.properties.generalCategory == .decimalNumber || 0x66A...0x66C ~= $0.value
        }
        return hasForeignDigit ? .foreignDigits : .notANumber
    }

    /// Reads digits, separators, a point and an exponent.
    func number(scale: Int, exponent unit: Int, rounds: Bool) throws(InputProblem) -> FixedDecimal {
        var mantissa = body[...]
        var exponent = unit
        if let mark = mantissa.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            exponent += try power(mantissa[(mark + 1)...])
            mantissa = mantissa[..<mark]
        }
        let point = mantissa.firstIndex(of: UInt8(ascii: "."))
        let fraction = point.map { mantissa[($0 + 1)...] } ?? []
        let whole = try ungrouped(point.map { mantissa[..<$0] } ?? mantissa)
        if fraction.contains(UInt8(ascii: ",")) { throw .ambiguousSeparator }
        guard fraction.allSatisfy({ $0 &- 0x30 < 10 }), point == nil || !fraction.isEmpty else {
            throw problemOfWords()
        }
        guard !whole.isEmpty else { throw .notANumber }
        return try exact(digits: whole + fraction, places: fraction.count - exponent, scale: scale, rounds: rounds)
    }

    private func power(_ text: ArraySlice<UInt8>) throws(InputProblem) -> Int {
        guard let number = Int(String(decoding: text, as: UTF8.self)) else { throw problemOfWords() }
        guard number.magnitude <= 1000 else { throw number > 0 ? .overflow : .tooManyPlaces }
        return number
    }

    private func ungrouped(_ text: ArraySlice<UInt8>) throws(InputProblem) -> [UInt8] {
        let groups = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.allSatisfy { $0 &- 0x30 < 10 } }) else { throw problemOfWords() }
        guard groups.count > 1 else { return Array(text) }
        let wellFormed =
            (1...3).contains(groups[0].count) && groups[0].first != 0x30
            && groups.dropFirst().allSatisfy { $0.count == 3 }
        guard wellFormed else { throw groups.count == 2 ? .ambiguousSeparator : .badGrouping }
        return groups.flatMap { $0 }
    }

    /// The number `digits / 10^places` at the scale asked for.
    private func exact(digits: [UInt8], places: Int, scale: Int, rounds: Bool) throws(InputProblem) -> FixedDecimal {
        var significant = digits.drop { $0 == 0x30 }
        var places = places
        while let last = significant.last, last == 0x30 {
            significant.removeLast()
            places -= 1
        }
        if significant.isEmpty { places = 0 }
        var isUp = false
        if places > scale {
            guard rounds else { throw .tooManyPlaces }
            let surplus = places - scale
            isUp = surplus <= significant.count && significant[significant.endIndex - surplus] >= UInt8(ascii: "5")
            significant.removeLast(min(surplus, significant.count))
            places = scale
        }
        let zeros = scale - places
        guard significant.isEmpty || significant.count + zeros <= 19 else { throw .overflow }
        var units: Int64 = 0
        for byte in Array(significant) + Array(repeating: 0x30, count: significant.isEmpty ? 0 : zeros) {
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int64(byte - 0x30))
            guard !overflow, !carry else { throw .overflow }
            units = sum
        }
        if isUp {
            let (sum, overflow) = units.addingReportingOverflow(1)
            guard !overflow else { throw .overflow }
            units = sum
        }
        guard let result = FixedDecimal(units: isNegative ? -units : units, scale: scale) else { throw .overflow }
        return result
    }
}
