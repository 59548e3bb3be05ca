/// A JSON document, exact: numbers keep their digits, objects keep the order of their keys.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number without fraction and exponent that fits into 64 bits.
    case integer(Int64)
    /// Every other number, as the text that stood there.
    case number(String)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Keys with values.
    case object(JSONObject)
}

extension JSONValue {
    /// A decimal as the platform writes it: a string with all its places.
    public init(_ decimal: FixedDecimal) {
        self = .string(decimal.description)
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The boolean; nil for every other kind.
    public var booleanValue: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    /// The integer; nil for every other kind.
    public var integerValue: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The text of a string; nil for every other kind.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of a list; nil for every other kind.
    public var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object; nil for every other kind.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The exact decimal of a number or of a string in the strict form; nil for everything else and when it does not fit.
    public var decimalValue: FixedDecimal? {
        switch self {
        case .integer(let value): FixedDecimal(value)
        case .number(let text): FixedDecimal(scientific: text)
        case .string(let text): FixedDecimal(text)
        default: nil
        }
    }

    /// The nearest floating-point number of a number; nil for every other kind and beyond its range.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// What kind of value this is.
    public var kind: Kind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .integer, .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The kinds of JSON values, for messages.
    public enum Kind: String, Sendable, Hashable {
        /// `null`.
        case null
        /// `true` or `false`.
        case boolean
        /// Any number.
        case number
        /// A text.
        case string
        /// A list.
        case array
        /// Keys with values.
        case object
    }

    /// The value of a key; nil when this is no object or has no such key.
    public subscript(key: String) -> JSONValue? { objectValue?[key] }

    /// The document as UTF-8 text; on one line, or indented by two blanks when `pretty`.
    public func serialised(pretty: Bool = false) -> String {
        String(decoding: serialisedBytes(pretty: pretty), as: UTF8.self)
    }

    /// The bytes of `serialised(pretty:)`.
    public func serialisedBytes(pretty: Bool = false) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        writer.value(self)
        return writer.bytes
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// Makes `null`.
    public init(nilLiteral: ()) { self = .null }

    /// Makes a boolean.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }

    /// Makes an integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }

    /// Makes a string.
    public init(stringLiteral value: String) { self = .string(value) }

    /// Makes a list.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Makes an object; of a key given twice the last value counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
}
