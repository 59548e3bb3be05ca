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

    /// One of the values that a parameter may have.
    public struct Option: Sendable, Hashable {
        /// The value that the script is given.
        public let value: String
        /// What people call it.
        public let label: LocalizedText

        /// Makes an option.
        public init(value: String, label: LocalizedText) {
            self.value = value
            self.label = label
        }
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
    /// The values that a text may have, which people give by value or label; empty when it may be any.
    public let options: [Option]

    /// Makes a parameter.
    public init(
        name: String,
        kind: Kind = .text,
        label: LocalizedText,
        defaultText: String? = nil,
        isRequired: Bool = false,
        options: [Option] = []
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.defaultText = defaultText
        self.isRequired = isRequired
        self.options = options
    }
}

extension ParameterInfo {
    private static let members = ["name", "type", "label", "default", "required", "options"]

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
        let options: [Option]
        do throws(LuaError) {
            options = try definition["options"].map { given throws(LuaError) in try Self.options(given, kind) } ?? []
        } catch {
            throw wrong(error.message)
        }
        if let defaultText, !defaultText.isEmpty {
            if !options.isEmpty, !options.contains(where: { $0.value == defaultText }) {
                throw wrong("the default '\(defaultText)' is none of its 'options'")
            }
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
            isRequired: isRequired,
            options: options
        )
    }

    /// Reads the member `options`: values, or tables of a value and a label.
    private static func options(_ definition: LuaValue, _ kind: Kind) throws(LuaError) -> [Option] {
        func wrong(_ what: String) -> LuaError { LuaError(code: .argument, message: what) }
        guard kind == .text else { throw wrong("only parameters of type text have 'options'") }
        guard case .array(let items) = definition, !items.isEmpty else {
            throw wrong("'options' must be a list of values or of tables { value, label }")
        }
        var options: [Option] = []
        for item in items {
            if case .table(let pairs) = item,
                pairs.contains(where: { !["value", "label"].contains(Definition.text($0.key)) })
            {
                throw wrong("members of an option are value and label")
            }
            let given = if case .table = item { item["value"] } else { Optional(item) }
            guard case .string(let value)? = given, !value.isEmpty else {
                throw wrong("each of 'options' is a text, or a table { value, label }")
            }
            guard !options.contains(where: { $0.value == value }) else {
                throw wrong("the option '\(value)' is there twice")
            }
            let label =
                if case .table = item { item["label"].flatMap { ScriptErrors.text(of: $0) } } else {
                    LocalizedText?.none
                }
            options.append(Option(value: value, label: label ?? LocalizedText(value)))
        }
        return options
    }

    /// The value that people mean by a text, nil when it is none of the parameter: an option by its value or its label in any
    /// language, else as the kind reads it.
    package func value(_ text: String) -> Value? {
        guard !options.isEmpty else { return kind.value(text, below: label) }
        let wanted = TextNormalisation.trimmed(text)
        let meant = options.called(wanted, name: \.value, label: \.label)
        return meant.count == 1 ? .text(meant[0].value) : nil
    }

    /// What people should write, for messages.
    package var expectation: Message {
        guard !options.isEmpty else { return kind.expectation }
        let names = options.map { LocalizedText.named($0.value, $0.label) }
        return Message(.parameterOption, ["options": .label(.list(names, limit: 40))])
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
    package static let parameterOption = MessageKey(
        "script.parameter_option",
        zhCN: "其中之一：{options}",
        zhTW: "其中之一：{options}",
        en: "one of {options}"
    )
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
