public import Synchronization

/// A value that one thread at a time may look at: the standard library's `Mutex`, seen by the sanitizer of threads.
///
/// The slow way of `Mutex`, which a thread takes when it has to wait, lies in a library that is not built with the sanitizer, so
/// two bodies one after the other look to it like two at once. Here each body ends with a store that the next one begins by
/// loading: on the machines we build for two plain moves, and everything the one did is known to have happened before the other.
///
/// It is public so that it is built into the rooms that use it, which what is only the package's is not; no product shows this room.
public struct Guarded<Value: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline let mutex: Mutex<Value>
    @usableFromInline let isHandedOver = Atomic<Bool>(false)

    /// Takes the value.
    @inlinable
    public init(_ value: consuming sending Value) {
        mutex = Mutex(value)
    }

    /// Runs the body while no other thread is in one; waits for that.
    ///
    /// - Throws: What the body throws.
    @inlinable @inline(__always)
    public borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try mutex.withLock { value throws(Failure) -> sending Result in
            _ = isHandedOver.load(ordering: .acquiring)
            defer { isHandedOver.store(true, ordering: .releasing) }
            return try body(&value)
        }
    }
}
