import CRMModel
import CRMStorage

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

    /// The columns of the term, one behind the other.
    func written(with writer: inout ExpressionSQL) throws -> SQLFragment {
        let sql = writer.sql
        guard let node else { return sql.count }
        let value = try writer.written(node)
        return switch function {
        case .none: value
        case .count: sql.count(value)
        case .countDistinct: sql.countDistinct(value)
        case .sum: sql.total(value, isComputed: node.isComputedNumber)
        case .average: "\(sql.total(value, isComputed: node.isComputedNumber)), \(sql.count(value))"
        case .least: sql.least(value)
        case .greatest: sql.greatest(value)
        }
    }

    /// What rows are ordered by to be in the order of the term, whose first column stands at a position.
    func keys(at position: Int, with writer: inout ExpressionSQL) throws -> [SQLFragment] {
        switch (function, node) {
        case (.sum, let node?): writer.sql.totalKeys(try writer.written(node))
        case (.average, let node?): [writer.sql.average(try writer.written(node))]
        default: ["\(Int64(position))"]
        }
    }

    /// How many columns of a row the term takes.
    var width: Int {
        switch function {
        case .sum: 3
        case .average: 4
        default: 1
        }
    }
}

extension TypedNode {
    /// Whether the node is a number that arithmetic may have cut at the ends of 64 bits.
    var isComputedNumber: Bool {
        if case .number(let node, _) = self { return node.isComputed }
        return false
    }
}
