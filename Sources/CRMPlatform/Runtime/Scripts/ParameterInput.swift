import CRMModel
import CRMScripting

/// What somebody gives for the parameters of a report or command: values by name, and values in order.
///
/// The first value in order is for the first parameter, and so on. An empty value counts as none.
public struct ParameterInput: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// A value with the name of its parameter.
    public struct Pair: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value as it was written.
        public let value: String

        /// Makes a pair.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What the values are called in messages.
    enum Word {
        case parameters
        case settings
        case fileSettings

        var wrong: MessageKey {
            switch self {
            case .parameters: .scriptParameters
            case .settings: .settingsWrong
            case .fileSettings: .fileSettingsWrong
            }
        }
        var unknown: MessageKey { self == .parameters ? .scriptUnknownParameter : .settingUnknown }
        var surplus: MessageKey { self == .parameters ? .parameterSurplus : .settingSurplus }
    }

    /// The values by name, in the order given.
    public var named: [Pair]
    /// The values without a name, in the order given.
    public var positional: [String]

    /// Values by name and values in order.
    public init(named: [Pair], positional: [String]) {
        self.named = named
        self.positional = positional
    }

    /// Values by name.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(named: elements.map { Pair(name: $0, value: $1) }, positional: [])
    }

    /// Words of a command line: `name=value` is a value by name, everything else a value in order.
    ///
    /// Only letters, digits and `_` make a name, so that `https://…?a=b` is a value.
    public init(words: [String]) {
        self.init(named: [], positional: [])
        for word in words {
            if let sign = word.firstIndex(of: "="), sign > word.startIndex,
                word[..<sign].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            {
                named.append(Pair(name: String(word[..<sign]), value: String(word[word.index(after: sign)...])))
            } else {
                positional.append(word)
            }
        }
    }

    /// The typed values for the parameters.
    ///
    /// - Parameters:
    ///   - parameters: The parameters.
    ///   - title: The title of the report or command, for the message.
    ///   - word: What messages call them.
    /// - Returns: The values in the order of the parameters; those without a value are left out.
    /// - Throws: `PlatformError` `invalidInput` with everything that is wrong as an issue: parameters that do not exist,
    ///   that are missing, given twice, or of another kind.
    func values(
        for parameters: [ParameterInfo],
        of title: LocalizedText,
        called word: Word = .parameters
    ) throws(PlatformError) -> [(name: String, value: CRMModel.Value)] {
        var issues: [FieldIssue] = []
        func complain(_ code: String, _ message: Message) {
            if issues.count < 50 { issues.append(FieldIssue(field: nil, code: code, message: message)) }
        }
        let known: Message.Argument =
            parameters.isEmpty ? "—" : .label(.list(parameters.map { .named($0.name, $0.label) }))
        var given: [String: String] = [:]
        for (index, value) in positional.enumerated() {
            // Settings have no order: a word alone may be a name that somebody wants to see.
            guard word == .parameters, index < parameters.count else {
                let shown: Message.Argument = .text(Self.shortened(value))
                complain("unknown_parameter", Message(word.surplus, ["value": shown, "known": known]))
                continue
            }
            given[parameters[index].name] = value
        }
        for pair in named {
            let found = Self.parameters(pair.name, of: parameters)
            guard let parameter = found.first, found.count == 1 else {
                let shown: Message.Argument = .text(Self.shortened(pair.name))
                if found.isEmpty {
                    complain("unknown_parameter", Message(word.unknown, ["name": shown, "known": known]))
                } else {
                    let names: Message.Argument = .label(.list(found.map { .named($0.name, $0.label) }))
                    complain("parameter_ambiguous", Message(.parameterOfSeveral, ["name": shown, "known": names]))
                }
                continue
            }
            if given.updateValue(pair.value, forKey: parameter.name) != nil {
                complain(
                    "parameter_twice",
                    Message(.parameterTwice, ["name": .text(pair.name), "label": .label(parameter.label)])
                )
            }
        }
        var values: [(name: String, value: CRMModel.Value)] = []
        for parameter in parameters {
            var arguments: [String: Message.Argument] = [
                "name": .text(parameter.name), "label": .label(parameter.label),
                "expected": .message(parameter.expectation),
            ]
            let text = given[parameter.name] ?? parameter.defaultText ?? ""
            if text.isEmpty {
                if parameter.isRequired { complain("parameter_missing", Message(.parameterMissing, arguments)) }
            } else if let value = parameter.value(text) {
                values.append((parameter.name, value))
            } else {
                arguments["value"] = .text(Self.shortened(text))
                complain("parameter", Message(.scriptParameter, arguments))
            }
        }
        guard issues.isEmpty else {
            throw PlatformError(.invalidInput, Message(word.wrong, ["name": .label(title)]), issues: issues)
        }
        return values
    }

    /// The names of the parameters that are given by name or label.
    func given(among parameters: [ParameterInfo]) -> Set<String> {
        Set(named.flatMap { Self.parameters($0.name, of: parameters).map(\.name) })
    }

    private static func parameters(_ name: String, of parameters: [ParameterInfo]) -> [ParameterInfo] {
        parameters.called(name, name: \.name, label: \.label)
    }

    private static func shortened(_ text: String) -> String {
        TextLimits.shown(text, characters: 60)
    }
}

extension MessageKey {
    static let scriptParameters = MessageKey(
        "script.parameters",
        zhCN: "「{name}」的参数有误：",
        zhTW: "「{name}」的參數有誤：",
        en: "The parameters of \"{name}\" are wrong:"
    )
    static let scriptParameter = MessageKey(
        "script.parameter",
        zhCN: "{label}（{name}）应为{expected}，收到「{value}」",
        zhTW: "{label}（{name}）應為{expected}，收到「{value}」",
        en: "{label} ({name}) must be {expected}, not \"{value}\""
    )
    static let scriptUnknownParameter = MessageKey(
        "script.unknown_parameter",
        zhCN: "没有参数「{name}」。可用：{known}",
        zhTW: "沒有參數「{name}」。可用：{known}",
        en: "there is no parameter \"{name}\". Parameters: {known}"
    )
    static let parameterOfSeveral = MessageKey(
        "script.parameter_of_several",
        zhCN: "「{name}」可以是其中几个：{known}；请写英文名",
        zhTW: "「{name}」可以是其中幾個：{known}；請寫英文名",
        en: "\"{name}\" may be any of these: {known}; write the name"
    )
    static let parameterMissing = MessageKey(
        "script.parameter_missing",
        zhCN: "缺少{label}（{name}）：{expected}",
        zhTW: "缺少{label}（{name}）：{expected}",
        en: "{label} ({name}) is missing: {expected}"
    )
    static let parameterTwice = MessageKey(
        "script.parameter_twice",
        zhCN: "{label}（{name}）给了两次",
        zhTW: "{label}（{name}）給了兩次",
        en: "{label} ({name}) is given twice"
    )
    static let parameterSurplus = MessageKey(
        "script.parameter_surplus",
        zhCN: "「{value}」没有对应的参数。可用：{known}",
        zhTW: "「{value}」沒有對應的參數。可用：{known}",
        en: "there is no parameter for \"{value}\". Parameters: {known}"
    )
}
