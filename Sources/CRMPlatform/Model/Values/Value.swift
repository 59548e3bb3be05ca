/// What one field of one record holds.
///
/// References are `.integer` with the id of the record referred to; picklists are `.text` with the code of the entry.
public enum Value: Sendable {
    /// Nothing.
    case null
    /// True or false.
    case boolean(Bool)
    /// A whole number, or the id of a record.
    case integer(Int64)
    /// An exact decimal.
    case decimal(FixedDecimal)
    /// Text, kept byte for byte as it was given.
    case text(String)
    /// A day.
    case date(CalendarDate)
    /// A moment.
    case instant(Instant)
}

extension Value: Hashable {
    /// Equality of kind and value; texts are equal only byte for byte, decimals as numbers.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.decimal(let left), .decimal(let right)): left == right
        case (.text(let left), .text(let right)): Self.sameBytes(left, right)
        case (.date(let left), .date(let right)): left == right
        case (.instant(let left), .instant(let right)): left == right
        default: false
        }
    }

    // `String ==` takes composed and decomposed letters for equal; a save that changes one to the other must be seen.
    private static func sameBytes(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count, left == right else { return false }
        let found = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in sameBytes(left, right) }
        }
        return (found ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }

    /// Eight bytes at a time; both have the same length.
    private static func sameBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        let left = UnsafeRawBufferPointer(left)
        let right = UnsafeRawBufferPointer(right)
        var index = 0
        while index + 8 <= left.count {
            guard
                left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    == right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            else { return false }
            index += 8
        }
        while index < left.count {
            guard left[index] == right[index] else { return false }
            index += 1
        }
        return true
    }

    /// Hashes the kind and the value.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .boolean(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .decimal(let value): hasher.combine(value)
        case .text(let value): hasher.combine(value)
        case .date(let value): hasher.combine(value)
        case .instant(let value): hasher.combine(value)
        }
    }
}

extension Value {
    /// Whether there is no value.
    @inlinable public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The boolean; nil for every other kind.
    @inlinable public var booleanValue: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    /// The integer; nil for every other kind.
    @inlinable public var integerValue: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The decimal, also of an integer; nil for every other kind.
    @inlinable public var decimalValue: FixedDecimal? {
        switch self {
        case .decimal(let value): value
        case .integer(let value): FixedDecimal(value)
        default: nil
        }
    }

    /// The text; nil for every other kind.
    @inlinable public var textValue: String? {
        if case .text(let value) = self { value } else { nil }
    }

    /// The day; nil for every other kind.
    @inlinable public var dateValue: CalendarDate? {
        if case .date(let value) = self { value } else { nil }
    }

    /// The moment; nil for every other kind.
    @inlinable public var instantValue: Instant? {
        if case .instant(let value) = self { value } else { nil }
    }

    /// The value as plain text that does not depend on language or time zone; empty for null.
    public var displayText: String {
        switch self {
        case .null: ""
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .decimal(let value): value.description
        case .text(let value): value
        case .date(let value): value.description
        case .instant(let value): value.description
        }
    }

    /// Orders two values of one kind: below 0, 0 or above 0; nil when the kinds cannot be compared.
    ///
    /// Integers and decimals compare as numbers, texts by their UTF-8 bytes (as the database's binary order does),
    /// false comes before true. Null equals null and cannot be compared with anything else.
    public func compare(_ other: Value) -> Int? {
        switch (self, other) {
        case (.null, .null): 0
        case (.boolean(let left), .boolean(let right)): (left ? 1 : 0) - (right ? 1 : 0)
        case (.integer(let left), .integer(let right)): Self.order(left, right)
        case (.text(let left), .text(let right)): Self.byteOrder(left, right)
        case (.date(let left), .date(let right)): Self.order(left, right)
        case (.instant(let left), .instant(let right)): Self.order(left, right)
        case (.decimal(let left), .decimal(let right)): Self.order(left, right)
        case (.decimal(let left), .integer(let right)): Self.order(left, FixedDecimal(right))
        case (.integer(let left), .decimal(let right)): Self.order(FixedDecimal(left), right)
        default: nil
        }
    }

    private static func order<T: Comparable>(_ left: T, _ right: T) -> Int {
        left < right ? -1 : (left == right ? 0 : 1)
    }

    private static func byteOrder(_ left: String, _ right: String) -> Int {
        if left.utf8.lexicographicallyPrecedes(right.utf8) { return -1 }
        return right.utf8.lexicographicallyPrecedes(left.utf8) ? 1 : 0
    }
}

extension Value: CustomStringConvertible {
    /// The kind and the value, for developers.
    public var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "boolean(\(value))"
        case .integer(let value): "integer(\(value))"
        case .decimal(let value): "decimal(\(value))"
        case .text(let value): "text(\(value))"
        case .date(let value): "date(\(value))"
        case .instant(let value): "instant(\(value))"
        }
    }
}
