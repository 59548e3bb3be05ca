internal import CLua

/// A thread with a stack large enough for every script that Lua accepts, which runs one piece of work after the other.
///
/// @unchecked Sendable: the only stored property is immutable, and what it points to is guarded by a lock of its own.
public final class LargeStackThread: @unchecked Sendable {
    private let worker: OpaquePointer

    /// The usual size of the stack; reserved, and only used as far as needed.
    public static let stackBytes = 64 * 1024 * 1024

    /// Starts the thread.
    /// - Parameters:
    ///   - name: What the system's tools call it, cut to 15 bytes.
    ///   - stackBytes: The size of its stack; less for a thread that goes on to a ``LargeStack``.
    /// - Throws: ``LuaError`` with code `memory` if no thread can be made.
    public init(name: String, stackBytes: Int = LargeStackThread.stackBytes) throws(LuaError) {
        guard let worker = crmlua_worker_new(stackBytes, name) else { throw LuaError.memory() }
        self.worker = worker
    }

    deinit { crmlua_worker_end(worker) }

    /// Whether the caller runs on this thread.
    public var isCurrent: Bool { crmlua_worker_is_current(worker) }

    /// Runs the body on the thread and waits for it; directly if this is the thread.
    ///
    /// Call it from code that belongs to no actor: a closure of an actor would run outside that actor, and Swift stops
    /// the program where it notices. Actors run on the thread through ``ScriptExecutor`` instead.
    ///
    /// - Parameter body: What to run; the caller waits, so it may use what the caller owns.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    public func run<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        if isCurrent { return try body() }
        return try ElsewhereJob.run(body) { call, context in _ = crmlua_worker_run(worker, call, context) }
    }

    /// Runs the job on the thread, later and in order; the caller does not wait.
    ///
    /// If there is no memory to note it down, it runs at once.
    public func submit(_ job: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(SendableJob(job: job))
        let accepted = crmlua_worker_submit(
            worker,
            { context in
                if let context { Unmanaged<SendableJob>.fromOpaque(context).takeRetainedValue().job() }
            },
            box.toOpaque()
        )
        if !accepted { run(box.takeRetainedValue().job) }
    }
}

private final class SendableJob: Sendable {
    let job: @Sendable () -> Void

    init(job: @escaping @Sendable () -> Void) { self.job = job }
}

/// Lets an actor run on a ``LargeStackThread``: return it as the actor's `unownedExecutor`, and keep it in the actor.
public final class ScriptExecutor: SerialExecutor {
    /// The thread that the actor runs on.
    public let thread: LargeStackThread

    /// Starts a thread for an actor.
    /// - Parameter name: What the system's tools call it.
    /// - Throws: ``LuaError`` with code `memory` if no thread can be made.
    public init(name: String) throws(LuaError) { thread = try LargeStackThread(name: name) }

    /// Runs a job of the actor on the thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        thread.submit { unowned.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Stops the program unless it runs on the thread.
    public func checkIsolated() { precondition(thread.isCurrent, "not on the thread of this executor") }
}
