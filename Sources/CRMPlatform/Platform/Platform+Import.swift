public import CRMModel
public import CRMOutput
import CRMRecords
import CRMRuntime
import CRMScripting
import Foundation

extension Platform {
    /// Imports a CSV file or a sheet of a workbook: rows that are wrong or there already are told and not taken, the others are kept.
    ///
    /// An error file that cannot be written once rows are saved stops the import, and the summary says so
    /// (``ImportSummary/errorFileFailure``).
    ///
    /// - Throws: `invalidInput` when file or mapping cannot be used at all; `busy`, `storage`.
    public func importRecords(
        object: ObjectName,
        file: String,
        options request: FileImport = FileImport(),
        as principal: Principal,
        progress: (@Sendable (ImportProgress) -> Void)? = nil
    ) throws(PlatformError) -> ImportSummary {
        try OpenDataFiles.refuse(reading: file)
        if let map = request.mapFile { try OpenDataFiles.refuse(reading: map) }
        guard FileManager.default.fileExists(atPath: file) else {
            throw PlatformError(.notFound, Message(.scriptNoFile, ["file": .text(file)]))
        }
        var status = stat()
        guard stat(file, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT),
            !InputFile.isMadeUp(file)
        else {
            throw PlatformError(.invalidInput, Message(.importNoFile, ["file": .text(file)]))
        }
        let inputs = [self.path, file] + (request.mapFile.map { [$0] } ?? [])
        let errors = try request.errorFile.map { path throws(PlatformError) in
            // The rows that were refused before an import was stopped stand there.
            if request.fromRow > 1, !request.overwritesErrorFile, FileManager.default.fileExists(atPath: path) {
                throw PlatformError(.alreadyExists, Message(.importErrorsKept, ["file": .text(FilePath.last(path))]))
            }
            return try ErrorFile(path, overwriting: request.overwritesErrorFile, reading: inputs)
        }
        return try imports.during { () throws(PlatformError) in
            let mapping = try request.mapFile.map { path throws(PlatformError) in try readMapping(path) }
            return try duringLongWork(isTrial: request.isDryRun) { () throws(PlatformError) in
                try run(object, file, mapping ?? ImportMapping(), request, errors, principal, progress)
            }
        }
    }

    private func readMapping(_ path: String) throws(PlatformError) -> ImportMapping {
        let bytes: [UInt8]
        do throws(SystemNumber) {
            bytes = try InputFile.read(path, upTo: ImportMapping.maximumBytes) { imports.isRequested }
        } catch {
            switch error.number {
            case ECANCELED: throw InputFile.stopped
            case ENOENT: throw PlatformError(.notFound, Message(.importNoMap, ["file": .text(path)]))
            default: throw InputFile.unreadable(path, error.number)
            }
        }
        return try ImportMapping(json: bytes)
    }

    /// Runs work of many transactions, in the middle of which no plugin is switched off because it fails.
    private func duringLongWork<T>(isTrial: Bool, _ body: () throws(PlatformError) -> T) throws(PlatformError) -> T {
        try lanes.run(.write) { [imports] workspace throws(PlatformError) in
            try workspace.beginLongWork { imports.isRequested }
        }
        do throws(PlatformError) {
            let result = try body()
            try lanes.run(.write) { workspace throws(PlatformError) in workspace.endLongWork(isTrial: isTrial) }
            return result
        } catch {
            try lanes.run(.write) { workspace throws(PlatformError) in workspace.endLongWork(isTrial: isTrial) }
            throw error
        }
    }

    /// Imports a file, or tries to; a large one is looked over first and may be stopped in that time too.
    private func run(
        _ object: ObjectName,
        _ file: String,
        _ mapping: ImportMapping,
        _ request: FileImport,
        _ errors: ErrorFile?,
        _ principal: Principal,
        _ progress: ((ImportProgress) -> Void)?
    ) throws(PlatformError) -> ImportSummary {
        let trial = isTriedApart(request, file) ? try? TrialCopy(of: self) { [imports] in imports.isRequested } : nil
        imports.worksOn(trial?.platform.lanes)
        defer { imports.worksOn(nil) }
        var options = request
        options.isStopped = { [imports] in imports.isRequested }
        var importer = try Importer(object: catalog.object(object), path: file, mapping: mapping, options: options)
        // All rows are read by the clocks of one zone, also when the company moves to another one meanwhile.
        let zone = try settings.timeZone
        var summary: ImportSummary
        do throws(PlatformError) {
            summary = try importer.run(
                errorFile: errors.map { file in { try file.write($0) } },
                progress: progress,
                isCancelled: { [imports] in imports.isRequested },
                inUnits: (trial?.platform ?? self).units(
                    UnitContext(principal, language: request.language, timeZone: zone, origin: .import)
                )
            )
        } catch {
            // What was refused before stays refused: those rows are told although the import did not come to its end. The
            // error that ended it is the one to be named.
            try? errors?.publish()
            throw error
        }
        do throws(PlatformError) {
            try errors?.publish(isTrial: request.isDryRun)
        } catch {
            guard !request.isDryRun else { throw error }
            // The rows are saved, and whoever repeats the import must know it.
            summary.errorFileFailure = summary.errorFileFailure ?? error
        }
        return summary
    }

    /// Gives an import its transactions, between which others may save.
    private func units(_ unit: UnitContext) -> Importer.Unit {
        { [lanes] body throws(PlatformError) in
            try lanes.run(.write, unit) { workspace throws(PlatformError) in try workspace.write(unit, body) }
        }
    }

    /// How many bytes a file has from which on it is tried in a copy; it takes about a second to try so many.
    private static let triedApart = 1 << 17

    /// Whether a trial would keep others from saving for long, or be kept waiting by somebody who rehearses, so that it is
    /// made in a copy of the company.
    ///
    /// A rehearsal is on the records that only its own transaction sees, and keeps others waiting already.
    private func isTriedApart(_ request: FileImport, _ file: String) -> Bool {
        guard request.isDryRun, path != ":memory:", !isRehearsing else { return false }
        if lanes.rehearsalElsewhere(nil) != nil { return true }
        var status = stat()
        return stat(file, &status) == 0 && Int(status.st_size) >= Self.triedApart
    }

    /// Imports a file of a plugin, for demonstration data.
    func importDemo(
        _ demo: PluginManifest.DemoImport,
        of package: PluginPackage,
        dayShift: Int,
        _ progress: @escaping @Sendable (Int, Int?) -> Void
    ) throws(PlatformError) -> ImportSummary {
        var mapping = ImportMapping()
        if let map = demo.map { mapping = try ImportMapping(json: package.files[map] ?? []) }
        var options = FileImport()
        options.sheet = demo.sheet
        options.dayShift = dayShift
        var importer = try Importer(
            object: catalog.object(demo.object),
            bytes: package.files[demo.file] ?? [],
            mapping: mapping,
            options: options
        )
        return try duringLongWork(isTrial: false) { () throws(PlatformError) in
            try importer.run(
                progress: { progress($0.rows, nil) },
                inUnits: units(UnitContext(.administrator, origin: .import))
            )
        }
    }
}

/// The file of rows that were not taken; made with the first of them.
private final class ErrorFile {
    private let path: String
    private let overwriting: Overwriting
    private let inputs: [String]
    private var file: OutputFile?
    /// Whether something stands in it.
    private var isBegun = false

    /// Looks whether the file can be written, before any row is saved.
    init(_ path: String, overwriting: Bool, reading inputs: [String]) throws(PlatformError) {
        guard !["xlsx", "xlsm", "xls", "json", "jsonl"].contains(URL(fileURLWithPath: path).pathExtension.lowercased())
        else { throw PlatformError(.invalidInput, Message(.importErrorFileForm, ["file": .text(path)])) }
        guard path != "-" else { throw PlatformError(.invalidInput, Message(.importErrorsToOutput)) }
        self.path = path
        self.overwriting = overwriting ? .always : .when(ImportErrorFile.isErrorFile)
        self.inputs = inputs
        _ = try OutputPlace(path, overwriting: self.overwriting, reading: inputs)
    }

    func write(_ bytes: [UInt8]) throws {
        let file = try self.file ?? OutputFile(path, overwriting: overwriting, reading: inputs)
        self.file = file
        do {
            try file.write(bytes)
            isBegun = true
        } catch {
            // A file in which nothing could be written is none.
            if !isBegun { self.file = nil }
            throw error
        }
    }

    /// Gives the file its name.
    ///
    /// When no row was refused, the error file of an earlier import, which says otherwise, goes; after a trial it stays.
    func publish(isTrial: Bool = false) throws(PlatformError) {
        if let file { return try file.publish() }
        guard !isTrial else { return }
        // A place where nothing may be put has no error file of ours that would be out of date.
        let isStale = (try? OutputPlace(path, overwriting: .when(ImportErrorFile.isErrorFile)).existing) ?? nil
        if isStale != nil { unlink(path) }
    }
}

extension MessageKey {
    static let importErrorFileForm = MessageKey(
        "import.error_file_form",
        zhCN: "错误文件是 CSV（Excel 可以打开），名称「{file}」请以 .csv 结尾",
        zhTW: "錯誤檔是 CSV（Excel 可以開啟），名稱「{file}」請以 .csv 結尾",
        en: "The error file is CSV, which spreadsheets open; end its name \"{file}\" in .csv"
    )
    static let importErrorsToOutput = MessageKey(
        "import.errors_to_output",
        zhCN: "标准输出上是导入的结果，错误文件请写一个以 .csv 结尾的文件名，不要写 -",
        zhTW: "標準輸出上是匯入的結果，錯誤檔請寫一個以 .csv 結尾的檔名，不要寫 -",
        en:
            "Standard output has the result of the import; name a file that ends in .csv for the refused rows instead of -"
    )
    static let importNoFile = MessageKey(
        "import.no_regular_file",
        zhCN: "「{file}」是管道或设备，不是文件；请先把内容存成文件再导入",
        zhTW: "「{file}」是管道或裝置，不是檔案；請先把內容存成檔案再匯入",
        en: "\"{file}\" is a pipe or a device and no file; save what it gives as a file first"
    )
    static let importNoMap = MessageKey(
        "import.no_map",
        zhCN: "找不到映射文件「{file}」",
        zhTW: "找不到對應檔案「{file}」",
        en: "There is no mapping file \"{file}\""
    )
}
