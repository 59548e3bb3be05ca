package import CRMModel
import CRMScripting
import CRMStorage

extension PluginInstaller {
    /// Switches plugins off: their code does not run any more; their metadata and data stay.
    ///
    /// - Throws: `notFound`; `conflict` naming the plugins that are on and need them; `storage`.
    package func disable(_ ids: [PluginID], by name: String) throws(PlatformError) -> Outcome {
        let former = try present()
        for id in ids { _ = try former.manifest(of: id) }
        let users = former.entries.filter { entry in
            let manifest = entry.package.manifest
            return entry.isEnabled && !ids.contains(manifest.id) && manifest.depends.contains { ids.contains($0.id) }
        }
        guard users.isEmpty else {
            let names = users.map(\.package.manifest.id.rawValue).sorted()
            throw PlatformError(
                .conflict,
                Message(
                    .pluginOffNeeded,
                    [
                        "plugins": .text(ids.map(\.rawValue).joined(separator: " ")),
                        "users": .text(names.joined(separator: ", ")), "all": .text(names.joined(separator: " ")),
                    ]
                )
            )
        }
        var steps: [Message] = []
        for id in ids {
            let isEnabled = former.entry(id)?.isEnabled == true
            steps.append(Message(isEnabled ? .planDisable : .planDisabled, ["plugin": .text(id.rawValue)]))
            guard isEnabled else { continue }
            try set(id, PluginSuspension(moment: now, reason: .asked(by: name)))
        }
        return try changed(former, steps)
    }

    /// Switches plugins on again.
    ///
    /// - Throws: `notFound`; `conflict` naming the plugins that are off and are needed by them; `storage`.
    package func enable(_ ids: [PluginID]) throws(PlatformError) -> Outcome {
        let former = try present()
        for id in ids { _ = try former.manifest(of: id) }
        var steps: [Message] = []
        for id in ids {
            let isEnabled = former.entry(id)?.isEnabled == true
            steps.append(Message(isEnabled ? .planEnabled : .planEnable, ["plugin": .text(id.rawValue)]))
            guard !isEnabled else { continue }
            try set(id, nil)
        }
        let outcome = try changed(former, steps)
        try Self.requireNeeded(outcome.plugins)
        return outcome
    }

    /// Switches off what failed too often, with the plugins that need it; gives the plugins that are off now.
    ///
    /// - Throws: `storage`.
    func suspend(_ failed: [PluginID: String]) throws(PlatformError) -> (outcome: Outcome, off: [PluginID]) {
        let former = try present()
        var off: [PluginID] = []
        // In the order in which they are loaded, each stands behind those it needs.
        for entry in former.entries where entry.isEnabled {
            let manifest = entry.package.manifest
            if let last = failed[manifest.id] {
                try set(manifest.id, PluginSuspension(moment: now, reason: .failures(last: last)))
            } else if let needed = manifest.depends.first(where: { off.contains($0.id) }) {
                try set(manifest.id, PluginSuspension(moment: now, reason: .needs(needed.id)))
            } else {
                continue
            }
            off.append(manifest.id)
        }
        return (try changed(former, []), off)
    }

    /// Refuses plugins that are on while one that they need is off.
    ///
    /// - Throws: `conflict` with all of them.
    static func requireNeeded(_ plugins: InstalledPlugins) throws(PlatformError) {
        var issues: [FieldIssue] = []
        for entry in plugins.entries where entry.isEnabled {
            let manifest = entry.package.manifest
            for (id, _) in manifest.depends where plugins.entry(id)?.isEnabled == false {
                issues.append(
                    FieldIssue(
                        field: nil,
                        code: "disabled",
                        message: Message(
                            .pluginNeedsOff,
                            ["plugin": .text(manifest.id.rawValue), "needed": .text(id.rawValue)]
                        ),
                        plugin: manifest.id
                    )
                )
            }
        }
        guard !issues.isEmpty else { return }
        throw PlatformError(.conflict, Message(.pluginsNeedOff), issues: issues)
    }

    private func set(_ id: PluginID, _ suspension: PluginSuspension?) throws(PlatformError) {
        try PluginTable.setEnabled(suspension == nil, id, on: connection)
        try PluginSuspension.set(suspension, of: id, on: connection)
        try PluginFailures.forget([id], on: connection)
    }

    private func changed(_ former: InstalledPlugins, _ steps: [Message]) throws(PlatformError) -> Outcome {
        _ = try MetaTable.raiseGeneration(on: connection)
        let plugins = try InstalledPlugins.load(from: connection, built: former.catalog, former: former)
        return Outcome(steps: steps, plugins: plugins, former: former)
    }
}

extension MessageKey {
    static let pluginOffNeeded = MessageKey(
        "plugin.off_needed",
        zhCN: "插件 {plugins} 停用不了，正在使用的这些插件需要它：{users}。请一起停用：crm-shell plugin disable 文件 {plugins} {all}",
        zhTW: "外掛 {plugins} 停用不了，正在使用的這些外掛需要它：{users}。請一起停用：crm-shell plugin disable 檔案 {plugins} {all}",
        en:
            "{plugins} cannot be switched off: plugins that are on need it: {users}. Switch them off together: crm-shell plugin disable FILE {plugins} {all}"
    )
    static let pluginsNeedOff = MessageKey(
        "plugin.need_off",
        zhCN: "所需的插件已停用，没有任何改动：",
        zhTW: "所需的外掛已停用，沒有任何變更：",
        en: "Plugins that are needed are switched off; nothing was changed:"
    )
    static let pluginNeedsOff = MessageKey(
        "plugin.needs_off",
        zhCN: "插件「{plugin}」需要「{needed}」，而它已停用。请先启用：crm-shell plugin enable 文件 {needed}",
        zhTW: "外掛「{plugin}」需要「{needed}」，而它已停用。請先啟用：crm-shell plugin enable 檔案 {needed}",
        en:
            "the plugin \"{plugin}\" needs \"{needed}\", which is switched off. Switch that on first: crm-shell plugin enable FILE {needed}"
    )
    static let planDisable = MessageKey(
        "plan.disable",
        zhCN: "停用插件 {plugin}：它的代码不再运行，对象、字段、规则和数据不变",
        zhTW: "停用外掛 {plugin}：它的程式碼不再執行，物件、欄位、規則和資料不變",
        en: "Switch off {plugin}: its code runs no more; its objects, fields, rules and data stay"
    )
    static let planDisabled = MessageKey(
        "plan.disabled",
        zhCN: "插件 {plugin} 已经是停用状态",
        zhTW: "外掛 {plugin} 已經是停用狀態",
        en: "{plugin} is switched off already"
    )
    static let planEnable = MessageKey(
        "plan.enable",
        zhCN: "启用插件 {plugin}",
        zhTW: "啟用外掛 {plugin}",
        en: "Switch on {plugin}"
    )
    static let planEnabled = MessageKey(
        "plan.enabled",
        zhCN: "插件 {plugin} 已经是启用状态",
        zhTW: "外掛 {plugin} 已經是啟用狀態",
        en: "{plugin} is switched on already"
    )
}
