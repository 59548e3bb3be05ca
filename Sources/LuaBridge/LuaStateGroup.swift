import Synchronization

/// States that are interrupted together: those of one open file.
public struct LuaStateGroup: Sendable, Hashable {
    private static let last = Atomic<UInt64>(0)

    /// The number by which the C side knows the group; 0 stands for states without one.
    let number: UInt64

    /// Makes a group of its own, without states.
    public init() {
        number = Self.last.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
