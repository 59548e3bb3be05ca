internal import CLua

/// A value on its way to Lua: as an argument, a global or a member of a module.
public indirect enum LuaArgument {
    /// No value.
    case `nil`
    /// A truth value.
    case boolean(Bool)
    /// An integer.
    case integer(Int64)
    /// A float.
    case number(Double)
    /// A text.
    case string(String)
    /// Data of any shape.
    case value(LuaValue)
    /// A function of the same state.
    case function(LuaFunction)
    /// A table of the same state.
    case table(LuaTable)
    /// An object of the host; made with ``LuaClass/argument(_:scope:)``.
    case object(LuaObjectArgument)
    /// A new list; its objects are kept alive until Lua has them.
    case array([LuaArgument])
    /// A new table of named members.
    case map([(name: String, value: LuaArgument)])
}

extension LuaArgument: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
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
}

/// An object with the class and scope it is shown to Lua with.
public struct LuaObjectArgument {
    let object: AnyObject
    let type: OpaquePointer
    let core: LuaCore
    let scope: LuaScope?
    /// Bytes it takes.
    let cost: Int32
}

/// An object of the host that can be taken over as data, inside a table for example.
public protocol LuaDataConvertible: AnyObject {
    /// What stands for the object.
    var luaData: LuaValue { get }
}

/// A table that stays in its state; for modules inside modules.
public final class LuaTable {
    let core: LuaCore
    let reference: Int32

    init(core: LuaCore, reference: Int32) {
        self.core = core
        self.reference = reference
    }

    deinit { core.unreference(reference) }

    /// Copies the table by raw access.
    /// - Throws: ``LuaError`` with code `conversion` or `dead`.
    public func value(
        opaque: LuaValue.OpaquePolicy = .refuse,
        items: Int = LuaValue.maximumItems
    ) throws(LuaError) -> LuaValue {
        try core.readReference(reference, opaque: opaque, items: items)
    }
}

/// The span in which handles are valid.
///
/// Objects given to Lua with a scope are refused once it has ended.
public final class LuaScope {
    let pointer: OpaquePointer?

    /// Begins a scope.
    public init() { pointer = crmlua_scope_new() }

    deinit {
        end()
        if let pointer { crmlua_scope_release(pointer) }
    }

    /// Ends the scope: every handle given with it expires.
    public func end() {
        if let pointer { crmlua_scope_end(pointer) }
    }
}
