public import CRMModel
internal import CRMRecords

/// How the cells of a column are read, where a mapping asks for more than the usual reading.
public struct ColumnReading: Sendable, Hashable {
    /// What a text of a reference column says.
    public enum ReferenceKey: String, Sendable, Hashable {
        /// The number of the record in this very file: `42` or `customer/42`.
        case number
        /// A code of this company, also where the cell carries the mark of another one.
        case code
        /// The title, also where a code stands before it.
        case title
    }

    /// Which day a month without a day stands for.
    public enum MonthDay: String, Sendable, Hashable {
        /// Its first.
        case first
        /// Its last.
        case last
    }

    /// How the records of a reference column are found; nil for the usual way.
    public var by: ReferenceKey?
    /// Whether more decimal places than the field has are rounded, half away from zero, instead of being refused.
    public var rounds = false
    /// What a month without a day stands for; nil when it is refused.
    public var month: MonthDay?
    /// Whether an empty cell empties the field of a record that is changed, instead of leaving it as it is.
    public var clears = false
    /// Whether an empty cell leaves the field as it is, also where a mark tells that it was emptied since the export.
    public var keeps = false
    /// What numbers are multiplied by, such as 10,000 under a heading in ten thousands; the result is exact, or rounded
    /// when `rounds` says so.
    public var multiplier: FixedDecimal?
    /// The currency of the column's amounts, when they are converted by `multiplier`.
    public var currency: String?

    /// The usual reading.
    public init() {}

    /// Reads a member of a mapping; false when there is no such member or its value is wrong.
    mutating func read(_ name: String, _ value: JSONValue) -> Bool {
        switch name {
        case "by":
            by = value.stringValue.flatMap { ReferenceKey(rawValue: $0) }
            return by != nil
        case "month":
            month = value.stringValue.flatMap { MonthDay(rawValue: $0) }
            return month != nil
        case "round":
            guard case .boolean(let flag) = value else { return false }
            rounds = flag
        case "empty":
            guard let text = value.stringValue, ["keep", "clear"].contains(text) else { return false }
            clears = text == "clear"
            keeps = text == "keep"
        case "multiply":
            let text: String? =
                switch value {
                case .integer(let number): String(number)
                case .number(let text): text
                case .string(let text): text
                default: nil
                }
            guard let text, let number = FixedDecimal(text), number > .zero else { return false }
            multiplier = number
        case "currency":
            guard let text = value.stringValue, text.utf8.count == 3, text.utf8.allSatisfy({ $0 &- 0x41 < 26 }) else {
                return false
            }
            currency = text
        default: return false
        }
        return true
    }

    /// Whether the reading asks for something that fields of a type know.
    func fits(_ field: FieldDefinition) -> Bool {
        let isReference = field.type.isReference
        let isNumber = field.type.isNumeric
        let isDay = field.storage == .date || field.storage == .instant
        return (by == nil || isReference) && (!rounds && multiplier == nil || isNumber) && (month == nil || isDay)
            && (currency == nil || isNumber && multiplier != nil)
    }

    /// The input for a cell that is not empty; nil when it is read in the usual way.
    ///
    /// - Throws: `InputProblem` when the number cannot be read, so that it is never taken without its conversion.
    func value(_ text: String, for field: FieldDefinition) throws(InputProblem) -> InputValue? {
        if field.type.isReference { return by.map { reference(text, $0) } }
        if let month, let (year, number) = try? LenientInput.month(text) {
            let day = month == .first ? 1 : CalendarDate.daysInMonth(year: year, month: number)
            guard let date = CalendarDate(year: year, month: number, day: day) else { throw .impossibleDate }
            return field.storage == .date ? .value(.date(date)) : .text(date.description)
        }
        guard rounds || multiplier != nil, field.type.isNumeric else { return nil }
        let scale = if case .scaled(let places) = field.storage { places } else { 0 }
        let result =
            if let multiplier {
                try converted(text, by: multiplier, field, scale)
            } else {
                try LenientInput.decimal(text, for: field, scale: scale, rounds: rounds)
            }
        return .value(field.storage == .integer ? .integer(result.units) : .decimal(result))
    }

    private func converted(
        _ text: String,
        by multiplier: FixedDecimal,
        _ field: FieldDefinition,
        _ scale: Int
    ) throws(InputProblem) -> FixedDecimal {
        let source = currency.map { FieldType.currency(code: $0, scale: scale) } ?? field.type
        var money = LenientInput.meanings(of: source).currency
        // What the mapping converts from one unit into another has no unit of its own in the cell.
        if currency == nil, multiplier.isPowerOfTen {
            if text.contains(where: { "万萬亿億".contains($0) }) { throw .convertedHere }
            money = .refused
        }
        var number: FixedDecimal?
        var places = 0
        while number == nil {
            do {
                number = try LenientInput.decimal(text, scale: places, percent: .refused, currency: money)
            } catch .tooManyPlaces where places < 9 {
                places += 1
            } catch .percentHere, .otherCurrency, .ambiguousCurrency {
                throw .convertedHere
            }
        }
        guard let number, let down = number.multiplied(by: multiplier, scale: scale, rounding: .down),
            let up = number.multiplied(by: multiplier, scale: scale, rounding: .up)
        else { throw .overflow }
        if down == up { return down }
        guard rounds, let rounded = number.multiplied(by: multiplier, scale: scale, rounding: .halfUp) else {
            throw .tooManyPlaces
        }
        return rounded
    }

    private func reference(_ text: String, _ key: ReferenceKey) -> InputValue {
        let plain = TextNormalisation.trimmed(text)
        let body = WrittenReference(plain)?.body ?? plain
        switch key {
        case .number:
            let first = TextNormalisation.halfWidth(body.split(separator: " ").first.map(String.init) ?? body)
            return (RecordID(first)?.number ?? Int64(first)).map { .value(.integer($0)) } ?? .text(plain)
        case .code: return .text(body)
        case .title:
            guard body != plain, let blank = body.firstIndex(of: " ") else { return .text(body) }
            return .text(String(body[body.index(after: blank)...]))
        }
    }
}

extension FixedDecimal {
    /// Whether it is ten, a hundred, a tenth …, by which units of one kind are converted into each other.
    fileprivate var isPowerOfTen: Bool {
        var units = units
        while units > 1, units % 10 == 0 { units /= 10 }
        return units == 1
    }
}
