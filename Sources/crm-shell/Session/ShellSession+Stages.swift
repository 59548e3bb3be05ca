import CRMPlatform

extension ShellSession {
    /// Writes the way from stage to stage: the main line, then what may follow each stage and what it asks for.
    func describeStages(of object: ObjectDefinition) {
        guard let stages = object.stages else { return }
        let dictionary = object.field(stages.field).flatMap { catalog.dictionary(of: $0) }
        func label(_ value: String) -> String { dictionary?.option(value)?.label.text(in: language) ?? value }
        func labels(_ values: [String]) -> String { values.map(label).joined(separator: say(.shellListSeparator)) }
        report(
            .shellStages,
            [
                "field": .text(stages.field.rawValue),
                "line": .text(stages.mainLine.map(label).joined(separator: " → ")),
            ]
        )
        let starts = Set(stages.starts)
        var table = TextTable(
            columns: [
                TextTable.Column(say(.shellColumnStage), fit: .whole),
                TextTable.Column(say(.shellColumnName), fit: .kept),
                TextTable.Column(say(.shellColumnNext), fit: .wrap),
                TextTable.Column(say(.shellColumnGates), fit: .wrap),
            ],
            language: language
        )
        table.maximumWidth = width
        table.rows = stages.steps.map { step in
            let next =
                if let next = step.next { next.isEmpty ? say(.shellStageLast) : labels(next) } else {
                    say(.shellStageAny)
                }
            return [
                (starts.contains(step.value) ? "● " : "  ") + label(step.value), step.value, next,
                step.gates.map { "\($0.name): \($0.condition)" }.joined(separator: say(.shellListSeparator)),
            ]
        }
        console.write(table.rendered())
    }
}

extension MessageKey {
    static let shellStages = MessageKey(
        "shell.stages",
        zhCN: "阶段（{field}）：{line}",
        zhTW: "階段（{field}）：{line}",
        en: "Stages ({field}): {line}"
    )
    static let shellColumnStage = MessageKey("shell.column.stage", zhCN: "阶段", zhTW: "階段", en: "Stage")
    static let shellColumnNext = MessageKey("shell.column.next", zhCN: "之后", zhTW: "之後", en: "Next")
    static let shellColumnGates = MessageKey("shell.column.gates", zhCN: "进入条件", zhTW: "進入條件", en: "Gates")
    static let shellStageLast = MessageKey("shell.stage_last", zhCN: "（最后）", zhTW: "（最後）", en: "(last)")
    static let shellStageAny = MessageKey("shell.stage_any", zhCN: "（任意）", zhTW: "（任意）", en: "(any)")
}
