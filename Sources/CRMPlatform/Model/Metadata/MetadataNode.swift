/// A JSON file of a plugin, parsed.
public struct MetadataFile: Sendable {
    /// The path within the plugin.
    public let path: String
    /// The text.
    public let bytes: [UInt8]
    /// The document.
    public let document: JSONValue

    /// Parses a file.
    ///
    /// - Throws: `MetadataProblems` with the line and the reason when it is not strict JSON.
    public init(path: String, bytes: [UInt8]) throws(MetadataProblems) {
        self.path = path
        self.bytes = bytes
        do {
            document = try JSONParser.parse(bytes)
        } catch {
            throw MetadataProblems([
                MetadataProblem(file: path, line: error.line, path: error.path, message: error.message)
            ])
        }
    }
}

/// A value within a metadata file, with its place, read with checks; what is wrong goes to the collector.
package struct MetadataNode {
    /// The value.
    package let value: JSONValue
    let path: [JSONPathStep]
    let file: MetadataFile
    let collector: ProblemCollector
    /// The plugin that the file belongs to, when that is known.
    let plugin: PluginID?

    /// Makes the node of a whole file.
    package init(_ file: MetadataFile, _ collector: ProblemCollector, plugin: PluginID? = nil) {
        value = file.document
        path = []
        self.file = file
        self.collector = collector
        self.plugin = plugin
    }

    private init(value: JSONValue, path: [JSONPathStep], parent: MetadataNode) {
        self.value = value
        self.path = path
        file = parent.file
        collector = parent.collector
        plugin = parent.plugin
    }

    /// The path of the file within the plugin.
    package var filePath: String { file.path }

    /// The written form of the place, `fields[3].type`.
    package var pathText: String {
        var text = ""
        for step in path {
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// Notes a problem at this place.
    package func complain(_ message: Message) {
        collector.add(
            MetadataProblem(
                file: file.path,
                line: JSONLocator.line(of: path, in: file.bytes),
                path: pathText,
                message: message,
                plugin: plugin
            )
        )
    }

    /// The member of that name, nil when there is none or it is null.
    package func member(_ key: String) -> MetadataNode? {
        guard case .object(let object) = value, let child = object[key], child != .null else { return nil }
        return MetadataNode(value: child, path: path + [.key(key)], parent: self)
    }

    /// Whether this is an object with no members but the allowed ones; complains about the others with a suggestion.
    @discardableResult
    package func isObject(allowing allowed: [String]) -> Bool {
        guard case .object(let object) = value else {
            complain(Message(.metadataWrongType, ["expected": "object {…}"]))
            return false
        }
        for (key, _) in object.entries where !allowed.contains(key) && key != "$schema" {
            var arguments: [String: Message.Argument] = [
                "key": .text(key), "allowed": .text(allowed.joined(separator: ", ")),
            ]
            let hint = Suggestion.nearest(to: key, among: allowed)
            arguments["hint"] = hint.map { .text("「\($0)」") }
            MetadataNode(value: .null, path: path + [.key(key)], parent: self).complain(
                Message(hint == nil ? .metadataStrangeKey : .metadataUnknownKey, arguments)
            )
        }
        return true
    }

    /// The elements of a list; complains and gives none when this is not a list.
    package func elements() -> [MetadataNode] {
        guard case .array(let values) = value else {
            complain(Message(.metadataWrongType, ["expected": "array […]"]))
            return []
        }
        return values.enumerated().map { MetadataNode(value: $1, path: path + [.index($0)], parent: self) }
    }

    /// The elements of the list under `key`, none when it is absent.
    package func list(_ key: String) -> [MetadataNode] { member(key)?.elements() ?? [] }

    /// The text of this value; complains when it is something else.
    package func text() -> String? {
        if case .string(let text) = value { return text }
        complain(Message(.metadataWrongType, ["expected": "text \"…\""]))
        return nil
    }

    /// The text under `key`, nil when absent.
    package func text(_ key: String) -> String? { member(key)?.text() }

    /// The text under `key`; complains when absent or empty.
    package func requiredText(_ key: String) -> String? {
        guard let node = member(key) else {
            complain(Message(.metadataMissing, ["key": .text(key)]))
            return nil
        }
        guard let text = node.text() else { return nil }
        if text.isEmpty {
            node.complain(Message(.metadataEmpty))
            return nil
        }
        return text
    }

    /// The yes or no under `key`, `fallback` when absent.
    package func boolean(_ key: String, default fallback: Bool) -> Bool {
        guard let node = member(key) else { return fallback }
        if case .boolean(let value) = node.value { return value }
        node.complain(Message(.metadataWrongType, ["expected": "true / false"]))
        return fallback
    }

    /// The whole number under `key` within a range, nil when absent.
    package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = member(key) else { return nil }
        if case .integer(let value) = node.value, let number = Int(exactly: value), range.contains(number) {
            return number
        }
        node.complain(
            Message(.metadataRange, ["low": .text(String(range.lowerBound)), "high": .text(String(range.upperBound))])
        )
        return nil
    }

    /// A checked name under `key`; complains when it is absent or not of the form.
    package func name<Name: CheckedName>(_ key: String, as type: Name.Type = Name.self) -> Name? {
        guard let text = requiredText(key) else { return nil }
        return member(key)?.checkedName(text)
    }

    /// A checked name under `key`, nil when absent.
    package func optionalName<Name: CheckedName>(_ key: String, as type: Name.Type = Name.self) -> Name? {
        guard let node = member(key), let text = node.text() else { return nil }
        return node.checkedName(text)
    }

    /// This text as a checked name; complains when it is not of the form.
    package func checkedName<Name: CheckedName>(_ text: String) -> Name? {
        if let name = Name(rawValue: text) { return name }
        complain(Self.refusal(of: text, as: Name.self))
        return nil
    }

    /// Why a text is not a name of that kind: the platform's own words are told apart from texts of another form.
    package static func refusal<Name: CheckedName>(of text: String, as type: Name.Type) -> Message {
        let shown: Message.Argument = .text(TextLimits.prefix(text, characters: 80))
        guard isAPIName(text) else { return Message(.metadataBadName, ["name": shown]) }
        let words = Name.reservedPrefixes.map { "\($0)…" } + Name.reservedWords
        return Message(.metadataReservedName, ["name": shown, "words": .text(words.joined(separator: ", "))])
    }

    /// The checked names of a list under `key`.
    package func names<Name: CheckedName>(_ key: String, as type: Name.Type = Name.self) -> [Name] {
        list(key).compactMap { node in node.text().flatMap { node.checkedName($0) } }
    }

    /// One of the raw values of an enumeration under `key`, nil when absent.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        as type: Choice.Type = Choice.self
    ) -> Choice?
    where Choice.RawValue == String {
        guard let node = member(key), let text = node.text() else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        node.complain(
            Message(
                .metadataChoice,
                ["value": .text(text), "allowed": .text(Choice.allCases.map(\.rawValue).joined(separator: ", "))]
            )
        )
        return nil
    }

    /// The translated text under `key`: an object of languages, or one text for all; nil when absent.
    package func localized(_ key: String) -> LocalizedText? {
        guard let node = member(key) else { return nil }
        switch node.value {
        case .string(let text) where !text.isEmpty:
            return node.bounded(LocalizedText(text))
        case .object(let object):
            if object.entries.isEmpty { node.complain(Message(.metadataNoLanguage)) }
            var texts: [Language: String] = [:]
            for (tag, value) in object.entries {
                guard let language = Language(rawValue: tag) else {
                    node.complain(Message(.metadataLanguage, ["tag": .text(tag)]))
                    continue
                }
                if case .string(let text) = value, !text.isEmpty {
                    texts[language] = text
                } else {
                    node.complain(Message(.metadataEmpty))
                }
            }
            return node.bounded(LocalizedText(texts))
        default:
            node.complain(Message(.metadataWrongType, ["expected": #"{"zh-CN": "…", "zh-TW": "…", "en": "…"}"#]))
            return nil
        }
    }

    /// How many bytes a label, a help or a message may have in one language.
    private static let wordingBytes = 4_000

    /// The text, after a complaint when it is too long in some language.
    private func bounded(_ text: LocalizedText) -> LocalizedText {
        if text.texts.values.contains(where: { $0.utf8.count > Self.wordingBytes }) {
            complain(Message(.metadataTooLong, ["limit": .text(String(Self.wordingBytes))]))
        }
        return text
    }

    /// The label; the name itself stands in, after a complaint, when there is none.
    package func label(orName name: String) -> LocalizedText {
        if let label = localized("label") {
            let isOneLine = label.texts.values.allSatisfy { text in
                text.unicodeScalars.allSatisfy { !$0.properties.breaksLine }
            }
            if !isOneLine { member("label")?.complain(Message(.metadataLineBreak)) }
            return label
        }
        if member("label") == nil { complain(Message(.metadataMissing, ["key": "label"])) }
        return LocalizedText(name)
    }
}

extension Unicode.Scalar.Properties {
    /// Whether the scalar ends a line or a paragraph, or controls a terminal.
    package var breaksLine: Bool {
        generalCategory == .lineSeparator || generalCategory == .paragraphSeparator || generalCategory == .control
    }
}
