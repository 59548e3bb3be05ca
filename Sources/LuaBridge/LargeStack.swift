internal import CLua

/// A stack large enough for every script that Lua accepts, on which any thread may run, one at a time.
///
/// The caller's own thread runs the work; only its stack is another while it does. Those who come while it is in use line
/// up and have their turns in order.
///
/// @unchecked Sendable: the only stored property is immutable, and what it points to is guarded by a lock of its own.
public final class LargeStack: @unchecked Sendable {
    private let stack: OpaquePointer

    /// Reserves the stack.
    /// - Parameters:
    ///   - name: What the system's tools call the thread where one is needed, cut to 15 bytes.
    ///   - owner: The number of whoever has several stacks, 0 for nobody.
    ///   - place: Which of the owner's stacks it is, 0 and up.
    /// - Throws: ``LuaError`` with code `memory` if there is no room for it.
    public init(name: String, owner: UInt64 = 0, place: Int = 0) throws(LuaError) {
        guard let stack = crmlua_stack_new(LargeStackThread.stackBytes, name, owner, Int32(clamping: place)) else {
            throw LuaError.memory()
        }
        self.stack = stack
    }

    /// Which of an owner's stacks the caller is on, nil when it is on none; the innermost of several.
    public static func place(of owner: UInt64) -> Int? {
        let place = crmlua_stack_place(owner)
        return place < 0 ? nil : Int(place)
    }

    deinit { crmlua_stack_free(stack) }

    /// Whether the caller runs on this stack.
    public var isCurrent: Bool { crmlua_stack_is_current(stack) }

    /// Runs the body on the stack, when it is free; at once if the caller is on it already.
    ///
    /// - Parameter body: What to run.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    public func run<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        if isCurrent { return try body() }
        return try ElsewhereJob.run(body) { call, context in crmlua_stack_run(stack, call, context) }
    }
}
