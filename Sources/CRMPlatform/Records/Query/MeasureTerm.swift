import CRMModel

/// A group or a measure of an aggregate query, checked.
struct MeasureTerm {
    enum Function: String {
        /// A group: the value itself.
        case none = ""
        case count
        case countDistinct = "count_distinct"
        case sum
        case average = "avg"
        case least = "min"
        case greatest = "max"
    }

    let function: Function
    /// What the function works on; nil for `count()`.
    let node: TypedNode?
    let column: CompiledAggregate.Column

    func write(with writer: inout ExpressionSQL, into sql: inout SQLFragment) throws {
        guard let node else {
            sql.append("count(*)")
            return
        }
        switch function {
        case .none: return try writer.write(node, into: &sql)
        case .count: sql.append("count(")
        case .countDistinct: sql.append("count(DISTINCT ")
        case .sum: sql.append("sum(")
        case .least: sql.append("min(")
        case .greatest: sql.append("max(")
        case .average:
            sql.append("sum(")
            try writer.write(node, into: &sql)
            sql.append("), count(")
        }
        try writer.write(node, into: &sql)
        sql.append(")")
    }
}

extension TypedNode {
    /// Whether the node is a number that arithmetic may have cut at the ends of 64 bits.
    var isComputedNumber: Bool {
        if case .number(let node, _) = self { return node.isComputed }
        return false
    }
}
