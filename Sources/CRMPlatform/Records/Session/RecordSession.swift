public import CRMModel
package import CRMStorage

public import struct Foundation.TimeZone

/// A hook that is to be run for a record when the transaction is kept.
package struct AfterCommitCall {
    /// The hook.
    package let handler: any HookHandler
    /// Which of its plugin's hooks at this point of the object it is, 0 for the first.
    package let place: Int
    /// How many hooks its plugin has at this point of the object.
    package let count: Int
    /// The record.
    package let record: RecordID
}

/// One unit of work over the records of a file, on behalf of one principal: the only door to reading and writing them.
///
/// A session is lent to a closure, lives on its thread, and is over when the closure returns.
public final class RecordSession {
    /// The metadata as it was when the unit of work began.
    public let catalog: Catalog
    /// On whose behalf, in which language, until when.
    public let unit: UnitContext
    /// Through which door, by whose hand; hooks of plugins change it for the saves they make.
    public package(set) var origin: Origin
    /// The language of messages and labels that are asked for.
    public let language: Language
    /// The time zone in which moments are shown and typed: the company's unless the unit has another.
    public let timeZone: TimeZone

    /// Whether nothing may be written in it.
    let isReading: Bool
    let connection: StoreConnection
    let plans: ObjectPlans
    let hooks: any HookDispatcher
    let clock: any Clock
    /// What the principal may see and do.
    var access: SessionAccess
    /// The origin as the history keeps it.
    private var writtenOrigin: (origin: Origin, detail: OriginDetail, text: String)?
    /// Writes down the steps when somebody wants an explanation.
    let recorder: SaveRecorder?
    /// How deep in saves within saves we are.
    var depth = 0
    /// The drafts of the saves that are under way, outermost first.
    var underWay: [RecordDraft] = []
    /// The (handler, record) pairs that run now, outermost first.
    var active: [ActiveHook] = []
    /// The query compiled last, for callers that ask the same again.
    var lastQuery: (key: CompiledQueries.Key, compiled: CompiledQuery)?
    /// The records that texts were found to mean.
    var knownReferences = KnownReferences()
    /// The records that were read or written.
    var knownRecords = KnownRecords()
    /// The identity of the company, once it has been asked for.
    var knownIdentity: String??
    /// The records that are being deleted now.
    var deleting: Set<RecordID> = []
    /// The number under which the history keeps all of this transaction; 0 until the first write.
    package internal(set) var auditUnit: Int64 = 0
    /// The hooks to be run when the transaction is kept.
    package internal(set) var afterCommit: [AfterCommitCall] = []
    /// Whether old idempotency keys have been looked for in this unit of work.
    var hasPrunedKeys = false
    /// What goes with the record that is being deleted.
    var deletions = DeletionTally()
    /// How many records were written.
    package private(set) var writes = 0
    /// Told of each row that a query gives, with about how many bytes it takes; for readers with a limit.
    package var countRow: ((Int) throws(PlatformError) -> Void)?
    /// The records whose `settle` hooks are to run.
    var pendingSettles = PendingSettles()
    /// What the history says of writes beside their door.
    package var originDetail = OriginDetail()
    /// When they run.
    package var settling = Settling.atOnce
    /// The limit on scripts that has struck in this unit of work, or the error that came in the middle of a save without
    /// a savepoint; nothing of the unit is kept then.
    package private(set) var lostBy: PlatformError?
    /// Whether saves do without savepoints: one that fails when it has begun to write takes the whole unit of work with
    /// it; for those who can do the unit again.
    package var goesWithoutSavepoints = false
    /// Whether the unit of work was lost because there was no savepoint, so that it can be done again with them.
    package private(set) var isHalfSaved = false
    /// The records that were changed or deleted, while somebody wants to know; nil while nobody does.
    package var rewritten: Set<RecordID>?
    /// Whether the unit of work is undone and done again by whoever has asked for it.
    package var isDoneAgain = false

    package init(
        connection: StoreConnection,
        plans: ObjectPlans,
        hooks: any HookDispatcher,
        unit: UnitContext,
        language usual: Language,
        isReading: Bool = false,
        access policy: any AccessPolicy,
        clock: any Clock,
        recorder: SaveRecorder? = nil
    ) {
        self.unit = unit
        access = SessionAccess(unit.principal, policy)
        self.connection = connection
        self.plans = plans
        self.hooks = hooks
        self.clock = clock
        origin = unit.origin
        language = unit.language ?? usual
        self.isReading = isReading || unit.access == .reading
        timeZone = unit.timeZone ?? plans.timeZone
        self.recorder = recorder
        catalog = plans.catalog
    }

    /// On whose behalf.
    public var principal: Principal { unit.principal }

    /// The company's time zone, which decides what day it is.
    public var companyTimeZone: TimeZone { plans.timeZone }

    /// The moment, to the second: moments in records are kept by whole seconds, so that their texts sort as they follow.
    public var now: Instant { clock.now.wholeSeconds }

    /// The day in the company's time zone.
    public var today: CalendarDate {
        let moment = clock.now
        return plans.days.day(of: moment) ?? moment.date(in: plans.timeZone)
    }

    // MARK: - Reading

    /// The record of that identity, nil when there is none that the principal may see.
    ///
    /// - Throws: `notFound` when there is no such object; `permissionDenied` when the principal may read none of its
    ///   records; `storage`.
    public func get(_ id: RecordID) throws(PlatformError) -> Record? {
        if isRestricted { try requireRight(.read, on: id.object) }
        return try record(id, .user)
    }

    /// The record of that identity, with the eyes of the principal or as it is.
    func record(_ id: RecordID, _ mode: AccessMode) throws(PlatformError) -> Record? {
        try settleBeforeReading()
        return try reads(mode).record(id.number, plans.plan(id.object))
    }

    /// The record of that identity, counted as a row for readers with a limit.
    ///
    /// - Throws: as ``get(_:)``; what ``countRow`` throws.
    package func counted(_ id: RecordID) throws(PlatformError) -> Record? {
        guard let record = try get(id) else { return nil }
        try countRow?(Self.size(of: record.values))
        return record
    }

    /// The record that a reference leads to, counted as ``counted(_:)`` counts; nil also when the principal may read none of
    /// its object: what is referred to is part of the record then, and not asked for by itself.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`; what ``countRow`` throws.
    package func referred(_ id: RecordID) throws(PlatformError) -> Record? {
        guard let record = try record(id, .user) else { return nil }
        try countRow?(Self.size(of: record.values))
        return record
    }

    /// The record of that identity.
    ///
    /// - Throws: `notFound` when there is no such record; `storage`.
    public func require(_ id: RecordID) throws(PlatformError) -> Record {
        guard let record = try get(id) else { throw Self.notFound(id) }
        return record
    }

    /// The record that a save is about to change, as it is; one that the principal may not see is not found.
    ///
    /// - Throws: as ``require(_:)``.
    func requireForSave(
        _ id: RecordID,
        _ mode: AccessMode,
        isDeletion: Bool = false
    ) throws(PlatformError) -> Record {
        try settleBeforeChanging(id)
        let plan = try plans.plan(id.object)
        guard let record = try reads(.system).record(id.number, plan, isKept: depth > 0) else {
            // A new record that a hook saves before it is written.
            if id.number == 0, let draft = underWay.last(where: { $0.id == 0 && $0.object.name == id.object }) {
                let pipeline = SavePipeline(session: self, plan: plan, options: SaveOptions(), mode: mode)
                throw pipeline.refusal(of: draft, overtakenBy: Overtaking(hook: active.last, isDeletion: isDeletion))
            }
            throw Self.notFound(id)
        }
        if let rights = rights(mode, on: plan.object), try !isWithin(.read, id.number, plan, rights) {
            throw Self.notFound(id)
        }
        return record
    }

    // MARK: - Writing

    /// Creates a record.
    ///
    /// - Returns: The record as the principal may see it.
    /// - Throws: `permissionDenied`; `validationFailed` with every problem; `hookRejected`, `hookFailed`, `limitExceeded`;
    ///   `storage`.
    public func create(
        _ object: ObjectName,
        _ input: RecordInput,
        _ options: SaveOptions = SaveOptions()
    ) throws(PlatformError) -> SaveResult {
        try SavePipeline(session: self, plan: plans.plan(object), options: options, mode: .user).create(input)
    }

    /// Changes a record.
    ///
    /// - Throws: `notFound`, also for a record that the principal may not see; `conflict` when it was changed since the
    ///   version expected; otherwise as ``create(_:_:_:)``.
    public func update(
        _ id: RecordID,
        _ input: RecordInput,
        _ options: SaveOptions = SaveOptions()
    ) throws(PlatformError) -> SaveResult {
        try update(id, input, options, .user)
    }

    func update(
        _ id: RecordID,
        _ input: RecordInput,
        _ options: SaveOptions,
        _ mode: AccessMode
    ) throws(PlatformError) -> SaveResult {
        try SavePipeline(session: self, plan: plans.plan(id.object), options: options, mode: mode)
            .update(id.number, input)
    }

    /// Whether hooks of an object may put something else in the place of what is given.
    package func mayRewrite(_ object: ObjectName) -> Bool {
        let points: [HookPoint] = [.beforeValidate, .beforeSave, .afterSave, .stageChanged, .settle]
        return points.contains { !hooks.handlers(at: $0, of: object).isEmpty }
    }

    /// The record for which the innermost hook, validator or rule runs now; nil outside of them.
    package var recordAtWork: RecordID? { active.last?.record ?? underWay.last?.recordID }

    /// Makes sure that this session may write.
    ///
    /// - Throws: `invalidInput` when it only reads, as those of reports, prints and lists do.
    func requireWriting() throws(PlatformError) {
        guard !isReading else { throw PlatformError(.invalidInput, Message(.sessionReads)) }
        try unit.requireTime()
        try requireWhole()
    }

    /// Notes that a record was written.
    func recordWritten() {
        writes += 1
        hooks.recordWritten()
    }

    /// Runs `body` so that everything it did is undone when it throws.
    ///
    /// - Throws: what `body` throws.
    public func savepoint<T>(_ body: () throws(PlatformError) -> T) throws(PlatformError) -> T {
        let pending = afterCommit.count
        if isReading { return try body() }
        do {
            if goesWithoutSavepoints { return try withoutSavepoint(body) }
            return try connection.savepoint { _ throws(PlatformError) in try body() }
        } catch {
            afterCommit.removeSubrange(pending...)
            knownReferences.forgetAll()
            knownRecords.forgetAll()
            throw error
        }
    }

    /// Runs `body` and undoes all that it wrote.
    ///
    /// - Throws: what `body` throws.
    func undone(_ body: () throws(PlatformError) -> Void) throws(PlatformError) {
        let before = (goesWithoutSavepoints, writes, auditUnit)
        var isDone = false
        defer { (goesWithoutSavepoints, writes, auditUnit) = before }
        goesWithoutSavepoints = false
        do {
            try savepoint { () throws(PlatformError) in
                try body()
                isDone = true
                // The one way to have a savepoint undone is to throw.
                throw PlatformError(.cancelled, Message(custom: LocalizedText("")))
            }
        } catch {
            guard isDone else { throw error }
        }
    }

    private func withoutSavepoint<T>(_ body: () throws(PlatformError) -> T) throws(PlatformError) -> T {
        let before = connection.totalChanges
        do {
            return try body()
        } catch {
            // What has written nothing leaves nothing behind.
            guard lostBy == nil, connection.totalChanges != before else { throw error }
            lose(by: error)
            switch error.code {
            case .storage, .busy, .cancelled, .internal: break
            default: isHalfSaved = true
            }
            throw error
        }
    }

    /// Gives the unit of work up because of a limit that struck a script: whoever catches the error, nothing is kept.
    package func lose(by error: PlatformError) {
        if lostBy == nil { lostBy = error }
    }

    /// Notes in which hook and for which record the limit struck.
    func locateLoss(_ error: PlatformError) {
        guard let lost = lostBy, lost.context.hook == nil, error.code == lost.code,
            error.context.plugin == lost.context.plugin
        else { return }
        lostBy = error
    }

    /// Puts the error of the limit that struck into the words of whoever knows more.
    package func describeLoss(_ error: PlatformError) { lostBy = error }

    /// Makes sure that what was done may be kept.
    ///
    /// - Throws: what the unit of work was lost by: `limitExceeded` when a limit has struck a script in it.
    package func requireWhole() throws(PlatformError) {
        if let lostBy { throw lostBy }
    }

    /// Runs `body` by another hand: what it saves is marked as coming from it, through the door of the unit.
    package func acting<T>(
        as actor: Origin.Actor,
        _ body: () throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        let outer = origin
        origin = Origin(outer.door, by: actor)
        defer { origin = outer }
        return try body()
    }

    /// The text under which the history keeps the origin, with what is known beside it.
    var originText: String {
        if let writtenOrigin, writtenOrigin.origin == origin, writtenOrigin.detail == originDetail {
            return writtenOrigin.text
        }
        let text = originDetail.text(origin)
        writtenOrigin = (origin, originDetail, text)
        return text
    }

    static func notFound(_ id: RecordID) -> PlatformError {
        PlatformError(
            .notFound,
            Message(.recordNotFound, ["record": .text(id.description)]),
            context: ErrorContext(object: id.object, record: id.number)
        )
    }
}

/// The view of a draft that conditions are evaluated against.
extension MessageKey {
    static let sessionReads = MessageKey(
        "session.reads",
        zhCN: "这里只能读取：报表、打印和列表不能新建、修改或删除记录；请在命令或钩子里做",
        zhTW: "這裡只能讀取：報表、列印和清單不能新建、修改或刪除記錄；請在命令或鉤子裡做",
        en: "this only reads: reports, prints and lists cannot create, change or delete records; "
            + "do it in a command or a hook"
    )
}
