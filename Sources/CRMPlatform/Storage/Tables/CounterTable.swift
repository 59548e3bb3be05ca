package import CRMModel

/// The serials of code rules.
///
/// A serial is taken in the transaction of the save, so that a save undone gives it back.
package enum CounterTable {
    // Two plain statements take less time than one INSERT … ON CONFLICT … RETURNING, which keeps its result in a table
    // of its own.
    private static let present = PreparedSQL("SELECT next FROM crmCounter WHERE rule=?1 AND scope=?2 AND period=?3")
    private static let advance = PreparedSQL(
        "UPDATE crmCounter SET next=?4 WHERE rule=?1 AND scope=?2 AND period=?3"
    )
    private static let begin = PreparedSQL("INSERT INTO crmCounter(rule,scope,period,next) VALUES(?1,?2,?3,?4)")
    private static let raise = PreparedSQL(
        "INSERT INTO crmCounter(rule,scope,period,next) VALUES(?1,?2,?3,?4) "
            + "ON CONFLICT(rule,scope,period) DO UPDATE SET next=max(next,excluded.next)"
    )
    private static let all = PreparedSQL("SELECT rule,scope,period,next FROM crmCounter ORDER BY rule,scope,period")

    /// Takes the next serial, 1 for the first.
    ///
    /// - Throws: `storage`.
    package static func take(
        rule: String,
        scope: String,
        period: String,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let lookup = try connection.statement(present)
        lookup.bind(rule, at: 1)
        lookup.bind(scope, at: 2)
        lookup.bind(period, at: 3)
        let isKnown = try lookup.step()
        let serial = isKnown ? lookup.int64(0) : 1
        lookup.reset()
        let statement = try connection.statement(isKnown ? advance : begin)
        statement.bind(rule, at: 1)
        statement.bind(scope, at: 2)
        statement.bind(period, at: 3)
        statement.bind(serial + 1, at: 4)
        try statement.execute()
        return serial
    }

    /// Sees to it that no serial up to and including `serial` is given again.
    ///
    /// - Throws: `storage`.
    package static func skip(
        to serial: Int64,
        rule: String,
        scope: String,
        period: String,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(raise)
        statement.bind(rule, at: 1)
        statement.bind(scope, at: 2)
        statement.bind(period, at: 3)
        statement.bind(serial + 1, at: 4)
        try statement.execute()
    }

    /// All counters: rule, scope, period and the serial that comes next.
    ///
    /// - Throws: `storage`.
    package static func counters(
        on connection: StoreConnection
    ) throws(PlatformError) -> [(rule: String, scope: String, period: String, next: Int64)] {
        let statement = try connection.statement(all)
        var counters: [(rule: String, scope: String, period: String, next: Int64)] = []
        while try statement.step() {
            counters.append((statement.text(0), statement.text(1), statement.text(2), statement.int64(3)))
        }
        return counters
    }
}
