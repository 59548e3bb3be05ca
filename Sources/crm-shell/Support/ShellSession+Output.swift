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

    /// Runs a report and writes it, and on demand a page of HTML or CSV beside it.
    func runReport(_ name: String, parameters: [String], html: String?, csv: String?) throws {
        let result = try platform.runReport(name, parameters: try pairs(parameters), as: principal)
        if let html { try FileOutput.write(ReportRenderer.html(result, language: language), to: html) }
        if let csv { try FileOutput.write(ReportRenderer.csv(result, language: language), to: csv) }
        if isJSON {
            console.write(ReportRenderer.json(result, language: language) + [0x0A])
        } else {
            console.write(ReportRenderer.text(result, language: language, width: width))
        }
        for path in [html, csv].compactMap({ $0 }) { console.complain(say(.shellWritten, ["file": .text(path)])) }
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

    /// Prints a record as HTML into a file, or to standard output when no file is named.
    func printRecord(template: String, record: String, to path: String?) throws {
        let id = try recordID(record)
        let html = try platform.printRecord(template: template, record: id, language: language, as: principal)
        guard let path else { return console.write(html) }
        try FileOutput.write(html, to: path)
        if isJSON {
            console.json([
                "template": .string(template), "record": .string(id.description), "file": .string(path),
                "bytes": .count(html.utf8.count),
            ])
        } else {
            report(.shellWritten, ["file": .text(path)])
        }
    }

    /// `key=value` texts as a dictionary.
    func pairs(_ texts: [String]) throws(PlatformError) -> [String: String] {
        var pairs: [String: String] = [:]
        for text in texts {
            guard let sign = text.firstIndex(of: "=") else {
                throw PlatformError(.invalidInput, Message(.shellPair, ["text": .text(text)]))
            }
            pairs[String(text[..<sign])] = String(text[text.index(after: sign)...])
        }
        return pairs
    }

    /// Parameters of a report or command as `name (type)`.
    func text(_ parameters: [ParameterInfo]) -> String {
        parameters.map { parameter in
            "\(parameter.name): \(parameter.type)" + (parameter.defaultText.map { $0.isEmpty ? "" : " = \($0)" } ?? "")
        }.joined(separator: ", ")
    }

    /// Parameters of a report or command for programs.
    func json(_ parameters: [ParameterInfo]) -> JSONValue {
        .array(
            parameters.map {
                [
                    "name": .string($0.name), "type": .string($0.type), "label": .string($0.label.text(in: language)),
                    "default": .text($0.defaultText),
                ]
            }
        )
    }
}
