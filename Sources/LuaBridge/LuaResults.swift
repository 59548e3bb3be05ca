internal import CLua

/// What a call returned.
///
/// Texts and numbers are copied; tables, functions and objects stay in Lua until asked for.
public struct LuaResults {
    private enum Item {
        case scalar(LuaValue)
        case table(LuaTable)
        case function(LuaFunction)
        case object(AnyObject, expired: Bool)
    }

    private let items: [Item]

    init(core: LuaCore, values: UnsafePointer<crmlua_Value>, count: Int, first: Int32) throws(LuaError) {
        var items: [Item] = []
        items.reserveCapacity(count)
        for i in 0..<count {
            let value = values[i]
            switch Int(value.tag) {
            case CRMLUA_TABLE:
                let reference = try core.makeReference(at: first + Int32(i))
                items.append(.table(LuaTable(core: core, reference: reference)))
            case CRMLUA_FUNCTION:
                let reference = try core.makeReference(at: first + Int32(i))
                items.append(.function(LuaFunction(core: core, reference: reference)))
            case CRMLUA_OBJECT:
                guard let pointer = value.pointer else { continue }
                let object = Unmanaged<AnyObject>.fromOpaque(pointer).takeUnretainedValue()
                items.append(.object(object, expired: value.extra != 0))
            default:
                var reader = ValueReader(values: values + i, count: 1, opaque: .name)
                items.append(.scalar(try reader.read()))
            }
        }
        self.items = items
    }

    /// How many values were returned.
    public var count: Int { items.count }

    private func scalar(_ index: Int) -> LuaValue {
        guard items.indices.contains(index), case .scalar(let value) = items[index] else { return .nil }
        return value
    }

    /// Whether the value at the index, from 0, is nil or missing.
    public func isNil(_ index: Int) -> Bool {
        guard items.indices.contains(index) else { return true }
        if case .scalar(.nil) = items[index] { return true }
        return false
    }

    /// The text at the index, from 0; nil if something else is there.
    public func string(_ index: Int) -> String? {
        if case .string(let text) = scalar(index) { return text }
        return nil
    }

    /// The integer at the index, from 0, or the float there that is exactly one; nil if something else is there.
    public func integer(_ index: Int) -> Int64? {
        switch scalar(index) {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The number at the index, from 0; nil if something else is there.
    public func number(_ index: Int) -> Double? {
        switch scalar(index) {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The truth value at the index, from 0; nil if something else is there.
    public func boolean(_ index: Int) -> Bool? {
        if case .boolean(let value) = scalar(index) { return value }
        return nil
    }

    /// The function at the index, from 0; nil if something else is there.
    public func function(_ index: Int) -> LuaFunction? {
        guard items.indices.contains(index), case .function(let function) = items[index] else { return nil }
        return function
    }

    /// The object at the index, from 0; nil if something else is there or its scope has ended.
    public func object<T: AnyObject>(_ index: Int, as type: T.Type) -> T? {
        guard items.indices.contains(index), case .object(let object, expired: false) = items[index] else { return nil }
        return object as? T
    }

    /// A copy of the value at the index, from 0; tables by raw access.
    /// - Parameters:
    ///   - index: Which result.
    ///   - opaque: What to do with functions, coroutines and objects.
    ///   - limit: The most values, keys included, that are taken over.
    /// - Returns: The copy; nil if there is no such result.
    /// - Throws: ``LuaError`` with code `conversion` or `dead`.
    public func value(
        _ index: Int,
        opaque: LuaValue.OpaquePolicy = .refuse,
        items limit: Int = LuaValue.maximumItems
    ) throws(LuaError) -> LuaValue {
        guard items.indices.contains(index) else { return .nil }
        switch items[index] {
        case .table(let table): return try table.value(opaque: opaque, items: limit)
        case .scalar(.opaque(let name)): return try LuaResults.opaqueValue(name, opaque)
        case .scalar(let value): return value
        case .function: return try LuaResults.opaqueValue("function", opaque)
        case .object: return try LuaResults.opaqueValue("object", opaque)
        }
    }

    private static func opaqueValue(_ name: String, _ policy: LuaValue.OpaquePolicy) throws(LuaError) -> LuaValue {
        guard policy == .name else {
            throw LuaError(code: .conversion, message: "a \(name) cannot be taken over as data")
        }
        return .opaque(name)
    }
}
