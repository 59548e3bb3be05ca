extension Condition {
    /// True, false, or nil for unknown.
    package func evaluate(in context: some ExpressionContext) throws -> Bool? {
        switch self {
        case .constant(let value): return value
        case .field(let source):
            guard case .boolean(let value) = try source.value(in: context) else { return nil }
            return value
        case .all(let parts):
            var result: Bool? = true
            for part in parts {
                switch try part.evaluate(in: context) {
                case false: return false
                case nil: result = nil
                case true: break
                }
            }
            return result
        case .any(let parts):
            var result: Bool? = false
            for part in parts {
                switch try part.evaluate(in: context) {
                case true: return true
                case nil: result = nil
                case false: break
                }
            }
            return result
        case .not(let part): return try part.evaluate(in: context).map { !$0 }
        case .numbers(let comparison, let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return comparison.holds(left, right)
        default: return try evaluateOthers(in: context)
        }
    }

    private func evaluateOthers(in context: some ExpressionContext) throws -> Bool? {
        switch self {
        case .texts(let comparison, let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return comparison.holds(ByteOrder.compare(left, right), 0)
        case .days(let comparison, let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return comparison.holds(left, right)
        case .moments(let comparison, let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return comparison.holds(left.second, right.second)
        case .conditions(let comparison, let left, let right):
            guard let left = try left.evaluate(in: context), let right = try right.evaluate(in: context) else {
                return nil
            }
            return comparison.holds(left ? 1 : 0, right ? 1 : 0)
        case .settled(let number, let value):
            return try number.evaluate(in: context) == nil ? nil : value
        case .numberAmong(let number, let units, let orUnknown):
            guard let number = try number.evaluate(in: context) else { return nil }
            return units.contains(number) ? true : (orUnknown ? nil : false)
        case .textAmong(let term, let texts, let orUnknown):
            guard let text = try term.evaluate(in: context) else { return nil }
            return ByteOrder.contains(text, in: texts) ? true : (orUnknown ? nil : false)
        case .matches(let term, let pattern): return try term.evaluate(in: context).map(pattern.matches)
        case .emptyText(let term): return try term.evaluate(in: context).map(TextNormalisation.isBlank) ?? true
        case .emptyNumber(let node): return try node.evaluate(in: context) == nil
        case .emptyDay(let node): return try node.evaluate(in: context) == nil
        case .emptyMoment(let node): return try node.evaluate(in: context) == nil
        case .emptyCondition(let node): return try node.evaluate(in: context) == nil
        case .first(let nodes):
            for node in nodes {
                if let value = try node.evaluate(in: context) { return value }
            }
            return nil
        case .constant, .field, .all, .any, .not, .numbers: return nil
        }
    }
}

extension Comparison {
    @inline(__always)
    func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}
