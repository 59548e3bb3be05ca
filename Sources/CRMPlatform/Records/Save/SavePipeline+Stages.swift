import CRMModel

extension SavePipeline {
    /// When the way from stage to stage is looked at.
    enum StageMoment {
        /// Before `before_save` hooks, which may still compute what gates ask for.
        case early(willCompute: Bool)
        /// When the values are final.
        case final
    }

    /// Whether the save brings the record into another stage, or a new record into its first.
    func entersStage(_ draft: RecordDraft) -> Bool {
        guard let stage = plan.stage else { return false }
        return draft.isChanged(stage.slot)
    }

    /// Whether stages and gates are not asked, as somebody who may says.
    var takesAnyStage: Bool {
        options.takesAnyStage && [.administrator, .system].contains(session.principal.kind)
    }

    /// Checks the move from stage to stage, then the gates of the stage that is entered.
    ///
    /// A gate that is unknown does not pass. Early, when hooks will still compute values, gates are asked only when the
    /// save is refused anyway, and only those count that are false whatever is computed.
    func checkStages(
        _ draft: RecordDraft,
        _ moment: StageMoment,
        into issues: inout [FieldIssue]
    ) throws(PlatformError) {
        guard let stage = plan.stage, draft.isChanged(stage.slot) else { return }
        if takesAnyStage { return }
        let field = object.fields[stage.slot]
        // A value that is wrong in itself is told already.
        if issues.contains(where: { $0.field == field.name }) { return }
        var refusal: FieldIssue?
        try step(.stages, draft) { () throws(PlatformError) in
            refusal = refusedMove(stage, field, draft)
            guard let recorder = session.recorder else { return "" }
            return refusal?.message.text(in: recorder.language)
                ?? "\(draft.oldValue(stage.slot).displayText) → \(draft[stage.slot].displayText)"
        }
        if let refusal {
            issues.append(refusal)
            return
        }
        guard let value = draft[stage.slot].textValue, let entered = stage.step(value) else { return }
        var needsCertainty = false
        if case .early(willCompute: true) = moment {
            guard !issues.isEmpty else { return }
            needsCertainty = true
        }
        for gate in entered.gates {
            var found: FieldIssue?
            try step(.stages, draft, plugin: gate.gate.plugin, rule: gate.gate.name.rawValue) {
                () throws(PlatformError) in
                let holds = try holds(gate.condition, of: gate.gate.name, draft)
                if holds == false || holds == nil && !needsCertainty { found = gateIssue(gate.gate) }
                return found.map { told([$0]) } ?? ""
            }
            if let found { issues.append(found) }
        }
    }

    /// Checks the stages again when the values are final.
    func checkFinalStages(_ draft: RecordDraft) throws(PlatformError) {
        var issues: [FieldIssue] = []
        try checkStages(draft, .final, into: &issues)
        try stop(on: issues, draft)
    }

    private func gateIssue(_ gate: Stages.Gate) -> FieldIssue {
        FieldIssue(
            field: gate.fields.first,
            code: "gate",
            message: Message(custom: gate.message),
            rule: gate.name.rawValue,
            plugin: gate.plugin
        )
    }

    /// What is wrong with the move, nil when it may be made.
    private func refusedMove(_ stage: StagePlan, _ field: FieldDefinition, _ draft: RecordDraft) -> FieldIssue? {
        let new = draft[stage.slot].textValue
        guard let old = draft.oldValue(stage.slot).textValue else {
            guard let new, stage.step(new) != nil, !stage.starts.contains(new) else { return nil }
            return issue(field, .stageStart, ["to": new], stage.stages.starts, stage)
        }
        // A record in a stage that is no more may go anywhere.
        guard let from = stage.step(old) else { return nil }
        guard let new else {
            return issue(field, .stageEmptied, ["from": old], following(old, stage), stage)
        }
        guard let next = from.next, !next.contains(new) else { return nil }
        let following = following(old, stage)
        return issue(field, following.isEmpty ? .stageFinal : .stageMove, ["from": old, "to": new], following, stage)
    }

    private func following(_ value: String, _ stage: StagePlan) -> [String] {
        stage.stages.step(value).map(stage.stages.following) ?? []
    }

    private func issue(
        _ field: FieldDefinition,
        _ key: MessageKey,
        _ values: [String: String],
        _ next: [String],
        _ stage: StagePlan
    ) -> FieldIssue {
        var arguments = values.mapValues { Message.Argument.label(stage.label($0)) }
        arguments["field"] = .label(field.label)
        arguments["next"] = .label(stage.labels(next))
        let message = Message(key, arguments)
        guard session.origin == .import else { return ValueCoder.issue(field, "stage", message) }
        return ValueCoder.issue(field, "stage", Message(.stageInImport, ["problem": .message(message)]))
    }
}

extension MessageKey {
    static let stageMove = MessageKey(
        "record.stage_move",
        zhCN: "「{field}」不能从「{from}」变为「{to}」；「{from}」之后可以是：{next}",
        zhTW: "「{field}」不能從「{from}」變為「{to}」；「{from}」之後可以是：{next}",
        en: "{field} cannot go from \"{from}\" to \"{to}\"; after \"{from}\" may come: {next}"
    )
    static let stageFinal = MessageKey(
        "record.stage_final",
        zhCN: "「{field}」不能从「{from}」变为「{to}」；「{from}」是最后的阶段",
        zhTW: "「{field}」不能從「{from}」變為「{to}」；「{from}」是最後的階段",
        en: "{field} cannot go from \"{from}\" to \"{to}\"; \"{from}\" is a last stage"
    )
    static let stageStart = MessageKey(
        "record.stage_start",
        zhCN: "「{field}」不能从「{to}」开始；可以从这些开始：{next}",
        zhTW: "「{field}」不能從「{to}」開始；可以從這些開始：{next}",
        en: "{field} cannot begin with \"{to}\"; it may begin with: {next}"
    )
    static let stageInImport = MessageKey(
        "record.stage_in_import",
        zhCN: "{problem}。要接收以往的单据，请用 import … --any-stage",
        zhTW: "{problem}。要接收以往的單據，請用 import … --any-stage",
        en: "{problem}. To take over documents of the past, use import … --any-stage"
    )
    static let stageEmptied = MessageKey(
        "record.stage_emptied",
        zhCN: "「{field}」不能清空：现在是「{from}」，之后可以是：{next}",
        zhTW: "「{field}」不能清空：現在是「{from}」，之後可以是：{next}",
        en: "{field} cannot be emptied: it is \"{from}\"; after it may come: {next}"
    )
}
