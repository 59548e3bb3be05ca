internal import CLua

/// States that are interrupted together, such as those of one lane of an open file.
///
/// @unchecked Sendable: the only stored property is immutable, and what it points to is one atomic number.
public final class LuaStateGroup: @unchecked Sendable {
    /// By what the C side knows the group; nil without memory, and then its states are in no group.
    let pointer: OpaquePointer?

    /// Makes a group of its own, without states.
    public init() { pointer = crmlua_group_new() }

    deinit { if let pointer { crmlua_group_free(pointer) } }

    /// Stops every script that runs in a state of the group, and those that begin before ``go()``, as
    /// ``LuaLimit/interruption``.
    ///
    /// May be called on any thread.
    public func stop() { if let pointer { crmlua_group_stop(pointer) } }

    /// Lets scripts begin again.
    public func go() { if let pointer { crmlua_group_go(pointer) } }
}
