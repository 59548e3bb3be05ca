public import CRMModel

/// What records of an object to read, in what order, from where on.
public struct Query: Sendable, Hashable {
    /// The object.
    public var object: ObjectName
    /// A condition in the expression language; nil for all records.
    public var filter: String?
    /// The values for the placeholders `?` of the filter, in order.
    public var parameters: [Value]
    /// The order; records that agree in all keys come in the order of their numbers.
    public var sort: [SortKey]
    /// The greatest number of records, 1…10,000.
    public var limit: Int
    /// Where the page before ended; nil for the first page.
    public var after: PageCursor?
    /// The fields to read besides the number and the version; nil for all.
    public var fields: [FieldName]?

    /// The greatest number of records that one query gives.
    public static let maximumLimit = 10_000
    /// The greatest number of sort keys.
    public static let maximumSortKeys = 8

    /// Makes a query.
    public init(
        object: ObjectName,
        filter: String? = nil,
        parameters: [Value] = [],
        sort: [SortKey] = [],
        limit: Int = 50,
        after: PageCursor? = nil,
        fields: [FieldName]? = nil
    ) {
        self.object = object
        self.filter = filter
        self.parameters = parameters
        self.sort = sort
        self.limit = limit
        self.after = after
        self.fields = fields
    }

    /// Reads an order such as `name desc, customer.name, id`; an empty text is no order.
    ///
    /// - Throws: `PlatformError` `invalidInput` when a part is not a field with at most one of `asc` and `desc`.
    public static func parseSort(_ text: String) throws(PlatformError) -> [SortKey] {
        let text = TextNormalisation.trimmed(TextNormalisation.halfWidth(text).replacing("、", with: ","))
        guard !text.isEmpty else { return [] }
        var keys: [SortKey] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            var words = part.split(whereSeparator: \.isWhitespace)
            var descending = false
            if words.count > 1, let last = words.last?.lowercased(), last == "desc" || last == "asc" {
                descending = last == "desc"
                words.removeLast()
            }
            guard !words.isEmpty else {
                throw PlatformError(.invalidInput, Message(.queryBadSort, ["sort": .text(text)]))
            }
            keys.append(SortKey(field: words.joined(separator: " "), descending: descending))
        }
        return keys
    }
}

/// One key of an order.
public struct SortKey: Sendable, Hashable {
    /// The field: its API name or label, also through references (`customer.name`).
    public var field: String
    /// Whether the greatest value comes first.
    ///
    /// Records without a value come first in ascending, last in descending order.
    public var descending: Bool

    /// Makes a key.
    public init(field: String, descending: Bool = false) {
        self.field = field
        self.descending = descending
    }

    /// The key of a layout's order.
    public init(_ sort: Layout.Sort) {
        self.init(field: sort.field.rawValue, descending: sort.descending)
    }
}
