internal import CLua

/// Makes Swift values of what C has laid out flat.
struct ValueReader {
    let values: UnsafePointer<crmlua_Value>
    let count: Int
    let opaque: LuaValue.OpaquePolicy
    private var next = 0

    init(values: UnsafePointer<crmlua_Value>, count: Int, opaque: LuaValue.OpaquePolicy) {
        self.values = values
        self.count = count
        self.opaque = opaque
    }

    mutating func read() throws(LuaError) -> LuaValue {
        guard next < count else { return .nil }
        let value = values[next]
        next += 1
        switch Int(value.tag) {
        case CRMLUA_BOOLEAN: return .boolean(value.bits != 0)
        case CRMLUA_INTEGER: return .integer(value.bits)
        case CRMLUA_NUMBER: return .number(value.double)
        case CRMLUA_STRING:
            if let text = value.string { return .string(text) }
            return .bytes([UInt8](value.bytes))
        case CRMLUA_TABLE: return try readTable(pairs: Int(value.bits))
        case CRMLUA_NIL: return .nil
        default:
            if value.tag == Int32(CRMLUA_OBJECT), value.extra == 0, let pointer = value.pointer,
                let object = Unmanaged<AnyObject>.fromOpaque(pointer).takeUnretainedValue() as? any LuaDataConvertible
            {
                return object.luaData
            }
            let name = value.typeName
            guard opaque == .name else {
                throw LuaError(code: .conversion, message: "a \(name) cannot be taken over as data")
            }
            return .opaque(name)
        }
    }

    private mutating func readTable(pairs count: Int) throws(LuaError) -> LuaValue {
        var pairs: [(key: LuaValue, value: LuaValue)] = []
        pairs.reserveCapacity(count)
        var isArray = count > 0
        for _ in 0..<count {
            let key = try read()
            if case .integer(let index) = key, index >= 1, index <= Int64(count) {} else { isArray = false }
            pairs.append((key, try read()))
        }
        guard isArray else { return .table(pairs) }
        // The keys of a table differ, so n of them between 1 and n are all of these.
        var elements = [LuaValue](repeating: .nil, count: count)
        for pair in pairs {
            if case .integer(let index) = pair.key { elements[Int(index) - 1] = pair.value }
        }
        return .array(elements)
    }
}

extension crmlua_Value {
    var double: Double { Double(bitPattern: UInt64(bitPattern: bits)) }

    /// The bytes of a text; valid as long as the text has its place on the Lua stack.
    var bytes: UnsafeBufferPointer<UInt8> {
        guard let pointer else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: UInt8.self), count: Int(bits))
    }

    /// The text, or nil if it is not UTF-8.
    var string: String? { String(validating: bytes, as: UTF8.self) }

    /// The number as an integer, if it is exactly one.
    var exactInteger: Int64? {
        if tag == Int32(CRMLUA_INTEGER) { return bits }
        return tag == Int32(CRMLUA_NUMBER) ? Int64(exactly: double) : nil
    }

    /// The name of the type, as Lua's `type` gives it.
    var typeName: String {
        switch Int(tag) {
        case CRMLUA_NIL: "nil"
        case CRMLUA_BOOLEAN: "boolean"
        case CRMLUA_INTEGER, CRMLUA_NUMBER: "number"
        case CRMLUA_STRING: "string"
        case CRMLUA_TABLE, CRMLUA_ARRAY: "table"
        case CRMLUA_FUNCTION: "function"
        case CRMLUA_OBJECT: "object"
        default: pointer.map { String(cString: $0.assumingMemoryBound(to: CChar.self)) } ?? "value"
        }
    }
}
