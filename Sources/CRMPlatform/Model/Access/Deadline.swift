/// When something must be over: a moment of the machine's continuous clock, to the nanosecond.
///
/// It says what a `ContinuousClock.Instant` does, with a size that is known where it is compiled: what holds an instant of the
/// standard library is laid out while the program runs, and copied field by field by way of tables.
package struct Deadline: Sendable, Hashable, Comparable {
    /// Nanoseconds since the process first asked.
    private let nanoseconds: Int64

    private static let start = ContinuousClock.now

    private init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The same moment; what lies more than 292 years off counts as 292 years.
    package init(_ instant: ContinuousClock.Instant) {
        nanoseconds = Self.nanoseconds(instant - Self.start)
    }

    /// The moment as others know it.
    package var instant: ContinuousClock.Instant { Self.start + .nanoseconds(nanoseconds) }

    /// The present moment.
    package static var now: Deadline { Deadline(.now) }

    /// How long it is until then; negative when it is over.
    package var left: Duration { .nanoseconds(nanoseconds) - .nanoseconds(Deadline.now.nanoseconds) }

    /// Whether it is over.
    package var isOver: Bool { self <= .now }

    /// So much later.
    package static func + (deadline: Deadline, duration: Duration) -> Deadline {
        let (sum, isBeyond) = deadline.nanoseconds.addingReportingOverflow(nanoseconds(duration))
        return Deadline(nanoseconds: isBeyond ? (duration < .zero ? .min : .max) : sum)
    }

    package static func < (one: Deadline, other: Deadline) -> Bool { one.nanoseconds < other.nanoseconds }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let (product, isBeyond) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !isBeyond else { return seconds < 0 ? .min : .max }
        let (sum, isBeyondToo) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return isBeyondToo ? (seconds < 0 ? .min : .max) : sum
    }
}
