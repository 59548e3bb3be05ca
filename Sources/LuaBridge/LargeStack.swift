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
    /// - Parameter name: What the system's tools call the thread where one is needed, cut to 15 bytes.
    /// - Throws: ``LuaError`` with code `memory` if there is no room for it.
    public init(name: String) throws(LuaError) {
        guard let stack = crmlua_stack_new(LargeStackThread.stackBytes, name) else { throw LuaError.memory() }
        self.stack = stack
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
