import CRMPlatform

extension ShellSession {
    /// Writes the reports that plugins offer.
    func listReports() {
        let reports = platform.reports
        if isJSON {
            return console.json([
                "reports": .array(
                    reports.map {
                        [
                            "name": .string($0.name.rawValue), "title": .string($0.title.text(in: language)),
                            "params": json($0.parameters),
                        ]
                    }
                )
            ])
        }
        console.write(
            table(
                [(.shellColumnName, .left), (.shellColumnTitle, .left), (.shellColumnParameters, .left)],
                reports.map { [$0.name.rawValue, $0.title.text(in: language), text($0.parameters)] }
            )
        )
    }

    /// Runs a report and writes it; `words` are its parameters, by name or in order.
    func runReport(_ name: String, _ words: [String], to files: ResultFiles) throws {
        try files.check()
        let result = try platform.runReport(name, parameters: ParameterInput(words: words), as: principal)
        try show(result, in: files)
    }

    /// Writes a table into the files that are named, and to standard output unless one of them stands for it.
    func show(_ result: ReportResult, in files: ResultFiles) throws {
        var written: [String] = []
        for (path, format) in try files.wanted {
            if format == .svg, result.chart == nil || result.rows.isEmpty {
                throw PlatformError(.invalidInput, Message(.shellNoChart, ["file": .text(path)]))
            }
            try FileOutput.write(ReportRenderer.bytes(result, as: format, language: language), to: path)
            written.append(path)
        }
        if files.output != nil {
            for path in written { answer(.shellWritten, ["file": .text(path)]) }
            return
        }
        if isJSON {
            console.json(bytes: ReportRenderer.json(result, language: language))
        } else {
            console.write(ReportRenderer.text(result, language: language, width: width))
        }
        for path in written { console.complain(say(.shellWritten, ["file": .text(path)])) }
    }

    /// Writes the print templates that plugins offer.
    func listTemplates() {
        let templates = platform.printTemplates
        if isJSON {
            return console.json([
                "templates": .array(
                    templates.map {
                        [
                            "name": .string($0.name.rawValue), "title": .string($0.title.text(in: language)),
                            "object": .string($0.object.rawValue),
                            "languages": .array($0.languages.map { .string($0.rawValue) }),
                        ]
                    }
                )
            ])
        }
        console.write(
            table(
                [
                    (.shellColumnName, .left), (.shellColumnTitle, .left), (.shellColumnObject, .left),
                    (.shellColumnLanguages, .left),
                ],
                templates.map {
                    [
                        $0.name.rawValue, $0.title.text(in: language), $0.object.rawValue,
                        $0.languages.map(\.rawValue).joined(separator: ", "),
                    ]
                }
            )
        )
    }

    /// Prints a record into a file, or to standard output when no file is named.
    func printRecord(template: String, record: String, to path: String?) throws {
        let id = try self.record(record)
        let page = try platform.printRecord(template: template, record: id, language: language, as: principal)
        for warning in page.warnings {
            console.complain(say(.shellWarning, ["text": .message(warning)]))
        }
        guard let path else { return console.write(page.text) }
        if let ending = PageFormat.allCases.first(where: { path.lowercased().hasSuffix(".\($0.rawValue)") }),
            ending != page.format
        {
            throw PlatformError(
                .invalidInput,
                Message(.shellPageEnding, ["file": .text(path), "format": .text(page.format.rawValue)])
            )
        }
        try FileOutput.write(page.text, to: path)
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
            return "\(parameter.name)\(parameter.isRequired ? "*" : ""): \(parameter.kind.rawValue)\(fallback)"
        }.joined(separator: ", ")
    }

    /// Parameters of a report or command for programs.
    func json(_ parameters: [ParameterInfo]) -> JSONValue {
        .array(
            parameters.map {
                [
                    "name": .string($0.name), "type": .string($0.kind.rawValue),
                    "label": .string($0.label.text(in: language)), "default": .text($0.defaultText),
                    "required": .boolean($0.isRequired),
                ]
            }
        )
    }
}

/// The files that the result of a report or command is written to.
struct ResultFiles {
    /// A file instead of standard output; its ending says the form.
    var output: String?
    /// A page of HTML beside standard output.
    var html: String?
    /// Comma-separated values beside standard output.
    var csv: String?

    /// Looks whether the endings are known, before anything is run.
    ///
    /// - Throws: `PlatformError` `invalidInput` with the endings that are.
    func check() throws(PlatformError) { _ = try wanted }

    /// The files with their forms.
    var wanted: [(path: String, format: ReportRenderer.Format)] {
        get throws(PlatformError) {
            var files: [(path: String, format: ReportRenderer.Format)] = []
            if let output {
                guard let format = ReportRenderer.Format(path: output) else {
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
