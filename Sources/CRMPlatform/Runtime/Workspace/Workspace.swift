import CRMAutomation
package import CRMModel
package import CRMRecords
package import CRMScripting
package import CRMStorage
package import LuaBridge

/// What a lane works with: the plans of the objects and the running plugins, for the file as the lane last saw it.
///
/// Is used by one thread at a time. Every unit of work begins by looking whether somebody has changed the metadata since.
package final class Workspace {
    /// The file.
    package let file: OpenFile
    /// Whether this is where the file is written; elsewhere is only read, and nothing but what is committed.
    let isWriting: Bool
    private let scripts: LuaStateGroup
    /// Ends the unit of work that runs.
    let stop: StopSignal
    /// When the unit that runs must be over, with the waiting for locks; nil for no limit.
    var deadline: Deadline? {
        get { use.deadline }
        set { use.deadline = newValue }
    }
    /// How this lane uses the store.
    private(set) var use = StoreUse()
    /// The file as it is for the unit that runs.
    package private(set) var snapshot: Snapshot
    /// Whether that is not what the other lanes are given, so that it is to be published once it is committed.
    var isUnpublished = false
    /// What a reader saw when the metadata were last compared with it; nil when they have changed since.
    private var seen: StoreConnection.Sight?
    private(set) var plans: ObjectPlans
    private(set) var loaded: PluginRuntime?
    /// The folders that are followed; where the file is written.
    var links: [PluginID: LinkedFolder] = [:]
    var linkDepth = 0
    /// How often in a row plugins have failed.
    let failures = FailureTally()
    /// How much work of many transactions is going on.
    var longWork = 0
    /// Whether whoever does that work was asked to stop.
    var isStopAsked: () -> Bool = { false }
    /// What hooks, validators and code rules may use; other figures are for tests.
    var hookBudget = ScriptBudget.hook
    /// The number of the last history entry before the rehearsal that is going on.
    var rehearsalStart: Int64 = 0

    /// How the file is worked with.
    package var options: PlatformOptions { file.options }
    /// The storage.
    package var store: any Store { file.store }
    /// The plugins and the catalog, as they are now.
    package var plugins: InstalledPlugins { snapshot.plugins }
    /// What the file says of the company, as it is now.
    package var settings: FileSettings { snapshot.settings }

    /// Makes what a lane needs; nothing is started before it is used.
    ///
    /// `scripts` and `stop` are what the unit that runs is ended by.
    package init(
        _ file: OpenFile,
        isWriting: Bool = true,
        scripts: LuaStateGroup = LuaStateGroup(),
        stop: StopSignal = StopSignal()
    ) {
        self.file = file
        self.isWriting = isWriting
        self.scripts = scripts
        self.stop = stop
        snapshot = file.published
        plans = Self.plans(snapshot, file.store)
        use.stop = stop
        use.seesRehearsal = isWriting
        if isWriting { watchLinks() }
    }

    private static func plans(_ snapshot: Snapshot, _ store: any Store) -> ObjectPlans {
        ObjectPlans(catalog: snapshot.catalog, dialect: store.dialect, timeZone: snapshot.settings.timeZone)
    }

    /// What scripts are told of the file.
    var surroundings: ScriptSurroundings { options.surroundings(scripts, settings, log: log) }

    /// The language of those who name none.
    package var language: Language { file.options.language ?? snapshot.settings.language }

    /// The day in the company's time zone.
    package var today: CalendarDate { options.clock.now.date(in: settings.timeZone) }

    /// The effective catalog.
    package var catalog: Catalog { plugins.catalog }

    // MARK: - Units of work

    /// Runs `body` in one transaction that is kept when it returns, together with the after_commit hooks that its saves
    /// ask for; they are run then.
    ///
    /// - Throws: what `body` throws; `busy`, `storage`.
    @discardableResult
    package func write<T>(
        _ unit: UnitContext,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        var effects: [HookJob] = []
        var hasChanges = false
        defer { keepFailures() }
        let result = try timed(unit) { () throws(PlatformError) -> T in
            try requirePlugins()
            try followLinks()
            return try store.write(use) { connection throws(PlatformError) -> T in
                try refresh(connection)
                let session = try makeSession(connection, unit)
                let known = failures.news
                let changes = connection.totalChanges
                defer {
                    unwatch(connection, unit)
                    // What fails in work that is done again fails there once more.
                    if session.isDoneAgain { failures.forgetNews(since: known) }
                }
                let result = try Self.whole(session, body)
                try unit.requireTime()
                effects = try Outbox.keep(
                    session,
                    origin: session.unit.origin,
                    language: session.language,
                    on: connection
                )
                hasChanges = connection.totalChanges != changes
                return result
            }
        }
        if hasChanges { file.noteSaved() }
        run(effects)
        return result
    }

    /// Runs `body` for a unit; when its time is over, that is the error, whatever became of it within.
    func timed<T>(_ unit: UnitContext, _ body: () throws(PlatformError) -> T) throws(PlatformError) -> T {
        guard unit.due != nil else { return try body() }
        try unit.requireTime()
        let outer = deadline
        deadline = unit.due
        defer { deadline = outer }
        do throws(PlatformError) {
            return try body()
        } catch  where unit.isLate && [.limitExceeded, .cancelled].contains(error.code) {
            throw unit.late(error)
        }
    }

    /// Runs `body` on one unchanging view of the records.
    ///
    /// - Throws: what `body` throws; `busy`, `storage`.
    package func read<T>(
        _ unit: UnitContext,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try timed(unit) { () throws(PlatformError) -> T in
            try followLinks()
            return try store.read(use) { connection throws(PlatformError) -> T in
                try refresh(connection)
                try snapshot.requireZone()
                watch(connection, unit)
                defer { unwatch(connection, unit) }
                // Reading needs no plugin to run: a file can be looked at although one of its plugins does not start.
                return try body(session(readingFrom: connection, unit))
            }
        }
    }

    /// As ``read(_:_:)``, in the language of the program or the file.
    package func read<T>(
        as principal: Principal,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try read(UnitContext(principal), body)
    }

    /// A session in which no plugin runs.
    func session(readingFrom connection: StoreConnection, _ unit: UnitContext) -> RecordSession {
        RecordSession(
            connection: connection,
            plans: plans,
            hooks: NoHooks(),
            unit: unit,
            language: language,
            isReading: true,
            access: options.access,
            clock: options.clock
        )
    }

    /// Lets work go on after what ended the unit before it.
    func letGoOn() {
        stop.clear()
        scripts.go()
    }

    /// Lets statements end with the script that asks them, and when the time of the unit is over.
    private func watch(_ connection: StoreConnection, _ unit: UnitContext) {
        if unit.due == nil {
            connection.stop { LuaState.isThreadStopped }
        } else {
            connection.stop { LuaState.isThreadStopped || unit.isLate }
        }
    }

    /// Lets what comes after the unit take its time.
    private func unwatch(_ connection: StoreConnection, _ unit: UnitContext) {
        if unit.due != nil { connection.stop { LuaState.isThreadStopped } }
    }

    /// Runs `body` as ``write(_:_:)`` does, writes down every step in the language of the unit, and undoes it all.
    ///
    /// - Throws: `busy`, `storage`; what stops the save is in the trace.
    package func explain(
        _ unit: UnitContext,
        _ body: (RecordSession) throws(PlatformError) -> Void
    ) throws(PlatformError) -> SaveTrace {
        try trying(unit) { connection throws(PlatformError) -> SaveTrace in
            let recorder = SaveRecorder(language: unit.language ?? language)
            let session = try makeSession(connection, unit, recorder)
            var failure: PlatformError?
            try connection.savepoint(rollback: true) { _ throws(PlatformError) in
                do throws(PlatformError) { try Self.whole(session, body) } catch { failure = error }
            }
            return SaveTrace(steps: recorder.steps, error: failure)
        }
    }

    /// Runs `body` as ``write(_:_:)`` does, and undoes it all.
    ///
    /// - Throws: what stops the save; `busy`, `storage`.
    package func attempt<T>(
        _ unit: UnitContext,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try trying(unit) { connection throws(PlatformError) -> T in
            let session = try makeSession(connection, unit)
            return try connection.savepoint(rollback: true) { _ throws(PlatformError) in
                try Self.whole(session, body)
            }
        }
    }

    /// Runs `body`, which undoes what it does, where the file is written.
    private func trying<T>(
        _ unit: UnitContext,
        _ body: (StoreConnection) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        try requirePlugins()
        try unit.requireTime()
        try followLinks()
        // What is only tried counts for nothing.
        defer { failures.forgetNews() }
        return try store.write(use) { connection throws(PlatformError) -> T in
            try refresh(connection)
            defer { unwatch(connection, unit) }
            return try body(connection)
        }
    }

    /// Runs `body`; when a limit has struck a script in it, that is the error, whatever became of it within.
    static func whole<T>(
        _ session: RecordSession,
        _ body: (RecordSession) throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        do throws(PlatformError) {
            let result = try body(session)
            try session.settleAll()
            try session.requireWhole()
            return result
        } catch {
            // Those around it may have run out of time with it: the first one struck is the one to be named.
            throw session.lostBy ?? error
        }
    }

    func makeSession(
        _ connection: StoreConnection,
        _ unit: UnitContext,
        _ recorder: SaveRecorder? = nil
    ) throws(PlatformError) -> RecordSession {
        try snapshot.requireZone()
        // What a script asks of the file ends with the script.
        watch(connection, unit)
        return RecordSession(
            connection: connection,
            plans: plans,
            hooks: try runtime(),
            unit: unit,
            language: language,
            access: file.options.access,
            clock: file.options.clock,
            recorder: recorder
        )
    }

    // MARK: - Metadata

    /// Goes on with the metadata that the connection sees, when somebody has changed them.
    func refresh(_ connection: StoreConnection) throws(PlatformError) {
        guard !connection.isFileUnchanged else { return }
        let sight = try connection.sight()
        if let sight, sight == seen { return }
        let state = try MetaTable.state(on: connection)
        failures.kept = PluginFailures.counts(state.failures)
        if state.generation != snapshot.generation {
            try connection.requireKnownFormat()
            adopt(try file.snapshot(of: state.generation, on: connection))
        }
        seen = sight
    }

    /// Brings plugins and metadata up to date before something is looked up in them that is to be run.
    ///
    /// - Throws: `busy`, `storage`; `invalidPlugin` when the plugins stored cannot be read.
    package func catchUp() throws(PlatformError) {
        try followLinks()
        try store.read(use) { connection throws(PlatformError) in try refresh(connection) }
    }

    // MARK: - The end of a turn

    /// Does what is left when a unit of work is over and nobody else works here: writes down what plugins have said, counts
    /// their failures, and gives the other lanes what was changed.
    func endTurn() {
        if deadline != nil { deadline = nil }
        guard isWriting else {
            if !failures.news.isEmpty {
                file.leave(failures.news)
                failures.forgetNews()
            }
            return
        }
        if file.hasNews { keepNews() }
        if isUnpublished { publish() }
    }

    /// Gives the other lanes the metadata that this one goes by, when they are committed.
    private func publish() {
        guard !store.isInRehearsal else { return }
        var use = StoreUse()
        use.isOneStatement = true
        // What cannot be read now is looked at again with the next turn; until then the others read the file themselves.
        let committed = try? store.read(use) { connection throws(PlatformError) in
            try MetaTable.generation(on: connection)
        }
        guard let committed else { return }
        isUnpublished = false
        if committed == snapshot.generation { file.publish(snapshot) }
    }

    /// Goes on with other plugins, metadata and settings.
    func adopt(_ new: Snapshot) {
        snapshot = new
        seen = nil
        plans = Self.plans(new, store)
        loaded = nil
        guard isWriting else { return }
        isUnpublished = true
        watchLinks()
    }

    /// Goes back to what was before a change that came to nothing.
    func restore(_ before: (snapshot: Snapshot, plans: ObjectPlans, loaded: PluginRuntime?)) {
        (snapshot, plans, loaded) = before
    }

    /// The running plugins; they are started when first needed, and again after a limit has struck one.
    ///
    /// - Throws: `hookFailed`, `limitExceeded`, `invalidPlugin` when a plugin does not load.
    package func runtime() throws(PlatformError) -> PluginRuntime {
        if let loaded, !loaded.needsRestart { return loaded }
        try requirePlugins()
        if let damage = plugins.runningDamage { throw damage }
        let new = PluginRuntime(
            plugins: plugins.entries.filter(\.isEnabled).map(\.package),
            catalog: catalog,
            surroundings: surroundings,
            budget: hookBudget,
            failures: failures
        )
        try new.start()
        loaded = new
        return new
    }
}
