package import CRMModel

extension RecordSession {
    /// Sets a field of a draft from a hook, with the same reading and checks as input from outside.
    ///
    /// - Throws: `invalidInput` when the field cannot be set now or the value does not fit.
    package func assign(_ draft: RecordDraft, slot: Int, _ value: InputValue) throws(PlatformError) {
        let field = draft.object.fields[slot]
        let context = ErrorContext(object: draft.object.name, field: field.name)
        guard draft.isWritable, !draft.isFinished else {
            throw PlatformError(
                .invalidInput,
                Message(.assignOutside, ValueCoder.label(field)),
                context: context
            )
        }
        guard !field.isSystem, field.storage != .none else {
            throw PlatformError(.invalidInput, Message(.fieldReadOnly, ValueCoder.label(field)), context: context)
        }
        // The hook has the whole record before it; what it looks up by a text, it looks up for the principal.
        let pipeline = SavePipeline(
            session: self,
            plan: try plans.plan(draft.object.name),
            options: SaveOptions(),
            mode: .user
        )
        var issues: [FieldIssue] = []
        try pipeline.set(coder.code(value, for: field), slot, draft, &issues)
        if let picklist = pipeline.plan.picklists.first(where: { $0.slot == slot }) {
            FieldChecks.settle(picklist, draft, plan: pipeline.plan, into: &issues)
        }
        if let issue = issues.first { throw PlatformError(.invalidInput, issue.message, context: context) }
    }
}

extension RecordSession {
    /// What the save would say of the values of a row by themselves, for rows that are refused anyway.
    ///
    /// - Throws: `notFound` when there is no such object; `storage`.
    package func objections(
        to input: RecordInput,
        of object: ObjectName,
        isNew: Bool
    ) throws(PlatformError) -> [FieldIssue] {
        var options = SaveOptions()
        options.allowsExplicitCodes = true
        options.takesRecordNumbers = false
        return try SavePipeline(session: self, plan: plans.plan(object), options: options, mode: .user)
            .objections(to: input, isNew: isNew)
    }

    /// The values that fields of a new record would be given by the save, its `before_validate` hooks included; nil when
    /// they are those of the input.
    ///
    /// - Throws: `storage`; `limitExceeded` when a hook has run into a limit.
    package func prepared(
        _ input: RecordInput,
        _ fields: [FieldName],
        of object: ObjectName
    ) throws(PlatformError) -> [Value]? {
        var options = SaveOptions()
        options.allowsExplicitCodes = true
        options.takesRecordNumbers = false
        return try SavePipeline(session: self, plan: plans.plan(object), options: options, mode: .user)
            .prepared(input, fields)
    }

    /// Reads what is given for fields, by the clocks of the unit of work.
    var coder: ValueCoder {
        ValueCoder(catalog: catalog, companyTimeZone: companyTimeZone, timeZone: timeZone)
    }

    /// What an input means for a field, without saving anything.
    ///
    /// - Throws: `invalidInput` when it does not fit.
    package func value(_ input: InputValue, for field: FieldDefinition) throws(PlatformError) -> Value {
        switch coder.code(input, for: field) {
        case .value(let value): return value
        case .issue(let issue): throw PlatformError(.invalidInput, issue.message)
        case .lookup(let text):
            guard case .reference(let target, _) = field.type, let id = try resolve(text, in: target) else {
                return .null
            }
            return .integer(id)
        }
    }

    /// Runs an after_commit hook for a record as it is now; nothing when it is gone.
    ///
    /// - Throws: what the hook throws.
    package func runAfterCommit(_ handler: any HookHandler, _ id: RecordID) throws(PlatformError) {
        guard let record = try record(id, .system) else { return }
        let draft = RecordDraft(object: record.object, original: record)
        defer { draft.isFinished = true }
        origin = Origin(origin.door, by: .plugin(handler.plugin))
        active.append(
            ActiveHook(
                handler: ObjectIdentifier(handler),
                record: id,
                plugin: handler.plugin,
                source: handler.source,
                point: .afterCommit
            )
        )
        defer { active.removeLast() }
        try handler.call(draft, at: .afterCommit, in: self)
    }
}
