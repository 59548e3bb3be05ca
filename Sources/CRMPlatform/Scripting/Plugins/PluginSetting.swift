public import CRMModel

/// A setting of a plugin: what a company may have differently without changing the plugin.
public struct PluginSetting: Sendable {
    /// What a setting holds.
    public enum Kind: String, Sendable, CaseIterable {
        /// Any text.
        case text
        /// A whole number.
        case integer
        /// An exact number, kept as text.
        case decimal
        /// Yes or no.
        case boolean
    }

    /// The name.
    public let name: ElementName
    /// What it holds.
    public let kind: Kind
    /// The value when nobody has set it.
    public let standard: JSONValue
    /// The value that is in force.
    public package(set) var value: JSONValue
    /// What it is for.
    public let description: LocalizedText
    /// The least number allowed.
    public let minimum: FixedDecimal?
    /// The greatest number allowed.
    public let maximum: FixedDecimal?
    /// The values allowed; empty for any.
    public let choices: [JSONValue]

    /// Reads the settings of a manifest.
    package static func read(_ node: MetadataNode) -> [PluginSetting] {
        guard let child = node.member("settings") else { return [] }
        guard case .object(let object) = child.value else {
            child.complain(Message(.metadataWrongType, ["expected": "{…}"]))
            return []
        }
        return object.entries.compactMap { key, _ in
            guard let entry = child.member(key), let name: ElementName = entry.checkedName(key) else { return nil }
            entry.isObject(allowing: ["type", "default", "description", "min", "max", "choices"])
            guard let type = entry.requiredText("type") else { return nil }
            guard let kind = Kind(rawValue: type) else {
                let allowed = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                entry.member("type")?.complain(
                    Message(.metadataChoice, ["value": .text(type), "allowed": .text(allowed)])
                )
                return nil
            }
            let standard = entry.member("default")
            if let standard, !kind.holds(standard.value) {
                standard.complain(Message(.metadataWrongType, ["expected": .text(kind.example)]))
            }
            let value = standard?.value ?? .null
            let setting = PluginSetting(
                name: name,
                kind: kind,
                standard: value,
                value: value,
                description: entry.localized("description") ?? LocalizedText(key),
                minimum: bound("min", entry, kind),
                maximum: bound("max", entry, kind),
                choices: choices(entry, kind)
            )
            if let standard, kind.holds(standard.value), let problem = setting.objection(to: standard.value) {
                standard.complain(problem)
            }
            return setting
        }
    }
}

extension PluginSetting {
    private static func bound(_ key: String, _ entry: MetadataNode, _ kind: Kind) -> FixedDecimal? {
        guard let node = entry.member(key) else { return nil }
        guard kind == .integer || kind == .decimal else {
            node.complain(Message(.metadataNotForType, ["type": .text(kind.rawValue), "key": .text(key)]))
            return nil
        }
        guard let number = node.value.exactNumber else {
            node.complain(Message(.metadataWrongType, ["expected": .text(kind.example)]))
            return nil
        }
        return number
    }

    private static func choices(_ entry: MetadataNode, _ kind: Kind) -> [JSONValue] {
        entry.list("choices").compactMap { node in
            if kind.holds(node.value) { return node.value }
            node.complain(Message(.metadataWrongType, ["expected": .text(kind.example)]))
            return nil
        }
    }

    /// Why a value of the right kind is not allowed, nil when it is.
    package func objection(to value: JSONValue) -> Message? {
        var words: [String: Message.Argument] = ["label": .label(description), "name": .text(name.rawValue)]
        if let number = value.exactNumber {
            if let minimum, number < minimum {
                words["limit"] = .text(minimum.description)
                return Message(.settingTooSmall, words)
            }
            if let maximum, number > maximum {
                words["limit"] = .text(maximum.description)
                return Message(.settingTooGreat, words)
            }
        }
        let texts = choices.map { $0.stringValue ?? $0.serialised() }
        guard !choices.isEmpty, !texts.contains(value.stringValue ?? value.serialised()) else { return nil }
        words["choices"] = .text(texts.joined(separator: ", "))
        return Message(.settingChoice, words)
    }
}

extension JSONValue {
    /// A number, or a text that is one.
    fileprivate var exactNumber: FixedDecimal? {
        switch self {
        case .integer(let number): FixedDecimal(number)
        case .number(let text), .string(let text): FixedDecimal(text)
        default: nil
        }
    }
}

extension PluginSetting.Kind {
    /// How a default of this kind is written.
    package var example: String {
        switch self {
        case .text: #""…""#
        case .integer: "42"
        case .decimal: #""30.00""#
        case .boolean: "true, false"
        }
    }

    /// What a parameter of this kind takes.
    package var parameterKind: ParameterInfo.Kind {
        switch self {
        case .text: .text
        case .integer: .integer
        case .decimal: .decimal
        case .boolean: .boolean
        }
    }

    /// Whether a value is of this kind.
    package func holds(_ value: JSONValue) -> Bool {
        switch self {
        case .text: value.stringValue != nil
        // The least number of 64 bits is one that nobody can type.
        case .integer: value.integerValue.map { $0 != .min } ?? false
        case .decimal: value.decimalValue.map { $0.units != .min } ?? false
        case .boolean: value.booleanValue != nil
        }
    }
}

extension MessageKey {
    package static let settingTooSmall = MessageKey(
        "setting.too_small",
        zhCN: "{label}（{name}）不能小于 {limit}",
        zhTW: "{label}（{name}）不能小於 {limit}",
        en: "{label} ({name}) must not be less than {limit}"
    )
    package static let settingTooGreat = MessageKey(
        "setting.too_great",
        zhCN: "{label}（{name}）不能大于 {limit}",
        zhTW: "{label}（{name}）不能大於 {limit}",
        en: "{label} ({name}) must not be greater than {limit}"
    )
    package static let settingChoice = MessageKey(
        "setting.choice",
        zhCN: "{label}（{name}）只能是：{choices}",
        zhTW: "{label}（{name}）只能是：{choices}",
        en: "{label} ({name}) must be one of: {choices}"
    )
    package static let settingsWrong = MessageKey(
        "setting.wrong",
        zhCN: "「{name}」的设置有误：",
        zhTW: "「{name}」的設定有誤：",
        en: "The settings of \"{name}\" are wrong:"
    )
    package static let settingUnknown = MessageKey(
        "setting.unknown",
        zhCN: "没有设置「{name}」。可用：{known}",
        zhTW: "沒有設定「{name}」。可用：{known}",
        en: "there is no setting \"{name}\". Settings: {known}"
    )
    package static let settingSurplus = MessageKey(
        "setting.surplus",
        zhCN: "「{value}」没有对应的设置，请写成 名称=值。可用：{known}",
        zhTW: "「{value}」沒有對應的設定，請寫成 名稱=值。可用：{known}",
        en: "there is no setting for \"{value}\"; write name=value. Settings: {known}"
    )
}
