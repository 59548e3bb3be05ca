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
        case .sum: return try writeTotal(of: node, with: &writer, into: &sql)
        case .least: sql.append("min(")
        case .greatest: sql.append("max(")
        case .average:
            try writeTotal(of: node, with: &writer, into: &sql)
            sql.append(", count(")
        }
        try writer.write(node, into: &sql)
        sql.append(")")
    }

    /// How many columns of a row the term takes.
    var width: Int {
        switch function {
        case .sum: 3
        case .average: 4
        default: 1
        }
    }

    /// A sum in two halves that no number of rows brings beyond 64 bits, and whether a number in it was cut at their ends.
    private func writeTotal(
        of node: TypedNode,
        with writer: inout ExpressionSQL,
        into sql: inout SQLFragment
    ) throws {
        sql.append("sum((")
        try writer.write(node, into: &sql)
        sql.append(") >> 32), sum((")
        try writer.write(node, into: &sql)
        sql.append(") & 4294967295), ")
        guard node.isComputedNumber else { return sql.append("0") }
        sql.append("max((")
        try writer.write(node, into: &sql)
        sql.append(") IN (9223372036854775807, -9223372036854775807 - 1))")
    }
}

extension TypedNode {
    /// Whether the node is a number that arithmetic may have cut at the ends of 64 bits.
    var isComputedNumber: Bool {
        if case .number(let node, _) = self { return node.isComputed }
        return false
    }
}
