package import CRMModel

package import struct Foundation.TimeZone

/// The time and the place of a query, which `today()`, `now()` and the days of moments depend on.
package struct QueryEnvironment: Sendable {
    /// The day in the company's time zone.
    package let today: CalendarDate
    /// The moment.
    package let now: Instant
    /// The time zone in which moments belong to days.
    package let timeZone: TimeZone

    /// Makes an environment.
    package init(today: CalendarDate, now: Instant, timeZone: TimeZone) {
        self.today = today
        self.now = now
        self.timeZone = timeZone
    }
}

/// What parts of expressions without fields are evaluated against, before the query runs.
struct ConstantContext: ExpressionContext {
    /// What was asked for; shared by the copies.
    private final class Asked {
        var isForOnce = false
    }

    let today: CalendarDate
    /// The number of the acting user, for statements that name nothing but it; whoever works with it asks for ``userID``.
    let user: Int64
    private let moment: Instant
    private let asked = Asked()

    init(_ environment: QueryEnvironment, _ principal: Principal) {
        today = environment.today
        moment = environment.now
        user = principal.userID
    }

    /// Whether the moment or the user went into what was worked out, so that it serves nobody else and no other time.
    var isForOnce: Bool { asked.isForOnce }

    var now: Instant {
        asked.isForOnce = true
        return moment
    }

    var userID: Int64 {
        asked.isForOnce = true
        return user
    }

    func value(at slot: Int) -> Value { .null }

    func related(_ object: ObjectDefinition, id: Int64) -> Record? { nil }
}
