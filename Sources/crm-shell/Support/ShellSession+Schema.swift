import CRMPlatform

extension ShellSession {
    /// Writes the objects of the catalog.
    func listObjects() {
        let objects = catalog.sortedObjects
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

    /// Writes the fields and rules of an object.
    func describe(_ text: String) throws {
        let object = try object(text)
        if isJSON { return console.json(json(object)) }
        let heading = "\(object.label.text(in: language)) (\(object.name.rawValue))"
        console.line(DisplayWidth.escapingControls(heading))
        console.write(
            table(
                [
                    (.shellColumnName, .left), (.shellColumnLabel, .left), (.shellColumnType, .left),
                    (.shellColumnNotes, .left), (.shellColumnPlugin, .left),
                ],
                object.fields.map { field in
                    [
                        field.name.rawValue, field.label.text(in: language), typeText(field), notes(field),
                        field.plugin?.rawValue ?? "",
                    ]
                }
            )
        )
        for rule in object.validationRules {
            report(
                .shellValidationRule,
                [
                    "name": .text(rule.name.rawValue), "condition": .text(rule.condition),
                    "message": .label(rule.message),
                ]
            )
        }
        for rule in object.duplicateRules {
            let fields = rule.matches.map { "\($0.field.rawValue) (\($0.normaliser.rawValue))" }
            report(
                .shellDuplicateRule,
                ["name": .text(rule.name.rawValue), "fields": .text(fields.joined(separator: " + "))]
            )
        }
        for rule in object.codeRules {
            report(
                .shellCodeRule,
                [
                    "field": .text(rule.field.rawValue), "pattern": .text(rule.pattern),
                    "reset": .text(rule.reset.rawValue),
                ]
            )
        }
        describeStages(of: object)
    }

    private func typeText(_ field: FieldDefinition) -> String {
        switch field.type {
        case .decimal(let scale), .percent(let scale): "\(field.type.name)(\(scale))"
        case .currency(let code, let scale): "currency(\(code), \(scale))"
        case .picklist(let dictionary): "picklist(\(dictionary.rawValue))"
        case .reference(let target, _): "reference(\(target.rawValue))"
        case .children(let object, let via): "children(\(object.rawValue).\(via.rawValue))"
        default: field.type.name
        }
    }

    private func notes(_ field: FieldDefinition) -> String {
        var notes: [String] = []
        if field.isRequired { notes.append(say(.shellRequired)) }
        if field.isUnique { notes.append(say(.shellUnique)) }
        if field.isSearchable { notes.append(say(.shellSearchable)) }
        if let least = field.minimum { notes.append("≥ \(least.displayText)") }
        if let greatest = field.maximum { notes.append("≤ \(greatest.displayText)") }
        if let length = field.maxLength { notes.append("≤ \(length) " + say(.shellCharacters)) }
        if let options = catalog.dictionary(of: field)?.options.filter({ !$0.isRetired }) {
            let shown = options.prefix(6).map { "\($0.value)=\($0.label.text(in: language))" }
            notes.append(shown.joined(separator: " ") + (options.count > 6 ? " …" : ""))
        }
        return notes.joined(separator: say(.shellListSeparator))
    }

    private func json(_ object: ObjectDefinition) -> JSONValue {
        let fields = object.fields.map { field -> JSONValue in
            var members: [(String, JSONValue)] = [
                ("name", .string(field.name.rawValue)), ("label", .string(field.label.text(in: language))),
                ("type", .string(typeText(field))), ("required", .boolean(field.isRequired)),
                ("unique", .boolean(field.isUnique)), ("searchable", .boolean(field.isSearchable)),
                ("system", .boolean(field.isSystem)),
                ("plugin", .text(field.plugin?.rawValue)),
            ]
            if let options = catalog.dictionary(of: field)?.options {
                let values = options.map { option -> JSONValue in
                    [
                        "value": .string(option.value), "label": .string(option.label.text(in: language)),
                        "retired": .boolean(option.isRetired),
                    ]
                }
                members.append(("options", .array(values)))
            }
            return .object(JSONObject(members))
        }
        return [
            "name": .string(object.name.rawValue), "label": .string(object.label.text(in: language)),
            "title_field": .string(object.titleField.rawValue), "fields": .array(fields),
            "validation_rules": .array(
                object.validationRules.map {
                    ["name": .string($0.name.rawValue), "condition": .string($0.condition)]
                }
            ),
            "duplicate_rules": .array(object.duplicateRules.map { .string($0.name.rawValue) }),
            "stages": stagesJSON(of: object),
            "code_rules": .array(
                object.codeRules.map {
                    ["field": .string($0.field.rawValue), "pattern": .string($0.pattern)]
                }
            ),
        ]
    }

    /// Checks the file and writes what was found.
    ///
    /// - Throws: `PlatformError` `storage` when something is wrong.
    func check() throws {
        let findings = try platform.check()
        _ = untoldLinkErrors()
        let wrong = findings.contains { $0.severity == .error }
        if isJSON {
            let values = findings.map { finding -> JSONValue in
                [
                    "severity": .string(finding.severity.rawValue),
                    "message": .string(finding.message.text(in: language)),
                ]
            }
            console.json(["clean": .boolean(!wrong), "findings": .array(values)])
        } else {
            for finding in findings {
                report(
                    finding.severity == .error ? .shellFinding : .shellWarning,
                    ["text": .message(finding.message)]
                )
            }
            if !wrong { report(.shellCheckClean) }
        }
        if wrong {
            throw PlatformError(.storage, Message(.shellCheckFailed, ["count": .text(String(findings.count))]))
        }
    }
}
