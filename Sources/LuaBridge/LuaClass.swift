internal import CLua

/// What Lua does with objects beside reading and writing their keys.
public enum LuaEvent: Int, Sendable, CaseIterable {
    /// Becomes text; returns a text.
    case tostring
    /// Compares for equality with another object.
    case equal
    /// Compares with `<`.
    case less
    /// Compares with `<=`.
    case lessOrEqual
    /// The operator `+`.
    case add
    /// The operator `-`.
    case subtract
    /// The operator `*`.
    case multiply
    /// The operator `/`.
    case divide
    /// The operator `%`.
    case modulo
    /// The operator `//`.
    case floorDivide
    /// The sign `-`.
    case negate
    /// The operator `..`.
    case concatenate
    /// The operator `#`.
    case length
    /// Is called; argument 1 is the object itself.
    case call
    /// `pairs`; returns an iterator, its state and a first key.
    case pairs
}

/// How objects of a Swift class look in Lua.
///
/// The keys that are known when the class is made reach the handlers as numbers, so that reading a field needs no
/// comparison of texts. Methods come before keys.
public final class LuaClass<Object: AnyObject> {
    /// Reads a key: the object, the number of the key or -1, and the call, whose `keyName` is the text of the key.
    public typealias IndexHandler = (Object, Int, inout LuaCall) throws -> Void
    /// A method; arguments count from 1 behind the object.
    public typealias Method = (Object, inout LuaCall) throws -> Void

    /// What the class can do; filled in while it is made.
    public struct Definition {
        /// Leaves the value of the key as result; without it every key is nil.
        public var index: IndexHandler?
        /// Writes argument 1 under the key; without it objects are read-only.
        public var newIndex: IndexHandler?
        /// Handlers of events; their operands are arguments 1 and 2, either of which may be the object.
        public var events: [LuaEvent: (inout LuaCall) throws -> Void] = [:]
        /// Functions of objects, called with `object:name(…)`.
        public var methods: [(name: String, body: Method)] = []
    }

    /// The name of the class in messages.
    public let name: String
    let core: LuaCore
    let pointer: OpaquePointer

    /// Makes a class in a state.
    /// - Parameters:
    ///   - state: Where it is known.
    ///   - name: What messages call its objects.
    ///   - keys: The known keys; handlers get their positions in this list.
    ///   - define: Fills in what the class can do.
    /// - Throws: ``LuaError`` with code `memory` or `dead`.
    public init(
        state: LuaState,
        name: String,
        keys: [String] = [],
        define: (inout Definition) -> Void
    ) throws(LuaError) {
        self.name = name
        let core = state.core
        self.core = core
        var definition = Definition()
        define(&definition)
        let state = try core.open()
        let box = ClassBox(name: name, definition: definition)
        let builder = try core.build(in: state) { (writer) throws(LuaError) in
            for key in keys { writer.append(key) }
        }
        var events: UInt32 = 0
        for event in definition.events.keys { events |= 1 << UInt32(event.rawValue) }
        var made: OpaquePointer?
        let writable = definition.newIndex != nil
        let status = withExtendedLifetime(box) {
            crmlua_make_class(state, Unmanaged.passUnretained(box).toOpaque(), name, builder, events, writable, &made)
        }
        try core.check(status, in: state)
        guard let made else { throw LuaError.memory() }
        pointer = made
        for method in definition.methods {
            let box = MethodBox(name: method.name, body: method.body)
            let status = withExtendedLifetime(box) {
                crmlua_add_method(
                    state,
                    made,
                    method.name,
                    method.name.utf8.count,
                    Unmanaged.passUnretained(box).toOpaque()
                )
            }
            try core.check(status, in: state)
        }
    }

    /// Shows an object to Lua, as an argument or a result.
    /// - Parameters:
    ///   - object: The object; Lua keeps it alive as long as scripts hold it.
    ///   - scope: After its end the object can no longer be used; nil for objects that live on.
    ///   - cost: The bytes it takes; they count to the memory of the state as long as a script holds the object.
    /// - Returns: The object as Lua gets it.
    public func argument(_ object: Object, scope: LuaScope? = nil, cost: Int = 0) -> LuaObjectArgument {
        LuaObjectArgument(object: object, type: pointer, core: core, scope: scope, cost: Int32(clamping: cost))
    }

    func owns(_ value: crmlua_Value) -> Bool { value.bits == Int64(Int(bitPattern: pointer)) }
}

/// Runs the handlers of a class.
private final class ClassBox<Object: AnyObject>: CallbackBox {
    private let index: LuaClass<Object>.IndexHandler?
    private let newIndex: LuaClass<Object>.IndexHandler?
    private var events: [((inout LuaCall) throws -> Void)?]

    init(name: String, definition: LuaClass<Object>.Definition) {
        index = definition.index
        newIndex = definition.newIndex
        events = LuaEvent.allCases.map { definition.events[$0] }
        super.init(name: name)
    }

    override func invoke(_ call: inout LuaCall) throws {
        let kind = Int(call.raw.pointee.kind)
        if kind >= CRMLUA_CALL_EVENT {
            let event = kind - CRMLUA_CALL_EVENT
            if event < events.count { try events[event]?(&call) }
            return
        }
        guard let pointer = call.raw.pointee.object else { return }
        let key = Int(call.raw.pointee.key_index)
        try Unmanaged<Object>.fromOpaque(pointer)._withUnsafeGuaranteedRef { object in
            if kind == CRMLUA_CALL_INDEX {
                try index?(object, key, &call)
            } else {
                try newIndex?(object, key, &call)
            }
        }
    }
}

/// Runs one method.
private final class MethodBox<Object: AnyObject>: CallbackBox {
    private let body: LuaClass<Object>.Method

    init(name: String, body: @escaping LuaClass<Object>.Method) {
        self.body = body
        super.init(name: name)
    }

    override func invoke(_ call: inout LuaCall) throws {
        guard let pointer = call.raw.pointee.object else { return }
        try body(Unmanaged<Object>.fromOpaque(pointer).takeUnretainedValue(), &call)
    }
}
