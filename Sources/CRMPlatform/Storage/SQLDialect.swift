package import CRMModel

/// What differs between SQL engines, as far as the query compiler and the schema planner must know it.
package struct SQLDialect: Sendable, Hashable {
    /// The engine.
    package enum Engine: String, Sendable, Hashable {
        /// SQLite 3.40 and newer.
        case sqlite
    }

    /// The engine.
    package let engine: Engine

    /// The dialect of SQLite.
    package static let sqlite = SQLDialect(engine: .sqlite)

    /// A checked name as a quoted identifier; its pattern has no quotation marks, so quoting is safe.
    package func identifier(_ name: some CheckedName) -> String { "\"\(name.rawValue)\"" }

    /// The table of an object as a quoted identifier.
    package func table(of object: ObjectName) -> String { "\"\(tableName(of: object))\"" }

    /// The table of an object, unquoted.
    package func tableName(of object: ObjectName) -> String { "obj_" + object.rawValue }

    /// The type of a column that keeps values of `storage`; empty for fields that are not stored.
    package func columnType(_ storage: FieldStorage) -> String {
        switch storage {
        case .text, .date, .instant: "TEXT"
        case .integer, .scaled, .boolean: "INTEGER"
        case .none: ""
        }
    }

    /// The column of an identity that is never given twice, with its name.
    package func identityColumn() -> String { "\"id\" INTEGER PRIMARY KEY AUTOINCREMENT" }

    /// The function that gives the comparable form of a text.
    package static func function(of form: ComparableForm) -> String { "crm_form_" + form.rawValue }

    /// The function that gives the day of a moment in a zone.
    package static let dayFunction = "crm_day"

    /// What stands for the value bound at `index`, 1 and up.
    package func placeholder(_ index: Int) -> String { "?\(index)" }
}
