import CRMModel
import CRMScripting

/// The order in which plugins are loaded: those that others need first, then by `order`, then by id; always the same.
enum PluginOrder {
    /// Puts plugins in order.
    ///
    /// - Throws: `dependencyMissing` naming every plugin that is missing or has the wrong version; `invalidPlugin` when
    ///   plugins need each other in a circle.
    static func sorted(_ packages: [PluginPackage]) throws(PlatformError) -> [PluginPackage] {
        let byID = Dictionary(packages.map { ($0.manifest.id, $0) }, uniquingKeysWith: { first, _ in first })
        try checkDependencies(packages, byID)
        var rest = packages.sorted { left, right in
            (left.manifest.order, left.manifest.id) < (right.manifest.order, right.manifest.id)
        }
        var done: Set<PluginID> = []
        var sorted: [PluginPackage] = []
        while !rest.isEmpty {
            let ready = rest.firstIndex { $0.manifest.depends.allSatisfy { done.contains($0.id) } }
            guard let ready else {
                let names = rest.map(\.manifest.id.rawValue).sorted().joined(separator: " → ")
                throw PlatformError(.invalidPlugin, Message(.pluginCycle, ["plugins": .text(names)]))
            }
            let package = rest.remove(at: ready)
            done.insert(package.manifest.id)
            sorted.append(package)
        }
        return sorted
    }

    private static func checkDependencies(
        _ packages: [PluginPackage],
        _ byID: [PluginID: PluginPackage]
    ) throws(PlatformError) {
        var issues: [FieldIssue] = []
        for package in packages.sorted(by: { $0.manifest.id < $1.manifest.id }) {
            for (id, range) in package.manifest.depends {
                let present = byID[id]?.manifest.version
                if let present, range.contains(present) { continue }
                issues.append(
                    FieldIssue(
                        field: nil,
                        code: "dependency",
                        message: Message(
                            .pluginNeeds,
                            [
                                "plugin": .text(package.manifest.id.rawValue), "needed": .text(id.rawValue),
                                "range": .text(range.description),
                                "present": present.map { .text($0.description) } ?? "—",
                            ]
                        ),
                        plugin: package.manifest.id
                    )
                )
            }
        }
        guard !issues.isEmpty else { return }
        throw PlatformError(.dependencyMissing, Message(.pluginDependencies), issues: issues)
    }
}

extension MessageKey {
    static let pluginCycle = MessageKey(
        "plugin.cycle",
        zhCN: "插件互相依赖，成了一个圈：{plugins}",
        zhTW: "外掛互相相依，成了一個圈：{plugins}",
        en: "plugins depend on each other in a circle: {plugins}"
    )
    static let pluginDependencies = MessageKey(
        "plugin.dependencies",
        zhCN: "缺少所需的插件，没有任何改动：",
        zhTW: "缺少所需的外掛，沒有任何變更：",
        en: "Plugins that are needed are missing; nothing was changed:"
    )
    static let pluginNeeds = MessageKey(
        "plugin.needs",
        zhCN: "plugin.json depends：插件「{plugin}」需要「{needed}」{range}，现有版本：{present}",
        zhTW: "plugin.json depends：外掛「{plugin}」需要「{needed}」{range}，現有版本：{present}",
        en: "plugin.json depends: the plugin \"{plugin}\" needs \"{needed}\" {range}; present: {present}"
    )
}
