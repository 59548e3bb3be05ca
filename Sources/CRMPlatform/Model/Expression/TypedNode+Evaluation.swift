extension Number {
    /// The number in units of its scale; nil for null.
    package func evaluate(in context: some ExpressionContext) throws -> Int64? {
        switch self {
        case .constant(let units): return units
        case .field(let source, let scale): return Self.units(of: try source.value(in: context), scale: scale)
        default: return try evaluateOthers(in: context)
        }
    }

    /// The units of a value that a record holds, also when it was not yet brought to the field's scale.
    @inline(__always)
    private static func units(of value: Value, scale: Int) -> Int64? {
        switch value {
        case .integer(let number): scale == 0 ? number : ExactArithmetic.multiply(number, ExactArithmetic.power(scale))
        case .decimal(let number):
            number.scale == scale ? number.units : rescaled(number, scale)
        default: nil
        }
    }

    private static func rescaled(_ number: FixedDecimal, _ scale: Int) -> Int64 {
        number.scale < scale
            ? ExactArithmetic.multiply(number.units, ExactArithmetic.power(scale - number.scale))
            : ExactArithmetic.round(number.units, places: number.scale - scale)
    }

    private func evaluateOthers(in context: some ExpressionContext) throws -> Int64? {
        switch self {
        case .me: return context.userID
        case .add(let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return ExactArithmetic.add(left, right)
        case .subtract(let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return ExactArithmetic.subtract(left, right)
        case .multiply(let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return ExactArithmetic.multiply(left, right)
        case .divide(let left, let right, let shift):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return ExactArithmetic.divide(left, right, shift: shift)
        case .negate(let node):
            return try node.evaluate(in: context).map { ExactArithmetic.subtract(0, $0) }
        case .magnitude(let node):
            return try node.evaluate(in: context).map { $0 < 0 ? ExactArithmetic.subtract(0, $0) : $0 }
        case .raise(let node, let places):
            return try node.evaluate(in: context).map { ExactArithmetic.multiply($0, ExactArithmetic.power(places)) }
        case .round(let node, let places):
            return try node.evaluate(in: context).map { ExactArithmetic.round($0, places: places) }
        case .part(let part, let day): return try day.evaluate(in: context).map { part.number(of: $0) }
        case .days(let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return Int64(right.days(until: left))
        case .length(let term): return try term.evaluate(in: context).map { Int64($0.unicodeScalars.count) }
        case .first(let nodes):
            for node in nodes {
                if let value = try node.evaluate(in: context) { return value }
            }
            return nil
        case .constant, .field: return nil
        }
    }
}

extension DayPart {
    func number(of day: CalendarDate) -> Int64 {
        switch self {
        case .year: Int64(day.year)
        case .quarter: Int64(day.quarter)
        case .month: Int64(day.month)
        case .day: Int64(day.day)
        }
    }
}

extension DayBucket {
    func text(of day: CalendarDate) -> String {
        switch self {
        case .yearMonth: String(day.description.prefix(7))
        case .yearQuarter: day.description.prefix(4) + "-Q\(day.quarter)"
        }
    }
}

extension TextTerm {
    /// The text; nil for null.
    package func evaluate(in context: some ExpressionContext) throws -> String? {
        switch self {
        case .constant(let text): return text
        case .field(let source): return try source.value(in: context).textValue
        case .lower(let term): return try term.evaluate(in: context).map { Self.mapped($0, 0x41...0x5A) { $0 | 0x20 } }
        case .upper(let term): return try term.evaluate(in: context).map { Self.mapped($0, 0x61...0x7A) { $0 & 0xDF } }
        case .bucket(let bucket, let day): return try day.evaluate(in: context).map { bucket.text(of: $0) }
        case .form(let form, let term): return try term.evaluate(in: context).map(form.form(of:))
        case .first(let terms):
            for term in terms {
                if let text = try term.evaluate(in: context) { return text }
            }
            return nil
        }
    }

    private static func mapped(_ text: String, _ letters: ClosedRange<UInt8>, _ change: (UInt8) -> UInt8) -> String {
        guard text.utf8.contains(where: letters.contains) else { return text }
        return String(decoding: text.utf8.map { letters.contains($0) ? change($0) : $0 }, as: UTF8.self)
    }
}

extension Day {
    /// The day; nil for null.
    package func evaluate(in context: some ExpressionContext) throws -> CalendarDate? {
        switch self {
        case .constant(let date): return date
        case .field(let source): return try source.value(in: context).dateValue
        case .today: return context.today
        case .shifted(let day, let number):
            guard let day = try day.evaluate(in: context), let number = try number.evaluate(in: context) else {
                return nil
            }
            return Int(exactly: number).flatMap { day.adding(days: $0) }
        case .of(let moment, let zone): return try moment.evaluate(in: context).flatMap { zone.day(of: $0) }
        case .first(let days):
            for day in days {
                if let date = try day.evaluate(in: context) { return date }
            }
            return nil
        }
    }
}

extension Moment {
    /// The moment; nil for null.
    package func evaluate(in context: some ExpressionContext) throws -> Instant? {
        switch self {
        case .constant(let instant): return instant
        case .field(let source): return try source.value(in: context).instantValue
        case .now: return context.now
        case .first(let moments):
            for moment in moments {
                if let instant = try moment.evaluate(in: context) { return instant }
            }
            return nil
        }
    }
}

extension Instant {
    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    package var second: Int64 {
        milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
    }
}
