/// A copy of a Lua value, free of the state it came from.
public indirect enum LuaValue: Sendable {
    /// No value.
    case `nil`
    /// A truth value.
    case boolean(Bool)
    /// A number of Lua's subtype integer.
    case integer(Int64)
    /// A number of Lua's subtype float.
    case number(Double)
    /// A text in UTF-8.
    case string(String)
    /// A text that is not UTF-8.
    case bytes([UInt8])
    /// A table whose keys are 1 to n, n > 0.
    case array([LuaValue])
    /// Any other table, in no particular order; also the empty one.
    case table([(key: LuaValue, value: LuaValue)])
    /// What does not leave Lua: a function, a coroutine, an object; with the name of its type.
    case opaque(String)

    /// How to treat what does not leave Lua.
    public enum OpaquePolicy: Sendable {
        /// The conversion fails.
        case refuse
        /// The value becomes `opaque`.
        case name
    }

    /// The deepest nesting of tables that is taken over.
    public static let maximumDepth = 32
    /// The most values, keys included, that one conversion takes over.
    public static let maximumItems = 10_000

    /// The value under a text key of a table, or nil.
    public subscript(key: String) -> LuaValue? {
        guard case .table(let pairs) = self else { return nil }
        for pair in pairs {
            if case .string(let text) = pair.key, text == key { return pair.value }
        }
        return nil
    }
}

extension LuaValue: Equatable {
    /// Whether both are the same value of the same subtype; tables compare without regard to order.
    public static func == (left: LuaValue, right: LuaValue) -> Bool {
        switch (left, right) {
        case (.nil, .nil): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.bytes(let a), .bytes(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.opaque(let a), .opaque(let b)): a == b
        case (.table(let a), .table(let b)):
            a.count == b.count
                && a.allSatisfy { pair in b.contains { $0.key == pair.key && $0.value == pair.value } }
        default: false
        }
    }
}

extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A float.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// No value.
    public init(nilLiteral: ()) { self = .nil }
    /// A list, with keys from 1.
    public init(arrayLiteral elements: LuaValue...) { self = elements.isEmpty ? .table([]) : .array(elements) }
    /// A table.
    public init(dictionaryLiteral elements: (LuaValue, LuaValue)...) {
        self = .table(elements.map { (key: $0.0, value: $0.1) })
    }
}
