/// Reads rules of objects from metadata.
enum RuleReader {
    static func codeRule(_ node: MetadataNode, plugin: PluginID?) -> CodeRule? {
        guard node.isObject(allowing: ["name", "field", "pattern", "reset", "scope", "date_field"]),
            let name: ElementName = node.name("name"), let field: FieldName = node.name("field"),
            let pattern = node.requiredText("pattern")
        else { return nil }
        let tokens = CodeRule.parse(pattern: pattern) ?? []
        let serials = tokens.count { if case .serial = $0 { true } else { false } }
        guard serials == 1 else {
            node.member("pattern")?.complain(Message(.metadataCodePattern, ["pattern": .text(pattern)]))
            return nil
        }
        let literals = tokens.map { if case .literal(let text) = $0 { text } else { "" } }.joined()
        if literals.count > 200 || literals.unicodeScalars.contains(where: \.properties.breaksLine) {
            node.member("pattern")?.complain(Message(.metadataCodeLiteral))
        }
        var reset = CodeRule.Reset.never
        if let text = node.text("reset") {
            if let known = CodeRule.Reset(rawValue: text) {
                reset = known
            } else {
                node.member("reset")?.complain(
                    Message(.metadataChoice, ["value": .text(text), "allowed": "never, day, month, year"])
                )
            }
        }
        let rule = CodeRule(
            name: name,
            field: field,
            pattern: pattern,
            tokens: tokens,
            reset: reset,
            scope: node.names("scope"),
            dateField: node.optionalName("date_field"),
            plugin: plugin
        )
        if rule.dateField != nil, !rule.showsDay {
            node.member("date_field")?.complain(Message(.metadataCodeNoDay, ["pattern": .text(pattern)]))
        }
        if !rule.showsResetPeriod {
            let needed = ["year": "{yyyy}", "month": "{yyyy}{MM}", "day": "{yyyy}{MM}{dd}"][reset.rawValue] ?? ""
            node.complain(
                Message(
                    .metadataCodeReset,
                    ["reset": .text(reset.rawValue), "pattern": .text(pattern), "needed": .text(needed)]
                )
            )
        }
        return rule
    }

    static func validationRule(_ node: MetadataNode, plugin: PluginID?) -> ValidationRule? {
        guard node.isObject(allowing: ["name", "condition", "message", "fields"]),
            let name: ElementName = node.name("name"), let condition = node.requiredText("condition")
        else { return nil }
        guard let message = node.localized("message") else {
            node.complain(Message(.metadataMissing, ["key": "message"]))
            return nil
        }
        return ValidationRule(
            name: name,
            condition: condition,
            message: message,
            fields: node.names("fields"),
            plugin: plugin
        )
    }

    static func duplicateRule(_ node: MetadataNode, plugin: PluginID?) -> DuplicateRule? {
        guard node.isObject(allowing: ["name", "match", "action", "label", "message"]),
            let name: ElementName = node.name("name")
        else { return nil }
        let matches = node.list("match").compactMap { item -> DuplicateRule.Match? in
            item.isObject(allowing: ["field", "normaliser"])
            guard let field: FieldName = item.name("field") else { return nil }
            return DuplicateRule.Match(field: field, normaliser: item.choice("normaliser") ?? .text)
        }
        if matches.isEmpty { node.complain(Message(.metadataMissing, ["key": "match"])) }
        var action = DuplicateRule.Action.block
        if let text = node.text("action") {
            if let known = DuplicateRule.Action(rawValue: text) {
                action = known
            } else {
                node.member("action")?.complain(
                    Message(.metadataChoice, ["value": .text(text), "allowed": "block, warn"])
                )
            }
        }
        return DuplicateRule(
            name: name,
            matches: matches,
            action: action,
            label: node.localized("label"),
            message: node.localized("message"),
            plugin: plugin
        )
    }

    static func layout(
        _ node: MetadataNode,
        object: ObjectName,
        kind: Layout.Kind,
        plugin: PluginID?,
        isExtension: Bool
    ) -> Layout {
        var sections: [Layout.Section] = []
        switch kind {
        case .list:
            node.isObject(allowing: isExtension ? ["columns"] : ["columns", "sort"])
            sections = [Layout.Section(label: nil, fields: node.names("columns"))]
            if node.member("columns") == nil { node.complain(Message(.metadataMissing, ["key": "columns"])) }
        case .detail:
            node.isObject(allowing: ["sections"])
            sections = node.list("sections").map { item in
                item.isObject(allowing: ["label", "fields"])
                return Layout.Section(label: item.localized("label"), fields: item.names("fields"))
            }
        }
        let sort = (isExtension ? [] : node.list("sort")).compactMap { item -> Layout.Sort? in
            item.isObject(allowing: ["field", "descending"])
            guard let field: FieldName = item.name("field") else { return nil }
            return Layout.Sort(field: field, descending: item.boolean("descending", default: false))
        }
        return Layout(object: object, kind: kind, sections: sections, sort: sort, plugin: plugin)
    }
}
