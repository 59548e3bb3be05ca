/// Reads the definition of a field from metadata.
enum FieldReader {
    private static let keys = [
        "name", "type", "label", "aliases", "help", "required", "unique", "searchable", "audit", "default",
        "max_length", "min", "max", "pattern", "dictionary", "depends_on", "scale", "currency", "object", "on_delete",
        "via", "code_rule",
    ]

    /// The properties that only some types have.
    private static let typed: [String: Set<String>] = [
        "max_length": ["text", "long_text", "email", "phone"], "pattern": ["text", "email", "phone"],
        "dictionary": ["picklist"],
        "depends_on": ["picklist"], "scale": ["decimal", "currency", "percent"], "currency": ["currency"],
        "object": ["reference", "children"], "on_delete": ["reference"], "via": ["children"],
        "code_rule": ["auto_number"],
        "searchable": [
            "text", "long_text", "integer", "decimal", "currency", "percent", "date", "date_time", "picklist",
            "reference",
            "auto_number", "email", "phone",
        ],
        "min": ["integer", "decimal", "currency", "percent", "date", "date_time"],
        "max": ["integer", "decimal", "currency", "percent", "date", "date_time"],
    ]

    private static let typeNames = [
        "text", "long_text", "integer", "decimal", "currency", "percent", "boolean", "date", "date_time", "picklist",
        "reference", "children", "auto_number", "email", "phone",
    ]

    static func read(_ node: MetadataNode, plugin: PluginID?) -> FieldDefinition? {
        guard node.isObject(allowing: keys), let name: FieldName = node.name("name"), let type = type(node) else {
            return nil
        }
        var field = FieldDefinition(name: name, type: type, label: node.label(orName: name.rawValue))
        field.plugin = plugin
        field.help = node.localized("help")
        field.aliases = node.list("aliases").compactMap { $0.text() }
        field.isRequired = node.boolean("required", default: false)
        field.isUnique = node.boolean("unique", default: false)
        field.isSearchable = node.boolean("searchable", default: false)
        field.isAudited = node.boolean("audit", default: true)
        field.maxLength = node.integer("max_length", in: 1...1_000_000) ?? defaultLength(type)
        field.pattern = pattern(node, maxLength: field.maxLength)
        field.dependsOn = node.optionalName("depends_on")
        field.codeRule = node.optionalName("code_rule")
        field.minimum = bound("min", node, type)
        field.maximum = bound("max", node, type)
        field.defaultValue = defaultValue(node, type)
        complainOfForeignKeys(node, type)
        complainOfMeaning(node, field)
        complainOfLimits(node, field)
        complainOfDefault(node, field)
        return field
    }

    /// The words of the expression language, in which a field of that name could only be written in quotation marks.
    private static let keywords: Set<String> = [
        "and", "or", "not", "in", "is", "null", "like", "between", "true", "false",
    ]

    private static func complainOfMeaning(_ node: MetadataNode, _ field: FieldDefinition) {
        if keywords.contains(field.name.rawValue) {
            node.member("name")?.complain(Message(.metadataKeyword, ["name": .text(field.name.rawValue)]))
        }
        if case .reference(_, .clear) = field.type, field.isRequired {
            node.member("on_delete")?.complain(Message(.metadataClearRequired))
        }
    }

    private static func complainOfForeignKeys(_ node: MetadataNode, _ type: FieldType) {
        for (key, types) in typed.sorted(by: { $0.key < $1.key }) where !types.contains(type.name) {
            node.member(key)?.complain(
                Message(.metadataNotForType, ["type": .text(type.name), "key": .text(key)])
            )
        }
    }

    private static func defaultLength(_ type: FieldType) -> Int? {
        switch type {
        case .text, .autoNumber: 255
        case .longText: 100_000
        case .email: 254
        case .phone: 40
        default: nil
        }
    }

    private static func type(_ node: MetadataNode) -> FieldType? {
        guard let name = node.requiredText("type") else { return nil }
        switch name {
        case "text": return .text
        case "long_text": return .longText
        case "integer": return .integer
        case "decimal": return .decimal(scale: node.integer("scale", in: 0...9) ?? 2)
        case "currency":
            let code = node.text("currency") ?? "CNY"
            if code.utf8.count != 3 || !code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
                node.member("currency")?.complain(
                    Message(.metadataChoice, ["value": .text(code), "allowed": "CNY, USD, EUR, … (ISO 4217)"])
                )
            }
            return .currency(code: code, scale: node.integer("scale", in: 0...9) ?? 2)
        case "percent": return .percent(scale: node.integer("scale", in: 0...9) ?? 2)
        case "boolean": return .boolean
        case "date": return .date
        case "date_time": return .dateTime
        case "picklist":
            return node.name("dictionary").map { .picklist(dictionary: $0) }
        case "reference":
            guard let target: ObjectName = node.name("object") else { return nil }
            return .reference(to: target, onDelete: deleteRule(node))
        case "children":
            guard let object: ObjectName = node.name("object"), let via: FieldName = node.name("via") else {
                return nil
            }
            return .children(object: object, via: via)
        case "auto_number": return .autoNumber
        case "email": return .email
        case "phone": return .phone
        default:
            node.member("type")?.complain(
                Message(
                    .metadataChoice,
                    ["value": .text(name), "allowed": .text(typeNames.joined(separator: ", "))]
                )
            )
            return nil
        }
    }

    private static func deleteRule(_ node: MetadataNode) -> FieldType.DeleteRule {
        guard let text = node.text("on_delete") else { return .restrict }
        if let rule = FieldType.DeleteRule(rawValue: text) { return rule }
        node.member("on_delete")?.complain(
            Message(.metadataChoice, ["value": .text(text), "allowed": "restrict, clear, cascade"])
        )
        return .restrict
    }

    /// How many steps the longest value of a field may take its pattern; a fraction of a second.
    private static let patternSteps = 20_000_000

    private static func pattern(_ node: MetadataNode, maxLength: Int?) -> String? {
        guard let pattern = node.text("pattern") else { return nil }
        let problem: Message
        do throws(TextPatternError) {
            let compiled = try TextPattern(pattern)
            let most = patternSteps / max(1, compiled.size)
            guard let maxLength, maxLength > most else { return pattern }
            problem = Message(
                .metadataPatternLong,
                ["pattern": .text(pattern), "length": .text(String(maxLength)), "most": .text(String(most))]
            )
        } catch {
            switch error {
            case .malformed(let place):
                problem = Message(.metadataBadPattern, ["pattern": .text(pattern), "place": .text(String(place))])
            case .unsupported(let part):
                problem = Message(.metadataPatternPart, ["pattern": .text(pattern), "part": .text(part)])
            case .tooLarge(let limit):
                problem = Message(.metadataPatternLarge, ["pattern": .text(pattern), "limit": .text(String(limit))])
            }
        }
        node.member("pattern")?.complain(problem)
        return nil
    }

    private static func bound(_ key: String, _ node: MetadataNode, _ type: FieldType) -> Value? {
        guard let child = node.member(key) else { return nil }
        if let value = literal(child.value, type) { return value }
        // Other types have no limits at all, which is told already.
        guard typed[key]?.contains(type.name) == true else { return nil }
        child.complain(
            Message(
                .metadataBadLimit,
                ["key": .text(key), "value": .text(shown(child.value)), "type": .text(type.name)]
            )
        )
        return nil
    }

    /// A JSON value as messages quote it.
    private static func shown(_ json: JSONValue) -> String {
        TextLimits.prefix(json.stringValue ?? json.serialised(), characters: 80)
    }

    private static func defaultValue(_ node: MetadataNode, _ type: FieldType) -> DefaultValue? {
        guard let child = node.member("default") else { return nil }
        if type.isReference {
            child.complain(Message(.metadataDefaultReference))
            return nil
        }
        if case .string(let text) = child.value {
            switch (text, type) {
            case ("today()", .date): return .today
            case ("now()", .dateTime): return .now
            case ("me()", .integer): return .me
            default: break
            }
        }
        if let value = literal(child.value, type) { return .value(value) }
        child.complain(
            Message(
                .metadataBadDefault,
                ["value": .text(shown(child.value)), "type": .text(type.name)]
            )
        )
        return nil
    }

    /// A JSON literal as a value of the type, nil when it does not fit exactly, and for the least number of 64 bits, which
    /// nobody can type.
    static func literal(_ json: JSONValue, _ type: FieldType) -> Value? {
        switch (type.storage, json) {
        case (.text, .string(let text)): return .text(text)
        case (.integer, .integer(let number)): return number == .min ? nil : .integer(number)
        case (.boolean, .boolean(let flag)): return .boolean(flag)
        case (.scaled(let scale), .integer(let number)):
            return FixedDecimal(number).rescaled(to: scale, rounding: .down).flatMap {
                $0.units == .min ? nil : .decimal($0)
            }
        case (.scaled(let scale), .number(let text)), (.scaled(let scale), .string(let text)):
            guard let exact = FixedDecimal(text), let scaled = exact.rescaled(to: scale, rounding: .down),
                scaled == exact, scaled.units != .min
            else { return nil }
            return .decimal(scaled)
        case (.date, .string(let text)): return CalendarDate(iso: text).map { .date($0) }
        case (.instant, .string(let text)):
            return Instant(iso: text).flatMap { $0.isWritable && $0 == $0.wholeSeconds ? .instant($0) : nil }
        default: return nil
        }
    }
}
