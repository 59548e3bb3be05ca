import Synchronization

/// Tells a rehearsal from every other of the process: units of work that name it take part in it.
public struct RehearsalID: Sendable, Hashable {
    private static let last = Atomic<UInt64>(0)
    private let number: UInt64

    /// A name that no rehearsal has had.
    package init() { number = Self.last.wrappingAdd(1, ordering: .relaxed).newValue }
}
