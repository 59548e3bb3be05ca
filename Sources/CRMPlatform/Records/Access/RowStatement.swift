import CRMModel
import CRMStorage

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
        var writer = writer(for: object)
        let condition = try written { () throws -> SQLFragment? in
            switch scope {
            case .all: SQLFragment()
            case .none: nil
            case .some(let checked): try writer.condition(checked, of: object, alias: 0)
            }
        }
        guard let condition else { return nil }
        let slots = object.fields.indices.filter { object.fields[$0].storage != .none }
        let list = SQLFragment.list(slots.map { writer.column($0, of: object, 0) })
        let id = writer.column(SystemField.id.slot, of: object, 0)
        let table: SQLFragment = "\(sql.table(object.name)) AS \(sql.alias(0))"
        var statement: SQLFragment = "SELECT \(list) FROM \(table) WHERE \(id) = \(sql.mark(.integer))"
        if !condition.isEmpty { statement += " AND \(condition)" }
        return RowStatement(
            sql: try text(of: statement),
            bindings: statement.bindings,
            userBindings: statement.userBindings,
            isForOnce: writer.constants.isForOnce
        )
    }
}
