import CRMModel

extension SavePipeline {
    /// Makes sure that who acts may do this with the record.
    ///
    /// The object's rights are asked, then whether the record is among those that they are for; that it can be seen was
    /// looked at when it was loaded. The saves of hooks are asked as the principal's own, those that metadata says go with a save are not.
    func requireRights(_ action: ObjectAction, _ draft: RecordDraft) throws(PlatformError) {
        guard let rights = session.rights(mode, on: object) else { return }
        if session.origin == .import, session.depth == 1 { try session.requireRight(.import, on: object.name) }
        try session.requireRights(rights, action, draft.id, plan)
    }

    /// Makes sure that a record is where the principal may change it once it is written, so that nobody gives away what he
    /// has, or makes what is another's, without the right to assign.
    func requireReach(_ draft: RecordDraft) throws(PlatformError) {
        guard let rights = session.rights(mode, on: object), !rights.actions.contains(.assign) else { return }
        let scope: RowStatement.Scope = draft.isNew && !rights.actions.contains(.update) ? .read : .update
        if case .all = rights.scope(scope) { return }
        if case .read = scope, !rights.actions.contains(.read) { return }
        guard try !session.isWithin(scope, draft.id, plan, rights) else { return }
        throw PlatformError(
            .permissionDenied,
            Message(.accessMoved, ["object": .label(object.label)]),
            context: context(draft)
        )
    }

    /// On whose behalf the step of rights lets the save through, in words; nothing when nobody asks.
    var permission: String {
        guard let language = session.recorder?.language else { return "" }
        let principal = session.principal.description
        guard mode == .system || session.actsAsSystem else { return principal }
        return Message(.traceSystem, ["principal": .text(principal)]).text(in: language)
    }
}

extension RecordSession {
    /// Makes sure that the principal may do something with a record that he can see.
    ///
    /// - Throws: `permissionDenied`.
    func requireRights(
        _ rights: ObjectAccess,
        _ action: ObjectAction,
        _ number: Int64,
        _ plan: ObjectPlan
    ) throws(PlatformError) {
        guard rights.actions.contains(action) else { throw Self.denied(action, plan.object) }
        let scope: RowStatement.Scope
        switch action {
        case .update: scope = .update
        case .delete: scope = .delete
        default: return
        }
        if case .all = rights.scope(scope) { return }
        guard try !isWithin(scope, number, plan, rights) else { return }
        let id = RecordID(object: plan.object.name, number: number)
        throw PlatformError(
            .permissionDenied,
            Message(.accessRecord, ["action": .message(Message(action.label)), "record": .text(id.description)]),
            context: ErrorContext(object: id.object, record: number)
        )
    }

    /// Whether the session stands in for the system just now.
    var actsAsSystem: Bool { !access.reasons.isEmpty }

    /// What the principal may see of an object, whoever the session stands in for; nil for all of it.
    func rightsOfPrincipal(on object: ObjectDefinition) -> ObjectAccess? {
        access.identity.map { access.rights($0, on: object, plans) }
    }

    /// Whether a record may be shown.
    func isShown(_ id: RecordID) throws(PlatformError) -> Bool {
        guard isRestricted else { return true }
        return try reads(.user).exists(id.number, plans.plan(id.object))
    }

    /// Those records that may be shown.
    func shown(_ ids: [RecordID]) throws(PlatformError) -> [RecordID] {
        guard isRestricted else { return ids }
        var shown: [RecordID] = []
        for id in ids {
            if try isShown(id) { shown.append(id) }
        }
        return shown
    }

    /// Whether the principal may be told what a step has done to a record, whoever the session stands in for.
    func isShown(_ draft: RecordDraft) -> Bool {
        guard let identity = access.identity, recorder != nil else { return true }
        // What is not written yet is the principal's own, unless it is made for the system.
        guard draft.id != 0 else { return !actsAsSystem }
        do throws(PlatformError) {
            let plan = try plans.plan(draft.object.name)
            let rights = access.rights(identity, on: draft.object, plans)
            if try reads(.system).exists(draft.id, plan) {
                return try isWithin(.read, draft.id, plan, rights)
            }
            guard deleting.contains(draft.recordID) else { return false }
            return !actsAsSystem && depth == 1
        } catch {
            return false
        }
    }
}
