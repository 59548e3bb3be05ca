import CRMPlatform

extension ShellSession {
    /// Writes the reports that plugins offer.
    func listReports() throws {
        let reports = try platform.reports
        if isJSON {
            return console.json([
                "reports": .array(
                    reports.map {
                        [
                            "name": .string($0.callName), "title": .string($0.title.text(in: language)),
                            "plugin": .text($0.plugin?.rawValue), "params": json($0.parameters),
                        ]
                    }
                )
            ])
        }
        console.write(
            table(
                fitting: [(.shellColumnName, .kept), (.shellColumnTitle, .wrap), (.shellColumnParameters, .wrap)],
                reports.map { [$0.callName, $0.title.text(in: language), text($0.parameters)] }
            )
        )
    }

    /// Runs a report and writes it; `words` are its parameters, by name or in order.
    func runReport(_ name: String, _ words: [String], to files: ResultFiles, isWide: Bool = false) throws {
        try files.check(reading: [platform.path])
        let result = try platform.runReport(name, parameters: ParameterInput(words: words), in: unit)
        try show(result, in: files, isWide: isWide)
    }

    /// Writes a table into the files that are named, and to standard output unless one of them stands for it; as wide as it gets
    /// when `isWide`.
    func show(_ result: ReportResult, in files: ResultFiles, isWide: Bool = false) throws {
        var written: [String] = []
        let wanted = try files.wanted
        for (path, format) in wanted where format == .svg && (result.chart == nil || result.rows.isEmpty) {
            throw PlatformError(.invalidInput, Message(.shellNoChart, ["file": .text(path)]))
        }
        for (path, format) in wanted {
            let bytes = try ReportRenderer.bytes(result, as: format, language: language)
            if path == OutputTarget.standardOutput {
                console.write(bytes)
            } else {
                try OutputFile.write(bytes, to: path, overwriting: files.overwriting, reading: [platform.path])
                written.append(path)
            }
        }
        if wanted.contains(where: { $0.path == OutputTarget.standardOutput }) {
            for path in written { console.complain(say(.shellWritten, ["file": .text(path)])) }
            return
        }
        if files.isOutputNamed {
            for path in written { answer(.shellWritten, ["file": .text(path)]) }
            return
        }
        if isJSON {
            console.json(bytes: ReportRenderer.json(result, language: language))
        } else {
            let hint = Message(.shellHiddenHintWide)
            console.write(
                ReportRenderer.text(result, language: language, width: isWide ? nil : width, hiddenHint: hint)
            )
        }
        for path in written { console.complain(say(.shellWritten, ["file": .text(path)])) }
    }

    /// Writes the print templates that plugins offer.
    func listTemplates() throws {
        let templates = try platform.printTemplates
        if isJSON {
            return console.json([
                "templates": .array(
                    templates.map {
                        [
                            "name": .string($0.callName), "title": .string($0.title.text(in: language)),
                            "plugin": .string($0.plugin.rawValue), "object": .string($0.object.rawValue),
                            "languages": .array($0.languages.map { .string($0.rawValue) }),
                        ]
                    }
                )
            ])
        }
        console.write(
            table(
                fitting: [
                    (.shellColumnName, .kept), (.shellColumnTitle, .wrap), (.shellColumnObject, .whole),
                    (.shellColumnLanguages, .wrap),
                ],
                templates.map {
                    [
                        $0.callName, $0.title.text(in: language), $0.object.rawValue,
                        $0.languages.map(\.rawValue).joined(separator: ", "),
                    ]
                }
            )
        )
    }

    /// A record as it is named for a template, which has one object: `EX-2026-00001` is `participation/EX-2026-00001`.
    private func qualified(_ record: String, for template: String) throws -> String {
        guard let object = try platform.printTemplate(calledByPeople: template)?.object else { return record }
        if let slash = record.firstIndex(of: "/"), (try? self.object(String(record[..<slash]))) != nil { return record }
        return "\(object)/\(record)"
    }

    /// That a template or a record is missing, with the templates that there are.
    func printIncomplete() throws -> PlatformError {
        let names = try platform.printTemplates.map { template in
            let title = template.title.text(in: language)
            let object = catalog.objects[template.object]?.label.text(in: language) ?? template.object.rawValue
            return "\(template.callName)（\(title == object ? title : "\(title)，\(object)")）"
        }
        let known =
            names.isEmpty
            ? "" : say(.shellPrintKnown, ["names": .text(names.joined(separator: say(.shellListSeparator)))])
        return PlatformError(.invalidInput, Message(.shellPrintWhat, ["known": .text(known)]))
    }

    /// Prints a record into a file, or to standard output when no file is named.
    func printRecord(template: String, record: String, to target: OutputTarget) throws {
        let id = try self.record(try qualified(record, for: template))
        try target.check(reading: [platform.path])
        let page = try platform.printRecord(template: template, record: id, language: language, as: principal)
        for warning in page.warnings {
            console.complain(say(.shellWarning, ["text": .message(warning)]))
        }
        guard let path = target.path else { return console.write(page.text) }
        if !page.format.endings.contains(where: { path.lowercased().hasSuffix(".\($0)") }) {
            throw PlatformError(
                .invalidInput,
                Message(.shellPageEnding, ["file": .text(path), "format": .text(page.format.rawValue)])
            )
        }
        try OutputFile.write(
            Array(page.text.utf8),
            to: path,
            overwriting: target.overwriting,
            reading: [platform.path]
        )
        if isJSON {
            console.json([
                "template": .string(template), "record": .string(id.description), "file": .string(path),
                "format": .string(page.format.rawValue), "bytes": .count(page.text.utf8.count),
                "warnings": .array(page.warnings.map { .string($0.text(in: language)) }),
            ])
        } else {
            report(.shellWritten, ["file": .text(path)])
        }
    }

    /// Parameters of a report or command as `name: type`, with their default or with `*` when they must be given.
    func text(_ parameters: [ParameterInfo]) -> String {
        parameters.map { parameter in
            let fallback = parameter.defaultText.map { $0.isEmpty ? "" : " = \($0)" } ?? ""
            let label = parameter.label.text(in: language)
            let name = label.isEmpty || label == parameter.name ? parameter.name : "\(parameter.name) (\(label))"
            let options = parameter.options.map { LocalizedText.named($0.value, $0.label).text(in: language) }
            let kind = options.isEmpty ? say(Self.word(for: parameter.kind)) : options.joined(separator: " | ")
            return "\(name)\(parameter.isRequired ? "*" : ""): \(kind)\(fallback)"
        }.joined(separator: ", ")
    }

    private static func word(for kind: ParameterInfo.Kind) -> MessageKey {
        switch kind {
        case .text: .shellKindText
        case .integer: .shellKindInteger
        case .decimal, .currency: .shellKindDecimal
        case .date: .shellKindDate
        case .boolean: .shellKindBoolean
        }
    }

    /// Parameters of a report or command for programs.
    func json(_ parameters: [ParameterInfo]) -> JSONValue {
        .array(
            parameters.map {
                [
                    "name": .string($0.name), "type": .string($0.kind.rawValue),
                    "label": .string($0.label.text(in: language)), "default": .text($0.defaultText),
                    "required": .boolean($0.isRequired),
                    "options": .array(
                        $0.options.map { ["value": .string($0.value), "label": .string($0.label.text(in: language))] }
                    ),
                ]
            }
        )
    }
}

extension MessageKey {
    static let shellKindText = MessageKey("shell.kind_text", zhCN: "文本", zhTW: "文字", en: "text")
    static let shellKindInteger = MessageKey("shell.kind_integer", zhCN: "整数", zhTW: "整數", en: "whole number")
    static let shellKindDecimal = MessageKey("shell.kind_decimal", zhCN: "数字", zhTW: "數字", en: "number")
    static let shellKindDate = MessageKey("shell.kind_date", zhCN: "日期", zhTW: "日期", en: "day")
    static let shellKindBoolean = MessageKey("shell.kind_boolean", zhCN: "是或否", zhTW: "是或否", en: "yes or no")
    static let shellPrintWhat = MessageKey(
        "shell.print_what",
        zhCN: "打印要写模板和记录：print 文件 模板 记录{known}",
        zhTW: "列印要寫範本和記錄：print 檔案 範本 記錄{known}",
        en: "A print needs a template and a record: print FILE TEMPLATE RECORD{known}"
    )
    static let shellPrintKnown = MessageKey(
        "shell.print_known",
        zhCN: "。模板有：{names}",
        zhTW: "。範本有：{names}",
        en: ". The templates: {names}"
    )
}

/// The files that the result of a report or command is written to.
struct ResultFiles {
    /// A file instead of standard output; its ending says the form.
    var output: String?
    /// A page of HTML beside standard output.
    var html: String?
    /// Comma-separated values beside standard output.
    var csv: String?
    /// Whether files that are there may be overwritten.
    var force = false

    /// When a file that is there is overwritten.
    var overwriting: Overwriting { force ? .always : .never }

    /// Whether a file takes the place of standard output.
    var isOutputNamed: Bool { output != nil && output != OutputTarget.standardOutput }

    /// Looks whether the endings are known and the files can be written, before anything is run.
    ///
    /// - Throws: `PlatformError` `invalidInput` with the endings that are, or when two results would go to one place; as
    ///   `OutputPlace`.
    func check(reading inputs: [String]) throws(PlatformError) {
        var taken: Set<String> = []
        for (path, _) in try wanted {
            var place = path
            if path != OutputTarget.standardOutput {
                place = try OutputPlace(path, overwriting: overwriting, reading: inputs).path
            }
            guard taken.insert(place).inserted else {
                throw PlatformError(.invalidInput, Message(.shellOutputTwice, ["file": .text(path)]))
            }
        }
    }

    /// The files with their forms.
    var wanted: [(path: String, format: ReportRenderer.Format)] {
        get throws(PlatformError) {
            var files: [(path: String, format: ReportRenderer.Format)] = []
            if let output, isOutputNamed {
                guard let format = ReportRenderer.Format(path: output) else {
                    try OutputPlace.refuseDevice(output)
                    throw PlatformError(.invalidInput, Message(.shellResultEnding, ["file": .text(output)]))
                }
                files.append((output, format))
            }
            if let html { files.append((html, .html)) }
            if let csv { files.append((csv, .csv)) }
            return files
        }
    }
}
