import CRMModel
import CRMStorage

/// The one way on which records are written.
///
/// The steps and their order are those of `docs/architecture.md`: whoever writes, through whichever door, passes
/// all of them.
///
/// One object for each save: the steps are closures over it, and a value would be copied into each of them.
final class SavePipeline {
    let session: RecordSession
    let plan: ObjectPlan
    let options: SaveOptions
    /// By whose rights the record is saved: the principal's, or the system's for what metadata says goes with a save.
    let mode: AccessMode

    init(session: RecordSession, plan: ObjectPlan, options: SaveOptions, mode: AccessMode) {
        self.session = session
        self.plan = plan
        self.options = options
        self.mode = mode
    }

    /// How deep saves may set off other saves.
    static let depthLimit = 16

    var object: ObjectDefinition { plan.object }

    // MARK: - Entrances

    func create(_ input: RecordInput) throws(PlatformError) -> SaveResult {
        try session.requireWriting()
        let once = try Idempotency(.create, nil, input, in: self)
        if let replay = try once?.replay() { return replay }
        let draft = RecordDraft(object: object, original: nil)
        draft.takesAnyStage = takesAnyStage
        return try guarded(draft) { () throws(PlatformError) in try save(draft, input, once) }
    }

    func update(_ id: Int64, _ input: RecordInput) throws(PlatformError) -> SaveResult {
        try session.requireWriting()
        let once = try Idempotency(.update, id, input, in: self)
        if let replay = try once?.replay() { return replay }
        let draft = try loaded(id)
        draft.takesAnyStage = takesAnyStage
        return try guarded(draft) { () throws(PlatformError) in try save(draft, input, once) }
    }

    /// Deletes a record and says what stood for it in lists.
    func delete(_ id: Int64) throws(PlatformError) -> String {
        try session.requireWriting()
        let draft = try loaded(id, isDeletion: true)
        try guarded(draft) { () throws(PlatformError) in try remove(draft) }
        return draft.original.map { session.shown($0, .user).title } ?? draft.recordID.description
    }

    private func loaded(_ id: Int64, isDeletion: Bool = false) throws(PlatformError) -> RecordDraft {
        let start = session.recorder?.time()
        let recordID = RecordID(object: object.name, number: id)
        let original = try session.requireForSave(recordID, mode, isDeletion: isDeletion)
        let draft = RecordDraft(object: object, original: original)
        if let start {
            session.recorder?.add(
                .load,
                draft,
                isShown: session.isShown(draft),
                depth: session.depth,
                plugin: nil,
                rule: "",
                since: start,
                effect: told(Message(.traceVersion, ["version": .text(String(original.version))])),
                failed: false
            )
        }
        if let expected = options.expectedVersion, expected != original.version {
            throw conflict(draft, given: expected, current: original.version)
        }
        return draft
    }

    func conflict(_ draft: RecordDraft, given: Int64, current: Int64) -> PlatformError {
        PlatformError(
            .conflict,
            Message(
                .recordConflict,
                [
                    "record": .text(draft.recordID.description), "given": .text(String(given)),
                    "current": .text(String(current)),
                ]
            ),
            context: context(draft)
        )
    }

    /// Why a save cannot go on within which the record was saved or deleted by a plugin's code.
    func refusal(of draft: RecordDraft, overtakenBy overtaking: Overtaking) -> PlatformError {
        var context = context(draft)
        var words: [String: Message.Argument] = ["record": .text(draft.recordID.description), "hook": ""]
        if let hook = overtaking.hook {
            context.plugin = hook.plugin
            context.hook = hook.point.rawValue
            words["hook"] = .message(
                Message(
                    .recordSaverHook,
                    [
                        "plugin": .text(hook.plugin.rawValue), "point": .text(hook.point.rawValue),
                        "source": .text(hook.source),
                    ]
                )
            )
        }
        return PlatformError(
            .hookFailed,
            Message(overtaking.isDeletion ? .recordDeletedWithin : .recordSavedWithin, words),
            context: context
        )
    }

    /// Runs the body one level deeper, in a savepoint of its own.
    private func guarded<T>(
        _ draft: RecordDraft,
        _ body: () throws(PlatformError) -> T
    ) throws(PlatformError) -> T {
        guard session.depth < Self.depthLimit else {
            let path = session.active.map { "\($0.name) → \($0.record)" }.joined(separator: " ⇒ ")
            throw PlatformError(
                .limitExceeded,
                Message(.saveTooDeep, ["limit": .text(String(Self.depthLimit)), "path": .text(path)]),
                context: context(draft)
            )
        }
        try session.connection.requireGoing()
        session.depth += 1
        session.underWay.append(draft)
        defer {
            session.underWay.removeLast()
            session.depth -= 1
            draft.isFinished = true
        }
        return try session.savepoint(body)
    }

    // MARK: - Steps

    /// Runs a step, and writes it down when somebody asked for an explanation.
    func step(
        _ step: SaveStep,
        _ draft: RecordDraft,
        plugin: PluginID? = nil,
        rule: String = "",
        _ body: () throws(PlatformError) -> String
    ) throws(PlatformError) {
        guard let recorder = session.recorder else {
            _ = try body()
            return
        }
        let start = recorder.time()
        do {
            let effect = try body()
            let isShown = session.isShown(draft)
            recorder.add(
                step,
                draft,
                isShown: isShown,
                depth: session.depth - 1,
                plugin: plugin,
                rule: rule,
                since: start,
                effect: isShown ? effect : "",
                failed: false
            )
        } catch {
            let isShown = session.isShown(draft)
            recorder.add(
                step,
                draft,
                isShown: isShown,
                depth: session.depth - 1,
                plugin: plugin,
                rule: rule,
                since: start,
                effect: isShown ? error.text(in: recorder.language) : "",
                failed: true
            )
            throw error
        }
    }

    private func save(
        _ draft: RecordDraft,
        _ input: RecordInput,
        _ once: Idempotency?
    ) throws(PlatformError) -> SaveResult {
        var issues: [FieldIssue] = []
        var warnings: [FieldIssue] = []
        try step(.permission, draft) { () throws(PlatformError) in
            try requireRights(draft.isNew ? .create : .update, draft)
            checkRights(input, draft, &issues)
            return permission
        }
        try step(.normalise, draft) { () throws(PlatformError) in
            try normalise(input, draft, &issues)
            return effect(of: draft)
        }
        let given = options.notesGiven || once?.isOfRow == true ? given(input, draft) : []
        if draft.isNew {
            try step(.defaults, draft) { () throws(PlatformError) in applyDefaults(draft) }
        }
        // Hooks do not meet input that is wrong; what they would have computed is then not judged either.
        let lacksHooks =
            !issues.isEmpty && !session.hooks.handlers(at: .beforeValidate, of: object.name).isEmpty
        if issues.isEmpty { try runHooks(.beforeValidate, .beforeValidate, draft) }
        try step(.check, draft) { () throws(PlatformError) in
            let earlier = issues.count
            try check(draft, given: lacksHooks ? input : nil, into: &issues)
            return told(issues.dropFirst(earlier))
        }
        if lacksHooks { try stop(on: issues, draft) }
        try validate(draft, into: &issues)
        try step(.duplicates, draft) { () throws(PlatformError) in
            let earlier = issues.count
            try findDuplicates(draft, &issues, &warnings)
            return told(issues.dropFirst(earlier) + warnings)
        }
        let willCompute = plan.stage != nil && !session.hooks.handlers(at: .beforeSave, of: object.name).isEmpty
        try checkStages(draft, .early(willCompute: willCompute), into: &issues)
        try stop(on: issues, draft)
        if try runHooks(.beforeSave, .beforeSave, draft) {
            try step(.recheck, draft) { () throws(PlatformError) in
                try recheck(draft, &warnings)
                return effect(of: draft)
            }
        }
        if willCompute { try checkFinalStages(draft) }
        var numbering = Numbering(pipeline: self)
        try step(.code, draft) { () throws(PlatformError) in try numbering.assign(draft) }
        let isWritten = draft.isNew || object.fields.indices.contains { draft.isChanged($0) }
        if isWritten { try write(draft, &numbering) }
        let changedRows = !draft.rows.isEmpty
        if changedRows {
            try step(.childRows, draft) { () throws(PlatformError) in
                try ChildRows(pipeline: self).save(draft)
                let count = draft.rows.reduce(0) { $0 + $1.rows.count }
                return told(Message(.traceRows, ["count": .text(String(count))]))
            }
        }
        // The rows are all there: their sums are brought up to date before anybody acts on the record.
        if changedRows { try session.settleNow(draft.recordID) }
        if isWritten || changedRows {
            try runHooks(.afterSave, .afterSave, draft)
            if entersStage(draft) { try runHooks(.stageChanged, .stageChanged, draft) }
            try queueAfterCommit(draft)
        }
        try session.settleNow(draft.recordID)
        try settleIfOutermost()
        let present = draft.isOvertaken ? try session.record(draft.recordID, .system) : draft.record
        let record = present ?? draft.record
        try once?.keep(record, given: given)
        return SaveResult(
            record: session.shown(record, .user),
            warnings: warnings,
            isReplay: false,
            isChanged: isWritten || changedRows,
            isGone: present == nil,
            given: options.notesGiven ? given : []
        )
    }

    /// What stands against the save, as one error with all of it.
    func stop(
        on issues: [FieldIssue],
        _ draft: RecordDraft,
        as key: MessageKey = .validationFailed
    ) throws(PlatformError) {
        guard !issues.isEmpty else { return }
        throw PlatformError(
            .validationFailed,
            Message(
                key,
                ["object": .label(object.label), "count": .text(String(issues.count))]
            ),
            issues: issues,
            context: context(draft)
        )
    }

    func context(_ draft: RecordDraft) -> ErrorContext {
        ErrorContext(object: object.name, record: draft.id == 0 ? nil : draft.id)
    }

    /// Does what was put off before an outermost save returns.
    func settleIfOutermost() throws(PlatformError) {
        if session.depth == 1, session.settling == .atOnce { try session.settleAll() }
    }

    // MARK: - Hooks

    /// Runs the handlers of a point; says whether any of them changed a value.
    @discardableResult
    func runHooks(_ point: HookPoint, _ step: SaveStep, _ draft: RecordDraft) throws(PlatformError) -> Bool {
        let handlers = session.hooks.handlers(at: point, of: object.name)
        guard !handlers.isEmpty else { return false }
        draft.isTouched = false
        draft.isWritable = point == .beforeValidate || point == .beforeSave
        defer { draft.isWritable = false }
        for handler in handlers {
            let id = ObjectIdentifier(handler)
            // A handler that saves the record it was called for is not called again for it.
            if draft.id != 0, session.active.contains(where: { $0.handler == id && $0.record == draft.recordID }) {
                continue
            }
            session.active.append(
                ActiveHook(
                    handler: id,
                    record: draft.recordID,
                    plugin: handler.plugin,
                    source: handler.source,
                    point: point
                )
            )
            defer { session.active.removeLast() }
            try self.step(step, draft, plugin: handler.plugin, rule: handler.source) { () throws(PlatformError) in
                let before = session.recorder == nil ? [] : draft.values
                do throws(PlatformError) {
                    try session.acting(as: .plugin(handler.plugin)) { () throws(PlatformError) in
                        try handler.call(draft, at: point, in: session)
                    }
                } catch {
                    throw located(error, draft, handler.plugin, point.rawValue)
                }
                return before.isEmpty ? "" : effect(of: draft, since: before)
            }
        }
        return draft.isTouched
    }

    func located(_ error: PlatformError, _ draft: RecordDraft, _ plugin: PluginID, _ hook: String) -> PlatformError {
        var error = error
        error.context.locate(object.name, draft.id == 0 ? nil : draft.id)
        error.context.plugin = error.context.plugin ?? plugin
        error.context.hook = error.context.hook ?? hook
        session.locateLoss(error)
        return error
    }

    private func queueAfterCommit(_ draft: RecordDraft) throws(PlatformError) {
        var places: [PluginID: Int] = [:]
        let handlers = session.hooks.handlers(at: .afterCommit, of: object.name)
        for handler in handlers {
            let place = places[handler.plugin, default: 0]
            places[handler.plugin] = place + 1
            try step(.afterCommit, draft, plugin: handler.plugin, rule: handler.source) { () throws(PlatformError) in
                let count = handlers.count { $0.plugin == handler.plugin }
                session.afterCommit.append(
                    AfterCommitCall(handler: handler, place: place, count: count, record: draft.recordID)
                )
                return told(Message(.traceAfterCommit))
            }
        }
    }

    // MARK: - Explanations

    /// What was objected to, in the language of whoever asked; nothing when nobody did.
    func told(_ issues: ArraySlice<FieldIssue>) -> String {
        guard let language = session.recorder?.language else { return "" }
        return issues.map { $0.message.text(in: language) }.joined(separator: "; ")
    }

    /// A message in the language of whoever asked for an explanation; nothing when nobody did.
    func told(_ message: @autoclosure () -> Message) -> String {
        guard let language = session.recorder?.language else { return "" }
        return message().text(in: language)
    }

    /// The changed fields in words; only made when somebody asked.
    func effect(of draft: RecordDraft, since before: [Value]? = nil) -> String {
        guard session.recorder != nil else { return "" }
        let rights = session.rightsOfPrincipal(on: object)
        return object.fields.indices.compactMap { slot in
            let old = before?[slot] ?? draft.oldValue(slot)
            guard old != draft[slot] else { return nil }
            let (seen, new) = (rights?.shown(old, at: slot) ?? old, rights?.shown(draft[slot], at: slot) ?? draft[slot])
            guard rights?.hidden.contains(slot) != true else { return nil }
            return "\(object.fields[slot].name): \(seen.displayText) → \(new.displayText)"
        }.joined(separator: ", ")
    }
}
