import CRMPlatform

extension JSONValue {
    /// A text, or null for none.
    static func text(_ text: String?) -> JSONValue {
        guard let text else { return .null }
        return .string(text)
    }

    /// A number of things.
    static func count(_ number: Int) -> JSONValue { .integer(Int64(number)) }

    /// A list of what `element` makes of each item.
    static func list<T>(_ items: some Sequence<T>, _ element: (T) -> JSONValue) -> JSONValue {
        .array(items.map(element))
    }
}
