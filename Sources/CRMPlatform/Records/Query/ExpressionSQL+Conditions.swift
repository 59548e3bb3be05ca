import CRMModel
import CRMStorage

extension ExpressionSQL {
    /// The signs that leave no mark, as `TextNormalisation.isBlank` has them.
    private static let blanks: String = {
        let ranges: [ClosedRange<UInt32>] = [
            0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200F, 0x2028...0x2029,
            0x202F...0x202F, 0x205F...0x2060, 0x3000...0x3000, 0xFEFF...0xFEFF,
        ]
        return String(String.UnicodeScalarView(ranges.joined().compactMap(Unicode.Scalar.init)))
    }()

    mutating func written(_ node: Condition) throws -> SQLFragment {
        if node.isConstant {
            return sql.bound(try node.evaluate(in: constants).map(Value.boolean) ?? .null, as: .boolean)
        }
        switch node {
        case .constant: return sql.bound(.null, as: .boolean)
        case .field(let source): return try written(source)
        case .all(let parts): return try sql.all(parts.map { try written($0) })
        case .any(let parts): return try sql.any(parts.map { try written($0) })
        case .not(let part): return sql.not(try written(part))
        case .numbers(let comparison, let left, let right):
            return sql.compare(try written(left), comparison, try written(right))
        case .texts(let comparison, let left, let right):
            return sql.compare(try written(left), comparison, try written(right))
        case .days(let comparison, let left, let right): return try days(comparison, left, right)
        case .moments(let comparison, let left, let right): return try moments(comparison, left, right)
        case .conditions(let comparison, let left, let right):
            return sql.compare(try written(left), comparison, try written(right))
        case .settled(let number, let truth): return settled(try written(number), truth)
        case .numberAmong(let number, let units, let orUnknown):
            return among(try written(number), units.map(Value.integer), orUnknown, as: .integer)
        case .textAmong(let term, let texts, let orUnknown):
            return among(try written(term), texts.map(Value.text), orUnknown, as: .text)
        case .matches(let term, let pattern): return try matches(term, pattern)
        case .emptyText(let term): return sql.isBlank(try written(term), Self.blanks)
        case .emptyNumber(let node): return sql.isNull(try written(node))
        case .emptyDay(let node): return sql.isNull(try written(node))
        case .emptyMoment(let node): return sql.isNull(try written(node))
        case .emptyCondition(let node): return sql.isNull(try written(node))
        case .first(let nodes): return try sql.first(nodes.map { try written($0) })
        }
    }

    /// True or false where there is a value; else unknown.
    private func settled(_ value: SQLFragment, _ truth: Bool) -> SQLFragment {
        sql.compare(value, truth ? .equal : .notEqual, value)
    }

    private func among(
        _ value: SQLFragment,
        _ values: [Value],
        _ orUnknown: Bool,
        as storage: FieldStorage
    ) -> SQLFragment {
        let values = orUnknown ? values + [.null] : values
        // No number of this scale is in the list; without a number it is still unknown.
        guard !values.isEmpty else { return settled(value, false) }
        return sql.among(value, sql.bound(values, as: storage))
    }

    private mutating func matches(_ term: TextTerm, _ pattern: LikePattern) throws -> SQLFragment {
        let text = try written(term)
        let match = sql.matches(text, pattern)
        // What begins with letters of no case lies within a range of the binary order, which an index can find.
        guard case .field = term, let (low, high) = Self.range(of: pattern.exactPrefix) else { return "(\(match))" }
        return "(\(match) AND \(text) >= \(low.bound(by: sql)) AND \(text) < \(high.bound(by: sql)))"
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

    private mutating func days(_ comparison: Comparison, _ left: Day, _ right: Day) throws -> SQLFragment {
        if case .of(let moment, let zone) = left, right.isConstant, let day = try right.evaluate(in: constants),
            let seconds = zone.seconds(of: day)
        {
            return compare(try written(moment), comparison, seconds.lowerBound, seconds.upperBound)
        }
        if case .of(let moment, let zone) = right, left.isConstant, let day = try left.evaluate(in: constants),
            let seconds = zone.seconds(of: day)
        {
            return compare(try written(moment), comparison.flipped, seconds.lowerBound, seconds.upperBound)
        }
        return sql.compare(try written(left), comparison, try written(right))
    }

    private mutating func moments(_ comparison: Comparison, _ left: Moment, _ right: Moment) throws -> SQLFragment {
        if right.isConstant, let instant = try right.evaluate(in: constants) {
            return compare(try written(left), comparison, instant.second, instant.second + 1)
        }
        if left.isConstant, let instant = try left.evaluate(in: constants) {
            return compare(try written(right), comparison.flipped, instant.second, instant.second + 1)
        }
        return sql.compare(sql.second(of: try written(left)), comparison, sql.second(of: try written(right)))
    }

    /// Whether a moment compares so with the moments of the seconds from `low` to before `high`.
    private func compare(
        _ moment: SQLFragment,
        _ comparison: Comparison,
        _ low: Int64,
        _ high: Int64
    ) -> SQLFragment {
        sql.compare(moment, comparison, sql.bound(second: low), sql.bound(second: high))
    }
}

extension String {
    /// The text as a value of a statement.
    func bound(by sql: any SQLDialect) -> SQLFragment { sql.bound(.text(self), as: .text) }
}
