public import CRMModel
import CRMScripting
import CRMStorage

public import struct Foundation.TimeZone

/// Why the code of a plugin does not run, and since when.
public struct PluginSuspension: Sendable, Hashable {
    /// Who or what has switched it off.
    public enum Reason: Sendable, Hashable {
        /// Somebody asked for it; the name that histories show.
        case asked(by: String)
        /// It failed so often in a row that the platform did; the last failure in words.
        case failures(last: String)
        /// The platform switched off a plugin that it needs.
        case needs(PluginID)
    }

    /// Since when.
    public let moment: Instant
    /// Who or what has done it.
    public let reason: Reason

    /// How many failures in a row switch a plugin off.
    public static let failureLimit = 5

    /// The reason in words, with the moment by the clocks of a time zone.
    public func message(in zone: TimeZone) -> Message {
        let since = Message.Argument.text(moment.text(in: zone))
        switch reason {
        case .asked(let name): return Message(.suspensionAsked, ["since": since, "name": Self.person(name)])
        case .needs(let id): return Message(.suspensionNeeds, ["since": since, "plugin": .text(id.rawValue)])
        case .failures(let last):
            let count = Message.Argument.text(String(Self.failureLimit))
            return Message(.suspensionFailures, ["since": since, "count": count, "reason": .text(last)])
        }
    }
}

extension PluginSuspension {
    /// Who asked for it, as people call him.
    private static func person(_ name: String) -> Message.Argument {
        switch name {
        case Principal.administrator.name: .message(Message(.suspensionAdministrator))
        case Principal.system(reason: "").name: .message(Message(.suspensionSystem))
        default: .text(name)
        }
    }

    private static func key(_ id: PluginID) -> String { "disabled.\(id.rawValue)" }

    /// Reads why a plugin is switched off.
    ///
    /// - Throws: `storage`, also when what is kept cannot be read.
    static func of(_ id: PluginID, on connection: StoreConnection) throws(PlatformError) -> PluginSuspension? {
        guard let object = try MetaTable.object(key(id), on: connection),
            let moment = object["since"]?.stringValue.flatMap({ Instant(iso: $0) })
        else { return nil }
        if let last = object["failure"]?.stringValue {
            return PluginSuspension(moment: moment, reason: .failures(last: last))
        }
        if let needed = object["needs"]?.stringValue.flatMap({ PluginID(rawValue: $0) }) {
            return PluginSuspension(moment: moment, reason: .needs(needed))
        }
        return PluginSuspension(moment: moment, reason: .asked(by: object["by"]?.stringValue ?? ""))
    }

    /// Keeps why a plugin is switched off; nil forgets it.
    ///
    /// - Throws: `storage`.
    static func set(
        _ suspension: PluginSuspension?,
        of id: PluginID,
        on connection: StoreConnection
    ) throws(PlatformError) {
        guard let suspension else { return try MetaTable.set(key(id), to: nil, on: connection) }
        var object = JSONObject()
        object["since"] = .string(suspension.moment.description)
        switch suspension.reason {
        case .asked(let name): object["by"] = .string(name)
        case .failures(let last): object["failure"] = .string(last)
        case .needs(let needed): object["needs"] = .string(needed.rawValue)
        }
        try MetaTable.set(key(id), to: JSONValue.object(object).serialised(), on: connection)
    }

    /// The error of whoever would run code of a plugin that is switched off.
    static func error(_ id: PluginID) -> PlatformError {
        PlatformError(
            .conflict,
            Message(.pluginDisabled, ["plugin": .text(id.rawValue)]),
            context: ErrorContext(plugin: id)
        )
    }
}

extension MessageKey {
    static let suspensionAdministrator = MessageKey(
        "suspension.administrator",
        zhCN: "管理员",
        zhTW: "管理員",
        en: "the administrator"
    )
    static let suspensionSystem = MessageKey("suspension.system", zhCN: "系统", zhTW: "系統", en: "the system")
    static let suspensionAsked = MessageKey(
        "suspension.asked",
        zhCN: "{name} 于 {since} 停用",
        zhTW: "{name} 於 {since} 停用",
        en: "switched off by {name} at {since}"
    )
    static let suspensionFailures = MessageKey(
        "suspension.failures",
        zhCN: "连续 {count} 次出错，{since} 起自动停用；最后一次：{reason}",
        zhTW: "連續 {count} 次出錯，{since} 起自動停用；最後一次：{reason}",
        en: "failed {count} times in a row and was switched off at {since}; the last failure: {reason}"
    )
    static let suspensionNeeds = MessageKey(
        "suspension.needs",
        zhCN: "{since} 随所需的插件「{plugin}」一起自动停用",
        zhTW: "{since} 隨所需的外掛「{plugin}」一起自動停用",
        en: "switched off at {since} together with the plugin \"{plugin}\", which it needs"
    )
    static let pluginDisabled = MessageKey(
        "plugin.disabled",
        zhCN: "插件「{plugin}」已停用，它的代码不会运行。要启用它：crm-shell plugin enable 文件 {plugin}",
        zhTW: "外掛「{plugin}」已停用，它的程式碼不會執行。要啟用它：crm-shell plugin enable 檔案 {plugin}",
        en:
            "the plugin \"{plugin}\" is switched off, so its code does not run. To switch it on: crm-shell plugin enable FILE {plugin}"
    )
}
