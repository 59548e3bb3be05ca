import CRMModel

extension ExpressionSQL {
    /// The signs that leave no mark, as `TextNormalisation.isBlank` has them, for `trim`.
    private static let blanks: String = {
        let ranges: [ClosedRange<UInt32>] = [
            0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200F, 0x2028...0x2029,
            0x202F...0x202F, 0x205F...0x2060, 0x3000...0x3000, 0xFEFF...0xFEFF,
        ]
        return String(String.UnicodeScalarView(ranges.joined().compactMap(Unicode.Scalar.init)))
    }()

    mutating func write(_ node: Condition, into sql: inout SQLFragment) throws {
        if node.isConstant {
            sql.bind(try node.evaluate(in: constants).map(Value.boolean) ?? .null)
            return
        }
        try enter(node.levels)
        defer { leave(node.levels) }
        switch node {
        case .constant: break
        case .field(let source): try write(source, into: &sql)
        case .all(let parts):
            sql.append("(")
            try writeList(parts, separator: " AND ", into: &sql)
            sql.append(")")
        case .any(let parts):
            sql.append("(")
            try writeList(parts, separator: " OR ", into: &sql)
            sql.append(")")
        case .not(let part):
            sql.append("(NOT ")
            try write(part, into: &sql)
            sql.append(")")
        case .numbers(let comparison, let left, let right): try writePair(left, comparison, right, into: &sql)
        case .texts(let comparison, let left, let right): try writePair(left, comparison, right, into: &sql)
        case .days(let comparison, let left, let right): try writeDays(comparison, left, right, into: &sql)
        case .moments(let comparison, let left, let right): try writeMoments(comparison, left, right, into: &sql)
        case .conditions(let comparison, let left, let right): try writePair(left, comparison, right, into: &sql)
        case .settled(let number, let value): try writePair(number, value ? .equal : .notEqual, number, into: &sql)
        case .numberAmong(let number, let units, let orUnknown):
            try writeAmong(number, units.map(Value.integer), orUnknown, into: &sql)
        case .textAmong(let term, let texts, let orUnknown):
            try writeAmong(term, texts.map(Value.text), orUnknown, into: &sql)
        case .matches(let term, let pattern): try write(term, matches: pattern, into: &sql)
        case .emptyText(let term):
            sql.append("(ifnull(trim(")
            try write(term, into: &sql)
            sql.append(", ")
            sql.bind(.text(Self.blanks))
            sql.append("), '') = '')")
        case .emptyNumber(let node): try writeIsNull(node, into: &sql)
        case .emptyDay(let node): try writeIsNull(node, into: &sql)
        case .emptyMoment(let node): try writeIsNull(node, into: &sql)
        case .emptyCondition(let node): try writeIsNull(node, into: &sql)
        case .first(let nodes): try writeFirst(nodes, into: &sql)
        }
    }

    private mutating func writeIsNull(_ node: some SQLWritable, into sql: inout SQLFragment) throws {
        sql.append("(")
        try node.write(with: &self, into: &sql)
        sql.append(" IS NULL)")
    }

    private mutating func writeAmong(
        _ node: some SQLWritable,
        _ values: [Value],
        _ orUnknown: Bool,
        into sql: inout SQLFragment
    ) throws {
        let values = orUnknown ? values + [.null] : values
        guard !values.isEmpty else {
            // No number of this scale is in the list; without a number it is still unknown.
            return try writePair(node, .notEqual, node, into: &sql)
        }
        sql.append("(")
        try node.write(with: &self, into: &sql)
        sql.append(" IN (")
        for (index, value) in values.enumerated() {
            if index > 0 { sql.append(", ") }
            sql.bind(value)
        }
        sql.append("))")
    }

    private mutating func write(
        _ term: TextTerm,
        matches pattern: LikePattern,
        into sql: inout SQLFragment
    ) throws {
        sql.append("(")
        try write(term, into: &sql)
        sql.append(" LIKE ")
        sql.bind(.text(pattern.text))
        sql.append(" ESCAPE '\\'")
        // What begins with letters of no case lies within a range of the binary order, which an index can find.
        if case .field = term, let (low, high) = Self.range(of: pattern.exactPrefix) {
            sql.append(" AND ")
            try write(term, into: &sql)
            sql.append(" >= ")
            sql.bind(.text(low))
            sql.append(" AND ")
            try write(term, into: &sql)
            sql.append(" < ")
            sql.bind(.text(high))
        }
        sql.append(")")
    }

    /// The prefix and the least text that is beyond all texts that begin with it.
    static func range(of prefix: String) -> (low: String, high: String)? {
        var scalars = prefix.unicodeScalars
        guard let last = scalars.popLast() else { return nil }
        guard let next = Unicode.Scalar(last.value == 0xD7FF ? 0xE000 : last.value + 1) else { return nil }
        scalars.append(next)
        return (prefix, String(scalars))
    }

    // MARK: - Days and moments

    private mutating func writeDays(
        _ comparison: Comparison,
        _ left: Day,
        _ right: Day,
        into sql: inout SQLFragment
    ) throws {
        if case .of(let moment, let zone) = left, right.isConstant, let day = try right.evaluate(in: constants),
            let bounds = Self.bounds(of: day, in: zone)
        {
            return try write(moment, comparison, bounds, into: &sql)
        }
        if case .of(let moment, let zone) = right, left.isConstant, let day = try left.evaluate(in: constants),
            let bounds = Self.bounds(of: day, in: zone)
        {
            return try write(moment, comparison.flipped, bounds, into: &sql)
        }
        try writePair(left, comparison, right, into: &sql)
    }

    private mutating func writeMoments(
        _ comparison: Comparison,
        _ left: Moment,
        _ right: Moment,
        into sql: inout SQLFragment
    ) throws {
        if right.isConstant, let instant = try right.evaluate(in: constants) {
            return try write(left, comparison, Self.bounds(of: instant), into: &sql)
        }
        if left.isConstant, let instant = try left.evaluate(in: constants) {
            return try write(right, comparison.flipped, Self.bounds(of: instant), into: &sql)
        }
        sql.append("(substr(")
        try write(left, into: &sql)
        sql.append(", 1, 19)")
        sql.append(comparison.sql)
        sql.append("substr(")
        try write(right, into: &sql)
        sql.append(", 1, 19))")
    }

    /// The texts between which the moments of a day lie, without the `Z`, so that parts of a second make no difference;
    /// nil where there are none.
    private static func bounds(of day: CalendarDate, in zone: ZoneDays) -> (low: String, high: String)? {
        zone.seconds(of: day).map { (text(ofSecond: $0.lowerBound), text(ofSecond: $0.upperBound)) }
    }

    private static func bounds(of second: Instant) -> (low: String, high: String) {
        (text(ofSecond: second.second), text(ofSecond: second.second + 1))
    }

    private static func text(ofSecond second: Int64) -> String {
        let instant = Instant(milliseconds: second * 1000)
        // The last second of the calendar has none after it.
        guard instant.milliseconds == second * 1000 else { return "9999-12-31T23:59:60" }
        return String(instant.description.prefix(19))
    }

    private mutating func write(
        _ moment: Moment,
        _ comparison: Comparison,
        _ bounds: (low: String, high: String),
        into sql: inout SQLFragment
    ) throws {
        sql.append("(")
        try write(moment, into: &sql)
        switch comparison {
        case .less:
            sql.append(" < ")
            sql.bind(.text(bounds.low))
        case .lessOrEqual:
            sql.append(" < ")
            sql.bind(.text(bounds.high))
        case .greater:
            sql.append(" >= ")
            sql.bind(.text(bounds.high))
        case .greaterOrEqual:
            sql.append(" >= ")
            sql.bind(.text(bounds.low))
        case .equal:
            sql.append(" >= ")
            sql.bind(.text(bounds.low))
            sql.append(" AND ")
            try write(moment, into: &sql)
            sql.append(" < ")
            sql.bind(.text(bounds.high))
        case .notEqual:
            sql.append(" < ")
            sql.bind(.text(bounds.low))
            sql.append(" OR ")
            try write(moment, into: &sql)
            sql.append(" >= ")
            sql.bind(.text(bounds.high))
        }
        sql.append(")")
    }
}
