public import CRMModel
import CRMStorage

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
    public internal(set) var value: JSONValue
    /// What it is for.
    public let description: LocalizedText

    /// Reads the settings of a manifest.
    static func read(_ node: MetadataNode) -> [PluginSetting] {
        guard let child = node.member("settings") else { return [] }
        guard case .object(let object) = child.value else {
            child.complain(Message(.metadataWrongType, ["expected": "{…}"]))
            return []
        }
        return object.entries.compactMap { key, _ in
            guard let entry = child.member(key), let name: ElementName = entry.checkedName(key) else { return nil }
            entry.isObject(allowing: ["type", "default", "description"])
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
            return PluginSetting(
                name: name,
                kind: kind,
                standard: value,
                value: value,
                description: entry.localized("description") ?? LocalizedText(key)
            )
        }
    }
}

extension PluginSetting.Kind {
    /// How a default of this kind is written.
    var example: String {
        switch self {
        case .text: #""…""#
        case .integer: "42"
        case .decimal: #""30.00""#
        case .boolean: "true, false"
        }
    }

    /// What a parameter of this kind takes.
    var parameterKind: ParameterInfo.Kind {
        switch self {
        case .text: .text
        case .integer: .integer
        case .decimal: .decimal
        case .boolean: .boolean
        }
    }

    /// Whether a value is of this kind.
    func holds(_ value: JSONValue) -> Bool {
        switch self {
        case .text: value.stringValue != nil
        case .integer: value.integerValue != nil
        case .decimal: value.decimalValue != nil
        case .boolean: value.booleanValue != nil
        }
    }
}

extension PluginManifest {
    private var key: String { "setting.\(id.rawValue)" }

    /// Puts the values that the company has given in the place of the defaults.
    ///
    /// Values that an upgrade has no setting for, or one of another kind, wait unused.
    mutating func takeSettings(from connection: StoreConnection) throws(PlatformError) {
        guard !settings.isEmpty, let stored = try stored(on: connection) else { return }
        for (index, setting) in settings.enumerated() {
            if let value = stored[setting.name.rawValue], setting.kind.holds(value) { settings[index].value = value }
        }
    }

    /// Keeps values as people type them; an empty text gives the default back.
    ///
    /// - Throws: `invalidInput` with every value that does not fit; `storage`.
    func keep(_ values: ParameterInput, on connection: StoreConnection) throws(PlatformError) {
        let parameters = settings.map { setting in
            ParameterInfo(name: setting.name.rawValue, kind: setting.kind.parameterKind, label: setting.description)
        }
        let given = try values.values(for: parameters, of: title)
        var stored = try stored(on: connection) ?? JSONObject()
        for pair in values.named { stored[pair.name] = nil }
        for (name, value) in given { stored[name] = value.settingValue }
        try MetaTable.set(key, to: stored.isEmpty ? nil : JSONValue.object(stored).serialised(), on: connection)
    }

    private func stored(on connection: StoreConnection) throws(PlatformError) -> JSONObject? {
        guard let text = try MetaTable.value(key, on: connection) else { return nil }
        return (try? JSONParser.parse(Array(text.utf8)))?.objectValue
    }
}

extension CRMModel.Value {
    /// The value as it is kept for a setting.
    fileprivate var settingValue: JSONValue? {
        switch self {
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .decimal(let number):
            // As many places as it needs: people who wrote 30 do not want to read 30.000000000.
            JSONValue((0...9).lazy.compactMap { number.rescaledExactly(to: $0) }.first ?? number)
        case .boolean(let flag): .boolean(flag)
        default: nil
        }
    }
}
