import CRMModel
import CRMStorage

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

    /// How the engine wants it written.
    let sql: any SQLDialect
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
    private var objectsOfAccess: [ObjectDefinition] = []

    init(
        root: ObjectDefinition,
        dialect: any SQLDialect,
        access: @escaping (ObjectDefinition) -> ObjectAccess?,
        constants: ConstantContext
    ) {
        self.root = root
        sql = dialect
        self.access = access
        self.constants = constants
        objects = [root]
    }

    // MARK: - Access

    /// The predicate of access to the records of an alias, nil when there is no restriction.
    mutating func accessCondition(of object: ObjectDefinition, alias: Int) throws -> SQLFragment? {
        switch access(object)?.read ?? .all {
        case .all: nil
        case .none: sql.constant(false)
        case .some(let checked): try condition(checked, of: object, alias: alias)
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
        objectsOfAccess.append(object)
        defer { objectsOfAccess.removeLast() }
        guard case .condition(let condition) = checked.root else { return sql.constant(false) }
        return try written(condition)
    }

    // MARK: - Fields

    /// The alias and the object that the hops lead to; joins what is not joined yet.
    private mutating func resolve(_ hops: [FieldPath.Hop]) throws -> (alias: Int, object: ObjectDefinition) {
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
                let table = sql.table(hop.target.name)
                let id = column(SystemField.id.slot, of: hop.target, next)
                let reference = column(hop.slot, of: object, alias)
                joinClause += " LEFT JOIN \(table) AS \(sql.alias(next)) ON \(id) = \(reference)"
                if let condition { joinClause += " AND \(condition)" }
                alias = next
            }
            object = hop.target
        }
        return (alias, object)
    }

    /// A field of the object with that alias.
    func column(_ slot: Int, of object: ObjectDefinition, _ alias: Int) -> SQLFragment {
        sql.column(object.fields[slot].name, of: alias)
    }

    mutating func written(_ source: FieldSource) throws -> SQLFragment {
        if let alias = accessAlias, let object = objectsOfAccess.last { return inAccess(source, alias, object) }
        let (alias, object) = try resolve(source.hops)
        return column(source.slot, of: object, alias)
    }

    /// A field within a predicate of access: later joins cannot be named there, so references become sub-queries.
    private mutating func inAccess(_ source: FieldSource, _ alias: Int, _ object: ObjectDefinition) -> SQLFragment {
        var path = column(source.hops.first?.slot ?? source.slot, of: object, alias)
        for (index, hop) in source.hops.enumerated() {
            let slot = index + 1 < source.hops.count ? source.hops[index + 1].slot : source.slot
            let next = objects.count
            objects.append(hop.target)
            let value = column(slot, of: hop.target, next)
            let id = column(SystemField.id.slot, of: hop.target, next)
            path = "(SELECT \(value) FROM \(sql.table(hop.target.name)) AS \(sql.alias(next)) WHERE \(id) = \(path))"
        }
        return path
    }

    // MARK: - Nodes

    /// A node of any kind as a value.
    mutating func written(_ node: TypedNode) throws -> SQLFragment {
        switch node {
        case .condition(let node): try written(node)
        case .number(let node, _): try written(node)
        case .text(let node): try written(node)
        case .day(let node): try written(node)
        case .moment(let node): try written(node)
        case .null: sql.bound(.null, as: .text)
        }
    }

    mutating func written(_ node: Number) throws -> SQLFragment {
        if case .me = node { return sql.bound(user: constants.user) }
        if node.isConstant {
            return sql.bound(try node.evaluate(in: constants).map(Value.integer) ?? .null, as: .integer)
        }
        switch node {
        case .constant, .me: return sql.bound(.null, as: .integer)
        case .field(let source, _): return try written(source)
        case .add(let left, let right): return sql.add(try written(left), try written(right))
        case .subtract(let left, let right): return sql.subtract(try written(left), try written(right))
        case .multiply(let left, let right): return sql.multiply(try written(left), try written(right))
        case .divide(let left, let right, let shift):
            return sql.divide(try written(left), by: try written(right), shift: shift)
        case .negate(let node): return sql.subtract(sql.bound(.integer(0), as: .integer), try written(node))
        case .magnitude(let node): return sql.magnitude(try written(node))
        case .raise(let node, let places):
            let factor = Value.integer(ExactArithmetic.power(places))
            return sql.multiply(try written(node), sql.bound(factor, as: .integer))
        case .round(let node, let places): return sql.round(try written(node), places: places)
        case .part(let part, let day): return sql.part(part, of: try written(day))
        case .days(let last, let first):
            let end = try written(last)
            return sql.days(from: try written(first), to: end)
        case .length(let term): return sql.length(try written(term))
        case .first(let nodes): return try sql.first(nodes.map { try written($0) })
        }
    }

    mutating func written(_ node: TextTerm) throws -> SQLFragment {
        if node.isConstant {
            return sql.bound(try node.evaluate(in: constants).map(Value.text) ?? .null, as: .text)
        }
        switch node {
        case .constant: return sql.bound(.null, as: .text)
        case .field(let source): return try written(source)
        case .lower(let term): return sql.lower(try written(term))
        case .upper(let term): return sql.upper(try written(term))
        case .form(let form, let term): return sql.form(form, of: try written(term))
        case .bucket(let bucket, let day): return sql.bucket(bucket, of: try written(day))
        case .first(let terms): return try sql.first(terms.map { try written($0) })
        }
    }

    mutating func written(_ node: Day) throws -> SQLFragment {
        if node.isConstant {
            return sql.bound(try node.evaluate(in: constants).map(Value.date) ?? .null, as: .date)
        }
        switch node {
        case .constant, .today: return sql.bound(.null, as: .date)
        case .field(let source): return try written(source)
        case .shifted(let day, let number): return sql.shift(try written(day), by: try written(number))
        case .of(let moment, let zone): return sql.day(of: try written(moment), in: zone)
        case .first(let days): return try sql.first(days.map { try written($0) })
        }
    }

    mutating func written(_ node: Moment) throws -> SQLFragment {
        if node.isConstant {
            return sql.bound(try node.evaluate(in: constants).map(Value.instant) ?? .null, as: .instant)
        }
        switch node {
        case .constant, .now: return sql.bound(.null, as: .instant)
        case .field(let source): return try written(source)
        case .first(let moments): return try sql.first(moments.map { try written($0) })
        }
    }
}
