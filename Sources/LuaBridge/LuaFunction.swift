internal import CLua

/// A function of a state.
///
/// Does not keep its state open.
public final class LuaFunction {
    let core: LuaCore
    let reference: Int32

    init(core: LuaCore, reference: Int32) {
        self.core = core
        self.reference = reference
    }

    deinit { core.unreference(reference) }

    /// Calls the function.
    /// - Parameter arguments: What it gets.
    /// - Returns: All its results.
    /// - Throws: ``LuaError``, of any code but `syntax`.
    @discardableResult
    public func call(arguments: [LuaArgument] = []) throws(LuaError) -> LuaResults {
        let core = core
        return try core.call(reference, arguments: arguments, wanted: -1) { (values, count, first) throws(LuaError) in
            try LuaResults(core: core, values: values, count: count, first: first)
        }
    }

    /// Calls the function with one object and discards what it returns.
    /// - Throws: ``LuaError``, of any code but `syntax`.
    public func call(object: LuaObjectArgument) throws(LuaError) {
        try callOne(object) { (_) throws(LuaError) in }
    }

    /// Calls the function with one object.
    /// - Returns: Whether it returned anything but nil and false.
    /// - Throws: ``LuaError``, of any code but `syntax`.
    public func callForBoolean(object: LuaObjectArgument) throws(LuaError) -> Bool {
        try callOne(object) { (value) throws(LuaError) in
            value.tag != Int32(CRMLUA_NIL) && !(value.tag == Int32(CRMLUA_BOOLEAN) && value.bits == 0)
        }
    }

    /// Calls the function with one object.
    /// - Returns: The text it returned, or nil if it returned anything else.
    /// - Throws: ``LuaError``, of any code but `syntax`.
    public func callForString(object: LuaObjectArgument) throws(LuaError) -> String? {
        try callOne(object) { (value) throws(LuaError) in value.tag == Int32(CRMLUA_STRING) ? value.string : nil }
    }

    /// Calls the function with one object.
    /// - Returns: The integer it returned, or nil if it returned anything else.
    /// - Throws: ``LuaError``, of any code but `syntax`.
    public func callForInteger(object: LuaObjectArgument) throws(LuaError) -> Int64? {
        try callOne(object) { (value) throws(LuaError) in value.exactInteger }
    }

    /// Calls the function with one object.
    /// - Returns: The first result by itself, without taking over tables.
    /// - Throws: ``LuaError``, of any code but `syntax`.
    public func callForScalar(object: LuaObjectArgument) throws(LuaError) -> LuaValue {
        try callOne(object) { (value) throws(LuaError) in
            if value.tag == Int32(CRMLUA_TABLE) { return .opaque("table") }
            return try withUnsafePointer(to: value) { (pointer) throws(LuaError) in
                var reader = ValueReader(values: pointer, count: 1, opaque: .name)
                return try reader.read()
            }
        }
    }

    private func callOne<R>(
        _ object: LuaObjectArgument,
        _ body: (crmlua_Value) throws(LuaError) -> R
    ) throws(LuaError) -> R {
        try core.checkSame(object.core)
        let value = crmlua_Value(
            tag: Int32(CRMLUA_OBJECT),
            extra: 0,
            bits: Int64(Int(bitPattern: object.type)),
            pointer: Unmanaged.passUnretained(object.object).toOpaque(),
            scope: object.scope?.pointer
        )
        defer { withExtendedLifetime(object) {} }
        return try core.callOne(reference, argument: value) { (values, _, _) throws(LuaError) in
            try body(values.pointee)
        }
    }
}
