internal import CLua

/// A call of a function of the host by a script: its arguments, counted from 1, and its results.
///
/// Lives as long as the call; cannot be kept.
public struct LuaCall: ~Copyable {
    let raw: UnsafeMutablePointer<crmlua_Call>
    let results: UnsafeMutablePointer<crmlua_Builder>
    // Both outlive the call: C holds the box, and whoever called into the state holds its core.
    unowned(unsafe) let core: LuaCore
    unowned(unsafe) let box: CallbackBox

    var writer: ValueWriter { ValueWriter(builder: results) }

    /// The state in which the script runs.
    public var state: LuaState { core.state ?? LuaState(viewing: core) }

    /// The name of the function that was called.
    public var name: String { box.name }

    /// How many arguments were given; nil counts too.
    public var argumentCount: Int { Int(raw.pointee.argument_count) }

    /// The chunk and line of the caller; line 0 if no script called.
    public var callerLocation: (chunk: String, line: Int) {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let base = buffer.baseAddress else { return ("", 0) }
            let line = crmlua_where(raw.pointee.L, 1, base, buffer.count)
            return (String(cString: base), Int(line))
        }
    }

    /// The text of the key that is read or written, for the handlers of a class; nil if the key is no UTF-8 text.
    public var keyName: String? {
        raw.pointee.key.tag == Int32(CRMLUA_STRING) ? raw.pointee.key.string : nil
    }

    // MARK: Results

    /// Returns nil.
    public mutating func pushNil() { writer.appendNil() }

    /// Returns a truth value.
    public mutating func push(_ value: Bool) { writer.append(value) }

    /// Returns an integer.
    public mutating func push(_ value: Int64) { writer.append(value) }

    /// Returns an integer.
    public mutating func push(_ value: Int) { writer.append(Int64(value)) }

    /// Returns a float.
    public mutating func push(_ value: Double) { writer.append(value) }

    /// Returns a text.
    public mutating func push(_ value: String) { writer.append(value) }

    /// Returns a text that need not be UTF-8.
    public mutating func push(bytes: UnsafeRawBufferPointer) { writer.append(bytes: bytes) }

    /// Returns data of any shape.
    /// - Throws: ``LuaError`` with code `conversion` if it is too deep or too large.
    public mutating func push(_ value: LuaValue) throws(LuaError) { try writer.append(value) }

    /// Returns a function of this state.
    /// - Throws: ``LuaError`` with code `conversion` if it belongs to another state.
    public mutating func push(_ function: LuaFunction) throws(LuaError) {
        try core.checkSame(function.core)
        writer.append(reference: function.reference)
    }

    /// Returns a table of this state.
    /// - Throws: ``LuaError`` with code `conversion` if it belongs to another state.
    public mutating func push(_ table: LuaTable) throws(LuaError) {
        try core.checkSame(table.core)
        writer.append(reference: table.reference)
    }

    /// Returns an object of the host.
    /// - Throws: ``LuaError`` with code `conversion` if its class belongs to another state.
    public mutating func push(_ object: LuaObjectArgument) throws(LuaError) {
        try core.checkSame(object.core)
        writer.append(retained: object)
    }

    /// Returns anything that can be given to Lua.
    /// - Throws: ``LuaError`` with code `conversion` if something in it belongs to another state.
    public mutating func push(_ argument: LuaArgument) throws(LuaError) {
        try writer.append(member: argument, core: core)
    }

    /// Returns one of the arguments as it is.
    public mutating func pushArgument(_ position: Int) {
        guard position >= 1, position <= argumentCount else { return writer.appendNil() }
        writer.append(argumentAt: raw.pointee.first_argument + Int32(position) - 1)
    }
}
