public import CRMModel

/// Where a counter of codes stands.
public struct CodeCounter: Sendable, Hashable {
    /// The object.
    public let object: ObjectName
    /// The auto-number field.
    public let field: FieldName
    /// The name of the code rule, or the plugin whose code gives the codes.
    public let rule: String
    /// What the counter is for: `field=value` for each field of the rule's scope, or the key that the plugin's code uses.
    public let scope: [String]
    /// The period, such as `2026-11`; empty when the serial never starts again.
    public let period: String
    /// The serial that comes next, 1 or more.
    public let next: Int64
    /// The highest serial among the stored codes of the same form, 0 when there is none; nil when a plugin's code alone
    /// knows the form.
    public let highest: Int64?
    /// The code that comes next; nil when it shows fields that are not known, or when a plugin's code makes it.
    public let code: String?
}

/// Which counter is meant.
public struct CodeCounterChoice: Sendable, Hashable {
    /// The object, by name or label.
    public var object: String
    /// The auto-number field, by name or label.
    public var field: String
    /// `field=value` for fields of the record to be numbered, those of the rule's scope at least; for codes made by a
    /// plugin's code, the key of the counter.
    public var scope: [String] = []
    /// The period: `2026`, `2026-12` or `2026-12-05`, as fine as the rule or finer; nil for that of today.
    public var period: String?

    /// A choice of an object and a field.
    public init(object: String, field: String) {
        self.object = object
        self.field = field
    }
}
