public import CRMModel
import LuaBridge

/// A parameter of a report or command.
public struct ParameterInfo: Sendable, Hashable {
    /// What a parameter takes.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Any text, as it is.
        case text
        /// A whole number.
        case integer
        /// An exact number of up to nine places.
        case decimal
        /// An amount of money; read as a decimal.
        case currency
        /// A day, in any of the forms people write.
        case date
        /// Yes or no.
        case boolean
    }

    /// The name, unique within the report or command.
    public let name: String
    /// What it takes.
    public let kind: Kind
    /// The label.
    public let label: LocalizedText
    /// What is taken when nothing is given; nil or empty for nothing.
    public let defaultText: String?
    /// Whether something must be given.
    public let isRequired: Bool

    /// Makes a parameter.
    public init(
        name: String,
        kind: Kind = .text,
        label: LocalizedText,
        defaultText: String? = nil,
        isRequired: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.defaultText = defaultText
        self.isRequired = isRequired
    }
}

extension ParameterInfo {
    private static let members = ["name", "type", "label", "default", "required"]

    /// Reads an element of the list `params`.
    ///
    /// - Throws: `LuaError` that says which member is wrong and what it may be.
    init(definition: LuaValue) throws(LuaError) {
        guard case .string(let name)? = definition["name"], ElementName(rawValue: name) != nil else {
            throw LuaError(code: .argument, message: "each of 'params' needs a 'name' of a-z, 0-9 and _")
        }
        func wrong(_ what: String) -> LuaError {
            LuaError(code: .argument, message: "the parameter '\(name)': \(what)")
        }
        if case .table(let pairs) = definition {
            for pair in pairs {
                let key = Definition.text(pair.key) ?? "?"
                guard !Self.members.contains(key) else { continue }
                throw wrong("unknown member '\(key)'; members are \(Self.members.joined(separator: ", "))")
            }
        }
        var kind = Kind.text
        if let given = definition["type"] {
            guard case .string(let text) = given, let known = Kind(rawValue: text) else {
                let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw wrong("no type '\(Definition.text(given) ?? "?")'; types are \(kinds)")
            }
            kind = known
        }
        var isRequired = false
        if let given = definition["required"] {
            guard case .boolean(let flag) = given else { throw wrong("'required' must be true or false") }
            isRequired = flag
        }
        let label = definition["label"].flatMap { ScriptErrors.text(of: $0) } ?? LocalizedText(name)
        let defaultText = definition["default"].flatMap(Definition.text)
        if let defaultText, !defaultText.isEmpty {
            if isRequired { throw wrong("it has a 'default' and is 'required'; leave one of them out") }
            if kind.value(defaultText, below: label) == nil {
                throw wrong("the default '\(defaultText)' is not of the type \(kind.rawValue)")
            }
        }
        self.init(
            name: name,
            kind: kind,
            label: label,
            defaultText: defaultText,
            isRequired: isRequired
        )
    }
}

extension ParameterInfo.Kind {
    /// The value that people mean by a text, nil when it is none of this kind; units are read as below the label.
    package func value(_ text: String, below label: LocalizedText) -> Value? {
        switch self {
        case .text: .text(text)
        case .integer: (try? LenientInput.integer(text, below: label)).map { .integer($0) }
        case .decimal, .currency:
            (try? LenientInput.decimal(
                text,
                below: label,
                scale: 9,
                percent: self == .currency ? .refused : .hundredth,
                currency: .unmarked
            )).map { .decimal($0) }
        case .date: (try? LenientInput.date(text)).map { .date($0) }
        case .boolean: (try? LenientInput.boolean(text)).map { .boolean($0) }
        }
    }

    /// What people should write, for messages.
    package var expectation: Message {
        switch self {
        case .text: Message(.parameterText)
        case .integer: Message(.parameterInteger)
        case .decimal, .currency: Message(.parameterDecimal)
        case .date: Message(.parameterDate)
        case .boolean: Message(.parameterBoolean)
        }
    }
}

extension MessageKey {
    package static let parameterText = MessageKey("script.parameter_text", zhCN: "文本", zhTW: "文字", en: "a text")
    package static let parameterInteger = MessageKey(
        "script.parameter_integer",
        zhCN: "整数，如 12",
        zhTW: "整數，如 12",
        en: "a whole number such as 12"
    )
    package static let parameterDecimal = MessageKey(
        "script.parameter_decimal",
        zhCN: "数字，如 12.50",
        zhTW: "數字，如 12.50",
        en: "a number such as 12.50"
    )
    package static let parameterDate = MessageKey(
        "script.parameter_date",
        zhCN: "日期，如 2026-11-21",
        zhTW: "日期，如 2026-11-21",
        en: "a date such as 2026-11-21"
    )
    package static let parameterBoolean = MessageKey(
        "script.parameter_boolean",
        zhCN: "是或否",
        zhTW: "是或否",
        en: "yes or no"
    )
}
