import CRMPlatform

/// What a person wants to save.
struct SaveRequest: Sendable {
    /// `field=value` pairs, fields by name or label.
    var assignments: [String]
    /// The version that the change was made on, nil for whatever is there.
    var version: Int64?
    /// Whether only to show what would happen.
    var explains = false
}

/// How a record is to be deleted.
struct DeletionRequest: Sendable {
    /// The version that is to be deleted, nil for whatever is there.
    var version: Int64?
    /// Whether only to say what would go with it.
    var isDryRun = false
    /// Whether nobody is asked.
    var isAgreed = false
    /// Whether only to show every step.
    var explains = false
}

extension ShellSession {
    /// Saves a new record.
    func create(_ objectText: String, _ request: SaveRequest) throws {
        let object = try object(objectText)
        let input = try input(request.assignments, of: object)
        let name = object.name
        if request.explains {
            return try explain { session in _ = try session.create(name, input, SaveOptions()) }
        }
        let result = try platform.write(unit) { session in
            try session.create(name, input, SaveOptions())
        }
        report(result, .shellCreated)
    }

    /// Changes a record.
    func update(_ text: String, _ request: SaveRequest) throws {
        let id = try record(text)
        guard !request.assignments.isEmpty else { throw PlatformError(.invalidInput, Message(.shellNothingToSave)) }
        let input = try input(request.assignments, of: try catalog.object(id.object))
        var options = SaveOptions()
        options.expectedVersion = request.version
        let chosen = options
        if request.explains {
            return try explain { session in _ = try session.update(id, input, chosen) }
        }
        let (former, result) = try platform.write(unit) {
            session -> (Int64?, SaveResult) in
            (try session.get(id)?.version, try session.update(id, input, chosen))
        }
        // A save that changes nothing writes nothing; hooks may have put another value back.
        report(result, former == result.record.version ? .shellUnchanged : .shellUpdated)
    }

    /// Deletes a record and tells what went with it; at a terminal somebody must agree first when anything does.
    ///
    /// - Throws: `PlatformError` `cancelled` when nobody does; `validationFailed` when records stand in the way.
    func delete(_ text: String, _ request: DeletionRequest) throws {
        let id = try record(text)
        if request.explains {
            return try explain { session in
                _ = try session.delete(id, expectedVersion: request.version)
            }
        }
        if request.isDryRun { return try tryDeleting(id, request.version) }
        if !request.isAgreed, canAsk {
            let plan = try attemptedDeletion(of: id, request.version)
            if !(plan.deleted.isEmpty && plan.cleared.isEmpty) {
                tellPlan(plan)
                try requireAgreement(
                    .shellDeleteQuestion,
                    ["record": .text(id.description), "title": .text(plan.title)]
                )
            }
        }
        let outcome = try platform.write(unit) { session in
            try session.delete(id, expectedVersion: request.version)
        }
        if isJSON {
            console.json([
                "deleted": .string(id.description), "title": .string(outcome.title),
                "also_deleted": .array(outcome.deleted.map { json($0) }),
                "cleared": .array(outcome.cleared.map { json($0) }),
            ])
            return
        }
        report(.shellDeleted, ["record": .text(id.description), "title": .text(outcome.title)])
        let catalog = catalog
        for share in outcome.deleted {
            report(.shellDeletedToo, words(share, catalog))
        }
        for share in outcome.cleared {
            report(.shellCleared, words(share, catalog))
        }
    }

    /// Deletes a record as the command would, hooks and all, and takes it back.
    private func attemptedDeletion(of id: RecordID, _ version: Int64?) throws(PlatformError) -> DeletionOutcome {
        try platform.attempt(unit) { session in try session.delete(id, expectedVersion: version) }
    }

    /// Says what deleting would do; fails as it would fail.
    private func tryDeleting(_ id: RecordID, _ version: Int64?) throws {
        let plan: DeletionOutcome
        do throws(PlatformError) {
            plan = try attemptedDeletion(of: id, version)
        } catch {
            if isJSON, !error.issues.isEmpty { try show(error.issues, id) }
            throw error
        }
        if isJSON {
            console.json([
                "would_delete": .string(id.description), "title": .string(plan.title), "obstacles": .array([]),
                "also_deleted": .array(plan.deleted.map { json($0) }),
                "cleared": .array(plan.cleared.map { json($0) }), "at_least": .boolean(false),
            ])
            return
        }
        tellPlan(plan)
        report(.shellDryRun)
    }

    private func show(_ obstacles: [FieldIssue], _ id: RecordID) throws {
        let title = try platform.read(unit) { session in try session.get(id)?.title }
        console.json([
            "would_delete": .string(id.description), "title": .text(title),
            "obstacles": .array(obstacles.map { errors.json($0) }), "also_deleted": .array([]), "cleared": .array([]),
            "at_least": .boolean(false),
        ])
    }

    private func tellPlan(_ plan: DeletionOutcome) {
        report(.shellWouldDelete, ["record": .text(plan.record.description), "title": .text(plan.title)])
        let catalog = catalog
        for share in plan.deleted { report(.shellWouldDeleteToo, words(share, catalog)) }
        for share in plan.cleared { report(.shellWouldClear, words(share, catalog)) }
    }

    private func words(_ share: DeletionShare, _ catalog: Catalog) -> [String: Message.Argument] {
        let object = catalog.objects[share.object]
        let field = share.field.flatMap { object?.field($0) }
        let examples = share.examples.map(\.description).joined(separator: say(.shellListSeparator))
        return [
            "count": .text(String(share.count)),
            "object": object.map { .label($0.label) } ?? .text(share.object.rawValue),
            "field": field.map { .label($0.label) } ?? .text(share.field?.rawValue ?? ""),
            "records": .text(examples + (share.count > share.examples.count ? " …" : "")),
        ]
    }

    private func json(_ share: DeletionShare) -> JSONValue {
        [
            "object": .string(share.object.rawValue), "field": .text(share.field?.rawValue),
            "count": .count(share.count), "records": .array(share.examples.map { .string($0.description) }),
        ]
    }

    private func input(_ assignments: [String], of object: ObjectDefinition) throws -> RecordInput {
        var input = RecordInput()
        var issues: [FieldIssue] = []
        for assignment in assignments {
            guard let sign = assignment.firstIndex(of: "=") else {
                throw PlatformError(.invalidInput, Message(.shellAssignment, ["text": .text(assignment)]))
            }
            let name = String(assignment[..<sign])
            guard let field = try object.field(calledByPeople: name) else {
                issues.append(
                    FieldIssue(
                        field: FieldName(rawValue: name),
                        code: "unknown_field",
                        message: unknownField(name, of: object)
                    )
                )
                continue
            }
            guard input[field.name] == nil else {
                throw PlatformError(
                    .invalidInput,
                    Message(.shellFieldTwice, ["field": .label(field.label)]),
                    context: ErrorContext(object: object.name, field: field.name)
                )
            }
            input[field.name] = .text(String(assignment[assignment.index(after: sign)...]))
        }
        guard issues.isEmpty else {
            throw PlatformError(
                .validationFailed,
                Message(.validationFailed, ["object": .label(object.label), "count": .text(String(issues.count))]),
                issues: issues,
                context: ErrorContext(object: object.name)
            )
        }
        return input
    }

    private func report(_ result: SaveResult, _ key: MessageKey) {
        let record = result.record
        if isJSON {
            console.json([
                "record": RecordRendering.json(record), "deleted": .boolean(result.isGone),
                "warnings": .array(result.warnings.map { errors.json($0) }),
            ])
            return
        }
        report(
            result.isGone ? .shellGone : key,
            [
                "record": .text(record.recordID.description), "title": .text(record.title),
                "version": .text(String(record.version)),
            ]
        )
        for warning in result.warnings {
            console.complain(
                DisplayWidth.escapingControls(
                    say(.shellWarning, ["text": .text(errors.text(warning, object: record.object))])
                )
            )
        }
    }

    /// Runs a change through the whole pipeline, writes what each step did, and takes it back.
    private func explain(_ change: @escaping @Sendable (RecordSession) throws -> Void) throws {
        let trace = try platform.explain(unit, change)
        if isJSON {
            console.json([
                "steps": .array(trace.steps.map { json($0) }),
                "error": errors.member(trace.error),
            ])
        } else {
            let rows = trace.steps.enumerated().map { index, step in
                [
                    String(index + 1), String(repeating: "  ", count: step.depth) + step.step.title.text(in: language),
                    (step.failed ? "✗ " : "") + step.effect,
                    step.record.number > 0 ? step.record.description : step.record.object.rawValue,
                    step.plugin?.rawValue ?? "", step.rule, DecimalText.tenths(step.microseconds),
                ]
            }
            console.write(
                table(
                    fitting: [
                        (.shellColumnNumber, .whole), (.shellColumnStep, .kept), (.shellColumnEffect, .wrap),
                        (.shellColumnRecord, .whole), (.shellColumnPlugin, .whole), (.shellColumnRule, .wrap),
                        (.shellColumnMicroseconds, .whole),
                    ],
                    rows
                )
            )
            report(.shellExplained)
        }
        if let error = trace.error { throw error }
    }

    private func json(_ step: SaveTraceStep) -> JSONValue {
        [
            "step": .string(step.step.rawValue), "title": .string(step.step.title.text(in: language)),
            "record": .string(step.record.description),
            "depth": .count(step.depth), "plugin": .text(step.plugin?.rawValue), "rule": .string(step.rule),
            "microseconds": .number(DecimalText.tenths(step.microseconds)), "effect": .string(step.effect),
            "failed": .boolean(step.failed),
        ]
    }
}

extension MessageKey {
    static let shellGone = MessageKey(
        "shell.gone",
        zhCN: "{record}  {title} 已保存，但随即被插件删除，现在没有这条记录",
        zhTW: "{record}  {title} 已儲存，但隨即被外掛刪除，現在沒有這筆記錄",
        en: "{record}  {title} was saved and at once deleted again by a plugin; there is no such record now"
    )
    static let shellWouldDelete = MessageKey(
        "shell.would_delete",
        zhCN: "将删除 {record}  {title}",
        zhTW: "將刪除 {record}  {title}",
        en: "Would delete {record}  {title}"
    )
    static let shellWouldDeleteToo = MessageKey(
        "shell.would_delete_too",
        zhCN: "同时将删除 {count} 个{object}：{records}",
        zhTW: "同時將刪除 {count} 個{object}：{records}",
        en: "Would also delete: {count} × {object} ({records})"
    )
    static let shellWouldClear = MessageKey(
        "shell.would_clear",
        zhCN: "将清空 {count} 个{object}的「{field}」：{records}",
        zhTW: "將清空 {count} 個{object}的「{field}」：{records}",
        en: "Would empty {field} of {count} × {object} ({records})"
    )
    static let shellDeleteQuestion = MessageKey(
        "shell.delete_question",
        zhCN: "删除 {record}  {title}，连同以上内容？[y/N]",
        zhTW: "刪除 {record}  {title}，連同以上內容？[y/N]",
        en: "Delete {record}  {title} with all of this? [y/N]"
    )
    static let shellDeletedToo = MessageKey(
        "shell.deleted_too",
        zhCN: "同时删除了 {count} 个{object}：{records}",
        zhTW: "同時刪除了 {count} 個{object}：{records}",
        en: "Also deleted: {count} × {object} ({records})"
    )
    static let shellCleared = MessageKey(
        "shell.cleared",
        zhCN: "清空了 {count} 个{object}的「{field}」：{records}",
        zhTW: "清空了 {count} 個{object}的「{field}」：{records}",
        en: "Emptied {field} of {count} × {object} ({records})"
    )
}
