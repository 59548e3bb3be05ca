public import CRMModel
public import CRMOutput
public import CRMRecords
public import CRMRuntime
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
    /// The name to call it by: ``name`` when only one plugin has it, else the full name, `sales.totals`, which is always right.
    public let callName: String
    /// The parameters.
    public let parameters: [ParameterInfo]
}

/// A print template.
public struct PrintTemplateInfo: Sendable {
    /// The name.
    public let name: ElementName
    /// The title.
    public let title: LocalizedText
    /// The plugin that offers it.
    public let plugin: PluginID
    /// The name to call it by, as of a report.
    public let callName: String
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
    /// The name to call it by, as of a report.
    public let callName: String
    /// The parameters.
    public let parameters: [ParameterInfo]
}

/// The form of an export.
public enum ExportFormat: Sendable, Hashable {
    /// Comma-separated values, with a byte order mark for spreadsheets or without.
    case csv(bom: Bool)
    /// One JSON array.
    case json
    /// One JSON object a line.
    case jsonLines
    /// A workbook.
    case xlsx

    /// The form that the ending of a file's name stands for: `.csv`, `.xlsx`, `.json` or `.jsonl`; nil for every other.
    public init?(path: String) {
        switch path.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased() {
        case "csv": self = .csv(bom: true)
        case "json": self = .json
        case "jsonl", "ndjson": self = .jsonLines
        case "xlsx": self = .xlsx
        default: return nil
        }
    }
}

extension CommandInfo {
    /// The plugin and the name, `sales.totals`.
    package var fullName: String { plugin.map { "\($0).\(name)" } ?? name.rawValue }
}

extension PrintTemplateInfo {
    fileprivate init?(_ offer: ScriptOffer) {
        guard let object = offer.object else { return nil }
        name = offer.name
        title = offer.title
        plugin = offer.plugin
        callName = offer.shortestName
        self.object = object
        languages = offer.languages
    }
}

extension Platform {
    /// The reports that plugins offer.
    ///
    /// - Throws: `hookFailed`, `limitExceeded`, `invalidPlugin` naming the plugin that does not start; `busy`, `storage`.
    public var reports: [ReportInfo] {
        get throws(PlatformError) {
            try lanes.offers().reports.map {
                ReportInfo(
                    name: $0.name,
                    title: $0.title,
                    plugin: $0.plugin,
                    callName: $0.shortestName,
                    parameters: $0.parameters
                )
            }
        }
    }

    /// The print templates that plugins offer.
    ///
    /// - Throws: `hookFailed`, `limitExceeded`, `invalidPlugin` naming the plugin that does not start; `busy`, `storage`.
    public var printTemplates: [PrintTemplateInfo] {
        get throws(PlatformError) {
            try lanes.offers().templates.compactMap(PrintTemplateInfo.init)
        }
    }

    /// The print template that people call so; nil when there is none.
    ///
    /// - Throws: `invalidInput` with the full names when there are several; as ``printTemplates``.
    package func printTemplate(calledByPeople name: String) throws(PlatformError) -> PrintTemplateInfo? {
        try lanes.offers().templates.offer(calledByPeople: name).flatMap(PrintTemplateInfo.init)
    }

    /// The commands that plugins offer.
    ///
    /// - Throws: `hookFailed`, `limitExceeded`, `invalidPlugin` naming the plugin that does not start; `busy`, `storage`.
    public var commands: [CommandInfo] {
        get throws(PlatformError) {
            try lanes.offers().commands.map {
                CommandInfo(
                    name: $0.name,
                    title: $0.title,
                    plugin: $0.plugin,
                    callName: $0.shortestName,
                    parameters: $0.parameters
                )
            }
        }
    }

    /// Runs a report, which goes by its name, its full name (`sales.totals`) or its title in any language.
    ///
    /// - Throws: `notFound` with the reports that are there; `invalidInput` for parameters, and with the full names when several go by
    ///   the name; what the plugin throws.
    public func runReport(
        _ name: String,
        parameters: ParameterInput = [:],
        in unit: UnitContext
    ) throws(PlatformError) -> ReportResult {
        try lanes.run(.slow, unit) { workspace throws(PlatformError) in
            try workspace.runReport(name, parameters: parameters, in: unit)
        }
    }

    /// Prints a record as a page of HTML or as an SVG file, as its template is; that goes by its name as a report does.
    ///
    /// - Returns: The page; its warnings name tags of the template that the data has nothing for.
    /// - Throws: `notFound`; `invalidPlugin` when the template is wrong; what the plugin throws.
    public func printRecord(
        template: String,
        record: RecordID,
        in unit: UnitContext
    ) throws(PlatformError) -> PrintedPage {
        try lanes.run(.slow, unit) { workspace throws(PlatformError) in
            try workspace.printRecord(template: template, record: record, in: unit)
        }
    }

    /// Runs a command of a plugin in one transaction.
    ///
    /// - Parameters:
    ///   - name: The command, by its name as a report.
    ///   - parameters: What is given for its parameters, by name or in their order.
    ///   - unit: For whom, in which language, until when.
    ///   - output: Takes the lines that it prints, while it runs.
    /// - Returns: What it returned, once its changes are kept.
    /// - Throws: as ``runReport(_:parameters:in:)``.
    @discardableResult
    public func runCommand(
        _ name: String,
        parameters: ParameterInput = [:],
        in unit: UnitContext,
        output: @escaping @Sendable (String) -> Void
    ) throws(PlatformError) -> CommandResult {
        try lanes.run(.write, unit) { workspace throws(PlatformError) in
            try workspace.runCommand(name, parameters: parameters, in: unit, output: output)
        }
    }

    // MARK: - Export

    /// Writes the records of a query and says how many they were.
    ///
    /// - Parameters:
    ///   - query: Which records in which order.
    ///   - format: The form of the file.
    ///   - fields: The fields in order; nil for all that are stored, without the kernel's own.
    ///   - style: Whether it is for an import or for people.
    ///   - unit: Who exports, in which language.
    ///   - sink: Takes the bytes, a page at a time; those of a workbook at once.
    /// - Returns: The number of records.
    /// - Throws: `permissionDenied`; `invalidInput` when the query is wrong; `storage`, also when `sink` fails.
    public func exportRecords(
        query: Query,
        to format: ExportFormat,
        fields: [FieldName]? = nil,
        style: Exporter.Style = .exact,
        in unit: UnitContext,
        sink: @Sendable ([UInt8]) throws -> Void
    ) throws(PlatformError) -> Int {
        try lanes.run(.slow, unit) { workspace throws(PlatformError) in
            try workspace.read(unit) { session throws(PlatformError) in
                try Self.export(query, to: format, fields, style, in: session, sink)
            }
        }
    }

    static func export(
        _ query: Query,
        to format: ExportFormat,
        _ fields: [FieldName]?,
        _ style: Exporter.Style,
        in session: RecordSession,
        _ sink: ([UInt8]) throws -> Void
    ) throws(PlatformError) -> Int {
        let formatter = ValueFormatter(
            catalog: session.catalog,
            language: session.language,
            timeZone: session.timeZone
        )
        let exporter = try Exporter(
            object: session.catalog.object(query.object),
            fields: fields,
            style: style,
            formatter: formatter
        )
        let form: Exporter.Format =
            switch format {
            case .csv(let bom): .csv(byteOrderMark: bom)
            case .json: .json
            case .jsonLines: .jsonLines
            case .xlsx: .xlsx
            }
        do {
            return try exporter.run(query, as: form, limit: nil, in: session, sink: sink)
        } catch let error as PlatformError {
            throw error
        } catch {
            throw PlatformError(.storage, Message(.exportSink), cause: error)
        }
    }

    /// Looks the whole file over.
    ///
    /// - Throws: `busy`, `storage`.
    public func check() throws(PlatformError) -> [CheckFinding] {
        try lanes.check()
    }
}

extension MessageKey {
    static let exportSink = MessageKey(
        "export.sink",
        zhCN: "导出内容无法写出",
        zhTW: "匯出內容無法寫出",
        en: "What was exported could not be written"
    )
}
