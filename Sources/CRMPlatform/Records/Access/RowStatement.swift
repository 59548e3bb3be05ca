import CRMModel

/// A statement that reads one record by its number when it is among those of a scope.
struct RowStatement: Sendable {
    /// Among which records.
    enum Scope: Hashable {
        case read
        case update
        case delete
    }

    /// The statement; its first placeholder is the number.
    let sql: String
    /// The values of the other placeholders.
    let bindings: [Value]
    /// Those of them that are the acting user.
    let userBindings: [Int]
    /// Whether it means another thing at the next moment or for the next user.
    let isForOnce: Bool
}

extension ObjectAccess {
    func scope(_ scope: RowStatement.Scope) -> Scope {
        switch scope {
        case .read: read
        case .update: update
        case .delete: delete
        }
    }
}

extension QueryCompiler {
    /// The statement that reads a record of an object when it is within a scope; nil when none is.
    func row(of object: ObjectDefinition, within scope: ObjectAccess.Scope) throws(PlatformError) -> RowStatement? {
        var writer = ExpressionSQL(root: object, access: access, constants: ConstantContext(environment, principal))
        let condition = try written { () throws -> SQLFragment? in
            switch scope {
            case .all: return SQLFragment()
            case .none: return nil
            case .some(let checked): return try writer.condition(checked, of: object, alias: 0)
            }
        }
        guard let condition else { return nil }
        var sql = SQLFragment()
        sql.append("SELECT ")
        var isFirst = true
        for slot in object.fields.indices where object.fields[slot].storage != .none {
            if !isFirst { sql.append(", ") }
            isFirst = false
            ExpressionSQL.append(alias: 0, slot, of: object, to: &sql)
        }
        sql.append(" FROM ")
        sql.append(table: object.name)
        sql.append(" AS ")
        sql.append(alias: 0)
        sql.append(" WHERE ")
        ExpressionSQL.append(alias: 0, SystemField.id.slot, of: object, to: &sql)
        sql.append(" = ?")
        if !condition.isEmpty {
            sql.append(" AND ")
            sql.append(condition)
        }
        return RowStatement(
            sql: sql.text,
            bindings: sql.bindings,
            userBindings: sql.userBindings,
            isForOnce: writer.constants.isForOnce
        )
    }
}
