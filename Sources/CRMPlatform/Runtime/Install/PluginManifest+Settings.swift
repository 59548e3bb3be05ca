import CRMModel
import CRMScripting
import CRMStorage

extension PluginManifest {
    private var key: String { "setting.\(id.rawValue)" }

    /// Puts the values that the company has given in the place of the defaults.
    ///
    /// Values that an upgrade has no setting for, or one of another kind, wait unused.
    mutating func takeSettings(from connection: StoreConnection) throws(PlatformError) {
        guard !settings.isEmpty, let stored = try stored(on: connection) else { return }
        for (index, setting) in settings.enumerated() {
            guard let value = stored[setting.name.rawValue], setting.kind.holds(value),
                setting.objection(to: value) == nil
            else { continue }
            settings[index].value = value
        }
    }

    /// Keeps values as people type them; an empty text gives the default back.
    ///
    /// - Throws: `invalidInput` with every value that does not fit; `storage`.
    func keep(_ values: ParameterInput, on connection: StoreConnection) throws(PlatformError) {
        let parameters = settings.map { setting in
            ParameterInfo(name: setting.name.rawValue, kind: setting.kind.parameterKind, label: setting.description)
        }
        let given = try values.values(for: parameters, of: title, called: .settings)
        let objections = given.compactMap { name, value -> FieldIssue? in
            guard let kept = value.settingValue, let setting = settings.first(where: { $0.name.rawValue == name })
            else {
                return nil
            }
            return setting.objection(to: kept).map { FieldIssue(field: nil, code: "setting", message: $0) }
        }
        guard objections.isEmpty else {
            throw PlatformError(.invalidInput, Message(.settingsWrong, ["name": .label(title)]), issues: objections)
        }
        var stored = try stored(on: connection) ?? JSONObject()
        for name in values.given(among: parameters) { stored[name] = nil }
        for (name, value) in given { stored[name] = value.settingValue }
        try MetaTable.set(key, to: stored.isEmpty ? nil : JSONValue.object(stored).serialised(), on: connection)
    }

    private func stored(on connection: StoreConnection) throws(PlatformError) -> JSONObject? {
        try MetaTable.object(key, on: connection)
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
