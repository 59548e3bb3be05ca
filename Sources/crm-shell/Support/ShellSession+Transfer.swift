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
            console.line(summary.text(in: language))
        }
        if summary.stoppedBeforeRow != nil {
            throw PlatformError(.cancelled, Message(.shellInterrupted))
        }
        if summary.failed > 0 {
            let count = Message.Argument.text(String(summary.failed))
            throw PlatformError(
                .validationFailed,
                request.errors.map { Message(.shellImportRejectedTo, ["count": count, "file": .text($0)]) }
                    ?? Message(.shellImportRejected, ["count": count])
            )
        }
    }

    /// Exports records as CSV or JSON, to a file or standard output.
    func exportRecords(_ request: FindRequest, to target: OutputTarget, format: ExportFormat) throws {
        let query = try query(request, try object(request.object))
        guard let path = target.path else {
            _ = try platform.exportRecords(
                query: query,
                to: format,
                as: principal,
                language: language,
                sink: { [console] in console.write(format == .json ? Console.terminalSafe($0) : $0) }
            )
            return
        }
        let file = try OutputFile(path, overwriting: target.overwriting, reading: [platform.path])
        let count = try platform.exportRecords(
            query: query,
            to: format,
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
