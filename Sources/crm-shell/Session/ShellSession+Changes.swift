import CRMPlatform

extension ShellSession {
    /// Writes changes of records.
    func show(_ changes: [RecordChange]) throws {
        if isJSON {
            let values = changes.map { change -> JSONValue in
                [
                    "record": .string(change.record.description), "action": .string(change.action),
                    "fields": .list(change.fields) { json($0, of: change.record.object) },
                ]
            }
            return console.json(["changes": .array(values)])
        }
        guard !changes.isEmpty else { return report(.shellNoChanges) }
        let words = try words(for: changes.map { ($0.record, $0.fields) })
        let rows = changes.flatMap { change in
            lines(
                head: [name(change.record, words), action(change.action)],
                change.fields,
                of: change.record.object,
                words
            )
        }
        console.write(changeTable([(.shellColumnRecord, .wrap), (.shellColumnAction, .whole)], rows))
    }

    /// Writes who has written a record, when, through which door, and what was changed.
    ///
    /// - Throws: `PlatformError` `notFound` when there is and was no such record.
    func history(_ text: String, as form: RecordForm = .table) throws {
        let id = try record(text)
        let entries = try platform.read(unit) { session in
            try session.history(of: id)
        }
        guard !entries.isEmpty else {
            throw PlatformError(
                .notFound,
                Message(.shellNoRecord, ["record": .text(id.description)]),
                context: ErrorContext(object: id.object, record: id.number)
            )
        }
        if isJSON {
            let values = entries.map { entry -> JSONValue in
                [
                    "at": .string(entry.at.description), "user": .integer(entry.userID),
                    "origin": .string(entry.origin),
                    "origin_detail": .text(entry.originDetail.isEmpty ? nil : entry.originDetail),
                    "reason": .text(entry.reason.isEmpty ? nil : entry.reason), "action": .string(entry.action),
                    "changes": .list(entry.changes) { json($0, of: entry.record.object) },
                ]
            }
            let title = try platform.read(unit) { session in
                try session.lastTitle(of: id)
            }
            return console.json([
                "record": .string(id.description), "title": title.map { .string($0) } ?? .null,
                "entries": .array(values),
            ])
        }
        let words = try words(for: entries.map { ($0.record, $0.changes) })
        console.line(DisplayWidth.escapingControls(name(id, words)))
        let heads = entries.map { entry in
            [
                entry.at.text(in: words.formatter.timeZone), words.user(entry.userID), origin(of: entry),
                action(entry.action),
            ]
        }
        let rows = zip(entries, heads).map { entry, head in
            lines(head: head, entry.changes, of: entry.record.object, words)
        }
        var table = historyTable()
        table.rows = rows.flatMap { $0 }
        let whole = table.rendered()
        let isTooWide = width.map { width in
            whole.split(separator: "\n").contains { DisplayWidth.columns(of: String($0)) > width }
        }
        if form == .blocks || form == .table && isTooWide == true {
            // What was changed and to what is shown in any case; the rest stands above it.
            for (head, lines) in zip(heads, rows) {
                console.line(DisplayWidth.escapingControls(head.joined(separator: "  ")))
                let changes = lines.map { Array($0.dropFirst(head.count)) }.filter { !$0.allSatisfy(\.isEmpty) }
                if !changes.isEmpty { console.write(changeTable([], changes)) }
            }
        } else {
            console.write(whole)
        }
    }

    private func historyTable() -> TextTable {
        let heads: [MessageKey] = [
            .shellColumnTime, .shellColumnUser, .shellColumnOrigin, .shellColumnAction, .shellColumnField,
            .shellColumnOld, .shellColumnNew,
        ]
        return TextTable(columns: heads.map { TextTable.Column(say($0), fit: .whole) }, language: language)
    }

    /// The door of an entry in words, with what is known beside it.
    private func origin(of entry: HistoryEntry) -> String {
        let detail = entry.originDetail.replacing("any-stage", with: say(.shellAnyStage))
        let known = [detail, entry.reason].filter { !$0.isEmpty }.joined(separator: "; ")
        return known.isEmpty ? origin(entry.origin) : "\(origin(entry.origin)) (\(known))"
    }

    // MARK: - Words

    /// What puts values into words, with the titles of the records and of all that their changes refer to.
    private func words(for changes: [(record: RecordID, fields: [FieldChange])]) throws(PlatformError) -> FieldText {
        try platform.read(unit) { [language] session in
            var words = FieldText(
                formatter: ValueFormatter(catalog: session.catalog, language: language, timeZone: session.timeZone)
            )
            var wanted = Set(changes.map(\.record))
            for (record, fields) in changes {
                for change in fields {
                    guard let field = session.catalog.objects[record.object]?.field(change.field),
                        case .reference(let target, _) = field.type
                    else { continue }
                    let numbers = [change.old, change.new].compactMap(\.integerValue)
                    wanted.formUnion(numbers.map { RecordID(object: target, number: $0) })
                }
            }
            words.titles = try session.titles(of: wanted)
            for id in wanted where words.titles[id] == nil { words.titles[id] = try session.lastTitle(of: id) }
            return words
        }
    }

    private func name(_ id: RecordID, _ words: FieldText) -> String {
        guard let title = words.titles[id], title != id.description else { return id.description }
        return "\(id) \(title)"
    }

    private func lines(
        head: [String],
        _ changes: [FieldChange],
        of object: ObjectName,
        _ words: FieldText
    ) -> [[String]] {
        let definition = catalog.objects[object]
        guard !changes.isEmpty else { return [head + ["", "", ""]] }
        return changes.enumerated().map { index, change in
            let field = definition?.field(change.field)
            func text(_ value: Value) -> String { field.map { words.longText(value, of: $0) } ?? value.displayText }
            return (index == 0 ? head : head.map { _ in "" }) + [
                field?.label.text(in: language) ?? change.field.rawValue, text(change.old), text(change.new),
            ]
        }
    }

    private func changeTable(_ heads: [(MessageKey, TextTable.Fit)], _ rows: [[String]]) -> String {
        let columns: [(MessageKey, TextTable.Fit)] =
            heads + [(.shellColumnField, .wrap), (.shellColumnOld, .wrap), (.shellColumnNew, .wrap)]
        return table(fitting: columns, rows)
    }

    private func json(_ change: FieldChange, of object: ObjectName) -> JSONValue {
        [
            "field": .string(change.field.rawValue),
            "label": .text(catalog.objects[object]?.field(change.field)?.label.text(in: language)),
            "old": RecordRendering.json(change.old), "new": RecordRendering.json(change.new),
        ]
    }

    private func action(_ name: String) -> String {
        switch name {
        case "create": say(.shellActionCreate)
        case "update": say(.shellActionUpdate)
        case "delete": say(.shellActionDelete)
        default: name
        }
    }

    /// A door in words.
    func origin(_ name: String) -> String {
        // Entries of earlier versions do not say by which door a plugin came.
        guard let origin = Origin(name) else { return name == "plugin" ? say(.shellOriginPlugin) : name }
        let door =
            switch origin.door {
            case .shell: say(.shellOriginShell)
            case .library: say(.shellOriginLibrary)
            case .import: say(.shellOriginImport)
            case .install: say(.shellOriginInstall)
            }
        let hand: (MessageKey, String)? =
            switch origin.actor {
            case .person: nil
            case .script: (.shellActorScript, "")
            case .plugin(let id): (.shellActorPlugin, id.rawValue)
            case .rule(let name): (.shellActorRule, name.rawValue)
            case .job(let kind): (.shellActorJob, kind)
            }
        return hand.map { "\(door) › \(say($0.0, ["name": .text($0.1)]))" } ?? door
    }
}

extension MessageKey {
    static let helpHistory = MessageKey(
        "shell.help_history",
        zhCN: "显示一条记录的修改历史：谁、何时、从哪里、改了什么",
        zhTW: "顯示一筆記錄的修改歷史：誰、何時、從哪裡、改了什麼",
        en: "Show the history of a record: who, when, through which door, what was changed"
    )
    static let shellColumnTime = MessageKey("shell.column_time", zhCN: "时间", zhTW: "時間", en: "When")
    static let shellColumnUser = MessageKey("shell.column_user", zhCN: "操作人", zhTW: "操作人", en: "Who")
    static let shellColumnOrigin = MessageKey("shell.column_origin", zhCN: "来源", zhTW: "來源", en: "Through")
    static let shellActionCreate = MessageKey("shell.action_create", zhCN: "新建", zhTW: "新建", en: "created")
    static let shellActionUpdate = MessageKey("shell.action_update", zhCN: "修改", zhTW: "修改", en: "changed")
    static let shellActionDelete = MessageKey("shell.action_delete", zhCN: "删除", zhTW: "刪除", en: "deleted")
    static let shellUserSystem = MessageKey("shell.user_system", zhCN: "系统", zhTW: "系統", en: "system")
    static let shellUserAdministrator = MessageKey(
        "shell.user_administrator",
        zhCN: "管理员",
        zhTW: "管理員",
        en: "administrator"
    )
    static let shellOriginShell = MessageKey("shell.origin_shell", zhCN: "命令行", zhTW: "命令列", en: "shell")
    static let shellOriginLibrary = MessageKey("shell.origin_library", zhCN: "程序", zhTW: "程式", en: "library")
    static let shellOriginImport = MessageKey("shell.origin_import", zhCN: "导入", zhTW: "匯入", en: "import")
    static let shellOriginPlugin = MessageKey("shell.origin_plugin", zhCN: "插件", zhTW: "外掛", en: "plugin")
    static let shellActorScript = MessageKey("shell.actor_script", zhCN: "脚本", zhTW: "指令碼", en: "script")
    static let shellActorPlugin = MessageKey(
        "shell.actor_plugin",
        zhCN: "插件 {name}",
        zhTW: "外掛 {name}",
        en: "plugin {name}"
    )
    static let shellActorRule = MessageKey(
        "shell.actor_rule",
        zhCN: "规则 {name}",
        zhTW: "規則 {name}",
        en: "rule {name}"
    )
    static let shellActorJob = MessageKey("shell.actor_job", zhCN: "任务 {name}", zhTW: "工作 {name}", en: "job {name}")
    static let shellOriginInstall = MessageKey("shell.origin_install", zhCN: "安装", zhTW: "安裝", en: "installation")
}

extension MessageKey {
    static let shellAnyStage = MessageKey("shell.any_stage", zhCN: "不限阶段", zhTW: "不限階段", en: "any stage")
}
