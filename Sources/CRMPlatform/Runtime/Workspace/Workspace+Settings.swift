public import CRMModel
import CRMScripting
package import CRMStorage

/// A change of a setting of the file: who, when, through which door, from what to what.
public struct SettingChange: Sendable, Hashable {
    /// The setting.
    public let name: FileSettings.Name
    /// The value before; nil when it was not set.
    public let old: String?
    /// The value after; nil when the usual one is used from then on.
    public let new: String?
    /// When, to the second.
    public let at: Instant
    /// The acting user, 0 for the platform itself.
    public let userID: Int64
    /// Through which door, as the history of records names it.
    public let origin: String
}

extension FileSettings {
    /// The settings that are set in a file.
    ///
    /// - Throws: `storage`.
    static func kept(on connection: StoreConnection) throws(PlatformError) -> [Name: String] {
        var values: [Name: String] = [:]
        for name in Name.allCases { values[name] = try MetaTable.value(name.key, on: connection) }
        return values
    }

    /// Writes what a new file begins with.
    ///
    /// - Throws: `storage`.
    package static func begin(_ options: PlatformOptions, on connection: StoreConnection) throws(PlatformError) {
        let usual = FileSettings(
            given: [:],
            usualLanguage: options.language ?? .zhCN,
            usualTimeZone: options.timeZone
        )
        for name in Name.allCases where !usual[name].isEmpty {
            try MetaTable.set(name.key, to: usual[name], on: connection)
        }
    }
}

extension Workspace {
    /// Gives settings of the file values as people type them, all or none; an empty text gives the usual value back.
    ///
    /// Plugins are started anew, as after a change of metadata.
    ///
    /// - Throws: `invalidInput` with every value that does not fit; `busy`, `storage`.
    package func setSettings(
        _ values: ParameterInput,
        _ unit: UnitContext
    ) throws(PlatformError) {
        let wanted = try Self.kept(values)
        try followLinks()
        let new = try store.write(use) { connection throws(PlatformError) -> Snapshot? in
            try refresh(connection)
            var changes = JSONObject()
            for (name, value) in wanted where settings.given[name] != value {
                try MetaTable.set(name.key, to: value, on: connection)
                let pair = [settings.given[name], value].map { $0.map(JSONValue.string) ?? .null }
                changes[name.rawValue] = .array(pair)
            }
            guard !changes.isEmpty else { return nil }
            // No object has the number 0: in the history these are the changes of the file itself.
            let entry = AuditTable.Entry(
                at: options.clock.now.wholeSeconds,
                userID: unit.principal.userID,
                origin: unit.origin.description,
                unit: 0,
                objectID: 0,
                recordID: 0,
                action: .update,
                reason: nil
            )
            let text = JSONValue.object(changes).serialised()
            _ = try AuditTable.write(entry, changes: Array(text.utf8), on: connection)
            try MetaTable.raiseGeneration(on: connection)
            return Snapshot(try InstalledPlugins.load(from: connection), options)
        }
        guard let new else { return }
        adopt(new)
        file.noteSaved()
    }

    /// The changes of settings, oldest first.
    ///
    /// - Throws: `busy`, `storage`.
    package func settingsHistory() throws(PlatformError) -> [SettingChange] {
        let rows = try store.read(use) { connection throws(PlatformError) in
            try AuditTable.entries(objectID: 0, recordID: 0, withReasons: false, on: connection)
        }
        var changes: [SettingChange] = []
        for row in rows {
            guard case .object(let values)? = try? JSONParser.parse(row.changes), let at = Instant(iso: row.at) else {
                throw row.unreadable
            }
            for (key, pair) in values.entries {
                guard let name = FileSettings.Name(rawValue: key), case .array(let pair) = pair, pair.count == 2
                else { continue }
                changes.append(
                    SettingChange(
                        name: name,
                        old: pair[0].stringValue,
                        new: pair[1].stringValue,
                        at: at,
                        userID: row.userID,
                        origin: row.origin
                    )
                )
            }
        }
        return changes
    }

    /// The values to be kept, nil where the usual one is to be used.
    private static func kept(
        _ values: ParameterInput
    ) throws(PlatformError) -> [(name: FileSettings.Name, value: String?)] {
        // Settings are named: there is no order in which people could be expected to know them.
        if let loose = values.positional.first {
            let known = FileSettings.Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw PlatformError(
                .invalidInput,
                Message(
                    .settingSurplus,
                    ["value": .text(TextLimits.shown(loose, characters: 60)), "known": .text(known)]
                )
            )
        }
        let parameters = FileSettings.Name.allCases.map { name in
            ParameterInfo(name: name.rawValue, kind: .text, label: name.label)
        }
        let given = try values.values(for: parameters, of: LocalizedText([:]), called: .fileSettings)
        var kept: [(name: FileSettings.Name, value: String?)] = []
        var issues: [FieldIssue] = []
        let wanted = values.given(among: parameters)
        for name in FileSettings.Name.allCases where wanted.contains(name.rawValue) {
            guard case .text(let text)? = given.first(where: { $0.name == name.rawValue })?.value else {
                kept.append((name, nil))
                continue
            }
            do throws(PlatformError) {
                let value = try name.kept(text)
                kept.append((name, value.isEmpty ? nil : value))
            } catch {
                issues.append(FieldIssue(field: nil, code: "setting", message: error.message))
            }
        }
        guard issues.isEmpty else { throw PlatformError(.invalidInput, Message(.fileSettingsWrong), issues: issues) }
        return kept
    }
}

extension FileSettings.Name {
    /// The key under which the file keeps the setting.
    fileprivate var key: MetaTable.Key {
        switch self {
        case .name: .name
        case .language: .language
        case .timeZone: .timeZone
        case .currency: .currency
        case .weekStart: .weekStart
        case .fiscalYearStart: .fiscalYearStart
        }
    }
}
