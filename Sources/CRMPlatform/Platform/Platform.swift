public import CRMModel
public import CRMRecords
public import CRMRuntime
import CRMStorage

/// A file of the platform that is open: the whole CRM of a company.
///
/// All methods may be called from any thread. Saves run one after the other; short reads and long ones run beside them and beside
/// each other, and see what is committed. A call within the body of another is part of it: a read within a write sees what was
/// written.
///
/// What is `async` waits without a thread and ends when its task is cancelled; a task must not call the others, which keep the thread
/// on which they are called. Every error is a `PlatformError`.
public final class Platform: Sendable {
    /// The version of the platform.
    public static let version = "0.1.0"

    /// The path of the file; `:memory:` for one without a file.
    public let path: String
    let lanes: Lanes
    let options: PlatformOptions
    let imports = WorkInterruption()
    let backups = WorkInterruption()
    let trials = WorkInterruption()

    init(path: String, options: PlatformOptions, lanes: Lanes) {
        self.path = path
        self.options = options
        self.lanes = lanes
    }

    static func storeOptions(_ options: PlatformOptions) -> StoreOptions {
        var store = StoreOptions()
        store.durability = options.durability == .full ? .full : .normal
        // One for each lane, and one for looks at the metadata.
        store.readerLimit = options.fastLanes + options.slowLanes + 2
        return store
    }

    /// A new store with the settings that a file begins with.
    static func begun(
        _ store: any Store,
        _ options: PlatformOptions
    ) throws(PlatformError) -> any Store {
        try store.write { connection throws(PlatformError) in try FileSettings.begin(options, on: connection) }
        return store
    }

    /// Makes a new file, without plugins; it gets language and time zone of the options, and keeps to them.
    ///
    /// - Throws: `alreadyExists` when there is a file of that name; `storage`.
    public static func create(
        at path: String,
        options: PlatformOptions = PlatformOptions()
    ) throws(PlatformError) -> Platform {
        guard !path.isEmpty else { throw PlatformError(.invalidInput, Message(.outputUnnamed)) }
        let path = try StoreFactory.path(of: path)
        let lanes = try Lanes(options: options) { () throws(PlatformError) in
            try begun(StoreFactory.create(at: path, options: storeOptions(options)), options)
        }
        return Platform(path: path, options: options, lanes: lanes)
    }

    /// Opens a file that is there.
    ///
    /// - Throws: `notFound`; `storage` with the reason when it is not a sound file of the platform; `busy`.
    public static func open(
        at path: String,
        options: PlatformOptions = PlatformOptions()
    ) throws(PlatformError) -> Platform {
        let path = try StoreFactory.path(of: path)
        let lanes = try Lanes(options: options) { () throws(PlatformError) in
            try StoreFactory.open(at: path, options: storeOptions(options))
        }
        return Platform(path: path, options: options, lanes: lanes)
    }

    /// Gives up the saves that stood in a log which is gone or was cut, so that the file can be opened without them.
    ///
    /// Opening refuses such a file, for a log may still be found. Nobody may have the file open.
    ///
    /// - Returns: Whether something was missing; nothing is changed when all is there.
    /// - Throws: `notFound`; `busy` when somebody has the file open; `storage` with the reason when it is not a sound file of
    ///   the platform, when the log beside it is another file's, or when it cannot be written.
    public static func acceptLoss(
        at path: String,
        options: PlatformOptions = PlatformOptions()
    ) throws(PlatformError) -> Bool {
        try StoreFactory.acceptLoss(at: StoreFactory.path(of: path), options: storeOptions(options))
    }

    /// Makes a company without a file, for tests.
    ///
    /// - Throws: `storage`.
    public static func inMemory(options: PlatformOptions = PlatformOptions()) throws(PlatformError) -> Platform {
        let lanes = try Lanes(options: options) { () throws(PlatformError) in
            try begun(StoreFactory.inMemory(), options)
        }
        return Platform(path: ":memory:", options: options, lanes: lanes)
    }

    deinit {
        // A file that does not close in time is brought to rest by whoever opens it next.
        try? lanes.close()
    }

    /// Closes the file.
    ///
    /// Later calls fail.
    ///
    /// - Throws: `busy` when readers do not end in time.
    public func close() throws(PlatformError) { try lanes.close() }

    // MARK: - Records

    /// The effective metadata, with what other processes have changed.
    ///
    /// - Throws: `busy`; `storage`, also once the file is closed; `invalidPlugin` when the plugins stored cannot be read.
    public var catalog: Catalog {
        get throws(PlatformError) {
            try lanes.snapshot().catalog
        }
    }

    /// What after_commit hooks could not do since this was last asked, at most 100 errors; each names the record, which
    /// is saved.
    ///
    /// - Throws: `storage` once the file is closed.
    public func takeAfterCommitErrors() throws(PlatformError) -> [PlatformError] {
        try lanes.requireOpen()
        return lanes.file.takeAfterCommitErrors()
    }

    /// Runs `body` on one unchanging view of the records.
    ///
    /// - Throws: what `body` throws, as `internal` when it is no error of the platform; `limitExceeded` when it is not done by the unit's deadline; `busy`, `storage`.
    public func read<T: Sendable>(
        _ unit: UnitContext,
        _ body: @Sendable (RecordSession) throws -> T
    ) throws(PlatformError) -> T {
        try lanes.run(.fast, unit) { workspace throws(PlatformError) in
            try workspace.read(unit) { session throws(PlatformError) in try PlatformError.of { try body(session) } }
        }
    }

    /// As ``read(_:_:)``, in the language of the options or the file.
    ///
    /// - Throws: what `body` throws; `busy`, `storage`.
    public func read<T: Sendable>(
        as principal: Principal,
        _ body: @Sendable (RecordSession) throws -> T
    ) throws(PlatformError) -> T {
        try read(UnitContext(principal), body)
    }

    /// Runs `body` in one transaction: kept when it returns, undone when it throws.
    ///
    /// - Throws: what `body` throws, as `internal` when it is no error of the platform; `limitExceeded` when it is not done by the unit's deadline; `busy`, `storage`.
    @discardableResult
    public func write<T: Sendable>(
        _ unit: UnitContext,
        _ body: @Sendable (RecordSession) throws -> T
    ) throws(PlatformError) -> T {
        try lanes.run(.write, unit) { workspace throws(PlatformError) in
            try workspace.write(unit) { session throws(PlatformError) in try PlatformError.of { try body(session) } }
        }
    }

    /// As ``write(_:_:)``, in the language of the options or the file.
    ///
    /// - Throws: what `body` throws; `busy`, `storage`.
    @discardableResult
    public func write<T: Sendable>(
        as principal: Principal,
        origin: Origin,
        _ body: @Sendable (RecordSession) throws -> T
    ) throws(PlatformError) -> T {
        try write(UnitContext(principal, origin: origin), body)
    }

    /// Runs `body` as ``write(_:_:)`` would, says what every step did in the language of the unit, and undoes it all.
    ///
    /// While somebody else rehearses it is done in a copy of the file.
    ///
    /// - Throws: `busy`, `storage`; why a save would be refused is in the trace.
    public func explain(
        _ unit: UnitContext,
        _ body: @Sendable (RecordSession) throws -> Void
    ) throws(PlatformError) -> SaveTrace {
        try trying(unit) { place throws(PlatformError) in
            try place.lanes.run(.write, unit) { workspace throws(PlatformError) in
                try workspace.explain(unit) { session throws(PlatformError) in
                    try PlatformError.of { try body(session) }
                }
            }
        }
    }

    /// Runs `body` as ``write(_:_:)`` would, hooks and all, and undoes it all.
    ///
    /// While somebody else rehearses it is done in a copy of the file.
    ///
    /// - Throws: what `body` throws, as `internal` when it is no error of the platform; `limitExceeded` when it is not done by the unit's deadline; `busy`, `storage`.
    public func attempt<T: Sendable>(
        _ unit: UnitContext,
        _ body: @Sendable (RecordSession) throws -> T
    ) throws(PlatformError) -> T {
        try trying(unit) { place throws(PlatformError) in
            try place.lanes.run(.write, unit) { workspace throws(PlatformError) in
                try workspace.attempt(unit) { session throws(PlatformError) in
                    try PlatformError.of { try body(session) }
                }
            }
        }
    }

    /// Searches the searchable fields, one's own last writes included.
    ///
    /// Records written since the last search are read into the index first, where the file is written and whoever may see them, in
    /// short transactions; what was read stays read when the search is interrupted. Where that cannot be done now, the index
    /// answers as it stands, and the result has a warning.
    ///
    /// - Parameters:
    ///   - text: What somebody typed; several words must all be found.
    ///   - objects: The objects to search, nil for all.
    ///   - limit: The greatest number of hits, 1 to 1,000.
    ///   - unit: On whose behalf, until when.
    ///   - progress: Called with how many of the records written since have been read, and how many there were.
    /// - Returns: The records found, and whether there are more.
    /// - Throws: `invalidInput` when there is nothing in the text to search for, or too much, and for another limit;
    ///   `limitExceeded` when it is not done by the unit's deadline; `busy`, `storage`; `cancelled` when it was interrupted.
    public func search(
        _ text: String,
        objects: [ObjectName]? = nil,
        limit: Int = 50,
        in unit: UnitContext,
        progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(PlatformError) -> SearchResult {
        let warning = try lanes.prepareSearch(unit, progress: progress)
        var result = try read(unit) { session throws(PlatformError) in
            try session.search(text, objects: objects, limit: limit)
        }
        result.warning = warning
        return result
    }

    /// Stops what runs now, all of it: scripts, statements, the waiting for the file; an import stops before its next row and keeps
    /// what is in.
    ///
    /// From any thread. What begins later goes on, and so does what waits for its turn; a task is ended by cancelling it. An
    /// import that has not stopped 0.7 s later is stopped by the next call at once; the batch
    /// it is in is undone then.
    public func interrupt() {
        backups.request()?.copy?.interrupt()
        trials.request()?.copy?.interrupt()
        let asked = imports.request()
        if let asked, asked.since < .milliseconds(700) { return }
        lanes.interrupt()
        asked?.copy?.interrupt()
    }
}
