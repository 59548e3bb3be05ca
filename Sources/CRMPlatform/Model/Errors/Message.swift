/// A text for people that is put into words only when the language of the reader is known.
public struct Message: Sendable, Hashable {
    /// What stands for a `{name}` in the template.
    public enum Argument: Sendable, Hashable {
        /// Text that is the same in every language.
        case text(String)
        /// A label with translations.
        case label(LocalizedText)
        /// Another message.
        case message(Message)
    }

    private indirect enum Content: Sendable, Hashable {
        case key(MessageKey, [String: Argument])
        case custom(LocalizedText, [String: Argument])
    }

    /// How many bytes of a text that is not the platform's own a message quotes; whoever gives more has not cut it.
    private static let argumentBytes = 16_384

    private let content: Content

    /// A message of the kernel with its arguments by name.
    ///
    /// In the wording `{count}` is the argument, and `{count|record|records}` a word that depends on its being 1.
    public init(_ key: MessageKey, _ arguments: [String: Argument] = [:]) {
        content = .key(key, arguments)
    }

    /// A message that a plugin or metadata wrote; `{name}` is replaced as in the kernel's own.
    public init(custom text: LocalizedText, _ arguments: [String: Argument] = [:]) {
        content = .custom(text, arguments)
    }

    /// The key of a kernel message, nil for a plugin's own.
    public var key: MessageKey? {
        if case .key(let key, _) = content { return key }
        return nil
    }

    /// The message in words.
    public func text(in language: Language) -> String { text(in: language) { $0 } }

    /// The message in words for a terminal or a log: signs in its arguments that could steer a terminal, hide or begin a
    /// line of their own are shown as escapes, so what people typed never looks like a line of the platform's.
    ///
    /// Line feeds of the wording itself stay.
    public func safeText(in language: Language) -> String {
        DisplayWidth.escapingControls(text(in: language) { DisplayWidth.escapingControls($0) }, keepingLines: true)
    }

    private func text(in language: Language, _ shown: (String) -> String) -> String {
        let template: String
        let arguments: [String: Argument]
        switch content {
        case .key(let key, let given):
            template = key.template.text(in: language)
            arguments = given
        case .custom(let text, let given):
            template = text.text(in: language)
            arguments = given
        }
        guard !arguments.isEmpty, template.utf8.contains(UInt8(ascii: "{")) else { return template }
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let tail = rest[rest.index(after: open)...]
            guard let close = tail.firstIndex(of: "}") else {
                result += "{"
                rest = tail
                continue
            }
            let parts = tail[..<close].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard let argument = arguments[parts[0]] else {
                result += "{"
                rest = tail
                continue
            }
            // `{count|record|records}`: the first of them for one.
            if parts.count == 3 {
                result += argument == .text("1") ? parts[1] : parts[2]
                rest = tail[tail.index(after: close)...]
                continue
            }
            switch argument {
            case .text(let text): result += shown(TextLimits.cut(text, bytes: Self.argumentBytes))
            case .label(let label): result += shown(label.text(in: language))
            case .message(let message): result += message.text(in: language, shown)
            }
            rest = tail[tail.index(after: close)...]
        }
        return result + rest
    }
}

extension Message.Argument: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// Text that is the same in every language.
    public init(stringLiteral value: String) { self = .text(value) }
}
