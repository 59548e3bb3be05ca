import CRMPlatform

extension ShellSession {
    /// Writes the objects of the catalog.
    func listObjects() throws {
        let objects = try platform.catalog.sortedObjects
        if isJSON {
            let values = objects.map { object -> JSONValue in
                [
                    "name": .string(object.name.rawValue), "label": .string(object.label.text(in: language)),
                    "fields": .count(object.fields.count),
                    "plugin": .text(object.plugin?.rawValue),
                ]
            }
            return console.json(["objects": .array(values)])
        }
        guard !objects.isEmpty else { return report(.shellNoObjects) }
        console.write(
            table(
                [
                    (.shellColumnName, .left), (.shellColumnLabel, .left), (.shellColumnFields, .right),
                    (.shellColumnPlugin, .left),
                ],
                objects.map { object in
                    [
                        object.name.rawValue, object.label.text(in: language),
                        String(object.fields.count { !$0.isSystem }), object.plugin?.rawValue ?? "",
                    ]
                }
            )
        )
    }

    /// Checks the file and writes what was found.
    ///
    /// - Throws: `PlatformError` `storage` when something is wrong.
    func check() throws {
        let findings = try platform.check()
        let saved = try platform.lastSaved()
        _ = untoldLinkErrors()
        let errors = findings.count { $0.severity == .error }
        let wrong = errors > 0
        if isJSON {
            let values = findings.map { finding -> JSONValue in
                [
                    "severity": .string(finding.severity.rawValue),
                    "message": .string(finding.message.text(in: language)),
                ]
            }
            console.json([
                "clean": .boolean(!wrong), "findings": .array(values), "last_saved": .text(saved?.description),
            ])
        } else {
            for finding in findings {
                report(
                    finding.severity == .error ? .shellFinding : .shellWarning,
                    ["text": .message(finding.message)]
                )
            }
            if !wrong { report(.shellCheckClean) }
            if let saved {
                let shown = try saved.text(in: platform.settings.timeZone)
                report(.shellLastSaved, ["saved": .text(shown)])
            }
        }
        if wrong {
            throw PlatformError(.storage, Message(.shellCheckFailed, ["count": .text(String(errors))]))
        }
    }
}
