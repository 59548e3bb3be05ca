package import CRMModel

/// A column of an index, its name in quotation marks.
package struct SQLIndexColumn: Sendable {
    let name: String
    /// Whether rows may have no value in it.
    let isNullable: Bool
}

/// What differs between engines of SQL: names, types, limits, and what ``SQLWriter`` writes.
package protocol SQLDialect: SQLWriter {
    /// How many places the parts of an expression may take on the stack of the engine's parser, see ``SQLFragment/depth``; nil
    /// where there is no such limit.
    var expressionBudget: Int? { get }

    /// The greatest number of columns of a table.
    var columnLimit: Int { get }

    /// A name as the engine can keep it, other names for other texts.
    func name(_ text: String) -> String

    /// The type of a column that keeps values of `storage`; empty for fields that are not stored.
    func columnType(_ storage: FieldStorage) -> String

    /// The column of an identity that is never given twice, with its name.
    var identityColumn: String { get }

    /// What stands behind the columns of a new table.
    var tableOptions: String { get }

    /// An index over columns, from its key word on.
    func index(_ name: String, on table: String, columns: [SQLIndexColumn], isUnique: Bool) -> String

    /// The condition that two values are the same, null and null too.
    func isSame(_ left: String, _ right: String) -> String

    /// What stands for the value bound at `index`, 1 and up.
    func placeholder(_ index: Int) -> String

    /// The text of a whole statement.
    func statement(_ sql: SQLFragment) -> String
}

extension SQLDialect {
    /// A checked name as a quoted identifier; its pattern has no quotation marks, so quoting is safe.
    package func identifier(_ name: some CheckedName) -> String { "\"\(self.name(name.rawValue))\"" }

    /// The table of an object, unquoted.
    package func tableName(of object: ObjectName) -> String { name("obj_" + object.rawValue) }

    /// The table of an object as a quoted identifier.
    package func table(of object: ObjectName) -> String { "\"\(tableName(of: object))\"" }

    /// The name of an index of an object, unique within the file.
    package func indexName(_ index: IndexDefinition, of object: ObjectName) -> String {
        let fields = index.fields.map(\.rawValue).joined(separator: "__")
        return name("ix_\(object.rawValue)__" + fields + (index.isUnique ? "__u" : ""))
    }

    package func table(_ object: ObjectName) -> SQLFragment { SQLFragment(trusted: table(of: object)) }

    package func column(_ field: FieldName) -> SQLFragment { SQLFragment(trusted: identifier(field)) }

    /// Whether the engine's parser can take a statement.
    package func fits(_ sql: SQLFragment) -> Bool { expressionBudget.map { sql.depth <= $0 } ?? true }
}
