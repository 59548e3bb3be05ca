package import CRMModel

/// Work that is kept until it is done: what was committed together with a save and follows from it.
package enum JobTable {
    /// What became of a job.
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// It is to be done.
        case waiting
        /// It is done.
        case done
        /// It was tried too often, or can never be done.
        case dead
    }

    /// A job as it stands in the table.
    package struct Row: Sendable {
        /// The number, 0 before it is kept; jobs are numbered in the order in which they were asked for.
        package var id: Int64 = 0
        /// What kind of work it is, which says how to read `payload`.
        package var kind: String
        /// What keeps the same work from being asked for twice; nil when that cannot happen.
        package var uniqueKey: String?
        /// The plugin whose code it needs, nil for the kernel's own work.
        package var plugin: String?
        /// What is to be done, as JSON.
        package var payload: String
        /// On whose behalf, as JSON.
        package var principal: String
        /// Through which door the save came that asked for it.
        package var origin: String
        /// The language in which the save was made.
        package var language: String
        /// When it was asked for.
        package var createdAt: Instant
        /// What became of it.
        package var state: State = .waiting
        /// When it is to be done; when it was done or given up, for one that is not waiting.
        package var runAt: Instant
        /// How often it was tried.
        package var attempts: Int64 = 0
        /// Until when the one that works on it has it for itself.
        package var lockedUntil: Instant?
        /// Who that is.
        package var lockedBy: String?
        /// What it ended with the last time, as JSON.
        package var error: String?

        /// Describes a job that is to be kept.
        package init(
            kind: String,
            uniqueKey: String?,
            plugin: String?,
            payload: String,
            principal: String,
            origin: String,
            language: String,
            at: Instant
        ) {
            self.kind = kind
            self.uniqueKey = uniqueKey
            self.plugin = plugin
            self.payload = payload
            self.principal = principal
            self.origin = origin
            self.language = language
            createdAt = at
            runAt = at
        }
    }

    /// How many jobs that are done are kept for whoever looks.
    package static let keptJobs: Int64 = 10_000

    private static let columns =
        "id,kind,uniqueKey,plugin,payload,principal,origin,language,createdAt,state,runAt,attempts,lockedUntil,"
        + "lockedBy,error"
    private static let insert = PreparedSQL(
        "INSERT INTO crmJob(kind,uniqueKey,plugin,payload,principal,origin,language,createdAt,state,runAt,attempts) "
            + "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,'waiting',?9,0) ON CONFLICT(uniqueKey) DO NOTHING"
    )
    private static let byID = PreparedSQL("SELECT \(columns) FROM crmJob WHERE id=?1")
    private static let newest = PreparedSQL("SELECT \(columns) FROM crmJob WHERE state=?1 ORDER BY id DESC LIMIT ?2")
    private static let due = PreparedSQL(
        // What was never tried follows from a save that is past, whatever the clock said then.
        "SELECT \(columns) FROM crmJob WHERE state='waiting' AND (runAt<=?1 OR (attempts=0 AND kind='hook')) "
            + "AND id>?2 ORDER BY id LIMIT ?3"
    )
    private static let finish = PreparedSQL(
        "UPDATE crmJob SET state='done',attempts=attempts+?4,runAt=?2,lockedUntil=NULL,lockedBy=NULL,error=NULL "
            + "WHERE id=?1 AND state='waiting' AND (lockedUntil IS NULL OR lockedUntil<=?2 OR lockedBy=?3)"
    )
    private static let lease = PreparedSQL(
        "UPDATE crmJob SET lockedUntil=?2,lockedBy=?3,attempts=attempts+1 WHERE id=?1 AND state='waiting'"
    )
    private static let fail = PreparedSQL(
        "UPDATE crmJob SET state=?2,runAt=?3,attempts=?4,error=?5,lockedUntil=NULL,lockedBy=NULL "
            + "WHERE id=?1 AND state='waiting'"
    )
    private static let giveBack = PreparedSQL(
        "UPDATE crmJob SET lockedUntil=NULL,lockedBy=NULL,attempts=max(attempts-1,0) "
            + "WHERE id=?1 AND state='waiting' AND lockedBy=?2"
    )
    private static let forget = PreparedSQL("DELETE FROM crmJob WHERE id=?1")
    private static let again = PreparedSQL(
        "UPDATE crmJob SET state='waiting',runAt=?2,attempts=0,lockedUntil=NULL,lockedBy=NULL "
            + "WHERE id=?1 AND state<>'done'"
    )
    private static let countOld = PreparedSQL("SELECT count(*) FROM crmJob WHERE state=?1 AND runAt<?2")
    private static let purge = PreparedSQL("DELETE FROM crmJob WHERE state=?1 AND runAt<?2")
    private static let prune = PreparedSQL("DELETE FROM crmJob WHERE id<=?1 AND state='done'")
    private static let counts = PreparedSQL("SELECT state,count(*) FROM crmJob GROUP BY state")

    /// Keeps a job and returns its number; nil when one of its key is there.
    ///
    /// - Throws: `storage`.
    package static func insert(_ row: Row, on connection: StoreConnection) throws(PlatformError) -> Int64? {
        let statement = try connection.statement(insert)
        statement.bind(row.kind, at: 1)
        statement.bind(row.uniqueKey, at: 2)
        statement.bind(row.plugin, at: 3)
        statement.bind(row.payload, at: 4)
        statement.bind(row.principal, at: 5)
        statement.bind(row.origin, at: 6)
        statement.bind(row.language, at: 7)
        try statement.bind(.instant(row.createdAt), as: .instant, at: 8)
        try statement.bind(.instant(row.runAt), as: .instant, at: 9)
        return try statement.insertIfNew()
    }

    /// The job of a number, nil when there is none.
    ///
    /// - Throws: `storage`.
    package static func row(_ id: Int64, on connection: StoreConnection) throws(PlatformError) -> Row? {
        let statement = try connection.statement(byID)
        statement.bind(id, at: 1)
        return try rows(statement).first
    }

    /// The newest jobs of a state, newest first.
    ///
    /// - Throws: `storage`.
    package static func newest(
        _ state: State,
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Row] {
        let statement = try connection.statement(newest)
        statement.bind(state.rawValue, at: 1)
        statement.bind(Int64(limit), at: 2)
        return try rows(statement)
    }

    /// The jobs that are to be done by a moment, after a number, in the order in which they were asked for.
    ///
    /// - Throws: `storage`.
    package static func due(
        at moment: Instant,
        after id: Int64,
        limit: Int,
        on connection: StoreConnection
    ) throws(PlatformError) -> [Row] {
        let statement = try connection.statement(due)
        try statement.bind(.instant(moment), as: .instant, at: 1)
        statement.bind(id, at: 2)
        statement.bind(Int64(limit), at: 3)
        return try rows(statement)
    }

    /// Notes that a job is done; false when it is not waiting any more, or somebody else works on it.
    ///
    /// Belongs into the transaction of what it does. `counts` says whether this try was not counted yet.
    ///
    /// - Throws: `storage`.
    package static func finish(
        _ id: Int64,
        by runner: String,
        at moment: Instant,
        counts: Bool,
        on connection: StoreConnection
    ) throws(PlatformError) -> Bool {
        let statement = try connection.statement(finish)
        statement.bind(id, at: 1)
        try statement.bind(.instant(moment), as: .instant, at: 2)
        statement.bind(runner, at: 3)
        statement.bind(counts ? 1 : Int64(0), at: 4)
        return try statement.change() > 0
    }

    /// Gives a waiting job to somebody for a while, and counts the try; false when it is not waiting any more.
    ///
    /// - Throws: `storage`.
    package static func lease(
        _ id: Int64,
        to runner: String,
        until moment: Instant,
        on connection: StoreConnection
    ) throws(PlatformError) -> Bool {
        let statement = try connection.statement(lease)
        statement.bind(id, at: 1)
        try statement.bind(.instant(moment), as: .instant, at: 2)
        statement.bind(runner, at: 3)
        return try statement.change() > 0
    }

    /// Notes what a job ended with, and when it is to be tried again.
    ///
    /// - Throws: `storage`.
    package static func fail(
        _ id: Int64,
        _ state: State,
        at moment: Instant,
        attempts: Int64,
        error: String,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(fail)
        statement.bind(id, at: 1)
        statement.bind(state.rawValue, at: 2)
        try statement.bind(.instant(moment), as: .instant, at: 3)
        statement.bind(attempts, at: 4)
        statement.bind(error, at: 5)
        try statement.execute()
    }

    /// Lets a job be tried again from the beginning; false when it is done, or not there.
    ///
    /// - Throws: `storage`.
    package static func tryAgain(
        _ id: Int64,
        at moment: Instant,
        on connection: StoreConnection
    ) throws(PlatformError) -> Bool {
        let statement = try connection.statement(again)
        statement.bind(id, at: 1)
        try statement.bind(.instant(moment), as: .instant, at: 2)
        return try statement.change() > 0
    }

    /// Lets a job that somebody has taken wait again, without the try that was counted.
    ///
    /// - Throws: `storage`.
    package static func giveBack(
        _ id: Int64,
        from runner: String,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(giveBack)
        statement.bind(id, at: 1)
        statement.bind(runner, at: 2)
        try statement.execute()
    }

    /// Removes a job, whatever became of it; false when there is none.
    ///
    /// - Throws: `storage`.
    package static func forget(_ id: Int64, on connection: StoreConnection) throws(PlatformError) -> Bool {
        let statement = try connection.statement(forget)
        statement.bind(id, at: 1)
        return try statement.change() > 0
    }

    /// How many jobs came to a state before a moment.
    ///
    /// - Throws: `storage`.
    package static func count(
        _ state: State,
        before moment: Instant,
        on connection: StoreConnection
    ) throws(PlatformError) -> Int {
        let statement = try connection.statement(countOld)
        defer { statement.reset() }
        statement.bind(state.rawValue, at: 1)
        try statement.bind(.instant(moment), as: .instant, at: 2)
        return try statement.step() ? Int(statement.int64(0)) : 0
    }

    /// Removes the jobs that came to a state before a moment.
    ///
    /// - Throws: `storage`.
    package static func purge(
        _ state: State,
        before moment: Instant,
        on connection: StoreConnection
    ) throws(PlatformError) {
        let statement = try connection.statement(purge)
        statement.bind(state.rawValue, at: 1)
        try statement.bind(.instant(moment), as: .instant, at: 2)
        try statement.execute()
    }

    /// Forgets the jobs that are done, but for the last ones up to a number.
    ///
    /// - Throws: `storage`.
    package static func prune(newest id: Int64, on connection: StoreConnection) throws(PlatformError) {
        guard id > keptJobs else { return }
        let statement = try connection.statement(prune)
        statement.bind(id - keptJobs, at: 1)
        try statement.execute()
    }

    /// How many jobs there are of each state.
    ///
    /// - Throws: `storage`.
    package static func counts(on connection: StoreConnection) throws(PlatformError) -> [State: Int] {
        let statement = try connection.statement(counts)
        defer { statement.reset() }
        var found: [State: Int] = [:]
        while try statement.step() {
            if let state = State(rawValue: statement.text(0)) { found[state] = Int(statement.int64(1)) }
        }
        return found
    }

    private static func moment(_ statement: StoreStatement, _ column: Int) -> Instant? {
        statement.optionalText(column).flatMap { Instant(iso: $0) }
    }

    private static func rows(_ statement: StoreStatement) throws(PlatformError) -> [Row] {
        defer { statement.reset() }
        var found: [Row] = []
        while try statement.step() {
            // A moment that cannot be read is long past: the job comes up at once, and whoever takes it sees what is wrong.
            let never = Instant(milliseconds: 0)
            let createdAt = moment(statement, 8) ?? never
            let runAt = moment(statement, 10) ?? never
            let state = State(rawValue: statement.text(9)) ?? .waiting
            var row = Row(
                kind: statement.text(1),
                uniqueKey: statement.optionalText(2),
                plugin: statement.optionalText(3),
                payload: statement.text(4),
                principal: statement.text(5),
                origin: statement.text(6),
                language: statement.text(7),
                at: createdAt
            )
            row.id = statement.int64(0)
            row.state = state
            row.runAt = runAt
            row.attempts = statement.int64(11)
            row.lockedUntil = moment(statement, 12)
            row.lockedBy = statement.optionalText(13)
            row.error = statement.optionalText(14)
            found.append(row)
        }
        return found
    }
}
