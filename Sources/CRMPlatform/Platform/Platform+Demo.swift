import CRMModel
import CRMOutput
import CRMRuntime
import CRMScripting

extension Platform {
    /// How many refused rows of a demonstration file are named.
    private static let rowsNamed = 10

    /// Does the steps of a plugin's demonstration data, each in transactions of its own, and tells of each.
    ///
    /// - Throws: why the first step that fails does, or which of its rows are refused; the steps before it stay.
    func loadDemo(
        _ package: PluginPackage,
        today: CalendarDate,
        _ progress: (@Sendable (InstallProgress) -> Void)?,
        told: (Message) -> Void
    ) throws(PlatformError) {
        let manifest = package.manifest
        if manifest.demo.isEmpty { told(Message(.demoNone, ["plugin": .text(manifest.id.rawValue)])) }
        let dayShift = manifest.demoDay?.days(until: today) ?? 0
        for step in manifest.demo {
            do throws(PlatformError) {
                switch step {
                case .importFile(let demo): told(try load(demo, of: package, dayShift, progress))
                case .run(let file):
                    progress?(
                        InstallProgress(done: 0, total: nil, message: Message(.demoRunning, ["file": .text(file)]))
                    )
                    try lanes.run(.write) { workspace throws(PlatformError) in
                        try workspace.runDemo(file, of: package, dayShift: dayShift)
                    }
                    told(Message(.demoRan, ["file": .text(file)]))
                }
            } catch {
                let reason: [String: Message.Argument] = [
                    "plugin": .text(manifest.id.rawValue), "file": .text(step.file), "problem": .message(error.message),
                ]
                throw PlatformError(
                    error.code,
                    Message(.demoStopped, reason),
                    issues: error.issues,
                    context: error.context,
                    cause: error.cause,
                    traceback: error.traceback
                )
            }
        }
    }

    private func load(
        _ demo: PluginManifest.DemoImport,
        of package: PluginPackage,
        _ dayShift: Int,
        _ progress: (@Sendable (InstallProgress) -> Void)?
    ) throws(PlatformError) -> Message {
        let label = Message(.demoImporting, ["file": .text(demo.file)])
        let summary = try importDemo(demo, of: package, dayShift: dayShift) { rows, total in
            progress?(InstallProgress(done: rows, total: total, message: label))
        }
        guard summary.failed == 0 else { throw Self.refusal(summary) }
        return Message(
            .demoImported,
            [
                "file": .text(demo.file), "object": .label(summary.label), "rows": .text(String(summary.rows)),
                "created": .text(String(summary.created)), "duplicates": .text(String(summary.duplicates)),
                "failed": .text(String(summary.failed)),
            ]
        )
    }

    private static func refusal(_ summary: ImportSummary) -> PlatformError {
        let refused = summary.problems.filter { !$0.isDuplicate }.prefix(rowsNamed)
        var issues = refused.map { FieldIssue(field: nil, code: "demo_row", message: $0.message) }
        let rest = summary.failed - refused.count
        if rest > 0 {
            issues.append(
                FieldIssue(
                    field: nil,
                    code: "demo_row",
                    message: Message(.demoMoreRows, ["count": .text(String(rest))])
                )
            )
        }
        return PlatformError(
            .validationFailed,
            Message(
                .demoRefused,
                [
                    "object": .label(summary.label), "rows": .text(String(summary.rows)),
                    "created": .text(String(summary.created)), "failed": .text(String(summary.failed)),
                ]
            ),
            issues: issues,
            context: ErrorContext(object: summary.object)
        )
    }
}

extension PluginManifest.DemoStep {
    /// The file of the step.
    fileprivate var file: String {
        switch self {
        case .importFile(let demo): demo.file
        case .run(let file): file
        }
    }
}

extension MessageKey {
    static let demoImporting = MessageKey(
        "demo.importing",
        zhCN: "导入演示数据 {file}",
        zhTW: "匯入示範資料 {file}",
        en: "importing {file}"
    )
    static let demoImported = MessageKey(
        "demo.imported",
        zhCN: "演示数据 {file}：读取{object} {rows} 行，新建 {created}，重复 {duplicates}，失败 {failed}",
        zhTW: "示範資料 {file}：讀取{object} {rows} 列，新建 {created}，重複 {duplicates}，失敗 {failed}",
        en:
            "{file}: {rows} {rows|row|rows} of {object} read, {created} created, {duplicates} {duplicates|duplicate|duplicates}, {failed} failed"
    )
    static let demoRunning = MessageKey(
        "demo.running",
        zhCN: "运行 {file}",
        zhTW: "執行 {file}",
        en: "running {file}"
    )
    static let demoRan = MessageKey(
        "demo.ran",
        zhCN: "演示数据 {file}：完成",
        zhTW: "示範資料 {file}：完成",
        en: "{file}: done"
    )
    static let demoPluginOff = MessageKey(
        "demo.plugin_off",
        zhCN: "插件「{plugin}」已停用，不能载入它的演示数据，没有任何改动。请先启用：plugin enable 文件 {plugin}",
        zhTW: "外掛「{plugin}」已停用，不能載入它的示範資料，沒有任何變更。請先啟用：plugin enable 檔案 {plugin}",
        en: "the plugin \"{plugin}\" is switched off, so its demonstration data cannot be made; nothing was changed. "
            + "Switch it on first: plugin enable FILE {plugin}"
    )
    static let demoNone = MessageKey(
        "demo.none",
        zhCN: "插件 {plugin} 没有演示数据",
        zhTW: "外掛 {plugin} 沒有示範資料",
        en: "The plugin {plugin} has no demonstration data"
    )
    static let demoStopped = MessageKey(
        "demo.stopped",
        zhCN: "插件 {plugin} 的演示数据在 {file} 处停下，这一步之后的都没有做：{problem}",
        zhTW: "外掛 {plugin} 的示範資料在 {file} 處停下，這一步之後的都沒有做：{problem}",
        en: "The demonstration data of {plugin} stopped at {file}, and nothing after it was done: {problem}"
    )
    static let demoRefused = MessageKey(
        "demo.refused",
        zhCN: "读取{object} {rows} 行，新建 {created}，有 {failed} 行没有通过：",
        zhTW: "讀取{object} {rows} 列，新建 {created}，有 {failed} 列沒有通過：",
        en: "of {rows} {rows|row|rows} of {object} {created} were created and {failed} refused:"
    )
    static let demoMoreRows = MessageKey(
        "demo.more_rows",
        zhCN: "另有 {count} 行",
        zhTW: "另有 {count} 列",
        en: "and {count} more rows"
    )
}
