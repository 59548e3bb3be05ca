package import CRMModel

/// Which records of an object a principal may read: the one condition that every read carries.
///
/// The query compiler asks for it for the object of a query and for every object that a reference leads to; no
/// statement can be made without it.
package struct AccessPredicate: Sendable {
    /// Finds the predicate of a principal for an object.
    package typealias Rule = @Sendable (Principal, ObjectDefinition) -> AccessPredicate

    /// The condition on records of the object, nil when there is no restriction.
    let condition: Condition?

    /// Whether every record may be read, so that a record may be fetched by its number alone.
    package var isUnrestricted: Bool { condition == nil }

    /// The rule of the platform: the system and administrators read everything.
    package static let standard: Rule = { principal, _ in
        switch principal.kind {
        case .system, .administrator: AccessPredicate(condition: nil)
        }
    }

    private init(condition: Condition?) {
        self.condition = condition
    }

    /// Restricts reading to the records for which a condition of the object is true.
    package init(restrictingTo expression: CheckedExpression) {
        switch expression.root {
        case .condition(let condition): self.condition = condition
        default: condition = .constant(nil)
        }
    }
}
