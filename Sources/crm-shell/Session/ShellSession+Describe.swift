import CRMPlatform

extension ShellSession {
    /// Writes the fields and rules of an object; `isWide` for a table as wide as it gets.
    func describe(_ text: String, isWide: Bool = false) throws {
        let object = try object(text)
        if isJSON { return console.json(ObjectJSON(catalog: catalog, language: language).json(object)) }
        let heading = "\(object.label.text(in: language)) (\(object.name.rawValue))"
        console.line(DisplayWidth.escapingControls(heading))
        var table = TextTable(
            columns: [
                TextTable.Column(say(.shellColumnName), fit: .kept),
                TextTable.Column(say(.shellColumnLabel), fit: .wrap),
                TextTable.Column(say(.shellColumnType), fit: .wrap),
                TextTable.Column(say(.shellColumnNotes), fit: .wrap),
                TextTable.Column(say(.shellColumnPlugin), fit: .whole),
            ],
            language: language
        )
        table.maximumWidth = isWide ? nil : width
        table.hiddenHint = Message(.shellHiddenHintWide)
        table.rows = object.fields.map { field in
            [
                field.name.rawValue, field.label.text(in: language), typeText(field), notes(field),
                field.plugin?.rawValue ?? "",
            ]
        }
        console.write(table.rendered())
        describeRules(of: object)
        describeStages(of: object)
        describeLayouts(of: object)
    }

    private func describeRules(of object: ObjectDefinition) {
        for rule in object.validationRules {
            paragraph(
                .shellValidationRule,
                [
                    "name": .text(rule.name.rawValue), "condition": .text(rule.condition),
                    "message": .label(rule.message),
                ]
            )
        }
        for rule in object.duplicateRules {
            let fields = rule.matches.map { "\($0.field.rawValue) (\($0.normaliser.rawValue))" }
            let effect = say(rule.action == .block ? .shellDuplicateBlocks : .shellDuplicateWarns)
            paragraph(
                .shellDuplicateRule,
                [
                    "name": .text(rule.name.rawValue), "fields": .text(fields.joined(separator: " + ")),
                    "effect": .text(effect),
                ]
            )
        }
        for rule in object.codeRules {
            paragraph(
                .shellCodeRule,
                [
                    "field": .text(rule.field.rawValue), "pattern": .text(rule.pattern),
                    "reset": .text(rule.reset.rawValue),
                ]
            )
        }
    }

    private func describeLayouts(of object: ObjectDefinition) {
        if let list = catalog.layout(.list, of: object.name) {
            let sort = list.sort.map { $0.field.rawValue + ($0.descending ? " desc" : "") }
            paragraph(
                .shellListLayout,
                [
                    "fields": .text(list.fields.map(\.rawValue).joined(separator: ", ")),
                    "sort": .text(sort.isEmpty ? "id" : sort.joined(separator: ", ")),
                ]
            )
        }
        guard let detail = catalog.layout(.detail, of: object.name) else { return }
        for section in detail.sections {
            paragraph(
                .shellDetailLayout,
                [
                    "section": section.label.map { .label($0) } ?? "-",
                    "fields": .text(section.fields.map(\.rawValue).joined(separator: ", ")),
                ]
            )
        }
    }

    private func typeText(_ field: FieldDefinition) -> String {
        switch field.type {
        case .decimal(let scale), .percent(let scale): "\(field.type.name) (\(scale))"
        case .currency(let code, let scale): "currency (\(code), \(scale))"
        case .picklist(let dictionary): "picklist (\(dictionary.rawValue))"
        case .reference(let target, _): "reference (\(target.rawValue))"
        case .children(let object, let via): "children (\(object.rawValue).\(via.rawValue))"
        default: field.type.name
        }
    }

    /// The greatest number of options that are listed; all of them are in the JSON.
    private static let mostOptions = 20

    private func notes(_ field: FieldDefinition) -> String {
        var notes: [String] = []
        if field.isRequired { notes.append(say(.shellRequired)) }
        if field.isUnique { notes.append(say(.shellUnique)) }
        if field.isSearchable { notes.append(say(.shellSearchable)) }
        if let least = field.minimum { notes.append("≥ \(least.displayText)") }
        if let greatest = field.maximum { notes.append("≤ \(greatest.displayText)") }
        if let length = field.maxLength { notes.append("≤ \(length) " + say(.shellCharacters)) }
        if let pattern = field.pattern { notes.append(say(.shellPattern, ["text": .text(pattern)])) }
        if let standard = field.defaultValue {
            notes.append(say(.shellDefaultNote, ["value": text(standard, of: field)]))
        }
        if case .reference(_, let rule) = field.type { notes.append(say(Self.word(for: rule))) }
        if let parent = field.dependsOn { notes.append(say(.shellDependsOn, ["field": .text(parent.rawValue)])) }
        var others: [String] = []
        for alias in field.aliases where !others.contains(alias) && alias != field.label.text(in: language) {
            others.append(alias)
        }
        if !others.isEmpty {
            notes.append(say(.shellAliases, ["names": .text(others.joined(separator: ", "))]))
        }
        if let options = catalog.dictionary(of: field)?.options.filter({ !$0.isRetired }) {
            let shown = options.prefix(Self.mostOptions).map { option in
                "\(option.value)=\(option.label.text(in: language))"
                    + (option.colour.isEmpty ? "" : " \(option.colour)")
            }
            let rest = options.count - shown.count
            notes.append(
                shown.joined(separator: "; ") + (rest > 0 ? say(.shellMoreOptions, ["count": .text(String(rest))]) : "")
            )
        }
        if let help = field.help?.text(in: language), !help.isEmpty { notes.append(help) }
        return notes.joined(separator: say(.shellListSeparator))
    }

    private func text(_ standard: DefaultValue, of field: FieldDefinition) -> Message.Argument {
        switch standard {
        case .value(.text(let value)):
            .text(catalog.dictionary(of: field)?.option(value)?.label.text(in: language) ?? value)
        case .value(.boolean(let flag)): .text(String(flag))
        case .value(let value): .text(value.displayText)
        case .today: "today()"
        case .now: "now()"
        case .me: "me()"
        }
    }

    private static func word(for rule: FieldType.DeleteRule) -> MessageKey {
        switch rule {
        case .restrict: .shellDeleteRestrict
        case .clear: .shellDeleteClear
        case .cascade: .shellDeleteCascade
        }
    }
}

extension MessageKey {
    static let shellHiddenHintWide = MessageKey(
        "shell.hidden_hint_wide",
        zhCN: "；--wide 显示全部列",
        zhTW: "；--wide 顯示全部欄",
        en: "; --wide shows all columns"
    )
    static let shellDuplicateBlocks = MessageKey("shell.duplicate_blocks", zhCN: "拒绝", zhTW: "拒絕", en: "refused")
    static let shellDuplicateWarns = MessageKey("shell.duplicate_warns", zhCN: "提醒", zhTW: "提醒", en: "warned of")
    static let shellListLayout = MessageKey(
        "shell.list_layout",
        zhCN: "列表布局：{fields}；排序 {sort}",
        zhTW: "列表版面：{fields}；排序 {sort}",
        en: "List layout: {fields}; sorted by {sort}"
    )
    static let shellDetailLayout = MessageKey(
        "shell.detail_layout",
        zhCN: "详情布局 {section}：{fields}",
        zhTW: "詳情版面 {section}：{fields}",
        en: "Detail layout {section}: {fields}"
    )
    static let shellPattern = MessageKey(
        "shell.pattern",
        zhCN: "格式 {text}",
        zhTW: "格式 {text}",
        en: "pattern {text}"
    )
    static let shellDefaultNote = MessageKey(
        "shell.default_note",
        zhCN: "默认 {value}",
        zhTW: "預設 {value}",
        en: "default {value}"
    )
    static let shellDependsOn = MessageKey(
        "shell.depends_on",
        zhCN: "取决于 {field}",
        zhTW: "取決於 {field}",
        en: "depends on {field}"
    )
    static let shellAliases = MessageKey(
        "shell.aliases",
        zhCN: "也叫 {names}",
        zhTW: "也叫 {names}",
        en: "also called {names}"
    )
    static let shellMoreOptions = MessageKey(
        "shell.more_options",
        zhCN: " …还有 {count} 个（--json 列出全部）",
        zhTW: " …還有 {count} 個（--json 列出全部）",
        en: " … and {count} more (--json lists all)"
    )
    static let shellDeleteRestrict = MessageKey(
        "shell.delete_restrict",
        zhCN: "被引用的记录不能删除",
        zhTW: "被參照的記錄不能刪除",
        en: "what it refers to cannot be deleted"
    )
    static let shellDeleteClear = MessageKey(
        "shell.delete_clear",
        zhCN: "被引用的记录删除时清空",
        zhTW: "被參照的記錄刪除時清空",
        en: "emptied when what it refers to is deleted"
    )
    static let shellDeleteCascade = MessageKey(
        "shell.delete_cascade",
        zhCN: "随被引用的记录一起删除",
        zhTW: "隨被參照的記錄一起刪除",
        en: "deleted together with what it refers to"
    )
}
