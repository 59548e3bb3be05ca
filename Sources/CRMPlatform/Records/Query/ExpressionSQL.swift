import CRMModel

/// Writes checked expressions as SQL that gives what the evaluator gives.
///
/// References are followed by left joins, one for each path however often it is used; each join carries the access
/// predicate of the object it reaches, so a record that may not be read looks like one that is not there.
struct ExpressionSQL {
    /// A reference that is followed.
    private struct Join {
        let parent: Int
        let slot: Int
        let alias: Int
    }

    let constants: ConstantContext
    /// What may be seen of an object; nil for all of it.
    private let access: (ObjectDefinition) -> ObjectAccess?
    private let root: ObjectDefinition
    private var joins: [Join] = []
    private var objects: [ObjectDefinition]
    /// The text of the joins, to stand after `FROM`.
    private(set) var joinClause = SQLFragment()
    /// Set while a predicate of access is written, whose references are followed by sub-queries.
    private var accessAlias: Int?

    init(
        root: ObjectDefinition,
        access: @escaping (ObjectDefinition) -> ObjectAccess?,
        constants: ConstantContext
    ) {
        self.root = root
        self.access = access
        self.constants = constants
        objects = [root]
    }

    // MARK: - Depth

    /// How deep the database's parser can go within an expression; its stack has 100 places, the statement around takes
    /// the others.
    private static let maximumLevels = 80

    private var levels = 0

    /// Goes down by the places that a node takes on the parser's stack.
    mutating func enter(_ places: Int) throws(PlatformError) {
        guard levels + places <= Self.maximumLevels else {
            throw PlatformError(.invalidInput, Message(.queryTooDeep))
        }
        levels += places
    }

    mutating func leave(_ places: Int) { levels -= places }

    // MARK: - Access

    /// The predicate of access to the records of an alias, nil when there is no restriction.
    mutating func accessCondition(of object: ObjectDefinition, alias: Int) throws -> SQLFragment? {
        switch access(object)?.read ?? .all {
        case .all: return nil
        case .none:
            var sql = SQLFragment()
            sql.append("0")
            return sql
        case .some(let checked): return try condition(checked, of: object, alias: alias)
        }
    }

    /// A condition of rights, which is asked of the records as they are.
    mutating func condition(
        _ checked: CheckedExpression,
        of object: ObjectDefinition,
        alias: Int
    ) throws -> SQLFragment {
        let outer = accessAlias
        accessAlias = alias
        defer { accessAlias = outer }
        var sql = SQLFragment()
        objectsOfAccess.append(object)
        defer { objectsOfAccess.removeLast() }
        switch checked.root {
        case .condition(let condition): try write(condition, into: &sql)
        default: sql.append("0")
        }
        return sql
    }

    private var objectsOfAccess: [ObjectDefinition] = []

    // MARK: - Fields

    /// The alias and the object that the hops lead to; joins what is not joined yet.
    mutating func resolve(_ hops: [FieldPath.Hop]) throws -> (alias: Int, object: ObjectDefinition) {
        var alias = 0
        var object = root
        for hop in hops {
            if let join = joins.first(where: { $0.parent == alias && $0.slot == hop.slot }) {
                alias = join.alias
            } else {
                let next = objects.count
                objects.append(hop.target)
                joins.append(Join(parent: alias, slot: hop.slot, alias: next))
                let condition = try accessCondition(of: hop.target, alias: next)
                joinClause.append(" LEFT JOIN ")
                joinClause.append(table: hop.target.name)
                joinClause.append(" AS ")
                joinClause.append(alias: next)
                joinClause.append(" ON ")
                Self.append(alias: next, SystemField.id.slot, of: hop.target, to: &joinClause)
                joinClause.append(" = ")
                Self.append(alias: alias, hop.slot, of: object, to: &joinClause)
                if let condition {
                    joinClause.append(" AND ")
                    joinClause.append(condition)
                }
                alias = next
            }
            object = hop.target
        }
        return (alias, object)
    }

    static func append(alias: Int, _ slot: Int, of object: ObjectDefinition, to sql: inout SQLFragment) {
        sql.append(alias: alias)
        sql.append(".")
        sql.append(column: object.fields[slot].name)
    }

    mutating func write(_ source: FieldSource, into sql: inout SQLFragment) throws {
        if let alias = accessAlias, let object = objectsOfAccess.last {
            return writeInAccess(source, alias, object, into: &sql)
        }
        let (alias, object) = try resolve(source.hops)
        Self.append(alias: alias, source.slot, of: object, to: &sql)
    }

    /// A field within a predicate of access: later joins cannot be named there, so references become sub-queries.
    private mutating func writeInAccess(
        _ source: FieldSource,
        _ alias: Int,
        _ object: ObjectDefinition,
        into sql: inout SQLFragment
    ) {
        var path = SQLFragment()
        Self.append(alias: alias, source.hops.first?.slot ?? source.slot, of: object, to: &path)
        for (index, hop) in source.hops.enumerated() {
            let slot = index + 1 < source.hops.count ? source.hops[index + 1].slot : source.slot
            let next = objects.count
            objects.append(hop.target)
            var outer = SQLFragment()
            outer.append("(SELECT ")
            Self.append(alias: next, slot, of: hop.target, to: &outer)
            outer.append(" FROM ")
            outer.append(table: hop.target.name)
            outer.append(" AS ")
            outer.append(alias: next)
            outer.append(" WHERE ")
            Self.append(alias: next, SystemField.id.slot, of: hop.target, to: &outer)
            outer.append(" = ")
            outer.append(path)
            outer.append(")")
            path = outer
        }
        sql.append(path)
    }

    /// A node of any kind as a value.
    mutating func write(_ node: TypedNode, into sql: inout SQLFragment) throws {
        switch node {
        case .condition(let node): try write(node, into: &sql)
        case .number(let node, _): try write(node, into: &sql)
        case .text(let node): try write(node, into: &sql)
        case .day(let node): try write(node, into: &sql)
        case .moment(let node): try write(node, into: &sql)
        case .null: sql.bind(.null)
        }
    }
}

/// What a checked node is written as; lets lists of any kind be written by one function.
protocol SQLWritable {
    func write(with writer: inout ExpressionSQL, into sql: inout SQLFragment) throws
}

extension Condition: SQLWritable {
    func write(with writer: inout ExpressionSQL, into sql: inout SQLFragment) throws {
        try writer.write(self, into: &sql)
    }
}

extension Number: SQLWritable {
    func write(with writer: inout ExpressionSQL, into sql: inout SQLFragment) throws {
        try writer.write(self, into: &sql)
    }
}

extension TextTerm: SQLWritable {
    func write(with writer: inout ExpressionSQL, into sql: inout SQLFragment) throws {
        try writer.write(self, into: &sql)
    }
}

extension Day: SQLWritable {
    func write(with writer: inout ExpressionSQL, into sql: inout SQLFragment) throws {
        try writer.write(self, into: &sql)
    }
}

extension Moment: SQLWritable {
    func write(with writer: inout ExpressionSQL, into sql: inout SQLFragment) throws {
        try writer.write(self, into: &sql)
    }
}

extension ExpressionSQL {
    /// `coalesce(a, b)`; one node alone stands for itself.
    mutating func writeFirst(_ nodes: [some SQLWritable], into sql: inout SQLFragment) throws {
        guard nodes.count > 1 else {
            if let only = nodes.first { try only.write(with: &self, into: &sql) } else { sql.bind(.null) }
            return
        }
        sql.append("coalesce(")
        try writeList(nodes, separator: ", ", into: &sql)
        sql.append(")")
    }

    mutating func writeList(
        _ nodes: [some SQLWritable],
        separator: StaticString,
        into sql: inout SQLFragment
    ) throws {
        for (index, node) in nodes.enumerated() {
            if index > 0 { sql.append(separator) }
            try node.write(with: &self, into: &sql)
        }
    }

    mutating func writePair(
        _ left: some SQLWritable,
        _ comparison: Comparison,
        _ right: some SQLWritable,
        into sql: inout SQLFragment
    ) throws {
        sql.append("(")
        try left.write(with: &self, into: &sql)
        sql.append(comparison.sql)
        try right.write(with: &self, into: &sql)
        sql.append(")")
    }
}

extension Comparison {
    var sql: StaticString {
        switch self {
        case .equal: " = "
        case .notEqual: " <> "
        case .less: " < "
        case .lessOrEqual: " <= "
        case .greater: " > "
        case .greaterOrEqual: " >= "
        }
    }
}
