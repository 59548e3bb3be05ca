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

    private static let carry = PreparedSQL(
        "INSERT INTO crmCounter(rule,scope,period,next) SELECT ?2,scope,period,next FROM crmCounter WHERE rule=?1 "
            + "ON CONFLICT(rule,scope,period) DO UPDATE SET next=max(next,excluded.next)"
    )
    private static let write = PreparedSQL(
        "INSERT INTO crmCounter(rule,scope,period,next) VALUES(?1,?2,?3,?4) "
            + "ON CONFLICT(rule,scope,period) DO UPDATE SET next=excluded.next"
    )

    /// The name of a rule's counters: by object and rule, never by the text of the codes, so that two rules share none.
    package static func key(_ objectID: Int64, _ rule: ElementName) -> String { "\(objectID).\(rule)" }

    /// The serial that comes next, nil for a counter that was never used.
    ///
    /// - Throws: `storage`.
    package static func next(
        rule: String,
        scope: String,
        period: String,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64? {
        let lookup = try connection.statement(present)
        defer { lookup.reset() }
        lookup.bind(rule, at: 1)
        lookup.bind(scope, at: 2)
        lookup.bind(period, at: 3)
        return try lookup.step() ? lookup.int64(0) : nil
    }

    /// Takes the next serial; a counter that was never used begins behind what `highest` gives, which is asked only then.
    ///
    /// - Throws: `limitExceeded` when there is no further serial; what `highest` throws; `storage`.
    package static func take(
        rule: String,
        scope: String,
        period: String,
        highest: () throws(PlatformError) -> Int64 = { 0 },
        on connection: StoreConnection
    ) throws(PlatformError) -> Int64 {
        let known = try next(rule: rule, scope: scope, period: period, on: connection)
        let serial: Int64
        if let known { serial = known } else { serial = try highest() + 1 }
        guard serial >= 1, serial <= CodeForm.greatestSerial else {
            throw PlatformError(
                .limitExceeded,
                Message(.counterExhausted, ["counter": .text(rule), "next": .text(String(serial))])
            )
        }
        let statement = try connection.statement(known == nil ? begin : advance)
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
        statement.bind(min(serial, CodeForm.greatestSerial) + 1, at: 4)
        try statement.execute()
    }

    /// Gives the counters of a rule to another one, which then goes on where they are.
    ///
    /// - Throws: `storage`.
    package static func carry(
        from old: String,
        to new: String,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(carry)
        statement.bind(old, at: 1)
        statement.bind(new, at: 2)
        try statement.execute()
    }

    /// Sets the serial that comes next, also to one that was given before.
    ///
    /// - Throws: `storage`.
    package static func set(
        next: Int64,
        rule: String,
        scope: String,
        period: String,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(write)
        statement.bind(rule, at: 1)
        statement.bind(scope, at: 2)
        statement.bind(period, at: 3)
        statement.bind(next, at: 4)
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

extension MessageKey {
    static let counterExhausted = MessageKey(
        "counter.exhausted",
        zhCN: "计数器 {counter} 的下一个序号是 {next}，已超出可用范围；请用 code set 改正",
        zhTW: "計數器 {counter} 的下一個序號是 {next}，已超出可用範圍；請用 code set 改正",
        en: "the counter {counter} stands at {next}, beyond the serials that there are; put it right with code set"
    )
}
