package import CRMModel

/// A unique index, or another rule of a table, that a write would have broken.
///
/// The `cause` of a `PlatformError`; see ``CRMModel/PlatformError/constraintViolation``.
package struct StoreConstraintViolation: Error, Sendable, Hashable {
    /// What kind of rule it is.
    package enum Kind: Sendable, Hashable {
        /// A unique index or a primary key.
        case unique
        /// A column that must have a value, a type that a column must have, or another check.
        case value
    }

    /// What kind of rule it is.
    package let kind: Kind
    /// The table, such as `obj_customer`; empty when the engine does not say.
    package let table: String
    /// The columns of the index in order; empty when the engine does not say.
    package let columns: [String]
}

/// What the engine said, for logs alone.
package struct StoreEngineError: Error, Sendable, CustomStringConvertible {
    /// The extended result code.
    package let code: Int32
    /// The engine's own words; they may name tables and columns.
    package let text: String

    /// The code and the words.
    package var description: String { "engine error \(code): \(text)" }
}

extension PlatformError {
    /// The rule of a table that was broken, when that was the cause.
    package var constraintViolation: StoreConstraintViolation? { cause as? StoreConstraintViolation }
}
