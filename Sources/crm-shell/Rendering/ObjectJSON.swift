import CRMPlatform

/// The metadata of an object as JSON: everything that programs need to build forms, imports and checks from it.
struct ObjectJSON {
    /// The metadata.
    let catalog: Catalog
    /// The language of `label`, `help` and `message`; `labels` has all of them.
    let language: Language

    /// An object.
    func json(_ object: ObjectDefinition) -> JSONValue {
        [
            "name": .string(object.name.rawValue), "label": .string(object.label.text(in: language)),
            "labels": texts(object.label), "title_field": .string(object.titleField.rawValue),
            "plugin": .text(object.plugin?.rawValue), "fields": .list(object.fields, json),
            "indexes": .list(object.indexes) { index in
                ["fields": names(index.fields), "unique": .boolean(index.isUnique)]
            },
            "layouts": [
                "list": catalog.layout(.list, of: object.name).map(json) ?? .null,
                "detail": catalog.layout(.detail, of: object.name).map(json) ?? .null,
            ],
            "validation_rules": .list(object.validationRules) { rule in
                [
                    "name": .string(rule.name.rawValue), "condition": .string(rule.condition),
                    "message": .string(rule.message.text(in: language)), "fields": names(rule.fields),
                    "plugin": .text(rule.plugin?.rawValue),
                ]
            },
            "duplicate_rules": .list(object.duplicateRules) { rule in
                [
                    "name": .string(rule.name.rawValue), "label": .text(rule.label?.text(in: language)),
                    "action": .string(rule.action.rawValue), "message": .text(rule.message?.text(in: language)),
                    "matches": .list(rule.matches) {
                        ["field": .string($0.field.rawValue), "normaliser": .string($0.normaliser.rawValue)]
                    },
                    "plugin": .text(rule.plugin?.rawValue),
                ]
            },
            "stages": stages(of: object),
            "code_rules": .list(object.codeRules) { rule in
                [
                    "name": .string(rule.name.rawValue), "field": .string(rule.field.rawValue),
                    "pattern": .string(rule.pattern), "reset": .string(rule.reset.rawValue),
                    "scope": names(rule.scope), "plugin": .text(rule.plugin?.rawValue),
                ]
            },
        ]
    }

    private func json(_ field: FieldDefinition) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(field.name.rawValue)), ("label", .string(field.label.text(in: language))),
            ("labels", texts(field.label)), ("type", .string(field.type.name)),
            ("required", .boolean(field.isRequired)), ("unique", .boolean(field.isUnique)),
            ("searchable", .boolean(field.isSearchable)), ("audited", .boolean(field.isAudited)),
            ("system", .boolean(field.isSystem)), ("plugin", .text(field.plugin?.rawValue)),
            ("aliases", .list(field.aliases) { .string($0) }), ("help", .text(field.help?.text(in: language))),
            ("default", field.defaultValue.map(json) ?? .null),
            ("min", field.minimum.map(RecordRendering.json) ?? .null),
            ("max", field.maximum.map(RecordRendering.json) ?? .null),
            ("max_length", field.maxLength.map(JSONValue.count) ?? .null), ("pattern", .text(field.pattern)),
            ("depends_on", .text(field.dependsOn?.rawValue)),
        ]
        members += typeMembers(field)
        if let options = catalog.dictionary(of: field)?.options { members.append(("options", .list(options, json))) }
        return .object(JSONObject(members))
    }

    /// What belongs to the type of a field.
    private func typeMembers(_ field: FieldDefinition) -> [(String, JSONValue)] {
        switch field.type {
        case .decimal(let scale), .percent(let scale): [("scale", .count(scale))]
        case .currency(let code, let scale): [("currency", .string(code)), ("scale", .count(scale))]
        case .picklist(let dictionary): [("dictionary", .string(dictionary.rawValue))]
        case .reference(let target, let rule):
            [("object", .string(target.rawValue)), ("on_delete", .string(rule.rawValue))]
        case .children(let object, let via): [("object", .string(object.rawValue)), ("via", .string(via.rawValue))]
        case .autoNumber: [("code_rule", .text(field.codeRule?.rawValue))]
        default: []
        }
    }

    private func json(_ option: PicklistSet.Option) -> JSONValue {
        [
            "value": .string(option.value), "label": .string(option.label.text(in: language)),
            "labels": texts(option.label), "retired": .boolean(option.isRetired),
            "colour": option.colour.isEmpty ? .null : .string(option.colour),
            "parents": .list(option.parents) { .string($0) }, "aliases": .list(option.aliases) { .string($0) },
        ]
    }

    private func json(_ standard: DefaultValue) -> JSONValue {
        switch standard {
        case .value(let value): RecordRendering.json(value)
        case .today: "today()"
        case .now: "now()"
        case .me: "me()"
        }
    }

    private func json(_ layout: Layout) -> JSONValue {
        var members: [(String, JSONValue)] = [("plugin", .text(layout.plugin?.rawValue))]
        if layout.kind == .list {
            members.append(("columns", names(layout.fields)))
            members.append(
                (
                    "sort",
                    .list(layout.sort) {
                        ["field": .string($0.field.rawValue), "descending": .boolean($0.descending)]
                    }
                )
            )
        } else {
            members.append(
                (
                    "sections",
                    .list(layout.sections) {
                        ["label": .text($0.label?.text(in: language)), "fields": names($0.fields)]
                    }
                )
            )
        }
        return .object(JSONObject(members))
    }

    /// The stages of an object, null for an object without.
    private func stages(of object: ObjectDefinition) -> JSONValue {
        guard let stages = object.stages else { return .null }
        let dictionary = object.field(stages.field).flatMap { catalog.dictionary(of: $0) }
        let starts = Set(stages.starts)
        let steps = stages.steps.map { step -> JSONValue in
            let gates = step.gates.map { gate -> JSONValue in
                [
                    "name": .string(gate.name.rawValue), "condition": .string(gate.condition),
                    "message": .string(gate.message.text(in: language)), "fields": names(gate.fields),
                    "plugin": .text(gate.plugin?.rawValue),
                ]
            }
            return [
                "value": .string(step.value),
                "label": .string(dictionary?.option(step.value)?.label.text(in: language) ?? step.value),
                "start": .boolean(starts.contains(step.value)),
                "next": step.next.map { .array($0.map { .string($0) }) } ?? .null, "gates": .array(gates),
            ]
        }
        return ["field": .string(stages.field.rawValue), "steps": .array(steps)]
    }

    private func names(_ fields: [FieldName]) -> JSONValue { .list(fields) { .string($0.rawValue) } }

    private func texts(_ text: LocalizedText) -> JSONValue {
        .object(JSONObject(Language.allCases.map { ($0.rawValue, .string(text.text(in: $0))) }))
    }
}
