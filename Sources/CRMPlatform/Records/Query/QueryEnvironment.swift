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
    let today: CalendarDate
    let now: Instant
    let userID: Int64

    init(_ environment: QueryEnvironment, _ principal: Principal) {
        today = environment.today
        now = environment.now
        userID = principal.userID
    }

    func value(at slot: Int) -> Value { .null }

    func related(_ object: ObjectDefinition, id: Int64) -> Record? { nil }
}
