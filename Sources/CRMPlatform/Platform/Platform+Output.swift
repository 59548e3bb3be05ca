public import CRMModel
public import CRMOutput
public import CRMRecords
public import CRMScripting
import Foundation

/// A report that can be run.
public struct ReportInfo: Sendable {
    /// The name.
    public let name: ElementName
    /// The title.
    public let title: LocalizedText
    /// The plugin that offers it.
    public let plugin: PluginID?
    /// The parameters.
    public let parameters: [ParameterInfo]
}

/// A print template.
public struct PrintTemplateInfo: Sendable {
    /// The name.
    public let name: ElementName
    /// The title.
    public let title: LocalizedText
    /// The object whose records it prints.
    public let object: ObjectName
    /// The languages it is there in.
    public let languages: [Language]
}

/// A command that a plugin offers.
public struct CommandInfo: Sendable {
    /// The name.
    public let name: ElementName
    /// The title.
    public let title: LocalizedText
    /// The plugin that offers it.
    public let plugin: PluginID?
    /// The parameters.
    public let parameters: [ParameterInfo]
}

/// What to import from a file, and how.
public struct FileImport: Sendable {
    /// The mapping file, nil for the headings as they are.
    public var mapFile: String?
    /// Whether to save nothing.
    public var isDryRun = false
    /// Where rows that were not taken are written, nil for nowhere.
    public var errorFile: String?
    /// The first row to take, 1 for the first row of data.
    public var fromRow = 1
    /// The language of the error file.
    public var language: Language = .zhCN

    /// The usual import.
    public init() {}
}

/// The form of an export.
public enum ExportFormat: Sendable, Hashable {
    /// Comma-separated values, with a byte order mark for spreadsheets or without.
    case csv(bom: Bool)
    /// One JSON array.
    case json
}

extension Platform {
    private func list<T: Sendable>(
        _ offers: @Sendable (Company) throws(PlatformError) -> [ScriptOffer],
        _ make: (ScriptOffer) -> T?
    ) -> [T] {
        // Plugins that do not start offer nothing; `plugins` and `check` say why.
        ((try? worker.run { company throws(PlatformError) in try offers(company) }) ?? []).compactMap(make)
    }

    /// The reports that plugins offer.
    public var reports: [ReportInfo] {
        list({ company throws(PlatformError) in try company.reports() }) {
            ReportInfo(name: $0.name, title: $0.title, plugin: $0.plugin, parameters: $0.parameters)
        }
    }

    /// The print templates that plugins offer.
    public var printTemplates: [PrintTemplateInfo] {
        list({ company throws(PlatformError) in try company.templates() }) { offer in
            offer.object.map {
                PrintTemplateInfo(name: offer.name, title: offer.title, object: $0, languages: offer.languages)
            }
        }
    }

    /// The commands that plugins offer.
    public var commands: [CommandInfo] {
        list({ company throws(PlatformError) in try company.commands() }) {
            CommandInfo(name: $0.name, title: $0.title, plugin: $0.plugin, parameters: $0.parameters)
        }
    }

    /// Runs a report.
    ///
    /// - Throws: `notFound` with the reports that are there; `invalidInput` for parameters; what the plugin throws.
    public func runReport(
        _ name: String,
        parameters: ParameterInput = [:],
        as principal: Principal
    ) throws(PlatformError) -> ReportResult {
        try worker.run { company throws(PlatformError) in
            try company.runReport(name, parameters: parameters, as: principal)
        }
    }

    /// Prints a record as a page of HTML.
    ///
    /// - Throws: `notFound`; `invalidPlugin` when the template is wrong; what the plugin throws.
    public func printRecord(
        template: String,
        record: RecordID,
        language: Language,
        as principal: Principal
    ) throws(PlatformError) -> String {
        try worker.run { company throws(PlatformError) in
            try company.printRecord(template: template, record: record, language: language, as: principal).html
        }
    }

    /// Runs a command of a plugin in one transaction.
    ///
    /// - Parameters:
    ///   - name: The command.
    ///   - parameters: What is given for its parameters, by name or in their order.
    ///   - principal: Who runs it.
    ///   - output: Takes the lines that it prints, while it runs.
    /// - Returns: What it returned, once its changes are kept.
    /// - Throws: as ``runReport(_:parameters:as:)``.
    @discardableResult
    public func runCommand(
        _ name: String,
        parameters: ParameterInput = [:],
        as principal: Principal,
        output: @escaping @Sendable (String) -> Void
    ) throws(PlatformError) -> CommandResult {
        try worker.run { company throws(PlatformError) in
            try company.runCommand(name, parameters: parameters, as: principal, output: output)
        }
    }

    // MARK: - Import and export

    /// Imports a CSV file: rows that are wrong or there already are told and not taken, the others are kept.
    ///
    /// - Throws: `invalidInput` when file or mapping cannot be used at all; `busy`, `storage`.
    public func importRecords(
        object: ObjectName,
        file: String,
        options request: FileImport = FileImport(),
        as principal: Principal,
        progress: (@Sendable (ImportProgress) -> Void)? = nil
    ) throws(PlatformError) -> ImportSummary {
        guard FileManager.default.fileExists(atPath: file) else {
            throw PlatformError(.notFound, Message(.scriptNoFile, ["file": .text(file)]))
        }
        var mapping = ImportMapping()
        if let path = request.mapFile {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw PlatformError(.notFound, Message(.importNoMap, ["file": .text(path)]))
            }
            mapping = try ImportMapping(json: [UInt8](data))
        }
        var options = ImportOptions()
        options.isDryRun = request.isDryRun
        options.firstRow = request.fromRow
        options.progress = progress
        options.isCancelled = { [imports] in imports.isRequested }
        let errors = request.errorFile.map { ErrorFile(path: $0) }
        options.errorFile = errors.map { file in { try file.write($0) } }
        var importer = try Importer(object: catalog.object(object), path: file, mapping: mapping, options: options)
        let target = WorkerTarget(platform: self, principal: principal)
        imports.begin()
        defer {
            imports.end()
            errors?.close()
        }
        return try importer.run(into: target, language: request.language)
    }

    /// Imports bytes, for demonstration data.
    func importBytes(
        _ bytes: [UInt8],
        into object: ObjectName,
        _ progress: @escaping @Sendable (Int, Int?) -> Void
    ) throws(PlatformError) -> ImportSummary {
        var options = ImportOptions()
        options.progress = { progress($0.rows, nil) }
        var importer = try Importer(object: catalog.object(object), bytes: bytes, options: options)
        return try importer.run(into: WorkerTarget(platform: self, principal: .administrator))
    }

    /// Writes the records of a query and says how many they were.
    ///
    /// - Throws: `invalidInput` when the query is wrong; `storage`, also when `sink` fails.
    public func exportRecords(
        query: Query,
        to format: ExportFormat,
        as principal: Principal,
        language: Language,
        sink: @Sendable ([UInt8]) throws -> Void
    ) throws(PlatformError) -> Int {
        try worker.run { company throws(PlatformError) in
            try company.read(as: principal) { session throws(PlatformError) in
                let formatter = ValueFormatter(
                    catalog: session.catalog,
                    language: language,
                    timeZone: session.timeZone
                )
                let exporter = try Exporter(
                    object: session.catalog.object(query.object),
                    style: .exact,
                    formatter: formatter
                )
                let form: Exporter.Format =
                    switch format {
                    case .csv(let bom): .csv(byteOrderMark: bom)
                    case .json: .json
                    }
                do {
                    return try exporter.run(query, as: form, limit: nil, in: session, sink: sink)
                } catch let error as PlatformError {
                    throw error
                } catch {
                    throw PlatformError(.storage, Message(.exportSink), cause: error)
                }
            }
        }
    }

    /// Looks the whole file over.
    ///
    /// - Throws: `busy`, `storage`.
    public func check() throws(PlatformError) -> [CheckFinding] {
        try worker.run { company throws(PlatformError) in try company.check() }
    }
}

/// Gives an import its transactions.
private struct WorkerTarget: ImportTarget {
    let platform: Platform
    let principal: Principal

    func batch(_ body: (RecordSession) throws(PlatformError) -> Void) throws(PlatformError) {
        try platform.worker.run { company throws(PlatformError) in
            try company.write(as: principal, origin: .import, body)
        }
    }
}

/// The file of rows that were not taken; made with the first of them.
private final class ErrorFile {
    private let path: String
    private var handle: FileHandle?

    init(path: String) {
        self.path = path
    }

    func write(_ bytes: [UInt8]) throws {
        if handle == nil {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            handle = FileHandle(forWritingAtPath: path)
        }
        guard let handle else {
            throw PlatformError(.storage, Message(.importNoErrorFile, ["file": .text(path)]))
        }
        try handle.write(contentsOf: Data(bytes))
    }

    func close() {
        // Everything was written already; a close that fails loses nothing.
        try? handle?.close()
    }
}

extension MessageKey {
    static let importNoMap = MessageKey(
        "import.no_map",
        zhCN: "找不到映射文件「{file}」",
        zhTW: "找不到對應檔案「{file}」",
        en: "There is no mapping file \"{file}\""
    )
    static let importNoErrorFile = MessageKey(
        "import.no_error_file",
        zhCN: "无法写入错误文件「{file}」",
        zhTW: "無法寫入錯誤檔案「{file}」",
        en: "The error file \"{file}\" cannot be written"
    )
    static let exportSink = MessageKey(
        "export.sink",
        zhCN: "导出内容无法写出",
        zhTW: "匯出內容無法寫出",
        en: "What was exported could not be written"
    )
}
