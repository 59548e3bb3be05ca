import CRMModel
import CRMOutput
import CRMScripting
import LuaBridge

import struct Foundation.TimeZone

/// Reads what the `run` of a report or command returns.
struct ReportReader {
    let name: String
    let title: LocalizedText
    let plugin: PluginID
    let timeZone: TimeZone

    /// What a command returned: nothing, a text, or a table as reports return it.
    func readResult(_ value: LuaValue) throws(PlatformError) -> CommandResult {
        switch value {
        case .nil: return .nothing
        case .string, .integer, .number: return .text(LocalizedText(Definition.text(value) ?? ""))
        case .table where value["columns"] != nil: return .table(try read(value))
        default:
            guard let text = ScriptErrors.text(of: value["text"] ?? value) else {
                throw PlatformError(
                    .hookFailed,
                    Message(.scriptCommandResult, ["command": .text(name)]),
                    context: ErrorContext(plugin: plugin)
                )
            }
            return .text(text)
        }
    }

    /// The table that a report returned.
    func read(_ table: LuaValue) throws(PlatformError) -> ReportResult {
        guard case .table = table, let columnList = table["columns"] else {
            throw wrong("columns", .reportNeedsColumns)
        }
        var columns: [ReportResult.Column] = []
        for item in Self.items(columnList) ?? [] {
            guard case .string(let name)? = item["name"] else {
                throw wrong("columns[\(columns.count + 1)].name", .reportNeedsName)
            }
            var type = ReportResult.ColumnType.text
            if case .string(let text)? = item["type"] {
                guard let known = ReportResult.ColumnType(rawValue: text) else {
                    throw wrong(
                        "columns[\(columns.count + 1)].type = \(text)",
                        .reportOneOf,
                        ReportResult.ColumnType.allCases.map(\.rawValue),
                        given: text
                    )
                }
                type = known
            }
            columns.append(
                ReportResult.Column(
                    name: name,
                    label: item["label"].flatMap { ScriptErrors.text(of: $0) } ?? LocalizedText(name),
                    type: type,
                    hasTotal: item["total"] == .boolean(true)
                )
            )
        }
        var rows: [[Value]] = []
        let items = Self.items(table["rows"] ?? .nil) ?? []
        for (index, row) in items.enumerated() { rows.append(try self.row(row, columns, index + 1)) }
        try refuseMistakes(items, columns)
        var result = try ReportResult(
            title: try text(table, "title") ?? title,
            text: try text(table, "text"),
            columns: columns,
            rows: rows,
            chart: try chart(table["chart"]),
            notes: notes(table["notes"])
        )
        result.timeZone = timeZone
        return result
    }

    private static func items(_ value: LuaValue) -> [LuaValue]? {
        switch value {
        case .array(let items): items
        case .table(let pairs) where pairs.isEmpty: []
        default: nil
        }
    }

    /// A row: a list in the order of the columns, or a table by their names.
    private func row(
        _ value: LuaValue,
        _ columns: [ReportResult.Column],
        _ number: Int
    ) throws(PlatformError) -> [Value] {
        var values: [Value] = []
        for (index, column) in columns.enumerated() {
            var cell: LuaValue = .nil
            if case .array(let cells) = value {
                guard cells.count <= columns.count else {
                    throw wrong("rows[\(number)][\(columns.count + 1)]", .reportCellsTooMany)
                }
                cell = index < cells.count ? cells[index] : .nil
            } else if case .table(let pairs) = value {
                cell =
                    value[column.name]
                    ?? pairs.first { $0.key == .integer(Int64(index + 1)) }?.value ?? .nil
            }
            guard let typed = Self.typed(cell, column.type) else {
                throw wrong(
                    "rows[\(number)].\(column.name) = \(Self.shown(cell))",
                    Self.expectation(of: column.type)
                )
            }
            values.append(typed)
        }
        return values
    }

    /// Refuses rows by name with a slip of the pen: a key that is nearly the name of a column which no row gives.
    private func refuseMistakes(_ rows: [LuaValue], _ columns: [ReportResult.Column]) throws(PlatformError) {
        var missing = Set(columns.map(\.name))
        var strange: [(row: Int, key: String)] = []
        for (index, row) in rows.enumerated() {
            guard case .table(let pairs) = row else { continue }
            for (key, _) in pairs {
                guard case .string(let name) = key else { continue }
                let isKnown = missing.remove(name) != nil || columns.contains { $0.name == name }
                if !isKnown, strange.count < 20, !strange.contains(where: { $0.key == name }) {
                    strange.append((index + 1, name))
                }
            }
        }
        for (row, key) in strange where Suggestion.nearest(to: key, among: missing) != nil {
            throw wrong("rows[\(row)].\(key)", .reportOneOf, columns.map(\.name).filter(missing.contains), given: key)
        }
    }

    private static func typed(_ value: LuaValue, _ type: ReportResult.ColumnType) -> Value? {
        switch (type, value) {
        case (_, .nil): return .null
        case (.text, .string(let text)): return .text(text)
        case (.text, _): return Definition.text(value).map { .text($0) }
        case (.integer, .integer(let number)): return .integer(number)
        case (.date, .string(let text)): return CalendarDate(iso: text).map { .date($0) }
        case (_, .integer(let number)): return .decimal(FixedDecimal(number))
        case (_, .number(let number)): return FixedDecimal(exactly: number).map { .decimal($0) }
        case (_, .string(let text)): return FixedDecimal(text).map { .decimal($0) }
        default: return nil
        }
    }

    private func chart(_ value: LuaValue?) throws(PlatformError) -> ReportResult.Chart? {
        guard let value, value != .nil else { return nil }
        var kind = ReportResult.Chart.Kind.bar
        if case .string(let text)? = value["kind"] {
            guard let known = ReportResult.Chart.Kind(rawValue: text) else {
                throw wrong(
                    "chart.kind = \(text)",
                    .reportOneOf,
                    ReportResult.Chart.Kind.allCases.map(\.rawValue),
                    given: text
                )
            }
            kind = known
        }
        guard case .string(let label)? = value["label"] else { throw wrong("chart.label", .reportNeedsColumnName) }
        switch value["value"] ?? value["values"] {
        case .string(let column)?: return ReportResult.Chart(kind: kind, labelColumn: label, valueColumns: [column])
        case .array(let items)?:
            let names = items.compactMap(Definition.text)
            return ReportResult.Chart(kind: kind, labelColumn: label, valueColumns: names)
        default: throw wrong("chart.value", .reportNeedsColumnNames)
        }
    }

    private func text(_ table: LuaValue, _ member: String) throws(PlatformError) -> LocalizedText? {
        guard let value = table[member], value != .nil else { return nil }
        guard let text = ScriptErrors.text(of: value) else { throw wrong(member, .reportNeedsText) }
        return text
    }

    private func notes(_ value: LuaValue?) -> [LocalizedText] {
        guard let value, value != .nil else { return [] }
        if let text = ScriptErrors.text(of: value) { return [text] }
        return (Self.items(value) ?? []).compactMap { ScriptErrors.text(of: $0) }
    }

    /// What a cell holds, as it would be written in Lua, cut when it is long.
    private static func shown(_ value: LuaValue) -> String {
        switch value {
        case .string(let text): "\"\(text.prefix(40))\""
        case .table, .array: "{…}"
        case .boolean(let flag): String(flag)
        default: Definition.text(value) ?? "?"
        }
    }

    private static func expectation(of type: ReportResult.ColumnType) -> MessageKey {
        switch type {
        case .text: .reportNeedsText
        case .integer: .reportNeedsInteger
        case .date: .reportNeedsDate
        case .decimal, .currency, .percent: .reportNeedsNumber
        }
    }

    private func wrong(
        _ place: String,
        _ expected: MessageKey,
        _ known: [String] = [],
        given: String = ""
    ) -> PlatformError {
        let near = known.isEmpty ? nil : Suggestion.nearest(to: given, among: known)
        return PlatformError(
            .hookFailed,
            Message(
                .scriptReportShape,
                [
                    "report": .text(name), "place": .text(place),
                    "expected": .message(
                        Message(
                            expected,
                            [
                                "known": .text(known.joined(separator: ", ")),
                                "hint": near.map { .message(Message(.reportNear, ["name": .text($0)])) } ?? "",
                            ]
                        )
                    ),
                ]
            ),
            context: ErrorContext(plugin: plugin)
        )
    }
}

extension MessageKey {
    static let scriptCommandResult = MessageKey(
        "script.command_result",
        zhCN: "命令「{command}」返回的内容不能显示，什么都没有保存；请返回文本，或带 columns 和 rows 的表",
        zhTW: "命令「{command}」傳回的內容不能顯示，什麼都沒有儲存；請傳回文字，或帶 columns 和 rows 的表",
        en:
            "what the command \"{command}\" returned cannot be shown, and nothing was kept; return a text, or a table with columns and rows"
    )
    static let scriptReportShape = MessageKey(
        "script.report_shape",
        zhCN: "报表「{report}」返回的表有误：{place}；{expected}",
        zhTW: "報表「{report}」傳回的表有誤：{place}；{expected}",
        en: "the table that the report \"{report}\" returned is wrong at {place}: {expected}"
    )
    static let reportOneOf = MessageKey(
        "script.report_one_of",
        zhCN: "可用：{known}{hint}",
        zhTW: "可用：{known}{hint}",
        en: "it may be {known}{hint}"
    )
    static let reportNear = MessageKey(
        "script.report_near",
        zhCN: "，是否想写 {name}？",
        zhTW: "，是否想寫 {name}？",
        en: "; did you mean {name}?"
    )
    static let reportCellsTooMany = MessageKey(
        "script.report_cells_too_many",
        zhCN: "此行的值比列多",
        zhTW: "此列的值比欄多",
        en: "the row has more values than there are columns"
    )
    static let reportNeedsColumns = MessageKey(
        "script.report_needs_columns",
        zhCN: "应为列的列表，每列有 name",
        zhTW: "應為欄的清單，每欄有 name",
        en: "it must be a list of columns, each with a name"
    )
    static let reportNeedsName = MessageKey(
        "script.report_needs_name",
        zhCN: "每列都要有名称",
        zhTW: "每欄都要有名稱",
        en: "each column must have a name"
    )
    static let reportNeedsText = MessageKey(
        "script.report_needs_text",
        zhCN: "应为文本",
        zhTW: "應為文字",
        en: "it must be a text"
    )
    static let reportNeedsInteger = MessageKey(
        "script.report_needs_integer",
        zhCN: "应为整数，或省略",
        zhTW: "應為整數，或省略",
        en: "it must be a whole number, or be left out"
    )
    static let reportNeedsNumber = MessageKey(
        "script.report_needs_number",
        zhCN: "应为整数或 crm.decimal 的值，或省略",
        zhTW: "應為整數或 crm.decimal 的值，或省略",
        en: "it must be a whole number or a crm.decimal, or be left out"
    )
    static let reportNeedsDate = MessageKey(
        "script.report_needs_date",
        zhCN: "应为日期，如 2026-11-30，或省略",
        zhTW: "應為日期，如 2026-11-30，或省略",
        en: "it must be a day such as 2026-11-30, or be left out"
    )
    static let reportNeedsColumnName = MessageKey(
        "script.report_needs_column_name",
        zhCN: "应为一列的名称",
        zhTW: "應為一欄的名稱",
        en: "it must be the name of a column"
    )
    static let reportNeedsColumnNames = MessageKey(
        "script.report_needs_column_names",
        zhCN: "应为一列的名称，或列名的列表",
        zhTW: "應為一欄的名稱，或欄名的清單",
        en: "it must be the name of a column or a list of such names"
    )
}
