import CRMPlatform
import Foundation

/// What to import and how.
struct ImportRequest: Sendable {
    /// The object by name or label.
    var object: String
    /// The file with the rows.
    var file: String
    /// The file that says which column goes into which field, nil for the headings as they are.
    var map: String?
    /// The sheet of a workbook, nil for the first one that is shown.
    var sheet: String?
    /// Whether to save nothing.
    var isDryRun = false
    /// Where to write the rows that were not taken, nil for nowhere.
    var errors: String?
    /// Whether that file may replace any other.
    var force = false
    /// The first row to take, 1 for the first data row.
    var fromRow = 1
    /// The row or line of the headings, 1 for the first one.
    var headerRow = 1
    /// Whether records may be put into any stage.
    var takesAnyStage = false
}

extension ShellSession {
    /// Imports rows of a file.
    ///
    /// - Throws: `PlatformError` `validationFailed` when rows were rejected; the good ones are saved all the same.
    func importRecords(_ request: ImportRequest) throws {
        let object = try object(request.object).name
        var options = FileImport()
        options.mapFile = request.map
        options.sheet = request.sheet
        options.isDryRun = request.isDryRun
        options.errorFile = request.errors
        options.overwritesErrorFile = request.force
        options.fromRow = request.fromRow
        options.headerRow = request.headerRow
        options.takesAnyStage = request.takesAnyStage
        options.language = language
        let meter = ProgressMeter(console: console, language: language)
        let summary = try platform.importRecords(
            object: object,
            file: request.file,
            options: options,
            as: principal,
            progress: { meter.show($0) }
        )
        meter.finish()
        if isJSON {
            console.json(bytes: summary.json(in: language))
        } else {
            console.line(summary.text(in: language, hasWarnings: false))
            // What was left out must be seen where the counts go elsewhere.
            for warning in summary.warnings {
                let text = say(.shellWarning, ["text": .text(warning.text(in: language))])
                console.complain(DisplayWidth.escapingControls(text))
            }
        }
        if let failure = summary.errorFileFailure { throw failure }
        if summary.stoppedBeforeRow != nil {
            throw PlatformError(.cancelled, Message(.shellInterrupted))
        }
        if summary.failed > 0 {
            // The error file has the duplicates too.
            let told = request.errors == nil ? summary.failed : summary.failed + summary.duplicates
            let count = Message.Argument.text(String(told))
            throw PlatformError(
                .validationFailed,
                request.errors.map { Message(.shellImportRejectedTo, ["count": count, "file": .text($0)]) }
                    ?? Message(.shellImportRejected, ["count": count])
            )
        }
    }

    /// Exports records to a file or standard output.
    ///
    /// - Throws: `PlatformError` `invalidInput` when the form of the file is not clear or a field is not there.
    func exportRecords(_ request: FindRequest, to target: ExportTarget) throws {
        let object = try object(request.object)
        let format = try target.form(isJSON: isJSON)
        let query = try query(request, object)
        try warnOfNobody(request.expression, object.name)
        let fields = try request.fields.map { _ in try columns(request.fields, of: object).map(\.name) }
        let style: Exporter.Style = target.hasLabels ? .people : .exact
        guard let path = target.file.path else {
            let isText = format == .json || format == .jsonLines
            _ = try platform.exportRecords(
                query: query,
                to: format,
                fields: fields,
                style: style,
                as: principal,
                language: language,
                sink: { [console] in console.write(isText ? Console.terminalSafe($0) : $0) }
            )
            return
        }
        let file = try OutputFile(path, overwriting: target.file.overwriting, reading: [platform.path])
        let count = try platform.exportRecords(
            query: query,
            to: format,
            fields: fields,
            style: style,
            as: principal,
            language: language,
            sink: { try file.write($0) }
        )
        try file.publish()
        if isJSON {
            console.json(["records": .count(count), "file": .string(path)])
        } else {
            report(.shellExported, ["count": .text(String(count)), "file": .text(path)])
        }
    }
}

/// Where an export goes, and in which form.
struct ExportTarget {
    /// The file, or standard output.
    var file: OutputTarget
    /// The form by its name; nil for what the ending of the file says.
    var format: String?
    /// Whether the file is for people: labels and titles instead of names and codes.
    var hasLabels = false

    private static let forms: [(name: String, form: ExportFormat)] = [
        ("csv", .csv(bom: true)), ("xlsx", .xlsx), ("json", .json), ("jsonl", .jsonLines),
    ]

    /// The form of the file.
    ///
    /// - Throws: `PlatformError` `invalidInput` when there is no such form, when the ending of the name is not one of
    ///   those that are, or when both are given and differ.
    func form(isJSON: Bool) throws(PlatformError) -> ExportFormat {
        let file = file.path
        let ending = file.flatMap { ExportFormat(path: $0) }
        if let format {
            guard let known = Self.forms.first(where: { $0.name == format.lowercased() })?.form else {
                throw PlatformError(.invalidInput, Message(.shellFormat, ["text": .text(format)]))
            }
            if let file, let ending, ending != known {
                throw PlatformError(
                    .invalidInput,
                    Message(.shellFormatAgainstName, ["file": .text(file), "format": .text(format)])
                )
            }
            return known
        }
        guard let file else { return isJSON ? .json : .csv(bom: true) }
        if let ending { return ending }
        try OutputPlace.refuseDevice(file)
        throw PlatformError(.invalidInput, Message(.shellExportEnding, ["file": .text(file)]))
    }
}

extension MessageKey {
    static let shellExportEnding = MessageKey(
        "shell.export_ending",
        zhCN: "不知道「{file}」该写成什么格式；文件名请以 .csv、.xlsx、.json 或 .jsonl 结尾，或用 --format 说明",
        zhTW: "不知道「{file}」該寫成什麼格式；檔案名稱請以 .csv、.xlsx、.json 或 .jsonl 結尾，或用 --format 說明",
        en: "The form of \"{file}\" is not clear; end its name in .csv, .xlsx, .json or .jsonl, or give --format"
    )
    static let shellFormatAgainstName = MessageKey(
        "shell.format_against_name",
        zhCN: "--format {format} 与文件名「{file}」的结尾不一致",
        zhTW: "--format {format} 與檔案名稱「{file}」的結尾不一致",
        en: "--format {format} does not fit the ending of \"{file}\""
    )
    static let helpExportOutput = MessageKey(
        "shell.help_export_output",
        zhCN: "写到这个文件（.csv、.xlsx、.json 或 .jsonl），默认及 - 为标准输出",
        zhTW: "寫到這個檔案（.csv、.xlsx、.json 或 .jsonl），預設及 - 為標準輸出",
        en: "Write to this file (.csv, .xlsx, .json or .jsonl); standard output is the default, and -"
    )
    static let helpHeaderRow = MessageKey(
        "shell.help_header_row",
        zhCN: "表头所在的行（CSV 为行号），上面的标题行不看",
        zhTW: "表頭所在的列（CSV 為行號），上面的標題列不看",
        en: "The row of the headings (in CSV the line); what stands above them is not looked at"
    )
    static let helpAnyStage = MessageKey(
        "shell.help_any_stage",
        zhCN: "接收以往的单据：记录可以直接处于任何阶段，不问前后次序和放行条件；历史里会注明",
        zhTW: "接收以往的單據：記錄可以直接處於任何階段，不問前後次序和放行條件；歷史裡會註明",
        en:
            "Take over documents of the past: records may be in any stage, whatever order and gates say; the history tells it"
    )
    static let helpLabels = MessageKey(
        "shell.help_labels",
        zhCN: "给人看的：字段和选项写名称，引用写标题，时间按公司时区",
        zhTW: "給人看的：欄位和選項寫名稱，參照寫標題，時間按公司時區",
        en: "For people: labels of fields and options, titles of references, moments in the company's time zone"
    )
}
