internal import CLua

/// The types of Lua values.
public enum LuaType: String, Sendable {
    /// No argument at this position.
    case none = "no value"
    /// The value nil.
    case `nil`
    /// A truth value.
    case boolean
    /// A number of Lua's subtype integer.
    case integer
    /// A number of Lua's subtype float.
    case number
    /// A text.
    case string
    /// A table.
    case table
    /// A function.
    case function
    /// An object of the host.
    case object
    /// Anything else, a coroutine for example.
    case other
}

extension LuaCall {
    func argument(_ position: Int) -> crmlua_Value? {
        guard position >= 1, position <= Int(raw.pointee.argument_count) else { return nil }
        return raw.pointee.arguments[position - 1]
    }

    private func stackIndex(_ position: Int) -> Int32 { raw.pointee.first_argument + Int32(position) - 1 }

    /// The error for an argument of the wrong type; throw it.
    public func wrongArgument(_ position: Int, expected: String) -> LuaError {
        var got = "no value"
        if let value = argument(position) {
            got = value.typeName
            if value.tag == Int32(CRMLUA_OBJECT), let pointer = core.pointer {
                got = crmlua_type_name_at(pointer, stackIndex(position)).map { String(cString: $0) } ?? got
            }
        }
        return LuaError.argument(position: position, name: box.name, expected: expected, got: got)
    }

    /// The error for an argument of the right type that cannot be used; throw it.
    public func badArgument(_ position: Int, _ problem: String) -> LuaError {
        LuaError.argument(position: position, name: box.name, problem: problem)
    }

    /// The type of an argument.
    public func type(of position: Int) -> LuaType {
        guard let value = argument(position) else { return .none }
        return switch Int(value.tag) {
        case CRMLUA_NIL: .nil
        case CRMLUA_BOOLEAN: .boolean
        case CRMLUA_INTEGER: .integer
        case CRMLUA_NUMBER: .number
        case CRMLUA_STRING: .string
        case CRMLUA_TABLE: .table
        case CRMLUA_FUNCTION: .function
        case CRMLUA_OBJECT: .object
        default: .other
        }
    }

    /// Whether an argument is nil or missing.
    public func isNil(_ position: Int) -> Bool { argument(position).map { $0.tag == Int32(CRMLUA_NIL) } ?? true }

    /// A text argument.
    /// - Throws: ``LuaError`` with code `argument`, also if the text is not UTF-8.
    public func string(_ position: Int) throws(LuaError) -> String {
        guard let value = argument(position), value.tag == Int32(CRMLUA_STRING) else {
            throw wrongArgument(position, expected: "string")
        }
        guard let text = value.string else { throw badArgument(position, "text is not valid UTF-8") }
        return text
    }

    /// The bytes of a text argument.
    /// - Throws: ``LuaError`` with code `argument`.
    public func bytes(_ position: Int) throws(LuaError) -> [UInt8] {
        guard let value = argument(position), value.tag == Int32(CRMLUA_STRING) else {
            throw wrongArgument(position, expected: "string")
        }
        return [UInt8](value.bytes)
    }

    /// An integer argument; a float is taken if it is exactly one.
    /// - Throws: ``LuaError`` with code `argument`.
    public func integer(_ position: Int) throws(LuaError) -> Int64 {
        guard let value = argument(position), value.tag == Int32(CRMLUA_INTEGER) || value.tag == Int32(CRMLUA_NUMBER)
        else { throw wrongArgument(position, expected: "integer") }
        guard let integer = value.exactInteger else {
            throw badArgument(position, "number has no integer representation")
        }
        return integer
    }

    /// A number argument.
    /// - Throws: ``LuaError`` with code `argument`.
    public func number(_ position: Int) throws(LuaError) -> Double {
        guard let value = argument(position) else { throw wrongArgument(position, expected: "number") }
        switch Int(value.tag) {
        case CRMLUA_INTEGER: return Double(value.bits)
        case CRMLUA_NUMBER: return value.double
        default: throw wrongArgument(position, expected: "number")
        }
    }

    /// A truth value.
    /// - Throws: ``LuaError`` with code `argument`.
    public func boolean(_ position: Int) throws(LuaError) -> Bool {
        guard let value = argument(position), value.tag == Int32(CRMLUA_BOOLEAN) else {
            throw wrongArgument(position, expected: "boolean")
        }
        return value.bits != 0
    }

    /// A function argument.
    /// - Throws: ``LuaError`` with code `argument` or `memory`.
    public func function(_ position: Int) throws(LuaError) -> LuaFunction {
        guard let value = argument(position), value.tag == Int32(CRMLUA_FUNCTION) else {
            throw wrongArgument(position, expected: "function")
        }
        return LuaFunction(core: core, reference: try core.makeReference(at: stackIndex(position)))
    }

    /// The chunk and line where a function argument is defined; line 0 if it is no function of a script.
    public func definition(of position: Int) -> (chunk: String, line: Int) {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress, type(of: position) == .function else { return ("", 0) }
            let line = crmlua_defined_at(raw.pointee.L, stackIndex(position), base, buffer.count)
            return (String(cString: base), Int(line))
        }
    }

    /// A table argument that stays in Lua.
    /// - Throws: ``LuaError`` with code `argument` or `memory`.
    public func table(_ position: Int) throws(LuaError) -> LuaTable {
        guard let value = argument(position), value.tag == Int32(CRMLUA_TABLE) else {
            throw wrongArgument(position, expected: "table")
        }
        return LuaTable(core: core, reference: try core.makeReference(at: stackIndex(position)))
    }

    /// A copy of any argument; nil if it is missing.
    /// - Parameters:
    ///   - position: The argument, from 1.
    ///   - opaque: What becomes of values that are no data.
    ///   - items: How many values it may hold at all depths together.
    /// - Returns: The copy.
    /// - Throws: ``LuaError`` with code `argument` if it is too deep, too large or not data.
    public func value(
        _ position: Int,
        opaque: LuaValue.OpaquePolicy = .refuse,
        items: Int = LuaValue.maximumItems
    ) throws(LuaError) -> LuaValue {
        guard let value = argument(position) else { return .nil }
        do {
            if value.tag == Int32(CRMLUA_TABLE) {
                return try core.read(at: stackIndex(position), opaque: opaque, items: items)
            }
            return try withUnsafePointer(to: value) { (pointer) throws(LuaError) in
                var reader = ValueReader(values: pointer, count: 1, opaque: opaque)
                return try reader.read()
            }
        } catch {
            guard error.code == .conversion else { throw error }
            throw badArgument(position, error.message)
        }
    }

    /// An object of the host.
    /// - Throws: ``LuaError`` with code `argument`, or `callbackExpired` if its scope has ended.
    public func object<T: AnyObject>(_ position: Int, as type: T.Type) throws(LuaError) -> T {
        guard let value = argument(position), value.tag == Int32(CRMLUA_OBJECT) else {
            throw wrongArgument(position, expected: String(describing: type))
        }
        let living = try checkLiving(value, position)
        // The very class is the usual case, and asking for it is much cheaper than a cast.
        if ObjectIdentifier(Swift.type(of: living)) == ObjectIdentifier(T.self) {
            return unsafeDowncast(living, to: T.self)
        }
        guard let object = living as? T else { throw wrongArgument(position, expected: String(describing: type)) }
        return object
    }

    /// An object of one class; faster than asking for a type.
    /// - Throws: ``LuaError`` with code `argument`, or `callbackExpired` if its scope has ended.
    public func object<T: AnyObject>(_ position: Int, of type: LuaClass<T>) throws(LuaError) -> T {
        guard let value = argument(position), value.tag == Int32(CRMLUA_OBJECT), type.owns(value) else {
            throw wrongArgument(position, expected: type.name)
        }
        return unsafeDowncast(try checkLiving(value, position), to: T.self)
    }

    private func checkLiving(_ value: crmlua_Value, _ position: Int) throws(LuaError) -> AnyObject {
        guard value.extra == 0, let pointer = value.pointer else {
            throw LuaError(
                code: .callbackExpired,
                message: "bad argument #\(position) to '\(box.name)' (used after the call it belongs to had ended)"
            )
        }
        return Unmanaged<AnyObject>.fromOpaque(pointer).takeUnretainedValue()
    }

    // MARK: Optional arguments

    /// A text argument, or nil if it is nil or missing.
    /// - Throws: ``LuaError`` with code `argument`.
    public func optionalString(_ position: Int) throws(LuaError) -> String? {
        isNil(position) ? nil : try string(position)
    }

    /// An integer argument, or nil if it is nil or missing.
    /// - Throws: ``LuaError`` with code `argument`.
    public func optionalInteger(_ position: Int) throws(LuaError) -> Int64? {
        isNil(position) ? nil : try integer(position)
    }

    /// A function argument, or nil if it is nil or missing.
    /// - Throws: ``LuaError`` with code `argument`.
    public func optionalFunction(_ position: Int) throws(LuaError) -> LuaFunction? {
        isNil(position) ? nil : try function(position)
    }
}
