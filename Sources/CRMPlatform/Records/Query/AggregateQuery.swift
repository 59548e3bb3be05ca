public import CRMModel

/// Figures over the records of an object, for each combination of groups.
public struct AggregateQuery: Sendable {
    /// An expression with the name of its column in the result.
    public struct Term: Sendable, Hashable {
        /// The name in the result.
        public var alias: String
        /// The expression.
        public var expression: String

        /// Makes a term.
        public init(alias: String, expression: String) {
            self.alias = alias
            self.expression = expression
        }
    }

    /// The object.
    public var object: ObjectName
    /// A condition in the expression language; nil for all records.
    public var filter: String?
    /// The values for the placeholders `?` of the filter, in order.
    public var parameters: [Value]
    /// What records are grouped by, such as `hall` or `year_month(created_at)`; none for one figure over all.
    public var groups: [Term]
    /// The figures: `count()`, `count(e)`, `count_distinct(e)`, `sum(e)`, `avg(e)`, `min(e)`, `max(e)`.
    public var measures: [Term]
    /// The order, by aliases; groups that agree come in the order of their values.
    public var sort: [SortKey]
    /// The greatest number of groups, 1…1,000,000.
    public var limit: Int

    /// The greatest number of groups that one query gives.
    public static let maximumLimit = 1_000_000
    /// The greatest number of groups and measures together.
    public static let maximumTerms = 64

    /// Makes a query.
    public init(
        object: ObjectName,
        filter: String? = nil,
        parameters: [Value] = [],
        groups: [Term] = [],
        measures: [Term] = [],
        sort: [SortKey] = [],
        limit: Int = 10_000
    ) {
        self.object = object
        self.filter = filter
        self.parameters = parameters
        self.groups = groups
        self.measures = measures
        self.sort = sort
        self.limit = limit
    }
}
