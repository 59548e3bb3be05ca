internal import CLua

/// Puts values into a builder, flat and in preorder, for C to push after Swift has returned.
struct ValueWriter {
    let builder: UnsafeMutablePointer<crmlua_Builder>

    private func put(
        _ tag: Int,
        bits: Int64 = 0,
        pointer: UnsafeRawPointer? = nil,
        extra: Int32 = 0,
        scope: OpaquePointer? = nil
    ) {
        if builder.pointee.count == builder.pointee.capacity, !crmlua_builder_reserve(builder, 1) {
            builder.pointee.error_code = Int32(CRMLUA_MEMORY)
            return
        }
        let value = crmlua_Value(tag: Int32(tag), extra: extra, bits: bits, pointer: pointer, scope: scope)
        builder.pointee.values[Int(builder.pointee.count)] = value
        builder.pointee.count += 1
    }

    func appendNil() { put(CRMLUA_NIL) }

    func append(_ value: Bool) { put(CRMLUA_BOOLEAN, bits: value ? 1 : 0) }

    func append(_ value: Int64) { put(CRMLUA_INTEGER, bits: value) }

    func append(_ value: Double) { put(CRMLUA_NUMBER, bits: Int64(bitPattern: value.bitPattern)) }

    func append(_ text: String) {
        var text = text
        text.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    func append(bytes: UnsafeRawBufferPointer) {
        guard let copy = crmlua_builder_copy(builder, bytes.baseAddress, bytes.count) else {
            builder.pointee.error_code = Int32(CRMLUA_MEMORY)
            return
        }
        put(CRMLUA_STRING, bits: Int64(bytes.count), pointer: copy)
    }

    func append(reference: Int32) { put(CRMLUA_REFERENCE, bits: Int64(reference)) }

    func append(argumentAt index: Int32) { put(CRMLUA_ARGUMENT, bits: Int64(index)) }

    func beginArray(_ count: Int) { put(CRMLUA_ARRAY, bits: Int64(count)) }

    func beginTable(_ count: Int, frozen: Bool = false) {
        put(CRMLUA_TABLE, bits: Int64(count), extra: frozen ? Int32(CRMLUA_FROZEN) : 0)
    }

    /// An object that the caller keeps alive until Lua has it.
    func append(borrowed object: LuaObjectArgument) {
        let pointer = Unmanaged.passUnretained(object.object).toOpaque()
        put(
            CRMLUA_OBJECT,
            bits: classBits(object),
            pointer: pointer,
            extra: object.cost,
            scope: object.scope?.pointer
        )
    }

    /// An object that the builder keeps alive until Lua has it.
    func append(retained object: LuaObjectArgument) {
        let count = builder.pointee.count
        let pointer = Unmanaged.passRetained(object.object).toOpaque()
        if let scope = object.scope?.pointer { crmlua_scope_retain(scope) }
        put(
            CRMLUA_OBJECT,
            bits: classBits(object),
            pointer: pointer,
            extra: object.cost,
            scope: object.scope?.pointer
        )
        if builder.pointee.count > count {
            builder.pointee.owned += 1
        } else {
            Unmanaged<AnyObject>.fromOpaque(pointer).release()
            if let scope = object.scope?.pointer { crmlua_scope_release(scope) }
        }
    }

    private func classBits(_ object: LuaObjectArgument) -> Int64 { Int64(Int(bitPattern: object.type)) }

    /// Throws `conversion` for data nested too deeply or with too many items.
    func append(_ value: LuaValue) throws(LuaError) {
        var items = LuaValue.maximumItems
        try append(value, depth: LuaValue.maximumDepth, items: &items)
    }

    private func append(_ value: LuaValue, depth: Int, items: inout Int) throws(LuaError) {
        items -= 1
        guard items >= 0 else {
            throw LuaError(code: .conversion, message: "more than \(LuaValue.maximumItems) values at once")
        }
        switch value {
        case .nil: appendNil()
        case .boolean(let value): append(value)
        case .integer(let value): append(value)
        case .number(let value): append(value)
        case .string(let text): append(text)
        case .bytes(let bytes): bytes.withUnsafeBytes { append(bytes: $0) }
        case .array(let elements):
            try checkDepth(depth)
            beginArray(elements.count)
            for element in elements { try append(element, depth: depth - 1, items: &items) }
        case .table(let pairs):
            try checkDepth(depth)
            beginTable(pairs.count)
            for pair in pairs {
                try append(pair.key, depth: depth - 1, items: &items)
                try append(pair.value, depth: depth - 1, items: &items)
            }
        case .opaque(let name):
            throw LuaError(code: .conversion, message: "a \(name) cannot be given to a script")
        }
    }

    private func checkDepth(_ depth: Int) throws(LuaError) {
        guard depth > 0 else {
            throw LuaError(code: .conversion, message: "tables nested more than \(LuaValue.maximumDepth) deep")
        }
    }

    /// Appends what may be given to Lua; functions, tables and objects must live in `core`.
    func append(_ argument: LuaArgument, core: LuaCore) throws(LuaError) {
        switch argument {
        case .nil: appendNil()
        case .boolean(let value): append(value)
        case .integer(let value): append(value)
        case .number(let value): append(value)
        case .string(let text): append(text)
        case .value(let value): try append(value)
        case .function(let function):
            try core.checkSame(function.core)
            append(reference: function.reference)
        case .table(let table):
            try core.checkSame(table.core)
            append(reference: table.reference)
        case .object(let object):
            try core.checkSame(object.core)
            append(borrowed: object)
        case .array(let elements):
            beginArray(elements.count)
            for element in elements { try append(member: element, core: core) }
        case .map(let members):
            beginTable(members.count)
            for member in members {
                append(member.name)
                try append(member: member.value, core: core)
            }
        }
    }

    /// Appends a part of a list or table, which nobody but the builder keeps alive.
    func append(member: LuaArgument, core: LuaCore) throws(LuaError) {
        guard case .object(let object) = member else { return try append(member, core: core) }
        try core.checkSame(object.core)
        append(retained: object)
    }
}
